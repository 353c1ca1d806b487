package privateapi

import (
	"fmt"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// DnsMode says how clients of a consumer find the endpoint by the API's name.
type DnsMode string

const (
	// DnsMode_PRIVATE_HOSTED_ZONE defines a private hosted zone for each domain name, with an alias to the endpoint.
	// It needs nothing of the provider but a certificate that covers the names.
	DnsMode_PRIVATE_HOSTED_ZONE DnsMode = "PRIVATE_HOSTED_ZONE"
	// DnsMode_PRIVATE_DNS enables the service's own private DNS name, which the provider must have verified, on the
	// endpoint.
	DnsMode_PRIVATE_DNS DnsMode = "PRIVATE_DNS"
	// DnsMode_NONE defines no names: clients use the endpoint's, which no certificate of the provider covers, or you
	// have DNS of your own.
	DnsMode_NONE DnsMode = "NONE"
)

// checkDns checks that the mode, the names and the service fit each other.
func (p *PrivateApiConsumerProps) checkDns(r *rules.Report, home *home) {
	checkDomainNames(r, p.DomainNames)
	checkNoNil(r, "HostedZoneVpcs", p.HostedZoneVpcs, func(v awsec2.IVpc) bool { return v == nil })
	switch p.dnsMode() {
	case DnsMode_PRIVATE_HOSTED_ZONE:
		p.checkHostedZones(r)
		p.checkHostedZoneVpcs(r, home)
	case DnsMode_PRIVATE_DNS:
		p.checkPrivateDns(r)
		p.checkNoZones(r)
	case DnsMode_NONE:
		p.checkNoZones(r)
		return
	default:
		r.AddWithFix(rules.KnownValue, "DnsMode", "use one of the DnsMode constants", "%q is none of its values", p.DnsMode)
		return
	}
	checkVpcDns(r, "Vpc", p.Vpc)
}

func (p *PrivateApiConsumerProps) dnsMode() DnsMode {
	return stringOr(p.DnsMode, DnsMode_PRIVATE_HOSTED_ZONE)
}

func (p *PrivateApiConsumerProps) checkHostedZones(r *rules.Report) {
	names := p.domainNames()
	if names != nil && isListToken(*names) {
		r.AddWithFix(rules.Required, "DomainNames", "give the names one by one; each may be a token",
			"is a list that is known only at deploy time, and each name needs a zone")
	}
	if p.Service != nil && (names == nil || len(*names) == 0) {
		fix := "supply the names under which clients call the API, or set DnsMode to DnsMode_NONE"
		if isTrue(p.Service.ProvidesPrivateDns()) {
			fix = "set DnsMode to DnsMode_PRIVATE_DNS for the service's own names, or supply the names under which clients call the API"
		}
		r.AddWithFix(rules.Required, "DomainNames", fix, "is empty, and the service has none")
	}
	checkEach(names, "DomainNames", func(property, name string) {
		if rules.IsParentZone(name) {
			r.Add(rules.ParentZone, property, "the zone for %q hides every other name below %s from its VPCs", name, zoneOf(name))
		}
	})
}

// checkHostedZoneVpcs checks that each VPC is given once, and can be associated by CloudFormation, which does so within
// an account only.
func (p *PrivateApiConsumerProps) checkHostedZoneVpcs(r *rules.Report, home *home) {
	if p.HostedZoneVpcs == nil || p.Vpc == nil {
		return
	}
	seen := map[string]bool{*p.Vpc.VpcId(): true}
	own, ownOk := literal(home.account())
	for i, vpc := range *p.HostedZoneVpcs {
		if vpc == nil {
			continue // reported already
		}
		property := fmt.Sprintf("HostedZoneVpcs[%d]", i)
		id := *vpc.VpcId()
		if id != lookedUpLater && seen[id] {
			r.AddWithFix(rules.HostedZoneVpc, property, "leave it out: the VPC of the consumer is associated anyway", "is a VPC that the zones are associated with already")
		}
		seen[id] = true
		if account, ok := literal(vpc.Env().Account); ok && ownOk && account != own {
			r.Add(rules.HostedZoneVpc, property, "is in account %s, and the zones are in %s", account, own)
		}
		checkVpcDns(r, property, vpc)
	}
}

func (p *PrivateApiConsumerProps) checkPrivateDns(r *rules.Report) {
	if p.Service == nil {
		return
	}
	if provides := p.Service.ProvidesPrivateDns(); provides != nil && !*provides {
		r.Add(rules.PrivateDnsMissing, "DnsMode", "is %s, but the service has no private DNS name that this app knows of", p.DnsMode)
	}
	if _, ok := p.Service.(*privateApiProvider); ok {
		r.Add(rules.PrivateDnsUnverified, "DnsMode", "is %s for a provider of this app", p.DnsMode)
	}
	if isTrue(p.Service.AcceptanceRequired()) {
		r.Add(rules.PrivateDnsAcceptance, "DnsMode", "is %s, but connections to the service must be accepted", p.DnsMode)
	}
}

// checkNoZones reports what asks for hosted zones beside a mode that has none.
func (p *PrivateApiConsumerProps) checkNoZones(r *rules.Report) {
	if p.DomainNames != nil && len(*p.DomainNames) > 0 {
		r.AddWithFix(rules.DnsModes, "DomainNames", "remove DomainNames, or set DnsMode to DnsMode_PRIVATE_HOSTED_ZONE",
			"is given, but DnsMode is %s", p.DnsMode)
	}
	if p.HostedZoneVpcs != nil && len(*p.HostedZoneVpcs) > 0 {
		r.AddWithFix(rules.DnsModes, "HostedZoneVpcs", "remove HostedZoneVpcs, or set DnsMode to DnsMode_PRIVATE_HOSTED_ZONE",
			"is given, but DnsMode is %s", p.DnsMode)
	}
}

// checkVpcDns checks a VPC that this app defines; of an imported one nothing is known.
func checkVpcDns(r *rules.Report, property string, vpc awsec2.IVpc) {
	own, ok := vpc.(awsec2.Vpc)
	if !ok {
		return
	}
	if !vpcDns.of(own, func() bool { return *own.DnsHostnamesEnabled() && *own.DnsSupportEnabled() }) {
		r.Add(rules.VpcDns, property, "%s has DNS hostnames or DNS support disabled", *own.Node().Path())
	}
}

// zoneOf returns the name of the hosted zone for a domain name: the name itself, so that the zone hides no other. A
// wildcard cannot name a zone.
func zoneOf(name string) string { return strings.TrimPrefix(name, "*.") }

// hostedZone is a private hosted zone of a consumer.
type hostedZone struct {
	name     string
	resource awsroute53.CfnHostedZone
	id       *string
	handle   handle[awsroute53.IPrivateHostedZone]
}

// newHostedZones defines a private hosted zone for each domain name, with an alias to the endpoint at its apex: a CNAME
// cannot stand there. A name and the wildcard below it share a zone.
func (c *privateApiConsumer) newHostedZones(props *PrivateApiConsumerProps) {
	zones := map[string]*hostedZone{}
	for i, name := range elements(c.domainNames) {
		zone := zones[zoneOf(*name)]
		if zone == nil {
			zone = c.newHostedZone(hostedZoneID(i, zoneOf(*name)), zoneOf(*name), props)
			zones[zone.name] = zone
			c.zones = append(c.zones, zone)
		}
		for _, recordType := range recordTypes(props.IpAddressType) {
			c.newAlias(zone, *name, recordType)
		}
	}
}

func (c *privateApiConsumer) newHostedZone(id, name string, props *PrivateApiConsumerProps) *hostedZone {
	vpcs := []*awsroute53.CfnHostedZone_VPCProperty{vpcOfZone(props.Vpc)}
	if props.HostedZoneVpcs != nil {
		for _, vpc := range *props.HostedZoneVpcs {
			vpcs = append(vpcs, vpcOfZone(vpc))
		}
	}
	resource := awsroute53.NewCfnHostedZone(c, jsii.String(id), &awsroute53.CfnHostedZoneProps{
		Name:             jsii.String(name + "."),
		HostedZoneConfig: &awsroute53.CfnHostedZone_HostedZoneConfigProperty{Comment: jsii.String("A private API over PrivateLink")},
		Vpcs:             vpcs,
	})
	return &hostedZone{name: name, resource: resource, id: resource.Ref()}
}

func vpcOfZone(vpc awsec2.IVpc) *awsroute53.CfnHostedZone_VPCProperty {
	return vpcsOfZones.of(vpc, func() *awsroute53.CfnHostedZone_VPCProperty {
		return &awsroute53.CfnHostedZone_VPCProperty{VpcId: vpc.VpcId(), VpcRegion: vpc.Env().Region}
	})
}

// HostedZones imports the zones into their own app.
func (c *privateApiConsumer) HostedZones() *[]awsroute53.IPrivateHostedZone {
	handles := make([]awsroute53.IPrivateHostedZone, 0, len(c.zones))
	for _, zone := range c.zones {
		handles = append(handles, zone.handle.of(zone.resource, func(scope constructs.Construct, id *string) awsroute53.IPrivateHostedZone {
			return awsroute53.PrivateHostedZone_FromPrivateHostedZoneAttributes(scope, id, &awsroute53.PrivateHostedZoneAttributes{
				HostedZoneId: zone.id, ZoneName: jsii.String(zone.name),
			})
		}))
	}
	return &handles
}

// hostedZoneID keeps a zone's id tied to its name, so that a name more or less moves no other zone. A name that is a
// token cannot be part of an id; its zone has its place in the list for one.
func hostedZoneID(i int, name string) string {
	if isStringToken(name) {
		return fmt.Sprintf("HostedZone%d", i)
	}
	return "HostedZone-" + name
}

// newAlias defines an alias to the endpoint's Regional name, the first of its DNS entries, which come as
// "hosted zone ID:name". It is a generic resource: nobody holds it, the L1 would need a jsii call for each of the six
// functions, and CDK's alias target lives in a package that costs 104 more to import.
func (c *privateApiConsumer) newAlias(zone *hostedZone, name, recordType string) {
	entry := map[string]any{"Fn::Select": []any{0, c.dnsEntries()}}
	part := func(i int) map[string]any {
		return map[string]any{"Fn::Select": []any{i, map[string]any{"Fn::Split": []any{":", entry}}}}
	}
	awscdk.NewCfnResource(zone.resource, jsii.String(aliasID(name, recordType)), &awscdk.CfnResourceProps{
		Type: jsii.String("AWS::Route53::RecordSet"),
		Properties: &map[string]any{
			"HostedZoneId": zone.id,
			"Name":         name,
			"Type":         recordType,
			"AliasTarget":  map[string]any{"HostedZoneId": part(0), "DNSName": part(1)},
		},
	})
}

func aliasID(name, recordType string) string {
	if zoneOf(name) != name {
		return "Wildcard" + recordType
	}
	return recordType
}

// dnsEntries returns a token for the endpoint's DNS entries.
func (c *privateApiConsumer) dnsEntries() *[]*string {
	if c.entries == nil {
		c.entries = c.endpoint.AttrDnsEntries()
	}
	return c.entries
}

// recordTypes returns the types of alias that an endpoint can answer.
func recordTypes(t awsec2.VpcEndpointIpAddressType) []string {
	switch t {
	case awsec2.VpcEndpointIpAddressType_IPV6:
		return []string{"AAAA"}
	case awsec2.VpcEndpointIpAddressType_DUALSTACK:
		return []string{"A", "AAAA"}
	default:
		return []string{"A"}
	}
}
