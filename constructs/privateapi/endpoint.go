package privateapi

import (
	"slices"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/l1"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/link"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/subnets"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// endpointPlan is a connection over PrivateLink, with all defaults filled in: an interface endpoint and its security
// groups.
type endpointPlan struct {
	service  IPrivateLinkService
	provider *privateLinkProvider // if the service is one of this app
	stack    *answers.Stack       // of the consumer
	vpc      awsec2.IVpc

	subnets        *[]awsec2.ISubnet // nil if they are not known
	zones          subnets.Zones
	securityGroups []awsec2.ISecurityGroup // of the caller; none for one of its own
	serviceRegion  *string                 // nil unless the service may be in another Region
	policy         *EndpointPolicy

	ipAddressType     *string // as EC2 spells it; nil for IPv4
	recordTypes       *[]awsroute53.RecordType
	enablesPrivateDns bool
}

// planEndpoint plans an endpoint to a service, of which nothing but its attributes need be known. The zones are the IDs of its Availability
// Zones, as far as synthesis knows them; none for unknown.
func planEndpoint(service IPrivateLinkService, zones []string, o *ConnectionOptions) *endpointPlan {
	p := &endpointPlan{
		service:           service,
		stack:             answers.StackOf(o.Scope),
		vpc:               o.Vpc,
		policy:            o.EndpointPolicy,
		enablesPrivateDns: o.DnsMode == DnsMode_PRIVATE_DNS,
	}
	checkEndpointPolicy(o.Report, service, o)
	p.planIpAddressType(o)
	if p.enablesPrivateDns && prop.IsTrue(service.AcceptanceRequired()) && !prop.IsTrue(o.ConnectionAccepted) {
		o.Report.Add(rules.PrivateDnsAcceptance, "DnsMode", "is %s, but connections to the service must be accepted", o.DnsMode)
	}
	p.planRegion()
	p.planSubnets(zones, o)
	p.planSecurityGroups(o)
	return p
}

// planIpAddressType compares the IP address type of the endpoint with those that the service is known to support.
func (p *endpointPlan) planIpAddressType(o *ConnectionOptions) {
	var wants []awsec2.IpAddressType
	own := prop.EnumOr(o.IpAddressType, awsec2.VpcEndpointIpAddressType_IPV4)
	switch own {
	case awsec2.VpcEndpointIpAddressType_IPV4:
		wants, p.recordTypes = []awsec2.IpAddressType{awsec2.IpAddressType_IPV4}, &[]awsroute53.RecordType{awsroute53.RecordType_A}
	case awsec2.VpcEndpointIpAddressType_IPV6:
		wants, p.recordTypes = []awsec2.IpAddressType{awsec2.IpAddressType_IPV6}, &[]awsroute53.RecordType{awsroute53.RecordType_AAAA}
	case awsec2.VpcEndpointIpAddressType_DUALSTACK:
		wants = []awsec2.IpAddressType{awsec2.IpAddressType_IPV4, awsec2.IpAddressType_IPV6}
		p.recordTypes = &[]awsroute53.RecordType{awsroute53.RecordType_A, awsroute53.RecordType_AAAA}
	default:
		o.Report.AddWithFix(rules.KnownValue, "IpAddressType", "use one of the VpcEndpointIpAddressType constants", "%q is not one of its values", own)
		return
	}
	if o.IpAddressType != "" {
		p.ipAddressType = jsii.String(strings.ToLower(string(own)))
	}
	supported := p.service.SupportedIpAddressTypes()
	if supported == nil {
		return
	}
	if slices.ContainsFunc(wants, func(want awsec2.IpAddressType) bool { return !slices.Contains(*supported, want) }) {
		o.Report.AddWithFix(rules.IPAddressType, "IpAddressType", "use a type that the service supports, or add it to SupportedIpAddressTypes of the provider",
			"is %s, but the service supports %v", own, *supported)
	}
}

// planRegion decides whether the endpoint names the Region of the service: it does if that Region is known and may be
// another than that of the stack.
func (p *endpointPlan) planRegion() {
	region := p.service.ServiceRegion()
	if _, ok := token.Literal(region); ok && *region != *p.stack.Region() {
		p.serviceRegion = region
	}
}

// isOfAnotherRegion reports whether the service is known to be in another Region than the endpoint, which may be in any zone then.
//
// See https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-share-your-services.html
func (p *endpointPlan) isOfAnotherRegion() bool {
	_, isKnown := token.Literal(p.stack.Region())
	return isKnown && p.serviceRegion != nil
}

func (p *endpointPlan) planSubnets(zones []string, o *ConnectionOptions) {
	own := givenZoneIDs(o.Report, o.ZoneIds)
	selected := subnets.Selector{Stack: p.stack, Vpc: o.Vpc, Property: "Subnets", Selected: o.Subnets}.Select(o.Report)
	if selected == nil {
		p.zones.Unknown = true
		return
	}
	if len(zones) > 0 && !p.isOfAnotherRegion() {
		if own == nil {
			own = zoneIDsOfContext(o.Report, p.stack)
		}
		selected = keepZonesOfService(o.Report, selected, zones, own)
	}
	p.subnets, p.zones = selected.Subnets, selected.Zones
	if p.ipAddressType != nil && *p.ipAddressType != "ipv4" {
		subnets.CheckIPv6(o.Report, "IpAddressType", selected.Subnets)
	}
	if len(p.zones.Names) == 0 && !p.zones.Unknown {
		o.Report.AddWithFix(rules.Required, "Subnets", "select at least one subnet", "selects no subnet")
	}
}

func (p *endpointPlan) connectionPlan() *ConnectionPlan {
	provides := p.service.ProvidesPrivateDns()
	return &ConnectionPlan{
		Transport:      "PrivateLink",
		HasEndpoint:    true,
		HasPrivateDns:  provides == nil || *provides,
		PrivateDnsName: p.service.PrivateDnsName(),
		Connector:      ConnectorOf(p),
	}
}

// Define implements [link.Definer]. The endpoint is L1: it takes VPC and subnets as they are.
func (p *endpointPlan) Define(consumer *link.Consumer, gate *link.Gate) *link.Link {
	endpoint := onecall.Add(consumer.Batch, awsec2.NewCfnVPCEndpoint, "Endpoint", &awsec2.CfnVPCEndpointProps{
		VpcEndpointType:   jsii.String("Interface"),
		VpcId:             p.vpc,
		SubnetIds:         p.subnetIDs(),
		ServiceName:       p.service.ServiceName(),
		ServiceRegion:     p.serviceRegion,
		SecurityGroupIds:  gate.GroupIDs,
		PrivateDnsEnabled: jsii.Bool(p.enablesPrivateDns),
		IpAddressType:     p.ipAddressType,
		DnsOptions:        p.dnsOptions(),
		PolicyDocument:    p.policy.document(),
	})
	l := &link.Link{VpcEndpoint: endpoint, ServiceRegion: func() *string { return p.serviceRegion }, Alias: p.aliasOf(consumer.Batch, endpoint), ClientDependencies: []onecall.Dependency{endpoint}}
	if p.provider != nil {
		p.provider.waitForProvider(consumer.Batch, endpoint)
		if p.enablesPrivateDns {
			p.provider.waitForVerification(consumer, endpoint)
		}
		l.Made = func() { p.provider.expectConsumer(consumer.Construct, endpoint, p.stack) }
	}
	l.Subnets = prop.Elements(p.subnets)
	return l
}

// subnetIDs are the subnets as the L1 takes them.
func (p *endpointPlan) subnetIDs() *[]any {
	if p.subnets == nil {
		return nil
	}
	return l1.References(p.subnets)
}

// dnsOptions asks for records of the endpoint's own addresses; nil for IPv4.
func (p *endpointPlan) dnsOptions() any {
	if p.ipAddressType == nil {
		return nil
	}
	return &awsec2.CfnVPCEndpoint_DnsOptionsSpecificationProperty{DnsRecordIpType: p.ipAddressType}
}

// aliasOf leads to the endpoint's Regional name, the first of its DNS entries, which come as "hosted zone ID:name". The
// intrinsic functions are written out: each would be a call to CDK, or a step of it.
func (p *endpointPlan) aliasOf(b *onecall.Batch, endpoint *onecall.Item[awsec2.CfnVPCEndpoint]) *link.Alias {
	entry := map[string]any{"Fn::Select": []any{0, onecall.Get(endpoint, awsec2.CfnVPCEndpoint.AttrDnsEntries).Placeholder()}}
	part := func(i int) map[string]any {
		return map[string]any{"Fn::Select": []any{i, map[string]any{"Fn::Split": []any{":", entry}}}}
	}
	return link.NewAlias(b, part(1), part(0), p.recordTypes)
}
