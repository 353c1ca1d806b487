package lattice

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// ServiceNetworkAttributes describe the service network of a VPC that another app defines and has associated with the VPC.
type ServiceNetworkAttributes struct {
	// The VPC, which is associated with the service network.
	//
	// Required.
	Vpc awsec2.IVpc

	// The ARN of the service network: arn:<partition>:vpc-lattice:<region>:<account>:servicenetwork/sn-<id>. It may be a token.
	//
	// Required.
	ServiceNetworkArn *string

	// The security groups of the association, in which consumers allow their clients.
	//
	// Required.
	SecurityGroups *[]awsec2.ISecurityGroup
}

type importedServiceNetwork struct {
	constructs.Construct
	network *network
}

var _ IServiceNetwork = (*importedServiceNetwork)(nil)

// ServiceNetwork_FromAttributes imports the service network of a VPC. Consumers of the VPC associate services with it.
//
// It panics if an attribute is missing or malformed, or if the VPC has another service network in this app.
func ServiceNetwork_FromAttributes(scope constructs.Construct, id *string, attrs *ServiceNetworkAttributes) IServiceNetwork {
	refusal.RequireScope("ServiceNetwork_FromAttributes", scope, id)
	attrs = prop.Or(prop.Copy(attrs), &ServiceNetworkAttributes{}) // the caller may change its own
	stack := answers.StackOf(scope)
	r := &rules.Report{}
	check.Embedded(r, "", attrs)
	refusal.Of(r, scope, id) // what is nil cannot be asked for more
	checkNetworkVpc(r, scope, id, attrs.Vpc)
	attrs.validate(r, scope)
	refusal.Of(r, scope, id)

	n := newNetwork(stack, attrs.Vpc, scope, *id)
	n.arn = onecall.Known(attrs.ServiceNetworkArn)
	n.literalArn, _ = token.Literal(attrs.ServiceNetworkArn)
	n.giveGroups(attrs.SecurityGroups)
	s := &importedServiceNetwork{network: n}
	constructs.NewConstruct_Override(s, scope, id)
	n.register(stack, attrs.Vpc)
	refusal.Warn(r, s)
	return s
}

func (s *importedServiceNetwork) ServiceNetworkArn() *string {
	return prop.Copy(s.network.arn.Object())
}

func (s *importedServiceNetwork) SecurityGroups() *[]awsec2.ISecurityGroup {
	return s.network.groupObjects()
}

func (a *ServiceNetworkAttributes) validate(r *rules.Report, scope constructs.Construct) {
	if a.ServiceNetworkArn == nil {
		r.Add(rules.Required, "ServiceNetworkArn", "is missing")
	}
	if arn, ok := token.Literal(a.ServiceNetworkArn); ok {
		region, _ := token.Literal(answers.StackOf(scope).Region())
		rules.CheckLatticeServiceNetworkArn(r, "ServiceNetworkArn", arn, region)
	}
	if a.SecurityGroups == nil {
		r.Add(rules.Required, "SecurityGroups", "is missing")
	}
	checkGroups(r, scope, a.Vpc, a.SecurityGroups)
}
