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
	unknown bool // the list is a token, or a stand-in until a lookup is done
}

// selectSubnets selects subnets, one of each zone unless the caller says otherwise, and reports what CDK says of a
// selection that it cannot make.
func selectSubnets(r *rules.Report, property string, vpc awsec2.IVpc, selection *awsec2.SubnetSelection) (selected *awsec2.SelectedSubnets) {
	given := awsec2.SubnetSelection{}
	if selection != nil {
		given = *selection
	}
	if given.Subnets != nil && slices.Contains(*given.Subnets, nil) {
		r.Add(rules.Required, property+".Subnets", "has a nil subnet")
		return nil
	}
	if given.Subnets != nil {
		return selectionOf(*given.Subnets)
	}
	defer func() {
		if problem := recover(); problem != nil {
			r.Add(rules.SubnetSelection, property, "%v", problem)
		}
	}()
	onePerZone := given
	onePerZone.OnePerAz = valueOr(given.OnePerAz, jsii.Bool(true))
	ask := func() *awsec2.SelectedSubnets { return askForSubnets(vpc, given, onePerZone) }
	key, ok := selectionKey(vpc, &given)
	if !ok {
		return ask()
	}
	return selections.of(key, ask)
}

func askForSubnets(vpc awsec2.IVpc, given, onePerZone awsec2.SubnetSelection) *awsec2.SelectedSubnets {
	selected := vpc.SelectSubnets(&onePerZone)
	switch {
	case isTrue(selected.IsPendingLookup):
	case len(*selected.Subnets) == 0 && slices.ContainsFunc(*vpc.AvailabilityZones(), isStandIn):
		return vpc.SelectSubnets(nil) // until the lookup is done, any will do
	case zonesOf(selected).unknown && given.OnePerAz == nil:
		return vpc.SelectSubnets(&given) // of zones that are one token, CDK would take the first subnet for all
	}
	return selected
}

// selectionOf is the selection of these very subnets. An imported one may not know its zone, and CDK's own selection would
// fail on it.
func selectionOf(subnets []awsec2.ISubnet) *awsec2.SelectedSubnets {
	var names []*string
	for _, subnet := range subnets {
		if names = append(names, zoneNames.of(subnet, func() *string { return zoneOfSubnet(subnet) })); names[len(names)-1] == nil {
			return &awsec2.SelectedSubnets{Subnets: &subnets}
		}
	}
	return &awsec2.SelectedSubnets{Subnets: &subnets, AvailabilityZones: &names}
}

func zoneOfSubnet(subnet awsec2.ISubnet) (name *string) {
	defer func() {
		if recover() != nil {
			name = nil
		}
	}()
	return subnet.AvailabilityZone()
}

// isStandIn reports whether a zone is CDK's stand-in until a lookup is done.
func isStandIn(zone *string) bool { return strings.HasPrefix(*zone, "dummy1") }

// selectsByName reports whether the caller says which subnets, and not only how many.
func selectsByName(s *awsec2.SubnetSelection) bool {
	return s != nil && (s.Subnets != nil || s.SubnetType != "" || s.SubnetGroupName != nil || s.SubnetFilters != nil || s.AvailabilityZones != nil)
}

func zonesOf(selected *awsec2.SelectedSubnets) zones {
	z := zones{}
	if selected.AvailabilityZones == nil || isTrue(selected.IsPendingLookup) {
		z.unknown = true
		return z
	}
	for _, name := range *selected.AvailabilityZones {
		z.names = append(z.names, *name)
		// A lookup that is not done yet must not fail on its stand-ins, or it never will be.
		z.unknown = z.unknown || listToken.MatchString(*name) || isStandIn(name)
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
	if z.unknown {
		return
	}
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
	if subnets == nil || len(*subnets) == 0 {
		return nil
	}
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
	if z.unknown || service.unknown || slices.ContainsFunc(service.names, isStringToken) {
		return
	}
	for _, name := range z.names {
		if !isStringToken(name) && !slices.Contains(service.names, name) {
			r.Add(rules.ZoneOfService, property, "has a subnet in %s, but the service is in %s", name, strings.Join(service.names, ", "))
		}
	}
}
