package monitoring_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/monitoring"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// Each query runs over lines in the form that AWS documents, by an evaluator of our own (insights_test.go), not by CloudWatch. The results were
// worked out by hand: UPDATE_GOLDEN rewrites the text of a query, and never a result.
func TestQueries(t *testing.T) {
	const dir = "testdata/queries"
	queries := monitoring.Queries()
	cases, err := os.ReadDir(dir)
	if err != nil || len(cases) != len(queries) {
		t.Fatalf("%d cases for %d queries: %v", len(cases), len(queries), err)
	}
	for _, tc := range cases {
		t.Run(tc.Name(), func(t *testing.T) {
			query := queries[tc.Name()]
			cdktest.GoldenText(t, filepath.Join("queries", tc.Name(), "query.txt"), query+"\n")
			got, err := runQuery(query, strings.Split(strings.TrimSpace(readFile(t, dir, tc.Name(), "log.txt")), "\n"))
			if err != nil {
				t.Fatal(err)
			}
			if want := readFile(t, dir, tc.Name(), "result.txt"); got != want {
				t.Errorf("result\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// The page has a row for each value of traffic-path, with what the query says of it, and no other.
func TestWaysAreDocumented(t *testing.T) {
	page, rows := readFile(t, "../../docs/calls-by-log.md"), 0
	_, table, _ := strings.Cut(page, "| `traffic-path` |")
	table, _, _ = strings.Cut(table, "\n\n")
	for path, ways := range monitoring.Ways() {
		for _, way := range ways {
			rows++
			if !regexp.MustCompile(`(?m)^\| ` + regexp.QuoteMeta(path) + ` \| [^|]* \| ` + regexp.QuoteMeta(way) + ` \|`).MatchString(table) {
				t.Errorf("no row for %s: %s", path, way)
			}
		}
	}
	if got := strings.Count(table, "\n|") - 1; got != rows {
		t.Errorf("%d rows, want %d", got, rows)
	}
}

func readFile(t *testing.T, path ...string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// What the evaluator does not know is an error, so that a query cannot pass by a fault that is read as something else.
func TestEvaluatorRefuses(t *testing.T) {
	for name, query := range map[string]string{
		"an unknown command":          `dedup src`,
		"an unknown function":         `fields upper(a) as b`,
		"an unknown aggregate":        `stats median(a) as b by c`,
		"a field that is nowhere":     `filter b = 1`,
		"a name that is taken":        `fields a as a`,
		"a name that is discovered":   `parse @message "* *" as bytes, b`,
		"fewer names than stars":      `parse @message "* *" as b`,
		"a text that does not end":    `filter a = "1`,
		"a comparison without a side": `filter a =`,
		"more than an expression":     `filter a = 1 2`,
		"a sort of nothing":           `sort desc`,
		"too few arguments":           `fields if(a, 1) as b`,
		"and beside or":               `filter a = 1 or a = 2 and a = 3`,
		"or beside and":               `filter a = 1 and a = 2 or a = 3`,
		"an open parenthesis":         `filter (a = 1 or a = 2`,
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := runQuery(query, []string{`{"a":"1"}`}); err == nil {
				t.Errorf("result\n%s", got)
			}
		})
	}
}
