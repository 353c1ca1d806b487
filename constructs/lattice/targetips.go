package lattice

import (
	"fmt"
	"net/netip"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsvpclattice"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// IpTargetOptions say how VPC Lattice reaches addresses. Required are Vpc and Peers.
type IpTargetOptions struct {
	// The VPC of the addresses.
	//
	// Required.
	Vpc awsec2.IVpc

	// The port of the addresses.
	//
	// Default: - 443 for TargetProtocol_HTTPS and TargetProtocol_TCP, else 80.
	Port *float64

	// What VPC Lattice speaks to the addresses.
	//
	// Default: TargetProtocol_HTTP; TargetProtocol_TCP for an API with ListenerProtocol_TLS_PASSTHROUGH.
	Protocol TargetProtocol

	// The version of HTTP.
	//
	// Default: ProtocolVersion_HTTP1.
	ProtocolVersion ProtocolVersion

	// How the addresses are checked.
	//
	// Default: - over HTTP on their port for ProtocolVersion_HTTP1, else not at all.
	HealthCheck *HealthCheck

	// The security groups behind the addresses, which an address does not tell: they are opened to VPC Lattice on the port and on that of health
	// checks. An empty list opens nothing.
	//
	// Required.
	Peers *[]awsec2.IConnectable
}

type ipTarget struct {
	addresses []*string
	options   IpTargetOptions
}

// Target_FromIpAddresses returns a target of addresses in a VPC.
func Target_FromIpAddresses(addresses *[]*string, options *IpTargetOptions) ITarget {
	return &ipTarget{prop.Elements(addresses), *prop.Or(options, &IpTargetOptions{})}
}

// PlanTarget implements [ITarget].
func (t *ipTarget) PlanTarget(options *TargetOptions) *TargetPlan {
	r, property := options.Report, options.Property
	before := len(r.Problems())
	check.Embedded(r, property, &t.options)
	if len(r.Problems()) > before {
		return nil // what is nil cannot be asked for more
	}
	if len(t.addresses) == 0 {
		r.AddWithFix(rules.Required, property, "supply the addresses", "has no address")
	}
	registered := []*awsvpclattice.CfnTargetGroup_TargetProperty{}
	for i, address := range t.addresses {
		if address == nil {
			r.Add(rules.Required, fmt.Sprintf("%s[%d]", property, i), "is nil")
			continue
		}
		if literal, ok := token.Literal(address); ok {
			checkAddress(r, fmt.Sprintf("%s[%d]", property, i), literal)
		}
		registered = append(registered, &awsvpclattice.CfnTargetGroup_TargetProperty{Id: address})
	}
	checkVpcGiven(r, property, t.options.Vpc)
	if t.options.Peers == nil {
		r.AddWithFix(rules.TargetPeers, property+".Peers", "set Peers to the security groups of the targets, or to an empty list if you open them yourself",
			"is missing, and an address does not tell its security group")
	}
	check.NoNil(r, property+".Peers", t.options.Peers)
	if len(r.Problems()) > before {
		return nil
	}
	return &TargetPlan{
		Type: TargetType_IP, Vpc: t.options.Vpc, Targets: &registered, Peers: t.options.Peers, HealthCheck: prop.Copy(t.options.HealthCheck),
		Port: portOr(t.options.Port, protocolOr(t.options.Protocol, options)), Protocol: protocolOr(t.options.Protocol, options), ProtocolVersion: t.options.ProtocolVersion,
	}
}

// checkAddress reports a public address, and what is no address.
func checkAddress(r *rules.Report, property, address string) {
	if _, err := netip.ParseAddr(address); err != nil {
		r.AddWithFix(rules.TargetAddress, property, "use an address of the VPC", "%q is not an address", address)
		return
	}
	rules.CheckIPTarget(r, property, rules.IPTarget{Address: address, Zone: "all"})
}

func checkVpcGiven(r *rules.Report, property string, vpc awsec2.IVpc) {
	if vpc == nil {
		r.AddWithFix(rules.Required, property+".Vpc", "supply the VPC of the targets", "is missing")
	}
}

// protocolOr returns a protocol, or that which the listener of an API needs.
func protocolOr(given TargetProtocol, options *TargetOptions) TargetProtocol {
	if options.Protocol == ListenerProtocol_TLS_PASSTHROUGH {
		return prop.EnumOr(given, TargetProtocol_TCP)
	}
	return prop.EnumOr(given, TargetProtocol_HTTP)
}

// portOr returns a port, or the usual one of a protocol.
func portOr(given *float64, protocol TargetProtocol) *float64 {
	if protocol == TargetProtocol_HTTP {
		return prop.Or(given, jsii.Number(80))
	}
	return prop.Or(given, jsii.Number(443))
}
