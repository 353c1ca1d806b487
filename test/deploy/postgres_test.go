package deploy_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/arn"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/scenario"
)

const databaseDomain = "orders.db.internal.company.com"

// database is the app of a PrivateNlbProvider and its consumers.
type database struct {
	assembly           string
	provider, consumer aws.Config
}

// theDatabase deploys the app once for all tests: the provider, then the consumer in another account and the one in its own.
var theDatabase = sync.OnceValues(func() (*database, error) {
	ctx := context.Background()
	certificate, err := local.RequestCertificate(ctx, databaseDomain)
	if err != nil {
		return nil, err
	}
	contexts := map[string]string{
		"providerAccount": scenario.Pricing, "consumerAccount": scenario.Checkout, "certificateArn": certificate, "domain": databaseDomain,
	}
	if err := addZones(ctx, contexts); err != nil {
		return nil, err
	}
	program, err := local.Build(ctx, "test/deploy", "./apps/postgres")
	if err != nil {
		return nil, err
	}
	d := &database{}
	if d.assembly, err = local.Assembly(ctx, program, "postgres", contexts); err != nil {
		return nil, err
	}
	if d.provider, err = local.Account(ctx, scenario.Pricing); err != nil {
		return nil, err
	}
	if d.consumer, err = local.Account(ctx, scenario.Checkout); err != nil {
		return nil, err
	}
	for _, stack := range []string{"Database", "Callers", "Readers"} {
		if _, err := local.CLI.Deploy(ctx, d.consumer, d.assembly, stack); err != nil {
			return nil, err
		}
	}
	return d, nil
})

func deployedDatabase(t *testing.T) *database {
	t.Helper()
	needLocal(t)
	return must(theDatabase())(t)
}

// TestPortsOfTheDatabase reads the state of both accounts, and proves each port of each client.
func TestPortsOfTheDatabase(t *testing.T) {
	d := deployedDatabase(t)
	prove := proveDeployed(t)
	caller := nameInProof(scenario.Checkout, serviceOf(t, d.consumer, "Callers"))
	reader := nameInProof(scenario.Pricing, serviceOf(t, d.provider, "Readers"))
	for _, tc := range []struct {
		client  string
		port    int
		assume  []string
		verdict reachability.Verdict
		hop     string
	}{
		{caller, 5432, []string{"proxy-protocol"}, reachability.Reachable, reachability.HopTarget},
		{caller, 5432, nil, reachability.Unknown, reachability.HopTarget},
		{caller, 443, nil, reachability.Reachable, reachability.HopTarget},
		{caller, 8443, nil, reachability.Reachable, reachability.HopTarget},
		{caller, 6432, nil, reachability.Blocked, reachability.HopEndpointIngress},
		{reader, 5432, []string{"proxy-protocol"}, reachability.Reachable, reachability.HopTarget},
		{reader, 443, nil, reachability.Blocked, reachability.HopEndpointIngress},
		{reader, 8443, nil, reachability.Blocked, reachability.HopEndpointIngress},
	} {
		report := prove(reachability.Question{Client: tc.client, Domain: databaseDomain, Port: tc.port, Facts: reachability.Facts{Assume: tc.assume}})
		want(t, "the number of answers", len(report.Answers), 1)
		for _, a := range report.Answers {
			if a.Verdict != tc.verdict || a.Decisive().Name != tc.hop {
				t.Errorf("port %d: want %s at %q:\n%s", tc.port, tc.verdict, tc.hop, a)
			}
		}
	}
}

// TestListenersOfTheDatabase reads what the provider defined.
func TestListenersOfTheDatabase(t *testing.T) {
	d := deployedDatabase(t)
	client := elb.NewFromConfig(d.provider)
	resources := must(cloudformation.NewFromConfig(d.provider).DescribeStackResources(t.Context(),
		&cloudformation.DescribeStackResourcesInput{StackName: aws.String("Database")}))(t)
	var got []string
	for _, resource := range resources.StackResources {
		switch aws.ToString(resource.ResourceType) {
		case "AWS::ElasticLoadBalancingV2::Listener":
			found := must(client.DescribeListeners(t.Context(), &elb.DescribeListenersInput{ListenerArns: []string{aws.ToString(resource.PhysicalResourceId)}}))(t)
			l := one(t, "listeners", found.Listeners)
			got = append(got, strings.TrimSpace(string(l.Protocol)+" "+strings.Join(l.AlpnPolicy, " ")))
		case "AWS::ElasticLoadBalancingV2::TargetGroup":
			found := must(client.DescribeTargetGroupAttributes(t.Context(), &elb.DescribeTargetGroupAttributesInput{TargetGroupArn: resource.PhysicalResourceId}))(t)
			for _, a := range found.Attributes {
				if aws.ToString(a.Key) == "proxy_protocol_v2.enabled" && aws.ToString(a.Value) == "true" {
					got = append(got, "proxy protocol")
				}
			}
		}
	}
	if slices.Sort(got); !slices.Equal(got, []string{"TCP", "TCP", "TLS HTTP2Optional", "proxy protocol"}) {
		t.Errorf("the provider has %q", got)
	}
}

// serviceOf returns the name of the ECS service of a stack.
func serviceOf(t *testing.T, config aws.Config, stack string) string {
	t.Helper()
	found := must(cloudformation.NewFromConfig(config).DescribeStackResources(t.Context(),
		&cloudformation.DescribeStackResourcesInput{StackName: aws.String(stack)}))(t)
	for _, r := range found.StackResources {
		if aws.ToString(r.ResourceType) == "AWS::ECS::Service" {
			return must(arn.Parse(aws.ToString(r.PhysicalResourceId)))(t).Resource
		}
	}
	t.Fatalf("%s has no ECS service", stack)
	return ""
}
