package reachability

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// indexUncovered collects what stands on the way of requests and is not in the model.
func (m *Model) indexUncovered() {
	m.resolvers = map[key][]*assembly.Resource{}
	m.indexBy("AWS::Route53Resolver::FirewallRuleGroupAssociation", "VpcId", m.resolvers)
	m.indexBy("AWS::Route53Resolver::ResolverRuleAssociation", "VPCId", m.resolvers)
	m.indexBy("AWS::Route53Profiles::ProfileAssociation", "ResourceId", m.resolvers)
	for _, r := range m.ofType("AWS::EC2::VPCDHCPOptionsAssociation") {
		if options, _, ok := r.Property("DhcpOptionsId").Reference(); ok && usesAmazonDns(options) {
			continue
		}
		key := valueKey(r.Property("VpcId"))
		m.resolvers[key] = append(m.resolvers[key], r)
	}
	byTable := map[key][]*assembly.Resource{}
	for _, r := range m.ofType("AWS::EC2::Route") {
		if looksAtTraffic(r) {
			key := valueKey(r.Property("RouteTableId"))
			byTable[key] = append(byTable[key], r)
		}
	}
	m.detours = map[key][]*assembly.Resource{}
	for _, r := range m.ofType("AWS::EC2::SubnetRouteTableAssociation") {
		if list := byTable[valueKey(r.Property("RouteTableId"))]; len(list) > 0 {
			m.detours[valueKey(r.Property("SubnetId"))] = list
		}
	}
}

func usesAmazonDns(options *assembly.Resource) bool {
	servers := items(options, "DomainNameServers")
	return !slices.ContainsFunc(servers, func(v assembly.Value) bool {
		name, _ := v.Text()
		return name != "AmazonProvidedDNS"
	})
}

// looksAtTraffic reports whether a route leads traffic within VPCs past a firewall or an appliance. The route to the
// internet is not on the way.
func looksAtTraffic(route *assembly.Resource) bool {
	if block, ok := prefix(route.Property("DestinationCidrBlock")); !ok || block.Bits() == 0 {
		return false
	}
	for _, target := range []string{"VpcEndpointId", "NetworkInterfaceId", "InstanceId"} {
		if route.Property(target).Kind() != assembly.Absent {
			return true
		}
	}
	return false
}

// resolverOf returns what can answer for a name in a VPC before its hosted zones do, or hold it back; nil if nothing can.
func (m *Model) resolverOf(vpc *assembly.Resource, domain string) *assembly.Resource {
	for _, r := range m.resolvers[resourceKey(vpc)] {
		if rule, _, ok := r.Property("ResolverRuleId").Reference(); ok {
			if own := domainOf(rule.Property("DomainName")); own != "" && own != domain && !strings.HasSuffix(domain, "."+own) {
				continue
			}
		}
		return r
	}
	return nil
}

// routed finds whether packets of the client get to the endpoint: within a VPC they do.
func (t *trail) routed(at party) step {
	switch assembly.Equal(t.client.vpc, at.vpc) {
	case assembly.No:
		return assumable(fmt.Sprintf("the client is in %s and the endpoint in %s; peering and transit gateways are not in the model", nameOf(t.client.vpc), nameOf(at.vpc)), proof.AssumeRoutes, "see that routes lead there and back, or give the client's VPC an endpoint").at(at.resource, "VpcId")
	case assembly.Maybe:
		if assembly.Same(t.client.vpc, at.vpc) != assembly.Yes {
			return awaits("whether the client and the endpoint are in one VPC is not known", at.vpc).at(at.resource, "VpcId")
		}
	}
	for _, subnet := range slices.Concat(t.client.subnets, at.subnets) {
		if list := t.m.detours[valueKey(subnet)]; len(list) > 0 {
			return assumable(fmt.Sprintf("routes of %s lead past something that looks at traffic", nameOf(subnet)), proof.AssumeRoutes, "see that it lets the call pass").at(list[0])
		}
	}
	return passes(fmt.Sprintf("the client and the endpoint are in %s", nameOf(at.vpc))).at(at.resource, "VpcId")
}

// uncovered are types that can hold requests back and are not in the model.
var uncovered = []struct{ id, prefix, message string }{
	{"firewall", "AWS::NetworkFirewall::FirewallPolicy", "a network firewall looks at traffic that routes lead past it"},
	{"gateway-load-balancer", "AWS::EC2::VPCGatewayLoadBalancer", "a Gateway Load Balancer's appliances look at traffic that routes lead past them"},
	{"dns", "AWS::Route53Resolver::FirewallRuleGroupAssociation", "a DNS firewall can hold names back"},
	{"dns", "AWS::Route53Resolver::ResolverRuleAssociation", "a resolver rule sends names to other servers"},
	{"dns", "AWS::Route53Profiles::ProfileAssociation", "a Route 53 profile can bring zones and rules of its own"},
	{"dns", "AWS::EC2::VPCDHCPOptionsAssociation", "DHCP options can name other DNS servers than Amazon's"},
	{"web-acl", "AWS::WAFv2::WebACLAssociation", "a web ACL looks at each request"},
	{"web-acl", "AWS::WAFRegional::WebACLAssociation", "a web ACL looks at each request"},
	{"organization-policy", "AWS::Organizations::Policy", "a policy of the organization can refuse the deployment"},
	{"block-public-access", "AWS::EC2::VPCBlockPublicAccessOptions", "VPC Block Public Access changes what gateways let pass"},
	{"transit-gateway", "AWS::EC2::TransitGatewayAttachment", "ways between VPCs by a transit gateway are not walked"},
	{"transit-gateway", "AWS::EC2::TransitGatewayVpcAttachment", "ways between VPCs by a transit gateway are not walked"},
	{"peering", "AWS::EC2::VPCPeeringConnection", "ways between VPCs by peering are not walked"},
	{"lattice", "AWS::VpcLattice::ServiceNetworkVpcAssociation", "VPC Lattice is another way between services, and is not walked"},
	{"encryption", "AWS::EC2::VPCEncryptionControl", "VPC encryption controls can refuse traffic"},
}

// notices returns what the templates have that the model does not cover.
func (m *Model) notices() []Notice {
	list := []Notice{}
	for _, u := range uncovered {
		var where []Evidence
		for _, r := range m.ofType(u.prefix) {
			where = append(where, evidence(r))
		}
		if len(where) > 0 {
			list = append(list, Notice{ID: u.id, Message: u.message, Evidence: where})
		}
	}
	for _, s := range m.asm.Stacks {
		if macro := foreignMacro(s); macro != "" {
			list = append(list, Notice{ID: "macro", Message: fmt.Sprintf("the macro %s changes stack %s before it is deployed", macro, s.Name)})
		}
	}
	for _, endpoint := range m.endpoints {
		if len(m.clientsOf(endpoint)) == 0 {
			list = append(list, Notice{
				ID: "no-client", Message: "calls through " + displayName(endpoint) + ": no client found that its security groups allow",
				Evidence: []Evidence{evidence(endpoint, "SecurityGroupIds")},
				Settle:   []Settlement{{Kind: proof.SettleByClient, Subject: displayName(endpoint)}},
			})
		}
	}
	for _, table := range m.routeTables() {
		list = append(list, Notice{ID: "routes", Message: "routes lead past something that looks at traffic", Evidence: []Evidence{table}})
	}
	for i, n := range list {
		if slices.Contains(proof.Assumptions(), n.ID) {
			list[i].Settle = []Settlement{{Kind: proof.SettleByAssumption, Subject: n.ID}}
		}
	}
	return list
}

func (m *Model) routeTables() []Evidence {
	var list []Evidence
	for _, r := range m.ofType("AWS::EC2::Route") {
		if looksAtTraffic(r) {
			list = append(list, evidence(r))
		}
	}
	return list
}
