package privateapi

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// fields returns the fields that would settle what is unknown, each as a Go literal to paste. It has none for what only
// the deployment decides.
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

// fieldOf returns the field of ProveReachabilityProps that settles one kind, or "".
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
	case proof.SettleByNestedTemplate:
		return "NestedTemplates: " + stringMap(s.Subjects, "FILE")
	case proof.SettleByCertificate:
		return "CertificateNames: " + mapOf("*[]*string", s.Subjects, `jsii.Strings("NAME")`)
	case proof.SettleByZoneNames:
		return "AvailabilityZoneNames: " + mapOf("*[]*string", s.Subjects, `jsii.Strings("ZONE-NAME")`)
	case proof.SettleByPrefixList:
		return "PrefixLists: " + mapOf("*[]*string", s.Subjects, `jsii.Strings("CIDR")`)
	case proof.SettleByLatticePrefixList:
		return "LatticePrefixLists: " + stringMap(s.Subjects, "PL-ID")
	case proof.SettleByPublicAddress:
		return "PublicAddresses: " + mapOf("*[]*string", s.Subjects, `jsii.Strings("ADDRESS")`)
	case proof.SettleByAssumption:
		quoted := make([]string, len(s.Subjects))
		for i, id := range s.Subjects {
			quoted[i] = fmt.Sprintf("%q", id)
		}
		return "Assume: jsii.Strings(" + strings.Join(quoted, ", ") + ")"
	}
	return ""
}

// environments returns where to set the account and the Region of stacks: in Templates for their stacks, in StackProps for
// others.
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

// stringMap returns a map literal with the same placeholder for each key.
func stringMap(keys []string, placeholder string) string {
	return mapOf("*string", keys, fmt.Sprintf("jsii.String(%q)", placeholder))
}

// mapOf is the literal of a map in which each key has the same value.
func mapOf(valueType string, keys []string, value string) string {
	entries := make([]string, len(keys))
	for i, key := range keys {
		entries[i] = fmt.Sprintf("%q: %s", key, value)
	}
	return "&map[string]" + valueType + "{" + strings.Join(entries, ", ") + "}"
}
