package deploy_test

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
	"github.com/aws/aws-sdk-go-v2/service/route53"

	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/scenario"
)

const (
	migratingDomain  = "api.pricing.company.com"
	migratingPricing = "MigrationPricing"
	phaseBegin       = "BEGIN" // the first deployment of STATUS_QUO
)

var migrationPhases = []string{"STATUS_QUO", "ATTACH", "DUAL_RUN", "WATCH", "CLOSE", "INTERNAL"}

// migrating is examples/migration: an API that begins behind an internet-facing ALB, and ends behind an internal one. Each phase has an
// assembly of its own.
type migrating struct {
	*teams
	root string
	zone string // the public one
}

// theMigration is the example before its first deployment.
var theMigration = sync.OnceValues(func() (*migrating, error) {
	ctx := context.Background()
	m := &migrating{teams: &teams{
		domain: migratingDomain, configs: map[string]aws.Config{}, accounts: map[string]string{
			"MigrationCheckoutNetwork": scenario.Checkout, "MigrationReportsNetwork": scenario.Reporting, migratingPricing: scenario.Pricing,
			"MigrationCheckout": scenario.Checkout, "MigrationReports": scenario.Reporting,
		},
	}}
	var err error
	for stack, account := range m.accounts {
		if m.configs[stack], err = local.Account(ctx, account); err != nil {
			return nil, err
		}
	}
	m.deployer = m.configs["MigrationCheckout"] // the account that the others trust
	if m.certificateArn, err = local.RequestCertificate(ctx, migratingDomain); err != nil {
		return nil, err
	}
	return m, m.synth(ctx)
})

// synth synthesises all phases, two at a time.
func (m *migrating) synth(ctx context.Context) error {
	program, err := local.Build(ctx, ".", "./examples/migration")
	if err != nil {
		return err
	}
	m.root = filepath.Join(filepath.Dir(program), "assembly-migration")
	zone, err := route53.NewFromConfig(m.configs[migratingPricing]).CreateHostedZone(ctx, &route53.CreateHostedZoneInput{
		Name: aws.String("company.com"), CallerReference: aws.String("migration"),
	})
	if err != nil {
		return err
	}
	m.zone = strings.TrimPrefix(aws.ToString(zone.HostedZone.Id), "/hostedzone/")
	contexts := map[string]any{
		"certificateArn": m.certificateArn, "hostedZoneId": m.zone,
		"@aws-cdk/core:defaultCrossStackReferences": "weak",
	}
	for _, account := range m.accounts {
		names, err := local.ZoneNames(ctx, account) // those of the same zones in each account
		if err != nil {
			return err
		}
		contexts["availability-zones:account="+account+":region="+scenario.Region] = names
	}
	return inPairs(append([]string{phaseBegin}, migrationPhases...), func(phase string) error {
		given := map[string]any{"phase": phase}
		if phase == phaseBegin {
			given = map[string]any{"phase": migrationPhases[0], "begin": "true"}
		}
		for key, value := range contexts {
			given[key] = value
		}
		return local.CLI.App(ctx, program, filepath.Join(m.root, phase), given)
	})
}

// inPairs calls a function for each item, for two at a time.
func inPairs(items []string, call func(string) error) error {
	slots, failures, wait := make(chan struct{}, 2), make([]error, len(items)), sync.WaitGroup{}
	for i, item := range items {
		slots <- struct{}{}
		wait.Go(func() {
			failures[i] = call(item)
			<-slots
		})
	}
	wait.Wait()
	for _, err := range failures {
		if err != nil {
			return err
		}
	}
	return nil
}

// TestMigration deploys the phases one after the other, and from each one back and forth again. In each phase both clients reach the API, by
// the templates and by the deployed state.
func TestMigration(t *testing.T) {
	needLocal(t)
	m := must(theMigration())(t)
	m.begin(t)
	for i, step := range migrationSteps {
		if !t.Run(step.to, func(t *testing.T) { m.step(t, migrationPhases[i], step) }) {
			break
		}
		if step.to == "DUAL_RUN" {
			t.Run("two phases back are refused", m.refuseTwoBack)
			t.Run("the scheme of the ALB does not change in place", m.refuseScheme)
		}
	}
	t.Run("the public zone is as empty as before", m.deleteZone)
}

// deleteZone deletes the public zone, which Route 53 refuses while it has a record. Other tests read all zones of the account.
func (m *migrating) deleteZone(t *testing.T) {
	client := route53.NewFromConfig(m.configs[migratingPricing])
	if _, err := client.DeleteHostedZone(t.Context(), &route53.DeleteHostedZoneInput{Id: aws.String(m.zone)}); err != nil {
		t.Fatal(err)
	}
}

// begin deploys the first phase, once a later one is refused.
func (m *migrating) begin(t *testing.T) {
	t.Run("a first deployment in a later phase is refused", m.refuseLaterBeginning)
	m.assembly = filepath.Join(m.root, phaseBegin)
	for _, stacks := range [][]string{{"MigrationCheckoutNetwork", "MigrationReportsNetwork"}, {"--all"}} { // the API lets in the addresses of the networks
		if err := m.deployStacks(t.Context(), append(stacks, "--concurrency", "2", "--method=direct")); err != nil { // the CLI mostly waits
			t.Fatal(err)
		}
	}
	m.in(t, migrationPhases[0])
	t.Run("a phase that is skipped is refused", m.refuseSkipped)
}

// in says which phase is deployed.
func (m *migrating) in(t *testing.T, phase string) {
	t.Helper()
	m.assembly = filepath.Join(m.root, phase)
	m.wantPhase(t, phase)
}

// step deploys a phase after the one before by the CLI, and goes back and forth by change sets, as the CLI would.
func (m *migrating) step(t *testing.T, from string, step migrationStep) {
	kept := m.irreplaceable(t)
	t.Run("forth", func(t *testing.T) {
		for _, stack := range m.changed(t, from, step.to) {
			old := must(readTemplate(filepath.Join(m.root, from), stack))(t)
			forth := step.of(stack).forth()
			m.stack(t, stack).update(m.deployer, filepath.Join(m.root, step.to), old, &forth)
		}
		m.in(t, step.to)
	})
	kept = m.wantKept(t, kept) // what the step removes comes back as another
	t.Run("back", func(t *testing.T) {
		stacks := m.changed(t, step.to, from)
		if step.clientsLeaveFirst {
			slices.Reverse(stacks)
		}
		for _, stack := range stacks {
			m.execute(t, stack, step.to, from, step.of(stack).back())
		}
		m.in(t, from)
	})
	m.wantKept(t, kept)
	t.Run("forth again", func(t *testing.T) {
		for _, stack := range m.changed(t, from, step.to) {
			m.execute(t, stack, from, step.to, step.of(stack).forth())
		}
		m.in(t, step.to)
	})
	m.wantKept(t, kept)
}

// changed returns the stacks that differ between two phases, in the order of their dependencies. The networks come first: the API lets in their
// addresses, which CDK does not count as a dependency on a stack of another account.
func (m *migrating) changed(t *testing.T, from, to string) (stacks []string) {
	t.Helper()
	for _, stack := range stacksIn(t, filepath.Join(m.root, to)) {
		old, next := must(readTemplate(filepath.Join(m.root, from), stack))(t), must(readTemplate(filepath.Join(m.root, to), stack))(t)
		if old.body != next.body {
			stacks = append(stacks, stack)
		}
	}
	slices.SortStableFunc(stacks, func(a, b string) int { return strings.Compare(networkFirst(a), networkFirst(b)) })
	return stacks
}

func networkFirst(stack string) string {
	if strings.HasSuffix(stack, "Network") {
		return "first"
	}
	return "then"
}

// execute creates a change set that leads a stack from one phase to another, compares what it changes, and executes it.
func (m *migrating) execute(t *testing.T, stack, from, to string, expected consequences) {
	t.Helper()
	old, next := must(readTemplate(filepath.Join(m.root, from), stack))(t), must(readTemplate(filepath.Join(m.root, to), stack))(t)
	s := m.stack(t, stack)
	id := must(createChangeSet(t.Context(), s.config, stack, next.body))(t)
	changes := must(describeChangeSet(t.Context(), s.cfn, stack, id))(t)
	expected.compare(t, consequencesOf(t, changes, old, next))
	start := time.Now()
	if status := s.executed(id); status != cfntypes.StackStatusUpdateComplete {
		t.Fatalf("%s is %s: %q", stack, status, s.reasonsSince(start))
	}
}

// executed executes a change set, and returns the status with which it ends.
func (s deployedStack) executed(changeSet string) cfntypes.StackStatus {
	s.t.Helper()
	must(s.cfn.ExecuteChangeSet(s.t.Context(), &cloudformation.ExecuteChangeSetInput{ChangeSetName: &changeSet}))(s.t)
	return s.settled()
}

// settled returns the status of the stack once nothing is in progress.
func (s deployedStack) settled() cfntypes.StackStatus {
	s.t.Helper()
	for {
		status := must(stack(s.t.Context(), s.config, s.name))(s.t).StackStatus
		if !strings.HasSuffix(string(status), "_IN_PROGRESS") {
			return status
		}
		time.Sleep(200 * time.Millisecond)
	}
}

// irreplaceable returns the physical IDs of what clients are connected to, and of what answers them, by stack and logical ID.
func (m *migrating) irreplaceable(t *testing.T) map[string]string {
	t.Helper()
	types, ids := append([]string{"AWS::Route53::HostedZone", "AWS::SSM::Parameter"}, irreplaceable...), map[string]string{}
	for name := range m.accounts {
		found := must(m.stack(t, name).cfn.DescribeStackResources(t.Context(), &cloudformation.DescribeStackResourcesInput{StackName: &name}))(t)
		for _, r := range found.StackResources {
			if slices.Contains(types, aws.ToString(r.ResourceType)) {
				ids[name+"/"+aws.ToString(r.LogicalResourceId)] = aws.ToString(r.PhysicalResourceId)
			}
		}
	}
	return ids
}

// wantKept fails the test if something that is still there has another physical ID than before. It returns what is still there.
func (m *migrating) wantKept(t *testing.T, before map[string]string) map[string]string {
	t.Helper()
	kept := map[string]string{}
	for id, now := range m.irreplaceable(t) {
		if old, was := before[id]; was {
			if kept[id] = old; old != now {
				t.Errorf("%s was %s, and is %s now", id, old, now)
			}
		}
	}
	return kept
}
