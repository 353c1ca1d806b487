package contract

import (
	"strings"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/share"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/contract"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// plan is a contract with all rules checked.
type plan struct {
	report   *rules.Report // has no errors, but may have warnings
	stack    *answers.Stack
	name     string
	contract *contract.Contract
	text     string  // the contract, with tokens
	locator  *string // what consumers connect to
	tier     *string
	share    *share.Plan // nil if the parameters are not shared
}

// planContract panics with all problems of the props. It defines nothing.
func planContract(scope constructs.Construct, id *string, props *ServiceContractProps) *plan {
	r := &rules.Report{}
	props = prop.Or(prop.Copy(props), &ServiceContractProps{}) // the caller may change its own
	check.Embedded(r, "", props)
	refusal.Of(r, scope, id) // what is nil cannot be asked for more
	p := &plan{report: r, stack: answers.StackOf(scope)}
	p.planName(props.Name)
	p.share = share.New(r, props.ShareWith, props.AllowExternalPrincipals, rules.CheckContractShare)
	if terms := termsOf(r, props.Service); terms != nil {
		p.planText(terms)
	}
	refusal.Of(r, scope, id)
	p.claimName(func() string { return refusal.ChildPath(scope, id) })
	refusal.Of(r, scope, id)
	return p
}

func (p *plan) planName(name *string) {
	const property = "Name"
	switch {
	case name == nil:
		p.report.AddWithFix(rules.Required, property, "supply the name by which other teams know the API, such as pricing", "is missing")
		return
	case token.IsString(*name):
		p.report.AddWithFix(rules.ContractName, property, "use a literal name: others write it into their own apps", "is known only at deploy time")
		return
	}
	p.name = *name
	if name, ok := token.Literal(name); ok {
		rules.CheckContractName(p.report, property, name)
	}
}

// termsOf returns what a service says of itself; nil if it can have no contract, which is reported.
func termsOf(r *rules.Report, service privateapi.IPrivateApiService) *privateapi.ContractTerms {
	const property = "Service"
	if service == nil {
		r.AddWithFix(rules.Required, property, "supply the service that the contract is of", "is missing")
		return nil
	}
	contracted, ok := service.(privateapi.IContractedService)
	if !ok {
		r.Add(rules.ContractService, property, "has no ContractTerms: it is no service over PrivateLink or VPC Lattice, or by route")
		return nil
	}
	terms := contracted.ContractTerms()
	switch {
	case terms == nil:
		r.AddWithFix(rules.ContractService, property, "import it by PrivateApiService_FromAwsService wherever it is called", "is a service of AWS itself")
		return nil
	case terms.Account == nil || terms.Region == nil:
		r.AddWithFix(rules.ContractService, property, "import the service by its contract, or publish the contract where the service is defined",
			"is imported by attributes that do not say its account and its Region")
		return nil
	case len(prop.Elements(terms.Ports)) == 0:
		r.AddWithFix(rules.Required, property, "add the listeners of a PrivateNlbProvider before", "has no port for clients to connect to")
		return nil
	}
	return terms
}

// planText writes the contract, and reads it as its consumers will.
func (p *plan) planText(terms *privateapi.ContractTerms) {
	p.contract = contractOf(p.name, terms)
	if !p.report.HasErrors() {
		contract.Parse(p.report, contract.Compact(p.contract))
	}
	p.text = withNumbers(contract.Compact(p.contract), terms.Ports)
	if locator := p.contract.Locator(); locator != "" {
		p.locator = &locator
	}
	p.planTier()
}

// sizeOfToken is how many characters the value of a token may have in a deployment: those of the ARN of a service.
const sizeOfToken = 100

// planTier chooses the tier: only advanced parameters can be shared or have a long value.
func (p *plan) planTier() {
	size := len(token.Replace(p.text, func(string) string { return strings.Repeat("x", sizeOfToken) }))
	if size > rules.MaxAdvancedParameterValue {
		p.report.Add(rules.ContractSize, "Service", "has a contract of about %d characters", size)
	}
	if p.share != nil || size > rules.MaxParameterValue {
		p.tier = jsii.String("Advanced")
	}
}

// claimName reports a name that another contract of the app has where both would be parameters of one account and Region. The path is asked
// for messages only, as it takes calls to CDK.
func (p *plan) claimName(path func() string) {
	type claim struct {
		stack *answers.Stack
		path  func() string
	}
	claims := answers.OfApp(p.stack, "contracts", func() map[string][]claim { return map[string][]claim{} })
	for _, other := range claims[p.name] {
		if other.stack == p.stack || isKnownPlace(p.stack) && p.stack.SharesEnvironment(other.stack) {
			p.report.Add(rules.ContractNameTwice, "Name", "%q is the name of %s too", p.name, other.path())
			return
		}
	}
	claims[p.name] = append(claims[p.name], claim{p.stack, path})
}

func isKnownPlace(stack *answers.Stack) bool {
	_, hasAccount := token.Literal(stack.Account())
	_, hasRegion := token.Literal(stack.Region())
	return hasAccount && hasRegion
}
