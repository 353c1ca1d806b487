package deploy_test

import (
	"context"
	"errors"
	"maps"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/cdkcli"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/scenario"
)

// The app of the other ways to hand over: its API is deployed once.
var theOffer = sync.OnceValues(func() (*handover, error) {
	ctx := context.Background()
	h := &handover{contexts: map[string]string{
		"offerAccount":   scenario.Pricing,
		"callerAccount":  scenario.Checkout,
		"certificateArn": local.CertificateArn,
		"serviceName":    "com.amazonaws.vpce.eu-west-1.vpce-svc-00000000000000000",
	}}
	err := addZones(ctx, h.contexts)
	if err != nil {
		return nil, err
	}
	if h.program, err = local.Build(ctx, "test/deploy", "./apps/handover"); err != nil {
		return nil, err
	}
	if h.assembly, err = local.Assembly(ctx, h.program, "handover", h.contexts); err != nil {
		return nil, err
	}
	if h.offers, err = local.Account(ctx, scenario.Pricing); err != nil {
		return nil, err
	}
	if h.calls, err = local.Account(ctx, scenario.Checkout); err != nil {
		return nil, err
	}
	if _, err = local.CLI.Deploy(ctx, h.calls, h.assembly, "HandOver"); err != nil {
		return nil, err
	}
	h.serviceName, err = output(ctx, h.offers, "HandOver", "ServiceName")
	return h, err
})

// addZones adds what each account calls the zones in which everything is deployed.
func addZones(ctx context.Context, contexts map[string]string) error {
	for _, account := range []string{scenario.Pricing, scenario.Checkout} {
		names, err := local.ZoneNames(ctx, account)
		if err != nil {
			return err
		}
		contexts["zonesOf"+account] = strings.Join(names, ",")
	}
	return nil
}

type handover struct {
	program, assembly string
	contexts          map[string]string
	offers, calls     aws.Config
	serviceName       string
}

func offered(t *testing.T) *handover {
	t.Helper()
	needLocal(t)
	return must(theOffer())(t)
}

// TestHandOver deploys a consumer in each way in which it can learn the name of a service, other than by a parameter, as
// the example does it.
func TestHandOver(t *testing.T) {
	h := offered(t)
	t.Run("as text", func(t *testing.T) {
		contexts := maps.Clone(h.contexts)
		contexts["serviceName"] = h.serviceName
		assembly := must(local.Assembly(t.Context(), h.program, "literal", contexts))(t)
		h.wantConnected(t, h.calls, assembly, "Literal")
	})
	t.Run("by reference in one account", func(t *testing.T) {
		h.wantConnected(t, h.offers, h.assembly, "SameAccount")
	})
	t.Run("by export in one account", func(t *testing.T) {
		contexts := maps.Clone(h.contexts)
		contexts["@aws-cdk/core:defaultCrossStackReferences"] = "strong"
		assembly := must(local.Assembly(t.Context(), h.program, "strong", contexts))(t)
		must(local.CLI.Deploy(t.Context(), h.calls, assembly, "HandOver"))(t) // now with the export
		h.wantConnected(t, h.offers, assembly, "Exported")
	})
	t.Run("by reference to another account", func(t *testing.T) {
		h.wantConnected(t, h.calls, h.assembly, "CrossAccount")
	})
	t.Run("and nothing is deleted under its users", func(t *testing.T) {
		_, err := local.CLI.Destroy(t.Context(), h.calls, h.assembly, "HandOver")
		wantFailure(t, err, "cannot be deleted as it is in use by Exported")
		must(local.CLI.Destroy(t.Context(), h.calls, h.assembly, "Exported"))(t)
		_, err = local.CLI.Destroy(t.Context(), h.calls, h.assembly, "HandOver")
		wantFailure(t, err, "has existing active VPC Endpoint connections!")
	})
	t.Run("but after them", func(t *testing.T) {
		h.destroy(t, "Literal", "SameAccount", "CrossAccount")
		h.destroy(t, "HandOver")
		for name, config := range map[string]aws.Config{"HandOver": h.offers, "CrossAccount": h.calls} {
			if left, err := stack(t.Context(), config, name); err == nil {
				t.Errorf("%s is still there, %s", name, left.StackStatus)
			}
		}
		services := must(ec2.NewFromConfig(h.offers).DescribeVpcEndpointServiceConfigurations(t.Context(),
			&ec2.DescribeVpcEndpointServiceConfigurationsInput{}))(t)
		for _, service := range services.ServiceConfigurations {
			if aws.ToString(service.ServiceName) == h.serviceName {
				t.Error("the service is still there")
			}
		}
	})
}

// destroy destroys stacks that do not depend on each other, all at the same time.
func (h *handover) destroy(t *testing.T, stacks ...string) {
	t.Helper()
	wait := sync.WaitGroup{}
	for _, name := range stacks {
		wait.Go(func() {
			if _, err := local.CLI.Destroy(t.Context(), h.calls, h.assembly, name); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
}

// wantFailure fails the test unless the CLI failed and said why.
func wantFailure(t *testing.T, err error, why string) {
	t.Helper()
	failure := &cdkcli.Failure{}
	if !errors.As(err, &failure) {
		t.Fatalf("the CLI did not fail: %v", err)
	}
	// The CLI breaks lines to the width of a terminal.
	if output := strings.Join(strings.Fields(failure.Output), " "); !strings.Contains(output, why) {
		t.Errorf("the CLI did not say %q:\n%s", why, failure.Output)
	}
}

// wantConnected deploys a stack, and fails the test unless its endpoint is connected to the API.
func (h *handover) wantConnected(t *testing.T, config aws.Config, assembly, name string) {
	t.Helper()
	must(local.CLI.Deploy(t.Context(), h.calls, assembly, name))(t)
	resources := must(cloudformation.NewFromConfig(config).DescribeStackResources(t.Context(),
		&cloudformation.DescribeStackResourcesInput{StackName: aws.String(name)}))(t)
	for _, resource := range resources.StackResources {
		if aws.ToString(resource.ResourceType) != "AWS::EC2::VPCEndpoint" {
			continue
		}
		found := must(ec2.NewFromConfig(config).DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{
			VpcEndpointIds: []string{aws.ToString(resource.PhysicalResourceId)},
		}))(t)
		endpoint := one(t, "endpoints", found.VpcEndpoints)
		want(t, "its service", aws.ToString(endpoint.ServiceName), h.serviceName)
		want(t, "its state", string(endpoint.State), "available")
		return
	}
	t.Errorf("%s has no endpoint", name)
}
