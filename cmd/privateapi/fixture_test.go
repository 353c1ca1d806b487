package main

import (
	"fmt"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

const (
	checkoutFile = "cdk.out/Checkout.template.json"
	pricingFile  = "cdk.out/Pricing.template.json"
)

func at(stack, id, resourceType, property, value, path string) reachability.Evidence {
	file := checkoutFile
	if stack == "Pricing" {
		file = pricingFile
	}
	return reachability.Evidence{
		Stack: stack, LogicalID: id, Type: resourceType, Property: property, Value: value, ConstructPath: path, File: file,
	}
}

func pass(name, message string, evidence ...reachability.Evidence) reachability.Hop {
	return reachability.Hop{Name: name, Verdict: reachability.Reachable, Message: message, Evidence: evidence}
}

func onPort(port int, hop reachability.Hop) reachability.Hop {
	hop.Port = port
	return hop
}

var (
	endpoint  = at("Checkout", "Endpoint", "AWS::EC2::VPCEndpoint", "", "", "Checkout/Pricing/Endpoint")
	service   = at("Pricing", "Service", "AWS::EC2::VPCEndpointService", "", "", "Pricing/PrivateApi/EndpointService")
	nlb       = at("Pricing", "Nlb", "AWS::ElasticLoadBalancingV2::LoadBalancer", "", "", "Pricing/PrivateApi/NetworkLoadBalancer")
	alb       = at("Pricing", "Alb", "AWS::ElasticLoadBalancingV2::LoadBalancer", "", "", "Pricing/PrivateApi/LoadBalancer")
	albRule   = at("Pricing", "Rule", "AWS::ElasticLoadBalancingV2::ListenerRule", "Conditions[0]", "", "Pricing/PrivateApi/Route/Rule")
	task      = at("Pricing", "V1", "AWS::ECS::Service", "", "", "Pricing/V1/Service")
	zonesAt   = at("Checkout", "Endpoint", "AWS::EC2::VPCEndpoint", "SubnetIds", "", "Checkout/Pricing/Endpoint")
	portAt    = at("Pricing", "Listener", "AWS::ElasticLoadBalancingV2::Listener", "Port", "8443", "Pricing/PrivateApi/NetworkListener")
	principal = at("Pricing", "Permissions", "AWS::EC2::VPCEndpointServicePermissions", "AllowedPrincipals", "", "")
)

// consumerSide returns the hops up to the endpoint.
func consumerSide(client string) []reachability.Hop {
	return []reachability.Hop{
		pass(reachability.HopHostedZone, "the zone answers in the client's VPC", at("Checkout", "Zone", "AWS::Route53::HostedZone", "Name", "api.pricing.example.", "")),
		pass(reachability.HopRecord, "the alias points to the endpoint", endpoint),
		pass(reachability.HopClientEgress, "allows traffic to the endpoint on port 443", at("Checkout", client, "AWS::ECS::Service", "", "", "")),
		pass(reachability.HopEndpointIngress, "allows traffic from the client on port 443", endpoint),
	}
}

func providerSide() []reachability.Hop {
	return []reachability.Hop{
		pass(reachability.HopEndpointService, "is in the templates", service),
		pass(reachability.HopAllowedPrincipal, "111111111111 is allowed", principal),
		pass(reachability.HopNlbListener, "TCP 443", nlb),
		onPort(443, pass(reachability.HopNlbTargetGroup, "forwards to the ALB", alb)),
		pass(reachability.HopAlbIngress, "allows traffic from the NLB on port 443", alb),
		pass(reachability.HopAlbRule, "matches /v1/*", albRule),
		onPort(8080, pass(reachability.HopTarget, "a container listens on 8080", task)),
	}
}

func answer(client, path string, hops ...reachability.Hop) reachability.Answer {
	a := reachability.Answer{
		Client: "Checkout/" + client, Domain: "api.pricing.example", Port: 443, Path: path, Verdict: reachability.Reachable,
		Hops: append(consumerSide(client), hops...),
	}
	for _, hop := range hops {
		if hop.Verdict != reachability.Reachable {
			a.Verdict = hop.Verdict
			break
		}
	}
	return a
}

func blockedHop() reachability.Hop {
	return reachability.Hop{
		Name: reachability.HopNlbListener, Verdict: reachability.Blocked,
		Message:  "the client calls port 443, but the NLB listens on port 8443",
		Evidence: []reachability.Evidence{portAt, nlb}, Fix: "add a listener on port 443 to the NLB", Rule: "privateapi:onePort",
	}
}

func zonesUnknown() reachability.Hop {
	return reachability.Hop{
		Name: reachability.HopEndpointZones, Verdict: reachability.Unknown,
		Message:  "zone names differ between the accounts 111111111111 and 222222222222",
		Evidence: []reachability.Evidence{zonesAt}, Settle: []reachability.Settlement{{Kind: proof.SettleByZone, Subject: "111111111111/eu-west-1a"}},
	}
}

func acceptanceUnknown() reachability.Hop {
	return reachability.Hop{
		Name: reachability.HopAcceptance, Verdict: reachability.Unknown,
		Message:  "the provider accepts connections manually",
		Evidence: []reachability.Evidence{service}, Fix: "ask the provider to accept the connection",
		Settle: []reachability.Settlement{{Kind: proof.SettleByAssumption, Subject: proof.AssumeAccepted}},
	}
}

// reachableReport has two paths of one client.
func reachableReport() *reachability.Report {
	return &reachability.Report{
		Answers: []reachability.Answer{answer("Service", "/v1/*", providerSide()...), answer("Service", "/v2/*", providerSide()...)},
	}
}

// mixedReport has every part of a report.
func mixedReport() *reachability.Report {
	r := &reachability.Report{Answers: []reachability.Answer{
		answer("Service", "/v1/*", providerSide()...),
		answer("Service", "/v2/*", pass(reachability.HopEndpointService, "is in the templates", service), blockedHop()),
	}}
	for i := range 5 {
		for _, path := range []string{"/v1/*", "/v2/*"} {
			hops := append([]reachability.Hop{zonesUnknown(), acceptanceUnknown()}, providerSide()...)
			r.Answers = append(r.Answers, answer(fmt.Sprintf("Worker%d", i), path, hops...))
		}
	}
	r.Findings = []reachability.Finding{
		{
			Rule: "privateapi:networkListenerTCP", Severity: reachability.SeverityError, Message: "the listener's Protocol is TLS",
			Evidence: []reachability.Evidence{portAt}, AWS: "rejects the target group", Fix: "use TCP", Source: "https://docs.aws.amazon.com/x",
		},
		{
			Rule: "privateapi:notARule", Severity: reachability.SeverityWarning, Message: "the ALB is internet-facing",
			Evidence: []reachability.Evidence{alb}, AWS: "allows traffic from the internet", Fix: "make it internal", Source: "https://docs.aws.amazon.com/y",
		},
	}
	r.Exposures = []reachability.Exposure{{
		API: "Pricing/Service", Hop: reachability.HopEndpointIngress, From: "10.0.0.0/16", Verdict: reachability.Unknown, Evidence: endpoint,
	}}
	r.Notices = []reachability.Notice{{
		ID: "web-acl", Message: "a web ACL may block requests", Evidence: []reachability.Evidence{alb},
		Settle: []reachability.Settlement{{Kind: proof.SettleByAssumption, Subject: proof.AssumeWebACL}},
	}}
	return r
}

// hostile is text that tries to break out of its context: a terminal's escapes, lines, quotes, HTML, Mermaid and SARIF syntax.
const hostile = "a\"]; end\n%%{init: {}}%% `x` <script>alert('1')</script> \x1b[31mred\x1b]0;title\a \u202eevil \u009b2J \xff ﬂ°°34¶ß #34; &quot; | [x](https://evil.example) {0} 日本 style:#c; --> \U000e0041"

func hostileSettlements() []reachability.Settlement {
	var list []reachability.Settlement
	for _, kind := range proof.SettlementKinds() {
		list = append(list, reachability.Settlement{Kind: kind, Subject: hostile})
	}
	return list
}

// hostileReport has hostile text in every text field.
func hostileReport() *reachability.Report {
	e := reachability.Evidence{
		Stack: hostile, LogicalID: hostile, Type: "AWS::EC2::VPCEndpoint", Property: hostile, Value: hostile, ConstructPath: hostile, File: "cdk.out/x y\n.json",
	}
	hops := func(v reachability.Verdict) []reachability.Hop {
		return []reachability.Hop{
			pass(reachability.HopRecord, hostile, e),
			{Name: reachability.HopEndpointIngress, Verdict: v, Message: hostile, Evidence: []reachability.Evidence{e}, Fix: hostile, Rule: hostile, Settle: hostileSettlements()},
			{Name: hostile, Verdict: reachability.Unknown, Message: hostile},
		}
	}
	r := &reachability.Report{
		Findings: []reachability.Finding{{
			Rule: hostile, Severity: reachability.SeverityError, Message: hostile, Evidence: []reachability.Evidence{e}, AWS: hostile, Fix: hostile, Source: hostile,
		}},
		Exposures: []reachability.Exposure{{API: hostile, Hop: hostile, From: hostile, Clients: []reachability.Client{{Stack: hostile, LogicalID: hostile}}, Evidence: e}},
		Notices:   []reachability.Notice{{ID: hostile, Message: hostile, Evidence: []reachability.Evidence{e}, Settle: hostileSettlements()}},
	}
	for _, v := range []reachability.Verdict{reachability.Reachable, reachability.Blocked, reachability.Unknown} {
		r.Answers = append(r.Answers, reachability.Answer{Client: hostile, Domain: hostile, Port: 1, Path: hostile, Verdict: v, Hops: hops(v)})
	}
	return r
}
