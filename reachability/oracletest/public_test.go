package oracletest

import "fmt"

// publicNetwork is a small complete network in which clients reach an internet-facing ALB over the internet: out of their own VPC
// through a NAT gateway or straight, and into that of the API.
type publicNetwork struct {
	*routedNetwork // the two VPCs, the client, the name and path that it calls, and the ALB with what is behind it; nothing connects the VPCs
	scheme         string
	out, in        *edge      // of the client's VPC, and of the API's
	publicIP       bool       // the client has a public address
	address        *elasticIP // that an instance has; nil if AWS picks one
	zone           string     // "public", or "private" for one of the client's VPC that hides a public one, or "other" for one of another VPC
	filter         *webACL    // of the ALB; nil for none
}

// edge is how a VPC meets the internet.
type edge struct {
	of         *side
	gateway    string // "attached", "detached", or "imported" for one that the templates neither define nor attach
	tables     []*internetTable
	tableOf    map[*subnet]*internetTable // nothing for the main route table
	nats       []*nat
	block      string // VPC Block Public Access of its account: "block-bidirectional", "block-ingress" or "" for none
	exclusions []*exclusion
}

// internetTable is a route table. The local routes are not listed.
type internetTable struct {
	id     string
	routes []*internetRoute
}

// internetRoute sends packets to a NAT gateway, else to the internet gateway.
type internetRoute struct {
	cidr string
	nat  *nat
}

// nat is a zonal NAT gateway.
type nat struct {
	id        string
	subnet    *subnet
	private   bool
	addresses []*elasticIP
}

// elasticIP is an Elastic IP address.
type elasticIP struct {
	id   string
	addr string // that the template asks for; "" if AWS picks one
}

// exclusion exempts a VPC, or a subnet of it, from VPC Block Public Access.
type exclusion struct {
	subnet *subnet // nil for the VPC
	mode   string  // "allow-bidirectional" or "allow-egress"
}

// webACL is a web ACL whose rules look at addresses.
type webACL struct {
	allows bool // by default
	rules  []*webRule
	sets   int // that were drawn
}

// webRule ends requests from addresses that are in a set, or in none of several.
type webRule struct {
	action string // "Allow", "Block" or "Count"
	not    bool
	sets   []*ipSet // any of them
}

// ipSet is a set of addresses.
type ipSet struct {
	id     string
	blocks []peer // CIDR blocks and addresses
}

func (n *publicNetwork) GoString() string { return "see the failure" }

func (n *publicNetwork) String() string {
	text := fmt.Sprintf("zone=%s scheme=%q publicIP=%t address=%v\n", n.zone, n.scheme, n.publicIP, n.address) + n.routedNetwork.String()
	for _, e := range []*edge{n.out, n.in} {
		text += e.String()
	}
	if n.filter != nil {
		text += fmt.Sprintf("web ACL allows=%t\n", n.filter.allows)
		for _, r := range n.filter.rules {
			text += fmt.Sprintf("  %s not=%t", r.action, r.not)
			for _, s := range r.sets {
				text += " " + s.id
				for _, p := range s.blocks {
					text += " " + p.String()
				}
			}
			text += "\n"
		}
	}
	return text
}

func (e *edge) String() string {
	text := fmt.Sprintf("%s: gateway %s, block=%q\n", e.of.name, e.gateway, e.block)
	for _, x := range e.exclusions {
		if x.subnet == nil {
			text += "  excluded: the VPC, " + x.mode + "\n"
		} else {
			text += "  excluded: " + x.subnet.id + ", " + x.mode + "\n"
		}
	}
	for _, g := range e.nats {
		text += fmt.Sprintf("  %s in %s private=%t", g.id, g.subnet.id, g.private)
		for _, a := range g.addresses {
			text += " " + a.String()
		}
		text += "\n"
	}
	for _, table := range e.tables {
		text += "  " + table.id + " of"
		for _, s := range e.of.subnets {
			if e.tableOf[s] == table {
				text += " " + s.id
			}
		}
		text += "\n"
		for _, r := range table.routes {
			to := "the internet gateway"
			if r.nat != nil {
				to = r.nat.id
			}
			text += "    " + r.cidr + " to " + to + "\n"
		}
	}
	return text
}

func (a *elasticIP) String() string {
	if a == nil {
		return "none"
	}
	return a.id + "(" + a.addr + ")"
}

// String is a block as a rule of a web ACL has it.
func (p peer) String() string {
	if p.address != nil {
		return p.address.id + "/32"
	}
	return p.cidr
}
