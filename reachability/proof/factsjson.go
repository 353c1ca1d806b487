package proof

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// MarshalJSON returns the facts without the kinds of which there is none.
func (f Facts) MarshalJSON() ([]byte, error) {
	all := map[string]any{}
	add := func(name string, count int, facts any) {
		if count > 0 {
			all[name] = facts
		}
	}
	add("zoneIds", len(f.ZoneIDs), f.ZoneIDs)
	add("zoneNames", len(f.ZoneNames), f.ZoneNames)
	add("services", len(f.Services), f.Services)
	add("certificates", len(f.Certificates), f.Certificates)
	add("prefixLists", len(f.PrefixLists), f.PrefixLists)
	add("latticePrefixLists", len(f.LatticePrefixLists), f.LatticePrefixLists)
	add("publicAddresses", len(f.PublicAddresses), f.PublicAddresses)
	add("connections", len(f.Connections), f.Connections)
	add("verifications", len(f.Verifications), f.Verifications)
	add("assume", len(f.Assume), f.Assume)
	return json.Marshal(all)
}

// List returns the facts as people read them, one an item, such as "zone 111111111111/eu-west-1a = euw1-az1".
func (f Facts) List() []string {
	var list []string
	add := func(kind string, facts map[string]string) {
		for _, key := range slices.Sorted(maps.Keys(facts)) {
			list = append(list, fmt.Sprintf("%s %s = %s", kind, key, facts[key]))
		}
	}
	add("zone", f.ZoneIDs)
	for _, where := range slices.Sorted(maps.Keys(f.ZoneNames)) {
		list = append(list, fmt.Sprintf("zones of %s = %v", where, f.ZoneNames[where]))
	}
	add("service", f.Services)
	for _, arn := range slices.Sorted(maps.Keys(f.Certificates)) {
		list = append(list, fmt.Sprintf("certificate %s = %v", arn, f.Certificates[arn]))
	}
	for _, id := range slices.Sorted(maps.Keys(f.PrefixLists)) {
		list = append(list, fmt.Sprintf("prefix list %s = %v", id, f.PrefixLists[id]))
	}
	add("prefix list of VPC Lattice in", f.LatticePrefixLists)
	for _, of := range slices.Sorted(maps.Keys(f.PublicAddresses)) {
		list = append(list, fmt.Sprintf("public addresses of %s = %v", of, f.PublicAddresses[of]))
	}
	add("connection", f.Connections)
	add("verification", f.Verifications)
	for _, id := range f.Assume {
		list = append(list, "assumption "+id)
	}
	return list
}
