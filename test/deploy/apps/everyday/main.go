// Command everyday is a CDK app of an API and its caller in two accounts, and of what becomes of it by each of the changes
// that docs/deploy.md lists. It writes the assembly of each change into a folder of its own, named by the change.
package main

import (
	"path/filepath"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/apps/place"
)

// switches are the changes that an app has.
type switches map[string]bool

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	define(app, nil)
	app.Synth(nil)
	for change := range strings.SplitSeq(place.Context(app, "changes"), ",") {
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

func zones() *[]*string { return jsii.Strings(place.Region+"a", place.Region+"b", place.Region+"c") }

// newGroup is the security group of whatever calls or answers. It may send to others already, as most can: a group that may
// not has a rule that goes with the first that lets it.
func newGroup(vpc awsec2.Vpc, id string) awsec2.SecurityGroup {
	group := awsec2.NewSecurityGroup(vpc.Stack(), jsii.String(id), &awsec2.SecurityGroupProps{
		Vpc: vpc, AllowAllOutbound: jsii.Bool(false),
	})
	group.AddEgressRule(awsec2.Peer_Ipv4(jsii.String("192.0.2.1/32")), awsec2.Port_HTTPS(), jsii.String("A partner"), nil)
	return group
}
