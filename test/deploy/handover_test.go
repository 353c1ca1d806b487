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

// theHandover is the app that hands over the name of its service in the other ways; its API is deployed once.
var theHandover = sync.OnceValues(func() (*handover, error) {
	ctx := context.Background()
	h := &handover{contexts: map[string]string{
		"providerAccount": scenario.Pricing,
		"consumerAccount": scenario.Checkout,
		"certificateArn":  local.CertificateArn,
		"serviceName":     "com.amazonaws.vpce.eu-west-1.vpce-svc-00000000000000000",
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
	if h.provider, err = local.Account(ctx, scenario.Pricing); err != nil {
		return nil, err
	}
	if h.consumer, err = local.Account(ctx, scenario.Checkout); err != nil {
		return nil, err
	}
	if _, err = local.CLI.Deploy(ctx, h.consumer, h.assembly, "HandOver"); err != nil {
		return nil, err
	}
	h.serviceName, err = output(ctx, h.provider, "HandOver", "ServiceName")
	return h, err
})

// addZones adds the names that each account has for the zones that are deployed to.
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
	program, assembly  string
	contexts           map[string]string
	provider, consumer aws.Config
	serviceName        string
}

func deployedHandover(t *testing.T) *handover {
	t.Helper()
	needLocal(t)
	return must(theHandover())(t)
}

// TestHandOver deploys consumers that learn the name of a service in each way except by a parameter, which the example does.
func TestHandOver(t *testing.T) {
	h := deployedHandover(t)
	t.Run("as text", func(t *testing.T) {
		contexts := maps.Clone(h.contexts)
		contexts["serviceName"] = h.serviceName
		assembly := must(local.Assembly(t.Context(), h.program, "literal", contexts))(t)
		h.wantConnected(t, h.consumer, assembly, "Literal")
	})
	t.Run("by reference in one account", func(t *testing.T) {
		h.wantConnected(t, h.provider, h.assembly, "SameAccount")
	})
	t.Run("by export in one account", func(t *testing.T) {
		contexts := maps.Clone(h.contexts)
		contexts["@aws-cdk/core:defaultCrossStackReferences"] = "strong"
		assembly := must(local.Assembly(t.Context(), h.program, "strong", contexts))(t)
		must(local.CLI.Deploy(t.Context(), h.consumer, assembly, "HandOver"))(t) // now with the export
		h.wantConnected(t, h.provider, assembly, "Exported")
	})
	t.Run("by reference to another account", func(t *testing.T) {
		h.wantConnected(t, h.consumer, h.assembly, "CrossAccount")
	})
	t.Run("nothing is deleted while it is in use", func(t *testing.T) {
		_, err := local.CLI.Destroy(t.Context(), h.consumer, h.assembly, "HandOver")
		wantFailure(t, err, "cannot be deleted as it is in use by Exported")
		must(local.CLI.Destroy(t.Context(), h.consumer, h.assembly, "Exported"))(t)
		_, err = local.CLI.Destroy(t.Context(), h.consumer, h.assembly, "HandOver")
		wantFailure(t, err, "has existing active VPC Endpoint connections!")
	})
	t.Run("everything is deleted after its users", func(t *testing.T) {
		h.destroy(t, "Literal", "SameAccount", "CrossAccount")
		h.destroy(t, "HandOver")
		for name, config := range map[string]aws.Config{"HandOver": h.provider, "CrossAccount": h.consumer} {
			if left, err := stack(t.Context(), config, name); err == nil {
				t.Errorf("%s still exists, as %s", name, left.StackStatus)
			}
		}
		services := must(ec2.NewFromConfig(h.provider).DescribeVpcEndpointServiceConfigurations(t.Context(),
			&ec2.DescribeVpcEndpointServiceConfigurationsInput{}))(t)
		for _, service := range services.ServiceConfigurations {
			if aws.ToString(service.ServiceName) == h.serviceName {
				t.Error("the service still exists")
			}
		}
	})
}

// destroy destroys stacks that do not depend on each other at the same time.
func (h *handover) destroy(t *testing.T, stacks ...string) {
	t.Helper()
	wait := sync.WaitGroup{}
	for _, name := range stacks {
		wait.Go(func() {
			if _, err := local.CLI.Destroy(t.Context(), h.consumer, h.assembly, name); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
}

// wantFailure fails the test unless the CLI failed and printed a reason.
func wantFailure(t *testing.T, err error, why string) {
	t.Helper()
	failure := &cdkcli.Failure{}
	if !errors.As(err, &failure) {
		t.Fatalf("the CLI did not fail: %v", err)
	}
	// The CLI breaks lines to the width of a terminal.
	if output := strings.Join(strings.Fields(failure.Output), " "); !strings.Contains(output, why) {
		t.Errorf("the CLI did not print %q:\n%s", why, failure.Output)
	}
}

// wantConnected deploys a stack, and fails the test unless its endpoint is connected to the API.
func (h *handover) wantConnected(t *testing.T, config aws.Config, assembly, name string) {
	t.Helper()
	must(local.CLI.Deploy(t.Context(), h.consumer, assembly, name))(t)
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
