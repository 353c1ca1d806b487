package privateapi

import (
	"fmt"
	"maps"
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
)

// defineRecords defines the records of names: for each type of record that a target answers, one alias to the target.
func (c *privateApiConsumer) defineRecords(zone *hostedZone, names []string) {
	for i, name := range names {
		for _, routed := range c.routedRecords() {
			for _, recordType := range c.recordTypes(routed) {
				c.defineRecord(zone, routed, recordID{zone: zone, name: name, index: i, recordType: recordType, routed: routed.id})
			}
		}
	}
}

// recordTypes are the types of record that a target answers. A failover needs a primary record of the type.
func (c *privateApiConsumer) recordTypes(routed routedRecord) []awsroute53.RecordType {
	types := routed.link.Alias.RecordTypes
	if c.plan.routingPolicy != RoutingPolicy_FAILOVER {
		return types
	}
	return slices.DeleteFunc(slices.Clone(types), func(t awsroute53.RecordType) bool { return !slices.Contains(c.link().Alias.RecordTypes, t) })
}

// defineRecord defines an alias, below a zone of ours, or below the consumer for an existing zone. It is a generic resource: CDK's
// alias target lives in a package that costs 104 more to import.
func (c *privateApiConsumer) defineRecord(zone *hostedZone, routed routedRecord, id recordID) {
	target := map[string]any{"HostedZoneId": routed.link.Alias.HostedZoneID.Placeholder(), "DNSName": routed.link.Alias.DnsName.Placeholder()}
	if routed.evaluatesTarget {
		target["EvaluateTargetHealth"] = true
	}
	properties := map[string]any{
		"HostedZoneId": zone.id.Placeholder(), "Name": zone.recordName(id.name), "Type": string(id.recordType), "AliasTarget": target,
	}
	maps.Copy(properties, routed.properties)
	props := &awscdk.CfnResourceProps{Type: jsii.String("AWS::Route53::RecordSet"), Properties: &properties}
	var record *onecall.Item[awscdk.CfnResource]
	if zone.existing == nil {
		record = onecall.Add(zone.resource, awscdk.NewCfnResource, id.String(), props)
	} else {
		record = onecall.Add(c.batch, awscdk.NewCfnResource, id.String(), props)
	}
	zone.records = append(zone.records, record)
	for _, dependency := range routed.link.RecordDependencies {
		onecall.WaitFor(c.batch, record, dependency)
	}
}

// recordName returns the name of a record as CloudFormation takes it. In an existing zone, it is written as CDK's own records have it.
func (zone *hostedZone) recordName(domainName string) string {
	if zone.existing != nil {
		return domainName + "."
	}
	return domainName
}

// recordID is what the construct ID of a record is made of.
type recordID struct {
	zone       *hostedZone
	name       string
	index      int // of the name in the zone
	recordType awsroute53.RecordType
	routed     string // among the records of the name and type; "" for a simple record
}

// String returns the construct ID.
func (id recordID) String() string {
	if id.routed == "" {
		return id.simple()
	}
	return id.simple() + "-" + id.routed
}

func (id recordID) simple() string {
	switch isWildcard := zoneName(id.name) != id.name; {
	case id.zone.existing == nil && isWildcard:
		return "Wildcard" + string(id.recordType)
	case id.zone.existing == nil:
		return string(id.recordType)
	case !token.IsString(id.name):
		return fmt.Sprintf("Record-%s-%s", id.name, id.recordType)
	case id.routed == "": // a token cannot be part of an ID
		return fmt.Sprintf("Record%d-%s", len(id.zone.records), id.recordType)
	}
	return fmt.Sprintf("Record%d-%s", id.index, id.recordType) // whichever other records the zone has
}
