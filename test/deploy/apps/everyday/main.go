// Command everyday is a CDK app of an API and its consumer in two accounts, and the same app after each of the changes that
// docs/deploy.md lists. It writes the assembly of each change to a folder of its own, which has the name of the change.
package main

import (
	"path/filepath"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/apps/env"
)

// changes are those that were made to an app.
type changes map[string]bool

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	define(app, nil)
	app.Synth(nil)
	for combination := range strings.SplitSeq(env.Context(app, "changes"), ",") {
		changed := changes{}
		for name := range strings.SplitSeq(combination, "+") {
			changed[name] = true
		}
		other := awscdk.NewApp(&awscdk.AppProps{Outdir: jsii.String(filepath.Join(*app.Outdir(), combination))})
		define(other, changed)
		other.Synth(nil)
	}
}

func define(app awscdk.App, changed changes) {
	newConsumerStack(app, newProviderStack(app, changed), changed)
}

func zones() *[]*string { return jsii.Strings(env.Region+"a", env.Region+"b", env.Region+"c") }

// newGroup defines the security group of a client or a target. It already has an egress rule, as most have: CDK removes its
// rule for groups without outbound traffic when the first egress rule is added.
func newGroup(vpc awsec2.Vpc, id string) awsec2.SecurityGroup {
	group := awsec2.NewSecurityGroup(vpc.Stack(), jsii.String(id), &awsec2.SecurityGroupProps{
		Vpc: vpc, AllowAllOutbound: jsii.Bool(false),
	})
	group.AddEgressRule(awsec2.Peer_Ipv4(jsii.String("192.0.2.1/32")), awsec2.Port_HTTPS(), jsii.String("A partner"), nil)
	return group
}
