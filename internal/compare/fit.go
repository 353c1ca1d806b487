package compare

import "slices"

// Fit says whether an option fits.
type Fit int

// The answers, from the best.
const (
	Fits Fit = iota
	Depends
	FitsNot
)

// String is "fits", "depends" or "no".
func (f Fit) String() string { return [...]string{"fits", "depends", "no"}[f] }

// MarshalText is String.
func (f Fit) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// Finding is a reason that holds for an option.
type Finding struct {
	Reason ReasonID `json:"reason"`
	// Fit is what the reason makes of the option: Fits is something to know.
	Fit Fit `json:"fit"`
	// Short is the reason in a line, with what is particular of this mesh.
	Short string `json:"short"`
	// Open is the question whose answer decides; empty if the answer is there.
	Open     Question   `json:"open,omitempty"`
	Evidence []Evidence `json:"evidence,omitempty"`
}

// condition is what a rule asks of a mesh.
type condition func(m *Mesh) Answer

// rule makes a finding of an option where its condition holds.
type rule struct {
	reason  ReasonID
	options []OptionID
	fit     Fit
	when    condition
	// asks is the question that decides while its condition is unknown; empty if nothing is found then.
	asks Question
}

var (
	private = []OptionID{Shared, Own, Targets}
	chained = []OptionID{Shared, Own, Central}
	routed  = []OptionID{Peering, TransitGateway}
	hubs    = []OptionID{TransitGateway, Central}
)

// fitRules are all rules, in the order in which findings are shown.
var fitRules = []rule{
	// What clients speak.
	{"alb-http-only", append([]OptionID{Public}, chained...), FitsNot, speaks(TCP, TLS), ""},
	{"alb-http-only", routed, Fits, frontIsNLB, ""},
	{"lattice-no-tcp", []OptionID{Lattice}, FitsNot, speaks(TCP), ""},
	{"lattice-passthrough", []OptionID{Lattice}, Depends, speaks(TLS), ""},
	{"lattice-no-websocket", []OptionID{Lattice}, FitsNot, speaks(WebSocket), ""},
	{"lattice-ten-minutes", []OptionID{Lattice}, FitsNot, lasts(latticeConnection), ""},
	{"lattice-idle", []OptionID{Lattice}, FitsNot, idles(latticeLongestIdle, 0), ""},
	{"lattice-idle-set", []OptionID{Lattice}, Fits, idles(latticeIdle, latticeLongestIdle), ""},
	{"alb-idle", append([]OptionID{Public}, chained...), FitsNot, idles(albLongestIdle, 0), ""},
	{"alb-idle", routed, FitsNot, and(frontIsALB, idles(albLongestIdle, 0)), ""},
	{"nlb-idle", []OptionID{Targets}, FitsNot, idles(nlbLongestIdle, 0), ""},
	{"nlb-idle", routed, FitsNot, and(frontIsNLB, idles(nlbLongestIdle, 0)), ""},
	{"idle-set", append([]OptionID{Public}, chained...), Fits, idles(albIdle, albLongestIdle), ""},
	{"idle-set", []OptionID{Targets}, Fits, idles(nlbIdle, nlbLongestIdle), ""},
	{"idle-set", routed, Fits, and(frontIsALB, idles(albIdle, albLongestIdle)), ""},
	{"idle-set", routed, Fits, and(frontIsNLB, idles(nlbIdle, nlbLongestIdle)), ""},
	// Where the networks are.
	{"separate-blocks", routed, FitsNot, says(OverlappingBlocks), OverlappingBlocks},
	{"central-blocks", []OptionID{Central}, FitsNot, consumersDoOverlap, ""},
	{"central-blocks", []OptionID{Central}, Depends, consumersMayOverlap, OverlappingBlocks},
	{"routes-join-networks", routed, FitsNot, denies(MayRoute), MayRoute},
	{"routes-join-networks", []OptionID{Central}, Depends, denies(MayRoute), ""},
	{"peering-is-pairwise", []OptionID{Peering}, Fits, hasPairs(2, handful), ""},
	{"peering-is-pairwise", []OptionID{Peering}, Depends, hasPairs(handful+1, 0), ""},
	{"peering-not-transitive", []OptionID{Peering}, FitsNot, says(OnPremises), ""},
	{"names-on-premises", []OptionID{Shared, Own, Targets, TransitGateway, Central}, Fits, says(OnPremises), ""},
	{"lattice-inside-the-vpc", []OptionID{Lattice}, Depends, says(OnPremises), ""},
	{"lattice-one-region", []OptionID{Lattice}, FitsNot, says(CrossRegion), ""},
	{"private-link-regions", append([]OptionID{Central}, private...), Depends, says(CrossRegion), ""},
	{"gateway-one-region", []OptionID{TransitGateway}, Depends, says(CrossRegion), ""},
	{"region-references", []OptionID{Peering}, Fits, says(CrossRegion), ""},
	{"share-invitation", append([]OptionID{Lattice}, hubs...), Depends, says(ExternalAccounts), ""},
	{"accepter-role", []OptionID{Peering}, Fits, says(ExternalAccounts), ""},
	{"central-names", []OptionID{Central}, Fits, always, ""},
	{"public-addresses", []OptionID{Public}, FitsNot, denies(MayBePublic), MayBePublic},
	// Who calls.
	{"one-list-for-a-door", []OptionID{Shared}, Fits, sharesDoors, ""},
	{"nothing-to-share", []OptionID{Shared}, Fits, sharesNothing, ""},
	{"no-principals-by-route", routed, FitsNot, says(AccountAccess), ""},
	{"central-one-principal", []OptionID{Central}, FitsNot, says(AccountAccess), ""},
	{"addresses-are-no-principals", []OptionID{Public}, FitsNot, says(AccountAccess), ""},
	{"identity-by-token", []OptionID{Shared, Own, Peering, TransitGateway, Central, Public}, Depends, says(CallerIdentity), ""},
	{"identity-at-the-target", []OptionID{Targets}, Depends, says(CallerIdentity), ""},
	{"unsigned-callers", []OptionID{Lattice}, FitsNot, both(CallerIdentity, UnsignedCallers), UnsignedCallers},
	{"client-is-the-nlb", chained, FitsNot, says(ClientAddress), ""},
	{"proxy-protocol", []OptionID{Targets}, Depends, says(ClientAddress), ""},
	{"nat-hides-client", []OptionID{Public}, FitsNot, says(ClientAddress), ""},
	// What the front must do.
	{"web-acl-sees-the-nlb", chained, Depends, says(WebACL), ""},
	{"nlb-no-web-acl", []OptionID{Targets}, FitsNot, says(WebACL), ""},
	{"nlb-no-web-acl", routed, Depends, and(frontIsNLB, says(WebACL)), ""},
	{"lattice-no-web-acl", []OptionID{Lattice}, Depends, says(WebACL), ""},
	{"mtls-health-check", chained, Fits, says(MutualTLS), ""},
	{"lattice-no-mtls", []OptionID{Lattice}, FitsNot, says(MutualTLS), ""},
	{"nlb-no-layer-7", []OptionID{Targets}, FitsNot, says(Layer7), ""},
	{"nlb-no-layer-7", routed, Depends, and(frontIsNLB, says(Layer7)), ""},
	{"lattice-ten-rules", []OptionID{Lattice}, Depends, hasRoutes(latticeRules), ""},
}

// Effect is what a reason makes of an option.
type Effect struct {
	Reason ReasonID
	Option OptionID
	Fit    Fit
}

// Effects are what reasons make of options, in the order of the rules.
func Effects() []Effect {
	var list []Effect
	for _, r := range fitRules {
		for _, o := range r.options {
			list = append(list, Effect{r.reason, o, r.fit})
		}
	}
	return list
}

// findings are the findings of an option, without those of quotas.
func findings(m *Mesh, o OptionID) []Finding {
	var found []Finding
	for _, r := range fitRules {
		if !slices.Contains(r.options, o) {
			continue
		}
		reason, _ := FindReason(r.reason) // a test compares the rules with the reasons
		f := Finding{Reason: r.reason, Fit: r.fit, Short: reason.Short}
		switch a := r.when(m); {
		case a.Is == Yes:
			f.Evidence = a.Evidence
		case a.Is == Unknown && r.asks != "":
			f.Fit, f.Open = Depends, r.asks
		default:
			continue
		}
		found = append(found, f)
	}
	return found
}

// fitFor says whether an option fits, without saying why.
func fitFor(m *Mesh, o OptionID) Fit {
	worst := Fits
	for _, r := range fitRules {
		if slices.Contains(r.options, o) {
			switch is := r.when(m).Is; {
			case is == Yes:
				worst = max(worst, r.fit)
			case is == Unknown && r.asks != "":
				worst = max(worst, Depends)
			}
		}
	}
	return max(worst, fitOf(quotaFindings(m, o)))
}

// fitOf is the worst of findings.
func fitOf(found []Finding) Fit {
	worst := Fits
	for _, f := range found {
		worst = max(worst, f.Fit)
	}
	return worst
}
