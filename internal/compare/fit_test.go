package compare

import (
	"math/big"
	"slices"
	"strings"
	"testing"
)

func no(list ...Question) func(m *Mesh) {
	return func(m *Mesh) {
		for _, q := range list {
			m.Answers[q] = Answer{Is: No}
		}
	}
}

func speak(list ...Protocol) func(m *Mesh) { return func(m *Mesh) { m.Protocols = list } }

func idle(seconds int) func(m *Mesh) { return func(m *Mesh) { m.LongestIdle = seconds } }

// settled answers what options ask for, so that all fit.
func settled(m *Mesh) {
	no(OverlappingBlocks)(m)
	yes(MayRoute, MayBePublic)(m)
}

// fitCases are meshes, and what each makes of options: the verdict, with the reason that is new.
var fitCases = map[string]struct {
	edit func(m *Mesh)
	want map[OptionID]string
}{
	"nothing is asked for": {settled, map[OptionID]string{
		Shared: "fits one-list-for-a-door", Own: "fits", Targets: "fits", Lattice: "fits", Peering: "fits peering-is-pairwise", TransitGateway: "fits",
		Central: "fits central-names", Public: "fits",
	}},
	"TCP":                                   {speak(TCP), map[OptionID]string{Shared: "no alb-http-only", Own: "no alb-http-only", Central: "no alb-http-only", Public: "no alb-http-only", Targets: "fits", Lattice: "no lattice-no-tcp", Peering: "fits alb-http-only"}},
	"TLS":                                   {speak(TLS), map[OptionID]string{Own: "no alb-http-only", Targets: "fits", Lattice: "depends lattice-passthrough"}},
	"gRPC":                                  {speak(GRPC), map[OptionID]string{Own: "fits", Lattice: "fits", Public: "fits"}},
	"WebSocket":                             {speak(HTTP, WebSocket), map[OptionID]string{Own: "fits", Lattice: "no lattice-no-websocket"}},
	"connections of ten minutes":            {func(m *Mesh) { m.LongestConnection = 600 }, map[OptionID]string{Lattice: "fits"}},
	"longer connections":                    {func(m *Mesh) { m.LongestConnection = 601 }, map[OptionID]string{Lattice: "no lattice-ten-minutes", Own: "fits"}},
	"idle for a minute":                     {idle(60), map[OptionID]string{Own: "fits", Lattice: "fits", Targets: "fits"}},
	"idle for longer":                       {idle(61), map[OptionID]string{Own: "fits idle-set", Lattice: "fits lattice-idle-set", Targets: "fits"}},
	"idle for an hour":                      {idle(3600), map[OptionID]string{Own: "fits idle-set", Lattice: "no lattice-idle", Targets: "fits idle-set", Peering: "fits idle-set"}},
	"idle for longer than ALBs":             {idle(4001), map[OptionID]string{Own: "no alb-idle", Shared: "no alb-idle", Public: "no alb-idle", Targets: "fits idle-set", Peering: "no alb-idle", TransitGateway: "no alb-idle"}},
	"idle for longer than NLBs":             {idle(6001), map[OptionID]string{Targets: "no nlb-idle"}},
	"TCP for longer than ALBs":              {func(m *Mesh) { speak(TCP)(m); idle(4001)(m) }, map[OptionID]string{Peering: "fits idle-set", TransitGateway: "fits idle-set"}},
	"TCP for longer than NLBs":              {func(m *Mesh) { speak(TCP)(m); idle(6001)(m) }, map[OptionID]string{Peering: "no nlb-idle", TransitGateway: "no nlb-idle"}},
	"TCP with a web ACL":                    {func(m *Mesh) { speak(HTTP, TCP)(m); yes(WebACL)(m) }, map[OptionID]string{Peering: "depends nlb-no-web-acl", TransitGateway: "depends nlb-no-web-acl"}},
	"TCP with layer 7":                      {func(m *Mesh) { speak(HTTP, TCP)(m); yes(Layer7)(m) }, map[OptionID]string{Peering: "depends nlb-no-layer-7", TransitGateway: "depends nlb-no-layer-7"}},
	"blocks that overlap":                   {yes(OverlappingBlocks), map[OptionID]string{Peering: "no separate-blocks", TransitGateway: "no separate-blocks", Central: "depends central-blocks", Own: "fits", Lattice: "fits", Public: "fits"}},
	"consumers stay apart":                  {func(m *Mesh) { yes(OverlappingBlocks)(m); m.ConsumersOverlap = Answer{Is: No} }, map[OptionID]string{Peering: "no separate-blocks", Central: "fits"}},
	"consumers overlap":                     {func(m *Mesh) { yes(OverlappingBlocks)(m); m.ConsumersOverlap = Answer{Is: Yes} }, map[OptionID]string{Central: "no central-blocks"}},
	"consumers overlap, but nobody is told": {func(m *Mesh) { m.ConsumersOverlap = Answer{Is: Yes} }, map[OptionID]string{Central: "fits"}},
	"one consumer overlaps":                 {func(m *Mesh) { yes(OverlappingBlocks)(m); m.Consumers = 1 }, map[OptionID]string{Peering: "no separate-blocks", Central: "fits"}},
	"networks stay apart":                   {no(MayRoute), map[OptionID]string{Peering: "no routes-join-networks", TransitGateway: "no routes-join-networks", Central: "depends routes-join-networks", Lattice: "fits"}},
	"on-premises": {yes(OnPremises), map[OptionID]string{
		Peering: "no peering-not-transitive", TransitGateway: "fits names-on-premises", Own: "fits names-on-premises", Lattice: "depends lattice-inside-the-vpc", Public: "fits",
	}},
	"another Region": {yes(CrossRegion), map[OptionID]string{
		Lattice: "no lattice-one-region", Own: "depends private-link-regions", TransitGateway: "depends gateway-one-region", Peering: "fits region-references", Public: "fits",
	}},
	"accounts outside":   {yes(ExternalAccounts), map[OptionID]string{Lattice: "depends share-invitation", TransitGateway: "depends share-invitation", Peering: "fits accepter-role", Own: "fits"}},
	"nothing public":     {no(MayBePublic), map[OptionID]string{Public: "no public-addresses"}},
	"access by accounts": {yes(AccountAccess), map[OptionID]string{Peering: "no no-principals-by-route", Central: "no central-one-principal", Public: "no addresses-are-no-principals", Own: "fits", Lattice: "fits"}},
	"who calls": {yes(CallerIdentity), map[OptionID]string{
		Own: "depends identity-by-token", Targets: "depends identity-at-the-target", Lattice: "depends unsigned-callers", Public: "depends identity-by-token",
	}},
	"who calls, and all sign":   {func(m *Mesh) { yes(CallerIdentity)(m); no(UnsignedCallers)(m) }, map[OptionID]string{Lattice: "fits"}},
	"who calls, and some don't": {yes(CallerIdentity, UnsignedCallers), map[OptionID]string{Lattice: "no unsigned-callers"}},
	"unsigned callers":          {yes(UnsignedCallers), map[OptionID]string{Lattice: "fits"}},
	"the client's address": {yes(ClientAddress), map[OptionID]string{
		Own: "no client-is-the-nlb", Shared: "no client-is-the-nlb", Central: "no client-is-the-nlb", Targets: "depends proxy-protocol", Public: "no nat-hides-client", Lattice: "fits", Peering: "fits",
	}},
	"a web ACL":                   {yes(WebACL), map[OptionID]string{Own: "depends web-acl-sees-the-nlb", Targets: "no nlb-no-web-acl", Lattice: "depends lattice-no-web-acl", Peering: "fits", Public: "fits"}},
	"mTLS":                        {yes(MutualTLS), map[OptionID]string{Own: "fits mtls-health-check", Lattice: "no lattice-no-mtls", Targets: "fits"}},
	"layer 7":                     {yes(Layer7), map[OptionID]string{Targets: "no nlb-no-layer-7", Own: "fits", Lattice: "fits"}},
	"eleven routes":               {func(m *Mesh) { m.Routes = 11 }, map[OptionID]string{Lattice: "depends lattice-ten-rules", Own: "fits"}},
	"51 services":                 {func(m *Mesh) { m.Services = 51 }, map[OptionID]string{Own: "fits quota-raise", Targets: "fits quota-raise", Central: "fits quota-raise", Lattice: "fits"}},
	"eleven consumers":            {func(m *Mesh) { m.Consumers = 11 }, map[OptionID]string{Peering: "depends peering-is-pairwise"}},
	"307 accounts":                {func(m *Mesh) { m.Principals = 307 }, map[OptionID]string{Lattice: "fits auth-policy-size"}},
	"many connections":            {func(m *Mesh) { m.Usage = &Usage{ActiveConnections: rat(110_001)} }, map[OptionID]string{Shared: "fits port-allocation", Own: "fits"}},
	"connections that an NLB has": {func(m *Mesh) { m.Usage = &Usage{ActiveConnections: rat(110_000)} }, map[OptionID]string{Shared: "fits one-list-for-a-door"}},
	"many requests":               {func(m *Mesh) { m.Usage = &Usage{Requests: new(big.Rat).SetInt64(40*10_000*730*3600 + 1)} }, map[OptionID]string{Lattice: "fits quota-raise"}},
	"a VPC for each":              {func(m *Mesh) { m.Providers, m.FrontDoors = 20, 20 }, map[OptionID]string{Shared: "fits nothing-to-share"}},
	"126 consumers":               {func(m *Mesh) { m.Consumers = 126 }, map[OptionID]string{Peering: "no quota-fixed", Public: "fits quota-raise", Own: "fits"}},
}

func TestFit(t *testing.T) {
	covered := map[ReasonID]bool{}
	for name, tc := range fitCases {
		t.Run(name, func(t *testing.T) {
			m := meshOf(t, "us-east-1", 20, 1, 3, settled, tc.edit) // edits come before defaults
			for o, want := range tc.want {
				found := append(findings(m, o), quotaFindings(m, o)...)
				wantFit, wantReason, _ := strings.Cut(want, " ")
				if fit := fitOf(found); fit.String() != wantFit || fit != fitFor(m, o) {
					t.Errorf("%s: %s, and %s, want %s: %v", o, fit, fitFor(m, o), wantFit, found)
				}
				covered[ReasonID(wantReason)] = true
				if !slices.ContainsFunc(found, func(f Finding) bool { return f.Reason == ReasonID(wantReason) && f.Fit.String() == wantFit }) && wantReason != "" {
					t.Errorf("%s: %v, want %s", o, found, wantReason)
				}
			}
		})
	}
	for _, r := range Reasons() {
		if !covered[r.ID] {
			t.Errorf("no case has the reason %s", r.ID)
		}
	}
}

// What options ask for, and nobody answered, makes them depend on it, and names the question.
func TestOpenQuestions(t *testing.T) {
	m := meshOf(t, "us-east-1", 20, 1, 3)
	for o, want := range map[OptionID]string{
		Peering: "overlappingBlocks mayRoute", TransitGateway: "overlappingBlocks mayRoute", Central: "overlappingBlocks", Public: "mayBePublic", Shared: "", Own: "", Targets: "", Lattice: "",
	} {
		var open []string
		for _, f := range findings(m, o) {
			if f.Open != "" {
				open = append(open, string(f.Open))
			}
			if f.Open != "" && f.Fit != Depends {
				t.Errorf("%s: an open question makes it %s", o, f.Fit)
			}
		}
		if got := strings.Join(open, " "); got != want {
			t.Errorf("%s asks %q, want %q", o, got, want)
		}
	}
}

// One team may route its own VPCs, unless somebody says that it may not.
func TestSharedTeamMayRoute(t *testing.T) {
	if m := meshOf(t, "us-east-1", 2, 2, 2, yes(SharedTeam)); m.answer(MayRoute).Is != Yes {
		t.Error("one team may not route")
	}
	if m := meshOf(t, "us-east-1", 2, 2, 2, yes(SharedTeam), no(MayRoute)); m.answer(MayRoute).Is != No {
		t.Error("an answer does not count")
	}
}

// Reasons and rules know each other, and each reason says all that people need.
func TestReasons(t *testing.T) {
	seen := map[ReasonID]bool{}
	for _, r := range Reasons() {
		if seen[r.ID] {
			t.Errorf("%s is there twice", r.ID)
		}
		seen[r.ID] = true
		if r.Short == "" || r.Long == "" || r.AWS == "" || r.Change == "" || !strings.HasPrefix(r.Source, "https://") {
			t.Errorf("%s: a part is missing", r.ID)
		}
	}
	used := map[ReasonID]bool{"quota-fixed": true, "quota-raise": true}
	for _, l := range limits {
		used[l.avoided] = true
	}
	for _, r := range fitRules {
		used[r.reason] = true
		if !seen[r.reason] {
			t.Errorf("a rule has the reason %s, which is not there", r.reason)
		}
	}
	for id := range seen {
		if !used[id] {
			t.Errorf("nothing has the reason %s", id)
		}
	}
}

func TestOptions(t *testing.T) {
	for _, o := range AllOptions() {
		if o.Title == "" || o.Path == "" || o.Summary == "" || o.Fixed == "" || o.PerGB == "" || !strings.HasPrefix(o.Source, "https://") {
			t.Errorf("%s: a part is missing", o.ID)
		}
		if found, ok := FindOption(string(o.ID)); !ok || found.ID != o.ID {
			t.Errorf("%s is not found", o.ID)
		}
	}
	for _, trait := range Traits() {
		for _, o := range Options() {
			if trait.Of[o.ID] == "" {
				t.Errorf("%s of %s is missing", trait.Title, o.ID)
			}
		}
		if len(trait.Of) != len(Options()) {
			t.Errorf("%s has %d options", trait.Title, len(trait.Of))
		}
	}
}
