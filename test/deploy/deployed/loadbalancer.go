package deployed

import (
	"slices"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/aws"
	acm "github.com/aws/aws-sdk-go-v2/service/acm/types"
	ec2 "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
)

// loadBalancers writes the load balancers of a state with their listeners and certificates, except those that are not
// active: no proof must rest on them.
func (w *writer) loadBalancers(t *template, s *State) {
	for _, b := range s.LoadBalancers {
		name := aws.ToString(b.LoadBalancerArn)
		if b.State != nil && b.State.Code != elb.LoadBalancerStateEnumActive && b.State.Code != elb.LoadBalancerStateEnumActiveImpaired {
			w.addUnread("load balancer %s is %s", idOf(name), b.State.Code)
			continue
		}
		var subnets []any
		for _, zone := range b.AvailabilityZones {
			subnets = append(subnets, aws.ToString(zone.SubnetId))
		}
		w.add(t, idOf(name), "AWS::ElasticLoadBalancingV2::LoadBalancer", object{
			"Type": string(b.Type), "Scheme": string(b.Scheme), "IpAddressType": string(b.IpAddressType), "Subnets": subnets,
			"SecurityGroups": values(b.SecurityGroups...), "LoadBalancerAttributes": fromSDKList(b.Attributes),
			"EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic": aws.ToString(b.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic),
		}, name)
		if host := aws.ToString(b.DNSName); host != "" {
			w.balancers[dnsName(host)] = balancerName{location{t, idOf(name), "DNSName"}, aws.ToString(b.CanonicalHostedZoneId)}
		}
		for _, listener := range b.Listeners {
			w.listener(t, name, listener)
		}
	}
	for _, certificate := range s.Certificates {
		name := aws.ToString(certificate.CertificateArn)
		properties := object{
			"DomainName": aws.ToString(certificate.DomainName), "SubjectAlternativeNames": values(certificate.SubjectAlternativeNames...),
		}
		if certificate.Status != acm.CertificateStatusIssued {
			w.addUnread("certificate %s is %s", idOf(name), certificate.Status)
			properties = object{"DomainName": t.unknown("the domain names of " + idOf(name))}
		}
		w.add(t, idOf(name), "AWS::CertificateManager::Certificate", properties, name)
	}
}

// tlsPolicyOf returns the TLS policy of a listener. Moto has one for every listener, AWS only for those that speak TLS.
func tlsPolicyOf(l Listener) string {
	if l.Protocol != elb.ProtocolEnumHttps && l.Protocol != elb.ProtocolEnumTls {
		return ""
	}
	return aws.ToString(l.SslPolicy)
}

func (w *writer) listener(t *template, balancer string, l Listener) {
	name := aws.ToString(l.ListenerArn)
	w.add(t, idOf(name), "AWS::ElasticLoadBalancingV2::Listener", object{
		"LoadBalancerArn": balancer, "Port": int(aws.ToInt32(l.Port)), "Protocol": string(l.Protocol), "SslPolicy": tlsPolicyOf(l),
		"AlpnPolicy":   values(l.AlpnPolicy...),
		"Certificates": certificatesOf(l.Listener.Certificates), "DefaultActions": fromSDKList(l.DefaultActions),
		"MutualAuthentication": fromSDK(l.MutualAuthentication), "ListenerAttributes": fromSDKList(l.Attributes),
	}, name)
	var more []elb.Certificate
	for _, c := range l.Certificates {
		if !aws.ToBool(c.IsDefault) {
			more = append(more, c)
		}
	}
	if len(more) > 0 {
		w.add(t, idOf(name)+" certificates", "AWS::ElasticLoadBalancingV2::ListenerCertificate", object{
			"ListenerArn": name, "Certificates": certificatesOf(more),
		})
	}
	for _, rule := range l.Rules {
		if aws.ToBool(rule.IsDefault) {
			continue // its actions are the listener's default actions
		}
		priority, err := strconv.Atoi(aws.ToString(rule.Priority))
		if err != nil {
			w.addUnread("the priority of rule %s: %v", idOf(aws.ToString(rule.RuleArn)), err)
			continue
		}
		w.add(t, idOf(aws.ToString(rule.RuleArn)), "AWS::ElasticLoadBalancingV2::ListenerRule", object{
			"ListenerArn": name, "Priority": priority, "Conditions": fromSDKList(rule.Conditions), "Actions": fromSDKList(rule.Actions),
		}, aws.ToString(rule.RuleArn))
	}
}

func certificatesOf(list []elb.Certificate) []any {
	var arns []any
	for _, c := range list {
		arns = append(arns, object{"CertificateArn": aws.ToString(c.CertificateArn)})
	}
	return arns
}

// targetGroups writes the target groups of a state, without targets: those are written by registered.
func (w *writer) targetGroups(t *template, s *State) {
	for _, g := range s.TargetGroups {
		name := aws.ToString(g.TargetGroupArn)
		properties := object{
			"TargetType": string(g.TargetType), "Protocol": string(g.Protocol), "ProtocolVersion": aws.ToString(g.ProtocolVersion),
			"VpcId": aws.ToString(g.VpcId), "IpAddressType": string(g.IpAddressType), "HealthCheckEnabled": fromSDK(g.HealthCheckEnabled),
			"HealthCheckProtocol": string(g.HealthCheckProtocol), "HealthCheckPort": aws.ToString(g.HealthCheckPort),
			"HealthCheckPath": aws.ToString(g.HealthCheckPath), "Matcher": fromSDK(g.Matcher), "Port": fromSDK(g.Port),
		}
		if g.TargetType != elb.TargetTypeEnumAlb { // Elastic Load Balancing does not accept them for an alb target group, although it returns them
			properties["TargetGroupAttributes"] = fromSDKList(g.Attributes)
		}
		w.add(t, idOf(name), "AWS::ElasticLoadBalancingV2::TargetGroup", properties, name)
	}
}

// registered adds the targets of target groups, except the tasks of ECS services: a service names its target groups itself.
func (w *writer) registered(t *template, s *State) {
	for _, g := range s.TargetGroups {
		var targets []any
		for _, target := range g.Targets {
			if target.Target == nil || isDeregistered(target.TargetHealth) {
				continue
			}
			if h := target.TargetHealth; h != nil && h.State != elb.TargetHealthStateEnumHealthy && h.Reason != elb.TargetHealthReasonEnumHealthCheckDisabled {
				w.addUnread("target %s of %s is %s: %s", idOf(aws.ToString(target.Target.Id)), idOf(aws.ToString(g.TargetGroupArn)), h.State, h.Reason)
			}
			if isTask(s, g, aws.ToString(target.Target.Id)) {
				continue
			}
			one := object{"Id": w.target(t, s, aws.ToString(g.VpcId), aws.ToString(target.Target.Id))}
			if target.Target.Port != nil {
				one["Port"] = int(*target.Target.Port)
			}
			targets = append(targets, one)
		}
		resource, _ := t.Resources[idOf(aws.ToString(g.TargetGroupArn))].(object)
		if properties, ok := resource["Properties"].(object); ok && len(targets) > 0 {
			properties["Targets"] = targets
			resource["DependsOn"] = listenersOf(s, g)
		}
	}
}

// isDeregistered reports whether a target receives no new requests.
func isDeregistered(h *elb.TargetHealth) bool {
	return h != nil && (h.State == elb.TargetHealthStateEnumDraining || h.Reason == elb.TargetHealthReasonEnumNotRegistered)
}

// listenersOf returns the listeners of the ALBs in a target group: they must have existed before the ALB was registered.
func listenersOf(s *State, g TargetGroup) []string {
	list := []string{}
	for _, b := range s.LoadBalancers {
		if b.Type != elb.LoadBalancerTypeEnumApplication || !slices.ContainsFunc(g.Targets, func(target elb.TargetHealthDescription) bool {
			return target.Target != nil && aws.ToString(target.Target.Id) == aws.ToString(b.LoadBalancerArn)
		}) {
			continue
		}
		for _, l := range b.Listeners {
			list = append(list, idOf(aws.ToString(l.ListenerArn)))
		}
	}
	return list
}

// isTask reports whether a target is a task of an ECS service that registers its tasks in the target group.
func isTask(s *State, g TargetGroup, id string) bool {
	return slices.ContainsFunc(s.EcsServices, func(service EcsService) bool {
		return slices.Contains(service.Addresses, id) && slices.ContainsFunc(service.LoadBalancers, func(b loadBalancerOfService) bool {
			return aws.ToString(b.TargetGroupArn) == aws.ToString(g.TargetGroupArn)
		})
	})
}

// target returns a target: for an address, its network interface. An interface that an AWS service manages can belong to
// anything, such as an ALB, so its address stays a literal, about which nothing is known.
func (w *writer) target(t *template, s *State, vpc, id string) any {
	for _, n := range s.NetworkInterfaces {
		if aws.ToString(n.VpcId) != vpc || !hasAddress(n, id) || aws.ToBool(n.RequesterManaged) {
			continue
		}
		var groups []any
		for _, group := range n.Groups {
			groups = append(groups, aws.ToString(group.GroupId))
		}
		name := aws.ToString(n.NetworkInterfaceId)
		w.add(t, name, "AWS::EC2::NetworkInterface", object{"GroupSet": groups, "SubnetId": aws.ToString(n.SubnetId)}, name)
		return object{"Fn::GetAtt": []any{name, "PrimaryPrivateIpAddress"}}
	}
	return id
}

func hasAddress(n ec2.NetworkInterface, address string) bool {
	return aws.ToString(n.PrivateIpAddress) == address ||
		slices.ContainsFunc(n.PrivateIpAddresses, func(a ec2.NetworkInterfacePrivateIpAddress) bool { return aws.ToString(a.PrivateIpAddress) == address })
}
