// Package frame has what the Go apps of the benchmark share: the command line, the two VPCs, the stacks, and the clock.
// They differ only in how they define a provider and a consumer.
package frame

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/test/bench/scenario"
)

// Implementation is a way to define pairs. S is what a consumer needs to know about a provider.
type Implementation[S any] struct {
	// Providers defines the providers of a stack, and returns what consumers need to know, by the ID of the pair.
	Providers func(in *scenario.Scenario, stack awscdk.Stack, vpc awsec2.IVpc, pairs []scenario.Pair) map[string]S
	// Consumers defines the consumers of a stack.
	Consumers func(in *scenario.Scenario, stack awscdk.Stack, vpc awsec2.IVpc, pairs []scenario.Pair, services map[string]S)
}

// Times are the milliseconds that one app took: for jsii and CDK to start, for the constructs, for synthesis, and to read
// the templates.
type Times struct {
	Start float64 `json:"start"`
	Build float64 `json:"build"`
	Synth float64 `json:"synth"`
	Read  float64 `json:"read"`
}

// Main builds and synthesises the scenario of the first argument into the directory of the second, and prints the times.
func Main[S any](i Implementation[S]) {
	if len(os.Args) != 3 {
		fail(fmt.Errorf("usage: %s scenario.json directory", os.Args[0]))
	}
	in, err := scenario.Read(os.Args[1])
	if err != nil {
		fail(err)
	}
	defer jsii.Close()
	var all []Times
	for n := range in.Repeat {
		dir := os.Args[2]
		if n > 0 { // each app needs its own directory
			dir = fmt.Sprintf("%s-%d", dir, n)
		}
		times, err := i.run(in, dir)
		if err != nil {
			fail(err)
		}
		all = append(all, times)
	}
	if err := json.NewEncoder(os.Stdout).Encode(all); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func (i Implementation[S]) run(in *scenario.Scenario, dir string) (Times, error) {
	start := time.Now()
	app := awscdk.NewApp(&awscdk.AppProps{Outdir: jsii.String(dir), AnalyticsReporting: jsii.Bool(false)})
	started := time.Now()
	i.build(in, app)
	built := time.Now()
	app.Synth(nil)
	synthesised := time.Now()
	templates, err := filepath.Glob(filepath.Join(dir, "*.template.json"))
	if err != nil {
		return Times{}, err
	}
	for _, template := range templates { // as a test of a template does
		content, err := os.ReadFile(template)
		if err != nil {
			return Times{}, err
		}
		if err := json.Unmarshal(content, &map[string]any{}); err != nil {
			return Times{}, err
		}
	}
	return Times{
		Start: milliseconds(started.Sub(start)), Build: milliseconds(built.Sub(started)),
		Synth: milliseconds(synthesised.Sub(built)), Read: milliseconds(time.Since(synthesised)),
	}, nil
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func (i Implementation[S]) build(in *scenario.Scenario, app awscdk.App) {
	env := &awscdk.Environment{Account: jsii.String(in.Account), Region: jsii.String(in.Region)}
	newStack := func(name string) awscdk.Stack {
		return awscdk.NewStack(app, jsii.String(name), &awscdk.StackProps{Env: env})
	}
	providerVpc, consumerVpc := importVpc, importVpc
	if !in.ImportVpcs {
		providerVpc = shared(newVpc(in, newStack("ProviderNetwork"), "10.0.0.0/16"))
		consumerVpc = shared(newVpc(in, newStack("ConsumerNetwork"), "10.1.0.0/16"))
	}
	services := map[string]S{}
	for _, s := range in.Providers {
		stack := newStack(s.Name)
		for id, service := range i.Providers(in, stack, providerVpc(in, stack), s.Pairs) {
			services[id] = service
		}
	}
	for _, s := range in.Consumers {
		stack := newStack(s.Name)
		i.Consumers(in, stack, consumerVpc(in, stack), s.Pairs, services)
	}
}

// newVpc defines a VPC with private subnets, which all pairs share.
func newVpc(in *scenario.Scenario, stack awscdk.Stack, cidr string) awsec2.IVpc {
	return awsec2.NewVpc(stack, jsii.String("Vpc"), &awsec2.VpcProps{
		IpAddresses:                  awsec2.IpAddresses_Cidr(jsii.String(cidr)),
		AvailabilityZones:            jsii.Strings(in.Zones...),
		NatGateways:                  jsii.Number(0),
		RestrictDefaultSecurityGroup: jsii.Bool(false),
		SubnetConfiguration:          &[]*awsec2.SubnetConfiguration{{Name: jsii.String("Private"), SubnetType: awsec2.SubnetType_PRIVATE_ISOLATED}},
	})
}

// shared returns the same VPC for every stack.
func shared(vpc awsec2.IVpc) func(*scenario.Scenario, awscdk.Stack) awsec2.IVpc {
	return func(*scenario.Scenario, awscdk.Stack) awsec2.IVpc { return vpc }
}

// importVpc imports a VPC with private subnets into a stack.
func importVpc(in *scenario.Scenario, stack awscdk.Stack) awsec2.IVpc {
	return awsec2.Vpc_FromVpcAttributes(stack, jsii.String("Vpc"), &awsec2.VpcAttributes{
		VpcId:                       jsii.String("vpc-0123456789abcdef0"),
		AvailabilityZones:           jsii.Strings(in.Zones...),
		IsolatedSubnetIds:           jsii.Strings("subnet-0123456789abcdef0", "subnet-0123456789abcdef1"),
		IsolatedSubnetRouteTableIds: jsii.Strings("rtb-0123456789abcdef0", "rtb-0123456789abcdef1"),
	})
}
