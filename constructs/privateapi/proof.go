package privateapi

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// ProveReachabilityProps are what a proof needs beside the templates of the app: the other side, where it is in another
// repository, and what no template says.
type ProveReachabilityProps struct {
	// Assemblies are the cloud assemblies of other apps, such as "../pricing/cdk.out".
	//
	// Default: - none; both sides are in this app.
	Assemblies *[]*string

	// Templates are templates of others, in JSON or YAML, whoever made them.
	//
	// Default: - none.
	Templates *[]*ReachabilityTemplate

	// Parameters are values of parameters, by "Stack.Name". The value "@Stack.Output" is the output of another stack
	// that is read: {"Checkout.PricingServiceName": "@Pricing.ServiceName"} joins the two sides.
	//
	// Default: - the defaults that the templates have.
	Parameters *map[string]*string

	// AvailabilityZoneIds are IDs of Availability Zones, such as "euw1-az1", by account and name
	// ("111111111111/eu-west-1a") or by the ID of a subnet. The same name means different zones in different accounts.
	//
	// Default: - not known.
	AvailabilityZoneIds *map[string]*string

	// Services are the endpoint services, by stack and logical ID ("Pricing/EndpointService"), that service names
	// written out in templates stand for.
	//
	// Default: - not known.
	Services *map[string]*string

	// Assume are the IDs of what the proof cannot decide and takes as passed, such as "accepted" or "verified". An
	// unknown path says which would settle it.
	//
	// Default: - nothing.
	Assume *[]*string

	// FailOnUnknown makes synth fail unless every path is proven.
	//
	// Default: false; an unknown path is a warning.
	FailOnUnknown *bool
}

// ReachabilityTemplate is a template that does not belong to the app.
type ReachabilityTemplate struct {
	// File is the template. Required.
	File *string

	// StackName is the name of its stack.
	//
	// Default: - the name of the file without its extension.
	StackName *string

	// Account is the account that it is deployed to.
	//
	// Default: - not known.
	Account *string

	// Region is the Region that it is deployed to.
	//
	// Default: - not known.
	Region *string
}

// ProveReachability makes synth prove that every client in the app reaches the private APIs that it calls, and fail
// where a hop blocks it. It reads the synthesised templates of the whole app or stage, together with those that props
// name, and reports as CDK's policy validation does: in what cdk prints, and in validation-report.json.
//
// Whoever wants a blocked path acknowledges the ID that the report gives, on any construct of the app:
//
//	awscdk.Validations_Of(stack).Acknowledge(&awscdk.Acknowledgment{
//		Id:     jsii.String("privateapi::onePort[Pricing/PricingTargetGroup0A1B2C3D]"),
//		Reason: jsii.String("moves to the new port next week"),
//	})
//
// CDK holds an acknowledgment against all of the app, so the ID names the resource: it lets off every call that this
// resource blocks in this way, and no other.
//
// It panics if props are not complete. Files are read at synth; one that cannot be read fails it.
func ProveReachability(stage awscdk.Stage, props *ProveReachabilityProps) {
	if stage == nil {
		panic(errors.New("ProveReachability: supply the App or a Stage"))
	}
	if props == nil {
		props = &ProveReachabilityProps{}
	}
	refuseAt(props.validate(), stage)
	awscdk.Validations_Of(stage).AddPlugins(&proof{
		inputs: props.inputs(*stage.Outdir()),
		facts: reachability.Facts{
			ZoneIDs:  texts(props.AvailabilityZoneIds),
			Services: texts(props.Services),
			Assume:   literals(props.Assume),
		},
		failOnUnknown: isTrue(props.FailOnUnknown),
	})
}

// proof is the policy validation plugin. CDK calls it once all templates are on disk.
type proof struct {
	inputs        []reachability.Input
	facts         reachability.Facts
	failOnUnknown bool
}

var _ awscdk.IPolicyValidationPlugin = (*proof)(nil)

// proofName is the namespace of what people acknowledge.
const proofName = "privateapi"

func (p *proof) Name() *string { return jsii.String(proofName) }

// Version is not told: CDK wants it for its statistics alone.
func (p *proof) Version() *string { return nil }

func (p *proof) RuleIds() *[]*string {
	ids := []string{rulePath, ruleUnknown, ruleNothing, ruleInput}
	for _, rule := range rules.All() {
		ids = append(ids, short(rule.ID))
	}
	return jsii.Strings(ids...)
}

// Validate proves, with no call to CDK. What fails here must be a violation, be it a panic: the CLI takes a plugin that
// fails with none for one that found nothing.
func (p *proof) Validate(awscdk.IPolicyValidationContext) (report *awscdk.PolicyValidationPluginReport) {
	defer func() {
		if r := recover(); r != nil {
			report = reportOf([]*awscdk.PolicyViolation{notProven(fmt.Sprintf("the proof itself is broken: %v", r))})
		}
	}()
	model, err := reachability.Load(p.inputs...)
	if err != nil {
		return reportOf([]*awscdk.PolicyViolation{notProven(err.Error())})
	}
	return reportOf(violationsOf(model.Prove(reachability.Question{Facts: p.facts}), p.failOnUnknown))
}

// validate reports what is missing, and tokens: nobody but the deployment knows their values.
func (p *ProveReachabilityProps) validate() *rules.Report {
	r := &rules.Report{}
	for i, dir := range elements(p.Assemblies) {
		checkText(r, fmt.Sprintf("Assemblies[%d]", i), dir)
	}
	for i, t := range templates(p.Templates) {
		property := fmt.Sprintf("Templates[%d]", i)
		if t == nil {
			r.Add(rules.Required, property, "is nil")
			continue
		}
		checkText(r, property+".File", t.File)
	}
	checkTexts(r, "Parameters", p.Parameters)
	checkTexts(r, "AvailabilityZoneIds", p.AvailabilityZoneIds)
	checkTexts(r, "Services", p.Services)
	for i, id := range elements(p.Assume) {
		checkText(r, fmt.Sprintf("Assume[%d]", i), id)
	}
	return r
}

func checkText(r *rules.Report, property string, value *string) {
	switch {
	case value == nil || *value == "":
		r.Add(rules.Required, property, "is empty")
	case isStringToken(*value):
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

// inputs are the app's own assembly and the others, all with the same parameters: these name their stacks.
func (p *ProveReachabilityProps) inputs(outdir string) []reachability.Input {
	inputs := []reachability.Input{reachability.Assembly(outdir)}
	for _, dir := range elements(p.Assemblies) {
		inputs = append(inputs, reachability.Assembly(*dir))
	}
	for _, t := range templates(p.Templates) {
		in := reachability.Template(*t.File)
		in.Name, in.Account, in.Region = textOf(t.StackName), textOf(t.Account), textOf(t.Region)
		inputs = append(inputs, in)
	}
	for i := range inputs {
		inputs[i].Parameters = texts(p.Parameters)
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
	text, _ := literal(p) // an account that is a token is one that nobody knows
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
