package lattice

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/contract"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// ApiAttributes describe an API over VPC Lattice that is defined elsewhere: in another app, another repository or another account, which
// shares its service by AWS RAM.
type ApiAttributes struct {
	// The ARN of the service, in the Region of the stack: arn:<partition>:vpc-lattice:<region>:<account>:service/svc-<id>. It may be a
	// token, such as a CloudFormation parameter.
	//
	// Required.
	ServiceArn *string

	// The custom domain name of the service, under which clients call it: a service has one at most.
	//
	// Default: - none: clients call it by the name that VPC Lattice makes, and consumers need DnsMode_NONE.
	DomainName *string

	// The TCP port that clients connect to. Not together with Ports.
	//
	// Default: 443.
	Port *float64

	// The TCP ports that clients connect to, if there are several: those of the listeners of the service, of which there are two at most.
	//
	// Default: - Port alone.
	Ports *[]*float64

	// The prefix list of VPC Lattice in this Region, com.amazonaws.<region>.vpc-lattice, to which clients are let out:
	// awsec2.PrefixList_FromLookup finds it, and awsec2.PrefixList_FromPrefixListId takes its ID. In a client's security group it counts as 10
	// of the 60 rules that are allowed by default, for each port.
	//
	// See https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
	//
	// Required.
	PrefixList awsec2.IPrefixList
}

// importedApi is an API that this app does not define.
type importedApi struct {
	constructs.Construct
	serviceMetrics
	contract    *contract.Contract // nil for an import by attributes
	serviceArn  *string
	domainNames *[]*string
	ports       *[]*float64
	prefixList  awsec2.IPrefixList
}

var _ IApi = (*importedApi)(nil)

// Api_FromAttributes imports an API over VPC Lattice by its attributes.
//
// It panics if an attribute is missing or malformed, or if the service is in another Region than the stack.
func Api_FromAttributes(scope constructs.Construct, id *string, attrs *ApiAttributes) IApi {
	refusal.RequireScope("Api_FromAttributes", scope, id)
	attrs = prop.Or(prop.Copy(attrs), &ApiAttributes{}) // the caller may change its own
	r := &rules.Report{}
	check.Embedded(r, "", attrs)
	attrs.validate(r, answers.StackOf(scope))
	ports := check.Ports(r, attrs.Port, attrs.Ports)
	refusal.Of(r, scope, id)

	a := &importedApi{serviceArn: attrs.ServiceArn, ports: ports, prefixList: attrs.PrefixList}
	if attrs.DomainName != nil {
		a.domainNames = jsii.Strings(*attrs.DomainName)
	}
	a.serviceMetrics.of = a.measured
	constructs.NewConstruct_Override(a, scope, id)
	return a
}

func (a *importedApi) ServiceArn() *string            { return prop.Copy(a.serviceArn) }
func (a *importedApi) DomainNames() *[]*string        { return prop.Copy(a.domainNames) }
func (a *importedApi) Ports() *[]*float64             { return prop.Copy(a.ports) }
func (a *importedApi) PrefixList() awsec2.IPrefixList { return a.prefixList }

func (a *importedApi) GrantInvoke(grantee awsiam.IGrantable) awsiam.Grant {
	return grantCaller(grantee, invoke, a.serviceArn)
}

func (a *importedApi) PlanConnection(options *privateapi.ConnectionOptions) *privateapi.ConnectionPlan {
	return planConnection(a, options)
}

func (a *ApiAttributes) validate(r *rules.Report, stack *answers.Stack) {
	if a.ServiceArn == nil {
		r.AddWithFix(rules.Required, "ServiceArn", "supply the ARN that the owner of the API gives you", "is missing")
	}
	if arn, ok := token.Literal(a.ServiceArn); ok {
		region, _ := token.Literal(stack.Region())
		rules.CheckLatticeServiceArn(r, "ServiceArn", arn, region)
	}
	if name, ok := token.Literal(a.DomainName); ok {
		rules.CheckDomainName(r, "DomainName", name)
	}
	checkGivenPrefixList(r, stack, a.PrefixList)
}

// checkGivenPrefixList reports that the prefix list of an import is missing or malformed.
func checkGivenPrefixList(r *rules.Report, stack *answers.Stack, list awsec2.IPrefixList) {
	if list == nil {
		r.AddWithFix(rules.Required, "PrefixList", "supply the prefix list com.amazonaws.<region>.vpc-lattice, such as by awsec2.PrefixList_FromLookup", "is missing")
	}
	checkPrefixList(r, stack, list)
}

// checkPrefixList reports a prefix list whose ID cannot be one.
func checkPrefixList(r *rules.Report, stack *answers.Stack, list awsec2.IPrefixList) {
	if list == nil {
		return
	}
	if id, ok := token.Literal(answers.Of(stack, list, "ID", list.PrefixListId)); ok {
		rules.CheckLatticePrefixList(r, "PrefixList", id)
	}
}

// grantCaller allows a caller to call a service by the caller's own policy.
func grantCaller(grantee awsiam.IGrantable, action string, serviceArn *string) awsiam.Grant {
	return awsiam.Grant_AddToPrincipal(&awsiam.GrantOnPrincipalOptions{
		Grantee: grantee, Actions: jsii.Strings(action), ResourceArns: jsii.Strings(*serviceArn + "/*"),
	})
}
