package reachability_test

import (
	"fmt"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/growthtest"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// latticePair is the base over VPC Lattice, with its templates ready to be edited.
func latticePair(t *testing.T) (model func() *reachability.Model, provider, consumer template) {
	t.Helper()
	stacks := findCase(t, "scenarios/lattice", "tasks that ECS registers").Load(t)
	model = func() *reachability.Model { return loadCase(t, stacks) }
	return model, stacks.Doc(t, "Pricing"), stacks.Doc(t, "Checkout")
}

// growingOverLattice adds n things of a kind to the base over VPC Lattice, far above the quotas of AWS.
var growingOverLattice = map[string]func(provider, consumer template, n int){
	"services of the service network": func(_, consumer template, n int) {
		for i := range n {
			consumer.add(fmt.Sprintf("Other%d", i), "AWS::VpcLattice::ServiceNetworkServiceAssociation", object{
				"ServiceNetworkIdentifier": ref("Network"), "ServiceIdentifier": fmt.Sprintf("svc-%017d", i),
			})
		}
	},
	"VPCs of the service network": func(_, consumer template, n int) {
		for i := range n {
			consumer.add(fmt.Sprintf("Other%d", i), "AWS::VpcLattice::ServiceNetworkVpcAssociation", object{
				"ServiceNetworkIdentifier": ref("Network"), "VpcIdentifier": fmt.Sprintf("vpc-%017d", i), "SecurityGroupIds": array{fmt.Sprintf("sg-%017d", i)},
			})
		}
	},
	"associations of the service": func(provider, _ template, n int) {
		for i := range n {
			provider.add(fmt.Sprintf("Other%d", i), "AWS::VpcLattice::ServiceNetworkServiceAssociation", object{
				"ServiceNetworkIdentifier": fmt.Sprintf("sn-%017d", i), "ServiceIdentifier": ref("Service"),
			})
		}
	},
	"rules of the listener": func(provider, _ template, n int) {
		for i := range n {
			provider.add(fmt.Sprintf("Rule%d", i), "AWS::VpcLattice::Rule", object{
				"ServiceIdentifier": ref("Service"), "ListenerIdentifier": ref("Listener"), "Priority": 100 + i,
				"Match":  object{"HttpMatch": object{"PathMatch": object{"Match": object{"Exact": fmt.Sprintf("/a%d", i)}}}},
				"Action": object{"FixedResponse": object{"StatusCode": 404}},
			})
		}
	},
	"listeners of the service": func(provider, _ template, n int) {
		for i := range n {
			provider.add(fmt.Sprintf("Listener%d", i), "AWS::VpcLattice::Listener", object{
				"ServiceIdentifier": ref("Service"), "Protocol": "HTTPS", "Port": 1_000 + i, "DefaultAction": object{"FixedResponse": object{"StatusCode": 404}},
			})
		}
	},
	"shares of the service": func(provider, _ template, n int) {
		for i := range n {
			provider.add(fmt.Sprintf("Share%d", i), "AWS::RAM::ResourceShare", object{
				"Name": fmt.Sprint(i), "ResourceArns": array{ref("Service")}, "Principals": array{fmt.Sprintf("%012d", i)},
			})
		}
	},
	"statements of the policy": func(provider, _ template, n int) {
		policy := provider.properties("Policy")["Policy"].(object)
		policy["Statement"] = append(policy["Statement"].(array), many(n, func(i int) any {
			return object{"Effect": "Allow", "Principal": object{"AWS": fmt.Sprintf("arn:aws:iam::111111111111:role/r%d", i)}, "Action": "*", "Resource": "*"}
		})...)
	},
	"policies of the role": func(_, consumer template, n int) {
		for i := range n {
			consumer.add(fmt.Sprintf("Policy%d", i), "AWS::IAM::Policy", object{
				"PolicyName": fmt.Sprint(i), "Roles": array{ref("Role")},
				"PolicyDocument": object{"Statement": array{object{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}},
			})
		}
	},
	"clients": func(_, consumer template, n int) {
		for i := range n {
			consumer.resources()[fmt.Sprintf("Client%d", i)] = consumer.resource("Client")
		}
	},
	"tasks": func(provider, _ template, n int) {
		for i := range n {
			provider.resources()[fmt.Sprintf("App%d", i)] = provider.resource("App")
		}
	},
	"rules of the association's group": func(_, consumer template, n int) {
		consumer.properties("NetworkGroup")["SecurityGroupIngress"] = blocks(n)
	},
}

// Proofs of ten times as many over VPC Lattice take about ten times as long.
func TestProofOverLatticeGrowsWithTheTemplates(t *testing.T) {
	facts := factsOf(findCase(t, "scenarios/lattice", "tasks that ECS registers"))
	for name, add := range growingOverLattice {
		t.Run(name, func(t *testing.T) {
			growthtest.Linear(t, 500, func(n int) func() {
				load, provider, consumer := latticePair(t)
				add(provider, consumer, n)
				model := load()
				return func() {
					if report := model.Prove(reachability.Question{Facts: facts}); report.Stopped != nil {
						t.Fatal(report.Stopped)
					}
				}
			})
		})
	}
}
