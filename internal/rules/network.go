package rules

import (
	"math"
	"net/netip"
	"regexp"
	"slices"
	"strings"
)

var webACL = regexp.MustCompile(`^arn:[\w-]+:wafv2:([a-z0-9-]+):\d{12}:regional/webacl/[^/]+/[^/]+$`)

// CheckPort reports a number that is not a TCP port.
func CheckPort(r *Report, property string, port float64) {
	checkWhole(r, PortRange, property, port, PortNumbers)
}

// CheckCIDR reports anything but an IPv4 or IPv6 block without host bits.
func CheckCIDR(r *Report, property, cidr string) {
	prefix, err := netip.ParsePrefix(cidr)
	switch {
	case err != nil:
		r.Add(CIDR, property, "%q is not a CIDR block", cidr)
	case prefix.Masked() != prefix:
		r.AddWithFix(CIDR, property, "write "+prefix.Masked().String(), "%q has host bits set", cidr)
	}
}

// sharedAddresses are the private addresses that RFC 6598 reserves for carriers, which ELB accepts too.
var sharedAddresses = netip.MustParsePrefix("100.64.0.0/10")

// IPTarget is a target that is registered by its address.
type IPTarget struct {
	Address string
	Zone    string         // empty if it has none
	Vpc     []netip.Prefix // blocks of the VPC; none if they are not known
}

// CheckIPTarget reports a public address, and warns of one outside of the VPC that is not registered for all zones.
func CheckIPTarget(r *Report, property string, target IPTarget) {
	address, err := netip.ParseAddr(target.Address)
	if err != nil || address.Is6() {
		return // not known, or none of the VPC's IPv4
	}
	isInVpc := slices.ContainsFunc(target.Vpc, func(block netip.Prefix) bool { return block.Contains(address) })
	switch {
	case isInVpc:
	case !address.IsPrivate() && !sharedAddresses.Contains(address):
		r.Add(TargetAddress, property, "%s is a public address", address)
	case len(target.Vpc) > 0 && target.Zone != "all":
		r.Add(TargetZone, property, "%s is outside of the VPC's %s", address, target.Vpc[0])
	}
}

// CheckConsumerCIDR reports a block that lets everyone in, or nobody: the NLB does not speak its version of IP.
func CheckConsumerCIDR(r *Report, property, cidr string, isDualStack bool) {
	prefix, err := netip.ParsePrefix(cidr)
	switch {
	case err != nil: // reported as no block
	case prefix.Bits() == 0:
		r.AddWithFix(ConsumerCIDR, property, "list the consumers' blocks, or set neither ConsumerCidrs nor EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic",
			"%q is every address", cidr)
	case prefix.Addr().Is6() && !isDualStack:
		r.AddWithFix(ConsumerCIDR, property, "remove the block, or add IPv6 to SupportedIpAddressTypes", "%q is IPv6, but the NLB is IPv4", cidr)
	}
}

// Versions are versions of IP.
type Versions struct{ V4, V6 bool }

// CheckConsumerCIDRVersions warns of a version of IP that a service offers and none of the blocks of its consumers is of. If
// there is no block at all, another rule is broken.
func CheckConsumerCIDRVersions(r *Report, property string, offered, allowed Versions) {
	switch {
	case offered.V6 && !allowed.V6 && allowed.V4:
		r.Add(ConsumerCIDRVersions, property, "allows IPv4 only, but the service offers IPv6")
	case offered.V4 && !allowed.V4 && allowed.V6:
		r.Add(ConsumerCIDRVersions, property, "allows IPv6 only, but the service offers IPv4")
	}
}

// CheckSecurityGroupRules warns of more rules in one direction, for one version of IP, than a security group has by default.
func CheckSecurityGroupRules(r *Report, property string, n int) {
	if n > MaxSecurityGroupRules {
		r.Add(SecurityGroupRuleQuota, property, "%d rules in one direction", n)
	}
}

// CheckSecurityGroups warns of more security groups than a network interface has by default.
func CheckSecurityGroups(r *Report, property string, n int) {
	if n > MaxSecurityGroups {
		r.Add(SecurityGroupQuota, property, "%d security groups", n)
	}
}

// CheckLogsPrefix reports a prefix of logs that contains the one that ELB adds.
func CheckLogsPrefix(r *Report, property, prefix string) {
	if strings.Contains(prefix, "AWSLogs") {
		r.Add(AccessLogsPrefix, property, "%q contains AWSLogs", prefix)
	}
}

// CheckLogsRegion reports a bucket for logs in another Region than the ALB. Either may be empty.
func CheckLogsRegion(r *Report, property, bucketRegion, region string) {
	if bucketRegion != "" && region != "" && bucketRegion != region {
		r.AddWithFix(AccessLogsRegion, property, "use a bucket in "+region, "is in %s, but the ALB is in %s", bucketRegion, region)
	}
}

// CheckWebACL reports an ARN that is not that of a web ACL for Application Load Balancers in a Region. The Region may be
// empty.
func CheckWebACL(r *Report, property, arn, region string) {
	m := webACL.FindStringSubmatch(arn)
	switch {
	case m == nil:
		r.Add(WebACL, property, "%q is not the ARN of a regional web ACL", arn)
	case region != "" && m[1] != region:
		r.AddWithFix(WebACL, property, "use a web ACL of "+region, "%q is in %s, but the ALB is in %s", arn, m[1], region)
	}
}

// CheckIdleTimeout reports a TCP idle timeout, in seconds, that an NLB listener does not accept.
func CheckIdleTimeout(r *Report, property string, seconds float64) {
	checkWhole(r, IdleTimeout, property, seconds, IdleTimeouts)
}

// CheckAlbIdleTimeout reports an idle timeout, in seconds, that an ALB does not accept.
func CheckAlbIdleTimeout(r *Report, property string, seconds float64) {
	checkWhole(r, AlbIdleTimeout, property, seconds, AlbIdleTimeouts)
}

// CheckIdleTimeouts warns of an ALB that keeps idle connections longer than the NLB in front of it; both are in seconds.
func CheckIdleTimeouts(r *Report, property string, application, network float64) {
	if application > network {
		r.Add(IdleTimeoutOrder, property, "is %v s, longer than the %v s of the NLB", application, network)
	}
}

// CheckDeregistrationDelay reports a delay, in seconds, that a target group does not accept.
func CheckDeregistrationDelay(r *Report, property string, seconds float64) {
	checkWhole(r, DeregistrationDelay, property, seconds, DeregistrationDelays)
}

func checkWhole(r *Report, rule Rule, property string, value float64, accepted Range) {
	if value < accepted.Low || value > accepted.High || value != math.Trunc(value) {
		r.Add(rule, property, "must be a whole number %s, got %v", accepted.between(), value)
	}
}
