package privateapi

import (
	"fmt"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/l1"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
)

// zonePlan is a private hosted zone and the names that have records in it. In a zone of ours these are its own name, the wildcard
// below it, or both.
type zonePlan struct {
	existing awsroute53.IHostedZone // nil for a zone of ours
	id       string
	name     string
	records  []string

	association string // the name of that with the profile; "" for none
}

// zoneName returns the name of the hosted zone for a domain name: the name itself, so that the zone hides no other. A
// wildcard cannot name a zone.
func zoneName(domainName string) string { return strings.TrimPrefix(domainName, "*.") }

// planZones plans a zone for each name; a name and the wildcard below it share one.
func planZones(domainNames *[]*string) []*zonePlan {
	var zones []*zonePlan
	byName := map[string]*zonePlan{}
	for i, domainName := range token.Elements(domainNames) {
		if domainName == nil {
			continue // reported already
		}
		name := zoneName(*domainName)
		zone := byName[name]
		if zone == nil {
			zone = &zonePlan{id: zoneID(i, name), name: name}
			byName[name] = zone
			zones = append(zones, zone)
		}
		zone.records = append(zone.records, *domainName)
	}
	return zones
}

// zoneID derives the construct ID of a zone from its name, so that adding or removing a name moves no other zone. A name
// that is a token cannot be part of an ID, so its zone is numbered by its index in the list.
func zoneID(i int, name string) string {
	if token.IsString(name) {
		return fmt.Sprintf("HostedZone%d", i)
	}
	return "HostedZone-" + name
}

// hostedZone is a private hosted zone of a consumer.
type hostedZone struct {
	existing awsroute53.IHostedZone // nil for a zone of ours
	name     string
	resource *onecall.Item[awsroute53.CfnHostedZone] // nil for an existing zone
	id       *onecall.Item[*string]
	records  []*onecall.Item[awscdk.CfnResource]
	view     l1.View[awsroute53.IPrivateHostedZone]

	association *onecall.Item[awscdk.CfnResource] // with the profile; nil for none
}

// defineZones defines the hosted zones, with records that lead to the API.
func (c *privateApiConsumer) defineZones() {
	for _, plan := range c.plan.zones {
		zone := c.defineZone(plan)
		c.defineRecords(zone, plan.records)
		c.associateWithProfile(zone, plan.association)
		c.zones = append(c.zones, zone)
	}
}

func (c *privateApiConsumer) defineZone(plan *zonePlan) *hostedZone {
	if plan.existing != nil {
		id := onecall.Get(onecall.Use(c.batch, plan.existing), awsroute53.IHostedZone.HostedZoneId)
		return &hostedZone{existing: plan.existing, id: id}
	}
	var vpcs []*awsroute53.CfnHostedZone_VPCProperty
	for _, vpc := range c.plan.zoneVpcs {
		vpcs = append(vpcs, vpcOfZone(c.plan.stack, vpc))
	}
	resource := onecall.Add(c.batch, awsroute53.NewCfnHostedZone, plan.id, &awsroute53.CfnHostedZoneProps{
		Name:             jsii.String(plan.name + "."),
		HostedZoneConfig: &awsroute53.CfnHostedZone_HostedZoneConfigProperty{Comment: jsii.String("A private API")},
		Vpcs:             vpcs,
	})
	c.waitWithZone(resource)
	return &hostedZone{name: plan.name, resource: resource, id: onecall.Get(resource, awsroute53.CfnHostedZone.Ref)}
}

// waitWithZone makes a zone wait for all that its records may lead to: clients may resolve its name publicly until then, and a zone without
// records hides the public ones.
func (c *privateApiConsumer) waitWithZone(zone *onecall.Item[awsroute53.CfnHostedZone]) {
	for _, l := range c.links {
		for _, dependency := range l.RecordDependencies {
			onecall.WaitFor(c.batch, zone, dependency)
		}
		if l.VpcEndpoint != nil {
			onecall.WaitFor(c.batch, zone, l.VpcEndpoint)
		}
	}
}

func vpcOfZone(stack *answers.Stack, vpc awsec2.IVpc) *awsroute53.CfnHostedZone_VPCProperty {
	return answers.Of(stack, vpc, "hosted zone", func() *awsroute53.CfnHostedZone_VPCProperty {
		return &awsroute53.CfnHostedZone_VPCProperty{VpcId: vpc.VpcId(), VpcRegion: vpc.Env().Region}
	})
}

// HostedZones imports the zones of ours into their own app.
func (c *privateApiConsumer) HostedZones() *[]awsroute53.IPrivateHostedZone {
	views := make([]awsroute53.IPrivateHostedZone, 0, len(c.zones))
	for _, zone := range c.zones {
		if zone.existing != nil {
			views = append(views, zone.existing)
			continue
		}
		views = append(views, zone.view.Of(zone.resource.Object(), func(scope constructs.Construct, id *string) awsroute53.IPrivateHostedZone {
			return awsroute53.PrivateHostedZone_FromPrivateHostedZoneAttributes(scope, id, &awsroute53.PrivateHostedZoneAttributes{
				HostedZoneId: zone.id.Object(), ZoneName: jsii.String(zone.name),
			})
		}))
	}
	return &views
}
