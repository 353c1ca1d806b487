package monitoring_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cost"
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
)

// The amounts in the section on alarms of docs/monitoring.md are those of the goldens.
func TestAlarmCosts(t *testing.T) {
	text, err := os.ReadFile("../../docs/monitoring.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(text), "\n## Alarms\n")
	section, _, _ = strings.Cut(section, "\n## ")
	words := strings.Join(strings.Fields(section), " ")
	for golden, says := range map[string]string{
		"alarms-provider": "one route and a certificate are $%s a month",
		"alarms-nlb":      "those of a provider of one TCP listener $%s,",
		"alarms-consumer": "those of a consumer $%s, with `NoConnections`;",
	} {
		asm, err := assembly.Load(assembly.Input{Template: "testdata/" + golden + ".json", Account: "222222222222", Region: "us-east-1"})
		if err != nil {
			t.Fatal(err)
		}
		bill, err := cost.Of(network.New(asm), cost.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if want := fmt.Sprintf(says, bill.Total().Fixed); !strings.Contains(words, want) {
			t.Errorf("docs/monitoring.md does not say %q of alarms", want)
		}
	}
}
