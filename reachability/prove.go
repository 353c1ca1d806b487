package reachability

import (
	"cmp"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// Prove answers a question, and reports what holds whatever is asked.
func (m *Model) Prove(q Question) *Report {
	q.Domain = strings.ToLower(strings.TrimSuffix(q.Domain, ".")) // as DNS compares names
	report := &Report{Answers: []Answer{}, Findings: m.findings(), Exposures: m.exposures(q.Facts), Notices: m.notices()}
	seen := map[asking]int{}
	for _, t := range m.trails(q) {
		answer := t.walk()
		place, again := seen[t.asking]
		switch {
		case !again:
			seen[t.asking] = len(report.Answers)
			report.Answers = append(report.Answers, answer)
		case answer.Verdict.WorseThan(report.Answers[place].Verdict):
			report.Answers[place] = answer // asked of two endpoints that may have the name
		}
	}
	slices.SortStableFunc(report.Answers, func(a, b Answer) int {
		return cmp.Or(cmp.Compare(a.Client, b.Client), cmp.Compare(a.Domain, b.Domain), cmp.Compare(a.Port, b.Port), cmp.Compare(a.Path, b.Path))
	})
	return report
}

// walk takes all hops of a question, from the name to the task.
func (t *trail) walk() Answer {
	t.start()
	if t.verdict() == Reachable && (len(t.hops) == 0 || t.hops[len(t.hops)-1].Name != HopTarget) {
		t.take(HopTarget, doubts("the way ends before a target", "load the templates of what comes behind, or register it there")) // no way is proven that does not arrive
	}
	return Answer{Client: t.client.name, Domain: t.domain, Port: t.port, Path: t.path, Verdict: t.verdict(), Hops: t.hops}
}

func (t *trail) start() {
	endpoint := t.resolve()
	if endpoint == nil {
		return
	}
	at := t.m.endpoint(endpoint)
	ok := t.take(HopRoute, t.routed(at)) &&
		t.take(HopClientEgress, t.m.allows(t.client, egress, t.port, at)) &&
		t.take(HopClientNacl, t.m.acls(t.client, at, t.port)) &&
		t.take(HopEndpointIngress, t.m.allows(at, ingress, t.port, t.client))
	if !ok {
		return
	}
	if service := t.connect(endpoint); service != nil {
		t.serve(service)
	}
}

// endpoint is an endpoint as a party.
func (m *Model) endpoint(r *assembly.Resource) party {
	p := m.newParty(r, items(r, "SecurityGroupIds"), items(r, "SubnetIds"))
	p.vpc = r.Property("VpcId")
	if p.groups[0].isDefault {
		p.groups[0].defaultOf = p.vpc
	}
	return p
}
