package oracletest

import (
	"fmt"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// loadLattice writes the templates of a network into a directory and loads them.
func loadLattice(dir string, n *latticeNetwork, style style, hole any) (*reachability.Model, error) {
	w := &latticeWriter{newWriter(n.network, style, hole), n}
	w.writeSide(n.consumer)
	w.writeSide(n.provider)
	w.enter(n.consumer, "Api")
	w.add("OtherVpc", "AWS::EC2::VPC", object{"CidrBlock": "10.8.0.0/16", "EnableDnsSupport": true, "EnableDnsHostnames": true})
	w.writeService()
	w.writeNetwork()
	for i, g := range n.groups {
		w.writeTargets(i, g)
	}
	w.writeRules()
	w.writeAssociations()
	w.writeClient()
	w.enter(n.provider, "Api")
	w.policy("ServicePolicy", w.arn("Service"), n.service.policy)
	if style.Stranger {
		w.writeStranger()
	}
	return w.load(dir)
}

// latticeQuestion is the request of the network.
func latticeQuestion(n *latticeNetwork, style style) reachability.Question {
	q := question(n.network, style)
	q.Facts.LatticePrefixLists = map[string]string{"eu-west-1": n.list.given}
	q.Facts.PrefixLists = map[string][]string{}
	for _, l := range otherLists {
		q.Facts.PrefixLists[l.given] = l.cidrs
	}
	if n.blocksKnown {
		q.Facts.PrefixLists[n.list.given] = n.list.cidrs
	}
	q.Facts.Assume = []string{"share-accepted", "signed-requests"}
	return q
}

type latticeWriter struct {
	*writer
	n *latticeNetwork
}

const vpcLattice = "AWS::VpcLattice::"

// arn is the ARN of a resource of VPC Lattice, in any stack.
func (w *latticeWriter) arn(name string) any {
	return w.handOver(name+"Arn", name, object{"Fn::GetAtt": []any{w.id(name), "Arn"}})
}

// entry is an attribute of the DNS entry of an association or of the service.
func (w *latticeWriter) entry(name, attribute string) any {
	return w.handOver(name+attribute, name, object{"Fn::GetAtt": []any{w.id(name), "DnsEntry." + attribute}})
}

func (w *latticeWriter) authType(properties object, a *access) {
	if a.authType != "" {
		properties["AuthType"] = literal(w.writer, &a.authType, a.authType)
	}
}

// writeService writes the service with its certificate and listener.
func (w *latticeWriter) writeService() {
	w.enter(w.n.provider, "Api")
	service := object{}
	w.authType(service, &w.n.service)
	if w.n.custom != "" {
		service["CustomDomainName"] = literal(w.writer, &w.n.custom, w.n.custom)
	}
	if w.n.certificate != "" {
		certificate := object{"DomainName": literal(w.writer, &w.n.certificate, w.n.certificate)}
		if w.n.key != "" {
			certificate["KeyAlgorithm"] = w.n.key
		}
		w.add("ServiceCertificate", "AWS::CertificateManager::Certificate", certificate)
		service["CertificateArn"] = w.ref("ServiceCertificate")
	}
	w.add("Service", vpcLattice+"Service", service)
}

// writeNetwork writes the service network, in the account of its owner, and another one.
func (w *latticeWriter) writeNetwork() {
	owner := w.n.consumer
	if w.n.isCentral {
		owner = w.n.provider
	}
	w.enter(owner, "Api")
	joined := object{}
	w.authType(joined, &w.n.joined)
	w.add("Network", vpcLattice+"ServiceNetwork", joined)
	w.policy("NetworkPolicy", w.arn("Network"), w.n.joined.policy)
	w.add("OtherNetwork", vpcLattice+"ServiceNetwork", object{"AuthType": "NONE"})
	for i, s := range w.n.shares {
		of := "Network"
		w.enter(owner, "Api")
		if s.of == "service" {
			of = "Service"
			w.enter(w.n.provider, "Api")
		}
		principal := map[string]string{
			"consumer": "111111111111", "provider": "222222222222", "other": "333333333333",
			"organization": "arn:aws:organizations::999999999999:organization/o-a1b2c3d4e5",
		}[s.principal]
		w.add(fmt.Sprintf("Share%d", i), "AWS::RAM::ResourceShare", object{
			"Name": fmt.Sprintf("share%d", i), "ResourceArns": set{w.arn(of)}, "Principals": set{literal(w.writer, &s.principal, principal)},
		})
	}
}

// writeAssociations writes the associations of the VPC and of the service, and the name.
func (w *latticeWriter) writeAssociations() {
	joined := func(id, sn string) {
		association := object{"VpcIdentifier": w.ref("ConsumerVpc"), "ServiceNetworkIdentifier": w.arn(sn)}
		w.groups(association, "SecurityGroupIds", w.n.association)
		w.add(id, vpcLattice+"ServiceNetworkVpcAssociation", association)
	}
	w.enter(w.n.consumer, "Api")
	switch w.n.vpcIn {
	case "network":
		joined("VpcAssociation", "Network")
	case "other":
		joined("VpcAssociation", "OtherNetwork")
	case "both":
		joined("VpcAssociation", "Network")
		joined("SecondVpcAssociation", "OtherNetwork")
	}
	if w.n.byProvider {
		w.enter(w.n.provider, "Api")
	}
	alias := "Service"
	if w.n.serviceIn != "" {
		sn := "Network"
		if w.n.serviceIn == "other" {
			sn = "OtherNetwork"
		}
		w.add("ServiceAssociation", vpcLattice+"ServiceNetworkServiceAssociation", object{
			"ServiceIdentifier": w.arn("Service"), "ServiceNetworkIdentifier": w.arn(sn),
		})
		if w.n.record != "service" {
			alias = "ServiceAssociation"
		}
	}
	w.enter(w.n.consumer, "Api")
	vpc := "ConsumerVpc"
	if w.n.zoneOf == "other" {
		vpc = "OtherVpc"
	}
	w.add("Zone", "AWS::Route53::HostedZone", object{
		"Name": w.n.domain + ".", "VPCs": set{object{"VPCId": w.ref(vpc), "VPCRegion": "eu-west-1"}},
	})
	name := w.n.domain
	if w.n.record == "absent" {
		name = "www." + name
	}
	w.add("Record", "AWS::Route53::RecordSet", object{
		"HostedZoneId": w.ref("Zone"), "Name": name, "Type": "A",
		"AliasTarget": object{"DNSName": w.entry(alias, "DomainName"), "HostedZoneId": w.entry(alias, "HostedZoneId")},
	})
}

// writeClient writes the client and its role.
func (w *latticeWriter) writeClient() {
	w.enter(w.n.consumer, "Api")
	w.workload("Client", w.n.clientKind, w.n.client, object{})
	if !w.n.role {
		return
	}
	w.add("Role", "AWS::IAM::Role", object{"RoleName": "caller", "AssumeRolePolicyDocument": object{"Statement": []any{}}})
	role := w.att("Role", "Arn")
	if w.n.clientKind == "AWS::Lambda::Function" {
		w.properties("Client")["Role"] = role
	} else {
		w.properties("ClientTask")["TaskRoleArn"] = role
	}
	if len(w.n.identity) == 0 {
		return
	}
	document := object{"Version": "2012-10-17", "Statement": w.statements(w.n.identity)}
	if w.style.OtherWay {
		w.properties("Role")["Policies"] = []any{object{"PolicyName": "invoke", "PolicyDocument": document}}
		return
	}
	w.add("Invoke", "AWS::IAM::Policy", object{"PolicyName": "invoke", "Roles": []any{w.ref("Role")}, "PolicyDocument": document})
}

// properties are those of a resource of the current stack.
func (w *latticeWriter) properties(name string) object {
	return w.section("Resources")[w.id(name)].(object)["Properties"].(object)
}

func (w *latticeWriter) policy(id string, of any, list []*statement) {
	if len(list) == 0 {
		return
	}
	w.add(id, vpcLattice+"AuthPolicy", object{
		"ResourceIdentifier": of, "Policy": object{"Version": "2012-10-17", "Statement": w.statements(list)},
	})
}

func (w *latticeWriter) statements(list []*statement) []any {
	var all []any
	for _, s := range list {
		statement := object{"Effect": literal(w.writer, &s.effect, s.effect), "Action": literal(w.writer, &s.action, s.action)}
		switch s.resource {
		case "*":
			statement["Resource"] = "*"
		case "service":
			statement["Resource"] = object{"Fn::Join": []any{"", []any{w.arn("Service"), "/*"}}}
		case "other":
			statement["Resource"] = "arn:aws:s3:::bucket/*"
		}
		switch s.principal {
		case "":
		case "*":
			statement["Principal"] = "*"
		default:
			statement["Principal"] = object{"AWS": literal(w.writer, &s.principal, map[string]string{
				"role": "arn:aws:iam::111111111111:role/caller", "account": "arn:aws:iam::111111111111:root",
				"other role": "arn:aws:iam::111111111111:role/other", "other account": "arn:aws:iam::333333333333:root",
			}[s.principal])}
		}
		if c := s.condition; c.key != "" {
			statement["Condition"] = object{c.operator: object{c.key: w.conditionValue(&s.condition)}}
		}
		all = append(all, statement)
	}
	return all
}

func (w *latticeWriter) conditionValue(c *condition) any {
	if c.key != "vpc-lattice-svcs:SourceVpc" {
		return literal(w.writer, &c.value, c.value)
	}
	vpc := "ConsumerVpc"
	if c.value != "own" {
		vpc = "OtherVpc"
	}
	return w.handOver(vpc+"Id", vpc, object{"Ref": w.id(vpc)})
}

// writeRules writes the listener and its rules.
func (w *latticeWriter) writeRules() {
	w.enter(w.n.provider, "Api")
	w.add("Listener", vpcLattice+"Listener", object{
		"ServiceIdentifier": w.arn("Service"), "Protocol": literal(w.writer, &w.n.protocol, w.n.protocol),
		"Port": literal(w.writer, &w.n.listenerPort, w.n.listenerPort), "DefaultAction": w.latticeAction(&w.n.fallback),
	})
	if w.style.Spare {
		w.add("SpareListener", vpcLattice+"Listener", object{
			"ServiceIdentifier": w.arn("Service"), "Protocol": "HTTP", "Port": 7443, "DefaultAction": object{"FixedResponse": object{"StatusCode": 404}},
		})
	}
	for i, r := range w.n.rules {
		kind := "Prefix"
		if r.exact {
			kind = "Exact"
		}
		w.add(fmt.Sprintf("LatticeRule%d", i), vpcLattice+"Rule", object{
			"ServiceIdentifier": w.arn("Service"), "ListenerIdentifier": w.arn("Listener"), "Priority": literal(w.writer, &r.priority, r.priority),
			"Match":  object{"HttpMatch": object{"PathMatch": object{"CaseSensitive": true, "Match": object{kind: literal(w.writer, &r.path, r.path)}}}},
			"Action": w.latticeAction(&r.action),
		})
	}
}

func (w *latticeWriter) latticeAction(a *latticeAction) object {
	if a.status != 0 {
		return object{"FixedResponse": object{"StatusCode": literal(w.writer, &a.status, a.status)}}
	}
	groups := []any{}
	for i := range a.targets {
		t := &a.targets[i]
		groups = append(groups, object{"TargetGroupIdentifier": w.arn(fmt.Sprintf("Targets%d", t.service)), "Weight": literal(w.writer, &t.weight, t.weight)})
	}
	return object{"Forward": object{"TargetGroups": groups}}
}

// writeTargets writes a target group and what is registered there.
func (w *latticeWriter) writeTargets(i int, g *latticeGroup) {
	w.enter(w.n.provider, "Api")
	id := fmt.Sprintf("Targets%d", i)
	if g.kind == "LAMBDA" {
		w.writeFunction(id, i, g)
		return
	}
	vpc := "ProviderVpc"
	if g.inVPC == "other" {
		vpc = id + "Vpc"
		w.add(vpc, "AWS::EC2::VPC", object{"CidrBlock": "10.7.0.0/16"})
	}
	config := object{"Port": 80, "Protocol": literal(w.writer, &g.protocol, g.protocol), "VpcIdentifier": w.ref(vpc)}
	switch {
	case g.health && g.healthPort != 0:
		config["HealthCheck"] = object{"Enabled": true, "Protocol": "HTTP", "Port": literal(w.writer, &g.healthPort, g.healthPort)}
	case g.health && (w.style.Verbose || g.kind == "ALB"):
		config["HealthCheck"] = object{"Enabled": true}
	case !g.health && g.kind == "IP":
		config["HealthCheck"] = object{"Enabled": false}
	}
	group := object{"Type": g.kind, "Config": config}
	if g.kind == "ALB" {
		w.writeInternalALB(g)
		config["Port"] = literal(w.writer, &g.albPort, g.albPort)
		group["Targets"] = []any{object{"Id": w.ref("Alb"), "Port": literal(w.writer, &g.albPort, g.albPort)}}
		w.add(id, vpcLattice+"TargetGroup", group)
		return
	}
	w.add(id, vpcLattice+"TargetGroup", group)
	w.add(id+"EcsRole", "AWS::IAM::Role", object{"ManagedPolicyArns": []any{"arn:aws:iam::aws:policy/AmazonECSInfrastructureRolePolicyForVpcLattice"}})
	name := "web"
	if !g.named {
		name = "other"
	}
	app := fmt.Sprintf("App%d", i)
	w.workload(app, "AWS::ECS::Service", g.location, object{
		"TaskDefinition": w.task(app, set{
			object{"Name": "admin", "ContainerPort": 9, "Protocol": "tcp"}, object{"Name": name, "ContainerPort": literal(w.writer, &g.port, g.port)},
		}),
		"VpcLatticeConfigurations": []any{object{"TargetGroupArn": w.arn(id), "PortName": "web", "RoleArn": w.att(id+"EcsRole", "Arn")}},
	})
}

func (w *latticeWriter) writeFunction(id string, i int, g *latticeGroup) {
	function := fmt.Sprintf("Function%d", i)
	w.add(function, "AWS::Lambda::Function", object{
		"Runtime": "nodejs22.x", "Handler": "index.handler", "Code": object{"ZipFile": "exports.handler = async () => {}"},
		"Role": "arn:aws:iam::222222222222:role/lambda",
	})
	w.add(id, vpcLattice+"TargetGroup", object{"Type": "LAMBDA", "Targets": []any{object{"Id": w.att(function, "Arn")}}})
	if g.permission == "" {
		return
	}
	permission := object{
		"Action": "lambda:InvokeFunction", "FunctionName": w.att(function, "Arn"), "Principal": literal(w.writer, &g.permission, g.permission),
	}
	switch g.permitted {
	case "own":
		permission["SourceArn"] = w.arn(id)
	case "other":
		w.add(id+"Other", vpcLattice+"TargetGroup", object{"Type": "LAMBDA"})
		permission["SourceArn"] = w.arn(id + "Other")
	}
	w.add(function+"Permission", "AWS::Lambda::Permission", permission)
}

// writeInternalALB writes the ALB behind the service, with the services behind it.
func (w *latticeWriter) writeInternalALB(g *latticeGroup) {
	for i, s := range w.n.network.services {
		w.writer.writeService(fmt.Sprintf("Service%d", i), s)
	}
	a := w.n.alb
	alb := object{"Type": "application", "Scheme": literal(w.writer, &g.scheme, g.scheme)}
	w.balancer(alb, a.location)
	w.add("Alb", "AWS::ElasticLoadBalancingV2::LoadBalancer", alb)
	w.writeALBListener()
}
