package network

import (
	"slices"
	"strings"
)

// indexResolvers collects what can answer DNS queries in a VPC before its hosted zones do, or block them.
func (n *Network) indexResolvers() {
	for _, kind := range []struct{ resourceType, vpc string }{
		{"AWS::Route53Resolver::FirewallRuleGroupAssociation", "VpcId"},
		{"AWS::Route53Resolver::ResolverRuleAssociation", "VPCId"},
	} {
		for _, r := range n.OfType(kind.resourceType) {
			n.resolvers.add(r.Property(kind.vpc), r)
		}
	}
	for _, r := range n.OfType("AWS::EC2::VPCDHCPOptionsAssociation") {
		if options, _, ok := r.Property("DhcpOptionsId").Reference(); !ok || !usesAmazonDNS(options) {
			n.resolvers.add(r.Property("VpcId"), r)
		}
	}
}

func usesAmazonDNS(options *Resource) bool {
	return !slices.ContainsFunc(property(options, "DomainNameServers").Items(), func(server Property) bool {
		return server.Literal() != "AmazonProvidedDNS"
	})
}

// ResolverOf is what can answer a name in a VPC before its hosted zones do, or block it; nil if nothing can.
func (n *Network) ResolverOf(vpc *VPC, domain string) *Resource {
	for _, r := range n.resolvers.of(vpc.Resource) {
		if rule, _, ok := r.Property("ResolverRuleId").Reference(); ok && !mayForward(rule, domain) {
			continue
		}
		return r
	}
	for _, a := range n.ProfilesOf(vpc.Ref()) {
		if other := n.OtherInProfile(a, domain); other != nil {
			return other
		}
	}
	return nil
}

// mayForward reports whether a Resolver rule may be for a name; "" stands for any.
func mayForward(rule *Resource, domain string) bool {
	own := DomainName(rule.Property("DomainName"))
	return own == "" || domain == "" || own == domain || strings.HasSuffix(domain, "."+own)
}
