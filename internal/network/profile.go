package network

import "strings"

const (
	profileType            = "AWS::Route53Profiles::Profile"
	profileAssociationType = "AWS::Route53Profiles::ProfileAssociation"
	profileResourceType    = "AWS::Route53Profiles::ProfileResourceAssociation"
	hostedZoneType         = "AWS::Route53::HostedZone"
	queryLoggingType       = "AWS::Route53Resolver::ResolverQueryLoggingConfig"
	resolverRuleType       = "AWS::Route53Resolver::ResolverRule"
)

// ProfileVPC associates a VPC with a Route 53 Profile.
type ProfileVPC struct{ *Resource }

// ProfileId is the profile.
func (a *ProfileVPC) ProfileId() Property { return property(a.Resource, "ProfileId") }

// VpcId is the VPC.
func (a *ProfileVPC) VpcId() Property { return property(a.Resource, "ResourceId") }

// ProfileResource associates a hosted zone, a Resolver rule or something else with a Route 53 Profile.
type ProfileResource struct{ *Resource }

// ProfileId is the profile.
func (a *ProfileResource) ProfileId() Property { return property(a.Resource, "ProfileId") }

// ResourceArn is what is associated with it.
func (a *ProfileResource) ResourceArn() Property { return property(a.Resource, "ResourceArn") }

// profileFacts are the Route 53 Profiles.
type profileFacts struct {
	profiles  facts[*Resource]
	vpcs      []*ProfileVPC
	profileOf owned[*ProfileVPC] // by VPC
	vpcsOf    owned[*ProfileVPC] // by profile
	zones     map[nameInProfile][]*ProfileResource
	others    owned[*ProfileResource] // by profile: no hosted zones
	unplaced  []*ProfileResource
	ofZone    map[*HostedZone][]*ProfileResource
}

// nameInProfile is the name of a hosted zone in a profile; "" for one that is undecided or defined elsewhere.
type nameInProfile struct {
	profile key
	name    string
}

// Profile is the Route 53 Profile that a value names; nil if the templates do not define it.
func (n *Network) Profile(v Value) *Resource { return n.profiles.profiles.referred(v) }

// ProfileVPCs are the associations of VPCs with Route 53 Profiles.
func (n *Network) ProfileVPCs() []*ProfileVPC { return n.profiles.vpcs }

// ProfilesOf are the associations of a VPC with Route 53 Profiles. Route 53 allows one.
func (n *Network) ProfilesOf(vpc Value) []*ProfileVPC { return n.profiles.profileOf.named(vpc) }

// UnplacedProfileVPCs are the associations whose VPC is undecided.
func (n *Network) UnplacedProfileVPCs() []*ProfileVPC { return n.profiles.profileOf.unplaced() }

// ZonesInProfile are the associations of hosted zones of a name with a Route 53 Profile; "" stands for an undecided one.
func (n *Network) ZonesInProfile(profile Value, name string) []*ProfileResource {
	k := valueKey(profile)
	if k == (key{}) {
		return nil
	}
	return n.profiles.zones[nameInProfile{k, name}]
}

// UnplacedProfileResources are associations with profiles that are undecided.
func (n *Network) UnplacedProfileResources() []*ProfileResource { return n.profiles.unplaced }

// ProfilesWith are the associations of a hosted zone with Route 53 Profiles.
func (n *Network) ProfilesWith(z *HostedZone) []*ProfileResource { return n.profiles.ofZone[z] }

// ZoneIn is the hosted zone that is associated with a profile; nil if it is something else, or undecided. A zone that the templates do
// not define has no resource.
func (n *Network) ZoneIn(a *ProfileResource) *HostedZone {
	const kind = ":route53:::hostedzone/"
	arn := a.ResourceArn().Value
	if text, ok := arn.Text(); ok {
		_, id, isZone := strings.Cut(text, kind)
		return n.zoneOfID(id, isZone)
	}
	parts := arn.Parts()
	if len(parts) == 0 {
		return nil
	}
	last := parts[len(parts)-1]
	if text, ok := last.Text(); ok {
		_, id, isZone := strings.Cut(text, kind)
		return n.zoneOfID(id, isZone)
	}
	if len(parts) < 2 {
		return nil
	}
	before, _ := parts[len(parts)-2].Text()
	if !strings.HasSuffix(before, kind) {
		return nil
	}
	return n.zoneByKey[valueKey(last)]
}

func (n *Network) zoneOfID(id string, isZone bool) *HostedZone {
	if !isZone || id == "" {
		return nil
	}
	return n.zoneByKey[key{text: "=" + id}]
}

// VPCsOf are the VPCs that a private hosted zone answers in: those that it names, and those of its Route 53 Profiles.
func (n *Network) VPCsOf(z *HostedZone) []Property {
	var list []Property
	for _, a := range z.Associations() {
		list = append(list, a.Id)
	}
	for _, in := range n.profiles.ofZone[z] {
		for _, a := range n.profiles.vpcsOf.named(in.ProfileId().Value) {
			list = append(list, a.VpcId())
		}
	}
	return list
}

// OtherInProfile is what can answer a name before the hosted zones of a profile do, or block it: the association of the VPC if the
// templates do not define the profile, and what is associated with it and is no hosted zone; nil if there is nothing. The name "" stands
// for any.
func (n *Network) OtherInProfile(a *ProfileVPC, domain string) *Resource {
	if n.Profile(a.ProfileId().Value) == nil {
		return a.Resource
	}
	for _, in := range n.profiles.others.named(a.ProfileId().Value) {
		named := partOfAny(in.ResourceArn().Value, queryLoggingType, resolverRuleType)
		switch {
		case named == nil:
			return in.Resource
		case named.Type == resolverRuleType && mayForward(named, domain):
			return in.Resource
		}
	}
	return nil
}

// MayHaveZones is what leaves open whether a profile has further hosted zones: its ID if the templates do not define it, or the ARN of
// something that they do not define; ok is false if nothing does.
func (n *Network) MayHaveZones(a *ProfileVPC) (open Property, ok bool) {
	if n.Profile(a.ProfileId().Value) == nil {
		return a.ProfileId(), true
	}
	for _, in := range n.profiles.others.named(a.ProfileId().Value) {
		arn := in.ResourceArn()
		text, isText := arn.Text()
		_, _, isReference := arn.Reference()
		if isText && strings.Contains(text, ":hostedzone/") || !isText && !isReference {
			return arn, true
		}
	}
	return Property{}, false
}

// partOfAny is the resource of one of some types that a value is made of; nil if there is none.
func partOfAny(v Value, resourceTypes ...string) *Resource {
	for _, t := range resourceTypes {
		if r := partOf(v, t); r != nil {
			return r
		}
	}
	return nil
}

// indexProfiles collects the Route 53 Profiles. Zones are indexed before.
func (n *Network) indexProfiles() {
	p := &n.profiles
	collect(n, &p.profiles, profileType, func(r *Resource) *Resource { return r })
	for _, r := range n.OfType(profileAssociationType) {
		a := &ProfileVPC{r}
		p.vpcs = append(p.vpcs, a)
		p.profileOf.add(a.VpcId().Value, a)
		p.vpcsOf.add(a.ProfileId().Value, a)
	}
	p.ofZone, p.zones = map[*HostedZone][]*ProfileResource{}, map[nameInProfile][]*ProfileResource{}
	for _, r := range n.OfType(profileResourceType) {
		a := &ProfileResource{r}
		z, k := n.ZoneIn(a), valueKey(a.ProfileId().Value)
		switch {
		case k == (key{}):
			p.unplaced = append(p.unplaced, a)
		case z == nil:
			p.others.add(a.ProfileId().Value, a)
		default:
			p.ofZone[z] = append(p.ofZone[z], a)
			at := nameInProfile{k, z.Name}
			p.zones[at] = append(p.zones[at], a)
		}
	}
}
