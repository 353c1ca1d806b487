package targets

import (
	"net/netip"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
)

// Type returns the type of a target. JavaScript has it in lower case.
func Type(attached *elbv2.LoadBalancerTargetProps) elbv2.TargetType {
	return elbv2.TargetType(strings.ToUpper(string(attached.TargetType)))
}

// Address returns the IP address of a target, and false if it is not registered by address.
func Address(attached *elbv2.LoadBalancerTargetProps) (string, bool) {
	target, _ := attached.TargetJson.(map[string]any)
	address, ok := target["id"].(string)
	return address, ok && Type(attached) == elbv2.TargetType_IP
}

// Port returns the port of a target: its own, or that of its target group.
func Port(attached *elbv2.LoadBalancerTargetProps, ofGroup *float64) *float64 {
	if target, ok := attached.TargetJson.(map[string]any); ok {
		if port, ok := target["port"].(float64); ok {
			return &port
		}
	}
	return ofGroup
}

// Peer returns a single address as a peer.
func Peer(b *onecall.Batch, address string) *onecall.Item[awsec2.IPeer] {
	if parsed, err := netip.ParseAddr(address); err == nil && parsed.Is6() {
		return onecall.Static(b, awsec2.Peer_Ipv6, jsii.String(address+"/128"))
	}
	return onecall.Static(b, awsec2.Peer_Ipv4, jsii.String(address+"/32"))
}
