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

// offer is what Pricing has deployed, by the hops of a request.
type offer struct {
	party
	nlb, alb           elbtypes.LoadBalancer
	nlbGroup, albGroup string
	listener           elbtypes.Listener // of the ALB
}

func pricing(t *testing.T) offer {
	t.Helper()
	o := offer{party: partyOf(t, deployed(t).pricing, "Pricing")}
	o.nlb, o.alb = o.balancer(elbtypes.LoadBalancerTypeEnumNetwork), o.balancer(elbtypes.LoadBalancerTypeEnumApplication)
	o.nlbGroup = one(t, "security groups of the NLB", o.nlb.SecurityGroups)
	o.albGroup = one(t, "security groups of the ALB", o.alb.SecurityGroups)
	o.listener = o.party.listener(o.alb)
	return o
}

func TestPricingService(t *testing.T) {
	o := pricing(t)
	found := must(o.ec2.DescribeVpcEndpointServiceConfigurations(t.Context(), &ec2.DescribeVpcEndpointServiceConfigurationsInput{
		ServiceIds: o.physical("AWS::EC2::VPCEndpointService"),
	}))(t)
	service := one(t, "endpoint services", found.ServiceConfigurations)
	want(t, "the name of the service", aws.ToString(service.ServiceName), deployed(t).serviceName)
	want(t, "acceptance", aws.ToBool(service.AcceptanceRequired), false)
	want(t, "the private DNS name", aws.ToString(service.PrivateDnsName), "")
	want(t, "its load balancer", one(t, "its load balancers", service.NetworkLoadBalancerArns), aws.ToString(o.nlb.LoadBalancerArn))

	t.Run("lists the account of Checkout and no other", func(t *testing.T) {
		allowed := must(o.ec2.DescribeVpcEndpointServicePermissions(t.Context(), &ec2.DescribeVpcEndpointServicePermissionsInput{
			ServiceId: service.ServiceId,
		}))(t)
		principal := one(t, "principals", allowed.AllowedPrincipals)
		want(t, "the principal", aws.ToString(principal.Principal), "arn:aws:iam::"+scenario.Checkout+":root")
	})
	t.Run("has one connection, that of Checkout", func(t *testing.T) {
		all := must(o.ec2.DescribeVpcEndpointConnections(t.Context(), &ec2.DescribeVpcEndpointConnectionsInput{
			Filters: []ec2types.Filter{{Name: aws.String("service-id"), Values: []string{aws.ToString(service.ServiceId)}}},
		}))(t)
		connection := one(t, "connections", all.VpcEndpointConnections)
		want(t, "its owner", aws.ToString(connection.VpcEndpointOwner), scenario.Checkout)
		want(t, "its endpoint", aws.ToString(connection.VpcEndpointId), deployed(t).endpointID)
		want(t, "its state", string(connection.VpcEndpointState), "available")
	})
}

func TestPricingNetworkLoadBalancer(t *testing.T) {
	o := pricing(t)
	want(t, "its scheme", o.nlb.Scheme, elbtypes.LoadBalancerSchemeEnumInternal)
	want(t, "enforcement on PrivateLink", aws.ToString(o.nlb.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic), "off")
	want(t, "its zones", len(o.nlb.AvailabilityZones), 2)
	o.wantRules("NLB", o.nlbGroup, out(443, o.albGroup))

	listener := o.party.listener(o.nlb)
	want(t, "its protocol", listener.Protocol, elbtypes.ProtocolEnumTcp)
	want(t, "its port", aws.ToInt32(listener.Port), 443)
	want(t, "its certificates", len(listener.Certificates), 0)

	group := o.targetGroup(aws.ToString(one(t, "actions", listener.DefaultActions).TargetGroupArn))
	want(t, "the type of its targets", group.TargetType, elbtypes.TargetTypeEnumAlb)
	want(t, "the protocol of its targets", group.Protocol, elbtypes.ProtocolEnumTcp)
	want(t, "the port of its targets", aws.ToInt32(group.Port), 443)
	want(t, "the protocol of the health check", group.HealthCheckProtocol, elbtypes.ProtocolEnumHttps)
	target := one(t, "targets", o.targets(aws.ToString(group.TargetGroupArn))).Target
	want(t, "its target", aws.ToString(target.Id), aws.ToString(o.alb.LoadBalancerArn))
	want(t, "the port of its target", aws.ToInt32(target.Port), aws.ToInt32(o.listener.Port))

	t.Run("is in the subnets of the ALB", func(t *testing.T) {
		if nlb, alb := subnets(o.nlb), subnets(o.alb); !slices.Equal(nlb, alb) {
			t.Errorf("the NLB is in %v, the ALB in %v", nlb, alb)
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
	o := pricing(t)
	want(t, "its scheme", o.alb.Scheme, elbtypes.LoadBalancerSchemeEnumInternal)
	attributes := o.attributes(o.alb)
	want(t, "drop of invalid headers", attributes["routing.http.drop_invalid_header_fields.enabled"], "true")
	want(t, "desync mitigation", attributes["routing.http.desync_mitigation_mode"], "defensive")
	o.wantRules("ALB", o.albGroup, in(443, o.nlbGroup), out(8080, o.tasks("V1")), out(8080, o.tasks("V2")))

	want(t, "its protocol", o.listener.Protocol, elbtypes.ProtocolEnumHttps)
	want(t, "its port", aws.ToInt32(o.listener.Port), 443)
	want(t, "its TLS policy", aws.ToString(o.listener.SslPolicy), "ELBSecurityPolicy-TLS13-1-2-2021-06")
	want(t, "its certificate", aws.ToString(one(t, "certificates", o.listener.Certificates).CertificateArn), local.CertificateArn)
	answer := one(t, "default actions", o.listener.DefaultActions).FixedResponseConfig
	if answer == nil || aws.ToString(answer.StatusCode) != "404" {
		t.Errorf("what no route takes gets %v, want a 404", answer)
	}
}

// tasks returns the security group of the tasks of a version.
func (o offer) tasks(version string) string {
	o.t.Helper()
	client := ecs.NewFromConfig(deployed(o.t).pricing)
	found := must(client.DescribeServices(o.t.Context(), &ecs.DescribeServicesInput{
		Cluster:  aws.String(one(o.t, "clusters", o.physical("AWS::ECS::Cluster"))),
		Services: o.physical("AWS::ECS::Service"),
	}))(o.t)
	for _, service := range found.Services {
		if strings.HasPrefix(aws.ToString(service.ServiceName), "Pricing-"+version) {
			want(o.t, "the tasks of "+version, service.DesiredCount, 2)
			return one(o.t, "security groups of tasks", service.NetworkConfiguration.AwsvpcConfiguration.SecurityGroups)
		}
	}
	o.t.Fatalf("there is no service of %s", version)
	return ""
}

func TestPricingRoutes(t *testing.T) {
	o := pricing(t)
	found := must(o.elb.DescribeRules(t.Context(), &elb.DescribeRulesInput{ListenerArn: o.listener.ListenerArn}))(t)
	byPath := map[string]elbtypes.Rule{}
	for _, rule := range found.Rules {
		if !aws.ToBool(rule.IsDefault) {
			condition := one(t, "conditions", rule.Conditions)
			byPath[one(t, "paths", condition.PathPatternConfig.Values)] = rule
		}
	}
	want(t, "the number of rules", len(byPath), 3)
	health := one(t, "actions", byPath["/privateapi-health"].Actions)
	want(t, "what the health check of the NLB gets", aws.ToString(health.FixedResponseConfig.StatusCode), "200")
	for path, version := range map[string]string{"/v1/*": "V1", "/v2/*": "V2"} {
		t.Run(path+" leads to the tasks of "+version, func(t *testing.T) {
			group := o.targetGroup(aws.ToString(one(t, "actions", byPath[path].Actions).TargetGroupArn))
			want(t, "the type of its targets", group.TargetType, elbtypes.TargetTypeEnumIp)
			want(t, "the protocol of its targets", group.Protocol, elbtypes.ProtocolEnumHttp)
			want(t, "the health check", aws.ToString(group.HealthCheckPath), "/health")
			want(t, "the number of its targets", len(o.targets(aws.ToString(group.TargetGroupArn))), 2)
			for _, target := range o.targets(aws.ToString(group.TargetGroupArn)) {
				want(t, "the port of a target", aws.ToInt32(target.Target.Port), 8080)
				want(t, "the group of a target", o.groupOf(aws.ToString(target.Target.Id)), o.tasks(version))
			}
			if !o.rules(o.tasks(version))[in(8080, o.albGroup)] {
				t.Errorf("the tasks of %s do not let the ALB in", version)
			}
		})
	}
}

// groupOf returns the security group of the network interface that has an address in the VPC of the load balancers: other
// VPCs of the account have the same addresses.
func (o offer) groupOf(address string) string {
	o.t.Helper()
	found := must(o.ec2.DescribeNetworkInterfaces(o.t.Context(), &ec2.DescribeNetworkInterfacesInput{
		Filters: []ec2types.Filter{{Name: aws.String("vpc-id"), Values: []string{aws.ToString(o.alb.VpcId)}}},
	}))(o.t)
	for _, i := range found.NetworkInterfaces {
		if aws.ToString(i.PrivateIpAddress) == address {
			return aws.ToString(one(o.t, "groups of "+address, i.Groups).GroupId)
		}
	}
	o.t.Fatalf("nothing has the address %s", address)
	return ""
}
