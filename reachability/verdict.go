package reachability

import (
	"cmp"
	"fmt"
	"strings"
)

// Verdict is the answer to a question, or to one hop of it. The zero value is Unknown, and Unknown is never taken for
// Reachable.
type Verdict int

const (
	// Unknown means that a value on the way is decided only at deploy time, or that the model does not cover what it met.
	Unknown Verdict = iota
	// Reachable means that the templates prove it.
	Reachable
	// Blocked means that the templates prove the opposite.
	Blocked
)

// String returns the verdict in one word.
func (v Verdict) String() string {
	switch v {
	case Reachable:
		return "reachable"
	case Blocked:
		return "blocked"
	}
	return "unknown"
}

// MarshalText makes JSON of a verdict its word.
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText reads the word of a verdict.
func (v *Verdict) UnmarshalText(text []byte) error {
	for _, known := range []Verdict{Unknown, Reachable, Blocked} {
		if string(text) == known.String() {
			*v = known
			return nil
		}
	}
	return fmt.Errorf("%q is not a verdict", text)
}

// and is the verdict of two steps that must both pass: Blocked if one is, else Unknown if one is.
func (v Verdict) and(other Verdict) Verdict {
	switch {
	case v == Blocked || other == Blocked:
		return Blocked
	case v == Unknown || other == Unknown:
		return Unknown
	}
	return Reachable
}

// The names of the hops, in the order in which a request takes them.
const (
	HopHostedZone         = "hosted zone"          // the name is answered in the client's VPC
	HopRecord             = "record"               // and leads to the endpoint
	HopRoute              = "route"                // the client and the endpoint are in one VPC
	HopClientEgress       = "client egress"        // the client's security groups let it out
	HopClientNacl         = "client network ACL"   // as do the ACLs between it and the endpoint, both ways
	HopEndpointIngress    = "endpoint ingress"     // the endpoint's security groups let it in
	HopEndpointZones      = "endpoint zones"       // the endpoint is in zones of the service
	HopEndpointService    = "endpoint service"     // the service exists, in a Region that the endpoint reaches
	HopAllowedPrincipal   = "allowed principal"    // the consumer's account may connect
	HopAcceptance         = "acceptance"           // the connection is accepted
	HopNlbIngress         = "NLB ingress"          // the NLB's security groups do not hold PrivateLink traffic back
	HopNlbListener        = "NLB listener"         // a TCP listener has the port
	HopNlbTargetGroup     = "NLB target group"     // and forwards to targets that AWS accepts there
	HopNlbHealthCheck     = "NLB health check"     // which the health check can find healthy
	HopNlbEgress          = "NLB egress"           // the NLB's security groups let it out to the ALB
	HopNlbNacl            = "NLB network ACL"      // as do the ACLs between the two, both ways
	HopAlbIngress         = "ALB ingress"          // the ALB's security groups let it in
	HopAlbListener        = "ALB listener"         // a listener has the port and the protocol
	HopCertificate        = "certificate"          // with a certificate that covers the name
	HopAlbRule            = "ALB rule"             // a rule takes the host and the path
	HopTargetGroup        = "target group"         // and forwards to a target group
	HopTargetHealthCheck  = "target health check"  // which the health check can find healthy
	HopLoadBalancerEgress = "load balancer egress" // the last load balancer's security groups let it out to the targets
	HopTargetNacl         = "target network ACL"   // as do the ACLs between them, both ways
	HopTargetIngress      = "target ingress"       // the target's security groups let it in
	HopTarget             = "target"               // and something listens there: a container port of a task
)

// Hop is one step of a request's way.
type Hop struct {
	// Name is one of the Hop… constants.
	Name string `json:"name"`
	// Verdict is the step's own.
	Verdict Verdict `json:"verdict"`
	// Says is what was found, with the values: why it passes, why it is blocked, or what is not known.
	Says string `json:"says"`
	// Evidence is where that is written. The first is what decides.
	Evidence []Evidence `json:"evidence,omitempty"`
	// Fix is what to do about a blocked hop, or what would settle an unknown one.
	Fix string `json:"fix,omitempty"`
	// Rule is the ID of the rule that a blocked hop breaks; `privateapi explain` knows it.
	Rule string `json:"rule,omitempty"`
}

// Evidence is a resource in a template, or a property of it.
type Evidence struct {
	// Stack and LogicalID name the resource; Type is its CloudFormation type.
	Stack     string `json:"stack"`
	LogicalID string `json:"logicalId"`
	Type      string `json:"type,omitempty"`
	// Property is the way to the property, such as "SecurityGroupEgress[0].ToPort"; empty for the whole resource.
	Property string `json:"property,omitempty"`
	// Value is the property's value, as people read it; empty for lists, objects and what is not known.
	Value string `json:"value,omitempty"`
	// ConstructPath is the CDK construct's, empty in templates that CDK did not make.
	ConstructPath string `json:"constructPath,omitempty"`
	// File is the template.
	File string `json:"file,omitempty"`
}

// String is the stack, the logical ID and the property, such as "Checkout/Endpoint.SubnetIds", with its value.
func (e Evidence) String() string {
	text := e.Stack + "/" + e.LogicalID
	if e.Property != "" {
		text += "." + e.Property
	}
	if e.Value != "" {
		text += " = " + e.Value
	}
	return text
}

// Answer is what was found for one client, domain and path.
type Answer struct {
	// Client is who calls: a construct path, or stack and logical ID.
	Client string `json:"client"`
	// Domain, Port and Path are what it calls. The path is the pattern of the route where the route is what is asked
	// for.
	Domain string `json:"domain"`
	Port   int    `json:"port"`
	Path   string `json:"path"`
	// Verdict is Blocked if a hop is, else Unknown if a hop is, else Reachable.
	Verdict Verdict `json:"verdict"`
	// Hops are the steps in order, up to the first that is blocked or that hides what follows.
	Hops []Hop `json:"hops"`
}

// URL is what the client calls.
func (a Answer) URL() string {
	port := fmt.Sprintf(":%d", a.Port)
	if a.Port == 443 {
		port = ""
	}
	return "https://" + cmp.Or(a.Domain, "THE-ENDPOINT") + port + a.Path
}

// Decisive returns the hop that decides the verdict: the first blocked one, else the first unknown one, else the last.
func (a Answer) Decisive() Hop {
	for _, verdict := range []Verdict{Blocked, Unknown} {
		for _, hop := range a.Hops {
			if hop.Verdict == verdict {
				return hop
			}
		}
	}
	if len(a.Hops) == 0 {
		return Hop{}
	}
	return a.Hops[len(a.Hops)-1]
}

// String is the chain as people read it: the hops that pass by name, the others with what is wrong and what to do.
func (a Answer) String() string {
	var text strings.Builder
	fmt.Fprintf(&text, "%s: %s calls %s\n", strings.ToUpper(a.Verdict.String()), a.Client, a.URL())
	for _, hop := range a.Hops {
		fmt.Fprintf(&text, "  %s %-20s  %s\n", hop.Mark(), hop.Name, hop.Says)
		if hop.Verdict == Reachable {
			continue
		}
		for _, e := range hop.Evidence {
			fmt.Fprintf(&text, "      at   %s\n", e)
		}
		if hop.Fix != "" {
			fmt.Fprintf(&text, "      fix  %s\n", hop.Fix)
		}
	}
	return text.String()
}

// Mark is one sign for the verdict of a hop.
func (h Hop) Mark() string {
	switch h.Verdict {
	case Reachable:
		return "✓"
	case Blocked:
		return "✗"
	}
	return "?"
}
