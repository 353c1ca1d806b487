package transitgateway_test

import (
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/transitgateway"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// Every call to CDK is a round trip between two processes, so the number of calls is pinned: for one more hub, and for the spoke of a VPC that
// another hub has. A spoke looks for secondary blocks of its VPC. An association in a stack of its own takes one more.
func TestCalls(t *testing.T) {
	steps := cdktest.Calls(t, func(count func(string, func())) {
		app := cdktest.App(t, nil)
		stack, shop, joined := cdktest.StackIn(app, "Hub", cdktest.Account), cdktest.StackIn(app, "Shop", cdktest.OtherAccount), cdktest.StackIn(app, "Joined", cdktest.Account)
		vpc, shopVpc := newVpc(stack, "Vpc", apiBlock), newVpc(shop, "Vpc", shopBlock)
		define := func(id string) transitgateway.Hub {
			return transitgateway.NewHub(stack, jsii.String(id), &H{Segments: segments(segment("apis"), segment("shops", "apis")), ShareWith: jsii.Strings(cdktest.OtherAccount)})
		}
		attach := func(scope awscdk.Stack, id string, hub transitgateway.IHub, vpc awsec2.IVpc, block string, in awscdk.Stack) {
			p := &S{Hub: hub, Vpc: vpc, Segment: jsii.String("apis"), Destinations: jsii.Strings(block)}
			if in != nil {
				p.HubScope = in
			}
			transitgateway.NewSpoke(scope, jsii.String(id), p)
		}
		first := define("First")
		attach(stack, "FirstApi", first, vpc, "10.8.0.0/16", nil)
		attach(shop, "FirstShop", first, shopVpc, "10.8.0.0/16", joined)
		var second transitgateway.Hub
		count("hub", func() { second = define("Second") })
		count("beside", func() { attach(stack, "SecondApi", second, vpc, "10.9.0.0/16", nil) })
		count("apart", func() { attach(shop, "SecondShop", second, shopVpc, "10.9.0.0/16", joined) })
	})
	for step, want := range map[string]int{"hub": 1, "beside": 2, "apart": 3} {
		if got := len(steps[step]); got != want {
			t.Errorf("%s: %d calls, want %d: %v", step, got, want, steps[step])
		}
	}
}
