package privateapi

import (
	"slices"
	"strings"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/contracts"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/contract"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// ContractOptions are the options of [PrivateApiService_FromContract].
type ContractOptions struct {
	// The name of the service, if the contract does not say it or says it of an earlier deployment: a token, such as the value of a stack
	// parameter that CloudFormation reads from SSM. All else of a contract shapes the template, so it cannot come at deploy time.
	//
	// Default: - deployed.serviceName of the contract.
	ServiceName *string
}

// PrivateApiService_FromContract imports an endpoint service by the contract that its owner publishes: the text of a file that privateapi
// contract wrote, or of the SSM parameter of a ServiceContract of package contract. The parameter is looked up at synthesis by
// awsssm.StringParameter_ValueFromLookup; until the CDK CLI has the answer, the service is unknown, with a warning.
//
// It panics with all that is wrong with the contract, each by the path of its field; if the contract is of another transport; and if the
// service neither is in the Region of scope nor supports it.
func PrivateApiService_FromContract(scope constructs.Construct, id *string, json *string, options *ContractOptions) IPrivateLinkService {
	refusal.RequireScope("PrivateApiService_FromContract", scope, id)
	options = prop.Or(prop.Copy(options), &ContractOptions{}) // the caller may change its own
	r := &rules.Report{}
	c := contracts.Read(r, json, contract.PrivateLink)
	var name *string
	if c != nil {
		name = options.check(r, c)
		checkSupportedRegions(r, "service.region", c, answers.StackOf(scope))
	}
	refusal.Of(r, scope, id)

	s := &importedService{
		contract:                c,
		name:                    name,
		region:                  contracts.Text(c.Service.Region),
		hasRegion:               true,
		ports:                   contracts.Ports(c),
		domainNames:             prop.Or(contracts.Texts(c.Service.DomainNames), &[]*string{}),
		acceptanceRequired:      c.Service.AcceptanceRequired,
		providesPrivateDns:      jsii.Bool(c.Service.PrivateDnsName != ""),
		privateDnsName:          contracts.Text(c.Service.PrivateDnsName),
		endpointPolicySupported: jsii.Bool(false),
		availabilityZoneIds:     contracts.Texts(c.Deployed.ZoneIDs()),
		ipAddressTypes:          ipAddressTypes(c.Service.IpAddressTypes),
	}
	s.endpointServiceMetrics.of = s.measured
	constructs.NewConstruct_Override(s, scope, id)
	refusal.Warn(r, s)
	return s
}

// check returns the name of the service.
func (o *ContractOptions) check(r *rules.Report, c *contract.Contract) *string {
	if name, ok := token.Literal(o.ServiceName); ok {
		rules.CheckServiceName(r, "ServiceName", name)
		if region, _ := rules.ParseServiceName(name); region != "" && c.Service.Region != "" && contract.IsKnown(c.Service.Region) && region != c.Service.Region {
			r.AddWithFix(rules.ServiceRegion, "ServiceName", "use the name of the service of the contract", "is %q, but service.region of the contract is %s", name, c.Service.Region)
		}
	}
	return contracts.CheckLocator(r, c, "ServiceName", o.ServiceName, "serviceName")
}

// checkSupportedRegions reports a contract of a service of another Region than a stack, unless the service supports that of the stack.
func checkSupportedRegions(r *rules.Report, property string, c *contract.Contract, stack *answers.Stack) {
	region, supported := c.Service.Region, c.Service.SupportedRegions
	own, ok := token.Literal(stack.Region())
	if !ok || region == "" || !contract.IsKnown(region) || own == region || slices.Contains(supported, own) {
		return
	}
	if slices.ContainsFunc(supported, func(region string) bool { return !contract.IsKnown(region) }) {
		return
	}
	others := "no other Region"
	if len(supported) > 0 {
		others = strings.Join(supported, ", ")
	}
	r.AddWithFix(rules.ServiceRegion, property, "ask the owner of the service to add "+own+" to SupportedRegions, or use the contract of its service in "+own,
		"is %s, and the service supports %s; this stack is in %s", region, others, own)
}
