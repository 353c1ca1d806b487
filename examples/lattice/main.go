// Command lattice is a CDK app of two teams in two accounts: Pricing provides two APIs over VPC Lattice, which differ in who may call.
// Checkout calls both, and signs its requests to the first one; Shelf signs nothing, and may call the second one alone.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"
)

const (
	quotesDomain  = "quotes.lattice.internal.company.com"  // for callers that sign
	catalogDomain = "catalog.lattice.internal.company.com" // for everybody in the account of Checkout

	roleName = "checkout-task" // of the tasks of Checkout
)

var (
	pricingEnv  = &awscdk.Environment{Account: jsii.String("222222222222"), Region: jsii.String("eu-west-1")}
	checkoutEnv = &awscdk.Environment{Account: jsii.String("111111111111"), Region: jsii.String("eu-west-1")}
)

func main() {
	defer jsii.Close()
	app := awscdk.NewApp(nil)
	newStacks(app)
	app.Synth(nil)
}

// newStacks defines the stacks in the order in which they are deployed.
func newStacks(app awscdk.App) {
	NewRoleStack(app)
	NewPricingStack(app)
	NewCheckoutStack(app)
}

// prefixList is com.amazonaws.eu-west-1.vpc-lattice, which has one ID in all accounts. cdk.json has it in place of a lookup:
//
//	aws ec2 describe-managed-prefix-lists --filters Name=prefix-list-name,Values=com.amazonaws.eu-west-1.vpc-lattice
func prefixList(stack awscdk.Stack) awsec2.IPrefixList {
	id := stack.Node().GetContext(jsii.String("latticePrefixList")).(string)
	return awsec2.PrefixList_FromPrefixListId(stack, jsii.String("PrefixList"), &id)
}
