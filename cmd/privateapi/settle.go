package main

import (
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// flagsFor returns the flags that would settle an unknown; none for what only the deployment decides.
func flagsFor(list []proof.Settlement) []string {
	var flags []string
	for _, s := range proof.SettlementsByKind(list) {
		if text := flagFor(s); text != "" {
			flags = append(flags, text)
		}
	}
	return flags
}

// flagFor writes the flag of a kind, once for each subject.
func flagFor(s proof.Settlements) string {
	switch s.Kind {
	case proof.SettleByParameter:
		return each(s.Subjects, "--parameter ", "=VALUE")
	case proof.SettleByOutput:
		return each(s.Subjects, "--parameter ", "=@STACK.OUTPUT")
	case proof.SettleByZone:
		return each(s.Subjects, "--zone ", "=ZONE-ID")
	case proof.SettleByService:
		return each(s.Subjects, "--service ", "=STACK/LOGICAL-ID")
	case proof.SettleByEnvironment:
		return each(s.Subjects, "--template ", "=ACCOUNT/REGION")
	case proof.SettleByAssumption:
		return each(s.Subjects, "--assume ", "")
	case proof.SettleByTemplate:
		return "--template FILE or --assembly DIR with " + strings.Join(s.Subjects, ", ")
	case proof.SettleByClient:
		return "--client CLIENT --domain NAME"
	case proof.SettleByDeployment:
	}
	return ""
}

func each(subjects []string, before, after string) string {
	flags := slices.Clone(subjects)
	for i := range flags {
		flags[i] = before + flags[i] + after
	}
	return strings.Join(flags, " ")
}
