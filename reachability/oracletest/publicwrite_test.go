package oracletest

import (
	"fmt"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// loadPublic writes the templates of a network into a directory and loads them.
func loadPublic(dir string, n *publicNetwork, style style, hole any) (*reachability.Model, error) {
	w := &publicWriter{&routedWriter{newWriter(n.network, style, hole), n.routedNetwork}, n}
	w.defers = true
	for _, e := range []*edge{n.out, n.in} {
		w.writeSide(e.of)
		w.writeEdge(e)
	}
	w.writeBlocks()
	w.writeAPI()
	w.writeClient()
	w.writeWebACL()
	w.writeName()
	for _, f := range w.foreign {
		w.writeAddressRule(f)
	}
	if style.Stranger {
		w.writeStranger()
	}
	return w.load(dir)
}

// publicQuestion is the request of the network. Public DNS delegates to the zone, and the web ACL lets the request pass, as far as it does not look at addresses.
func publicQuestion(n *publicNetwork, style style) reachability.Question {
	q := question(n.network, style)
	q.Facts.Assume = []string{"public-dns", "web-acl"}
	return q
}

type publicWriter struct {
	*routedWriter
	n *publicNetwork
}

// writeEdge writes what leads from a VPC to the internet.
func (w *publicWriter) writeEdge(e *edge) {
	w.enter(e.of, "Network")
	name := e.of.name
	var gateway any = "igw-0a1b2c3d4e5f60001"
	if e.gateway != "imported" {
		w.add(name+"Internet", "AWS::EC2::InternetGateway", object{})
		gateway = w.ref(name + "Internet")
	}
	if e.gateway == "attached" {
		w.add(name+"Attachment", "AWS::EC2::VPCGatewayAttachment", object{"VpcId": w.ref(name + "Vpc"), "InternetGatewayId": gateway})
	}
	for _, g := range e.nats {
		w.writeNat(g)
	}
	for _, table := range e.tables {
		w.add(table.id, "AWS::EC2::RouteTable", object{"VpcId": w.ref(name + "Vpc")})
		for i, r := range table.routes {
			route := object{"RouteTableId": w.ref(table.id), "DestinationCidrBlock": literal(w.writer, &r.cidr, r.cidr)}
			if r.nat != nil {
				route["NatGatewayId"] = w.ref(r.nat.id)
			} else {
				route["GatewayId"] = gateway
			}
			w.add(fmt.Sprintf("%sRoute%d", table.id, i), "AWS::EC2::Route", route)
		}
	}
	for _, s := range e.of.subnets {
		if table := e.tableOf[s]; table != nil {
			w.add(s.id+"Table", "AWS::EC2::SubnetRouteTableAssociation", object{"SubnetId": w.ref(s.id), "RouteTableId": w.ref(table.id)})
		}
	}
}

// writeNat writes a NAT gateway with its addresses.
func (w *publicWriter) writeNat(g *nat) {
	for _, a := range g.addresses {
		w.writeAddress(a)
	}
	properties := object{"SubnetId": w.ref(g.subnet.id)}
	switch {
	case g.private:
		properties["ConnectivityType"] = "private"
	case w.style.Verbose:
		properties["ConnectivityType"] = "public"
	}
	for i, a := range g.addresses {
		if i == 0 {
			properties["AllocationId"] = w.att(a.id, "AllocationId")
			continue
		}
		list, _ := properties["SecondaryAllocationIds"].(set)
		properties["SecondaryAllocationIds"] = append(list, w.att(a.id, "AllocationId"))
	}
	w.add(g.id, "AWS::EC2::NatGateway", properties)
}

func (w *publicWriter) writeAddress(a *elasticIP) {
	properties := object{"Domain": "vpc"}
	if a.addr != "" {
		properties["Address"] = literal(w.writer, &a.addr, a.addr)
	}
	w.add(a.id, "AWS::EC2::EIP", properties)
}

// writeBlocks writes VPC Block Public Access: one setting for each account.
func (w *publicWriter) writeBlocks() {
	for _, e := range []*edge{w.n.out, w.n.in} {
		w.enter(e.of, "Network")
		if e.block != "" && (e == w.n.out || !w.n.sameAccount) {
			w.add(e.of.name+"Block", "AWS::EC2::VPCBlockPublicAccessOptions", object{"InternetGatewayBlockMode": literal(w.writer, &e.block, e.block)})
		}
		for i, x := range e.exclusions {
			properties := object{"InternetGatewayExclusionMode": literal(w.writer, &x.mode, x.mode)}
			if x.subnet == nil {
				properties["VpcId"] = w.ref(e.of.name + "Vpc")
			} else {
				properties["SubnetId"] = w.ref(x.subnet.id)
			}
			w.add(fmt.Sprintf("%sExclusion%d", e.of.name, i), "AWS::EC2::VPCBlockPublicAccessExclusion", properties)
		}
	}
}

// writeAPI writes the ALB, with its scheme, and what is behind it.
func (w *publicWriter) writeAPI() {
	w.routedWriter.writeAPI()
	alb := w.properties("Alb")
	delete(alb, "Scheme")
	if w.n.scheme != "" {
		alb["Scheme"] = literal(w.writer, &w.n.scheme, w.n.scheme)
	}
}

// properties are those of a resource of the current stack.
func (w *publicWriter) properties(name string) object {
	return w.section("Resources")[w.id(name)].(object)["Properties"].(object)
}

// writeName writes the record, in a public zone of the API's account or in a private one.
func (w *publicWriter) writeName() {
	n := w.n
	w.enter(n.provider, "Api")
	if n.zone != "other" {
		w.add("Zone", "AWS::Route53::HostedZone", object{"Name": n.domain + "."})
		if n.zone == "public" || n.record == "hidden" {
			w.writeRecord("", "Zone")
		}
	}
	if n.zone == "public" {
		return
	}
	vpc := "ConsumerVpc"
	w.enterAfter(n.consumer, "Names")
	if n.zone == "other" {
		vpc = "EmptyVpc"
		w.add(vpc, "AWS::EC2::VPC", object{"CidrBlock": "10.8.0.0/16", "EnableDnsSupport": true, "EnableDnsHostnames": true})
	}
	w.add("PrivateZone", "AWS::Route53::HostedZone", object{
		"Name": n.domain + ".", "VPCs": set{object{"VPCId": w.ref(vpc), "VPCRegion": n.consumer.regionName()}},
	})
	w.writeRecord("Private", "PrivateZone")
}

// writeRecord writes the alias to the ALB, in a zone of the current stack.
func (w *publicWriter) writeRecord(prefix, zone string) {
	n := w.n
	name := n.domain
	if n.record == "absent" || n.record == "hidden" && prefix != "" {
		name = "www." + name
	}
	record := object{
		"Name": name, "Type": "A",
		"AliasTarget": object{"DNSName": w.elsewhereAtt("Alb", "DNSName"), "HostedZoneId": w.elsewhereAtt("Alb", "CanonicalHostedZoneID")},
	}
	if w.style.Grouped {
		w.add(prefix+"Records", "AWS::Route53::RecordSetGroup", object{"HostedZoneId": w.ref(zone), "RecordSets": []any{record}})
		return
	}
	record["HostedZoneId"] = w.ref(zone)
	w.add(prefix+"Record", "AWS::Route53::RecordSet", record)
}

// writeClient writes the client, with its public address.
func (w *publicWriter) writeClient() {
	n := w.n
	w.enter(n.consumer, "Api")
	w.workload("Client", n.clientKind, n.client, object{})
	properties := w.properties("Client")
	switch {
	case n.clientKind == "AWS::ECS::Service":
		config := properties["NetworkConfiguration"].(object)["AwsvpcConfiguration"].(object)
		if n.publicIP {
			config["AssignPublicIp"] = "ENABLED"
		} else if w.style.Verbose {
			config["AssignPublicIp"] = "DISABLED"
		}
	case n.address != nil:
		w.writeAddress(n.address)
		w.add("ClientAddress", "AWS::EC2::EIPAssociation", object{"AllocationId": w.att(n.address.id, "AllocationId"), "InstanceId": w.ref("Client")})
	case n.clientKind == "AWS::EC2::Instance":
		if w.style.OtherWay {
			properties["NetworkInterfaces"].([]any)[0].(object)["AssociatePublicIpAddress"] = n.publicIP
			return
		}
		w.enter(n.consumer, "Network")
		w.properties(n.client.subnets[0].id)["MapPublicIpOnLaunch"] = n.publicIP
	}
}

// writeAddressRule writes a rule that names an address.
func (w *publicWriter) writeAddressRule(f foreignRule) {
	w.enterAfter(f.of, "Allowed")
	bare := *f.rule
	bare.peer = peer{cidr: "0.0.0.0/0"}
	properties := w.rule(&bare, f.egress)
	properties["CidrIp"] = w.block(f.rule.peer)
	properties["GroupId"] = w.group(f.group)
	kind := "AWS::EC2::SecurityGroupIngress"
	if f.egress {
		kind = "AWS::EC2::SecurityGroupEgress"
	}
	w.add(f.id, kind, properties)
}

// block is a block of addresses, or one address as a block.
func (w *publicWriter) block(p peer) any {
	if p.address == nil {
		return p.cidr
	}
	if w.home[p.address.id] == "" { // no NAT gateway has it any more
		here := w.stack
		w.enter(w.n.consumer, "Network")
		w.writeAddress(p.address)
		w.stack = here
	}
	address := w.elsewhereAtt(p.address.id, "PublicIp")
	if w.style.ByRef {
		address = w.elsewhere(p.address.id)
	}
	if w.style.OtherWay {
		return object{"Fn::Sub": []any{"${Address}/32", object{"Address": address}}}
	}
	return object{"Fn::Join": []any{"", []any{address, "/32"}}}
}

// writeWebACL writes the web ACL of the ALB.
func (w *publicWriter) writeWebACL() {
	filter := w.n.filter
	if filter == nil {
		return
	}
	w.enterAfter(w.n.provider, "Filter")
	rules := []any{}
	visible := func(name string) object {
		return object{"CloudWatchMetricsEnabled": true, "SampledRequestsEnabled": true, "MetricName": name}
	}
	for i, r := range filter.rules {
		statements := []any{}
		for _, s := range r.sets {
			if _, isThere := w.home[s.id]; !isThere {
				blocks := set{}
				for _, p := range s.blocks {
					blocks = append(blocks, w.block(p))
				}
				w.add(s.id, "AWS::WAFv2::IPSet", object{"IPAddressVersion": "IPV4", "Scope": "REGIONAL", "Addresses": blocks})
			}
			statements = append(statements, object{"IPSetReferenceStatement": object{"Arn": w.att(s.id, "Arn")}})
		}
		statement := statements[0]
		if len(statements) > 1 {
			statement = object{"OrStatement": object{"Statements": statements}}
		}
		if r.not {
			statement = object{"NotStatement": object{"Statement": statement}}
		}
		name := fmt.Sprintf("rule%d", i)
		rules = append(rules, object{
			"Name": name, "Priority": i, "Statement": statement, "Action": object{r.action: object{}}, "VisibilityConfig": visible(name),
		})
	}
	action := object{"Block": object{}}
	if filter.allows {
		action = object{"Allow": object{}}
	}
	w.add("WebAcl", "AWS::WAFv2::WebACL", object{"Scope": "REGIONAL", "DefaultAction": action, "Rules": rules, "VisibilityConfig": visible("acl")})
	w.add("WebAclAssociation", "AWS::WAFv2::WebACLAssociation", object{"ResourceArn": w.ref("Alb"), "WebACLArn": w.att("WebAcl", "Arn")})
}
