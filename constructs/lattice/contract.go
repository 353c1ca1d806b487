package lattice

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/contracts"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/contract"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// ContractOptions are the options of [Api_FromContract].
type ContractOptions struct {
	// The prefix list of VPC Lattice in this Region, as in [ApiAttributes].
	//
	// Required.
	PrefixList awsec2.IPrefixList

	// The ARN of the service, if the contract does not say it or says it of an earlier deployment: a token, such as the value of a stack
	// parameter that CloudFormation reads from SSM.
	//
	// Default: - deployed.serviceArn of the contract.
	ServiceArn *string
}

// Api_FromContract imports an API over VPC Lattice by the contract that its owner publishes: the text of a file that privateapi contract
// wrote, or of the SSM parameter of a ServiceContract of package contract, which awsssm.StringParameter_ValueFromLookup looks up. Until the
// CDK CLI has the answer, the API is unknown, with a warning. The owner shares the service besides, by ShareWith of [ApiProps].
//
// It panics with all that is wrong with the contract, each by the path of its field; if the contract is of another transport; and if the
// service is in another Region than scope.
func Api_FromContract(scope constructs.Construct, id *string, json *string, options *ContractOptions) IApi {
	refusal.RequireScope("Api_FromContract", scope, id)
	options = prop.Or(prop.Copy(options), &ContractOptions{}) // the caller may change its own
	r := &rules.Report{}
	check.Embedded(r, "", options)
	stack := answers.StackOf(scope)
	checkGivenPrefixList(r, stack, options.PrefixList)
	c := contracts.Read(r, json, contract.Lattice)
	var arn *string
	if c != nil {
		region, _ := token.Literal(stack.Region())
		if given, ok := token.Literal(options.ServiceArn); ok {
			rules.CheckLatticeServiceArn(r, "ServiceArn", given, region)
		}
		arn = contracts.CheckLocator(r, c, "ServiceArn", options.ServiceArn, "serviceArn")
		if own := c.Service.Region; region != "" && own != "" && contract.IsKnown(own) && own != region {
			r.Add(rules.LatticeRegion, "service.region", "is %s, but the consumer is in %s", own, region)
		}
	}
	refusal.Of(r, scope, id)

	a := &importedApi{
		contract: c, serviceArn: arn, prefixList: options.PrefixList,
		domainNames: contracts.Texts(c.Service.DomainNames), ports: contracts.Ports(c),
	}
	a.serviceMetrics.of = a.measured
	constructs.NewConstruct_Override(a, scope, id)
	refusal.Warn(r, a)
	return a
}

// ContractTerms returns what a contract says of the API.
func (a *api) ContractTerms() *privateapi.ContractTerms {
	stack := a.plan.stack
	return &privateapi.ContractTerms{
		Transport: contract.Lattice, Account: prop.Copy(stack.Account()), Region: prop.Copy(stack.Region()),
		Ports: a.Ports(), DomainNames: a.DomainNames(), ServiceArn: a.arn.Object(),
	}
}

// ContractTerms returns what a contract says of the API. Its ARN has the account and the Region.
func (a *importedApi) ContractTerms() *privateapi.ContractTerms {
	terms := &privateapi.ContractTerms{Transport: contract.Lattice, Ports: a.Ports(), DomainNames: a.DomainNames(), ServiceArn: a.ServiceArn()}
	if a.contract != nil {
		terms.Account, terms.Region = contracts.Text(a.contract.Service.Account), contracts.Text(a.contract.Service.Region)
	} else if arn, ok := rules.ParseLatticeServiceARN(*a.serviceArn); ok {
		terms.Account, terms.Region = &arn.Account, &arn.Region
	}
	return terms
}
