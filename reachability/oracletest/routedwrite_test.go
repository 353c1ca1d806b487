package oracletest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// loadRouted writes the templates of a network into a directory and loads them.
func loadRouted(dir string, n *routedNetwork, style style, hole any) (*reachability.Model, error) {
	w := &routedWriter{newWriter(n.network, style, hole), n}
	w.defers = true
	for _, s := range n.sides() {
		w.writeSide(s)
		w.writeTables(s)
	}
	w.writeAPI()
	for _, g := range n.gateways {
		w.writeGateway(g)
	}
	for _, p := range n.peerings {
		w.writePeering(p)
	}
	for _, g := range n.gateways {
		w.writeAttachments(g)
	}
	for _, s := range n.sides() {
		w.writeRoutes(s)
	}
	for _, g := range n.gateways {
		w.writeGatewayTables(g)
	}
	w.writeForeignRules()
	w.writeCaller()
	if style.Stranger {
		w.writeStranger()
	}
	return w.load(dir)
}

// routedQuestion is the request of the network. Whoever a gateway is shared with accepts the share.
func routedQuestion(n *routedNetwork, style style) reachability.Question {
	q := question(n.network, style)
	q.Facts.Assume = []string{"share-accepted"}
	return q
}

type routedWriter struct {
	*writer
	n *routedNetwork
}

// enterAfter makes a stack the current one that is deployed after those of all VPCs.
func (w *routedWriter) enterAfter(s *side, layer string) {
	if w.enter(s, "Network"); w.stack != "Both" {
		w.enterStack(s, s.name+layer)
	}
}

// elsewhere refers to a resource, whatever stack, account or Region it is in.
func (w *routedWriter) elsewhere(name string) any {
	return w.handOver(name+"Id", name, object{"Ref": w.id(name)})
}

func (w *routedWriter) elsewhereAtt(name, attribute string) any {
	return w.handOver(name+attribute, name, object{"Fn::GetAtt": []any{w.id(name), attribute}})
}

// writeTables writes the route tables of a VPC, which subnets have them, and the VPC's other blocks.
func (w *routedWriter) writeTables(s *side) {
	w.enter(s, "Network")
	for i := range s.secondary {
		w.add(fmt.Sprintf("%sBlock%d", s.name, i), "AWS::EC2::VPCCidrBlock", object{
			"VpcId": w.ref(s.name + "Vpc"), "CidrBlock": literal(w.writer, &s.secondary[i], s.secondary[i]),
		})
	}
	for _, table := range s.tables {
		w.add(table.id, "AWS::EC2::RouteTable", object{"VpcId": w.ref(s.name + "Vpc")})
	}
	for _, subnet := range s.subnets {
		if subnet.table != nil {
			w.add(subnet.id+"Table", "AWS::EC2::SubnetRouteTableAssociation", object{
				"SubnetId": w.ref(subnet.id), "RouteTableId": w.ref(subnet.table.id),
			})
		}
	}
}

// writeAPI writes the ALB and what is behind it.
func (w *routedWriter) writeAPI() {
	w.enter(w.n.provider, "Api")
	for i, s := range w.n.services {
		w.writeService(fmt.Sprintf("Service%d", i), s)
	}
	alb := object{"Type": "application", "Scheme": "internal"}
	w.balancer(alb, w.n.alb.location)
	w.add("Alb", "AWS::ElasticLoadBalancingV2::LoadBalancer", alb)
	w.writeALBListener()
}

func (w *routedWriter) writePeering(p *peering) {
	w.enterAfter(p.requester, "Routes")
	connection := object{"VpcId": w.elsewhere(p.requester.name + "Vpc"), "PeerVpcId": w.elsewhere(p.accepter.name + "Vpc")}
	if w.n.account(p.requester) != w.n.account(p.accepter) || w.style.Verbose {
		connection["PeerOwnerId"] = w.n.account(p.accepter)
	}
	if p.requester.regionName() != p.accepter.regionName() || w.style.Verbose {
		connection["PeerRegion"] = p.accepter.regionName()
	}
	if p.role {
		connection["PeerRoleArn"] = "arn:aws:iam::" + w.n.account(p.accepter) + ":role/accepts"
	}
	w.add(p.id, "AWS::EC2::VPCPeeringConnection", connection)
}

// writeGateway writes a gateway, its tables and whom it is shared with.
func (w *routedWriter) writeGateway(g *gateway) {
	w.enter(g.owner, "Network")
	properties := object{}
	option := func(name string, at *string) {
		if *at != "" {
			properties[name] = literal(w.writer, at, *at)
		}
	}
	option("SecurityGroupReferencingSupport", &g.references)
	option("AutoAcceptSharedAttachments", &g.autoAccept)
	switch {
	case g.ownTables:
		properties["DefaultRouteTableAssociation"], properties["DefaultRouteTablePropagation"] = "disable", "disable"
	case w.style.Verbose:
		properties["DefaultRouteTableAssociation"], properties["DefaultRouteTablePropagation"] = "enable", "enable"
	}
	w.add(g.id, "AWS::EC2::TransitGateway", properties)
	for _, table := range g.tables[1:] {
		w.add(table.id, "AWS::EC2::TransitGatewayRouteTable", object{"TransitGatewayId": w.ref(g.id)})
	}
	if len(g.sharedWith) > 0 {
		arn := object{"Fn::Join": []any{"", []any{"arn:aws:ec2:eu-west-1:", w.n.account(g.owner), ":transit-gateway/", w.ref(g.id)}}}
		principals := set{}
		for i := range g.sharedWith {
			principals = append(principals, literal(w.writer, &g.sharedWith[i], g.sharedWith[i]))
		}
		w.add(g.id+"Share", "AWS::RAM::ResourceShare", object{"Name": g.id, "ResourceArns": set{arn}, "Principals": principals})
	}
}

func (w *routedWriter) writeAttachments(g *gateway) {
	for _, a := range g.attachments {
		w.enterAfter(a.of, "Routes")
		kind := "AWS::EC2::TransitGatewayAttachment"
		if w.style.OtherWay {
			kind = "AWS::EC2::TransitGatewayVpcAttachment"
		}
		properties := object{"TransitGatewayId": w.elsewhere(g.id), "VpcId": w.ref(a.of.name + "Vpc"), "SubnetIds": w.subnets(location{subnets: a.subnets})}
		if a.references != "" {
			properties["Options"] = object{"SecurityGroupReferencingSupport": literal(w.writer, &a.references, a.references)}
		}
		w.add(a.id, kind, properties)
	}
}

// writeRoutes writes the routes of a VPC. Those to a gateway wait for the attachment.
func (w *routedWriter) writeRoutes(s *side) {
	for _, table := range s.tables {
		for i, r := range table.routes {
			w.enterAfter(s, "Routes")
			id := fmt.Sprintf("%sRoute%d", table.id, i)
			route := object{"RouteTableId": w.ref(table.id), "DestinationCidrBlock": literal(w.writer, &r.cidr, r.cidr)}
			var after string
			switch {
			case r.peering != nil:
				route["VpcPeeringConnectionId"] = w.elsewhere(r.peering.id)
			case r.gateway != nil:
				route["TransitGatewayId"] = w.elsewhere(r.gateway.id)
				if a := r.gateway.attachmentOf(s); a != nil {
					after = a.id
				}
			default:
				route["GatewayId"] = "igw-0a1b2c3d4e5f60001"
			}
			w.add(id, "AWS::EC2::Route", route)
			if after != "" {
				w.section("Resources")[w.id(id)].(object)["DependsOn"] = w.id(after)
			}
		}
	}
}

// writeGatewayTables writes what the owner of a gateway says of the attachments.
func (w *routedWriter) writeGatewayTables(g *gateway) {
	w.enterAfter(g.owner, "Hub")
	for _, a := range g.attachments {
		if a.table != nil && a.table != g.tables[0] {
			w.add(a.id+"Association", "AWS::EC2::TransitGatewayRouteTableAssociation", object{
				"TransitGatewayAttachmentId": w.elsewhere(a.id), "TransitGatewayRouteTableId": w.elsewhere(a.table.id),
			})
		}
		for _, table := range a.propagates {
			if table != g.tables[0] {
				w.add(a.id+"To"+table.id, "AWS::EC2::TransitGatewayRouteTablePropagation", object{
					"TransitGatewayAttachmentId": w.elsewhere(a.id), "TransitGatewayRouteTableId": w.elsewhere(table.id),
				})
			}
		}
	}
	for _, table := range g.tables[1:] {
		for i, r := range table.routes {
			route := object{"TransitGatewayRouteTableId": w.elsewhere(table.id), "DestinationCidrBlock": literal(w.writer, &r.cidr, r.cidr)}
			if r.to == nil {
				route["Blackhole"] = true
			} else {
				route["TransitGatewayAttachmentId"] = w.elsewhere(r.to.id)
			}
			w.add(fmt.Sprintf("%sRoute%d", table.id, i), "AWS::EC2::TransitGatewayRoute", route)
		}
	}
}

// writeForeignRules writes the rules that name groups of another VPC.
func (w *routedWriter) writeForeignRules() {
	for _, f := range w.foreign {
		w.enterAfter(f.of, "Routes")
		other := f.rule.peer.group
		owner := w.n.sides()[slices.IndexFunc(w.n.sides(), func(s *side) bool { return slices.Contains(s.groups, other) })]
		properties := w.rule(&rule{protocol: f.rule.protocol, from: f.rule.from, to: f.rule.to, peer: peer{cidr: "0.0.0.0/0"}}, f.egress)
		delete(properties, "CidrIp")
		end := "Source"
		if f.egress {
			end = "Destination"
		}
		if other.isDefault {
			properties[end+"SecurityGroupId"] = w.elsewhereAtt(strings.TrimSuffix(other.id, "Default")+"Vpc", "DefaultSecurityGroup")
		} else {
			properties[end+"SecurityGroupId"] = w.elsewhereAtt(other.id, "GroupId")
		}
		if !f.egress && w.n.account(owner) != w.n.account(f.of) {
			properties["SourceSecurityGroupOwnerId"] = w.n.account(owner)
		}
		properties["GroupId"] = w.group(f.group)
		kind := "AWS::EC2::SecurityGroupIngress"
		if f.egress {
			kind = "AWS::EC2::SecurityGroupEgress"
		}
		w.add(f.id, kind, properties)
	}
}

// writeCaller writes the client and the name.
func (w *routedWriter) writeCaller() {
	n := w.n
	w.enter(n.consumer, "Api")
	w.workload("Client", n.clientKind, n.client, object{})
	vpc := "ConsumerVpc"
	if n.zoneOf == "other" {
		vpc = "EmptyVpc"
		w.add(vpc, "AWS::EC2::VPC", object{"CidrBlock": "10.8.0.0/16", "EnableDnsSupport": true, "EnableDnsHostnames": true})
	}
	w.add("Zone", "AWS::Route53::HostedZone", object{
		"Name": n.domain + ".", "VPCs": set{object{"VPCId": w.ref(vpc), "VPCRegion": n.consumer.regionName()}},
	})
	name := n.domain
	if n.record == "absent" {
		name = "www." + name
	}
	dnsName := w.elsewhereAtt("Alb", "DNSName")
	if w.style.Verbose {
		dnsName = object{"Fn::Join": []any{"", []any{"dualstack.", dnsName}}}
	}
	record := object{
		"Name": name, "Type": "A", "AliasTarget": object{"DNSName": dnsName, "HostedZoneId": w.elsewhereAtt("Alb", "CanonicalHostedZoneID")},
	}
	if w.style.Grouped {
		w.add("Records", "AWS::Route53::RecordSetGroup", object{"HostedZoneId": w.ref("Zone"), "RecordSets": []any{record}})
		return
	}
	record["HostedZoneId"] = w.ref("Zone")
	w.add("Record", "AWS::Route53::RecordSet", record)
}
