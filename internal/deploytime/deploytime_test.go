package deploytime_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/deploytime"
)

func TestLongest(t *testing.T) {
	file := filepath.Join(t.TempDir(), "Shop.json")
	template := `{"Resources": {
		"Vpc": {"Type": "AWS::EC2::VPC"},
		"Group": {"Type": "AWS::EC2::SecurityGroup", "Properties": {"VpcId": {"Ref": "Vpc"}}},
		"Rule": {"Type": "AWS::EC2::SecurityGroupIngress", "Properties": {"GroupId": {"Fn::GetAtt": ["Group", "GroupId"]}}},
		"Last": {"Type": "AWS::SSM::Parameter", "DependsOn": "Rule"},
		"Nlb": {"Type": "AWS::ElasticLoadBalancingV2::LoadBalancer", "DependsOn": ["Vpc"]}
	}}`
	if err := os.WriteFile(file, []byte(template), 0o600); err != nil {
		t.Fatal(err)
	}
	a, err := assembly.Load(assembly.Input{Template: file})
	if err != nil {
		t.Fatal(err)
	}
	slowest, deepest := deploytime.Longest(a.Stacks[0])
	if got, want := slowest.String(), "VPC > LoadBalancer, about 2m35s"; got != want {
		t.Errorf("the slowest chain is %s, want %s", got, want)
	}
	if got, want := deepest.String(), "VPC > SecurityGroup > SecurityGroupIngress > Parameter, about 20s"; got != want {
		t.Errorf("the deepest chain is %s, want %s", got, want)
	}
	if slowest.Takes != 155*time.Second {
		t.Errorf("it takes %s", slowest.Takes)
	}
}
