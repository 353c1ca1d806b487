package vpcpeering_test

import (
	"testing"

	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/vpcpeering"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// Every call to CDK is a round trip between two processes, so the number of calls is pinned: for one more connection between VPCs that have
// others. Two calls look for secondary blocks of the VPCs. Routes back in a stack of their own take one more.
func TestCalls(t *testing.T) {
	steps := cdktest.Calls(t, func(count func(string, func())) {
		app := cdktest.App(t, nil)
		stack, api, back := cdktest.StackIn(app, "Clients", cdktest.Account), cdktest.StackIn(app, "Api", cdktest.OtherAccount), cdktest.StackIn(app, "Back", cdktest.OtherAccount)
		a, b, c, d := newVpc(stack, "A", "10.0.0.0/16"), newVpc(stack, "B", "10.1.0.0/16"), newVpc(stack, "C", "10.2.0.0/16"), newVpc(stack, "D", "10.3.0.0/16")
		far, other := newVpc(api, "Far", "10.4.0.0/16"), newVpc(api, "Other", "10.5.0.0/16")
		role := newRole(api, far)
		connect := func(id string, edit func(*P), p *P) {
			edit(p)
			vpcpeering.NewVpcPeering(stack, jsii.String(id), p)
		}
		beside := func(*P) {}
		apart := func(p *P) { p.AccepterRole, p.AccepterScope = role, back }
		connect("AB", beside, &P{Requester: side(a), Accepter: side(b)})
		connect("CD", beside, &P{Requester: side(c), Accepter: side(d)})
		connect("AFar", apart, &P{Requester: side(a), Accepter: side(far)})
		connect("BOther", apart, &P{Requester: side(b), Accepter: side(other)})
		count("beside", func() { connect("AC", beside, &P{Requester: side(a), Accepter: side(c)}) })
		count("apart", func() { connect("AOther", apart, &P{Requester: side(a), Accepter: side(other)}) })
	})
	for step, want := range map[string]int{"beside": 3, "apart": 4} {
		if got := len(steps[step]); got != want {
			t.Errorf("%s: %d calls, want %d: %v", step, got, want, steps[step])
		}
	}
}
