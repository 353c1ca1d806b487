package deploy_test

import (
	"context"
	"slices"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	r53types "github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/scenario"
)

const stockDomain = "api.stock.internal.company.com"

// company is examples/company-zone, deployed by the team of the API, the network team and the team of the client.
type company struct{ *teams }

var theCompany = sync.OnceValues(func() (*company, error) {
	ctx := context.Background()
	e, err := newTeams(ctx, "company-zone", stockDomain, map[string]string{
		"Stock": scenario.Pricing, "Network": scenario.Checkout, "Shop": scenario.Checkout,
	})
	if err != nil {
		return nil, err
	}
	c := &company{e}
	if err := c.deploy(ctx, "Stock", "CertificateArn="+c.certificateArn); err != nil {
		return nil, err
	}
	if err := c.deploy(ctx, "Network"); err != nil {
		return nil, err
	}
	name, err := output(ctx, c.configs["Stock"], "Stock", "ServiceName")
	if err != nil {
		return nil, err
	}
	return c, c.deploy(ctx, "Shop", "StockServiceName="+name)
})

// TestCompanyZone deploys what a company has already, and an API and a client that use it.
func TestCompanyZone(t *testing.T) {
	needLocal(t)
	c := must(theCompany())(t)
	t.Run("allows the account of the shop", c.allowedAccount)
	t.Run("load balancer", c.loadBalancer)
	t.Run("routes", c.routes)
	t.Run("endpoint", c.endpoint)
	t.Run("records", c.records)
	t.Run("the shop waits", c.order)
	t.Run("proof", c.proof)
	t.Run("proof sees drift", c.drift)
}

func (c *company) allowedAccount(t *testing.T) {
	stock := c.stack(t, "Stock")
	allowed := must(stock.ec2.DescribeVpcEndpointServicePermissions(t.Context(), &ec2.DescribeVpcEndpointServicePermissionsInput{
		ServiceId: aws.String(one(t, "services", stock.physical("AWS::EC2::VPCEndpointService"))),
	}))(t)
	want(t, "the principal", aws.ToString(one(t, "principals", allowed.AllowedPrincipals).Principal), "arn:aws:iam::"+scenario.Checkout+":root")
}

func (c *company) loadBalancer(t *testing.T) {
	stock := c.stack(t, "Stock")
	alb, nlb := stock.balancer(elbtypes.LoadBalancerTypeEnumApplication), stock.balancer(elbtypes.LoadBalancerTypeEnumNetwork)
	want(t, "X-Forwarded-For", stock.attributes(alb)["routing.http.xff_header_processing.mode"], "preserve")
	stock.wantRules("ALB", one(t, "security groups of the ALB", alb.SecurityGroups),
		in(443, one(t, "security groups of the NLB", nlb.SecurityGroups)),
		out(443, "0.0.0.0/0"), // to the keys of tokens
		out(servicePort, c.tasks(t, "Stock", "Stock")), out(servicePort, c.tasks(t, "Stock", "Next")))
}

// servicePort is the port of all services of the example.
const servicePort = 8080

// tasks returns the security group of the tasks of a service, which has the construct ID id.
func (c *company) tasks(t *testing.T, stack, id string) string {
	t.Helper()
	s := c.stack(t, stack)
	found := must(ecs.NewFromConfig(s.config).DescribeServices(t.Context(), &ecs.DescribeServicesInput{
		Cluster:  aws.String(one(t, "clusters", s.physical("AWS::ECS::Cluster"))),
		Services: []string{s.physicalOf(id + "Service")},
	}))(t)
	return one(t, "security groups of tasks", one(t, "services", found.Services).NetworkConfiguration.AwsvpcConfiguration.SecurityGroups)
}

// routes checks that both routes validate tokens, and that one of them has a canary.
func (c *company) routes(t *testing.T) {
	stock := c.stack(t, "Stock")
	listener := stock.listener(stock.balancer(elbtypes.LoadBalancerTypeEnumApplication))
	found := must(stock.elb.DescribeRules(t.Context(), &elb.DescribeRulesInput{ListenerArn: listener.ListenerArn}))(t)
	current, next := stock.physicalOf("Current"), stock.physicalOf("ApiRouteCanary")
	weights := map[string]map[string]int32{"10": {next: 1}, "20": {current: 90, next: 10}}
	conditions := map[string]int{"10": 2, "20": 1}
	for _, rule := range found.Rules {
		priority := aws.ToString(rule.Priority)
		if weights[priority] == nil {
			continue
		}
		want(t, "the number of conditions of rule "+priority, len(rule.Conditions), conditions[priority])
		if len(rule.Actions) != 2 {
			t.Fatalf("rule %s has %d actions, want the validation of a token and a forward", priority, len(rule.Actions))
		}
		token, forward := rule.Actions[0].JwtValidationConfig, rule.Actions[1]
		if token == nil {
			t.Fatalf("rule %s validates no token", priority)
		}
		want(t, "the issuer", aws.ToString(token.Issuer), "https://login.company.com")
		want(t, "the keys", aws.ToString(token.JwksEndpoint), "https://login.company.com/.well-known/jwks.json")
		for arn, weight := range weightsOf(forward) {
			want(t, "the weight of "+arn+" in rule "+priority, weight, weights[priority][arn])
			delete(weights[priority], arn)
		}
		if len(weights[priority]) > 0 {
			t.Errorf("rule %s does not forward to %v", priority, weights[priority])
		}
		delete(weights, priority)
	}
	if len(weights) > 0 {
		t.Errorf("no rules with %v", weights)
	}
}

// weightsOf returns the weights of the target groups of a forward, by ARN.
func weightsOf(forward elbtypes.Action) map[string]int32 {
	if forward.ForwardConfig == nil {
		return map[string]int32{aws.ToString(forward.TargetGroupArn): 1}
	}
	weights := map[string]int32{}
	for _, group := range forward.ForwardConfig.TargetGroups {
		weights[aws.ToString(group.TargetGroupArn)] = aws.ToInt32(group.Weight)
	}
	return weights
}

// endpoint checks that the endpoint has the security group of the network team and no other, which only the shop passes.
func (c *company) endpoint(t *testing.T) {
	shop, network := c.stack(t, "Shop"), c.stack(t, "Network")
	group := one(t, "security groups of the network team", network.physical("AWS::EC2::SecurityGroup"))
	endpoint := c.describeEndpoint(t)
	want(t, "its state", string(endpoint.State), "available")
	want(t, "its VPC", aws.ToString(endpoint.VpcId), one(t, "VPCs", network.physical("AWS::EC2::VPC")))
	want(t, "its security group", aws.ToString(one(t, "security groups", endpoint.Groups).GroupId), group)
	shop.wantRules("endpoint", group, in(443, c.tasks(t, "Shop", "Shop")), nothingOut)
}

func (c *company) describeEndpoint(t *testing.T) ec2types.VpcEndpoint {
	t.Helper()
	shop := c.stack(t, "Shop")
	found := must(shop.ec2.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{
		VpcEndpointIds: shop.physical("AWS::EC2::VPCEndpoint"),
	}))(t)
	return one(t, "endpoints", found.VpcEndpoints)
}

// records checks that the name of the API is in the zone of the company, and that the shop has no zone of its own.
func (c *company) records(t *testing.T) {
	shop, network := c.stack(t, "Shop"), c.stack(t, "Network")
	want(t, "the number of zones of the shop", len(shop.physical("AWS::Route53::HostedZone")), 0)
	records := must(route53.NewFromConfig(shop.config).ListResourceRecordSets(t.Context(), &route53.ListResourceRecordSetsInput{
		HostedZoneId: aws.String(one(t, "zones", network.physical("AWS::Route53::HostedZone"))),
	}))(t)
	var aliases []r53types.ResourceRecordSet
	for _, record := range records.ResourceRecordSets {
		if record.AliasTarget != nil {
			aliases = append(aliases, record)
		}
	}
	alias := one(t, "aliases", aliases)
	want(t, "its name", aws.ToString(alias.Name), stockDomain+".")
	want(t, "its target", aws.ToString(alias.AliasTarget.HostedZoneId), aws.ToString(c.describeEndpoint(t).DnsEntries[0].HostedZoneId))
}

// order checks that the service of the shop was created after what it needs to call the API. The local AWS API creates what waits
// for nothing as early as it can.
func (c *company) order(t *testing.T) {
	shop := c.stack(t, "Shop")
	found := must(shop.cfn.DescribeStackEvents(t.Context(), &cloudformation.DescribeStackEventsInput{StackName: aws.String("Shop")}))(t)
	var created []string // types, in order
	for _, event := range slices.Backward(found.StackEvents) {
		if event.ResourceStatus == cfntypes.ResourceStatusCreateComplete {
			created = append(created, aws.ToString(event.ResourceType))
		}
	}
	service := slices.Index(created, "AWS::ECS::Service")
	for _, needed := range []string{"AWS::EC2::VPCEndpoint", "AWS::EC2::SecurityGroupIngress", "AWS::Route53::RecordSet"} {
		if at := slices.Index(created, needed); at < 0 || at > service {
			t.Errorf("%s is not created before the service: %v", needed, created)
		}
	}
}
