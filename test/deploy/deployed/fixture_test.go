package deployed_test

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	acm "github.com/aws/aws-sdk-go-v2/service/acm/types"
	ec2 "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	ecs "github.com/aws/aws-sdk-go-v2/service/ecs/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
	route53 "github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/deployed"
)

const (
	providerAccount = "222222222222"
	consumerAccount = "111111111111"
	region          = "eu-west-1"
	domain          = "api.pricing.internal.company.com"
	serviceID       = "vpce-svc-0b000000"
	serviceName     = "com.amazonaws.vpce.eu-west-1.vpce-svc-0b000000"
	endpointName    = "vpce-0a-x1.vpce-svc-0b000000.eu-west-1.vpce.amazonaws.com"
	endpointZone    = "Z38GZ743OKFT7T"
	elbArn          = "arn:aws:elasticloadbalancing:eu-west-1:222222222222:"
	nlb             = elbArn + "loadbalancer/net/nlb/1"
	alb             = elbArn + "loadbalancer/app/alb/1"
	albTargets      = elbArn + "targetgroup/alb/1"
	taskTargets     = elbArn + "targetgroup/tasks/1"
	certificate     = "arn:aws:acm:eu-west-1:222222222222:certificate/1"
	taskDefinition  = "arn:aws:ecs:eu-west-1:222222222222:task-definition/pricing:1"
)

var s = aws.String

// deployment is an API and its client: the states of their accounts.
type deployment struct{ provider, consumer *deployed.State }

func newDeployment() deployment {
	return deployment{newProvider(), newConsumer()}
}

// newNetwork returns a VPC with two subnets. Zones have different names in each account.
func newNetwork(account, suffix, block string, zoneNames ...string) *deployed.State {
	vpc := "vpc-" + suffix
	state := &deployed.State{Account: account, Region: region}
	state.Vpcs = []deployed.Vpc{{
		Vpc:              ec2.Vpc{VpcId: &vpc, CidrBlock: s("10." + block + ".0.0/16"), DhcpOptionsId: s("dopt-" + suffix)},
		EnableDnsSupport: true, EnableDnsHostnames: true, DomainNameServers: []string{"AmazonProvidedDNS"},
	}}
	acl := ec2.NetworkAcl{NetworkAclId: s("acl-" + suffix), VpcId: &vpc, IsDefault: aws.Bool(true)}
	for _, egress := range []bool{false, true} {
		acl.Entries = append(acl.Entries,
			ec2.NetworkAclEntry{RuleNumber: aws.Int32(100), Egress: &egress, Protocol: s("-1"), RuleAction: ec2.RuleActionAllow, CidrBlock: s("0.0.0.0/0")},
			ec2.NetworkAclEntry{RuleNumber: aws.Int32(32767), Egress: &egress, Protocol: s("-1"), RuleAction: ec2.RuleActionDeny, CidrBlock: s("0.0.0.0/0")})
	}
	for i, zone := range zoneNames {
		id := "subnet-" + suffix + string(rune('1'+i))
		state.Subnets = append(state.Subnets, ec2.Subnet{
			SubnetId: &id, VpcId: &vpc, CidrBlock: s("10." + block + "." + string(rune('0'+i)) + ".0/24"),
			AvailabilityZone: s(zone), AvailabilityZoneId: s("euw1-az" + string(rune('1'+i))),
		})
		acl.Associations = append(acl.Associations, ec2.NetworkAclAssociation{SubnetId: &id, NetworkAclId: acl.NetworkAclId})
	}
	state.NetworkAcls = []ec2.NetworkAcl{acl}
	state.RouteTables = []ec2.RouteTable{{
		RouteTableId: s("rtb-" + suffix), VpcId: &vpc, Associations: []ec2.RouteTableAssociation{{Main: aws.Bool(true)}},
		Routes: []ec2.Route{{DestinationCidrBlock: s("10." + block + ".0.0/16"), GatewayId: s("local"), State: ec2.RouteStateActive}},
	}}
	state.SecurityGroups = []ec2.SecurityGroup{newGroup("sg-default-"+suffix, vpc, to("sg-default-"+suffix, -1), ec2.IpPermission{
		IpProtocol: s("-1"), IpRanges: []ec2.IpRange{{CidrIp: s("0.0.0.0/0")}},
	})}
	return state
}

// newGroup returns a security group with a rule in each direction, except for the zero permission.
func newGroup(id, vpc string, in, out ec2.IpPermission) ec2.SecurityGroup {
	group := ec2.SecurityGroup{GroupId: &id, VpcId: &vpc}
	if in.IpProtocol != nil {
		group.IpPermissions = []ec2.IpPermission{in}
	}
	if out.IpProtocol != nil {
		group.IpPermissionsEgress = []ec2.IpPermission{out}
	}
	return group
}

var none ec2.IpPermission

// to returns the permission for a group on a port, or on all ports.
func to(group string, port int32) ec2.IpPermission {
	p := ec2.IpPermission{IpProtocol: s("tcp"), FromPort: &port, ToPort: &port, UserIdGroupPairs: []ec2.UserIdGroupPair{{GroupId: &group}}}
	if port < 0 {
		p.IpProtocol, p.FromPort, p.ToPort = s("-1"), nil, nil
	}
	return p
}

func newConsumer() *deployed.State {
	c := newNetwork(consumerAccount, "a", "1", "eu-west-1b", "eu-west-1a")
	c.SecurityGroups = append(c.SecurityGroups,
		newGroup("sg-client", "vpc-a", none, to("sg-endpoint", 443)), newGroup("sg-endpoint", "vpc-a", to("sg-client", 443), none))
	c.Endpoints = []ec2.VpcEndpoint{{
		VpcEndpointId: s("vpce-0a"), VpcId: s("vpc-a"), ServiceName: s(serviceName), VpcEndpointType: ec2.VpcEndpointTypeInterface,
		State: "available", SubnetIds: []string{"subnet-a1", "subnet-a2"}, Groups: []ec2.SecurityGroupIdentifier{{GroupId: s("sg-endpoint")}},
		PrivateDnsEnabled: aws.Bool(false), IpAddressType: ec2.IpAddressTypeIpv4,
		PolicyDocument: s(`{"Statement": [{"Action": "*", "Effect": "Allow", "Principal": "*", "Resource": "*"}]}`),
		DnsEntries: []ec2.DnsEntry{
			{DnsName: s(endpointName), HostedZoneId: s(endpointZone)}, {DnsName: s("vpce-0a-x1-eu-west-1a.vpce.amazonaws.com"), HostedZoneId: s(endpointZone)},
		},
	}}
	c.Zones = []deployed.Zone{{
		HostedZone: route53.HostedZone{Id: s("/hostedzone/ZA"), Name: s(domain + "."), Config: &route53.HostedZoneConfig{PrivateZone: true}},
		VPCs:       []route53.VPC{{VPCId: s("vpc-a"), VPCRegion: region}},
		Records: []route53.ResourceRecordSet{
			{Name: s(domain + "."), Type: route53.RRTypeSoa, ResourceRecords: []route53.ResourceRecord{{Value: s("ns.example. 1 7200 900 1209600 86400")}}},
			{Name: s(domain + "."), Type: route53.RRTypeA, AliasTarget: &route53.AliasTarget{DNSName: s(endpointName + "."), HostedZoneId: s(endpointZone)}},
		},
	}}
	c.EcsServices = []deployed.EcsService{newService(consumerAccount, "checkout", "sg-client", "subnet-a1", "subnet-a2")}
	return c
}

func newService(account, name, group string, subnets ...string) deployed.EcsService {
	return deployed.EcsService{Service: ecs.Service{
		ServiceArn: s("arn:aws:ecs:eu-west-1:" + account + ":service/apps/" + name), ServiceName: &name, Status: s("ACTIVE"), DesiredCount: 2,
		NetworkConfiguration: &ecs.NetworkConfiguration{AwsvpcConfiguration: &ecs.AwsVpcConfiguration{Subnets: subnets, SecurityGroups: []string{group}}},
	}}
}

func newProvider() *deployed.State {
	p := newNetwork(providerAccount, "b", "2", "eu-west-1a", "eu-west-1b")
	p.SecurityGroups = append(p.SecurityGroups,
		newGroup("sg-nlb", "vpc-b", none, to("sg-alb", 443)), newGroup("sg-alb", "vpc-b", to("sg-nlb", 443), to("sg-task", 8080)),
		newGroup("sg-task", "vpc-b", to("sg-alb", 8080), none))
	p.LoadBalancers = []deployed.LoadBalancer{
		newBalancer(nlb, elb.LoadBalancerTypeEnumNetwork, "sg-nlb", deployed.Listener{Listener: elb.Listener{
			ListenerArn: s(elbArn + "listener/net/nlb/1/1"), Port: aws.Int32(443), Protocol: elb.ProtocolEnumTcp, DefaultActions: forward(albTargets),
		}}),
		newBalancer(alb, elb.LoadBalancerTypeEnumApplication, "sg-alb", newAlbListener()),
	}
	p.LoadBalancers[0].EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic = s("off")
	p.TargetGroups = []deployed.TargetGroup{
		newTargets(albTargets, elb.TargetTypeEnumAlb, elb.ProtocolEnumTcp, 443, alb),
		newTargets(taskTargets, elb.TargetTypeEnumIp, elb.ProtocolEnumHttp, 8080, "10.2.0.7"),
	}
	p.Certificates = []acm.CertificateDetail{{CertificateArn: s(certificate), DomainName: s(domain), Status: acm.CertificateStatusIssued}}
	service := newService(providerAccount, "pricing", "sg-task", "subnet-b1", "subnet-b2")
	service.TaskDefinition, service.Addresses = s(taskDefinition), []string{"10.2.0.7"}
	service.LoadBalancers = []ecs.LoadBalancer{{ContainerName: s("app"), ContainerPort: aws.Int32(8080), TargetGroupArn: s(taskTargets)}}
	p.EcsServices = []deployed.EcsService{service}
	p.TaskDefinitions = []ecs.TaskDefinition{{
		TaskDefinitionArn: s(taskDefinition), NetworkMode: ecs.NetworkModeAwsvpc, ContainerDefinitions: []ecs.ContainerDefinition{
			{Name: s("app"), PortMappings: []ecs.PortMapping{{ContainerPort: aws.Int32(8080), Protocol: ecs.TransportProtocolTcp}}},
		},
	}}
	p.Services = []deployed.Service{{
		ServiceConfiguration: ec2.ServiceConfiguration{
			ServiceId: s(serviceID), ServiceName: s(serviceName), ServiceState: ec2.ServiceStateAvailable, AcceptanceRequired: aws.Bool(false),
			NetworkLoadBalancerArns: []string{nlb}, SupportedIpAddressTypes: []ec2.ServiceConnectivityType{"ipv4"},
		},
		AllowedPrincipals: []ec2.AllowedPrincipal{{Principal: s("arn:aws:iam::" + consumerAccount + ":root")}},
	}}
	p.Connections = []ec2.VpcEndpointConnection{{ServiceId: s(serviceID), VpcEndpointId: s("vpce-0a"), VpcEndpointState: "available"}}
	return p
}

func newBalancer(arn string, kind elb.LoadBalancerTypeEnum, group string, listener deployed.Listener) deployed.LoadBalancer {
	return deployed.LoadBalancer{
		LoadBalancer: elb.LoadBalancer{
			LoadBalancerArn: &arn, Type: kind, Scheme: elb.LoadBalancerSchemeEnumInternal, VpcId: s("vpc-b"), SecurityGroups: []string{group},
			State:             &elb.LoadBalancerState{Code: elb.LoadBalancerStateEnumActive},
			AvailabilityZones: []elb.AvailabilityZone{{SubnetId: s("subnet-b1")}, {SubnetId: s("subnet-b2")}},
		},
		Listeners: []deployed.Listener{listener},
	}
}

func newAlbListener() deployed.Listener {
	own := elb.Certificate{CertificateArn: s(certificate)}
	return deployed.Listener{
		Listener: elb.Listener{
			ListenerArn: s(elbArn + "listener/app/alb/1/1"), Port: aws.Int32(443), Protocol: elb.ProtocolEnumHttps, Certificates: []elb.Certificate{own},
			DefaultActions: answer("404"),
		},
		Certificates: []elb.Certificate{{CertificateArn: s(certificate), IsDefault: aws.Bool(true)}},
		Rules: []elb.Rule{
			{RuleArn: s(elbArn + "listener-rule/app/alb/1/1/1"), Priority: s("1"), Conditions: paths("/health"), Actions: answer("200")},
			{RuleArn: s(elbArn + "listener-rule/app/alb/1/1/2"), Priority: s("10"), Actions: forward(taskTargets), Conditions: append(paths("/v1/*"), elb.RuleCondition{
				Field: s("host-header"), HostHeaderConfig: &elb.HostHeaderConditionConfig{Values: []string{domain}},
			})},
			{RuleArn: s(elbArn + "listener-rule/app/alb/1/1/3"), Priority: s("default"), IsDefault: aws.Bool(true), Actions: answer("404")},
		},
	}
}

func forward(group string) []elb.Action {
	return []elb.Action{{Type: elb.ActionTypeEnumForward, TargetGroupArn: &group, ForwardConfig: &elb.ForwardActionConfig{
		TargetGroups: []elb.TargetGroupTuple{{TargetGroupArn: &group, Weight: aws.Int32(1)}},
	}}}
}

func answer(code string) []elb.Action {
	return []elb.Action{{Type: elb.ActionTypeEnumFixedResponse, FixedResponseConfig: &elb.FixedResponseActionConfig{StatusCode: &code}}}
}

func paths(pattern string) []elb.RuleCondition {
	return []elb.RuleCondition{{Field: s("path-pattern"), PathPatternConfig: &elb.PathPatternConditionConfig{Values: []string{pattern}}}}
}

func newTargets(arn string, kind elb.TargetTypeEnum, protocol elb.ProtocolEnum, port int32, id string) deployed.TargetGroup {
	g := deployed.TargetGroup{TargetGroup: elb.TargetGroup{
		TargetGroupArn: &arn, TargetType: kind, Protocol: protocol, Port: &port, VpcId: s("vpc-b"), HealthCheckEnabled: aws.Bool(true),
		HealthCheckProtocol: elb.ProtocolEnumHttp, HealthCheckPort: s("traffic-port"), HealthCheckPath: s("/health"), Matcher: &elb.Matcher{HttpCode: s("200")},
	}}
	if kind == elb.TargetTypeEnumAlb {
		g.HealthCheckProtocol = elb.ProtocolEnumHttps
	}
	g.Targets = []elb.TargetHealthDescription{{
		Target: &elb.TargetDescription{Id: &id, Port: &port}, TargetHealth: &elb.TargetHealth{State: elb.TargetHealthStateEnumHealthy},
	}}
	return g
}
