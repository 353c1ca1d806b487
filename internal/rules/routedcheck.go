package rules

import (
	"net/netip"
	"regexp"
	"strings"
)

// CheckRoutedBlock reports a block that is not IPv4. What is no block is reported by [CheckCIDR].
func CheckRoutedBlock(r *Report, property, block string) {
	if prefix, err := netip.ParsePrefix(block); err == nil && !prefix.Addr().Is4() {
		r.Add(RoutedBlockForm, property, "%q is IPv6", block)
	}
}

// CheckRoutedClients reports a block that is every address.
func CheckRoutedClients(r *Report, property, block string) {
	if prefix, err := netip.ParsePrefix(block); err == nil && prefix.Bits() == 0 {
		r.Add(RoutedEveryone, property, "%q is every address", block)
	}
}

var (
	securityGroupID = regexp.MustCompile(`^sg-[0-9a-f]{8}([0-9a-f]{9})?$`)
	internalName    = regexp.MustCompile(`^(dualstack\.)?internal-`)
)

// CheckRoutedGroup reports what is no ID of a security group.
func CheckRoutedGroup(r *Report, property, id string) {
	if !securityGroupID.MatchString(id) {
		r.Add(RoutedClientForm, property, "%q is not the ID of a security group", id)
	}
}

// CheckRoutedAccount reports what is no ID of an account.
func CheckRoutedAccount(r *Report, property, id string) {
	if !IsAccountID(id) {
		r.Add(RoutedClientForm, property, "%q is not an account ID of 12 digits", id)
	}
}

// CheckRoutedName reports a DNS name that is not that of an internal load balancer: ELB begins these with internal-.
//
// See https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html
func CheckRoutedName(r *Report, property, name string) {
	if !internalName.MatchString(strings.ToLower(name)) {
		r.AddWithFix(RoutedInternal, property, "supply the DNS name of an internal ALB: internal-<name>-<id>.<region>.elb.amazonaws.com", "%q is not the name of an internal load balancer", name)
	}
}
