package routedapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
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

// ApiAttributes describe an API behind an internal ALB that is defined elsewhere: in another app, another repository or another account.
type ApiAttributes struct {
	// The DNS name of the ALB: internal-<name>-<id>.<region>.elb.amazonaws.com.
	//
	// Required.
	LoadBalancerDnsName *string

	// The ID of the hosted zone in which AWS keeps that name.
	//
	// Required.
	LoadBalancerCanonicalHostedZoneId *string

	// The names under which clients call the API. The certificate of the listener must cover them.
	//
	// Default: - none.
	DomainNames *[]*string

	// The TCP port that clients connect to. Not together with Ports.
	//
	// Default: 443.
	Port *float64

	// The TCP ports that clients connect to, if there are several: those of the ALB's listeners.
	//
	// Default: - Port alone.
	Ports *[]*float64

	// The IPv4 CIDR blocks of the subnets of the ALB. Clients are let out to them where no outbound rule can name its security group: over a
	// transit gateway, from another Region, and from another account.
	//
	// Default: - unknown, which is refused where they are needed.
	CidrBlocks *[]*string

	// The ID of the security group of the ALB. In the account and Region of the API, consumers add a rule to it for each client.
	//
	// Default: - unknown: the owner of the API lets clients in.
	SecurityGroupId *string

	// The ID of the VPC of the ALB.
	//
	// Default: - unknown: a consumer must name a network.
	VpcId *string

	// The account that owns the API.
	//
	// Default: - the account of the stack.
	Account *string

	// The Region of the API.
	//
	// Default: - the Region of the stack.
	Region *string
}

// importedApi is an API that this app does not define.
type importedApi struct {
	constructs.Construct
	contract        *contract.Contract // nil for an import by attributes
	stack           *answers.Stack
	attrs           *ApiAttributes
	ports           *[]*float64
	vpc             awsec2.IVpc           // nil if it is not known
	group           awsec2.ISecurityGroup // nil if it is not known
	account, region *string
	clients         map[string]string
}

var (
	_ IApi  = (*importedApi)(nil)
	_ place = (*importedApi)(nil)
)

// Api_FromAttributes imports an API by its attributes.
//
// It panics if an attribute is missing or malformed.
func Api_FromAttributes(scope constructs.Construct, id *string, attrs *ApiAttributes) IApi {
	refusal.RequireScope("Api_FromAttributes", scope, id)
	attrs = prop.Or(prop.Copy(attrs), &ApiAttributes{}) // the caller may change its own
	r := &rules.Report{}
	attrs.validate(r)
	ports := check.Ports(r, attrs.Port, attrs.Ports)
	refusal.Of(r, scope, id)

	a := &importedApi{attrs: attrs, ports: ports}
	a.define(scope, id)
	return a
}

// define defines the import, with its VPC and security group.
func (a *importedApi) define(scope constructs.Construct, id *string) {
	attrs := a.attrs
	a.stack, a.clients = answers.StackOf(scope), map[string]string{}
	a.account, a.region = prop.Or(attrs.Account, a.stack.Account()), prop.Or(attrs.Region, a.stack.Region())
	constructs.NewConstruct_Override(a, scope, id)
	if attrs.VpcId != nil {
		zones := jsii.Strings("unknown") // CDK demands one, and nobody asks a VPC without subnets for its zones
		a.vpc = awsec2.Vpc_FromVpcAttributes(a, jsii.String("Vpc"), &awsec2.VpcAttributes{VpcId: attrs.VpcId, AvailabilityZones: zones})
	}
	if attrs.SecurityGroupId != nil {
		a.group = awsec2.SecurityGroup_FromSecurityGroupId(a, jsii.String("SecurityGroup"), attrs.SecurityGroupId, nil)
	}
}

func (a *ApiAttributes) validate(r *rules.Report) {
	if a.LoadBalancerDnsName == nil {
		r.AddWithFix(rules.Required, "LoadBalancerDnsName", "supply the DNS name of the ALB, which the owner of the API gives you", "is missing")
	}
	if name, ok := token.Literal(a.LoadBalancerDnsName); ok {
		rules.CheckRoutedName(r, "LoadBalancerDnsName", name)
	}
	if a.LoadBalancerCanonicalHostedZoneId == nil {
		r.AddWithFix(rules.Required, "LoadBalancerCanonicalHostedZoneId", "supply the ID of the hosted zone of that name: aws elbv2 describe-load-balancers shows it", "is missing")
	}
	check.DomainNames(r, "DomainNames", a.DomainNames)
	givenBlocks(r, "CidrBlocks", a.CidrBlocks)
	if id, ok := token.Literal(a.SecurityGroupId); ok {
		rules.CheckRoutedGroup(r, "SecurityGroupId", id)
	}
	if account, ok := token.Literal(a.Account); ok {
		rules.CheckRoutedAccount(r, "Account", account)
	}
	if region, ok := token.Literal(a.Region); ok {
		rules.CheckRegion(r, "Region", region)
	}
}

func (a *importedApi) DomainNames() *[]*string {
	return prop.Copy(prop.Or(a.attrs.DomainNames, &[]*string{}))
}

func (a *importedApi) Ports() *[]*float64 { return prop.Copy(a.ports) }
func (a *importedApi) CidrBlocks() *[]*string {
	return prop.Copy(prop.Or(a.attrs.CidrBlocks, &[]*string{}))
}
func (a *importedApi) SecurityGroup() awsec2.ISecurityGroup { return a.group }
func (a *importedApi) LoadBalancerDnsName() *string         { return prop.Copy(a.attrs.LoadBalancerDnsName) }

func (a *importedApi) LoadBalancerCanonicalHostedZoneId() *string {
	return prop.Copy(a.attrs.LoadBalancerCanonicalHostedZoneId)
}

// Over returns the API as clients reach it over a network.
func (a *importedApi) Over(network INetwork) privateapi.IPrivateApiService {
	return &over{a, a, network}
}

// PlanConnection plans how a consumer in the VPC of the API reaches it.
func (a *importedApi) PlanConnection(options *privateapi.ConnectionOptions) *privateapi.ConnectionPlan {
	return planLocal(a, options)
}

func (a *importedApi) stackOf() *answers.Stack                { return a.stack }
func (a *importedApi) vpcOf() awsec2.IVpc                     { return a.vpc }
func (a *importedApi) defined() *api                          { return nil }
func (a *importedApi) environment() (account, region *string) { return a.account, a.region }
func (a *importedApi) named() map[string]string               { return a.clients }
