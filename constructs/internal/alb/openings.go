package alb

import (
	"net/netip"
	"reflect"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// opening is an outbound rule of the ALB's security group: to a target or its peer, or to an address.
type opening struct {
	to   any // an awsec2.IConnectable; or a text: the ID of a security group, an address, or a block of addresses
	port float64
}

// opened notes that the ALB is open to something on a port.
func (b *LoadBalancer) opened(to any, port *float64) {
	if port != nil && reflect.ValueOf(to).Comparable() {
		b.openings[opening{to, *port}] = true
	}
}

// checkOpenings warns once, when a route makes more outbound rules than a security group has. Targets may share a group, which takes calls to CDK to
// find out: they are made only where it matters.
func (b *LoadBalancer) checkOpenings(r *rules.Report) {
	if b.isCrowded || countOpenings(b.openings) <= rules.MaxSecurityGroupRules {
		return
	}
	byGroup := map[opening]bool{}
	for o := range b.openings {
		for _, to := range groupsOf(o.to) {
			byGroup[opening{to, o.port}] = true
		}
	}
	if n := countOpenings(byGroup); n > rules.MaxSecurityGroupRules {
		b.isCrowded = true
		r.AddWithFix(rules.SecurityGroupRuleQuota, "AddRoute", "give targets of several routes one security group, or request a higher quota of rules per security group first",
			"the ALB's security group has %d outbound rules, one for each target on each port", n)
	}
}

// groupsOf are the security groups of what an opening is to, or the addresses.
func groupsOf(to any) []any {
	connectable, ok := to.(awsec2.IConnectable)
	if !ok {
		return []any{to}
	}
	var groups []any
	for _, group := range *connectable.Connections().SecurityGroups() {
		groups = append(groups, *group.SecurityGroupId())
	}
	if peer, isPeer := to.(awsec2.IPeer); isPeer && len(groups) == 0 {
		return []any{*peer.UniqueId()} // a block of addresses
	}
	return groups
}

// countOpenings is how many rules there are for the version of IP that has more. A rule for a group counts as one for each version.
func countOpenings(openings map[opening]bool) int {
	both, v4, v6 := 0, 0, 0
	for o := range openings {
		text, _ := o.to.(string)
		address, _, _ := strings.Cut(text, "/")
		switch parsed, err := netip.ParseAddr(address); {
		case err != nil: // a group, or a token
			both++
		case parsed.Is4():
			v4++
		default:
			v6++
		}
	}
	return both + max(v4, v6)
}
