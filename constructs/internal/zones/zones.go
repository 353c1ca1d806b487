// Package zones notes which consumer of an app answers for which name in which VPC, and by which Route 53 Profile other VPCs resolve it: two
// answers for one name in one VPC are a fault, of which one stack alone cannot know.
package zones

import (
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Claim is what a consumer is about to define.
type Claim struct {
	// Owner returns the path of the consumer.
	Owner func() string
	// VPCs resolve the names.
	VPCs []placement.VPC
	// Names have records.
	Names []Name
	// ZoneID is the ID of the existing zone that has the records, which may be a token; "" for zones of the consumer.
	ZoneID string
	// Profile is the ID of the profile with which the zones are associated, which may be a token; "" for none.
	Profile string
}

// Name is a name with a record.
type Name struct {
	// Property is the property that has the name, as its author wrote it.
	Property string
	// Value is the name, and Zone that of the hosted zone of its record; each may be a token, and Zone is "" if it is not known.
	Value, Zone string
}

// key is a name in a VPC, a zone or a profile.
type key struct{ in, name string }

// register is what the consumers and profiles of an app have claimed.
type register struct {
	names    map[key]func() string // by VPC, or by existing zone
	zones    map[key]holder        // by VPC, or by profile
	profiles map[string]profile    // by VPC
}

// holder is what holds a name of a zone.
type holder struct {
	owner  func() string
	zoneID string // "" for a zone of the owner
}

type profile struct {
	id    func() string
	owner func() string
}

func registerOf(stack *answers.Stack) *register {
	return answers.OfApp(stack, "owners of names", func() *register {
		return &register{map[key]func() string{}, map[key]holder{}, map[string]profile{}}
	})
}

// Names notes the names that a consumer is about to answer for, unless the report has errors, and reports those for which another consumer of
// the app does.
//
// Call it last, before [refusal.Of]: a construct that is refused answers for nothing.
func Names(r *rules.Report, stack *answers.Stack, claim *Claim) {
	known := registerOf(stack)
	for _, name := range claim.Names {
		if !known.reportTaken(r, claim, name) {
			known.warnHidden(r, claim, name)
		}
	}
	known.reportZoneInProfile(r, claim)
	if !r.HasErrors() {
		known.add(claim)
	}
}

// reportTaken reports a name for which there is an answer already, once.
func (known *register) reportTaken(r *rules.Report, claim *Claim, name Name) bool {
	for _, vpc := range claim.vpcs() {
		if held, ok := known.zones[key{vpc.ID(), name.Zone}]; ok && !claim.shares(held) {
			r.Add(rules.HostedZoneTwice, name.Property, "%q needs a hosted zone named %s, and VPC %s has one, with the names of %s", name.Value, name.Zone, vpc, held.owner())
			return true
		}
		if owner, ok := known.names[key{vpc.ID(), name.Value}]; ok {
			r.Add(rules.NameTwice, name.Property, "%q is a name of %s already, in VPC %s", name.Value, owner(), vpc)
			return true
		}
	}
	if claim.ZoneID != "" {
		if owner, ok := known.names[key{claim.ZoneID, name.Value}]; ok {
			r.Add(rules.NameTwice, name.Property, "%q is a name of %s already, in the same HostedZone", name.Value, owner())
			return true
		}
	}
	if claim.Profile != "" && claim.ZoneID == "" {
		if held, ok := known.zones[key{claim.Profile, name.Zone}]; ok {
			r.Add(rules.ProfileZoneTwice, "Profile", "has a hosted zone named %s already, that of %s", name.Zone, held.owner())
			return true
		}
	}
	return false
}

// reportZoneInProfile reports an existing zone that another consumer has associated with the profile.
func (known *register) reportZoneInProfile(r *rules.Report, claim *Claim) {
	if claim.Profile == "" || claim.ZoneID == "" {
		return
	}
	if held, ok := known.zones[key{claim.Profile, claim.ZoneID}]; ok {
		r.AddWithFix(rules.ProfileZoneTwice, "Profile", "leave it out: the zone is in the profile, with all its records",
			"has the HostedZone already, by %s", held.owner())
	}
}

// warnHidden warns of a name of a profile that a VPC with the profile resolves by a zone of its own.
func (known *register) warnHidden(r *rules.Report, claim *Claim, name Name) {
	if claim.Profile != "" {
		for vpc, p := range known.profiles {
			held, ok := known.zones[key{vpc, name.Zone}]
			if ok && p.id() == claim.Profile {
				r.Add(rules.ProfileHidden, name.Property, "%q leads a VPC of the profile to %s, by a hosted zone of its own", name.Value, held.owner())
			}
		}
	}
	for _, vpc := range claim.vpcs() {
		p, ok := known.profiles[vpc.ID()]
		if !ok || p.id() == claim.Profile {
			continue
		}
		if held, ok := known.zones[key{p.id(), name.Zone}]; ok {
			r.Add(rules.ProfileHidden, name.Property, "%q is also a name of %s, by the profile of VPC %s, which does not answer there any more", name.Value, held.owner(), vpc)
		}
	}
}

func (known *register) add(claim *Claim) {
	held := holder{claim.Owner, claim.ZoneID}
	for _, name := range claim.Names {
		for _, vpc := range claim.vpcs() {
			known.names[key{vpc.ID(), name.Value}] = claim.Owner
			if name.Zone != "" {
				known.zones[key{vpc.ID(), name.Zone}] = held
			}
		}
		if claim.ZoneID != "" {
			known.names[key{claim.ZoneID, name.Value}] = claim.Owner
		}
		if claim.Profile != "" && name.Zone != "" {
			known.zones[key{claim.Profile, name.Zone}] = held
		}
	}
	if claim.Profile != "" && claim.ZoneID != "" {
		known.zones[key{claim.Profile, claim.ZoneID}] = held
	}
}

// shares reports whether the records are in the zone that holds a name.
func (c *Claim) shares(held holder) bool { return c.ZoneID != "" && c.ZoneID == held.zoneID }

// vpcs are the VPCs of a claim without those that a lookup will find: they stand for any.
func (c *Claim) vpcs() (list []placement.VPC) {
	for _, vpc := range c.VPCs {
		if vpc.ID() != "" && vpc.IsLookedUp() {
			list = append(list, vpc)
		}
	}
	return list
}

// Use is a VPC that is about to be associated with a profile.
type Use struct {
	// Property is the property that has the VPC, as its author wrote it.
	Property string
	VPC      placement.VPC
}

// UseProfile notes that VPCs are associated with a profile, unless the report has errors, and reports those that have one already. ID returns the
// ID of the profile, which may be a token, once the profile is defined; owner returns the path of what associates the VPCs.
//
// Call it last, before [refusal.Of]: a construct that is refused associates nothing.
func UseProfile(r *rules.Report, stack *answers.Stack, uses []Use, id, owner func() string) {
	known := registerOf(stack)
	uses = slices.DeleteFunc(slices.Clone(uses), func(u Use) bool { return !u.VPC.IsLookedUp() })
	for _, use := range uses {
		if p, ok := known.profiles[use.VPC.ID()]; ok {
			r.Add(rules.ProfileTwice, use.Property, "VPC %s has the profile of %s already", use.VPC, p.owner())
		}
	}
	if r.HasErrors() {
		return
	}
	for _, use := range uses {
		known.profiles[use.VPC.ID()] = profile{id, owner}
	}
}
