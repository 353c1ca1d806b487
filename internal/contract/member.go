package contract

import "strings"

// MetadataPrefix begins the name of what the template of a stack that publishes a contract has in its Metadata; the name of the contract follows.
const MetadataPrefix = "privateapi:contract/"

// Member is a member of the deployed half: a text, or a list of texts.
type Member struct {
	Name   string
	IsList bool
	Values []string // one, unless it is a list
}

// Text is the member as an output has it: the elements of a list are joined by commas, which none of them has.
func (m Member) Text() string { return strings.Join(m.Values, ",") }

// Members returns the members that there are.
func (d *Deployed) Members() (members []Member) {
	for _, m := range d.fields() {
		switch {
		case m.text != nil && *m.text != "":
			members = append(members, Member{Name: m.name, Values: []string{*m.text}})
		case m.list != nil && len(*m.list) > 0:
			members = append(members, Member{Name: m.name, IsList: true, Values: *m.list})
		}
	}
	return members
}

// Set sets a member to the value of an output. It returns false if there is no such member.
func (d *Deployed) Set(name, output string) bool {
	for _, m := range d.fields() {
		if m.name != name {
			continue
		}
		if m.list != nil {
			*m.list = strings.Split(output, ",")
		} else {
			*m.text = output
		}
		return true
	}
	return false
}

// field is a place in the deployed half: a text or a list.
type field struct {
	name string
	text *string
	list *[]string
}

func (d *Deployed) fields() []field {
	return []field{
		{name: "serviceName", text: &d.ServiceName},
		{name: "availabilityZoneIds", list: &d.AvailabilityZoneIds},
		{name: "serviceArn", text: &d.ServiceArn},
		{name: "loadBalancerDnsName", text: &d.LoadBalancerDnsName},
		{name: "canonicalHostedZoneId", text: &d.CanonicalHostedZoneId},
		{name: "vpcId", text: &d.VpcId},
		{name: "securityGroupId", text: &d.SecurityGroupId},
		{name: "cidrBlocks", list: &d.CidrBlocks},
	}
}
