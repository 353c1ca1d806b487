package lattice_test

import (
	"fmt"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// Every call to CDK is a round trip between two processes, so the number of calls is pinned: for one more API beside others, in a shared VPC.
func TestCalls(t *testing.T) {
	steps := cdktest.Calls(t, func(count func(string, func())) {
		stack := cdktest.Stack(t)
		vpc, list, principal, shown := newVpc(stack, "Vpc"), prefixList(stack), account(cdktest.OtherAccount), certificate(certificateArn)
		for i := range 2 {
			measure := count
			if i == 0 {
				measure = func(_ string, f func()) { f() } // the first one asks for the answers that all share
			}
			group := newGroup(stack, fmt.Sprint("Group", i), vpc)
			target := lattice.Target_FromIpAddresses(jsii.Strings("10.0.0.5"), &lattice.IpTargetOptions{Vpc: vpc, Peers: &[]awsec2.IConnectable{group}})
			var api lattice.Api
			measure("API", func() {
				api = lattice.NewApi(stack, jsii.String(fmt.Sprint("Api", i)), &P{
					DomainName: jsii.String(domain), Certificate: shown, PrefixList: list, Target: target,
					ShareWith: jsii.Strings(cdktest.OtherAccount), AllowedPrincipals: &[]awsiam.IPrincipal{principal},
				})
			})
			measure("route", func() { api.AddRoute(jsii.String("Quotes"), &R{PathPrefix: jsii.String("/v1"), Target: target}) })
			measure("account", func() { api.AllowVpcAccount(jsii.String("333333333333")) })
		}
	})
	for step, want := range map[string]int{"API": 1, "route": 1, "account": 1} {
		if got := len(steps[step]); got != want {
			t.Errorf("%s: %d calls, want %d: %v", step, got, want, steps[step])
		}
	}
}
