package privateapi

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/subnets"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// zoneIdsContext begins the context key of zone IDs; the account and the Region follow.
const zoneIdsContext = "privateapi:zone-ids/"

// zoneIDs are the IDs of Availability Zones in the account of a consumer, by name.
type zoneIDs struct {
	property string // where they come from
	byName   map[string]string
}

// givenZoneIDs reads the zone IDs that the caller gives; nil if there are none.
func givenZoneIDs(r *rules.Report, given *map[string]*string) *zoneIDs {
	if given == nil {
		return nil
	}
	z := &zoneIDs{property: "ZoneIds", byName: map[string]string{}}
	for _, name := range slices.Sorted(maps.Keys(*given)) {
		z.add(r, fmt.Sprintf("%s[%q]", z.property, name), name, (*given)[name])
	}
	return z
}

// zoneIDsOfContext reads the zone IDs of the account and the Region of a stack from the context of the app; nil if there are none.
func zoneIDsOfContext(r *rules.Report, stack *answers.Stack) *zoneIDs {
	account, hasAccount := token.Literal(stack.Account())
	region, hasRegion := token.Literal(stack.Region())
	if !hasAccount || !hasRegion {
		return nil
	}
	key := zoneIdsContext + account + "/" + region
	value := answers.Of(stack, stack.Construct(), "context "+key, func() any {
		return stack.Construct().Node().TryGetContext(&key)
	})
	if value == nil {
		return nil
	}
	z := &zoneIDs{property: "context " + key, byName: map[string]string{}}
	entries, ok := value.(map[string]any)
	if !ok {
		r.AddWithFix(rules.AvailabilityZoneID, z.property, `write it like {"eu-west-1a": "euw1-az3"}`, "is no object of zone names and zone IDs")
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(entries)) {
		id, ok := entries[name].(string)
		if !ok {
			r.AddWithFix(rules.AvailabilityZoneID, z.property+"."+name, `write it like {"eu-west-1a": "euw1-az3"}`, "is not a text")
			continue
		}
		z.add(r, z.property+"."+name, name, &id)
	}
	return z
}

func (z *zoneIDs) add(r *rules.Report, property, name string, id *string) {
	switch {
	case id == nil:
		r.Add(rules.Required, property, "is nil")
		return
	case !rules.IsZoneName(name):
		r.AddWithFix(rules.AvailabilityZoneID, property, "use the names of zones in the account of the consumer as keys, such as eu-west-1a", "%q is not the name of an Availability Zone", name)
	}
	if id, ok := token.Literal(id); ok {
		rules.CheckAvailabilityZoneID(r, property, id)
		z.byName[name] = id
	}
}

// zoneFilter keeps the subnets of an endpoint that are in zones of its service.
type zoneFilter struct {
	service []string // the IDs of its zones
	own     *zoneIDs

	kept    []awsec2.ISubnet
	zones   []string
	dropped []string // zones, as messages have them
	unknown []string // zones without an ID
}

// knownZones returns the zone IDs of a service; none if one of them is not known.
func knownZones(ids *[]*string) []string {
	if token.AnyIn(ids) {
		return nil
	}
	return token.Literals(ids)
}

// knownZones returns the zone IDs of a provider for a consumer in another account or Region, by the context for the account of the provider;
// none if they are not known. Within an account and a Region, names compare.
func (plan *privateLinkPlan) knownZones(r *rules.Report, consumer *answers.Stack) (ids []string) {
	if plan.zones.Unknown || plan.stack.SharesEnvironment(consumer) {
		return nil
	}
	known := zoneIDsOfContext(r, plan.stack)
	if known == nil {
		return nil
	}
	for _, name := range plan.zones.Distinct() {
		id, ok := known.byName[name]
		if !ok {
			return nil
		}
		ids = append(ids, id)
	}
	return ids
}

// keepZonesOfService drops selected subnets in zones that the service is not in, as far as those of the consumer are known by ID.
func keepZonesOfService(r *rules.Report, selected *subnets.Selection, service []string, own *zoneIDs) *subnets.Selection {
	if own == nil || selected.Zones.Unknown {
		return selected
	}
	f := &zoneFilter{service: service, own: own}
	for i, subnet := range *selected.Subnets {
		f.take(subnet, selected.Zones.Names[i])
	}
	return f.selection(r, selected)
}

func (f *zoneFilter) take(subnet awsec2.ISubnet, zone string) {
	id, isKnown := f.own.byName[zone]
	switch {
	case isKnown && !slices.Contains(f.service, id):
		f.dropped = append(f.dropped, fmt.Sprintf("%s (%s)", zone, id))
		return
	case !isKnown && !token.IsString(zone):
		f.unknown = append(f.unknown, zone)
	}
	f.kept, f.zones = append(f.kept, subnet), append(f.zones, zone)
}

func (f *zoneFilter) selection(r *rules.Report, selected *subnets.Selection) *subnets.Selection {
	const property = "Subnets"
	if len(f.unknown) > 0 {
		r.Add(rules.ZoneIDUnknown, f.own.property, "has no ID of %s", strings.Join(f.unknown, ", "))
	}
	switch {
	case len(f.dropped) == 0:
		return selected
	case len(f.kept) == 0:
		r.AddWithFix(rules.ZoneOfService, property, "add subnets in a zone of the service, or ask its owner for one of yours",
			"are in %s, but the service is in %s", strings.Join(f.dropped, ", "), strings.Join(f.service, ", "))
		return selected
	}
	r.Add(rules.ZonesDropped, property, "are left out in %s: the service is in %s", strings.Join(f.dropped, ", "), strings.Join(f.service, ", "))
	return &subnets.Selection{Subnets: &f.kept, Zones: subnets.Zones{Names: f.zones}}
}
