// Package reachability proves from synthesised templates that a client reaches a private API over AWS PrivateLink, hop
// by hop, or names the hop that blocks it. It reads cloud assemblies and CloudFormation templates, whatever wrote them,
// and needs neither AWS nor Node.
//
//	model, err := reachability.Load(reachability.Assembly("cdk.out"))
//	…
//	report := model.Prove(reachability.Question{})
//	fmt.Print(report)
//
// An answer is reachable, blocked, or unknown. It is unknown where only the deployment decides a value, where a resource on
// the path has a property that the proof does not model, and where nobody gave what no template has, such as the names of a
// certificate. An unknown becomes reachable only by a fact or an assumption that people give: the answer names it. Parts of
// templates that were not read, such as a nested stack in a bucket, make it unknown what else can reach the APIs. What
// reachable promises is in docs/adr/0014. Package proof defines these words and has the catalogue of hops.
package reachability

import (
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/parallel"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/budget"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/exposure"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/notice"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/walk"
)

// Model is what templates say about the network, indexed. It never changes, so it is safe to prove from many goroutines.
type Model struct {
	network *network.Network
	limits  Limits
}

// Load reads templates. Inputs from several repositories and accounts make one model.
func Load(inputs ...Input) (*Model, error) { return load(Limits{}, assembly.Shared{}, inputs) }

func load(limits Limits, shared assembly.Shared, inputs []Input) (*Model, error) {
	contracts, inputs, err := readContracts(inputs)
	if err != nil {
		return nil, err
	}
	shared.Stored = stored(contracts)
	sources := make([]assembly.Input, len(inputs))
	for i, in := range inputs {
		sources[i] = in.source()
	}
	asm, err := assembly.LoadWith(limits.ofLoad(), shared, sources...)
	if err != nil {
		return nil, err
	}
	return &Model{network.NewWith(asm, contracts), limits}, nil
}

// Network has the facts of the templates, for the packages of this module that read them.
func (m *Model) Network() *network.Network { return m.network }

// Prove answers a question, and reports what holds whatever the question is: broken rules, everything that can reach the
// APIs, and what the proof does not cover. If it costs more than its [Limits] allow, the report is empty and says so.
func (m *Model) Prove(q Question) *Report {
	q.Domain = strings.ToLower(strings.TrimSuffix(q.Domain, ".")) // as DNS compares names
	r, left := &Report{Facts: q.Facts, Asked: q.Client, AskedDomain: q.Domain}, budget.New(m.limits.ofProof())
	parallel.Do(
		func() { r.Answers = walk.Answer(m.network, q, left) },
		func() { r.Findings = check.Run(m.network, q.Facts) },
		func() { r.Exposures = exposure.List(m.network, q.Facts, left) },
		func() { r.Notices = notice.List(m.network) },
		func() { r.Inventory = walk.Inventory(m.network, q.Facts, left) },
	)
	if err := left.Err(); err != nil {
		return &Report{Stopped: err}
	}
	return r
}
