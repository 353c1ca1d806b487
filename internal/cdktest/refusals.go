package cdktest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Refusal is a case of what a constructor refuses.
type Refusal struct {
	Name string
	// Prepare defines what the construct needs, and returns the call that panics.
	Prepare func(t *testing.T) (refused func())
	// Broken are the rules that the panic names, in their order.
	Broken []rules.Rule
}

// Refusals checks that each case panics with the rules that it breaks, and the text of all panics against testdata/refusals.txt. Each rule of
// severity error needs a case, unless another test covers it.
func Refusals(t *testing.T, cases []Refusal, all []rules.Rule, elsewhere ...rules.Rule) {
	t.Helper()
	RefusalsIn(t, "refusals.txt", cases, all, elsewhere...)
}

// RefusalsIn is [Refusals] with another file in testdata.
func RefusalsIn(t *testing.T, file string, cases []Refusal, all []rules.Rule, elsewhere ...rules.Rule) {
	t.Helper()
	covered := map[string]bool{}
	for _, id := range idsOf(elsewhere) {
		covered[id] = true
	}
	var text strings.Builder
	for _, tc := range cases {
		Run(t, tc.Name, func(t *testing.T) {
			message := Panic(t, tc.Prepare(t))
			want := idsOf(tc.Broken)
			if got := ruleIDs(message); !slices.Equal(got, want) {
				t.Errorf("rules = %v, want %v in\n%s", got, want, message)
			}
			fmt.Fprintf(&text, "# %s\n%s\n\n", tc.Name, message)
			for _, id := range want {
				covered[id] = true
			}
		})
	}
	if t.Failed() {
		return
	}
	for _, rule := range all {
		if rule.Severity == rules.Error && !covered[rule.ID] {
			t.Errorf("no case for %s", rule.ID)
		}
	}
	Run(t, "Golden", func(t *testing.T) { GoldenText(t, file, text.String()) })
}

// ruleIDs returns the IDs in a message, in order.
func ruleIDs(message string) []string {
	var ids []string
	for line := range strings.SplitSeq(message, "\n") {
		if i := strings.LastIndex(line, "[privateapi:"); i >= 0 && strings.HasPrefix(line, "- ") {
			ids = append(ids, strings.TrimSuffix(line[i+1:], "]"))
		}
	}
	return ids
}

func idsOf(list []rules.Rule) []string {
	var ids []string
	for _, rule := range list {
		ids = append(ids, rule.ID)
	}
	return ids
}
