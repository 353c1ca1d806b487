package network

import (
	"slices"
	"strconv"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/placeholder"
)

const subnetType = "AWS::EC2::Subnet"

// Subnet is a subnet.
type Subnet struct{ *Resource }

// VpcId is the VPC of the subnet.
func (s *Subnet) VpcId() Property { return property(s.Resource, "VpcId") }

// CidrBlock is the IPv4 block of the subnet.
func (s *Subnet) CidrBlock() Property { return property(s.Resource, "CidrBlock") }

// OutpostArn is the Outpost that the subnet is on; absent for others.
func (s *Subnet) OutpostArn() Property { return property(s.Resource, "OutpostArn") }

// Zone is the Availability Zone by name, or by ID where the template has that.
func (s *Subnet) Zone() Property {
	if zone := property(s.Resource, "AvailabilityZone"); !zone.IsAbsent() {
		return zone
	}
	return property(s.Resource, "AvailabilityZoneId")
}

// IPv6 is the property that gives the subnet IPv6 addresses; absent if none does. A block that another resource adds to the
// subnet counts too.
func (n *Network) IPv6(s *Subnet) Property {
	for _, name := range []string{"Ipv6CidrBlock", "Ipv6IpamPoolId", "Ipv6NetmaskLength"} {
		if p := property(s.Resource, name); !p.IsAbsent() {
			return p
		}
	}
	for _, r := range n.OfType("AWS::EC2::SubnetCidrBlock") {
		if of := property(r, "SubnetId"); n.Subnet(of.Value) == s || n.Subnet(of.Value) == nil && of.IsUnknown() {
			return of
		}
	}
	return property(s.Resource, "Ipv6CidrBlock")
}

// Subnet is the subnet that a value refers to; nil if it refers to none.
func (n *Network) Subnet(v Value) *Subnet { return n.subnets.referred(v) }

func (n *Network) indexSubnets() {
	collect(n, &n.subnets, subnetType, func(r *Resource) *Subnet { return &Subnet{r} })
	for _, s := range n.subnets.list {
		n.subnetsIn.add(s.VpcId().Value, s)
	}
}

// ZoneListItem is the index that a zone takes of Fn::GetAZs; ok is false if it is given in another way.
func ZoneListItem(zone Value) (index int, ok bool) {
	_, index, of, isPart := zone.Part()
	return index, isPart && strings.HasPrefix(of.Why(), "Fn::GetAZs")
}

// AvailabilityZone is what is known of the zone of a subnet.
type AvailabilityZone struct {
	// ID is the zone ID, such as "euw1-az1"; empty if it is not known.
	ID string
	// Name is the zone as the template has it.
	Name Value
	// Stack is the stack of the subnet; nil for a subnet that is defined elsewhere.
	Stack *Stack
	// Missing is what would tell the ID.
	Missing ZoneFact
}

// ZoneFact is what would tell the ID of a zone. The zero ZoneFact is nothing.
type ZoneFact struct {
	// Zone is the zone by "account/name", or the ID of the subnet.
	Zone string
	// Names is the list of Fn::GetAZs, by "account/Region".
	Names string
	// File is the template whose account would tell.
	File string
	// Undecided is the subnet, or the zone of it, that only the deployment decides; Subnet is the subnet by name, if the
	// templates have it.
	Undecided Value
	Subnet    string
}

// String is the zone as people read it.
func (z AvailabilityZone) String() string {
	name := z.Name.String()
	if i, ok := ZoneListItem(z.Name); ok {
		name = "item " + strconv.Itoa(i) + " of Fn::GetAZs"
	}
	switch {
	case z.ID != "":
		return z.ID
	case Property{Value: z.Name}.IsAbsent():
		return "an unknown zone"
	case z.Stack != nil && z.Stack.Account != "":
		return name + " of account " + z.Stack.Account
	}
	return name
}

// GivenZones are what people gave of zones.
type GivenZones struct {
	// IDs are zone IDs, by "account/name" or by subnet ID.
	IDs map[string]string
	// Names are the names that Fn::GetAZs returns, in its order, by "account/Region".
	Names map[string][]string
}

// nameOf is the name of a zone that is an item of Fn::GetAZs, or the list that would tell it: "" for any other zone, or if
// the account or the Region is not known.
func (g GivenZones) nameOf(zone Value) (name, list string) {
	index, ok := ZoneListItem(zone)
	if !ok {
		return "", ""
	}
	_, _, of, _ := zone.Part()
	account, region, _ := of.Zones()
	if account == "" || region == "" {
		return "", ""
	}
	list = account + "/" + region
	if names := g.Names[list]; index < len(names) {
		return names[index], list
	}
	return "", list
}

// ZoneOf is what is known of the zone of a subnet, with what people gave.
func (n *Network) ZoneOf(subnet Value, given GivenZones) AvailabilityZone {
	ids := given.IDs
	if id, ok := subnet.Text(); ok {
		return AvailabilityZone{ID: ids[id], Missing: ZoneFact{Zone: id}}
	}
	s := n.Subnet(subnet)
	if s == nil {
		return AvailabilityZone{Missing: ZoneFact{Undecided: subnet}}
	}
	z := AvailabilityZone{Name: s.Property("AvailabilityZone"), Stack: s.Stack}
	if id := property(s.Resource, "AvailabilityZoneId").Literal(); id != "" {
		z.ID = id
		return z
	}
	item, list := given.nameOf(z.Name)
	if item != "" {
		z.Name = assembly.NewText(item)
	}
	name, ok := z.Name.Text()
	switch {
	case s.Stack.Account == "":
		z.Missing = ZoneFact{File: s.Stack.File}
	case list != "" && item == "":
		z.Missing = ZoneFact{Names: list}
	case !ok:
		z.Missing = ZoneFact{Undecided: z.Name, Subnet: DisplayName(s.Resource)}
	default:
		z.ID = ids[s.Stack.Account+"/"+name]
		z.Missing = ZoneFact{Zone: s.Stack.Account + "/" + name}
	}
	return z
}

// SameZone says whether two zones are one, and else what would tell. Names tell it within one account only: AWS maps them
// to zones independently for each account.
// https://docs.aws.amazon.com/ram/latest/userguide/working-with-az-ids.html
func (z AvailabilityZone) SameZone(other AvailabilityZone) (Tristate, []ZoneFact) {
	if z.ID != "" && other.ID != "" {
		if z.ID == other.ID {
			return Yes, nil
		}
		return No, nil
	}
	isNamed := func(z AvailabilityZone) bool { return z.Stack != nil && !Property{Value: z.Name}.IsAbsent() }
	if isNamed(z) && isNamed(other) && (z.Stack == other.Stack || z.Stack.Account != "" && z.Stack.Account == other.Stack.Account) {
		if result := sameName(z, other); result != Maybe {
			return result, nil
		}
	}
	var missing []ZoneFact
	for _, one := range []AvailabilityZone{z, other} {
		if one.ID == "" && one.Missing != (ZoneFact{}) && !slices.Contains(missing, one.Missing) {
			missing = append(missing, one.Missing)
		}
	}
	return Maybe, missing
}

// sameName says whether the names of two zones of one account are the same. A placeholder of the CDK stands for one zone of the
// account in its Region, and may be any zone that has a name already.
func sameName(a, b AvailabilityZone) Tristate {
	one, _ := a.Name.Text()
	other, _ := b.Name.Text()
	inOneRegion := a.Stack == b.Stack || a.Stack.Region != "" && a.Stack.Region == b.Stack.Region
	if isPending := placeholder.IsZone(one); isPending != placeholder.IsZone(other) || isPending && !inOneRegion {
		return Maybe
	}
	return Same(a.Name, b.Name)
}
