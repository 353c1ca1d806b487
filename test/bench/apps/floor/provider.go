package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"

	"github.com/cdk-private-api/cdk-private-api-go/test/bench/scenario"
)

const (
	elbv2      = "AWS::ElasticLoadBalancingV2::"
	healthPath = "/privateapi-health"
)

// providers returns the IDs of the endpoint services: tokens, because consumers are in other stacks.
func providers(in *scenario.Scenario, stack awscdk.Stack, vpc awsec2.IVpc, pairs []scenario.Pair) map[string]*string {
	shared := newNetwork(in, vpc)
	services := map[string]*string{}
	for _, pair := range pairs {
		b := builder{stack, shared, pair.ID}
		if in.Nlb {
			b.straightToTarget(in, pair)
		} else {
			b.throughLoadBalancer(in, pair)
		}
		services[pair.ID] = b.service(in)
	}
	return services
}

func (b builder) throughLoadBalancer(in *scenario.Scenario, pair scenario.Pair) {
	b.loadBalancers(in, pair)
	b.networkListenerOfAlb(b.listener(in))
	if in.Routes {
		b.route(pair)
	}
}

// straightToTarget defines an NLB that forwards TCP to the target.
func (b builder) straightToTarget(in *scenario.Scenario, pair scenario.Pair) {
	b.securityGroup("NlbGroup", object{"CidrIp": pair.Address + "/32", "IpProtocol": "tcp", "FromPort": in.Port, "ToPort": in.Port})
	b.networkLoadBalancer()
	b.add("Targets", elbv2+"TargetGroup", object{
		"TargetType": "ip", "VpcId": b.vpc.id, "Port": in.Port, "Protocol": "TCP", "Targets": list{object{"Id": pair.Address}},
	})
	b.networkListener(in.Port, "Targets")
}

func (b builder) loadBalancers(in *scenario.Scenario, pair scenario.Pair) {
	egress := object{"CidrIp": "255.255.255.255/32", "IpProtocol": "icmp", "FromPort": 252, "ToPort": 86}
	if in.Routes {
		egress = object{"CidrIp": pair.Address + "/32", "IpProtocol": "tcp", "FromPort": 8080, "ToPort": 8080}
	}
	b.securityGroup("NlbGroup")
	b.securityGroup("AlbGroup", egress)
	b.open("NlbGroup", "AlbGroup", 443, "Requests from NLB to ALB")
	b.networkLoadBalancer()
	b.loadBalancer("Alb", "application", object{},
		"routing.http.drop_invalid_header_fields.enabled", "true", "routing.http.desync_mitigation_mode", "defensive")
}

func (b builder) networkLoadBalancer() {
	b.loadBalancer("Nlb", "network", object{"EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic": "off"},
		"load_balancing.cross_zone.enabled", "false")
}

func (b builder) loadBalancer(id, kind string, properties object, attributes ...string) {
	all := list{object{"Key": "deletion_protection.enabled", "Value": "true"}}
	for i := 0; i < len(attributes); i += 2 {
		all = append(all, object{"Key": attributes[i], "Value": attributes[i+1]})
	}
	properties["Type"], properties["Scheme"], properties["IpAddressType"] = kind, "internal", "ipv4"
	properties["Subnets"], properties["SecurityGroups"] = b.vpc.subnets, list{b.group(id + "Group")}
	properties["LoadBalancerAttributes"] = all
	b.add(id, elbv2+"LoadBalancer", properties)
}

func (b builder) listener(in *scenario.Scenario) awscdk.CfnResource {
	listener := b.add("Listener", elbv2+"Listener", object{
		"LoadBalancerArn": b.ref("Alb"), "Port": 443, "Protocol": "HTTPS", "SslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
		"Certificates":   list{object{"CertificateArn": in.CertificateArn}},
		"DefaultActions": list{answer("404", "No route takes this request.")},
	})
	b.rule("Health", 1, healthPath, answer("200", "healthy"))
	return listener
}

func (b builder) rule(id string, priority int, path string, action object) {
	b.add(id+"Rule", elbv2+"ListenerRule", object{
		"ListenerArn": b.ref("Listener"), "Priority": priority, "Actions": list{action},
		"Conditions": list{object{"Field": "path-pattern", "PathPatternConfig": object{"Values": list{path}}}},
	})
}

func (b builder) networkListenerOfAlb(listener awscdk.CfnResource) {
	b.add("AlbTargets", elbv2+"TargetGroup", object{
		"TargetType": "alb", "VpcId": b.vpc.id, "Port": 443, "Protocol": "TCP", "Targets": list{object{"Id": b.ref("Alb"), "Port": 443}},
		"HealthCheckEnabled": true, "HealthCheckProtocol": "HTTPS", "HealthCheckPort": "traffic-port", "HealthCheckPath": healthPath,
		"Matcher": object{"HttpCode": "200"},
	}).AddResourceDependency(listener, nil) // ELB registers an ALB only if it already listens on the port
	b.networkListener(443, "AlbTargets")
}

func (b builder) networkListener(port float64, targets string) {
	b.add("NetworkListener", elbv2+"Listener", object{
		"LoadBalancerArn": b.ref("Nlb"), "Port": port, "Protocol": "TCP", "DefaultActions": list{b.forward(targets)},
	})
}

func (b builder) route(pair scenario.Pair) {
	b.add("Targets", elbv2+"TargetGroup", object{
		"TargetType": "ip", "VpcId": b.vpc.id, "Port": 8080, "Protocol": "HTTP", "Targets": list{object{"Id": pair.Address}},
		"TargetGroupAttributes": list{object{"Key": "stickiness.enabled", "Value": "false"}},
	})
	b.rule("V1", 10, "/v1/*", b.forward("Targets"))
}

func (b builder) service(in *scenario.Scenario) *string {
	service := b.add("Service", "AWS::EC2::VPCEndpointService", object{
		"AcceptanceRequired": false, "NetworkLoadBalancerArns": list{b.ref("Nlb")},
	})
	b.add("Permissions", "AWS::EC2::VPCEndpointServicePermissions", object{
		"ServiceId": b.ref("Service"), "AllowedPrincipals": list{in.Principal},
	})
	return service.Ref()
}

func (b builder) forward(targets string) object {
	return object{"Type": "forward", "TargetGroupArn": b.ref(targets)}
}

func answer(status, body string) object {
	return object{"Type": "fixed-response", "FixedResponseConfig": object{
		"StatusCode": status, "ContentType": "text/plain", "MessageBody": body,
	}}
}
