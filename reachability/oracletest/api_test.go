package oracletest

import "fmt"

// writeConsumer writes the client, the endpoint and the name.
func (w *writer) writeConsumer() {
	n := w.n
	w.enter(n.consumer, "Api")
	w.workload("Client", n.clientKind, n.client, object{})
	for i, extra := range n.extras {
		w.workload(fmt.Sprintf("Extra%d", i), "AWS::ECS::Service", extra.location, object{})
	}
	endpoint := object{
		"VpcEndpointType": "Interface", "ServiceName": w.serviceName(), "VpcId": w.ref("ConsumerVpc"),
		"SubnetIds": w.subnets(n.endpoint), "PrivateDnsEnabled": false,
	}
	w.groups(endpoint, "SecurityGroupIds", n.endpoint)
	w.add("Endpoint", "AWS::EC2::VPCEndpoint", endpoint)
	w.writeZones()
	name := n.domain
	if n.record == "absent" {
		name = "www." + name
	}
	entry := object{"Fn::Select": []any{0, w.att("Endpoint", "DnsEntries")}}
	part := func(i int) any { return object{"Fn::Select": []any{i, object{"Fn::Split": []any{":", entry}}}} }
	record := object{"Name": name, "Type": "A", "AliasTarget": object{"DNSName": part(1), "HostedZoneId": part(0)}}
	if w.style.Grouped {
		w.add("Records", "AWS::Route53::RecordSetGroup", object{"HostedZoneId": w.ref("Zone"), "RecordSets": []any{record}})
		return
	}
	record["HostedZoneId"] = w.ref("Zone")
	w.add("Record", "AWS::Route53::RecordSet", record)
}

// serviceName is the name of the provider's service.
func (w *writer) serviceName() any {
	return w.handOver("ServiceName", "Service", object{
		"Fn::Join": []any{".", []any{"com.amazonaws.vpce", object{"Ref": "AWS::Region"}, object{"Ref": w.id("Service")}}},
	})
}

// handOver is a value of a resource in another stack: by an export, or by a parameter from another account or Region.
func (w *writer) handOver(name, of string, value object) any {
	here, home := w.stack, w.home[of]
	if here == home || w.inputs[here].Account == w.inputs[home].Account && w.inputs[here].Region == w.inputs[home].Region {
		return w.export(of, value)
	}
	w.stack = home
	w.section("Outputs")[name] = object{"Value": value}
	w.stack = here
	w.section("Parameters")[name] = object{"Type": "String"}
	w.inputs[here].Parameters[name] = "@" + home + "." + name
	return object{"Ref": name}
}

// workload writes something that runs in subnets with security groups.
func (w *writer) workload(id, kind string, p location, properties object) {
	switch kind {
	case "AWS::Lambda::Function":
		if len(p.groups) == 0 {
			p.groups = []*group{w.n.consumer.defaultGroup()}
		}
		config := object{"SubnetIds": w.subnets(p)}
		w.groups(config, "SecurityGroupIds", p)
		properties["VpcConfig"] = config
		properties["Runtime"], properties["Handler"] = "nodejs22.x", "index.handler"
		properties["Code"] = object{"ZipFile": "exports.handler = async () => {}"}
		properties["Role"] = "arn:aws:iam::111111111111:role/lambda"
	case "AWS::EC2::Instance":
		properties["ImageId"] = "ami-00000000000000000"
		if w.style.OtherWay {
			network := object{"DeviceIndex": "0", "SubnetId": w.subnets(p)[0]}
			w.groups(network, "GroupSet", p)
			properties["NetworkInterfaces"] = []any{network}
		} else {
			properties["SubnetId"] = w.subnets(p)[0]
			w.groups(properties, "SecurityGroupIds", p)
		}
	default:
		config := object{"Subnets": w.subnets(p)}
		w.groups(config, "SecurityGroups", p)
		properties["NetworkConfiguration"] = object{"AwsvpcConfiguration": config}
		properties["LaunchType"], properties["DesiredCount"] = "FARGATE", 2
		if properties["TaskDefinition"] == nil {
			properties["TaskDefinition"] = w.task(id, nil)
		}
	}
	w.add(id, kind, properties)
}

// task writes a task definition whose container maps ports.
func (w *writer) task(id string, ports set) any {
	container := object{"Name": "app", "Image": "public.ecr.aws/nginx/nginx:latest", "Essential": true}
	if ports != nil {
		container["PortMappings"] = ports
	}
	w.add(id+"Task", "AWS::ECS::TaskDefinition", object{
		"NetworkMode": "awsvpc", "RequiresCompatibilities": []any{"FARGATE"}, "Cpu": "256", "Memory": "512",
		"ContainerDefinitions": []any{container},
	})
	return w.ref(id + "Task")
}

// crossZoneKey is the attribute of load balancers and target groups for cross-zone load balancing.
const crossZoneKey = "load_balancing.cross_zone.enabled"

// writeProvider writes the load balancers, the tasks and the endpoint service.
func (w *writer) writeProvider() {
	n := w.n
	w.enter(n.provider, "Api")
	nlb := object{
		"Type": "network", "Scheme": "internal",
		"LoadBalancerAttributes": set{object{"Key": crossZoneKey, "Value": literal(w, &n.crossZone, fmt.Sprint(n.crossZone))}},
	}
	w.balancer(nlb, n.nlb)
	if n.enforcement != "" && len(n.nlb.groups) > 0 {
		nlb["EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic"] = literal(w, &n.enforcement, n.enforcement)
	}
	w.add("Nlb", "AWS::ElasticLoadBalancingV2::LoadBalancer", nlb)
	for i, s := range n.services {
		w.writeService(fmt.Sprintf("Service%d", i), s)
	}
	target := "Service0Targets"
	if n.alb != nil {
		target = "AlbTargets"
		w.writeALB()
	}
	w.add("NlbListener", "AWS::ElasticLoadBalancingV2::Listener", object{
		"LoadBalancerArn": w.ref("Nlb"), "Port": literal(w, &n.nlbPort, n.nlbPort), "Protocol": "TCP",
		"DefaultActions": []any{object{"Type": "forward", "TargetGroupArn": w.ref(target)}},
	})
	if w.style.Spare {
		w.add("SpareListener", "AWS::ElasticLoadBalancingV2::Listener", object{
			"LoadBalancerArn": w.ref("Nlb"), "Port": 7443, "Protocol": "TCP",
			"DefaultActions": []any{object{"Type": "forward", "TargetGroupArn": w.ref(target)}},
		})
	}
	w.add("Service", "AWS::EC2::VPCEndpointService", object{
		"AcceptanceRequired": false, "NetworkLoadBalancerArns": set{w.ref("Nlb")},
	})
	principal := map[string]string{
		"root": "arn:aws:iam::111111111111:root", "*": "*", "other": "arn:aws:iam::333333333333:root",
	}[n.allowed]
	if principal != "" {
		w.add("Permissions", "AWS::EC2::VPCEndpointServicePermissions", object{
			"ServiceId": w.ref("Service"), "AllowedPrincipals": set{literal(w, &n.allowed, principal)},
		})
	}
}

// balancer places a load balancer.
func (w *writer) balancer(properties object, p location) {
	w.groups(properties, "SecurityGroups", p)
	if !w.style.OtherWay {
		properties["Subnets"] = w.subnets(p)
		return
	}
	mappings := set{}
	for _, subnet := range w.subnets(p) {
		mappings = append(mappings, object{"SubnetId": subnet})
	}
	properties["SubnetMappings"] = mappings
}

// writeService writes a target group and the ECS service that registers its tasks there.
func (w *writer) writeService(id string, s *service) {
	protocol := "HTTP"
	if w.n.alb == nil {
		protocol = "TCP"
	}
	group := object{
		"TargetType": "ip", "Protocol": protocol, "Port": s.port, "VpcId": w.ref("ProviderVpc"), "HealthCheckProtocol": protocol,
	}
	switch {
	case s.crossZone != "":
		group["TargetGroupAttributes"] = set{object{"Key": crossZoneKey, "Value": literal(w, &s.crossZone, s.crossZone)}}
	case w.style.Verbose:
		group["TargetGroupAttributes"] = set{object{"Key": crossZoneKey, "Value": "use_load_balancer_configuration"}}
	}
	if s.version != "" && w.n.alb != nil {
		group["ProtocolVersion"] = literal(w, &s.version, s.version)
	}
	w.add(id+"Targets", "AWS::ElasticLoadBalancingV2::TargetGroup", group)
	w.workload(id, "AWS::ECS::Service", s.location, object{
		"TaskDefinition": w.task(id, set{
			object{"ContainerPort": 9, "Protocol": "tcp"}, object{"ContainerPort": literal(w, &s.containerPort, s.containerPort)},
		}),
		"LoadBalancers": set{object{
			"ContainerName": "app", "ContainerPort": literal(w, &s.port, s.port), "TargetGroupArn": w.ref(id + "Targets"),
		}},
	})
}

// writeALB writes the ALB, its listener and rules, and the NLB's target group for it.
func (w *writer) writeALB() {
	a := w.n.alb
	alb := object{"Type": "application", "Scheme": "internal"}
	w.balancer(alb, a.location)
	if a.http2 != "" {
		alb["LoadBalancerAttributes"] = set{object{"Key": "routing.http2.enabled", "Value": literal(w, &a.http2, a.http2)}}
	}
	w.add("Alb", "AWS::ElasticLoadBalancingV2::LoadBalancer", alb)
	w.writeALBListener()
	w.add("AlbTargets", "AWS::ElasticLoadBalancingV2::TargetGroup", object{
		"TargetType": "alb", "Protocol": "TCP", "Port": a.targetPort, "VpcId": w.ref("ProviderVpc"),
		"Targets":             []any{object{"Id": w.ref("Alb"), "Port": literal(w, &a.targetPort, a.targetPort)}},
		"HealthCheckProtocol": "HTTPS", "HealthCheckPath": literal(w, &a.healthPath, a.healthPath),
		"Matcher": object{"HttpCode": literal(w, &a.healthCodes, a.healthCodes)},
	})
	w.section("Resources")[w.id("AlbTargets")].(object)["DependsOn"] = w.id("AlbListener")
}

// writeALBListener writes the ALB's listener with its certificate and rules.
func (w *writer) writeALBListener() {
	a := w.n.alb
	w.add("Certificate", "AWS::CertificateManager::Certificate", object{"DomainName": literal(w, &a.certificate, a.certificate)})
	w.add("AlbListener", "AWS::ElasticLoadBalancingV2::Listener", object{
		"LoadBalancerArn": w.ref("Alb"), "Port": literal(w, &a.port, a.port), "Protocol": "HTTPS",
		"Certificates": []any{object{"CertificateArn": w.ref("Certificate")}}, "DefaultActions": w.action(&a.fallback),
	})
	if w.style.Spare {
		moved := &action{kind: "redirect", status: "HTTP_301"}
		w.add("SpareAlbListener", "AWS::ElasticLoadBalancingV2::Listener", object{
			"LoadBalancerArn": w.ref("Alb"), "Port": 81, "Protocol": "HTTP", "DefaultActions": w.action(moved),
		})
	}
	for i, r := range a.rules {
		w.add(fmt.Sprintf("Rule%d", i), "AWS::ElasticLoadBalancingV2::ListenerRule", object{
			"ListenerArn": w.ref("AlbListener"), "Priority": literal(w, &r.priority, r.priority), "Conditions": w.conditions(r),
			"Actions": w.action(&r.action),
		})
	}
}

// conditions are those of a rule, in the old form or the new one.
func (w *writer) conditions(r *listenerRule) set {
	list := set{}
	add := func(field, config string, values []string) {
		if len(values) == 0 {
			return
		}
		patterns := set{}
		for i := range values {
			patterns = append(patterns, literal(w, &values[i], values[i]))
		}
		condition := object{"Field": field, config: object{"Values": patterns}}
		if r.priority%2 == 0 {
			condition = object{"Field": field, "Values": patterns}
		}
		list = append(list, condition)
	}
	add("path-pattern", "PathPatternConfig", r.paths)
	add("host-header", "HostHeaderConfig", r.hosts)
	return list
}

func (w *writer) action(a *action) []any {
	switch {
	case a.kind == "fixed-response":
		return []any{object{"Type": a.kind, "FixedResponseConfig": object{"StatusCode": literal(w, &a.status, a.status)}}}
	case a.kind == "redirect":
		return []any{object{"Type": a.kind, "RedirectConfig": object{"StatusCode": a.status, "Protocol": "HTTPS", "Host": "other.example.com"}}}
	case len(a.targets) == 1 && !w.style.Verbose:
		return []any{object{"Type": a.kind, "TargetGroupArn": w.ref(fmt.Sprintf("Service%dTargets", a.targets[0].service))}}
	}
	groups := []any{} // in this order, as it says which of two broken targets is met first
	for i := range a.targets {
		t := &a.targets[i]
		groups = append(groups, object{
			"TargetGroupArn": w.ref(fmt.Sprintf("Service%dTargets", t.service)), "Weight": literal(w, &t.weight, t.weight),
		})
	}
	return []any{object{"Type": a.kind, "ForwardConfig": object{"TargetGroups": groups}}}
}
