package privateapi_test

import (
	"path/filepath"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/deploytime"
)

// The longest chain of resources that wait for each other decides how long a deployment takes. This pins it.
func TestDeploymentChains(t *testing.T) {
	defer cdktest.Recover(t)
	for file, want := range map[string]struct{ slowest, deepest string }{
		"testdata/provider-minimal.json": {
			"SecurityGroup > LoadBalancer > VPCEndpointService > VPCEndpointServicePermissions, about 3m0s",
			"SecurityGroup > LoadBalancer > Listener > ListenerRule > TargetGroup > Listener, about 2m55s",
		},
		"testdata/consumer-minimal.json": {
			"SecurityGroup > VPCEndpoint > HostedZone > RecordSet, about 2m50s",
			"SecurityGroup > VPCEndpoint > HostedZone > RecordSet, about 2m50s",
		},
		// The endpoint waits for the NLB's listener, which is there before the permissions: the wait costs nothing.
		pairInOneStack(t): {
			"SecurityGroup > LoadBalancer > VPCEndpointService > VPCEndpointServicePermissions > VPCEndpoint > HostedZone > RecordSet, about 5m45s",
			"SecurityGroup > LoadBalancer > Listener > ListenerRule > TargetGroup > Listener > VPCEndpoint > HostedZone > RecordSet, about 5m40s",
		},
	} {
		slowest, deepest := chains(t, file)
		if slowest != want.slowest {
			t.Errorf("%s: the slowest chain is\n  %s, want\n  %s", file, slowest, want.slowest)
		}
		if deepest != want.deepest {
			t.Errorf("%s: the deepest chain is\n  %s, want\n  %s", file, deepest, want.deepest)
		}
	}
}

// pairInOneStack returns the template of a provider and its consumer.
func pairInOneStack(t *testing.T) string {
	t.Helper()
	stack := cdktest.Stack(t)
	privateapi.NewPrivateApiConsumer(stack, jsii.String("Checkout"), &privateapi.PrivateApiConsumerProps{
		Vpc: vpcOf(stack, "ConsumerVpc", "eu-west-1a"), Service: newProvider(stack),
	})
	return filepath.Join(*awscdk.App_Of(stack).Synth(nil).Directory(), *stack.StackName()+".template.json")
}

// What it costs that an ECS service waits for the connection: the time of the connection, in the first deployment.
func TestDeploymentChainsOfClients(t *testing.T) {
	defer cdktest.Recover(t)
	for name, tc := range map[string]struct {
		waits bool
		want  string
	}{
		"that wait":   {true, "SecurityGroup > VPCEndpoint > HostedZone > RecordSet > Service, about 4m50s"},
		"that do not": {false, "SecurityGroup > VPCEndpoint > HostedZone > RecordSet, about 2m50s"},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			newConsumer(stack, func(p *privateapi.PrivateApiConsumerProps) {
				p.Clients = &[]awsec2.IConnectable{newService(stack, "Caller", p.Vpc, true)}
				p.ClientsDependOnConnection = jsii.Bool(tc.waits)
			})
			dir := *awscdk.App_Of(stack).Synth(nil).Directory()
			if slowest, _ := chains(t, filepath.Join(dir, "Stack.template.json")); slowest != tc.want {
				t.Errorf("the slowest chain is %s, want %s", slowest, tc.want)
			}
		})
	}
}

// chains returns the longest chains of a template.
func chains(t *testing.T, template string) (slowest, deepest string) {
	t.Helper()
	a, err := assembly.Load(assembly.Input{Template: template})
	if err != nil {
		t.Fatal(err)
	}
	slow, deep := deploytime.Longest(a.Stacks[0])
	return slow.String(), deep.String()
}
