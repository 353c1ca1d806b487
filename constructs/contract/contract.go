package contract

import (
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsram"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsssm"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// ServiceContractProps are the properties of a [ServiceContract].
type ServiceContractProps struct {
	// The service: a provider over PrivateLink, an API over VPC Lattice, or an API by route; defined here, or imported by its contract. Add
	// the listeners of a PrivateNlbProvider before.
	//
	// Required.
	Service privateapi.IPrivateApiService

	// The name of the contract, of letters, digits, dots, hyphens and underscores. The parameters are /private-api/<Name>/contract and
	// /private-api/<Name>/service-name: a new name replaces both.
	//
	// Required.
	Name *string

	// The accounts, and the ARNs of organizations and organizational units, that may read the parameters. It makes them advanced
	// parameters, for which SSM charges, and which cannot become standard ones again. It does not let anybody connect: AllowedPrincipals or ShareWith of the service does.
	//
	// See https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-shared-parameters.html
	//
	// Default: - this account alone.
	ShareWith *[]*string

	// Whether an account outside of the organization may be one of ShareWith. It must accept the invitation of AWS RAM by hand, before
	// it reads the parameters.
	//
	// Default: false.
	AllowExternalPrincipals *bool
}

// ServiceContract publishes the contract of a service: an SSM parameter with the whole contract as JSON, which consumers look up at synthesis,
// and one with what they connect to, which CloudFormation reads at deploy time. The stack's template has the half that synthesis knows as
// Metadata, and outputs have the rest, for privateapi contract.
type ServiceContract interface {
	constructs.Construct

	// ContractParameter returns the parameter with the contract: /private-api/<Name>/contract.
	ContractParameter() awsssm.CfnParameter

	// ContractParameterArn returns its ARN, by which other accounts read it.
	ContractParameterArn() *string

	// ServiceNameParameter returns the parameter with what consumers connect to: /private-api/<Name>/service-name. It has the name of an
	// endpoint service, the ARN of a service of VPC Lattice, or the DNS name of an ALB.
	ServiceNameParameter() awsssm.CfnParameter

	// ServiceNameParameterArn returns its ARN, by which other accounts read it.
	ServiceNameParameterArn() *string

	// ResourceShare returns the share of both parameters; nil if they are not shared.
	ResourceShare() awsram.CfnResourceShare
}

type serviceContract struct {
	constructs.Construct
	plan  *plan
	batch *onecall.Batch

	contractParameter    *onecall.Item[awsssm.CfnParameter]
	serviceNameParameter *onecall.Item[awsssm.CfnParameter]
	share                *onecall.Item[awsram.CfnResourceShare] // nil if the parameters are not shared
}

var _ ServiceContract = (*serviceContract)(nil)

// NewServiceContract defines a [ServiceContract].
//
// Before it defines anything, it panics with all that breaks a rule in props.
func NewServiceContract(scope constructs.Construct, id *string, props *ServiceContractProps) ServiceContract {
	refusal.RequireScope("NewServiceContract", scope, id)
	c := &serviceContract{plan: planContract(scope, id, props)}
	c.batch = onecall.Begin(c, &c.Construct, scope, id)
	c.defineParameters()
	c.defineShare()
	c.describe()
	c.batch.Flush()
	refusal.Warn(c.plan.report, c)
	return c
}

func (c *serviceContract) ContractParameter() awsssm.CfnParameter {
	return c.contractParameter.Object()
}

func (c *serviceContract) ServiceNameParameter() awsssm.CfnParameter {
	return c.serviceNameParameter.Object()
}

func (c *serviceContract) ContractParameterArn() *string {
	return c.plan.parameterARN(contractSuffix)
}

func (c *serviceContract) ServiceNameParameterArn() *string {
	return c.plan.parameterARN(serviceNameSuffix)
}

func (c *serviceContract) ResourceShare() awsram.CfnResourceShare {
	if c.share == nil {
		return nil
	}
	return c.share.Object()
}

const (
	contractSuffix    = "contract"
	serviceNameSuffix = "service-name"
)

// defineParameters defines the parameters. They are L1, as L2 would be a call each.
func (c *serviceContract) defineParameters() {
	c.contractParameter = c.defineParameter("Contract", contractSuffix, "Contract of the private API "+c.plan.name, c.plan.text)
	c.serviceNameParameter = c.defineParameter("ServiceName", serviceNameSuffix, "What consumers of the private API "+c.plan.name+" connect to", *c.plan.locator)
}

func (c *serviceContract) defineParameter(id, suffix, description, value string) *onecall.Item[awsssm.CfnParameter] {
	return onecall.Add(c.batch, awsssm.NewCfnParameter, id, &awsssm.CfnParameterProps{
		Type: jsii.String("String"), Name: jsii.String(c.plan.parameterName(suffix)), Description: &description, Tier: c.plan.tier, Value: &value,
	})
}

// defineShare shares both parameters, by their ARNs: SSM has no attribute for them, so nothing but a dependency makes the share wait. AWS RAM
// attaches its default permission for parameters, which is to read them.
func (c *serviceContract) defineShare() {
	if c.plan.share == nil {
		return
	}
	arns := &[]*string{c.ContractParameterArn(), c.ServiceNameParameterArn()}
	c.share = c.plan.share.Define(c.batch, jsii.String("private-api-"+c.plan.name), arns, nil)
	onecall.WaitFor(c.batch, c.share, c.contractParameter)
	onecall.WaitFor(c.batch, c.share, c.serviceNameParameter)
}

// parameterName is the name of a parameter.
func (p *plan) parameterName(suffix string) string { return "/private-api/" + p.name + "/" + suffix }

// parameterARN is the ARN of a parameter.
func (p *plan) parameterARN(suffix string) *string {
	return jsii.String(strings.Join([]string{"arn", *p.stack.Partition(), "ssm", *p.stack.Region(), *p.stack.Account(), "parameter" + p.parameterName(suffix)}, ":"))
}
