package reachability

import (
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// groupless are the beginnings of types that name security groups without having network interfaces that make calls.
var groupless = []string{
	"AWS::EC2::SecurityGroup", "AWS::EC2::VPC", "AWS::CloudFormation::", "Custom::", "AWS::SSM::", "AWS::IAM::", "AWS::CloudWatch::",
	"AWS::Logs::", "AWS::Route53", "AWS::ElasticLoadBalancingV2::Listener", "AWS::ElasticLoadBalancingV2::TargetGroup",
}

// indexOthers collects what else has a security group besides workloads: load balancers, and all that is no client of
// the model, such as builds and databases. They have the ways of the group too.
func (m *Model) indexOthers() {
	m.othersOf = map[key][]party{}
	launched := m.launchTemplates()
	for _, s := range m.asm.Stacks {
		for _, r := range s.Resources() {
			isOther := !slices.Contains(workloadTypes, r.Type) && !launched[r] && r.Exists != assembly.No
			if !isOther || slices.ContainsFunc(groupless, func(prefix string) bool { return strings.HasPrefix(r.Type, prefix) }) {
				continue
			}
			found := map[key]bool{}
			groupsIn(r.Property(), false, found)
			for k := range found {
				m.othersOf[k] = append(m.othersOf[k], party{name: displayName(r), resource: r})
			}
		}
	}
}

// launchTemplates are those of Auto Scaling groups: what they launch is a workload already.
func (m *Model) launchTemplates() map[*assembly.Resource]bool {
	launched := map[*assembly.Resource]bool{}
	for _, fleet := range m.ofType("AWS::AutoScaling::AutoScalingGroup") {
		if template, _, ok := firstOf(fleet, "LaunchTemplate", "LaunchTemplateId", "LaunchTemplateName").Reference(); ok {
			launched[template] = true
		}
	}
	return launched
}

// groupsIn collects the security groups below properties whose names say that they have some.
func groupsIn(v assembly.Value, named bool, found map[key]bool) {
	switch v.Kind() {
	case assembly.Map:
		for _, field := range v.Fields() {
			isGroup := strings.Contains(strings.ToLower(field), "securitygroup") || field == "GroupSet" || field == "Groups"
			groupsIn(v.Field(field), named || isGroup, found)
		}
	case assembly.List:
		list, _ := v.Items()
		for _, item := range list {
			groupsIn(item, named, found)
		}
	case assembly.Reference, assembly.Literal:
		if !named {
			return
		}
		if k := (groupID{value: v}).key(); k != (key{}) {
			found[k] = true
		}
	}
}

// membersOf returns all that has a security group, but for one; the group itself as a party where nothing has it.
func (m *Model) membersOf(group groupID, but *assembly.Resource) []party {
	var list []party
	for _, p := range slices.Concat(m.holders[group.key()], m.othersOf[group.key()]) {
		if p.resource != but {
			list = append(list, p)
		}
	}
	if len(list) == 0 && but == nil {
		return m.holdersOf(group)
	}
	return list
}

// sendsTo reports whether a member of a security group can send traffic to a party: a load balancer sends to its
// targets alone.
func (m *Model) sendsTo(member, to party) bool {
	if member.resource.Type != loadBalancerType {
		return true
	}
	if len(m.listenersOf[unplaced]) > 0 || len(m.rulesOf[unplaced]) > 0 {
		return true
	}
	for _, listener := range m.listenersOf[resourceKey(member.resource)] {
		if m.forwardsToParty(listener, "DefaultActions", to) {
			return true
		}
		for _, rule := range m.rulesOf[resourceKey(listener)] {
			if m.forwardsToParty(rule, "Actions", to) {
				return true
			}
		}
	}
	return false
}

// forwardsToParty reports whether actions forward to a target group in which a party is registered, or may be.
func (m *Model) forwardsToParty(r *assembly.Resource, property string, to party) bool {
	return slices.ContainsFunc(forwardsOf(r, property), func(f forwarded) bool {
		tg, _, ok := f.to.Reference()
		if !ok {
			return true
		}
		if text(tg, "TargetType") == "alb" {
			alb, _, ok := tg.Property("Targets", 0, "Id").Reference()
			return !ok || alb == to.resource
		}
		members, _ := m.members(tg)
		return slices.ContainsFunc(members, func(o member) bool { return o.resource == nil || o.resource == to.resource })
	})
}
