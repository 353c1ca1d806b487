package walk

import (
	"sync"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/budget"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// run is one proof: what its traces share. Traces are followed on several goroutines.
type run struct {
	left  *budget.Budget
	mu    sync.Mutex
	parts map[partKey]*part
}

func newRun(left *budget.Budget) *run { return &run{left: left, parts: map[partKey]*part{}} }

// partKey is a part of a path that is the same for many clients, such as everything behind an NLB: where it begins, and all
// that it depends on.
type partKey struct {
	at      *network.Resource
	request request           // without the caller
	from    *network.Resource // by which the request comes there; nil where that does not matter
	nodes   string            // which nodes of the load balancer the request enters; empty for all
	alone   destination       // the service of a provider that is proven alone; nil for others
}

// part is what was found on a part of a path.
type part struct {
	once   sync.Once
	hops   []proof.Hop
	zones  []network.Value
	goesOn bool

	providerAssumed bool
}

// share takes the hops of a part, which is followed once for all traces. The trace that follows it has nothing but the key,
// so that it cannot depend on the client of whoever comes first.
func (t *trace) share(k partKey, entered []network.Value, follow func(*trace) bool) bool {
	p := t.run.part(k)
	p.once.Do(func() {
		own := &trace{n: t.n, facts: t.facts, run: t.run, request: k.request, expected: k.alone, entered: entered}
		p.goesOn = follow(own)
		p.hops, p.zones, p.providerAssumed = own.hops, own.zones, own.providerAssumed
	})
	t.hops = append(t.hops, p.hops...)
	t.zones = p.zones
	t.providerAssumed = t.providerAssumed || p.providerAssumed
	return p.goesOn
}

func (r *run) part(k partKey) *part {
	r.mu.Lock()
	defer r.mu.Unlock()
	p := r.parts[k]
	if p == nil {
		p = &part{}
		r.parts[k] = p
	}
	return p
}
