package privateapi

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// fields says which fields to set, each as a literal to paste, so that the proof settles what is unknown. Nothing stands
// in for what only the deployment decides.
func (p *proofPlugin) fields(list []reachability.Settlement) []string {
	var lines []string
	for _, s := range proof.SettlementsByKind(list) {
		switch s.Kind {
		case proof.SettleByEnvironment:
			lines = append(lines, p.environments(s.Subjects)...)
		case proof.SettleByTemplate:
			lines = append(lines, `set Assemblies: jsii.Strings("DIR") in ProveReachabilityProps to load `+strings.Join(s.Subjects, ", "))
		default:
			if field := fieldOf(s); field != "" {
				lines = append(lines, "set "+field+" in ProveReachabilityProps")
			}
		}
	}
	return lines
}

// fieldOf is the field of ProveReachabilityProps that settles a kind, or "".
func fieldOf(s proof.Settlements) string {
	switch s.Kind {
	case proof.SettleByParameter:
		return "Parameters: " + stringMap(s.Subjects, "VALUE")
	case proof.SettleByOutput:
		return "Parameters: " + stringMap(s.Subjects, "@STACK.OUTPUT")
	case proof.SettleByZone:
		return "AvailabilityZoneIds: " + stringMap(s.Subjects, "ZONE-ID")
	case proof.SettleByService:
		return "Services: " + stringMap(s.Subjects, "STACK/LOGICAL-ID")
	case proof.SettleByAssumption:
		quoted := make([]string, len(s.Subjects))
		for i, id := range s.Subjects {
			quoted[i] = fmt.Sprintf("%q", id)
		}
		return "Assume: jsii.Strings(" + strings.Join(quoted, ", ") + ")"
	}
	return ""
}

// environments says where to set the account and the Region of stacks: those of Templates there, others in the stack.
func (p *proofPlugin) environments(files []string) []string {
	const environment = `Account: jsii.String("ACCOUNT"), Region: jsii.String("REGION")`
	var lines []string
	for _, file := range files {
		isTemplate := slices.ContainsFunc(p.inputs, func(in reachability.Input) bool { return in.Template == file })
		if isTemplate {
			lines = append(lines, fmt.Sprintf("set Templates: &[]*privateapi.ReachabilityTemplate{{File: jsii.String(%q), %s}} in ProveReachabilityProps", file, environment))
			continue
		}
		lines = append(lines, fmt.Sprintf("set Env: &awscdk.Environment{%s} in the StackProps of the stack in %s", environment, file))
	}
	return lines
}

// stringMap is the literal of a map in which each key has the same placeholder.
func stringMap(keys []string, placeholder string) string {
	entries := make([]string, len(keys))
	for i, key := range keys {
		entries[i] = fmt.Sprintf("%q: jsii.String(%q)", key, placeholder)
	}
	return "&map[string]*string{" + strings.Join(entries, ", ") + "}"
}
