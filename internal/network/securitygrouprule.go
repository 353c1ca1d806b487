package network

import "strings"

// Rule is one rule of a security group, inline or a resource of its own.
type Rule struct {
	// Resource has the rule: the security group, or a resource for the rule alone.
	Resource *Resource
	// Direction is the side that the rule is on.
	Direction Direction
	// IpProtocol, FromPort and ToPort are the traffic that it allows.
	IpProtocol, FromPort, ToPort Value
	// Group, PrefixList, CidrIp and CidrIpv6 are the peer; all but one are absent.
	Group, PrefixList, CidrIp, CidrIpv6 Value

	at Property // of an inline rule
}

// ruleNames are the names of types and properties that differ by direction.
var ruleNames = [...]struct{ inline, resourceType, group, prefixList string }{
	Ingress: {"SecurityGroupIngress", "AWS::EC2::SecurityGroupIngress", "SourceSecurityGroupId", "SourcePrefixListId"},
	Egress:  {"SecurityGroupEgress", "AWS::EC2::SecurityGroupEgress", "DestinationSecurityGroupId", "DestinationPrefixListId"},
}

func newRule(at Property, d Direction) Rule {
	field := at.Value.Field
	if at.IsWhole() {
		field = func(name string) Value { return at.Resource.Property(name) }
	}
	return Rule{
		Resource: at.Resource, Direction: d,
		IpProtocol: field("IpProtocol"), FromPort: field("FromPort"), ToPort: field("ToPort"),
		Group: field(ruleNames[d].group), PrefixList: field(ruleNames[d].prefixList),
		CidrIp: field("CidrIp"), CidrIpv6: field("CidrIpv6"), at: at,
	}
}

// IsInline reports whether the rule is part of its security group.
func (r Rule) IsInline() bool { return !r.at.IsWhole() }

// isCertain reports whether the rule is there if its group is.
func (r Rule) isCertain() bool { return r.IsInline() || r.Resource.Exists == Yes }

// Whole is the whole rule as a property.
func (r Rule) Whole() Property {
	if r.IsInline() {
		return r.at
	}
	return Whole(r.Resource)
}

// IsMap reports whether the template has the rule's properties.
func (r Rule) IsMap() bool {
	return !r.IsInline() || len(r.at.Fields()) > 0
}

// Owner is the security group as people know it.
func (r Rule) Owner() string {
	if r.IsInline() {
		return DisplayName(r.Resource)
	}
	return NameOf(r.Resource.Property("GroupId"))
}

// GroupId says which group the rule belongs to, of a rule that is a resource of its own.
func (r Rule) GroupId() Property { return property(r.Resource, "GroupId") }

// The properties of a rule, with their places.

// IpProtocolProperty is the protocol.
func (r Rule) IpProtocolProperty() Property { return r.field("IpProtocol") }

// FromPortProperty is the first port.
func (r Rule) FromPortProperty() Property { return r.field("FromPort") }

// ToPortProperty is the last port.
func (r Rule) ToPortProperty() Property { return r.field("ToPort") }

// GroupProperty is the security group of the peer.
func (r Rule) GroupProperty() Property { return r.field(ruleNames[r.Direction].group) }

// OwnerProperty is the account of the security group that an ingress rule names. Default: that of the rule.
func (r Rule) OwnerProperty() Property { return r.field("SourceSecurityGroupOwnerId") }

// PrefixListProperty is the prefix list of the peer.
func (r Rule) PrefixListProperty() Property { return r.field(ruleNames[r.Direction].prefixList) }

// Blocks are the CIDR blocks of the peer, as properties: none if the rule names its peer in another way.
func (r Rule) Blocks() []Property {
	var list []Property
	for _, name := range []string{"CidrIp", "CidrIpv6"} {
		if p := r.field(name); !p.IsAbsent() {
			list = append(list, p)
		}
	}
	return list
}

func (r Rule) field(name string) Property {
	if r.IsInline() {
		return r.at.Field(name)
	}
	return property(r.Resource, name)
}

// Ports says whether the rule is for TCP and a port. If that is undecided, undecided is the property that decides it.
func (r Rule) Ports(port int) (is Tristate, undecided Property) {
	protocol, ok := r.IpProtocol.Text()
	switch strings.ToLower(protocol) {
	case "-1", "all":
		return Yes, Property{}
	case "tcp", "6":
	default:
		if !ok {
			return Maybe, r.IpProtocolProperty()
		}
		return No, Property{}
	}
	for i, end := range []Value{r.FromPort, r.ToPort} {
		n, ok := end.Number()
		switch {
		case !ok && Property{Value: end}.IsAbsent():
			return No, Property{}
		case ok && n == -1:
			return Yes, Property{}
		case ok && (i == 0 && float64(port) < n || i == 1 && float64(port) > n):
			return No, Property{}
		}
	}
	if !(Property{Value: r.FromPort}).IsLiteral() {
		return Maybe, r.FromPortProperty()
	}
	if !(Property{Value: r.ToPort}).IsLiteral() {
		return Maybe, r.ToPortProperty()
	}
	return Yes, Property{}
}

// AnyPort says whether the rule can be for a TCP port that is undecided itself.
func (r Rule) AnyPort() Tristate {
	switch protocol, ok := r.IpProtocol.Text(); {
	case protocol == "-1" || protocol == "all":
		return Yes
	case ok && protocol != "tcp" && protocol != "6":
		return No
	}
	return Maybe
}

// SinglePort is the port of a rule for one TCP port; ok is false for any other rule.
func (r Rule) SinglePort() (port int, ok bool) {
	from, fromOK := r.FromPort.Number()
	to, toOK := r.ToPort.Number()
	protocol, _ := r.IpProtocol.Text()
	if !fromOK || !toOK || from != to || from < 1 || protocol != "tcp" && protocol != "6" {
		return 0, false
	}
	return int(from), true
}

// NamesGroup reports whether the rule names its peer by a security group.
func (r Rule) NamesGroup() bool { return !Property{Value: r.Group}.IsAbsent() }

// NamesPrefixList reports whether the rule names its peer by a prefix list.
func (r Rule) NamesPrefixList() bool { return !Property{Value: r.PrefixList}.IsAbsent() }

// IsFor says whether the rule names a security group of a peer.
func (r Rule) IsFor(peer Node) Tristate {
	if !r.NamesGroup() {
		return No
	}
	result := No
	for _, own := range peer.Groups {
		result = max(result, GroupID{Value: r.Group}.Is(own))
	}
	return result
}

// CanBeFor reports whether the rule can be for a peer: it names one of its groups, or no group at all.
func (r Rule) CanBeFor(peer Node) bool { return !r.NamesGroup() || r.IsFor(peer) != No }
