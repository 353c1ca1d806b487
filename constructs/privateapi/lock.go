package privateapi

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/limit"
	"github.com/cdk-private-api/cdk-private-api-go/internal/lock"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// CheckLockProps say where the lock is.
type CheckLockProps struct {
	// The file that the command privateapi lock writes. A path that is not absolute begins where the app runs.
	//
	// Default: privateapi.lock.json.
	File *string
}

// CheckLock makes synth fail if the app would delete or replace what consumers hold in place, such as load balancers, endpoint
// services, endpoints and their names, or ask AWS for a change that it refuses while consumers are connected. It compares the
// synthesised templates of the app or stage with the lock, and reports through CDK's policy validation, as [ProveReachability]
// does. What only the deployment decides fails too. Without a lock, which somebody has to write first, synth warns.
//
// To accept a change, rewrite the lock once the change is deployed; until then acknowledge the ID in the report, such as
// privateapi::lockReplaced[Pricing/PrivateApiTargetGroup0A1B2C3D].
//
// CheckLock panics if props are incomplete. The lock is read at synth. CheckLock costs nothing, and calls no AWS API.
func CheckLock(stage awscdk.Stage, props *CheckLockProps) {
	if stage == nil {
		panic(errors.New("CheckLock: supply the App or a Stage"))
	}
	if props == nil {
		props = &CheckLockProps{}
	}
	report := &rules.Report{}
	if props.File != nil {
		checkText(report, "File", props.File)
	}
	refusal.Call(report, "CheckLock")
	awscdk.Validations_Of(stage).AddPlugins(&lockPlugin{outdir: *stage.Outdir(), file: *prop.Or(props.File, jsii.String("privateapi.lock.json"))})
}

// lockPlugin is the policy validation plugin. CDK calls it when all templates are written.
type lockPlugin struct {
	outdir, file string
}

var _ awscdk.IPolicyValidationPlugin = (*lockPlugin)(nil)

// The IDs of violations that break no rule.
const (
	ruleLockInput   = "lockInput"
	ruleLockSummary = "lockSummary"
)

func (p *lockPlugin) Name() *string { return jsii.String(proofName) }

// Version returns nil: CDK uses it for statistics only.
func (p *lockPlugin) Version() *string { return nil }

func (p *lockPlugin) RuleIds() *[]*string {
	ids := []string{ruleLockInput, ruleLockSummary}
	for _, rule := range rules.Lock() {
		ids = append(ids, short(rule.ID))
	}
	return jsii.Strings(ids...)
}

// Validate compares, without a call to CDK. As with the proof, each failure must be a violation.
func (p *lockPlugin) Validate(awscdk.IPolicyValidationContext) (result *awscdk.PolicyValidationPluginReport) {
	defer func() {
		if r := recover(); r != nil {
			result = reportOf([]*awscdk.PolicyViolation{notCompared(severityFatal, fmt.Sprintf("the comparison itself failed: %v", r))})
		}
	}()
	violations, err := p.compare()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		violations = []*awscdk.PolicyViolation{notCompared(severityWarning, fmt.Sprintf("there is no %s: privateapi lock writes it", p.file))}
	case err != nil:
		violations = []*awscdk.PolicyViolation{notCompared(severityFatal, fmt.Sprintf("%s: %v", p.file, err))}
	}
	if hasPendingLookups(p.outdir) {
		violations = untilLookedUp(violations)
	}
	return reportOf(violations)
}

// compare compares the app with the lock.
func (p *lockPlugin) compare() ([]*awscdk.PolicyViolation, error) {
	content, err := limit.ReadFile(p.file, lock.MaxSize)
	if err != nil {
		return nil, err
	}
	locked, err := lock.Parse(content)
	if err != nil {
		return nil, err
	}
	a, err := assembly.Load(assembly.Input{Dir: p.outdir})
	if err != nil {
		return []*awscdk.PolicyViolation{notCompared(severityFatal, err.Error())}, nil
	}
	report := locked.Compare(a)
	var all []*awscdk.PolicyViolation
	for _, f := range report.Findings {
		all = append(all, violationOfLocked(f))
	}
	for _, note := range report.Notes {
		v := violation(severityInfo, ruleLockSummary, nil)
		v.Description = jsii.String(note)
		all = append(all, v)
	}
	summary := violation(severityInfo, ruleLockSummary, nil)
	summary.Description = jsii.String(fmt.Sprintf("locked resources: %d, %s", report.Resources, report.Verdict()))
	return append(all, summary), nil
}

// notCompared returns the violation of a comparison that could not start.
func notCompared(severity, why string) *awscdk.PolicyViolation {
	v := violation(severity, ruleLockInput, nil)
	v.Description = jsii.String("nothing is compared with the lock: " + why)
	return v
}

func violationOfLocked(f lock.Finding) *awscdk.PolicyViolation {
	severity := severityError
	if f.IsWarning() {
		severity = severityWarning
	}
	v := violation(severity, f.Rule.ID, []reachability.Evidence{{Stack: f.Stack, LogicalID: f.LogicalID, Property: f.Property, File: f.File}})
	where := f.Where()
	if f.Path != "" {
		where += " (" + f.Path + ")"
	}
	v.Description = jsii.String(where + ": " + f.What + "\n   AWS: " + f.Rule.AWS + explainHint(f.Rule.ID))
	v.Fix = jsii.String(f.Fix)
	return v
}
