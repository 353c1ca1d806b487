package cost_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cost"
)

// The amounts that docs/costs.md has without a command are what the package adds up.
func TestAmountsInTheDocs(t *testing.T) {
	text, err := os.ReadFile("../../docs/costs.md")
	if err != nil {
		t.Fatal(err)
	}
	fixed := func(resources object) string {
		return bill(t, "us-east-1", resources, cost.Options{}).Total().Fixed.String()
	}
	publicAlb := resource(elb, object{"Subnets": ids(subnetsAB)})
	rules := list{object{"Name": "a"}, object{"Name": "b"}, object{"Name": "c"}}
	nat := resource("AWS::EC2::NatGateway", object{"SubnetId": "subnet-a", "AllocationId": "eipalloc-1"})
	address := resource("AWS::EC2::EIP", object{})
	alarm := resource("AWS::CloudWatch::Alarm", object{"Period": 300})
	metrics := resource("AWS::Logs::MetricFilter", object{"MetricTransformations": list{object{}, object{}, object{}, object{}, object{}}})
	for what, resources := range map[string]object{
		"a provider: NLB and ALB":                         {"Nlb": loadBalancer("network"), "Alb": loadBalancer("application")},
		"each consumer VPC: an endpoint in two zones":     {"Endpoint": endpoint(2)},
		"an API over VPC Lattice":                         {"Service": resource(lattice, object{})},
		"an API by route: an ALB":                         {"Alb": loadBalancer("application")},
		"for each VPC and for that of the API":            {"Attachment": resource("AWS::EC2::TransitGatewayAttachment", object{})},
		"two addresses, a web ACL with three rule groups": {"Alb": publicAlb, "Acl": resource("AWS::WAFv2::WebACL", object{"Rules": rules})},
		"two NAT gateways with an address each":           {"A": nat, "B": nat, "C": address, "D": address},
		"five metrics, four alarms, a KMS key":            {"M": metrics, "A": alarm, "B": alarm, "C": alarm, "D": alarm, "K": resource("AWS::KMS::Key", object{})},
	} {
		if row := fmt.Sprintf("%s | %s |\n", what, fixed(resources)); !strings.Contains(string(text), row) {
			t.Errorf("no row ends with %q", row)
		}
	}
	for _, m := range []mesh{{1, 1}, {5, 5}, {20, 1}, {20, 10}, {20, 20}} {
		row := fmt.Sprintf("| %d, %d | %s | %s | %s | %s | %s |\n", m.services, m.consumers,
			fixed(m.each()), fixed(m.shared()), fixed(m.overLattice()), fixed(m.overGateway()), fixed(m.central()))
		if !strings.Contains(string(text), row) {
			t.Errorf("no row %q", row)
		}
	}
}
