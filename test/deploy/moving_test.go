package deploy_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/arn"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
	r53types "github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/deployed"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/scenario"
)

const movingDomain = "api.orders.internal.company.com"

var movingAccounts = map[string]string{"MovingProvider": scenario.Pricing, "MovingConsumer": scenario.Checkout, "MovingAccess": scenario.Pricing}

// move is the app of a consumer that moves between two transports, deployed before it moves.
type move struct {
	*moving
	assembly       string
	certificateArn string
	prefixList     string
	deployer       aws.Config
	configs        map[string]aws.Config // by stack
	aliases        map[way]r53types.AliasTarget
	folder         string // of the step that is deployed
}

// TestMove deploys a consumer that moves from PrivateLink to another transport and back. After each step its client reaches the API, by the
// templates and by the deployed state.
func TestMove(t *testing.T) {
	needLocal(t)
	for _, m := range moves {
		t.Run("to "+string(m.to), m.test)
	}
}

func (of *moving) test(t *testing.T) {
	m := newMove(t, of)
	first := must(readTemplate(m.assembly, "MovingConsumer"))(t)
	m.wantConnected(t, movingStep{leads: byPrivateLink, stand: []way{byPrivateLink}})
	kept, client := m.consumer(t).physicalIDs(), m.clientRules(t)

	for _, step := range m.steps {
		if !t.Run(step.name, func(t *testing.T) {
			m.step(t, step)
			m.wantConnected(t, step)
		}) {
			break
		}
	}
	t.Run("the move there and back leaves nothing", func(t *testing.T) {
		want(t, "whether the template is as before", must(readTemplate(filepath.Join(m.assembly, m.folder), "MovingConsumer"))(t).body == first.body, true)
		now := m.consumer(t).physicalIDs()
		want(t, "the number of resources", len(now), len(kept))
		for id, physical := range kept {
			if isOfWay := slices.Contains(ofEndpoint, first.names[id]); now[id] != physical && !isOfWay {
				t.Errorf("the physical ID of %s was %s, and is %q now", id, physical, now[id])
			}
		}
		want(t, "the number of rules of the client", len(m.clientRules(t)), len(client))
	})
	t.Run("everything is deleted", m.destroy)
}

func newMove(t *testing.T, of *moving) *move {
	t.Helper()
	ctx := t.Context()
	m := &move{moving: of, configs: map[string]aws.Config{}, aliases: map[way]r53types.AliasTarget{}}
	for stack, account := range movingAccounts {
		m.configs[stack] = must(local.Account(ctx, account))(t)
	}
	m.deployer = m.configs["MovingConsumer"] // the account that the other trusts
	m.certificateArn = must(local.RequestCertificate(ctx, movingDomain))(t)
	m.prefixList = must(latticePrefixList(ctx, m.deployer))(t)
	contexts := map[string]string{
		"providerAccount": scenario.Pricing, "consumerAccount": scenario.Checkout, "another": m.app,
		"domain": movingDomain, "certificateArn": m.certificateArn, "prefixList": m.prefixList,
	}
	if err := addZones(ctx, contexts); err != nil {
		t.Fatal(err)
	}
	program := must(local.Build(ctx, "test/deploy", "./apps/moving"))(t)
	m.assembly = must(local.Assembly(ctx, program, "moving-"+m.app, contexts))(t)
	must(local.CLI.Deploy(ctx, m.deployer, m.assembly, "--all", "--method=direct"))(t)
	return m
}

// template is the template of a stack.
func (m *move) template(t *testing.T, folder, stack string) (template any) {
	t.Helper()
	content := must(os.ReadFile(filepath.Join(m.assembly, folder, stack+".template.json")))(t)
	if err := json.Unmarshal(content, &template); err != nil {
		t.Fatal(err)
	}
	return template
}

func (m *move) consumer(t *testing.T) deployedStack {
	return stackOf(t, m.configs["MovingConsumer"], "MovingConsumer")
}

// clientRules are the rules of the client's security group.
func (m *move) clientRules(t *testing.T) map[rule]bool {
	consumer := m.consumer(t)
	return consumer.rules(consumer.physicalOf("CheckoutGroup"))
}

// step deploys a step. First it creates its change set: the record and the client's security group are modified in place, nothing else is, and the
// zone is not touched. A stack of the provider's account that the step no longer has is deleted before the consumer changes, because it
// refers to it; one that it has is deployed after. The provider deploys nothing.
func (m *move) step(t *testing.T, step movingStep) {
	consumer := m.consumer(t)
	dir, before := filepath.Join(m.assembly, step.name), filepath.Join(m.assembly, m.folder)
	old, next := must(readTemplate(before, consumer.name))(t), must(readTemplate(dir, consumer.name))(t)
	for _, change := range changeSetOf(t, consumer.config, consumer.name, next) {
		if change.Action != cfntypes.ChangeActionModify {
			continue
		}
		name := next.names[aws.ToString(change.LogicalResourceId)]
		property, isModified := modifiedInPlace[name]
		if !isModified {
			continue // listed for an attribute of what is modified, as step.changes says
		}
		want(t, "whether "+name+" is replaced", change.Replacement, cfntypes.ReplacementFalse)
		for _, detail := range change.Details {
			want(t, "the property of "+name+" that changes", aws.ToString(detail.Target.Name), property)
		}
	}
	stacks, deployed := m.stacks(t, step.name), m.stacks(t, m.folder)
	for _, stack := range slices.Backward(deployed) {
		if !slices.Contains(stacks, stack) {
			must(local.CLI.Destroy(t.Context(), m.deployer, before, stack))(t)
		}
	}
	for _, stack := range stacks {
		switch {
		case stack == consumer.name:
			consumer.update(m.deployer, dir, old, &step.changes)
		case !slices.Contains(deployed, stack):
			must(local.CLI.Deploy(t.Context(), m.deployer, dir, stack))(t)
		default:
			want(t, "whether the template of "+stack+" stays", reflect.DeepEqual(m.template(t, step.name, stack), m.template(t, m.folder, stack)), true)
		}
	}
	m.folder = step.name
}

// stacks returns the stacks of a step in the order in which they are deployed.
func (m *move) stacks(t *testing.T, folder string) []string {
	t.Helper()
	return stacksIn(t, filepath.Join(m.assembly, folder))
}

// wantConnected fails the test unless the client reaches the API by the way to which the name leads, and by all other ways that stand.
func (m *move) wantConnected(t *testing.T, step movingStep) {
	t.Helper()
	question := reachability.Question{Domain: movingDomain, Path: "/v1/orders"}
	states := map[string]*deployed.State{}
	for _, account := range scenario.Accounts() {
		states[account] = read(t, account, scenario.Region)
	}
	alias := m.alias(t, states[scenario.Checkout])
	m.aliases[step.leads] = *alias
	byTemplates, byState := m.ofTemplates(t).ask(question), m.ofState(t, states).ask(question)
	wantWay(t, "by the templates", byTemplates, step.leads)
	wantWay(t, "by the deployed state", byState, step.leads)
	if got, want := outline(byState), outline(byTemplates); !slices.Equal(got, want) {
		t.Errorf("the proof of the templates is\n%s\nthe proof of the deployed state is\n%s", strings.Join(want, "\n"), strings.Join(got, "\n"))
	}
	// A client with an address from before the deployment calls as if the record still led there.
	for other, before := range m.aliases {
		if other == step.leads {
			continue
		}
		*alias = before
		report := m.ofState(t, states).ask(question)
		if slices.Contains(step.stand, other) {
			wantWay(t, "by an address from before", report, other)
		} else if verdict := one(t, "answers", report.Answers).Verdict; verdict == reachability.Reachable {
			t.Errorf("an address of %s still leads to the API:\n%s", other, report)
		}
	}
}

// alias returns the target of the consumer's record, in a state.
func (m *move) alias(t *testing.T, state *deployed.State) *r53types.AliasTarget {
	t.Helper()
	id := one(t, "zones", m.consumer(t).physical("AWS::Route53::HostedZone"))
	for _, zone := range state.Zones {
		if !strings.HasSuffix(aws.ToString(zone.Id), id) {
			continue
		}
		for _, record := range zone.Records {
			if record.AliasTarget != nil {
				return record.AliasTarget
			}
		}
	}
	t.Fatalf("zone %s has no alias", id)
	return nil
}

// wantWay fails the test unless a call is reachable, over the hops of a way and none of another.
func wantWay(t *testing.T, what string, report *reachability.Report, by way) {
	t.Helper()
	answer := one(t, "answers "+what, report.Answers)
	if answer.Verdict != reachability.Reachable {
		t.Errorf("%s, want reachable over %s:\n%s", what, by, answer)
	}
	for _, hops := range hopsOf {
		for _, name := range hops {
			if has := slices.ContainsFunc(answer.Hops, func(h reachability.Hop) bool { return h.Name == name }); has != slices.Contains(hopsOf[by], name) {
				t.Errorf("%s, the hop %q is there: %v, want the hops of %s:\n%s", what, name, has, by, answer)
			}
		}
	}
}

func (m *move) ofTemplates(t *testing.T) proof {
	t.Helper()
	model, zones := must(reachability.Load(reachability.Assembly(filepath.Join(m.assembly, m.folder))))(t), map[string]string{}
	for _, stack := range m.stacks(t, m.folder) {
		maps.Copy(zones, stackOf(t, m.configs[stack], stack).zoneIDs(movingAccounts[stack]))
	}
	return proof{"MovingConsumer/Checkout/Service", func(q reachability.Question) *reachability.Report {
		q.Facts = reachability.Facts{
			ZoneIDs: zones, Certificates: map[string][]string{m.certificateArn: {movingDomain}},
			LatticePrefixLists: map[string]string{scenario.Region: m.prefixList},
			Assume:             []string{"share-accepted"}, // which the deployed state knows
		}
		return model.Prove(q)
	}}
}

func (m *move) ofState(t *testing.T, states map[string]*deployed.State) proof {
	t.Helper()
	templates := must(deployed.Write(t.TempDir(), states[scenario.Pricing], states[scenario.Checkout], states[scenario.Reporting]))(t)
	for _, unread := range templates.Unread {
		t.Errorf("unread: %s", unread)
	}
	client := must(arn.Parse(m.consumer(t).physicalOf("CheckoutService")))(t).Resource
	return proof{nameInProof(scenario.Checkout, client), func(q reachability.Question) *reachability.Report {
		t.Helper()
		return must(templates.Prove(q))(t)
	}}
}

func (m *move) destroy(t *testing.T) {
	must(local.CLI.Destroy(t.Context(), m.deployer, filepath.Join(m.assembly, m.folder), "--all"))(t)
	for name := range movingAccounts {
		if found, err := stack(t.Context(), m.configs[name], name); err == nil {
			t.Errorf("%s is still there: %s", name, found.StackStatus)
		}
	}
}
