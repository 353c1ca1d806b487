// Package notice lists what the templates have and the proof does not cover.
package notice

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// uncovered are the types of resources that can stop or redirect requests, and that the proof does not model.
var uncovered = []struct{ id, resourceType, message string }{
	{"firewall", "AWS::NetworkFirewall::FirewallPolicy", "a network firewall inspects the traffic that routes send through it"},
	{"gateway-load-balancer", "AWS::EC2::VPCGatewayLoadBalancer", "the appliances of a Gateway Load Balancer inspect the traffic that routes send through them"},
	{"dns", "AWS::Route53Resolver::FirewallRuleGroupAssociation", "a DNS firewall can block names"},
	{"dns", "AWS::Route53Resolver::ResolverRuleAssociation", "a Resolver rule forwards queries to other DNS servers"},
	{"dns", "AWS::EC2::VPCDHCPOptionsAssociation", "DHCP options can set DNS servers other than Amazon's"},
	{"web-acl", "AWS::WAFv2::WebACLAssociation", "a web ACL inspects each request"},
	{"web-acl", "AWS::WAFRegional::WebACLAssociation", "a web ACL inspects each request"},
	{"organization-policy", "AWS::Organizations::Policy", "a policy of the organization can deny the deployment"},
	{"transit-gateway-peering", "AWS::EC2::TransitGatewayPeeringAttachment", "paths over a peering of two transit gateways are not followed"},
	{"lattice-resource", "AWS::VpcLattice::ResourceConfiguration", "paths to resources over VPC Lattice are not followed"},
	{"encryption", "AWS::EC2::VPCEncryptionControl", "VPC encryption controls can block traffic"},
}

// List returns what the templates have and the proof does not cover.
func List(n *network.Network) []proof.Notice {
	list := append([]proof.Notice{}, slices.Concat(types(n), profiles(n), unread(n), macros(n), withoutClient(n), routes(n), publicAccess(n), notLoaded(n))...)
	for i, notice := range list {
		if slices.Contains(proof.Assumptions(), notice.ID) {
			list[i].Settle = append(notice.Settle, proof.Settlement{Kind: proof.SettleByAssumption, Subject: notice.ID})
		}
	}
	return list
}

// types are the notices of resources that the proof does not model, one for each type.
func types(n *network.Network) []proof.Notice {
	var list []proof.Notice
	for _, u := range uncovered {
		var at []proof.Evidence
		for _, r := range n.OfType(u.resourceType) {
			at = append(at, cite.Resource(r))
		}
		if len(at) > 0 {
			list = append(list, proof.Notice{ID: u.id, Message: u.message, Evidence: at})
		}
	}
	return list
}

// profiles is the notice of what Route 53 Profiles of the templates' VPCs have, or may have, besides hosted zones of the templates.
func profiles(n *network.Network) []proof.Notice {
	var at []proof.Evidence
	for _, a := range n.ProfileVPCs() {
		if other := n.OtherInProfile(a, ""); other != nil {
			at = append(at, cite.Resource(other))
		}
	}
	if len(at) == 0 {
		return nil
	}
	return []proof.Notice{{ID: "dns", Message: "a Route 53 Profile can add hosted zones and rules", Evidence: at}}
}

// unread are the notices of parts of templates that were not read.
func unread(n *network.Network) []proof.Notice {
	var list []proof.Notice
	for _, u := range n.Unread() {
		list = append(list, proof.Notice{
			ID: "unread", Message: fmt.Sprintf("%s %s was not read: %s", u.Kind, u, u.Why),
			Evidence: []proof.Evidence{cite.Unread(u)}, Settle: []proof.Settlement{cite.Settlement(u.Settle)},
		})
	}
	return list
}

// macros are the notices of stacks that macros change.
func macros(n *network.Network) []proof.Notice {
	var list []proof.Notice
	for _, s := range n.Stacks() {
		if macro := network.Macro(s); macro != "" {
			message := fmt.Sprintf("the macro %s changes stack %s before it is deployed", macro, s.Name)
			list = append(list, proof.Notice{ID: "macro", Message: message})
		}
	}
	return list
}

// withoutClient are the notices of endpoints for which the templates have no client.
func withoutClient(n *network.Network) []proof.Notice {
	var list []proof.Notice
	for _, e := range n.APIEndpoints() {
		if len(n.ClientsOf(n.EndpointNode(e))) > 0 {
			continue
		}
		name := network.DisplayName(e.Resource)
		list = append(list, proof.Notice{
			ID: "no-client", Message: fmt.Sprintf("no client of %s found in the templates, so no call through it is proven", name),
			Evidence: []proof.Evidence{cite.Property(e.SecurityGroupIds())},
			Settle:   []proof.Settlement{{Kind: proof.SettleByClient, Subject: name}},
		})
	}
	return list
}

// routes are the notices of routes that inspect traffic, one for each route.
func routes(n *network.Network) []proof.Notice {
	var list []proof.Notice
	for _, r := range n.InspectionRoutes() {
		list = append(list, proof.Notice{
			ID: "routes", Message: "a route sends traffic between subnets through " + r.Inspector(),
			Evidence: []proof.Evidence{cite.Resource(r.Resource)},
		})
	}
	return list
}

// publicAccess is the notice of internet-facing ALBs with names, in accounts of which no template says whether VPC Block Public Access is on.
func publicAccess(n *network.Network) []proof.Notice {
	var at []proof.Evidence
	for _, lb := range n.LoadBalancers() {
		isCalled := lb.Kind() == network.Application && lb.IsInternetFacing() == network.Yes && len(n.LoadBalancerRecords(lb)) > 0
		if isCalled && len(n.BlocksPublicAccess(lb.Stack)) == 0 {
			at = append(at, cite.Resource(lb.Resource))
		}
	}
	if len(at) == 0 {
		return nil
	}
	return []proof.Notice{{
		ID: "block-public-access", Message: "VPC Block Public Access can block what comes in from the internet, and no template says whether the account has it on", Evidence: at,
	}}
}

// notLoaded is the notice of values in a facts file for stacks that are not loaded.
func notLoaded(n *network.Network) []proof.Notice {
	var list []string
	for _, value := range n.NotLoaded() {
		text := value.Key
		if value.Similar != "" {
			text += " (nobody gave " + value.Similar + ": check the name of the stack)"
		}
		list = append(list, text)
	}
	if len(list) == 0 {
		return nil
	}
	return []proof.Notice{{ID: "not-loaded", Message: "values in the facts file for stacks that are not loaded: " + strings.Join(list, ", ")}}
}
