package walk

import (
	"fmt"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// isOverAnother reports whether two destinations are reached over different transports.
func isOverAnother(a, b destination) bool {
	return transportOf(a) != transportOf(b) && transportOf(a) != "" && transportOf(b) != ""
}

// transportOf is how clients get to a destination; empty for what has no name of its own.
func transportOf(d destination) string {
	switch d.(type) {
	case *endpoint:
		return "PrivateLink"
	case *latticeName:
		return "VPC Lattice"
	case internalALB:
		return "routes"
	case publicALB:
		return "the internet"
	}
	return ""
}

// isALB reports whether a destination is an ALB, so that its name is that of a load balancer.
func isALB(d destination) bool {
	switch d.(type) {
	case internalALB, publicALB:
		return true
	}
	return false
}

// moved is what is found of a record that leads to a destination over another transport than the one that was asked for. If the API there
// has the name itself, its client is on the move between the two, and calls where the name leads.
func (t *trace) moved(found result, to destination) result {
	switch t.hasName(to) {
	case network.Yes:
		t.movedTo = to
		return found
	case network.Maybe:
		return unknown(
			fmt.Sprintf("%s leads to %s; whether the API there has the name is not in the templates: it has neither a certificate nor a route with a host",
				t.domain, network.DisplayName(to.resource())),
			"point the record to "+network.DisplayName(t.expected.resource()),
		).like(found)
	}
	return t.leadsToAnother(found, to)
}

// hasName reports whether an API takes requests for the name by itself, whatever leads to it. Of one that is not in the templates that is
// not asked: the path ends there.
func (t *trace) hasName(d destination) network.Tristate {
	switch d := d.(type) {
	case *endpoint:
		if d.found.Service != nil {
			return t.haveName(d.doors())
		}
	case *latticeName:
		if d.service != nil {
			own := d.service.CustomDomainName() // the hop of the domain says what is unknown
			return yesOrNo(own.IsUndecided() || matchesName(network.DomainName(own.Value), t.domain))
		}
	case internalALB, publicALB:
		return t.haveName(d.front())
	}
	return network.Yes
}

// haveName finds the name among the hosts of routes and the names of certificates.
func (t *trace) haveName(doors front) network.Tristate {
	takes := func(host string) bool { return network.PatternCovers(host, t.domain) == network.All }
	if slices.ContainsFunc(doors.routes(), func(r route) bool { return slices.ContainsFunc(r.hosts, takes) }) {
		return network.Yes
	}
	certificates := doors.certificates()
	if len(certificates) == 0 {
		return network.Maybe
	}
	return yesOrNo(slices.ContainsFunc(certificates, func(arn network.Property) bool {
		r, _ := t.covers(arn)
		return r.verdict != proof.Blocked // the hop of the certificate says what is unknown
	}))
}

// withoutMoved leaves out the traces of clients that moved to another destination, if the client is asked about there as well.
func withoutMoved(traces []*trace) []*trace {
	type place struct {
		request request
		at      *network.Resource
	}
	asked := map[place]bool{}
	at := func(t *trace, to destination) place {
		return place{request{caller: t.caller, domain: t.domain, port: t.port}, to.resource()}
	}
	for _, t := range traces {
		if t.expected != nil && t.movedTo == nil {
			asked[at(t, t.expected)] = true
		}
	}
	return slices.DeleteFunc(traces, func(t *trace) bool { return t.movedTo != nil && asked[at(t, t.movedTo)] })
}
