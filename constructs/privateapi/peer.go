package privateapi

import (
	"net/netip"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"
)

// byFamily returns a CIDR block as one of IPv4 or of IPv6. A token is taken for IPv4.
func byFamily(cidr *string) (v4, v6 *string) {
	if prefix, err := netip.ParsePrefix(*cidr); err == nil && prefix.Addr().Is6() {
		return nil, cidr
	}
	return cidr, nil
}

// peerOfAddress returns a single address as a peer.
func peerOfAddress(address string) awsec2.IPeer {
	if parsed, err := netip.ParseAddr(address); err == nil && parsed.Is6() {
		return awsec2.Peer_Ipv6(jsii.String(address + "/128"))
	}
	return awsec2.Peer_Ipv4(jsii.String(address + "/32"))
}
