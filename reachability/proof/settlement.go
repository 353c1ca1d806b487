package proof

import (
	"fmt"
	"strconv"
	"strings"
)

// Settlement is one thing that would settle an unknown. It is a value: each renderer says it in its own words, a command
// as a flag, a test or a construct as a field.
type Settlement struct {
	Kind SettlementKind `json:"kind"`
	// Subject is what it is about; see the kinds.
	Subject string `json:"subject,omitempty"`
}

// SettlementKind says what would settle an unknown.
type SettlementKind string

// The kinds of settlements.
const (
	// SettleByParameter is the value of a parameter. Subject: "Stack.Name".
	SettleByParameter SettlementKind = "parameter"
	// SettleByOutput is the value of a parameter that comes from the output of another stack. Subject: "Stack.Name" of
	// the parameter.
	SettleByOutput SettlementKind = "output"
	// SettleByZone is the ID of an Availability Zone. Subject: "account/zone name", or a subnet ID.
	SettleByZone SettlementKind = "zone"
	// SettleByZoneNames is the list of Availability Zones that Fn::GetAZs returns. Subject: "account/Region".
	SettleByZoneNames SettlementKind = "zoneNames"
	// SettleByService is the endpoint service of a service name, or the service of VPC Lattice with an ARN. Subject: the name
	// or the ARN.
	SettleByService SettlementKind = "service"
	// SettleByCertificate is the names that a certificate covers. Subject: its ARN.
	SettleByCertificate SettlementKind = "certificate"
	// SettleByPrefixList is the entries of a prefix list. Subject: its ID.
	SettleByPrefixList SettlementKind = "prefixList"
	// SettleByLatticePrefixList is the ID of the prefix list of VPC Lattice in a Region. Subject: the Region.
	SettleByLatticePrefixList SettlementKind = "latticePrefixList"
	// SettleByPublicAddress is the public addresses of a NAT gateway, an Elastic IP address or a client. Subject: "Stack/LogicalID", or an
	// ID of AWS.
	SettleByPublicAddress SettlementKind = "publicAddress"
	// SettleByEnvironment is the account and the Region of a template. Subject: the file.
	SettleByEnvironment SettlementKind = "environment"
	// SettleByTemplate is one more template or assembly. Subject: which, such as "the template that defines sg-0123".
	SettleByTemplate SettlementKind = "template"
	// SettleByNestedTemplate is the template of a nested stack. Subject: "Stack/LogicalID".
	SettleByNestedTemplate SettlementKind = "nestedTemplate"
	// SettleByLookup is an answer of the CDK's lookups, for which it has put a placeholder until then. Subject: which, such as
	// "the Availability Zones of account 111111111111".
	SettleByLookup SettlementKind = "lookup"
	// SettleByAssumption is an assumption. Subject: its ID, as [Assumptions] lists them.
	SettleByAssumption SettlementKind = "assumption"
	// SettleByClient is a question that names a client of an endpoint. Subject: the endpoint.
	SettleByClient SettlementKind = "client"
	// SettleByDeployment is nothing that can be given before the deployment, which decides the value. No subject.
	SettleByDeployment SettlementKind = "deployment"
)

// SettlementKinds returns all kinds, so that a renderer can test that it has words for each.
func SettlementKinds() []SettlementKind {
	return []SettlementKind{
		SettleByParameter, SettleByOutput, SettleByZone, SettleByZoneNames, SettleByService, SettleByCertificate, SettleByPrefixList, SettleByLatticePrefixList, SettleByPublicAddress, SettleByEnvironment,
		SettleByTemplate, SettleByNestedTemplate, SettleByLookup, SettleByAssumption, SettleByClient, SettleByDeployment,
	}
}

// String returns the kind and the subject, such as "parameter Checkout.Port".
func (s Settlement) String() string { return strings.TrimSpace(string(s.Kind) + " " + s.Subject) }

// Settlements are settlements of one kind, by their subjects.
type Settlements struct {
	Kind     SettlementKind
	Subjects []string
}

// SettlementsByKind collects settlements of the same kind, so that a renderer can write one literal for them. Kinds keep
// the order in which they first appear.
func SettlementsByKind(list []Settlement) []Settlements {
	var kinds []Settlements
	index := map[SettlementKind]int{}
	seen := map[Settlement]bool{}
	for _, s := range list {
		if seen[s] {
			continue
		}
		seen[s] = true
		i, ok := index[s.Kind]
		if !ok {
			i, index[s.Kind] = len(kinds), len(kinds)
			kinds = append(kinds, Settlements{Kind: s.Kind})
		}
		kinds[i].Subjects = append(kinds[i].Subjects, s.Subject)
	}
	return kinds
}

// goLiterals returns what to write in a Go test, one literal for each field to set.
func goLiterals(list []Settlement) []string {
	var literals []string
	for _, s := range SettlementsByKind(list) {
		literals = append(literals, s.goLiterals()...)
	}
	return literals
}

func (s Settlements) goLiterals() []string {
	switch s.Kind {
	case SettleByParameter:
		return []string{"reachability.Input{Parameters: " + goMap(s.Subjects, "VALUE") + "}"}
	case SettleByOutput:
		return []string{"reachability.Input{Parameters: " + goMap(s.Subjects, "@STACK.OUTPUT") + "}"}
	case SettleByZone:
		return []string{"reachability.Facts{ZoneIDs: " + goMap(s.Subjects, "ZONE-ID") + "}"}
	case SettleByZoneNames:
		return []string{"reachability.Facts{ZoneNames: map[string][]string{" + eachKey(s.Subjects, `{"ZONE-NAME"}`) + "}}"}
	case SettleByService:
		return []string{"reachability.Facts{Services: " + goMap(s.Subjects, "STACK/LOGICAL-ID") + "}"}
	case SettleByNestedTemplate:
		return []string{"reachability.Input{Nested: " + goMap(s.Subjects, "FILE") + "}"}
	case SettleByCertificate:
		return []string{"reachability.Facts{Certificates: map[string][]string{" + eachKey(s.Subjects, `{"NAME"}`) + "}}"}
	case SettleByPrefixList:
		return []string{"reachability.Facts{PrefixLists: map[string][]string{" + eachKey(s.Subjects, `{"CIDR"}`) + "}}"}
	case SettleByPublicAddress:
		return []string{"reachability.Facts{PublicAddresses: map[string][]string{" + eachKey(s.Subjects, `{"ADDRESS"}`) + "}}"}
	case SettleByLatticePrefixList:
		return []string{"reachability.Facts{LatticePrefixLists: " + goMap(s.Subjects, "PL-ID") + "}"}
	case SettleByAssumption:
		return []string{"reachability.Facts{Assume: []string{" + quoted(s.Subjects) + "}}"}
	case SettleByClient:
		return []string{`reachability.Question{Client: "CLIENT", Domain: "NAME"}`}
	case SettleByTemplate:
		return []string{`reachability.Template("FILE") or reachability.Assembly("DIR") with ` + strings.Join(s.Subjects, ", ")}
	case SettleByLookup:
		return []string{`reachability.Assembly("DIR") of a cdk synth that has looked up ` + strings.Join(s.Subjects, ", ")}
	case SettleByEnvironment:
		return environments(s.Subjects)
	case SettleByDeployment:
	}
	return nil
}

// environments returns one literal for each file.
func environments(files []string) []string {
	var literals []string
	for _, file := range files {
		literals = append(literals, fmt.Sprintf(`reachability.Input{Template: %q, Account: "ACCOUNT", Region: "REGION"}`, file))
	}
	return literals
}

// goMap returns the literal of a map in which each key has the same placeholder.
func goMap(keys []string, placeholder string) string {
	return "map[string]string{" + eachKey(keys, strconv.Quote(placeholder)) + "}"
}

// eachKey returns the entries of a map in which each key has the same value.
func eachKey(keys []string, value string) string {
	entries := make([]string, len(keys))
	for i, key := range keys {
		entries[i] = fmt.Sprintf("%q: %s", key, value)
	}
	return strings.Join(entries, ", ")
}

func quoted(list []string) string {
	text := make([]string, len(list))
	for i, s := range list {
		text[i] = fmt.Sprintf("%q", s)
	}
	return strings.Join(text, ", ")
}
