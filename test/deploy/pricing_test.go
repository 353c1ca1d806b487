package deploy_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/scenario"
)

// provider is what Pricing has deployed, in the order of the hops of a request.
type provider struct {
	deployedStack
	nlb, alb           elbtypes.LoadBalancer
	nlbGroup, albGroup string
	listener           elbtypes.Listener // of the ALB
}

func pricing(t *testing.T) provider {
	t.Helper()
	p := provider{deployedStack: stackOf(t, deployedExample(t).pricing, "Pricing")}
	p.nlb, p.alb = p.balancer(elbtypes.LoadBalancerTypeEnumNetwork), p.balancer(elbtypes.LoadBalancerTypeEnumApplication)
	p.nlbGroup = one(t, "security groups of the NLB", p.nlb.SecurityGroups)
	p.albGroup = one(t, "security groups of the ALB", p.alb.SecurityGroups)
	p.listener = p.deployedStack.listener(p.alb)
	return p
}

func TestPricingService(t *testing.T) {
	p := pricing(t)
	found := must(p.ec2.DescribeVpcEndpointServiceConfigurations(t.Context(), &ec2.DescribeVpcEndpointServiceConfigurationsInput{
		ServiceIds: p.physical("AWS::EC2::VPCEndpointService"),
	}))(t)
	service := one(t, "endpoint services", found.ServiceConfigurations)
	want(t, "the name of the service", aws.ToString(service.ServiceName), deployedExample(t).serviceName)
	want(t, "acceptance", aws.ToBool(service.AcceptanceRequired), false)
	want(t, "the private DNS name", aws.ToString(service.PrivateDnsName), "")
	want(t, "its load balancer", one(t, "its load balancers", service.NetworkLoadBalancerArns), aws.ToString(p.nlb.LoadBalancerArn))

	t.Run("allows the account of Checkout and no other", func(t *testing.T) {
		allowed := must(p.ec2.DescribeVpcEndpointServicePermissions(t.Context(), &ec2.DescribeVpcEndpointServicePermissionsInput{
			ServiceId: service.ServiceId,
		}))(t)
		principal := one(t, "principals", allowed.AllowedPrincipals)
		want(t, "the principal", aws.ToString(principal.Principal), "arn:aws:iam::"+scenario.Checkout+":root")
	})
	t.Run("has one connection, from Checkout", func(t *testing.T) {
		all := must(p.ec2.DescribeVpcEndpointConnections(t.Context(), &ec2.DescribeVpcEndpointConnectionsInput{
			Filters: []ec2types.Filter{{Name: aws.String("service-id"), Values: []string{aws.ToString(service.ServiceId)}}},
		}))(t)
		connection := one(t, "connections", all.VpcEndpointConnections)
		want(t, "its owner", aws.ToString(connection.VpcEndpointOwner), scenario.Checkout)
		want(t, "its endpoint", aws.ToString(connection.VpcEndpointId), deployedExample(t).endpointID)
		want(t, "its state", string(connection.VpcEndpointState), "available")
	})
}

func TestPricingNetworkLoadBalancer(t *testing.T) {
	p := pricing(t)
	want(t, "its scheme", p.nlb.Scheme, elbtypes.LoadBalancerSchemeEnumInternal)
	want(t, "enforcement of inbound rules on PrivateLink traffic", aws.ToString(p.nlb.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic), "off")
	want(t, "the number of its zones", len(p.nlb.AvailabilityZones), 2)
	p.wantRules("NLB", p.nlbGroup, out(443, p.albGroup))

	listener := p.deployedStack.listener(p.nlb)
	want(t, "its protocol", listener.Protocol, elbtypes.ProtocolEnumTcp)
	want(t, "its port", aws.ToInt32(listener.Port), 443)
	want(t, "the number of its certificates", len(listener.Certificates), 0)

	group := p.targetGroup(aws.ToString(one(t, "actions", listener.DefaultActions).TargetGroupArn))
	want(t, "the type of its targets", group.TargetType, elbtypes.TargetTypeEnumAlb)
	want(t, "the protocol of its targets", group.Protocol, elbtypes.ProtocolEnumTcp)
	want(t, "the port of its targets", aws.ToInt32(group.Port), 443)
	want(t, "the protocol of the health check", group.HealthCheckProtocol, elbtypes.ProtocolEnumHttps)
	target := one(t, "targets", p.targets(aws.ToString(group.TargetGroupArn))).Target
	want(t, "its target", aws.ToString(target.Id), aws.ToString(p.alb.LoadBalancerArn))
	want(t, "the port of its target", aws.ToInt32(target.Port), aws.ToInt32(p.listener.Port))

	t.Run("is in the same subnets as the ALB", func(t *testing.T) {
		if nlb, alb := subnets(p.nlb), subnets(p.alb); !slices.Equal(nlb, alb) {
			t.Errorf("the NLB is in %v, the ALB is in %v", nlb, alb)
		}
	})
}

func subnets(balancer elbtypes.LoadBalancer) []string {
	ids := []string{}
	for _, zone := range balancer.AvailabilityZones {
		ids = append(ids, aws.ToString(zone.SubnetId))
	}
	slices.Sort(ids)
	return ids
}

func TestPricingApplicationLoadBalancer(t *testing.T) {
	p := pricing(t)
	want(t, "its scheme", p.alb.Scheme, elbtypes.LoadBalancerSchemeEnumInternal)
	attributes := p.attributes(p.alb)
	want(t, "whether invalid headers are dropped", attributes["routing.http.drop_invalid_header_fields.enabled"], "true")
	want(t, "desync mitigation", attributes["routing.http.desync_mitigation_mode"], "defensive")
	p.wantRules("ALB", p.albGroup, in(443, p.nlbGroup), out(8080, p.tasks("V1")), out(8080, p.tasks("V2")))

	want(t, "its protocol", p.listener.Protocol, elbtypes.ProtocolEnumHttps)
	want(t, "its port", aws.ToInt32(p.listener.Port), 443)
	want(t, "its TLS policy", aws.ToString(p.listener.SslPolicy), "ELBSecurityPolicy-TLS13-1-2-2021-06")
	want(t, "its certificate", aws.ToString(one(t, "certificates", p.listener.Certificates).CertificateArn), local.CertificateArn)
	answer := one(t, "default actions", p.listener.DefaultActions).FixedResponseConfig
	if answer == nil || aws.ToString(answer.StatusCode) != "404" {
		t.Errorf("a request without a route gets %v, want a 404", answer)
	}
}

// tasks returns the security group of a version's tasks.
func (p provider) tasks(version string) string {
	p.t.Helper()
	client := ecs.NewFromConfig(deployedExample(p.t).pricing)
	found := must(client.DescribeServices(p.t.Context(), &ecs.DescribeServicesInput{
		Cluster:  aws.String(one(p.t, "clusters", p.physical("AWS::ECS::Cluster"))),
		Services: p.physical("AWS::ECS::Service"),
	}))(p.t)
	for _, service := range found.Services {
		if strings.HasPrefix(aws.ToString(service.ServiceName), "Pricing-"+version) {
			want(p.t, "the tasks of "+version, service.DesiredCount, 2)
			return one(p.t, "security groups of tasks", service.NetworkConfiguration.AwsvpcConfiguration.SecurityGroups)
		}
	}
	p.t.Fatalf("%s has no ECS service", version)
	return ""
}

func TestPricingRoutes(t *testing.T) {
	p := pricing(t)
	found := must(p.elb.DescribeRules(t.Context(), &elb.DescribeRulesInput{ListenerArn: p.listener.ListenerArn}))(t)
	byPath := map[string]elbtypes.Rule{}
	for _, rule := range found.Rules {
		if !aws.ToBool(rule.IsDefault) {
			condition := one(t, "conditions", rule.Conditions)
			byPath[one(t, "paths", condition.PathPatternConfig.Values)] = rule
		}
	}
	want(t, "the number of rules", len(byPath), 3)
	health := one(t, "actions", byPath["/privateapi-health"].Actions)
	want(t, "the answer to the health check of the NLB", aws.ToString(health.FixedResponseConfig.StatusCode), "200")
	for path, version := range map[string]string{"/v1/*": "V1", "/v2/*": "V2"} {
		t.Run(path+" is forwarded to the tasks of "+version, func(t *testing.T) {
			group := p.targetGroup(aws.ToString(one(t, "actions", byPath[path].Actions).TargetGroupArn))
			want(t, "the type of its targets", group.TargetType, elbtypes.TargetTypeEnumIp)
			want(t, "the protocol of its targets", group.Protocol, elbtypes.ProtocolEnumHttp)
			want(t, "the health check", aws.ToString(group.HealthCheckPath), "/health")
			want(t, "the number of its targets", len(p.targets(aws.ToString(group.TargetGroupArn))), 2)
			for _, target := range p.targets(aws.ToString(group.TargetGroupArn)) {
				want(t, "the port of a target", aws.ToInt32(target.Target.Port), 8080)
				want(t, "the group of a target", p.groupOf(aws.ToString(target.Target.Id)), p.tasks(version))
			}
			if !p.rules(p.tasks(version))[in(8080, p.albGroup)] {
				t.Errorf("the tasks of %s do not accept traffic from the ALB", version)
			}
		})
	}
}

// groupOf returns the security group of the network interface with an address. It looks in the VPC of the load balancers,
// because other VPCs of the account use the same addresses.
func (p provider) groupOf(address string) string {
	p.t.Helper()
	found := must(p.ec2.DescribeNetworkInterfaces(p.t.Context(), &ec2.DescribeNetworkInterfacesInput{
		Filters: []ec2types.Filter{{Name: aws.String("vpc-id"), Values: []string{aws.ToString(p.alb.VpcId)}}},
	}))(p.t)
	for _, i := range found.NetworkInterfaces {
		if aws.ToString(i.PrivateIpAddress) == address {
			return aws.ToString(one(p.t, "groups of "+address, i.Groups).GroupId)
		}
	}
	p.t.Fatalf("no network interface has the address %s", address)
	return ""
}
