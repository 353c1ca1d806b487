package deploy_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/scenario"
)

// example is examples/pricing-checkout, deployed by both teams.
type example struct {
	program, assembly string
	contexts          map[string]string
	pricing, checkout aws.Config
	serviceName       string
	endpointID        string
}

// theExample deploys the example once for all tests: Pricing, then Checkout with Pricing's output as its parameter. Both
// are deployed from Checkout's account: Pricing's account trusted it when it was bootstrapped.
var theExample = sync.OnceValues(func() (*example, error) {
	ctx := context.Background()
	program, err := local.Build(ctx, ".", "./examples/pricing-checkout")
	if err != nil {
		return nil, err
	}
	contexts, err := local.Context(ctx)
	if err != nil {
		return nil, err
	}
	e := &example{program: program, contexts: contexts}
	if e.assembly, err = local.Assembly(ctx, program, "example", contexts); err != nil {
		return nil, err
	}
	if e.pricing, err = local.Account(ctx, scenario.Pricing); err != nil {
		return nil, err
	}
	if e.checkout, err = local.Account(ctx, scenario.Checkout); err != nil {
		return nil, err
	}
	return e, e.deploy(ctx)
})

func (e *example) deploy(ctx context.Context) error {
	if _, err := local.CLI.Deploy(ctx, e.checkout, e.assembly, "Pricing"); err != nil {
		return err
	}
	var err error
	if e.serviceName, err = output(ctx, e.pricing, "Pricing", "ServiceName"); err != nil {
		return err
	}
	parameter := "Checkout:PricingServiceName=" + e.serviceName
	if _, err := local.CLI.Deploy(ctx, e.checkout, e.assembly, "Checkout", "--parameters", parameter); err != nil {
		return err
	}
	e.endpointID, err = output(ctx, e.checkout, "Checkout", "EndpointId")
	return err
}

// deployedExample returns the example, or ends the test.
func deployedExample(t *testing.T) *example {
	t.Helper()
	needLocal(t)
	return must(theExample())(t)
}

// stack returns CloudFormation's description of a stack.
func stack(ctx context.Context, config aws.Config, name string) (*cfntypes.Stack, error) {
	found, err := cloudformation.NewFromConfig(config).DescribeStacks(ctx, &cloudformation.DescribeStacksInput{
		StackName: aws.String(name),
	})
	if err != nil {
		return nil, err
	}
	if len(found.Stacks) != 1 {
		return nil, fmt.Errorf("there are %d stacks named %s", len(found.Stacks), name)
	}
	return &found.Stacks[0], nil
}

// output returns an output of a stack.
func output(ctx context.Context, config aws.Config, name, key string) (string, error) {
	found, err := stack(ctx, config, name)
	if err != nil {
		return "", err
	}
	for _, o := range found.Outputs {
		if aws.ToString(o.OutputKey) == key {
			return aws.ToString(o.OutputValue), nil
		}
	}
	return "", errors.New(name + " has no output " + key)
}
