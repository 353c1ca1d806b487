package privateapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// What TestTokens holds against CDK's own idea of a token.
var (
	IsStringToken = isStringToken
	IsNumberToken = isNumberToken
	IsListToken   = isListToken
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

// Memo is what TestMemo looks into.
type Memo struct{ memo[int] }

// Of is memo.of.
func (m *Memo) Of(key any, ask func() int) int { return m.of(key, ask) }

// Size is how many answers there are, and MemoSize the most there can be.
func (m *Memo) Size() int { return len(m.answers) }

const MemoSize = memoSize
