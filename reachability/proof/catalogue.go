package proof

import (
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// HopType is the definition of a hop: all that holds for it in any report.
type HopType struct {
	// Name is the hop's name, one of the Hop… constants.
	Name string
	// Summary says what must hold for the hop to pass.
	Summary string
	// Rule is the rule that the hop breaks if it does not pass and nothing more specific is known.
	Rule rules.Rule
	// Segment is the segment of the picture that the hop belongs to.
	Segment Segment
	// AssumedBy lists the IDs in [Facts.Assume] that let an unknown hop pass.
	AssumedBy []string
}

// Catalogue returns the definition of every hop, in the order of a request. Transports follow one another: a request
// takes the hops of one of them.
func Catalogue() []HopType { return slices.Clone(catalogue) }

// FindHop returns the definition of the hop with that name.
func FindHop(name string) (HopType, bool) {
	i, ok := catalogueIndex[name]
	if !ok {
		return HopType{}, false
	}
	return catalogue[i], true
}

// FindHopByRule returns the definition of the hop that has a rule with that ID.
func FindHopByRule(id string) (HopType, bool) {
	i := slices.IndexFunc(catalogue, func(h HopType) bool { return h.Rule.ID == id })
	if i < 0 {
		return HopType{}, false
	}
	return catalogue[i], true
}

var catalogueIndex = func() map[string]int {
	index := make(map[string]int, len(catalogue))
	for i, hop := range catalogue {
		index[hop.Name] = i
	}
	return index
}()

var catalogue = []HopType{
	{
		Name: HopHostedZone, Rule: rules.PathHostedZone, Segment: SegmentEndpoint,
		Summary:   "the name resolves in the client's VPC",
		AssumedBy: []string{AssumeHostedZone, AssumePublicDNS, AssumeDNS, AssumeVerified, AssumeProvider, AssumeShareAccepted, AssumeOrganization},
	},
	{
		Name: HopRecord, Rule: rules.PathRecord, Segment: SegmentEndpoint,
		Summary: "the name resolves to the endpoint or the ALB",
	},
	{
		Name: HopRoute, Rule: rules.PathRoute, Segment: SegmentEndpoint,
		Summary:   "the client and the endpoint or the ALB are in one VPC, or the client's routes lead to what connects their VPCs",
		AssumedBy: []string{AssumeRoutes},
	},
	{
		Name: HopPeering, Rule: rules.PathPeering, Segment: SegmentNetwork,
		Summary:   "the peering connection connects the two VPCs, is accepted, and no blocks of theirs overlap",
		AssumedBy: []string{AssumeRoutes, AssumeAccepted, AssumeSeparateBlocks},
	},
	{
		Name: HopAttachment, Rule: rules.PathGatewayAttachment, Segment: SegmentNetwork,
		Summary:   "both VPCs are attached to the transit gateway, in the zones of the client and of what it calls",
		AssumedBy: []string{AssumeRoutes, AssumeTransitGateway, AssumeShareAccepted, AssumeOrganization, AssumeAccepted},
	},
	{
		Name: HopGatewayRoute, Rule: rules.PathGatewayRoute, Segment: SegmentNetwork,
		Summary:   "the route table of the client's attachment leads to the other VPC",
		AssumedBy: []string{AssumeTransitGateway},
	},
	{
		Name: HopGatewayRouteBack, Rule: rules.PathGatewayRouteBack, Segment: SegmentNetwork,
		Summary:   "the route table of the other VPC's attachment leads back to the client's VPC",
		AssumedBy: []string{AssumeTransitGateway},
	},
	{
		Name: HopRouteBack, Rule: rules.PathRouteBack, Segment: SegmentNetwork,
		Summary:   "the routes of the endpoint or the ALB lead back to the client",
		AssumedBy: []string{AssumeRoutes},
	},
	{
		Name: HopClientEgress, Rule: rules.PathClientEgress, Segment: SegmentEndpoint,
		Summary: "the client's security groups allow traffic to the endpoint or the ALB",
	},
	{
		Name: HopClientNacl, Rule: rules.PathClientNetworkAcl, Segment: SegmentEndpoint,
		Summary:   "the network ACLs between the client and the endpoint or the ALB allow requests and responses",
		AssumedBy: []string{AssumeNetworkACL},
	},
	{
		Name: HopAttachmentNacl, Rule: rules.PathAttachmentNetworkAcl, Segment: SegmentNetwork,
		Summary:   "the network ACLs of the attachments' subnets allow requests and responses",
		AssumedBy: []string{AssumeNetworkACL},
	},
	{
		Name: HopInternetRoute, Rule: rules.PathInternetRoute, Segment: SegmentInternet,
		Summary:   "the client's routes lead to a NAT gateway or an internet gateway",
		AssumedBy: []string{AssumeRoutes},
	},
	{
		Name: HopNatGateway, Rule: rules.PathNatGateway, Segment: SegmentInternet,
		Summary:   "the NAT gateway is public, and its subnet's routes lead to an internet gateway",
		AssumedBy: []string{AssumeRoutes},
	},
	{
		Name: HopNatNacl, Rule: rules.PathNatNetworkAcl, Segment: SegmentInternet,
		Summary:   "the network ACL of the NAT gateway's subnet allows requests and responses",
		AssumedBy: []string{AssumeNetworkACL},
	},
	{
		Name: HopInternetGateway, Rule: rules.PathInternetGateway, Segment: SegmentInternet,
		Summary:   "an internet gateway is attached to the client's VPC, and what sends packets to it has a public address",
		AssumedBy: []string{AssumeRoutes},
	},
	{
		Name: HopBlockPublicAccess, Rule: rules.PathBlockPublicAccess, Segment: SegmentInternet,
		Summary: "VPC Block Public Access lets the client out, and requests in to the ALB",
	},
	{
		Name: HopPublicSubnet, Rule: rules.PathPublicSubnet, Segment: SegmentALB,
		Summary:   "the ALB's subnets have routes to an internet gateway that is attached to its VPC",
		AssumedBy: []string{AssumeRoutes},
	},
	{
		Name: HopEndpointIngress, Rule: rules.PathEndpointIngress, Segment: SegmentEndpoint,
		Summary: "the endpoint's security groups allow traffic from the client",
	},
	{
		Name: HopEndpointZones, Rule: rules.PathEndpointZones, Segment: SegmentEndpointService,
		Summary: "the endpoint is in Availability Zones of the service",
	},
	{
		Name: HopEndpointService, Rule: rules.PathEndpointService, Segment: SegmentEndpointService,
		Summary:   "the service exists, in a Region that the endpoint can connect to",
		AssumedBy: []string{AssumeProvider},
	},
	{
		Name: HopAllowedPrincipal, Rule: rules.PathAllowedPrincipal, Segment: SegmentEndpointService,
		Summary:   "the service allows the consumer's account to connect",
		AssumedBy: []string{AssumePrincipal, AssumeProvider},
	},
	{
		Name: HopAcceptance, Rule: rules.PathAcceptance, Segment: SegmentEndpointService,
		Summary:   "the provider accepts the connection",
		AssumedBy: []string{AssumeAccepted},
	},
	{
		Name: HopNlbIngress, Rule: rules.PathNlbIngress, Segment: SegmentNLB,
		Summary: "the NLB's security groups do not block PrivateLink traffic",
	},
	{
		Name: HopNlbListener, Rule: rules.PathNlbListener, Segment: SegmentNLB,
		Summary:   "the NLB has a listener on the port, for the client's protocol",
		AssumedBy: []string{AssumeHTTP2, AssumeProvider},
	},
	{
		Name: HopNlbTargetGroup, Rule: rules.PathNlbTargetGroup, Segment: SegmentALB,
		Summary:   "the listener forwards to targets that AWS accepts there",
		AssumedBy: []string{AssumeTargets},
	},
	{
		Name: HopNlbHealthCheck, Rule: rules.PathNlbHealthCheck, Segment: SegmentALB,
		Summary:   "the NLB's health check can succeed",
		AssumedBy: []string{AssumeMutualTLS, AssumeNetworkACL, AssumeHealthyZones},
	},
	{
		Name: HopNlbEgress, Rule: rules.PathNlbEgress, Segment: SegmentALB,
		Summary: "the NLB's security groups allow traffic to the ALB",
	},
	{
		Name: HopNlbNacl, Rule: rules.PathNlbNetworkAcl, Segment: SegmentALB,
		Summary:   "the network ACLs between the NLB and the ALB allow requests and responses",
		AssumedBy: []string{AssumeNetworkACL},
	},
	{
		Name: HopVpcAssociation, Rule: rules.PathVpcAssociation, Segment: SegmentServiceNetwork,
		Summary: "the client's VPC is associated with the service network",
	},
	{
		Name: HopAssociationIngress, Rule: rules.PathAssociationIngress, Segment: SegmentServiceNetwork,
		Summary: "the security groups of the VPC's association allow traffic from the client",
	},
	{
		Name: HopServiceAssociation, Rule: rules.PathServiceAssociation, Segment: SegmentService,
		Summary:   "the service is associated with the service network",
		AssumedBy: []string{AssumeProvider, AssumeNetworkName},
	},
	{
		Name: HopResourceShare, Rule: rules.PathResourceShare, Segment: SegmentService,
		Summary:   "the owners share the service and the service network with the accounts that associate them",
		AssumedBy: []string{AssumeShareAccepted, AssumeOrganization},
	},
	{
		Name: HopServiceDomain, Rule: rules.PathServiceDomain, Segment: SegmentService,
		Summary: "the service answers to the name",
	},
	{
		Name: HopServiceListener, Rule: rules.PathServiceListener, Segment: SegmentService,
		Summary: "the service has a listener on the port, for the client's protocol",
	},
	{
		Name: HopServiceCertificate, Rule: rules.PathServiceCertificate, Segment: SegmentService,
		Summary:   "the certificate of the service covers the name",
		AssumedBy: []string{AssumeCertificateNames},
	},
	{
		Name: HopCallerPolicy, Rule: rules.PathCallerPolicy, Segment: SegmentService,
		Summary:   "the client signs requests, and its policies allow them",
		AssumedBy: []string{AssumeSigned, AssumePolicies},
	},
	{
		Name: HopNetworkPolicy, Rule: rules.PathNetworkPolicy, Segment: SegmentService,
		Summary:   "the service network allows the request",
		AssumedBy: []string{AssumePolicies},
	},
	{
		Name: HopServicePolicy, Rule: rules.PathServicePolicy, Segment: SegmentService,
		Summary:   "the service allows the request",
		AssumedBy: []string{AssumePolicies},
	},
	{
		Name: HopServiceRule, Rule: rules.PathServiceRule, Segment: SegmentService,
		Summary: "a rule of the listener takes the path and forwards to targets",
	},
	{
		Name: HopServiceTargetGroup, Rule: rules.PathServiceTargetGroup, Segment: SegmentALB,
		Summary:   "the service forwards to an internal ALB that VPC Lattice accepts",
		AssumedBy: []string{AssumeTargets, AssumeHTTP2},
	},
	{
		Name: HopAlbNacl, Rule: rules.PathAlbNetworkAcl, Segment: SegmentALB,
		Summary:   "the network ACLs of the ALB's subnets allow requests from VPC Lattice or from the internet, and responses",
		AssumedBy: []string{AssumeNetworkACL},
	},
	{
		Name: HopAlbIngress, Rule: rules.PathAlbIngress, Segment: SegmentALB,
		Summary: "the ALB's security groups allow traffic from the NLB, from VPC Lattice, or from the client",
	},
	{
		Name: HopAlbListener, Rule: rules.PathAlbListener, Segment: SegmentALB,
		Summary:   "the ALB has a listener on the port, for the client's protocol",
		AssumedBy: []string{AssumeMutualTLS, AssumeWebACL},
	},
	{
		Name: HopCertificate, Rule: rules.PathCertificate, Segment: SegmentALB,
		Summary:   "a certificate of the listener covers the name",
		AssumedBy: []string{AssumeCertificateNames},
	},
	{
		Name: HopAlbRule, Rule: rules.PathAlbRule, Segment: SegmentTarget,
		Summary:   "a listener rule matches the host and the path",
		AssumedBy: []string{AssumeAuthentication},
	},
	{
		Name: HopJwtKeys, Rule: rules.PathJwtKeys, Segment: SegmentTarget,
		Summary:   "the ALB can fetch the keys with which it validates JWTs",
		AssumedBy: []string{AssumeJWKS},
	},
	{
		Name: HopTargetGroup, Rule: rules.PathTargetGroup, Segment: SegmentTarget,
		Summary:   "the rule forwards to a target group that AWS accepts there",
		AssumedBy: []string{AssumeHTTP2},
	},
	{
		Name: HopTargetHealthCheck, Rule: rules.PathTargetHealthCheck, Segment: SegmentTarget,
		Summary:   "the health check of the targets can succeed",
		AssumedBy: []string{AssumeNetworkACL, AssumeHealthyZones},
	},
	{
		Name: HopLoadBalancerEgress, Rule: rules.PathLoadBalancerEgress, Segment: SegmentTarget,
		Summary: "the security groups of the last load balancer allow traffic to the targets",
	},
	{
		Name: HopTargetNacl, Rule: rules.PathTargetNetworkAcl, Segment: SegmentTarget,
		Summary:   "the network ACLs between the load balancer and the targets allow requests and responses",
		AssumedBy: []string{AssumeNetworkACL},
	},
	{
		Name: HopTargetIngress, Rule: rules.PathTargetIngress, Segment: SegmentTarget,
		Summary: "the targets' security groups allow traffic from the load balancer",
	},
	{
		Name: HopTarget, Rule: rules.PathTarget, Segment: SegmentTarget,
		Summary:   "the target listens on the port",
		AssumedBy: []string{AssumeTargets, AssumeProxyProtocol},
	},
}
