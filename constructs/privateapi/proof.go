package privateapi

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// ProveReachabilityProps are what a proof needs besides the templates of the app: the other side, if it is in another
// repository, and facts that no template has.
type ProveReachabilityProps struct {
	// The cloud assemblies of other apps, such as "../pricing/cdk.out".
	//
	// Default: - none; both sides are in this app.
	Assemblies *[]*string

	// More templates, in JSON or YAML, from CDK or not.
	//
	// Default: - none.
	Templates *[]*ReachabilityTemplate

	// The files of contracts of services whose templates are not here, such as "../contracts/pricing.json".
	//
	// Default: - none.
	Contracts *[]*string

	// A file with facts, which the command privateapi and a test read too. What other properties say comes
	// first.
	//
	// Default: - none.
	FactsFile *string

	// Values of parameters, by "Stack.Name". The value "@Stack.Output" is the output of another stack, so "@Pricing.ServiceName"
	// for "Checkout.PricingServiceName" connects the two sides.
	//
	// Default: - the defaults that the templates have.
	Parameters *map[string]*string

	// Template files of nested stacks that the proof cannot find, by "Stack/LogicalID".
	//
	// Default: - none; the app's assets have them.
	NestedTemplates *map[string]*string

	// The IDs of Availability Zones, such as "euw1-az1", by account and name
	// ("111111111111/eu-west-1a") or by the ID of a subnet. The same name can mean different zones in different accounts.
	//
	// Default: - not known.
	AvailabilityZoneIds *map[string]*string

	// The endpoint services of service names, and the services of VPC Lattice of ARNs, that are literals in templates, each by
	// its stack and logical ID, such as "Pricing/EndpointService".
	//
	// Default: - not known.
	Services *map[string]*string

	// The names that certificates cover ("api.example.com", "*.example.com"), by ARN, for certificates
	// that no template defines.
	//
	// Default: - not known.
	CertificateNames *map[string]*[]*string

	// The names that Fn::GetAZs returns, in its order, by "account/Region"
	// ("111111111111/eu-west-1").
	//
	// Default: - not known.
	AvailabilityZoneNames *map[string]*[]*string

	// The CIDR blocks of prefix lists that no template defines, by ID.
	//
	// Default: - not known.
	PrefixLists *map[string]*[]*string

	// The IDs of the prefix lists of VPC Lattice, com.amazonaws.<region>.vpc-lattice, by Region.
	//
	// Default: - not known.
	LatticePrefixLists *map[string]*string

	// The public IPv4 addresses with which packets come from the internet, by NAT gateway, Elastic IP address, instance or what else
	// routes lead to ("Checkout/Nat", "nat-0123456789abcdef0"), where no template says them.
	//
	// Default: - not known.
	PublicAddresses *map[string]*[]*string

	// What the proof cannot decide and assumes, such as "accepted" or "verified". The fix of an
	// unknown path names the ID.
	//
	// Default: - nothing.
	Assume *[]*string

	// What the proof may cost, so that no template keeps synth busy.
	//
	// Default: - those of reachability.Limits, far above what AWS accounts hold.
	Limits *reachability.Limits

	// Whether synth fails unless every path is proven.
	//
	// Default: false; an unknown path is a warning.
	FailOnUnknown *bool
}

// ReachabilityTemplate is a template that is not part of the app.
type ReachabilityTemplate struct {
	// The file of the template, in JSON or YAML.
	//
	// Required.
	File *string

	// The name of its stack.
	//
	// Default: - the name of the file without its extension.
	StackName *string

	// The account that it is deployed to.
	//
	// Default: - not known.
	Account *string

	// The Region that it is deployed to.
	//
	// Default: - not known.
	Region *string
}

// ProveReachability makes synth prove that every client in the app reaches the private APIs that it calls, and makes it
// fail if a hop blocks one. It reads the synthesised templates of the whole app or stage, together with those that props
// name, and reports through CDK's policy validation: in what cdk prints, and in validation-report.json.
//
// To accept a blocked path, acknowledge the ID in the report, on any construct of the app:
//
//	awscdk.Validations_Of(stack).Acknowledge(&awscdk.Acknowledgment{
//		Id:     jsii.String("privateapi::onePort[Pricing/PricingTargetGroup0A1B2C3D]"),
//		Reason: jsii.String("moves to the new port next week"),
//	})
//
// CDK applies an acknowledgment to the whole app, so the ID names the resource: it accepts every call that this resource
// blocks for this reason, and no other.
//
// ProveReachability panics if props are incomplete. Files are read at synth, which fails if one cannot be read.
func ProveReachability(stage awscdk.Stage, props *ProveReachabilityProps) {
	if stage == nil {
		panic(errors.New("ProveReachability: supply the App or a Stage"))
	}
	if props == nil {
		props = &ProveReachabilityProps{}
	}
	refusal.Call(props.validate(), "ProveReachability")
	outdir := *stage.Outdir()
	awscdk.Validations_Of(stage).AddPlugins(&proofPlugin{
		outdir:    outdir,
		inputs:    props.inputs(outdir),
		factsFile: textOf(props.FactsFile),
		facts: reachability.Facts{
			ZoneIDs:            texts(props.AvailabilityZoneIds),
			Services:           texts(props.Services),
			Certificates:       lists(props.CertificateNames),
			ZoneNames:          lists(props.AvailabilityZoneNames),
			PrefixLists:        lists(props.PrefixLists),
			LatticePrefixLists: texts(props.LatticePrefixLists),
			PublicAddresses:    lists(props.PublicAddresses),
			Assume:             token.Literals(props.Assume),
		},
		failOnUnknown: prop.IsTrue(props.FailOnUnknown),
		limits:        *prop.Or(props.Limits, &reachability.Limits{}),
	})
}

// proofPlugin is the policy validation plugin. CDK calls it when all templates are written.
type proofPlugin struct {
	outdir        string // of the app
	inputs        []reachability.Input
	factsFile     string
	facts         reachability.Facts
	failOnUnknown bool
	limits        reachability.Limits
}

var _ awscdk.IPolicyValidationPlugin = (*proofPlugin)(nil)

// proofName is the namespace of the IDs to acknowledge.
const proofName = "privateapi"

func (p *proofPlugin) Name() *string { return jsii.String(proofName) }

// Version returns nil: CDK uses it for statistics only.
func (p *proofPlugin) Version() *string { return nil }

func (p *proofPlugin) RuleIds() *[]*string {
	ids := []string{rulePath, ruleUnknown, ruleNothing, ruleInput, ruleSummary}
	for _, rule := range rules.OfConstructs() {
		ids = append(ids, short(rule.ID))
	}
	return jsii.Strings(ids...)
}

// Validate runs the proof, without a call to CDK. Each failure must be a violation, even a panic: the CLI treats a plugin that fails
// without one as a plugin that found nothing.
func (p *proofPlugin) Validate(awscdk.IPolicyValidationContext) (result *awscdk.PolicyValidationPluginReport) {
	defer func() {
		if r := recover(); r != nil {
			result = reportOf([]*awscdk.PolicyViolation{notProven(fmt.Sprintf("the proof itself failed: %v", r))})
		}
	}()
	file := &reachability.FactsFile{}
	if p.factsFile != "" {
		var err error
		if file, err = reachability.LoadFacts(p.factsFile); err != nil {
			return reportOf([]*awscdk.PolicyViolation{notProven(err.Error())})
		}
	}
	model, err := file.LoadWithin(p.limits, p.inputs...)
	if err != nil {
		return reportOf([]*awscdk.PolicyViolation{notProven(err.Error())})
	}
	proven := model.Prove(reachability.Question{Facts: file.Facts.With(p.facts)})
	if proven.Stopped != nil {
		return reportOf([]*awscdk.PolicyViolation{notProven(proven.Stopped.Error())})
	}
	violations := p.violations(proven)
	if hasPendingLookups(p.outdir) {
		violations = untilLookedUp(violations)
	}
	return reportOf(append(violations, summary(proven)))
}

// validate reports missing values and tokens, whose values only the deployment knows.
func (p *ProveReachabilityProps) validate() *rules.Report {
	r := &rules.Report{}
	for i, dir := range token.Elements(p.Assemblies) {
		checkText(r, fmt.Sprintf("Assemblies[%d]", i), dir)
	}
	for i, file := range token.Elements(p.Contracts) {
		checkText(r, fmt.Sprintf("Contracts[%d]", i), file)
	}
	for i, t := range templates(p.Templates) {
		property := fmt.Sprintf("Templates[%d]", i)
		if t == nil {
			r.Add(rules.Required, property, "is nil")
			continue
		}
		checkText(r, property+".File", t.File)
	}
	if p.FactsFile != nil {
		checkText(r, "FactsFile", p.FactsFile)
	}
	checkTexts(r, "Parameters", p.Parameters)
	checkTexts(r, "NestedTemplates", p.NestedTemplates)
	checkTexts(r, "AvailabilityZoneIds", p.AvailabilityZoneIds)
	checkTexts(r, "Services", p.Services)
	checkLists(r, "CertificateNames", p.CertificateNames)
	checkLists(r, "AvailabilityZoneNames", p.AvailabilityZoneNames)
	checkLists(r, "PrefixLists", p.PrefixLists)
	checkTexts(r, "LatticePrefixLists", p.LatticePrefixLists)
	checkLists(r, "PublicAddresses", p.PublicAddresses)
	for i, id := range token.Elements(p.Assume) {
		checkText(r, fmt.Sprintf("Assume[%d]", i), id)
	}
	return r
}

func checkText(r *rules.Report, property string, value *string) {
	switch {
	case value == nil || *value == "":
		r.Add(rules.Required, property, "is empty")
	case token.IsString(*value):
		r.AddWithFix(rules.Required, property, `write the value out, or "@Stack.Output" for a parameter`, "is a token")
	}
}

func checkTexts(r *rules.Report, property string, values *map[string]*string) {
	if values == nil {
		return
	}
	for _, key := range slices.Sorted(maps.Keys(*values)) {
		checkText(r, fmt.Sprintf("%s[%q]", property, key), (*values)[key])
	}
}

func checkLists(r *rules.Report, property string, lists *map[string]*[]*string) {
	if lists == nil {
		return
	}
	for _, key := range slices.Sorted(maps.Keys(*lists)) {
		list := (*lists)[key]
		if list == nil || len(*list) == 0 {
			r.Add(rules.Required, fmt.Sprintf("%s[%q]", property, key), "is empty")
			continue
		}
		for i, value := range *list {
			checkText(r, fmt.Sprintf("%s[%q][%d]", property, key, i), value)
		}
	}
}

// inputs returns the app's own assembly and the others. All have the same parameters, as each parameter names its stack.
func (p *ProveReachabilityProps) inputs(outdir string) []reachability.Input {
	inputs := []reachability.Input{reachability.Assembly(outdir)}
	for _, dir := range token.Elements(p.Assemblies) {
		inputs = append(inputs, reachability.Assembly(*dir))
	}
	for _, t := range templates(p.Templates) {
		in := reachability.Template(*t.File)
		in.Name, in.Account, in.Region = textOf(t.StackName), textOf(t.Account), textOf(t.Region)
		inputs = append(inputs, in)
	}
	for i := range inputs {
		inputs[i].Parameters, inputs[i].Nested = texts(p.Parameters), texts(p.NestedTemplates)
	}
	for _, file := range token.Elements(p.Contracts) {
		inputs = append(inputs, reachability.Contract(*file))
	}
	return inputs
}

func templates(list *[]*ReachabilityTemplate) []*ReachabilityTemplate {
	if list == nil {
		return nil
	}
	return *list
}

func textOf(p *string) string {
	text, _ := token.Literal(p) // the value of a token is unknown
	return text
}

func texts(values *map[string]*string) map[string]string {
	if values == nil {
		return nil
	}
	plain := make(map[string]string, len(*values))
	for key, value := range *values {
		plain[key] = *value
	}
	return plain
}

// lists are the values of a map that validate accepted.
func lists(values *map[string]*[]*string) map[string][]string {
	if values == nil {
		return nil
	}
	plain := make(map[string][]string, len(*values))
	for key, value := range *values {
		plain[key] = token.Literals(value)
	}
	return plain
}
