package reachability_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// mutation breaks one thing of the example.
type mutation struct {
	name string
	edit edit
	// says is in the reason of the hop that decides, in its evidence or its fix.
	says string
	// unknown says that only the deployment decides; otherwise the call is blocked.
	unknown bool
	// quiet says that only the question for the call shows it: what is broken is also what tells the proof that there
	// is such a call.
	quiet bool
	// rule is the ID of the rule that is broken, where there is one.
	rule string
	// open says that others than the client get in.
	open bool
}

// byHop has mutations by the hop that decides. Those by noHop leave the path open: a finding shows them.
type byHop map[string][]mutation

const noHop = ""

var mutationTables = []byHop{
	dnsMutations, clientMutations, endpointMutations, nlbMutations, nlbTargetMutations, albMutations,
	ruleMutations, targetMutations, aclMutations, absentMutations, undecidedMutations, findingMutations,
}

// eachMutation runs f for each mutation, in the order of the request.
func eachMutation(t *testing.T, f func(hop string, m mutation)) {
	t.Helper()
	for _, hop := range append(hopNames(), noHop) {
		for _, table := range mutationTables {
			for _, m := range table[hop] {
				f(hop, m)
			}
		}
	}
}

func TestMutations(t *testing.T) {
	eachMutation(t, func(hop string, m mutation) {
		t.Run(hop+"/"+m.name, func(t *testing.T) {
			e := newExample(t)
			e.mutate(t, m.edit)
			m.check(t, hop, e.load(t), theCall)
		})
	})
}

// check fails the test unless the mutation is found where it is expected.
func (m mutation) check(t *testing.T, hop string, model *reachability.Model, call reachability.Question) {
	t.Helper()
	all := model.Prove(everything)
	if hop == noHop {
		m.checkFinding(t, all, call.Client)
		return
	}
	want := reachability.Blocked
	if m.unknown {
		want = reachability.Unknown
	}
	if !m.quiet && all.Verdict() != want {
		t.Errorf("asked for everything, the verdict is %s, want %s:\n%s", all.Verdict(), want, all)
	}
	if !m.quiet && !slices.ContainsFunc(all.Answers, func(a reachability.Answer) bool { return a.Decisive().Name == hop }) {
		t.Errorf("asked for everything, no answer is decided at %q:\n%s", hop, all)
	}
	report := model.Prove(call)
	if len(report.Answers) != 1 {
		t.Fatalf("%d answers to the question for one call:\n%s", len(report.Answers), report)
	}
	answer := report.Answers[0]
	decisive := answer.Decisive()
	reason := fmt.Sprint(decisive.Message, decisive.Evidence, decisive.Fix, decisive.Settle)
	if answer.Verdict != want || decisive.Name != hop || !strings.Contains(reason, m.says) {
		t.Fatalf("want the call %s at %q with a reason that says %q:\n%s", want, hop, m.says, answer)
	}
	if decisive.Fix == "" && len(decisive.Settle) == 0 {
		t.Errorf("%q does not say what to do", decisive.Name)
	}
	if m.rule != "" && decisive.Rule != m.rule {
		t.Errorf("%q breaks %q, want %q", decisive.Name, decisive.Rule, m.rule)
	}
}

// checkFinding fails the test unless a rule that is broken beside the path is reported: an error blocks all, and a
// warning leaves the path open.
func (m mutation) checkFinding(t *testing.T, report *reachability.Report, client string) {
	t.Helper()
	rule, ok := proof.FindRule(m.rule)
	if !ok {
		t.Fatalf("there is no rule %q", m.rule)
	}
	if !slices.ContainsFunc(report.Findings, func(f reachability.Finding) bool { return f.Rule == m.rule }) {
		t.Errorf("%s is not found:\n%s", m.rule, report)
	}
	if rule.Severity == rules.Error && report.Verdict() != reachability.Blocked {
		t.Errorf("the verdict is %s, want blocked:\n%s", report.Verdict(), report)
	}
	if rule.Severity == rules.Warning && report.Verdict() != reachability.Reachable {
		t.Errorf("the verdict is %s, want reachable:\n%s", report.Verdict(), report)
	}
	if m.open {
		mustFail(t, func(tb reachability.TB) { report.RequireOnly(tb, client) })
	}
}

func TestUnbroken(t *testing.T) {
	model := newExample(t).load(t)
	report := model.Prove(everything)
	report.RequireReachable(t)
	report.RequireOnly(t, theCall.Client)
	var asked []string
	for _, a := range report.Answers {
		asked = append(asked, a.Client+" "+a.URL())
	}
	want := []string{theCall.Client + " https://" + domain + "/v1/*", theCall.Client + " https://" + domain + "/v2/*"}
	if !slices.Equal(asked, want) {
		t.Errorf("answers for %q, want %q", asked, want)
	}
	model.Prove(theCall).RequireReachable(t)
}

func TestUnbrokenTakesEveryHop(t *testing.T) {
	report := newExample(t).load(t).Prove(theCall)
	if len(report.Answers) != 1 {
		t.Fatalf("%d answers, want one", len(report.Answers))
	}
	var names []string
	for _, hop := range report.Answers[0].Hops {
		names = append(names, hop.Name)
	}
	want := []string{
		"hosted zone", "record", "route", "client egress", "client network ACL", "endpoint ingress", "endpoint zones",
		"endpoint service", "allowed principal", "acceptance", "NLB ingress", "NLB listener", "NLB target group",
		"NLB health check", "NLB egress", "NLB network ACL", "ALB ingress", "ALB listener", "certificate", "ALB rule",
		"target group", "target health check", "load balancer egress", "target network ACL", "target ingress", "target",
	}
	if !slices.Equal(names, want) {
		t.Errorf("hops %q\nwant %q", names, want)
	}
}

// Who adds a hop adds a way to break it.
func TestMutationsCoverEveryHop(t *testing.T) {
	count, breaking := map[string]int{}, 0
	names := map[string]bool{}
	eachMutation(t, func(hop string, m mutation) {
		count[hop]++
		breaking++
		if key := hop + "/" + m.name; names[key] {
			t.Errorf("two mutations %s", key)
		} else {
			names[key] = true
		}
	})
	for _, hop := range hopNames() {
		if count[hop] < 2 {
			t.Errorf("%d mutations at %q", count[hop], hop)
		}
	}
	total := 0
	for _, table := range mutationTables {
		for _, list := range table {
			total += len(list)
		}
	}
	if breaking < 75 || breaking != total {
		t.Errorf("%d mutations at hops that exist, of %d", breaking, total)
	}
}

// hopNames are the names of the hops, in the order of a request.
func hopNames() []string {
	var names []string
	for _, hop := range proof.Catalogue() {
		names = append(names, hop.Name)
	}
	return names
}
