package rules

import (
	"cmp"
	"net/netip"
	"regexp"
	"slices"
	"strings"
)

// notPublic are the IPv4 blocks whose addresses no packet from the internet has as its source. Those for documentation are not among
// them: examples have them.
//
// See https://www.iana.org/assignments/iana-ipv4-special-registry
var notPublic = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("10.0.0.0/8"), sharedAddresses, netip.MustParsePrefix("127.0.0.0/8"),
	netip.MustParsePrefix("169.254.0.0/16"), netip.MustParsePrefix("172.16.0.0/12"), netip.MustParsePrefix("192.168.0.0/16"),
	netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("224.0.0.0/3"),
}

// CheckPublicBlock reports what is no block, and a block that no packet from the internet is of.
func CheckPublicBlock(r *Report, property, block string) {
	if address, err := netip.ParseAddr(block); err == nil && address.Is4() {
		r.AddWithFix(CIDR, property, "write "+block+"/32", "%q is an address without a prefix length", block)
		return
	}
	CheckCIDR(r, property, block)
	prefix, err := netip.ParsePrefix(block)
	switch {
	case err != nil:
	case !prefix.Addr().Is4():
		r.Add(PublicBlock, property, "%q is IPv6", block)
	case slices.ContainsFunc(notPublic, func(p netip.Prefix) bool { return p.Bits() <= prefix.Bits() && p.Contains(prefix.Addr()) }):
		r.Add(PublicBlock, property, "%q is not public", block)
	}
}

// CheckPublicBlocks reports blocks that together are everyone on the internet.
func CheckPublicBlocks(r *Report, property string, blocks []string) {
	var prefixes []netip.Prefix
	for _, block := range blocks {
		prefix, err := netip.ParsePrefix(block)
		switch {
		case err != nil:
		case prefix.Bits() == 0:
			r.Add(PublicEveryone, property, "has %q", block)
			return
		case prefix.Addr().Is4():
			prefixes = append(prefixes, prefix.Masked())
		}
	}
	if coverIPv4(slices.Concat(prefixes, notPublic)) {
		r.Add(PublicEveryone, property, "has blocks that together are every public address")
	}
}

// coverIPv4 reports whether blocks have every IPv4 address among them.
func coverIPv4(blocks []netip.Prefix) bool {
	slices.SortFunc(blocks, func(a, b netip.Prefix) int { return cmp.Or(a.Addr().Compare(b.Addr()), a.Bits()-b.Bits()) })
	var next uint64 // the first address that no block so far has
	for _, block := range blocks {
		a := block.Addr().As4()
		first := uint64(a[0])<<24 | uint64(a[1])<<16 | uint64(a[2])<<8 | uint64(a[3])
		if first > next {
			return false
		}
		next = max(next, first+1<<(32-block.Bits()))
	}
	return next == 1<<32
}

var (
	clientName  = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]*$`)
	managedName = regexp.MustCompile(`^AWSManagedRules[0-9A-Za-z_-]+$`)
)

// rulesWithSettings are AWS's managed rule groups that are rejected without settings.
//
// See https://docs.aws.amazon.com/waf/latest/APIReference/API_ManagedRuleGroupConfig.html
var rulesWithSettings = []string{"AWSManagedRulesACFPRuleSet", "AWSManagedRulesATPRuleSet", "AWSManagedRulesAntiDDoSRuleSet"}

// CheckPublicClientName reports what cannot be the name of a client.
func CheckPublicClientName(r *Report, property, name string) {
	switch {
	case len(name) > MaxClientNameLength:
		r.Add(PublicClientName, property, "has %d characters", len(name))
	case !clientName.MatchString(name):
		r.Add(PublicClientName, property, "%q is not a name of letters, digits and hyphens that begins with a letter", name)
	case strings.EqualFold(name, PrivateLinkClient):
		r.Add(PublicClientName, property, "%q is the name of requests over PrivateLink", name)
	case strings.EqualFold(name, "All"):
		r.Add(PublicClientName, property, "%q is a metric of WAF itself", name)
	}
}

// CheckManagedRuleGroup reports what is no managed rule group of AWS, and one that needs settings.
func CheckManagedRuleGroup(r *Report, property, name string) {
	switch {
	case !managedName.MatchString(name):
		r.Add(PublicRuleGroup, property, "%q is not a managed rule group of AWS", name)
	case slices.Contains(rulesWithSettings, name):
		r.Add(PublicRuleGroup, property, "%q needs settings", name)
	}
}

// CheckWebACLReferences reports a web ACL that refers to more IP sets and rule groups than WAF accepts.
func CheckWebACLReferences(r *Report, property string, n int) {
	if n > MaxWebACLReferences {
		r.Add(PublicWebAclLimits, property, "%d references to IP sets and rule groups", n)
	}
}

// CheckIPSet reports an IP set with more blocks than WAF accepts.
func CheckIPSet(r *Report, property string, n int) {
	if n > MaxIPSetBlocks {
		r.Add(PublicWebAclLimits, property, "has %d blocks", n)
	}
}

// CheckPublicName reports the DNS name of an internal load balancer.
func CheckPublicName(r *Report, property, name string) {
	if internalName.MatchString(strings.ToLower(name)) {
		r.Add(PublicName, property, "%q is the name of an internal load balancer", name)
	}
}
