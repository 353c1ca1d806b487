package privateapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// BrokenProof is a proof that panics.
var BrokenProof = (*proofPlugin)(nil)

// ViolationsOf returns the violations of a report; templates are the files in Templates.
func ViolationsOf(report *reachability.Report, failOnUnknown bool, templates ...string) []*awscdk.PolicyViolation {
	p := &proofPlugin{failOnUnknown: failOnUnknown}
	for _, file := range templates {
		p.inputs = append(p.inputs, reachability.Template(file))
	}
	return p.violations(report)
}
