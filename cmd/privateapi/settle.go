package main

import (
	"fmt"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// subjectFlags are the flags that are repeated for each subject of a settlement.
var subjectFlags = map[proof.SettlementKind]string{
	proof.SettleByParameter:   "--parameter %s=VALUE",
	proof.SettleByOutput:      "--parameter %s=@STACK.OUTPUT",
	proof.SettleByZone:        "--zone %s=ZONE-ID",
	proof.SettleByService:     "--service %s=STACK/LOGICAL-ID",
	proof.SettleByEnvironment: "--template %s=ACCOUNT/REGION",
	proof.SettleByAssumption:  "--assume %s",

	proof.SettleByNestedTemplate: "--nested %s=FILE",
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
		case s.Kind == proof.SettleByClient:
			flags = append(flags, "--client CLIENT --domain NAME")
		}
	}
	return flags
}
