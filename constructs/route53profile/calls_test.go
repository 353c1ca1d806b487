package route53profile_test

import (
	"fmt"
	"testing"

	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/route53profile"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// Every call to CDK is a round trip between two processes, so the number of calls is pinned: for one more profile, import and consumer, in VPCs
// that others know.
func TestCalls(t *testing.T) {
	steps := cdktest.Calls(t, func(count func(string, func())) {
		stack := cdktest.Stack(t)
		vpc := vpcOf(stack, "1")
		n := 0
		define := func(count func(string, func())) {
			n++
			id, digit := fmt.Sprint("Dns", n), fmt.Sprint(n+1)
			more := vpcOf(stack, digit)
			var profile route53profile.IProfile
			count("profile", func() {
				profile = route53profile.NewProfile(stack, &id, &P{Vpcs: vpcs(more), ShareWith: jsii.Strings(cdktest.OtherAccount)})
			})
			profile.ProfileId()
			imported := fmt.Sprint("Imported", n)
			count("import", func() {
				route53profile.Profile_FromAttributes(stack, &imported, &A{ProfileArn: jsii.String(profileARN)})
			})
			in := func(p *C) { p.Vpc, p.DomainNames = vpc, jsii.Strings(fmt.Sprintf("api%d.company.com", n)) }
			count("consumer", func() { consume(stack, fmt.Sprint("Consumer", n), in, by(profile)) })
		}
		define(func(_ string, f func()) { f() }) // the first ones ask for the answers that all share
		define(count)
	})
	for step, want := range map[string]int{"profile": 5, "import": 1, "consumer": 2} { // a profile asks for the ID and the environment of its VPC, and a consumer here imports its service
		if got := len(steps[step]); got != want {
			t.Errorf("%s: %d calls, want %d: %v", step, got, want, steps[step])
		}
	}
}
