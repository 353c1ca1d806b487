package privateapi_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// Evidence in the stacks of both sides.
var (
	endpointGroups = reachability.Evidence{
		Stack: "Checkout", LogicalID: "Endpoint", Type: typeEndpoint, Property: "SecurityGroupIds", Value: "unknown: at deploy time", File: "/out/Checkout.template.json",
	}
	targetPort = reachability.Evidence{
		Stack: "Pricing", LogicalID: "Targets", Type: typeTargets, Property: "Port", Value: "444", File: "/out/Pricing.template.json",
	}
	listenerPort = reachability.Evidence{
		Stack: "Pricing", LogicalID: "Listener", Type: typeListener, Property: "Port", Value: "443", File: "/out/Pricing.template.json",
	}
)

// answer passes at the endpoint and has other hops after that.
func answer(client, path string, verdict reachability.Verdict, hops ...reachability.Hop) reachability.Answer {
	endpoint := reachability.Hop{Name: reachability.HopEndpointIngress, Verdict: reachability.Reachable, Evidence: []reachability.Evidence{endpointGroups}}
	return reachability.Answer{
		Client: client, Domain: domain, Port: 443, Path: path, Verdict: verdict, Hops: append([]reachability.Hop{endpoint}, hops...),
	}
}

func blockedHop(at ...reachability.Evidence) reachability.Hop {
	return reachability.Hop{
		Name: reachability.HopNlbTargetGroup, Verdict: reachability.Blocked, Message: "its port 444 is not the ALB's 443",
		Evidence: at, Fix: "give it the port 443", Rule: "privateapi:onePort",
	}
}

func unknownHop(name, message string) reachability.Hop {
	return reachability.Hop{
		Name: name, Verdict: reachability.Unknown, Message: message, Evidence: []reachability.Evidence{endpointGroups},
		Settle: []reachability.Settlement{{Kind: proof.SettleByParameter, Subject: "Checkout." + name}},
	}
}

// shown returns violations as text: severity, ID, location, description and fix of each.
func shown(violations []*awscdk.PolicyViolation) string {
	var text strings.Builder
	for _, v := range violations {
		for _, at := range *v.ViolatingResources {
			where := "nowhere"
			if at.ResourceLogicalId != nil {
				where = fmt.Sprintf("%s %s %s", *at.TemplatePath, *at.ResourceLogicalId, *(*at.Locations)[0])
			}
			fmt.Fprintf(&text, "%s %s at %s\n%s\n", *v.Severity, *v.RuleName, where, *v.Description)
		}
		if v.Fix != nil {
			fmt.Fprintf(&text, "Fix: %s\n", *v.Fix)
		}
	}
	return text.String()
}

func TestProofViolations(t *testing.T) {
	blocked, unknown := reachability.Blocked, reachability.Unknown
	cause := blockedHop(targetPort, listenerPort)
	noName := unknownHop(reachability.HopEndpointService, "its name is a parameter")
	accepts := unknownHop(reachability.HopAcceptance, "the provider accepts manually")
	finding := reachability.Finding{
		Rule: "privateapi:twoZones", Severity: reachability.SeverityWarning, Message: "the NLB has one zone", AWS: "loses it", Fix: "add one",
		Evidence: []reachability.Evidence{listenerPort},
	}
	twice := reachability.Finding{Rule: cause.Rule, Severity: reachability.SeverityError, Message: "ports differ", Evidence: cause.Evidence}
	reachable := answer("Other", "/", reachability.Reachable)
	for name, tc := range map[string]struct {
		report reachability.Report
		fail   bool // on unknown
		want   string
	}{
		"reachable paths are no violations": {reachability.Report{Answers: []reachability.Answer{reachable}}, true, ""},
		"both stacks report a path that one of them blocks": {
			reachability.Report{Answers: []reachability.Answer{answer("Checkout/Client", "/v1/*", blocked, cause), reachable}},
			false,
			`error onePort[Pricing/Targets] at /out/Pricing.template.json Targets Properties.Port
Checkout/Client cannot call https://api.pricing.internal.company.com/v1/*: blocked at NLB target group
   ✓ endpoint ingress
   ✗ NLB target group: its port 444 is not the ALB's 443
     at Pricing/Targets.Port = 444
     at Pricing/Listener.Port = 443
   why: privateapi explain onePort
Fix: give it the port 443
error onePort[Pricing/Targets] at /out/Checkout.template.json Endpoint Properties.SecurityGroupIds
Checkout/Client cannot call https://api.pricing.internal.company.com/v1/*: blocked at NLB target group: its port 444 is not the ALB's 443
Fix: give it the port 443
`,
		},
		"one mistake blocks many paths": {
			reachability.Report{Answers: many(7, func(i int) reachability.Answer {
				return answer("Client-"+string(rune('A'+i)), "/", blocked, blockedHop(endpointGroups))
			}), Findings: []reachability.Finding{{Rule: cause.Rule, Evidence: []reachability.Evidence{endpointGroups}}}},
			false,
			`error onePort[Checkout/Endpoint] at /out/Checkout.template.json Endpoint Properties.SecurityGroupIds
Client-A cannot call https://api.pricing.internal.company.com/: blocked at NLB target group
   ✓ endpoint ingress
   ✗ NLB target group: its port 444 is not the ALB's 443
     at Checkout/Endpoint.SecurityGroupIds
   the same: Client-B calls https://api.pricing.internal.company.com/
   the same: Client-C calls https://api.pricing.internal.company.com/
   the same: Client-D calls https://api.pricing.internal.company.com/
   the same: Client-E calls https://api.pricing.internal.company.com/
   and 2 more
   why: privateapi explain onePort
Fix: give it the port 443
`,
		},
		"a hop without a rule or evidence is named by its client": {
			reachability.Report{Answers: []reachability.Answer{{
				Client: "No [such] one", Domain: domain, Port: 8443, Path: "/", Verdict: blocked,
				Hops: []reachability.Hop{{Name: reachability.HopHostedZone, Verdict: blocked, Message: "no client has that name"}},
			}}},
			false,
			`error path[No--such--one] at nowhere
No [such] one cannot call https://api.pricing.internal.company.com:8443/: blocked at hosted zone
   ✗ hosted zone: no client has that name
`,
		},
		"an unknown path is a warning with all that would settle it": {
			reachability.Report{Answers: []reachability.Answer{answer("Client", "/", unknown, noName, accepts)}},
			false,
			`warning unknownPath[Checkout/Endpoint] at /out/Checkout.template.json Endpoint Properties.SecurityGroupIds
Client is not proven to reach https://api.pricing.internal.company.com/: unknown at endpoint service
   ✓ endpoint ingress
   ? endpoint service: its name is a parameter
     at Checkout/Endpoint.SecurityGroupIds
   ? acceptance: the provider accepts manually
     at Checkout/Endpoint.SecurityGroupIds
Fix: set Parameters: &map[string]*string{"Checkout.endpoint service": jsii.String("VALUE"), "Checkout.acceptance": jsii.String("VALUE")} in ProveReachabilityProps
`,
		},
		"passing hops are counted": {
			reachability.Report{Answers: []reachability.Answer{answer("Client", "/", blocked,
				reachability.Hop{Name: reachability.HopNlbListener, Verdict: reachability.Reachable}, blockedHop(endpointGroups))}},
			false,
			`error onePort[Checkout/Endpoint] at /out/Checkout.template.json Endpoint Properties.SecurityGroupIds
Client cannot call https://api.pricing.internal.company.com/: blocked at NLB target group
   ✓ 2 hops, endpoint ingress to NLB listener
   ✗ NLB target group: its port 444 is not the ALB's 443
     at Checkout/Endpoint.SecurityGroupIds
   why: privateapi explain onePort
Fix: give it the port 443
`,
		},
		"FailOnUnknown makes an unknown path an error": {
			reachability.Report{Answers: []reachability.Answer{answer("Client", "/", unknown, noName)}},
			true,
			`error unknownPath[Checkout/Endpoint] at /out/Checkout.template.json Endpoint Properties.SecurityGroupIds
Client is not proven to reach https://api.pricing.internal.company.com/: unknown at endpoint service
   ✓ endpoint ingress
   ? endpoint service: its name is a parameter
     at Checkout/Endpoint.SecurityGroupIds
Fix: set Parameters: &map[string]*string{"Checkout.endpoint service": jsii.String("VALUE")} in ProveReachabilityProps
`,
		},
		"broken rules without those of a path, and notices": {
			reachability.Report{
				Answers:  []reachability.Answer{reachable, answer("Client", "/", blocked, blockedHop(endpointGroups))},
				Findings: []reachability.Finding{finding, twice, twice}, Notices: []reachability.Notice{
					{ID: "web-acl", Message: "the web ACL can refuse calls"}, {ID: "peering", Message: "peering", Evidence: []reachability.Evidence{listenerPort}},
				},
			},
			false,
			`error onePort[Checkout/Endpoint] at /out/Checkout.template.json Endpoint Properties.SecurityGroupIds
Client cannot call https://api.pricing.internal.company.com/: blocked at NLB target group
   ✓ endpoint ingress
   ✗ NLB target group: its port 444 is not the ALB's 443
     at Checkout/Endpoint.SecurityGroupIds
   why: privateapi explain onePort
Fix: give it the port 443
warning twoZones[Pricing/Listener] at /out/Pricing.template.json Listener Properties.Port
the NLB has one zone
     at Pricing/Listener.Port = 443
   AWS: loses it
   why: privateapi explain twoZones
Fix: add one
error onePort[Pricing/Targets] at /out/Pricing.template.json Targets Properties.Port
ports differ
     at Pricing/Targets.Port = 444
     at Pricing/Listener.Port = 443
   AWS: 
   why: privateapi explain onePort
error onePort[Pricing/Targets] at /out/Pricing.template.json Targets Properties.Port
ports differ
     at Pricing/Targets.Port = 444
     at Pricing/Listener.Port = 443
   AWS: 
   why: privateapi explain onePort
info web-acl at nowhere
not covered by the proof: the web ACL can refuse calls
info peering[Pricing/Listener] at /out/Pricing.template.json Listener Properties.Port
not covered by the proof: peering
     at Pricing/Listener.Port = 443
`,
		},
		"nothing to prove is a warning": {
			reachability.Report{},
			false,
			`warning nothingToProve at nowhere
no path is proven: these templates have no client of a private API
Fix: set Assemblies or Templates in ProveReachabilityProps to load the other side
`,
		},
		"FailOnUnknown makes nothing to prove an error": {
			reachability.Report{},
			true,
			`error nothingToProve at nowhere
no path is proven: these templates have no client of a private API
Fix: set Assemblies or Templates in ProveReachabilityProps to load the other side
`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got := shown(privateapi.ViolationsOf(&tc.report, tc.fail)); got != tc.want {
				t.Errorf("violations =\n%s\nwant\n%s", got, tc.want)
			}
		})
	}
}

func many(n int, make func(int) reachability.Answer) []reachability.Answer {
	var answers []reachability.Answer
	for i := range n {
		answers = append(answers, make(i))
	}
	return answers
}

// Each settlement is a field to paste. There is none for a question about one client, nor for the deployment.
func TestProofSettlementsAreFields(t *testing.T) {
	want := map[proof.SettlementKind]string{
		proof.SettleByNestedTemplate: `set NestedTemplates: &map[string]*string{"x": jsii.String("FILE"), "y": jsii.String("FILE")} in ProveReachabilityProps`,
		proof.SettleByParameter:      `set Parameters: &map[string]*string{"x": jsii.String("VALUE"), "y": jsii.String("VALUE")} in ProveReachabilityProps`,
		proof.SettleByOutput:         `set Parameters: &map[string]*string{"x": jsii.String("@STACK.OUTPUT"), "y": jsii.String("@STACK.OUTPUT")} in ProveReachabilityProps`,
		proof.SettleByZone:           `set AvailabilityZoneIds: &map[string]*string{"x": jsii.String("ZONE-ID"), "y": jsii.String("ZONE-ID")} in ProveReachabilityProps`,
		proof.SettleByCertificate:    `set CertificateNames: &map[string]*[]*string{"x": jsii.Strings("NAME"), "y": jsii.Strings("NAME")} in ProveReachabilityProps`,
		proof.SettleByService:        `set Services: &map[string]*string{"x": jsii.String("STACK/LOGICAL-ID"), "y": jsii.String("STACK/LOGICAL-ID")} in ProveReachabilityProps`,
		proof.SettleByEnvironment: `set Templates: &[]*privateapi.ReachabilityTemplate{{File: jsii.String("x"), Account: jsii.String("ACCOUNT"), Region: jsii.String("REGION")}} in ProveReachabilityProps` + "\n" +
			`set Env: &awscdk.Environment{Account: jsii.String("ACCOUNT"), Region: jsii.String("REGION")} in the StackProps of the stack in y`,
		proof.SettleByTemplate:          `set Assemblies: jsii.Strings("DIR") in ProveReachabilityProps to load x, y`,
		proof.SettleByLookup:            "", // the fix of the hop says it
		proof.SettleByZoneNames:         `set AvailabilityZoneNames: &map[string]*[]*string{"x": jsii.Strings("ZONE-NAME"), "y": jsii.Strings("ZONE-NAME")} in ProveReachabilityProps`,
		proof.SettleByPrefixList:        `set PrefixLists: &map[string]*[]*string{"x": jsii.Strings("CIDR"), "y": jsii.Strings("CIDR")} in ProveReachabilityProps`,
		proof.SettleByLatticePrefixList: `set LatticePrefixLists: &map[string]*string{"x": jsii.String("PL-ID"), "y": jsii.String("PL-ID")} in ProveReachabilityProps`,
		proof.SettleByPublicAddress:     `set PublicAddresses: &map[string]*[]*string{"x": jsii.Strings("ADDRESS"), "y": jsii.Strings("ADDRESS")} in ProveReachabilityProps`,
		proof.SettleByAssumption:        `set Assume: jsii.Strings("x", "y") in ProveReachabilityProps`,
		proof.SettleByClient:            "",
		proof.SettleByDeployment:        "",
	}
	for _, kind := range proof.SettlementKinds() {
		hop := unknownHop(reachability.HopRecord, "unknown")
		hop.Settle = []reachability.Settlement{{Kind: kind, Subject: "x"}, {Kind: kind, Subject: "y"}}
		report := reachability.Report{Answers: []reachability.Answer{answer("Client", "/", reachability.Unknown, hop)}}
		got := ""
		if fix := privateapi.ViolationsOf(&report, false, "x")[0].Fix; fix != nil {
			got = *fix
		}
		if expected, ok := want[kind]; !ok || got != expected {
			t.Errorf("%s:\n%s\nwant\n%s", kind, got, expected)
		}
	}
}
