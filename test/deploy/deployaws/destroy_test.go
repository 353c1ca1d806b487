package main

import (
	"context"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

func TestDestroy(t *testing.T) {
	w := newDeployedWorld(t)
	ours := connected("vpce-1", "available")
	w.pricingAWS.connections = [][]ec2types.VpcEndpointConnection{{ours}, {ours}, {connected("vpce-1", "deleting")}, {connected("vpce-1", "rejected")}}
	if err := w.destroy(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.wantRuns(t,
		"synth",
		"destroy Checkout",
		"deploy Pricing --exclusively --app cdk.out/aws-unprotected",
		"destroy Pricing",
	)
	if w.waited != 2*pollInterval {
		t.Errorf("it waited %s, want %s: while the endpoint exists, and while it is deleted", w.waited, 2*pollInterval)
	}
	for _, want := range []string{"-c pricingDeletionProtection=false", "delete-repository --repository-name checkout-api", "/aws/lambda/Pricing-"} {
		if !strings.Contains(w.output.String(), want) {
			t.Errorf("it printed\n%s\nwant it to contain %q", &w.output, want)
		}
	}
	if strings.Contains(w.output.String(), "do not belong to the stack Checkout") {
		t.Errorf("it printed\n%s\nwant no other endpoints", &w.output)
	}
}

func connected(id, state string) ec2types.VpcEndpointConnection {
	return ec2types.VpcEndpointConnection{
		VpcEndpointId: aws.String(id), VpcEndpointOwner: aws.String("111111111111"), VpcEndpointState: ec2types.State(state),
	}
}

// TestDestroyRejectsNoConnection shows that other endpoints stop it before it changes anything of Pricing.
func TestDestroyRejectsNoConnection(t *testing.T) {
	for _, state := range []string{"available", "pendingAcceptance", "Available"} {
		t.Run(state, func(t *testing.T) {
			w := newDeployedWorld(t)
			w.pricingAWS.connections = [][]ec2types.VpcEndpointConnection{{connected("vpce-1", "available"), connected("vpce-2", state)}, {connected("vpce-2", state)}}
			wantError(t, w.destroy(t.Context()), "after 10m0s endpoints are still connected", "docs/deploy-aws.md",
				"aws ec2 reject-vpc-endpoint-connections --service-id vpce-svc-0123456789abcdef0 --vpc-endpoint-ids vpce-2 --region eu-west-1 --profile")
			w.wantRuns(t, "synth", "destroy Checkout")
			if !strings.Contains(w.output.String(), "do not belong to the stack Checkout. Pricing cannot be deleted until they are deleted or rejected:\n  vpce-2 of account 111111111111") {
				t.Errorf("it printed\n%s\nwant the other endpoint, before the prompt", &w.output)
			}
		})
	}
}

func TestDestroyContinuesWhereItStopped(t *testing.T) {
	for name, tc := range map[string]struct {
		pricing, checkout string
		want              []string
	}{
		"nothing is left":                      {"", "", nil},
		"Checkout is deleted":                  {"CREATE_COMPLETE", "", []string{"synth", "deploy Pricing", "destroy Pricing"}},
		"only Checkout is left":                {"", "DELETE_FAILED", []string{"synth", "destroy Checkout"}},
		"Pricing cannot be updated":            {"DELETE_FAILED", "", []string{"synth", "destroy Pricing"}},
		"Pricing was rolled back":              {"ROLLBACK_COMPLETE", "", []string{"synth", "destroy Pricing"}},
		"an update of Pricing was rolled back": {"UPDATE_ROLLBACK_COMPLETE", "ROLLBACK_COMPLETE", []string{"synth", "destroy Checkout", "deploy Pricing", "destroy Pricing"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			if tc.pricing != "" {
				w.pricingAWS.stacks["Pricing"] = stack{tc.pricing, map[string]string{"ServiceName": service}}
			}
			if tc.checkout != "" {
				w.checkoutAWS.stacks["Checkout"] = stack{status: tc.checkout}
			}
			if err := w.destroy(t.Context()); err != nil {
				t.Fatal(err)
			}
			w.wantRuns(t, tc.want...)
		})
	}
}

func TestDestroyRefuses(t *testing.T) {
	w := newDeployedWorld(t)
	w.checkoutAWS.stacks["Checkout"] = stack{status: "UPDATE_IN_PROGRESS"}
	wantError(t, w.destroy(t.Context()), "Checkout is UPDATE_IN_PROGRESS: wait")
	w = newDeployedWorld(t)
	w.confirmation = "111111111111,222222222222"
	wantError(t, w.destroy(t.Context()), "not confirmed")
	w.wantRuns(t)
}

// TestDestroyChecksWhatIsLeft shows that it does not rely on the CLI alone.
func TestDestroyChecksWhatIsLeft(t *testing.T) {
	w := newDeployedWorld(t)
	w.cdk = func(context.Context, ...string) error { return nil }
	wantError(t, w.destroy(t.Context()), "the stack Checkout still exists, as CREATE_COMPLETE", "docs/deploy-aws.md")
}

func TestCheckNeedsADeployment(t *testing.T) {
	wantError(t, newWorld().check(t.Context()), "the stack Checkout does not exist: run make deploy-aws")
}
