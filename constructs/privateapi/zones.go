package privateapi

import (
	"slices"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// zones are the Availability Zones of a selection of subnets.
type zones struct {
	names   []string
	unknown bool // the list is a token
}

// selectSubnets selects subnets, one of each zone unless the caller says otherwise.
func selectSubnets(vpc awsec2.IVpc, selection *awsec2.SubnetSelection) *awsec2.SelectedSubnets {
	onePerZone := awsec2.SubnetSelection{}
	if selection != nil {
		onePerZone = *selection
	}
	if onePerZone.Subnets == nil && onePerZone.OnePerAz == nil {
		onePerZone.OnePerAz = jsii.Bool(true)
	}
	return vpc.SelectSubnets(&onePerZone)
}

func zonesOf(selected *awsec2.SelectedSubnets) zones {
	z := zones{}
	if selected.AvailabilityZones == nil || isListToken(*selected.AvailabilityZones) {
		z.unknown = true
		return z
	}
	for _, name := range *selected.AvailabilityZones {
		z.names = append(z.names, *name)
	}
	return z
}

func (z zones) count() int {
	seen := map[string]bool{}
	for _, name := range z.names {
		seen[name] = true
	}
	return len(seen)
}

func (z zones) checkOnePerZone(r *rules.Report, property string) {
	seen := map[string]bool{}
	for _, name := range z.names {
		if seen[name] {
			r.Add(rules.SubnetPerZone, property, "has two subnets in %s", zoneName(name))
		}
		seen[name] = true
	}
}

// zoneName is a zone's name as a person reads it.
func zoneName(name string) string {
	if isStringToken(name) {
		return "one Availability Zone"
	}
	return name
}

// zoneIDs returns the Availability Zone IDs of subnets that are defined in this app, and nil if one is not.
func zoneIDs(subnets *[]awsec2.ISubnet) *[]*string {
	var ids []*string
	for _, subnet := range *subnets {
		child := subnet.Node().DefaultChild()
		resource, ok := child.(awsec2.CfnSubnet)
		if !ok {
			if child == nil || !*awscdk.CfnResource_IsCfnResource(child) {
				return nil
			}
			jsii.UnsafeCast(child, &resource)
		}
		ids = append(ids, resource.AttrAvailabilityZoneId())
	}
	return &ids
}

// checkWithin reports literal zones that are not among those of the service.
func (z zones) checkWithin(r *rules.Report, property string, service zones) {
	if service.unknown || slices.ContainsFunc(service.names, isStringToken) {
		return
	}
	for _, name := range z.names {
		if !isStringToken(name) && !slices.Contains(service.names, name) {
			r.Add(rules.ZoneOfService, property, "has a subnet in %s, but the service is in %s", name, strings.Join(service.names, ", "))
		}
	}
}
