package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// subjectFlags are the flags that are repeated for each subject of a settlement.
var subjectFlags = map[proof.SettlementKind]string{
	proof.SettleByParameter:   "--parameter %s=VALUE",
	proof.SettleByOutput:      "--parameter %s=@STACK.OUTPUT",
	proof.SettleByZone:        "--zone %s=ZONE-ID",
	proof.SettleByZoneNames:   "--zone-names %s=NAME,NAME",
	proof.SettleByService:     "--service %s=STACK/LOGICAL-ID",
	proof.SettleByCertificate: "--certificate %s=NAME,NAME",
	proof.SettleByPrefixList:  "--prefix-list %s=CIDR,CIDR",
	proof.SettleByEnvironment: "--template %s=ACCOUNT/REGION",
	proof.SettleByAssumption:  "--assume %s",

	proof.SettleByPublicAddress:     "--public-address %s=ADDRESS,ADDRESS",
	proof.SettleByLatticePrefixList: "--lattice-prefix-list %s=PL-ID",
	proof.SettleByNestedTemplate:    "--nested %s=FILE",
}

// flagsFor returns the flags that would settle an unknown, all of a kind in one text; none for what only the deployment
// decides.
func flagsFor(list []proof.Settlement) []string {
	var flags []string
	for _, s := range proof.SettlementsByKind(list) {
		switch form := subjectFlags[s.Kind]; {
		case form != "":
			each := make([]string, len(s.Subjects))
			for i, subject := range s.Subjects {
				each[i] = fmt.Sprintf(form, subject)
			}
			flags = append(flags, strings.Join(each, " "))
		case s.Kind == proof.SettleByTemplate:
			flags = append(flags, "--template FILE or --assembly DIR with "+strings.Join(s.Subjects, ", "))
		case s.Kind == proof.SettleByLookup:
			flags = append(flags, "--assembly DIR of a cdk synth that has looked up "+strings.Join(s.Subjects, ", "))
		case s.Kind == proof.SettleByClient:
			flags = append(flags, "--client CLIENT --domain NAME")
		}
	}
	return flags
}

// settlesAll returns the flags that settle all unknown paths together, ready to paste; "" if fewer than two reasons wait for
// flags, which the text then shows beside the reason.
func settlesAll(groups []reachability.Group) string {
	var flags []string
	reasons := 0
	for _, g := range groups {
		if g.Verdict != reachability.Unknown {
			continue
		}
		before := len(flags)
		for _, hop := range append([]reachability.Hop{g.Hop}, g.Further()...) {
			for _, flag := range flagsOf(hop) {
				if !slices.Contains(flags, flag) {
					flags = append(flags, flag)
				}
			}
		}
		if len(flags) > before {
			reasons++
		}
	}
	if reasons < 2 {
		return ""
	}
	return strings.Join(flags, " ")
}

// flagsOf returns the flags that settle a hop, quoted for a shell: an assumption only where nothing else does.
func flagsOf(hop reachability.Hop) []string {
	var values, assumptions []string
	for _, s := range hop.Settle {
		name, form, ok := strings.Cut(subjectFlags[s.Kind], " ")
		if !ok {
			continue
		}
		flag := name + " " + quoted(fmt.Sprintf(form, s.Subject))
		if s.Kind == proof.SettleByAssumption {
			assumptions = append(assumptions, flag)
		} else {
			values = append(values, flag)
		}
	}
	if len(values) > 0 {
		return values
	}
	return assumptions
}
