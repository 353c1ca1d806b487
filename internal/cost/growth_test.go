package cost_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cost"
	"github.com/cdk-private-api/cdk-private-api-go/internal/growthtest"
)

// Endpoints of many accounts, each with its own usage, whose tiers are passed.
func TestGrowth(t *testing.T) {
	growthtest.Linear(t, 300, func(n int) func() {
		const accounts = 20
		stacks, uses := map[string]stack{}, []string{}
		for i := range accounts {
			stacks[fmt.Sprint("Stack", i)] = stack{fmt.Sprintf("%012d", 1+i), object{}}
		}
		for i := range n {
			name := fmt.Sprint("Stack", i%accounts)
			stacks[name].resources[fmt.Sprint("E", i)] = endpoint(2)
			stacks[name].resources[fmt.Sprint("Z", i)] = resource("AWS::Route53::HostedZone", object{"Name": fmt.Sprintf("n%d.example.com", i)})
			uses = append(uses, fmt.Sprintf(`"%s/E%d": {"monthly_data_processed_gb": %d.%d}`, name, i, 100_000+i, i))
		}
		net := load(t, "us-east-1", stacks)
		return func() {
			u := usage(t, net, `{"version": 1, "resource_usage": {`+strings.Join(uses, ",")+`}}`)
			b := billOf(t, net, cost.Options{Usage: u})
			for _, by := range cost.Groupings {
				b.Groups(by)
			}
			if b.Total().Usage.String() == "0.00" {
				t.Error("no usage")
			}
		}
	})
}
