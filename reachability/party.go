package reachability

import (
	"net/netip"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// party is one end of a connection: who it is, with its VPC, its security groups and the subnets that it is in.
type party struct {
	name     string
	resource *assembly.Resource
	vpc      assembly.Value
	groups   []groupID
	subnets  []assembly.Value
	// bare says that the party has no security group and needs none, as an NLB that was created without.
	bare bool
}

// is reports whether a name that a person gave is the party's.
func (p party) is(given string) bool {
	return given == p.name || p.resource != nil && sameName(given, p.resource)
}

// vpcOf returns the VPC of the first subnet that tells, else of the first security group that does, else what is not known.
func (m *Model) vpcOf(subnets []assembly.Value, groups []assembly.Value) assembly.Value {
	for _, list := range [][]assembly.Value{subnets, groups} {
		for _, v := range list {
			if r, _, ok := v.Reference(); ok && (r.Type == "AWS::EC2::Subnet" || r.Type == "AWS::EC2::SecurityGroup") {
				return r.Property("VpcId")
			}
		}
	}
	return assembly.NewUnknown("the VPC of subnets and security groups that are defined elsewhere", assembly.Settlement{Kind: assembly.ByTemplate, Subject: "the template that defines them"})
}

// newParty returns a party with groups and subnets; without a group it is in the default group of its VPC.
func (m *Model) newParty(r *assembly.Resource, groups, subnets []assembly.Value) party {
	p := party{name: displayName(r), resource: r, subnets: subnets, vpc: m.vpcOf(subnets, groups)}
	for _, g := range groups {
		p.groups = append(p.groups, groupID{value: g})
	}
	if len(groups) == 0 {
		p.groups = []groupID{{defaultOf: p.vpc, isDefault: true}}
	}
	return p
}

// workload returns what runs behind a network interface of its own: a client, or a target.
func (m *Model) workload(r *assembly.Resource) (party, bool) {
	switch r.Type {
	case "AWS::ECS::Service":
		const configuration, awsvpc = "NetworkConfiguration", "AwsvpcConfiguration"
		switch v := r.Property(configuration, awsvpc); v.Kind() {
		case assembly.Absent:
			return party{}, false
		case assembly.Map:
		default:
			return m.newParty(r, []assembly.Value{v}, []assembly.Value{v}), true
		}
		return m.newParty(r, items(r, configuration, awsvpc, "SecurityGroups"), items(r, configuration, awsvpc, "Subnets")), true
	case "AWS::Lambda::Function":
		subnets := items(r, "VpcConfig", "SubnetIds")
		if len(subnets) == 0 {
			return party{}, false
		}
		return m.newParty(r, items(r, "VpcConfig", "SecurityGroupIds"), subnets), true
	case "AWS::EC2::Instance":
		groups, subnets := items(r, "SecurityGroupIds"), items(r, "SubnetId")
		if r.Property("NetworkInterfaces", 0).Kind() != assembly.Absent {
			groups, subnets = items(r, "NetworkInterfaces", 0, "GroupSet"), items(r, "NetworkInterfaces", 0, "SubnetId")
		}
		return m.newParty(r, groups, subnets), true
	case "AWS::AutoScaling::AutoScalingGroup":
		template, _, ok := firstOf(r, "LaunchTemplate", "LaunchTemplateId", "LaunchTemplateName").Reference()
		if !ok {
			return party{}, false
		}
		groups := items(template, "LaunchTemplateData", "SecurityGroupIds")
		if len(groups) == 0 {
			groups = items(template, "LaunchTemplateData", "NetworkInterfaces", 0, "Groups")
		}
		return m.newParty(r, groups, items(r, "VPCZoneIdentifier")), true
	}
	return party{}, false
}

// firstOf returns the first of several properties of an object that is there.
func firstOf(r *assembly.Resource, object string, names ...string) assembly.Value {
	for _, name := range names {
		if v := r.Property(object, name); v.Kind() != assembly.Absent {
			return v
		}
	}
	return assembly.Value{}
}

var workloadTypes = []string{
	"AWS::ECS::Service", "AWS::Lambda::Function", "AWS::EC2::Instance", "AWS::AutoScaling::AutoScalingGroup",
}

// indexWorkloads collects the workloads by security group and by VPC.
func (m *Model) indexWorkloads() {
	m.holders = map[key][]party{}
	m.inVpc = map[key][]party{}
	for _, resourceType := range workloadTypes {
		for _, r := range m.ofType(resourceType) {
			p, ok := m.workload(r)
			if !ok {
				continue
			}
			for _, g := range p.groups {
				m.holders[g.key()] = append(m.holders[g.key()], p)
			}
			m.inVpc[valueKey(p.vpc)] = append(m.inVpc[valueKey(p.vpc)], p)
		}
	}
}

// holdersOf returns who has a security group: workloads of the templates, else the group itself as a party.
func (m *Model) holdersOf(group groupID) []party {
	if list := m.holders[group.key()]; len(list) > 0 {
		return list
	}
	r, _, ok := group.value.Reference()
	if !ok || r.Type != "AWS::EC2::SecurityGroup" {
		return nil
	}
	return []party{bareGroup(r)}
}

// bareGroup is a security group that stands for whoever gets it.
func bareGroup(r *assembly.Resource) party {
	return party{name: displayName(r), resource: r, vpc: r.Property("VpcId"), groups: []groupID{{value: r.Ref()}}}
}

// addresses are the CIDR blocks in which a party's addresses are.
type addresses struct {
	list []netip.Prefix
	// exact says that the party has addresses in each of them; else it has some in one of them.
	exact bool
}

// blocksOf returns the blocks of a party's subnets, or those of its VPC where the subnets' are not known; none if
// nothing is known.
func (m *Model) blocksOf(p party) addresses {
	var found addresses
	for _, subnet := range p.subnets {
		block, ok := subnetBlock(subnet)
		if !ok {
			return m.vpcBlocks(p.vpc)
		}
		if !slices.Contains(found.list, block) {
			found.list = append(found.list, block)
		}
	}
	if len(found.list) == 0 {
		return m.vpcBlocks(p.vpc)
	}
	found.exact = true
	return found
}

// subnetBlock returns the CIDR block of a subnet.
func subnetBlock(subnet assembly.Value) (netip.Prefix, bool) {
	r, _, ok := subnet.Reference()
	if !ok {
		return netip.Prefix{}, false
	}
	return prefix(r.Property("CidrBlock"))
}

// prefix returns a CIDR block, which may be that of a VPC or of a subnet.
func prefix(v assembly.Value) (netip.Prefix, bool) {
	if r, attribute, ok := v.Reference(); ok && attribute == "CidrBlock" {
		v = r.Property(attribute)
	}
	text, ok := v.Text()
	if !ok {
		return netip.Prefix{}, false
	}
	block, err := netip.ParsePrefix(text)
	return block.Masked(), err == nil
}

// vpcBlocks returns all blocks of a VPC, or none if one of them is not known.
func (m *Model) vpcBlocks(vpc assembly.Value) addresses {
	r, _, ok := vpc.Reference()
	if !ok {
		return addresses{}
	}
	primary, ok := prefix(r.Property("CidrBlock"))
	if !ok {
		return addresses{}
	}
	found := addresses{list: []netip.Prefix{primary}}
	for _, more := range m.moreBlocks[resourceKey(r)] {
		if more.Property("AmazonProvidedIpv6CidrBlock").Kind() != assembly.Absent || more.Property("Ipv6CidrBlock").Kind() != assembly.Absent {
			continue
		}
		block, ok := prefix(more.Property("CidrBlock"))
		if !ok {
			return addresses{}
		}
		found.list = append(found.list, block)
	}
	return found
}

// coverage says how much of a block some prefixes have.
type coverage int

const (
	none coverage = iota
	some
	all
)

// cover returns how much of a block the prefixes have together.
func cover(block netip.Prefix, prefixes []netip.Prefix) coverage {
	overlap := false
	for _, p := range prefixes {
		if !p.Overlaps(block) {
			continue
		}
		if p.Bits() <= block.Bits() {
			return all
		}
		overlap = true
	}
	if !overlap {
		return none
	}
	low, high := halves(block)
	a, b := cover(low, prefixes), cover(high, prefixes)
	if a == b {
		return a
	}
	return some
}

// halves splits a block in two.
func halves(block netip.Prefix) (low, high netip.Prefix) {
	bits := block.Bits() + 1
	low = netip.PrefixFrom(block.Masked().Addr(), bits)
	bytes := low.Addr().AsSlice()
	bytes[block.Bits()/8] |= 0x80 >> (block.Bits() % 8)
	addr, _ := netip.AddrFromSlice(bytes)
	return low, netip.PrefixFrom(addr, bits)
}
