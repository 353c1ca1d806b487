package walk

import (
	"fmt"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// result is what was found at a hop.
type result struct {
	verdict    proof.Verdict
	message    string
	fix        string
	settle     []proof.Settlement // what would settle an unknown
	assumption string             // that lets an unknown pass
	rule       string             // the ID of a rule that is broken; the hop's own by default
	evidence   []proof.Evidence
	uses       []*network.Resource // what the verdict rests on
	concerns   []*network.Resource // what has properties that the verdict would rest on, if it had them
	port       int                 // on which what is behind the hop receives requests; 0 if it is not known, or that of the client
}

func passes(format string, args ...any) result {
	return result{verdict: proof.Reachable, message: fmt.Sprintf(format, args...)}
}

func blocks(message, fix string) result {
	return result{verdict: proof.Blocked, message: message, fix: fix}
}

func unknown(message, fix string, settle ...proof.Settlement) result {
	return result{verdict: proof.Unknown, message: message, fix: fix, settle: settle}
}

// unknownUntil is unknown until a value is decided.
func unknownUntil(v network.Value, format string, args ...any) result {
	return unknown(fmt.Sprintf(format, args...), "").until(v)
}

// open is the first of two values that are not known to be equal which itself leaves that open; else the first.
func open(a, b network.Value) network.Value {
	if a.Why() == "" && b.Why() != "" {
		return b
	}
	return a
}

// undecided is unknown because the value of a property is not in the template, or whether a resource is deployed.
func undecided(p network.Property) result {
	if p.IsWhole() {
		return unknownUntil(p.Value, "whether %s is deployed is unknown: %s", network.DisplayName(p.Resource), cite.Why(p.Value)).at(p)
	}
	return unknownUntil(p.Value, "%s of %s is unknown: %s", p.Path(), network.DisplayName(p.Resource), cite.Why(p.Value)).at(p)
}

// assumable is an unknown that an assumption lets pass.
func assumable(message, assumption, fix string) result {
	r := unknown(message, fix)
	r.assumption = assumption
	return r
}

// assumedBy names an assumption that lets the unknown pass.
func (r result) assumedBy(assumption string) result {
	r.assumption = assumption
	return r
}

// onPort says on which port what is behind the hop receives requests.
func (r result) onPort(port int) result {
	r.port = port
	return r
}

// until makes the result unknown until a value is decided.
func (r result) until(v network.Value) result {
	settlement := cite.Settle(v)
	r.verdict, r.fix, r.settle = proof.Unknown, "", []proof.Settlement{settlement}
	switch settlement.Kind {
	case proof.SettleByEnvironment:
		r.fix = "deploy the stack to a named account and Region"
	case proof.SettleByDeployment:
		r.fix = "write the value into the template, or pass it as a parameter"
	}
	return r
}

// at adds properties that the verdict rests on.
func (r result) at(list ...network.Property) result {
	r.evidence, r.uses = slices.Clip(r.evidence), slices.Clip(r.uses)
	for _, p := range list {
		r.evidence = append(r.evidence, cite.Property(p))
		r.uses = append(r.uses, p.Resource)
	}
	return r
}

// atResource adds a resource that the verdict rests on.
func (r result) atResource(list ...*network.Resource) result {
	for _, resource := range list {
		r = r.at(network.Whole(resource))
	}
	return r
}

// restsOn adds resources that the verdict rests on, without evidence.
func (r result) restsOn(list ...*network.Resource) result {
	r.uses = append(slices.Clip(r.uses), list...)
	return r
}

// concerning adds resources that are on the path here: a property of theirs that the proof does not model leaves the hop open.
func (r result) concerning(list ...*network.Resource) result {
	r.concerns = append(slices.Clip(r.concerns), list...)
	return r
}

// concerningNodes adds nodes, with their subnets and security groups.
func (r result) concerningNodes(nodes ...network.Node) result {
	r = r.concerningSubnets(nodes...)
	for _, node := range nodes {
		r = r.concerning(node.Resource)
		groups := make([]network.Value, len(node.Groups))
		for i, group := range node.Groups {
			groups[i] = group.Value
		}
		r = r.concerningValues(groups)
	}
	return r
}

// concerningSubnets adds the subnets of nodes.
func (r result) concerningSubnets(nodes ...network.Node) result {
	for _, node := range nodes {
		r = r.concerningValues(node.Subnets)
	}
	return r
}

// concerningValues adds the resources that values refer to.
func (r result) concerningValues(list []network.Value) result {
	r.concerns = slices.Clip(r.concerns)
	for _, v := range list {
		if resource, _, ok := v.Reference(); ok {
			r.concerns = append(r.concerns, resource)
		}
	}
	return r
}

// related adds evidence to look at, which the verdict does not rest on.
func (r result) related(list ...proof.Evidence) result {
	for _, e := range list {
		if !slices.Contains(r.evidence, e) {
			r.evidence = append(slices.Clip(r.evidence), e)
		}
	}
	return r
}

// like takes over the evidence of another result.
func (r result) like(other result) result {
	r.evidence, r.uses, r.concerns = other.evidence, other.uses, other.concerns
	return r
}

// breaks names the rule that a blocked result breaks.
func (r result) breaks(rule rules.Rule) result {
	r.rule = rule.ID
	return r
}

// unless downgrades Blocked to Unknown if an unplaced resource might supply what is missing. The properties are those that
// leave open what the unplaced resources belong to.
func (r result) unless(unplaced []network.Property) result {
	if len(unplaced) == 0 || r.verdict != proof.Blocked {
		return r
	}
	p := unplaced[0]
	return unknownUntil(p.Value, "%s, unless %s supplies it, whose %s is unknown: %s", r.message, network.DisplayName(p.Resource), p.Path(), cite.Why(p.Value)).
		at(p).related(r.evidence...)
}

// owners are the properties that say what facts belong to.
func owners[T any](facts []T, owner func(T) network.Property) []network.Property {
	list := make([]network.Property, len(facts))
	for i, fact := range facts {
		list[i] = owner(fact)
	}
	return list
}

// ifCertain downgrades Blocked to Unknown: it holds in some subnets only, and in which of them the node is, is unknown.
func (r result) ifCertain() result {
	if r.verdict == proof.Blocked {
		r.verdict, r.fix = proof.Unknown, "name the subnets, or "+r.fix
	}
	return r
}
