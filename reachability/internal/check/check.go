package check

import (
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// check finds where the templates break one rule.
type check struct {
	rule rules.Rule
	find func(*pass)
}

// checks has one check for each rule, in the order of a request's path: findings are reported in this order.
var checks = []check{
	// The name, in the consumer's VPC.
	{rules.HostedZoneTwice, hostedZoneTwice},
	{rules.ProfileTwice, profileTwice},
	{rules.HostedZoneVpc, hostedZoneVPC},
	{rules.HostedZoneName, hostedZoneName},
	{rules.HostedZoneAccount, hostedZoneAccount},
	{rules.CnameAtApex, cnameAtApex},
	{rules.ParentZone, parentZone},
	{rules.VpcDns, vpcDNS},

	// The endpoint.
	{rules.ServiceName, serviceName},
	{rules.ServiceRegion, serviceRegion},
	{rules.EndpointPolicy, endpointPolicy},
	{rules.PrivateDnsMissing, privateDNSMissing},
	{rules.PrivateDnsAcceptance, privateDNSAcceptance},
	{rules.DnsModes, dnsModes},
	{rules.IPAddressType, ipAddressType},
	{rules.SubnetIPv6, subnetIPv6},
	{rules.SubnetPerZone, subnetPerZone},
	{rules.PrivateDnsTwice, privateDNSTwice},
	{rules.EndpointSecurityGroup, endpointSecurityGroup},
	{rules.SecurityGroupQuota, securityGroupQuota},
	{rules.EndpointQuota, endpointQuota},
	{rules.ClientVpc, clientVPC},

	// The endpoint service.
	{rules.ServiceLoadBalancer, serviceLoadBalancer},
	{rules.ServiceOfLoadBalancer, serviceOfLoadBalancer},
	{rules.NobodyAllowed, nobodyAllowed},
	{rules.DomainNameForm, privateDNSName},
	{rules.PrivateDnsName, privateDNSName},
	{rules.TxtRecord, txtRecord},
	{rules.AcceptorTwice, acceptorTwice},
	{rules.ContractTerms, contractTerms},
	{rules.ParameterTier, parameterTier},
	{rules.KnownValue, payer},
	{rules.CrossRegionIdleTimeout, crossRegionIdleTimeout},
	{rules.PermissionsTwice, permissionsTwice},
	{rules.PrincipalTwice, principalTwice},
	{rules.PrincipalForm, principalForm},
	{rules.EveryoneNeedsAcceptance, everyoneNeedsAcceptance},

	// VPC Lattice, between the client and the targets.
	{rules.LatticeParts, latticeParts},
	{rules.LatticeName, latticeName},
	{rules.LatticeArn, latticeArn},
	{rules.LatticeRegion, latticeArn},
	{rules.LatticeServiceNetwork, latticeServiceNetwork},
	{rules.LatticeServiceTwice, latticeServiceTwice},
	{rules.LatticeAssociation, latticeAssociation},
	{rules.LatticeOpenAssociation, latticeOpenAssociation},
	{rules.LatticeEndpoint, latticeEndpoint},
	{rules.LatticeShare, latticeShare},
	{rules.ShareTwice, shareTwice},
	{rules.LatticeCertificate, latticeCertificate},
	{rules.LatticeIdleTimeout, latticeIdleTimeout},
	{rules.LatticeLogs, latticeLogs},
	{rules.LatticeAuth, latticeAuth},
	{rules.LatticeAuthPolicySize, latticeAuthPolicySize},
	{rules.LatticeAnyCaller, latticeAnyCaller},
	{rules.LatticeCallerPolicy, latticeCallerPolicy},
	{rules.LatticePassthrough, latticePassthrough},
	{rules.LatticeRoute, latticeRoute},
	{rules.LatticeMethod, latticeMethod},
	{rules.LatticePriority, latticePriority},
	{rules.LatticeForward, latticeForward},
	{rules.LatticeFixedResponse, latticeFixedResponse},
	{rules.LatticeQuota, latticeQuota},
	{rules.LatticeTargetProtocol, latticeTargetProtocol},
	{rules.LatticeTargetGroupService, latticeTargetGroupService},
	{rules.LatticeTarget, latticeTarget},
	{rules.LatticePortName, latticePortName},
	{rules.LatticeHealthCheck, latticeHealthCheck},
	{rules.LatticeAlbTarget, latticeAlbTarget},
	{rules.LatticeAlbQuota, latticeAlbQuota},
	{rules.LatticeForwardedFor, latticeForwardedFor},
	{rules.LatticeConnections, latticeConnections},
	{rules.LatticeFunctionPermission, latticeFunctionPermission},

	// Routes between VPCs.
	{rules.PeeringOverlap, peeringOverlap},
	{rules.PeeringSelf, peeringSelf},
	{rules.RouteTargets, routeTargets},
	{rules.RouteOwner, routeOwner},
	{rules.RouteBack, routeBack},
	{rules.RoutedReferences, routedReferences},
	{rules.GroupReferenceOut, groupReferenceOut},
	{rules.TransitOption, transitOption},
	{rules.TransitDefaultTable, transitDefaultTable},
	{rules.TransitAcceptance, transitAcceptance},
	{rules.TransitAttachmentType, transitAttachmentType},
	{rules.TransitTwice, transitTwice},
	{rules.TransitAttachmentZone, transitAttachmentZone},
	{rules.TransitPublicSubnet, transitPublicSubnet},
	{rules.TransitAssociation, transitAssociation},
	{rules.TransitIdentical, transitIdentical},

	// The load balancers.
	{rules.TwoZones, twoZones},
	{rules.PublicSubnets, publicSubnets},
	{rules.NlbSecurityGroup, nlbSecurityGroup},
	{rules.NetworkSecurityGroup, networkSecurityGroup},
	{rules.ConsumerCIDR, consumerCIDR},
	{rules.ConsumerCIDRVersions, consumerCIDRVersions},
	{rules.PortRange, portRange},
	{rules.IdleTimeout, tcpIdleTimeout},
	{rules.AlbIdleTimeout, albIdleTimeout},
	{rules.IdleTimeoutOrder, idleTimeoutOrder},
	{rules.CertificateRequired, certificateRequired},
	{rules.CertificateArn, certificateArn},
	{rules.CertificateQuota, certificateQuota},
	{rules.CertificateNames, certificateNames},
	{rules.TrustStore, trustStore},
	{rules.ListenerRequired, listenerRequired},
	{rules.ListenerPort, listenerPort},
	{rules.ListenerTLS, listenerTLS},
	{rules.NetworkListenerTCP, networkListenerTCP},

	// The target groups.
	{rules.TargetGroupAttributes, targetGroupAttributes},
	{rules.HealthCheck, healthCheck},
	{rules.TargetHealthCheck, targetHealthCheck},
	{rules.NetworkTarget, networkTarget},
	{rules.NetworkTargetHealthCheck, networkTargetHealthCheck},
	{rules.ProxyProtocolHealthCheck, proxyProtocolHealthCheck},
	{rules.ClientIPPreservation, clientIPPreservation},
	{rules.AlbTarget, albTarget},
	{rules.OnePort, onePort},
	{rules.AlbTargetDependency, albTargetDependency},
	{rules.LoadBalancerVpc, loadBalancerVPC},
	{rules.LoadBalancerZones, loadBalancerZones},
	{rules.AlbTargetQuota, albTargetQuota},
	{rules.DeregistrationDelay, deregistrationDelay},
	{rules.TargetAddress, ipTargets},
	{rules.TargetZone, ipTargets},
	{rules.TargetVpc, targetVPC},

	// The listener rules.
	{rules.RoutePriority, rulePriority},
	{rules.RouteCondition, ruleConditions},
	{rules.RouteConditionValues, ruleConditionValues},
	{rules.SourceIPCondition, sourceIPCondition},
	{rules.RuleQuota, ruleQuota},
	{rules.TargetGroupQuota, targetGroupQuota},
	{rules.TargetGroupLoadBalancer, targetGroupLoadBalancer},
	{rules.WeightedForward, weightedForward},
	{rules.GRPCListener, grpcListener},
	{rules.RouteAction, routeAction},
	{rules.JwtValidation, jwtValidation},
	{rules.RouteShadowed, ruleShadowed},

	// Everything along the path.
	{rules.AccessLogsPrefix, logsPrefix},
	{rules.WebACL, webACL},
	{rules.WebAclPrivateLink, webACLPrivateLink},
	{rules.WebAclSource, webACLSource},
	{rules.InternetFacing, internetFacing},
	{rules.PublicWebAcl, publicWebACL},
	{rules.OpenIngress, openIngress},
	{rules.PublicIngress, publicIngress},
	{rules.CIDR, cidr},
	{rules.SecurityGroupRuleQuota, securityGroupRuleQuota},
}

// Run finds the rules that templates break: errors first, then warnings, each in the order of a request's path. The
// findings of one rule are in the order of stacks and logical IDs. Facts that people gave say what the templates leave open.
func Run(n *network.Network, given proof.Facts) []proof.Finding {
	var warnings, found []proof.Finding
	facts := newFacts(n)
	facts.given = given
	for _, c := range checks {
		p := pass{facts: facts, rule: c.rule}
		c.find(&p)
		if c.rule.Severity == rules.Warning {
			warnings = append(warnings, p.found...)
		} else {
			found = append(found, p.found...)
		}
	}
	return append(found, warnings...)
}
