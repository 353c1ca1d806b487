package network

import (
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// Node is one end of a connection: what it is, with its VPC, its security groups and its subnets.
type Node struct {
	Name string
	// Resource is what it is; nil for a target that is given by its address alone.
	Resource *Resource
	VPC      Value
	Groups   []GroupID
	Subnets  []Value
	// Unfiltered says that the node has no security group and needs none, as an NLB that was created without.
	Unfiltered bool
	// PrefixList has the addresses of a node that is in no VPC, such as VPC Lattice; nil for others.
	PrefixList *ManagedPrefixList
	// Internet is what is known of the addresses of a node at the other end of the internet; nil for others.
	Internet *Internet
}

// Internet is what is known of public addresses.
type Internet struct {
	// Addresses are where packets come from; none if only the deployment decides all of them.
	Addresses []PublicAddress
	// IsPartial says that there are or may be others.
	IsPartial bool
}

// All are the addresses, with one that nothing is known of for those that only the deployment decides.
func (i *Internet) All() []PublicAddress {
	if i.IsPartial || len(i.Addresses) == 0 {
		return append(slices.Clip(i.Addresses), PublicAddress{})
	}
	return i.Addresses
}

// IsNamed reports whether a name that a person gave is the node's.
func (node Node) IsNamed(given string) bool {
	return given == node.Name || node.Resource != nil && IsNamed(given, node.Resource)
}

// newNode is a node with groups and subnets; without a group it is in the default group of its VPC.
func (n *Network) newNode(r *Resource, groups, subnets []Property) Node {
	node := Node{Name: DisplayName(r), Resource: r, VPC: vpcOf(subnets, groups)}
	for _, subnet := range subnets {
		node.Subnets = append(node.Subnets, subnet.Value)
	}
	for _, g := range groups {
		node.Groups = append(node.Groups, GroupID{Value: g.Value})
	}
	if len(groups) == 0 {
		node.Groups = []GroupID{{DefaultOf: node.VPC, IsDefault: true}}
	}
	return node
}

// vpcOf is the VPC of the first subnet that tells, else of the first security group that does.
func vpcOf(subnets, groups []Property) Value {
	for _, list := range [][]Property{subnets, groups} {
		for _, p := range list {
			if r, _, ok := p.Reference(); ok && (r.Type == subnetType || r.Type == securityGroupType) {
				return r.Property("VpcId")
			}
		}
	}
	return assembly.NewUnknown("the VPC of subnets and security groups that are defined elsewhere", assembly.Settlement{Kind: assembly.ByTemplate, Subject: "the template that defines them"})
}

// groupNode is a security group in place of any node that has it.
func groupNode(r *Resource) Node {
	return Node{Name: DisplayName(r), Resource: r, VPC: r.Property("VpcId"), Groups: []GroupID{{Value: r.Ref()}}}
}
