package routedapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/contracts"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/contract"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// ContractOptions are the options of [Api_FromContract]: what a contract does not say, or says of an earlier deployment. Each may be a token,
// such as the value of a stack parameter that CloudFormation reads from SSM.
type ContractOptions struct {
	// The DNS name of the ALB.
	//
	// Default: - deployed.loadBalancerDnsName of the contract.
	LoadBalancerDnsName *string

	// The ID of the hosted zone in which AWS keeps that name.
	//
	// Default: - deployed.canonicalHostedZoneId of the contract.
	LoadBalancerCanonicalHostedZoneId *string
}

// Api_FromContract imports an API behind an internal ALB by the contract that its owner publishes: the text of a file that privateapi contract
// wrote, or of the SSM parameter of a ServiceContract of package contract, which awsssm.StringParameter_ValueFromLookup looks up. Until the
// CDK CLI has the answer, the API is unknown, with a warning.
//
// It panics with all that is wrong with the contract, each by the path of its field, and if the contract is of another transport. The API may
// be in another Region: a VPC peering connection reaches it.
func Api_FromContract(scope constructs.Construct, id *string, json *string, options *ContractOptions) IApi {
	refusal.RequireScope("Api_FromContract", scope, id)
	options = prop.Or(prop.Copy(options), &ContractOptions{}) // the caller may change its own
	r := &rules.Report{}
	c := contracts.Read(r, json, contract.Routed)
	var attrs *ApiAttributes
	if c != nil {
		attrs = options.attributes(r, c)
	}
	refusal.Of(r, scope, id)

	a := &importedApi{contract: c, attrs: attrs, ports: contracts.Ports(c)}
	a.define(scope, id)
	refusal.Warn(r, a)
	return a
}

// attributes are those of the API of a contract.
func (o *ContractOptions) attributes(r *rules.Report, c *contract.Contract) *ApiAttributes {
	deployed := contract.Deployed{}
	if c.Deployed != nil {
		deployed = *c.Deployed
	}
	if name, ok := token.Literal(o.LoadBalancerDnsName); ok {
		rules.CheckRoutedName(r, "LoadBalancerDnsName", name)
	}
	if zone, ok := token.Literal(o.LoadBalancerCanonicalHostedZoneId); ok {
		rules.CheckHostedZoneID(r, "LoadBalancerCanonicalHostedZoneId", zone)
	}
	attrs := &ApiAttributes{
		LoadBalancerDnsName:               contracts.CheckLocator(r, c, "LoadBalancerDnsName", o.LoadBalancerDnsName, "loadBalancerDnsName"),
		LoadBalancerCanonicalHostedZoneId: prop.Or(o.LoadBalancerCanonicalHostedZoneId, contracts.Text(deployed.CanonicalHostedZoneId)),
		DomainNames:                       contracts.Texts(c.Service.DomainNames),
		CidrBlocks:                        contracts.Texts(c.Service.CidrBlocks),
		SecurityGroupId:                   contracts.Text(deployed.SecurityGroupId),
		VpcId:                             contracts.Text(deployed.VpcId),
		Account:                           contracts.Text(c.Service.Account),
		Region:                            contracts.Text(c.Service.Region),
	}
	if deployed.CidrBlocks != nil { // of the deployment, in which none is a guess
		attrs.CidrBlocks = contracts.Texts(deployed.CidrBlocks)
	}
	if attrs.LoadBalancerDnsName != nil && attrs.LoadBalancerCanonicalHostedZoneId == nil {
		r.AddWithFix(rules.ContractDeployed, "deployed", rules.ContractDeployed.Fix+", or set LoadBalancerCanonicalHostedZoneId", "is missing, and so is LoadBalancerCanonicalHostedZoneId")
	}
	if contracts.IsPending(c) {
		attrs.whilePending(c.Service.Name)
	}
	return attrs
}

// whilePending makes a consumer pass while the API is not known: whether it is in the VPC of the API or not, and whatever its blocks are.
func (a *ApiAttributes) whilePending(placeholder string) {
	unknown := awscdk.Token_AsString(map[string]any{"Fn::Join": []any{"", []string{placeholder}}}, nil)
	a.VpcId, a.CidrBlocks = unknown, &[]*string{unknown}
}

// ContractTerms returns what a contract says of the API.
func (a *api) ContractTerms() *privateapi.ContractTerms {
	stack := a.plan.stack
	terms := termsOf(a)
	terms.Account, terms.Region = prop.Copy(stack.Account()), prop.Copy(stack.Region())
	terms.VpcId = answers.Of(stack, a.plan.vpc, "ID", a.plan.vpc.VpcId)
	switch {
	case a.built != nil:
		terms.SecurityGroupId = prop.Copy(a.built.id.Object())
	case a.group != nil:
		group := a.group.Object()
		terms.SecurityGroupId = answers.Of(stack, group, "ID", group.SecurityGroupId)
	}
	return terms
}

// ContractTerms returns what a contract says of the API.
func (a *importedApi) ContractTerms() *privateapi.ContractTerms {
	terms := termsOf(a)
	terms.Account, terms.Region = prop.Copy(a.account), prop.Copy(a.region)
	terms.VpcId, terms.SecurityGroupId = prop.Copy(a.attrs.VpcId), prop.Copy(a.attrs.SecurityGroupId)
	return terms
}

// termsOf are the terms that an API says in any case.
func termsOf(a IApi) *privateapi.ContractTerms {
	return &privateapi.ContractTerms{
		Transport: contract.Routed, Ports: a.Ports(), DomainNames: a.DomainNames(), CidrBlocks: a.CidrBlocks(),
		LoadBalancerDnsName: a.LoadBalancerDnsName(), LoadBalancerCanonicalHostedZoneId: a.LoadBalancerCanonicalHostedZoneId(),
	}
}
