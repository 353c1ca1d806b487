package routes_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/routes"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

func TestMain(m *testing.M) { cdktest.Main(m) }

const (
	table  = "rtb-0123456789abcdef0"
	other  = "rtb-0fedcba9876543210"
	block  = "10.1.0.0/16"
	inside = "10.1.2.0/24"
)

// A route table has one route for each block. What stands for a lookup that has no answer yet is any block of any table.
func TestClaim(t *testing.T) {
	stack := answers.StackOf(awscdk.NewStack(awscdk.NewApp(nil), jsii.String("Claims"), nil))
	vpc := awsec2.NewVpc(stack.Construct(), jsii.String("Vpc"), nil)
	token := func() string { return *(*vpc.PrivateSubnets())[0].RouteTable().RouteTableId() }
	for _, step := range []struct {
		name, owner string
		refused     string // by the path of the other owner
		routes      []routes.Route
	}{
		{"the first owner, which lists a route twice", "A", "", []routes.Route{{Table: table, Block: block}, {Table: table, Block: block}}},
		{"the same owner again", "A", "", []routes.Route{{Table: table, Block: block}}},
		{"another table", "B", "", []routes.Route{{Table: other, Block: block}}},
		{"a longer prefix", "B", "", []routes.Route{{Table: table, Block: inside}}},
		{"one block of two", "C", "A", []routes.Route{{Table: table, Block: "10.9.0.0/16"}, {Table: table, Block: block}}},
		{"a block with host bits", "C", "A", []routes.Route{{Table: table, Block: "10.1.7.7/16"}}},
		{"what a refused owner asked for", "D", "", []routes.Route{{Table: table, Block: "10.9.0.0/16"}}},
		{"a table and a block that are tokens", "A", "", []routes.Route{{Table: token(), Block: *vpc.VpcCidrBlock()}}},
		{"the same tokens", "B", "A", []routes.Route{{Table: token(), Block: *vpc.VpcCidrBlock()}}},
		{"the placeholder of a table", "A", "", []routes.Route{{Table: "rtb-12345p", Block: block}, {Table: table, Block: "1.2.3.4/5"}}},
		{"the placeholder of a table of another VPC", "B", "", []routes.Route{{Table: "rtb-12345p", Block: block}, {Table: table, Block: "1.2.3.4/5"}}},
	} {
		r := &rules.Report{}
		for i := range step.routes {
			step.routes[i].Property = "CidrBlocks[0]"
		}
		routes.Claim(r, stack, func() string { return step.owner }, step.routes...)
		switch err := r.Err(step.owner); {
		case step.refused == "" && err != nil:
			t.Errorf("%s: refused: %v", step.name, err)
		case step.refused == "":
		case err == nil:
			t.Errorf("%s: not refused", step.name)
		case !strings.Contains(err.Error(), rules.RouteOwner.ID) || !strings.Contains(err.Error(), "to which "+step.refused+" routes already"):
			t.Errorf("%s: the error is\n%v", step.name, err)
		}
	}
}
