// Command everyday is a CDK app of an API and its caller in two accounts, and of what becomes of it by each of the changes
// that docs/deploy.md lists. It writes the assembly of each change into a folder of its own, named by the change.
package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
)

// switches are the changes that an app has.
type switches map[string]bool

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	define(app, nil)
	app.Synth(nil)
	for change := range strings.SplitSeq(context(app, "changes"), ",") {
		changed := switches{}
		for name := range strings.SplitSeq(change, "+") {
			changed[name] = true
		}
		other := awscdk.NewApp(&awscdk.AppProps{Outdir: jsii.String(filepath.Join(*app.Outdir(), change))})
		define(other, changed)
		other.Synth(nil)
	}
}

func define(app awscdk.App, changed switches) {
	newCaller(app, newOffer(app, changed), changed)
}

const region = "eu-west-1"

func zones() *[]*string { return jsii.Strings(region+"a", region+"b", region+"c") }

// zonesOf is what the account of a stack calls the zones of the API: each account has names of its own.
func zonesOf(stack awscdk.Stack) *[]*string {
	return jsii.Strings(strings.Split(context(stack, "zonesOf"+*stack.Account()), ",")...)
}

func newStack(scope constructs.Construct, id, account string) awscdk.Stack {
	stack := awscdk.NewStack(scope, jsii.String(id), &awscdk.StackProps{
		Env: &awscdk.Environment{Account: jsii.String(account), Region: jsii.String(region)},
	})
	// CDK checks the zones of a VPC against those of the account, and would ask AWS for them at synth.
	stack.Node().SetContext(jsii.String("availability-zones:account="+account+":region="+region), zones())
	return stack
}

func newVpc(stack awscdk.Stack, id string) awsec2.Vpc {
	return awsec2.NewVpc(stack, jsii.String(id), &awsec2.VpcProps{
		AvailabilityZones:            zones(),
		NatGateways:                  jsii.Number(0),
		RestrictDefaultSecurityGroup: jsii.Bool(false),
		SubnetConfiguration: &[]*awsec2.SubnetConfiguration{{
			Name:       jsii.String("Private"),
			SubnetType: awsec2.SubnetType_PRIVATE_ISOLATED,
			CidrMask:   jsii.Number(24),
		}},
	})
}

// newGroup is the security group of whatever calls or answers. It may send to others already, as most can: a group that may
// not has a rule that goes with the first that lets it.
func newGroup(vpc awsec2.Vpc, id string) awsec2.SecurityGroup {
	group := awsec2.NewSecurityGroup(vpc.Stack(), jsii.String(id), &awsec2.SecurityGroupProps{
		Vpc: vpc, AllowAllOutbound: jsii.Bool(false),
	})
	group.AddEgressRule(awsec2.Peer_Ipv4(jsii.String("192.0.2.1/32")), awsec2.Port_HTTPS(), jsii.String("A partner"), nil)
	return group
}

func context(scope constructs.Construct, key string) string {
	value, ok := scope.Node().TryGetContext(jsii.String(key)).(string)
	if !ok {
		panic(fmt.Errorf("the context has no %s", key))
	}
	return value
}
