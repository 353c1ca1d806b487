// Command identity is a CDK app of two teams in two accounts: Ledger provides one API in three ways over AWS PrivateLink, each of which tells
// its task who calls: by a client certificate that the ALB verifies, by one that the task verifies, and by a token. An address tells nothing.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
)

// The names of the API, one for each way.
const (
	verifiedDomain  = "verified.ledger.internal.company.com"
	presentedDomain = "presented.ledger.internal.company.com"
	tokenDomain     = "token.ledger.internal.company.com"
)

var (
	ledgerEnv   = environment("222222222222")
	checkoutEnv = environment("111111111111")
)

func environment(account string) *awscdk.Environment {
	return &awscdk.Environment{Account: jsii.String(account), Region: jsii.String("eu-west-1")}
}

func main() {
	defer jsii.Close()
	app := awscdk.NewApp(nil)
	newStacks(app)
	app.Synth(nil)
}

// newStacks defines the stacks in the order in which they are deployed.
func newStacks(app awscdk.App) {
	NewLedgerStack(app)
	NewCheckoutStack(app)
}
