package network

import (
	"slices"
	"strings"
)

const (
	internetGatewayType  = "AWS::EC2::InternetGateway"
	vpcGatewayAttachment = "AWS::EC2::VPCGatewayAttachment"
)

// InternetAttachment attaches an internet gateway to a VPC.
type InternetAttachment struct{ *Resource }

// VpcId is the VPC.
func (a *InternetAttachment) VpcId() Property { return property(a.Resource, "VpcId") }

// InternetGatewayId is the internet gateway.
func (a *InternetAttachment) InternetGatewayId() Property {
	return property(a.Resource, "InternetGatewayId")
}

// IsInternetGateway reports whether a value names an internet gateway: a resource, or an ID as text.
func IsInternetGateway(v Value) bool {
	r, _, isReference := v.Reference()
	id, _ := v.Text()
	return isReference && r.Type == internetGatewayType || strings.HasPrefix(id, "igw-")
}

// IsDefinedInternetGateway reports whether the templates define the internet gateway that a value names, so that they attach it.
func IsDefinedInternetGateway(v Value) bool { return ofType(v, internetGatewayType) != nil }

// InternetAttachments are the attachments of internet gateways to a VPC, the first of which is the only one that EC2 accepts.
func (n *Network) InternetAttachments(vpc Value) []*InternetAttachment {
	return n.internet.attachments.named(vpc)
}

// UnplacedInternetAttachments are the attachments of internet gateways to VPCs that are undecided.
func (n *Network) UnplacedInternetAttachments() []*InternetAttachment {
	return n.internet.attachments.unplaced()
}

// InternetAttachment says whether an internet gateway is attached to a VPC, with the property that tells or leaves it open; without
// one, nothing attaches it.
func (n *Network) InternetAttachment(gateway, vpc Value) (Tristate, *Property) {
	var doubt *Property
	for _, a := range slices.Concat(n.InternetAttachments(vpc), n.UnplacedInternetAttachments()) {
		is, at := min(Same(a.InternetGatewayId().Value, gateway), Same(a.VpcId().Value, vpc)), a.InternetGatewayId()
		if Same(a.VpcId().Value, vpc) != Yes {
			at = a.VpcId()
		}
		switch is {
		case Yes:
			return Yes, &at
		case Maybe:
			doubt = &at
		}
	}
	if doubt != nil {
		return Maybe, doubt
	}
	return No, nil
}

// internetFacts are the facts of what leads to the internet.
type internetFacts struct {
	attachments owned[*InternetAttachment] // by VPC
	natGateways facts[*NatGateway]
	elasticIPs  facts[*ElasticIP]

	elasticIPUses   owned[elasticIPUse] // by instance, or by network interface
	blockOptions    []*BlockPublicAccess
	blockExclusions owned[*BlockPublicAccessExclusion] // by VPC, or by subnet

	webAcls       facts[*WebAcl]
	ipSets        facts[*IPSet]
	webRuleGroups facts[*WebRuleGroup]
}

func (n *Network) indexInternet() {
	for _, r := range n.OfType(vpcGatewayAttachment) {
		if a := (&InternetAttachment{r}); !a.InternetGatewayId().IsAbsent() {
			n.internet.attachments.add(a.VpcId().Value, a)
		}
	}
	collect(n, &n.internet.natGateways, natGatewayType, func(r *Resource) *NatGateway { return &NatGateway{r} })
	n.indexElasticIPs()
	n.indexBlockPublicAccess()
	n.indexWebAcls()
}

// IngressRouteTable is the association of a route table with an internet gateway, which redirects packets that come in through it; nil if
// the templates have none.
// https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html
func (n *Network) IngressRouteTable(gateway Value) *Resource {
	for _, r := range n.OfType("AWS::EC2::GatewayRouteTableAssociation") {
		if Equal(r.Property("GatewayId"), gateway) != No {
			return r
		}
	}
	return nil
}
