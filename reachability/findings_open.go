package reachability

import (
	"net/netip"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// openings reviews what is on the way of the APIs: load balancers that face the internet, and security groups that let
// in every address.
func (v *review) openings() {
	way := &apiWay{seen: map[*assembly.Resource]bool{}}
	for _, balancer := range v.apiBalancers(way) {
		scheme := balancer.Property("Scheme")
		switch {
		case scheme.Kind() == assembly.Absent:
			v.add(rules.InternetFacing, []Evidence{evidence(balancer, "Scheme")}, "the load balancer has no Scheme, so it faces the internet")
		case textOf(scheme) == "internet-facing":
			v.add(rules.InternetFacing, []Evidence{evidence(balancer, "Scheme")}, "the load balancer faces the internet")
		}
	}
	for _, endpoint := range v.sure(cfnEndpoint) {
		if v.isApiEndpoint(endpoint) {
			way.addGroups("endpoint", items(endpoint, "SecurityGroupIds"))
		}
	}
	v.apiTargets(way)
	for _, group := range way.groups {
		for _, rule := range v.ingressOf[group.r] {
			v.openIngress(group, rule)
		}
	}
}

// apiWay is what was met on the way of APIs, in that order.
type apiWay struct {
	seen         map[*assembly.Resource]bool
	balancers    []*assembly.Resource
	targetGroups []*assembly.Resource
	groups       []openGroup
}

// openGroup is a security group of a part of the way.
type openGroup struct {
	r    *assembly.Resource
	part string
}

func (w *apiWay) isNew(r *assembly.Resource) bool {
	if r == nil || w.seen[r] {
		return false
	}
	w.seen[r] = true
	return true
}

func (w *apiWay) addGroups(part string, groups []assembly.Value) {
	for _, value := range groups {
		if group := refersTo(value, cfnGroup); w.isNew(group) {
			w.groups = append(w.groups, openGroup{group, part})
		}
	}
}

// apiBalancers returns the NLBs of endpoint services and the ALBs behind them.
func (v *review) apiBalancers(way *apiWay) []*assembly.Resource {
	add := func(balancer *assembly.Resource) {
		if !v.isSure(balancer) || !way.isNew(balancer) {
			return
		}
		way.balancers = append(way.balancers, balancer)
		part := map[string]string{"network": "NLB", "application": "ALB"}[kindOf(balancer)]
		way.addGroups(part, items(balancer, "SecurityGroups"))
	}
	for _, balancer := range v.sure(cfnLoadBalancer) {
		if len(v.servicesOf[balancer]) > 0 {
			add(balancer)
		}
	}
	for i := 0; i < len(way.balancers); i++ { // grows by the ALBs that are met
		for _, group := range v.groupsOf[way.balancers[i]] {
			if !v.isSure(group) || !way.isNew(group) {
				continue
			}
			way.targetGroups = append(way.targetGroups, group)
			for _, target := range items(group, "Targets") {
				add(refersTo(target.Field("Id"), cfnLoadBalancer))
			}
		}
	}
	return way.balancers
}

// apiTargets adds the security groups of the services and instances behind the load balancers.
func (v *review) apiTargets(way *apiWay) {
	for _, service := range v.sure("AWS::ECS::Service") {
		for _, entry := range items(service, "LoadBalancers") {
			if way.seen[refersTo(entry.Field("TargetGroupArn"), cfnTargetGroup)] {
				way.addGroups("target", items(service, "NetworkConfiguration", "AwsvpcConfiguration", "SecurityGroups"))
			}
		}
	}
	for _, group := range way.targetGroups {
		for _, target := range items(group, "Targets") {
			if instance := refersTo(target.Field("Id"), "AWS::EC2::Instance"); v.isSure(instance) {
				way.addGroups("target", items(instance, "SecurityGroupIds"))
			}
		}
	}
}

func (v *review) openIngress(group openGroup, rule ingressEntry) {
	if !v.isSure(group.r) || !v.isSure(rule.r) {
		return
	}
	for _, property := range []string{"CidrIp", "CidrIpv6"} {
		path := rule.at(property)
		block, err := netip.ParsePrefix(textOf(rule.r.Property(path...)))
		if err == nil && block.Bits() == 0 {
			v.add(rules.OpenIngress, []Evidence{evidence(rule.r, path...), evidence(group.r)}, "the security group of the %s lets in %s", group.part, block)
		}
	}
}

// securityGroups reviews the CIDR blocks of security groups. EC2 takes host bits off by itself.
func (v *review) securityGroups() {
	check := func(r *assembly.Resource, path ...any) {
		for _, property := range []string{"CidrIp", "CidrIpv6"} {
			v.checkText(r, append(path[:len(path):len(path)], property), func(report *rules.Report, property, block string) {
				if _, err := netip.ParsePrefix(block); err != nil {
					rules.CheckCIDR(report, property, block)
				}
			})
		}
	}
	for _, group := range v.sure(cfnGroup) {
		for _, property := range []string{"SecurityGroupIngress", "SecurityGroupEgress"} {
			for i := range items(group, property) {
				check(group, property, i)
			}
		}
	}
	for _, resourceType := range []string{cfnGroupIngress, cfnGroupEgress} {
		for _, r := range v.sure(resourceType) {
			check(r)
		}
	}
}
