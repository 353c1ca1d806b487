package network_test

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
)

// question asks a network for the facts of a subject: a resource by its logical ID, or a name.
type question struct {
	t              *testing.T
	n              *network.Network
	subject, other string
}

// questions are what cases can ask, by the text before " of ".
var questions = map[string]func(q *question) []string{
	"ingress": func(q *question) []string { return q.rules(network.Ingress) },
	"egress":  func(q *question) []string { return q.rules(network.Egress) },
	"unplaced ingress": func(q *question) []string {
		return list(q.n.UnplacedRules(network.Ingress), func(r network.Rule) string { return place(r.Whole()) })
	},
	"open":    func(q *question) []string { return open(q.n.SecurityGroup(q.group(q.subject))) },
	"unread":  func(q *question) []string { return unread(q.n.SecurityGroup(q.group(q.subject))) },
	"callers": func(q *question) []string { return list(q.n.Callers(q.group(q.subject)), groupText) },
	"members": func(q *question) []string { return list(q.n.Members(q.group(q.subject), nil), nodeName) },
	"clients": func(q *question) []string {
		return list(q.n.ClientsOf(q.n.EndpointNode(q.n.Endpoint(q.value(q.subject)))), nodeName)
	},
	"workloads": func(q *question) []string { return list(q.n.Workloads(), nodeText) },

	"peerings": func(q *question) []string {
		return list(q.n.PeeringsOf(q.value(q.subject)), func(c *network.PeeringConnection) string { return c.ID })
	},
	"overlap": func(q *question) []string {
		own, other, found, isKnown := q.n.OverlappingBlocks(q.value(q.subject), q.value(q.other))
		if !found {
			return []string{fmt.Sprintf("none, known %t", isKnown)}
		}
		return []string{place(own) + " " + place(other)}
	},
	"table": func(q *question) []string {
		a := q.n.TableAssociation(q.value(q.subject))
		if a == nil {
			return nil
		}
		return []string{text(a.RouteTableId().Value)}
	},
	"routing": func(q *question) []string {
		return takeText(q.n.Routing(q.value(q.subject), q.value("Vpc"), netip.MustParsePrefix(q.other), nil), func(r *network.Route) string {
			if r == nil {
				return "local"
			}
			kind, _ := r.Target()
			return r.ID + " to " + string(kind)
		})
	},
	"gateway routing": func(q *question) []string {
		gateway := q.n.TransitGateways()[0]
		table, _, _ := q.n.DefaultAssociationTable(gateway)
		if q.subject != "default" {
			table = network.GatewayTable{ID: q.value(q.subject)}
		}
		return takeText(q.n.GatewayRouting(gateway.Ref(), table, netip.MustParsePrefix(q.other)), func(h network.GatewayHop) string { return place(h.At()) })
	},
	"attachment": func(q *question) []string {
		a, doubt := q.n.Attachment(q.valueOrID(q.subject), q.value(q.other))
		switch {
		case a != nil:
			subnets, isKnown := a.Subnets()
			return append([]string{a.ID, fmt.Sprintf("known %t", isKnown)}, list(subnets, func(p network.Property) string { return text(p.Value) })...)
		case doubt != nil:
			return []string{"perhaps " + place(*doubt)}
		}
		return nil
	},
	"gateway shares": func(q *question) []string {
		return list(q.n.GatewaySharesOf(q.valueOrID(q.subject)), func(s network.ShareOf) string { return s.ID })
	},

	"attached": func(q *question) []string {
		is, at := q.n.InternetAttachment(q.valueOrID(q.subject), q.value(q.other))
		if at == nil {
			return []string{is.String()}
		}
		return []string{is.String() + " by " + place(*at)}
	},
	"NAT addresses": func(q *question) []string {
		list, isKnown := q.n.PublicAddressesOfNat(q.target(), publicAddresses)
		return q.addresses(list, isKnown)
	},
	"node addresses": func(q *question) []string {
		list, isKnown := q.n.PublicAddressesOfNode(q.node(q.subject), publicAddresses)
		return q.addresses(list, isKnown)
	},
	"NAT gateway": func(q *question) []string {
		g := q.n.NatGateway(q.value(q.subject))
		return []string{"public " + g.IsPublic().String(), "regional " + g.IsRegional().String()}
	},
	"public IP": func(q *question) []string {
		has, at := q.n.PublicIP(q.node(q.subject), q.value(q.other))
		return []string{has.String() + " by " + place(at)}
	},
	// The addresses of a NAT gateway in each ingress rule of a group.
	"let in": func(q *question) []string {
		nat, _ := q.n.PublicAddressesOfNat(network.Property{Value: q.value(q.other), Resource: q.resource(q.other)}, publicAddresses)
		return list(q.n.SecurityGroup(q.group(q.subject)).Rules[network.Ingress], func(r network.Rule) string {
			return fmt.Sprint(r.CidrIp, " ", q.n.IsIn(nat[0], r.CidrIp))
		})
	},
	"block public access": func(q *question) []string {
		return list(q.n.BlocksPublicAccess(q.resource(q.subject).Stack), func(b *network.BlockPublicAccess) string {
			return b.ID + " " + b.IsOf(q.resource(q.subject).Stack).String()
		})
	},
	"exclusions": func(q *question) []string {
		return list(q.n.BlockPublicAccessExclusions(q.value(q.subject)), func(e *network.BlockPublicAccessExclusion) string {
			return e.ID + " " + text(e.Mode().Value) + " of " + text(e.Of().Value)
		})
	},
	"web ACL": func(q *question) []string {
		w := q.n.WebAcl(q.value(q.subject))
		return append([]string{"allows " + w.Allows().String()}, list(w.Rules(), func(r network.WebAclRule) string {
			has := func(block network.Property) network.Tristate {
				prefix, ok := network.Block(block.Value)
				switch {
				case !ok:
					return network.Maybe
				case prefix.Contains(netip.MustParseAddr(q.other)):
					return network.Yes
				}
				return network.No
			}
			matches := r.Statement().Matches(func(set network.WebAclStatement) network.Tristate {
				is, _ := q.n.InSet(set.Arn().Value, has)
				return is
			})
			return fmt.Sprintf("%s %s if %s", r.Name().Literal(), r.Action(), matches)
		})...)
	},

	"endpoints": func(q *question) []string {
		return list(q.n.APIEndpointsIn(q.value(q.subject)), func(e *network.Endpoint) string { return e.ID })
	},
	"possible endpoints": func(q *question) []string {
		return list(q.n.APIEndpointsThatMayBeIn(q.value(q.subject)), func(e *network.Endpoint) string { return e.ID })
	},
	"permissions": func(q *question) []string {
		return list(q.n.PermissionsOf(q.n.EndpointService(q.value(q.subject))), func(p *network.Permissions) string { return p.ID })
	},
	"unplaced permissions": func(q *question) []string {
		return list(q.n.UnplacedPermissions(), func(p *network.Permissions) string { return p.ID })
	},

	"listeners": func(q *question) []string {
		return list(q.n.ListenersOf(q.n.LoadBalancer(q.value(q.subject))), func(l *network.Listener) string { return l.ID })
	},
	"unplaced listeners": func(q *question) []string {
		return list(q.n.UnplacedListeners(), func(l *network.Listener) string { return l.ID })
	},
	"listener rules":          func(q *question) []string { return list(q.n.RulesOf(q.listener(q.subject)), ruleID) },
	"unplaced listener rules": func(q *question) []string { return list(q.n.UnplacedListenerRules(), ruleID) },
	"conditions":              func(q *question) []string { return list(q.listenerRule(q.subject).Conditions, conditionText) },
	"forwards":                func(q *question) []string { return list(q.listenerRule(q.subject).Actions.Forwards, forwardText) },
	"target groups": func(q *question) []string {
		return list(q.listenerRule(q.subject).Actions.Targets().Groups, func(p network.Property) string { return text(p.Value) })
	},
	"targets": func(q *question) []string {
		targets, _ := q.n.TargetsOf(q.n.TargetGroup(q.value(q.subject)))
		return list(targets, targetText)
	},

	"hosted zone":  func(q *question) []string { return q.hostedZone() },
	"private zone": func(q *question) []string { return list(q.n.PrivateZonesIn(q.value(q.subject), q.other), zoneID) },
	"records": func(q *question) []string {
		return list(q.n.HostedZone(q.value(q.subject)).Records[q.other], recordText)
	},
	"records elsewhere": func(q *question) []string { return list(q.n.RecordsElsewhere(q.subject), recordText) },
	"unplaced records":  func(q *question) []string { return list(q.n.UnplacedRecords(q.subject), recordText) },

	"inbound ACL":  func(q *question) []string { return q.acl(network.Ingress) },
	"outbound ACL": func(q *question) []string { return q.acl(network.Egress) },
	"unplaced ACL": func(q *question) []string {
		if p := q.n.UnplacedAcl(); p != nil {
			return []string{place(*p)}
		}
		return nil
	},
	"services in": func(q *question) []string { return list(q.n.ServicesIn(q.identifier()), associationID) },
	"VPCs in": func(q *question) []string {
		return list(q.n.VPCsIn(q.identifier()), func(a *network.VpcAssociation) string { return a.ID })
	},
	"unplaced services": func(q *question) []string { return list(q.n.UnplacedServiceAssociations(), associationID) },
	"associations":      func(q *question) []string { return list(q.n.AssociationsOf(q.identifier()), associationID) },
	"associated service": func(q *question) []string {
		if s := q.n.LatticeService(q.n.AsServiceAssociation(q.resource(q.subject)).ServiceIdentifier().Value); s != nil {
			return []string{s.ID}
		}
		return nil
	},
	"network endpoints": func(q *question) []string {
		return list(q.n.ServiceNetworkEndpointsTo(q.identifier()), func(e *network.Endpoint) string { return e.ID })
	},
	"endpoint peer": func(q *question) []string {
		return []string{[]string{"endpoint service", "AWS", "service network", "resource"}[q.n.Endpoint(q.value(q.subject)).ConnectsTo()]}
	},
	"lattice listeners": func(q *question) []string {
		return list(q.n.LatticeListenersOf(q.n.LatticeService(q.value(q.subject))), func(l *network.LatticeListener) string {
			port, _ := l.PortNumber()
			return fmt.Sprintf("%s: %d", l.ID, port)
		})
	},
	"lattice rules": func(q *question) []string {
		return list(q.n.LatticeRulesOf(q.n.LatticeListener(q.value(q.subject))), func(r *network.LatticeRule) string { return r.ID })
	},
	"outcomes": func(q *question) []string {
		outcomes := q.n.LatticeOutcomes(q.n.LatticeListener(q.value(q.subject)), network.LatticeRequest{Path: q.other})
		return list(outcomes, func(o network.LatticeOutcome) string {
			if o.Maybe {
				return o.Resource().ID + " perhaps, by " + place(o.Why.At)
			}
			return o.Resource().ID
		})
	},
	"lattice targets": func(q *question) []string {
		targets, _ := q.n.LatticeTargetsOf(q.n.LatticeTargetGroup(q.value(q.subject)))
		return list(targets, targetText)
	},
	"forwarded by": func(q *question) []string {
		return list(q.n.LatticeForwardedBy(q.n.LatticeTargetGroup(q.value(q.subject))), func(by network.LatticeForwardedBy) string {
			if by.Rule != nil {
				return by.Service.ID + " by " + by.Rule.ID
			}
			return by.Service.ID
		})
	},
	"auth policies": func(q *question) []string {
		return list(q.n.AuthPoliciesOf(q.identifier()), func(p *network.AuthPolicy) string { return p.ID })
	},
	"shares": func(q *question) []string {
		return list(q.n.SharesOf(q.identifier()), func(s network.ShareOf) string { return place(s.Arn) })
	},
	"names": func(q *question) []string { return q.n.LatticeNames(q.resource(q.subject)) },
	"role": func(q *question) []string {
		role := q.n.RoleOf(q.node(q.subject))
		if role.Resource == nil || role.IsAbsent() {
			return nil
		}
		return []string{text(role.Value) + " at " + place(role)}
	},
	"identity policies": func(q *question) []string {
		all := q.n.IdentityPoliciesOf(q.n.Role(q.value(q.subject)))
		managed := list(all.Managed, func(p network.Property) string { return "managed " + p.String() })
		open := list(all.Open, func(p network.Property) string { return "open " + place(p) })
		return slices.Concat(list(all.Documents, place), managed, open)
	},
	"workloads as": func(q *question) []string {
		return list(q.n.WorkloadsAs(q.n.Role(q.value(q.subject))), nodeName)
	},

	"zone":      func(q *question) []string { return []string{q.zone(q.subject).String()} },
	"same zone": func(q *question) []string { return q.sameZone() },
}

// publicAddresses are the public addresses that people give.
var publicAddresses = map[string][]string{
	"nat-0a1b": {"203.0.113.7", "203.0.113.8"}, "eipalloc-0a1b": {"203.0.113.9"}, stackName + "/Known": {"203.0.113.10"}, stackName + "/Regional": {"203.0.113.11"},
}

// target is what a route names as its target.
func (q *question) target() network.Property {
	if strings.Contains(q.subject, "-") {
		return network.Property{Value: assembly.NewText(q.subject)}
	}
	return network.Property{Value: q.value(q.subject), Resource: q.resource(q.subject)}
}

func (q *question) addresses(all []network.PublicAddress, isKnown bool) []string {
	texts := list(all, func(a network.PublicAddress) string {
		if a.Addr.IsValid() {
			return a.Addr.String()
		}
		return a.Subject()
	})
	if !isKnown {
		texts = append(texts, "and others")
	}
	return texts
}

// zoneIDs are the zone IDs that people give.
var zoneIDs = map[string]string{account + "/eu-west-1a": "euw1-az1", "subnet-0123": "euw1-az3"}

func (q *question) resource(id string) *network.Resource {
	q.t.Helper()
	for _, s := range q.n.Stacks() {
		if r := s.Resource(id); r != nil {
			return r
		}
	}
	q.t.Fatalf("no resource %s", id)
	return nil
}

// identifier is a resource, or text that identifies one.
func (q *question) identifier() network.Value {
	for _, s := range q.n.Stacks() {
		if r := s.Resource(q.subject); r != nil {
			return r.Ref()
		}
	}
	return assembly.NewText(q.subject)
}

// value is a reference to a resource.
func (q *question) value(id string) network.Value { return q.resource(id).Ref() }

// valueOrID is a resource by its logical ID, or an ID of AWS as text.
func (q *question) valueOrID(id string) network.Value {
	if strings.Contains(id, "-") {
		return assembly.NewText(id)
	}
	return q.value(id)
}

// group is a security group; a VPC stands for its default group.
func (q *question) group(id string) network.GroupID {
	q.t.Helper()
	if r := q.resource(id); r.Type == "AWS::EC2::VPC" {
		return network.GroupID{DefaultOf: r.Ref(), IsDefault: true}
	}
	return network.GroupID{Value: q.value(id)}
}

// node is a workload.
func (q *question) node(id string) network.Node {
	q.t.Helper()
	nodes := q.n.Named(id)
	if len(nodes) != 1 {
		q.t.Fatalf("%d nodes are named %s", len(nodes), id)
	}
	return nodes[0]
}

func (q *question) listener(id string) *network.Listener {
	q.t.Helper()
	return find(q, q.n.Listeners(), func(l *network.Listener) bool { return l.ID == id })
}

func (q *question) listenerRule(id string) *network.ListenerRule {
	q.t.Helper()
	return find(q, q.n.ListenerRules(), func(r *network.ListenerRule) bool { return r.ID == id })
}

// rules are the rules of a security group, all or those for a peer.
func (q *question) rules(d network.Direction) []string {
	q.t.Helper()
	g := q.n.SecurityGroup(q.group(q.subject))
	rules := g.Rules[d]
	if q.other != "" {
		rules = q.n.RulesFor(g, d, q.node(q.other))
	}
	return list(rules, func(r network.Rule) string { return place(r.Whole()) })
}

// hostedZone is the zone of a record set.
func (q *question) hostedZone() []string {
	q.t.Helper()
	z := q.n.ZoneOfRecord(find(q, q.n.Records(), func(r network.Record) bool { return r.Resource.ID == q.subject }))
	if z.Resource == nil {
		return []string{"elsewhere"}
	}
	return []string{z.ID}
}

// acl has the entries of the ACL of a subnet, or of the default one of a VPC.
func (q *question) acl(d network.Direction) []string {
	q.t.Helper()
	if a := q.n.AclAssociation(q.value(q.subject)); a != nil {
		acl, _ := q.n.Acl(a, d)
		return list(acl.Entries, entryID)
	}
	acl, _ := q.n.DefaultAcl(q.value(q.subject), d)
	return list(acl.Entries, entryID)
}

func (q *question) zone(subnet string) network.AvailabilityZone {
	q.t.Helper()
	return q.n.ZoneOf(q.value(subnet), network.GivenZones{IDs: zoneIDs})
}

func (q *question) sameZone() []string {
	q.t.Helper()
	is, _ := q.zone(q.subject).SameZone(q.zone(q.other))
	return []string{map[network.Tristate]string{network.No: "no", network.Maybe: "maybe", network.Yes: "yes"}[is]}
}

func find[T any](q *question, list []T, is func(T) bool) T {
	q.t.Helper()
	for _, item := range list {
		if is(item) {
			return item
		}
	}
	q.t.Fatalf("no fact of %s", q.subject)
	panic("unreachable")
}

// list writes facts as text.
func list[T any](facts []T, write func(T) string) []string {
	var all []string
	for _, fact := range facts {
		all = append(all, write(fact))
	}
	return all
}

// text is a value: a resource by its logical ID.
func text(v network.Value) string {
	if r, _, ok := v.Reference(); ok {
		return r.ID
	}
	return v.String()
}

// place is where a property is in the template.
func place(p network.Property) string {
	if p.IsWhole() {
		return p.Resource.ID
	}
	return p.Resource.ID + "." + p.Path()
}

func associationID(a *network.ServiceAssociation) string { return a.ID }

func zoneID(z *network.HostedZone) string       { return z.ID }
func ruleID(r *network.ListenerRule) string     { return r.ID }
func entryID(e *network.NetworkAclEntry) string { return e.ID }
func recordText(r network.Record) string        { return place(r.Name()) }
func nodeName(node network.Node) string         { return node.Resource.ID }

func groupText(id network.GroupID) string { return strings.ReplaceAll(id.String(), stackName+"/", "") }

func nodeText(node network.Node) string {
	return fmt.Sprintf("%s: %s, subnets %s, VPC %s", node.Resource.ID, strings.Join(list(node.Groups, groupText), " "),
		strings.Join(list(node.Subnets, text), " "), text(node.VPC))
}

func targetText(to network.Target) string {
	name := to.Name
	if to.Resource != nil {
		name = to.Resource.ID
	}
	return fmt.Sprintf("%s:%d at %s", name, to.Port, place(to.At))
}

func conditionText(c network.Condition) string {
	return fmt.Sprintf("%s: %s", c.Kind(), strings.Join(list(c.Patterns, func(p network.Property) string { return p.String() }), " "))
}

func forwardText(f network.Forward) string {
	if f.Weight.IsAbsent() {
		return text(f.TargetGroup.Value)
	}
	return fmt.Sprintf("%s weight %s", text(f.TargetGroup.Value), f.Weight)
}

// open are the directions in which the default rules of EC2 hold.
func open(g *network.SecurityGroup) []string {
	var all []string
	for _, d := range []network.Direction{network.Ingress, network.Egress} {
		if g.Open[d] {
			all = append(all, d.String())
		}
	}
	if g.MayBeOpen {
		all = append(all, "maybe egress")
	}
	return all
}

func unread(g *network.SecurityGroup) []string {
	var all []string
	for _, p := range g.Unread {
		if p != nil {
			all = append(all, place(*p))
		}
	}
	return all
}

func takeText[T any](take network.Take[T], entry func(T) string) []string {
	texts := list(take.Taken, func(one network.Taken[T]) string { return one.Of.String() + " " + entry(one.Entry) })
	for _, one := range take.Doubtful {
		texts = append(texts, "perhaps "+entry(one.Entry)+" by "+place(*one.Why))
	}
	if !take.IsComplete {
		texts = append(texts, "the rest nowhere")
	}
	return texts
}
