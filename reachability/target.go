package reachability

import (
	"fmt"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// member is what is registered in a target group, with the port on which it gets requests; 0 if that is not known.
type member struct {
	party
	port  int
	where step // where it is registered
}

// indexMembers collects what resources register in target groups.
func (m *Model) indexMembers() {
	m.tasksOf = map[key][]taskPort{}
	for _, service := range m.ofType("AWS::ECS::Service") {
		for i := range service.Property("LoadBalancers").Len() {
			key := valueKey(service.Property("LoadBalancers", i, "TargetGroupArn"))
			m.tasksOf[key] = append(m.tasksOf[key], taskPort{service, i})
		}
	}
	m.fleetsOf = map[key][]*assembly.Resource{}
	for _, fleet := range m.ofType("AWS::AutoScaling::AutoScalingGroup") {
		for _, arn := range items(fleet, "TargetGroupARNs") {
			m.fleetsOf[valueKey(arn)] = append(m.fleetsOf[valueKey(arn)], fleet)
		}
	}
}

// taskPort is one entry of the load balancers of an ECS service.
type taskPort struct {
	service *assembly.Resource
	index   int
}

// toTargets walks from the last load balancer through a target group to what is registered in it.
func (t *trail) toTargets(from party, by, tg *assembly.Resource) {
	if !t.take(HopTargetGroup, t.targetGroup(from, by, tg)) {
		return
	}
	if text(tg, "TargetType") == "lambda" {
		t.take(HopTarget, t.function(tg))
		return
	}
	members, s := t.m.members(tg)
	if len(members) == 0 {
		t.take(HopTarget, s)
		return
	}
	each(t, members, func(t *trail, to member) { t.toMember(from, tg, to) })
}

// targetGroup finds whether a load balancer can forward to a target group.
func (t *trail) targetGroup(from party, by, tg *assembly.Resource) step {
	kind := text(from.resource, "Type")
	protocol, ok := tg.Property("Protocol").Text()
	fits := []string{"HTTP", "HTTPS"}
	if kind == "network" {
		fits = []string{"TCP", "TLS", "TCP_UDP"}
	}
	switch {
	case tg.Type != "AWS::ElasticLoadBalancingV2::TargetGroup":
		return blocks(displayName(tg)+" is no target group", "forward to a target group").at(by)
	case text(tg, "TargetType") == "lambda" && kind != "network":
		return passes("forwards to " + displayName(tg)).at(tg)
	case !ok && tg.Property("Protocol").Kind() != assembly.Absent:
		v := tg.Property("Protocol")
		return doubts(fmt.Sprintf("the protocol of %s is not known: %s", displayName(tg), v), settle(v)).at(tg, "Protocol")
	case !slices.Contains(fits, protocol):
		return blocks(
			fmt.Sprintf("%s has protocol %q, which its load balancer does not speak to targets", displayName(tg), protocol), fmt.Sprintf("use one of %v", fits),
		).at(tg, "Protocol")
	}
	if s, wrong := t.sameVpc(tg, from); wrong {
		return s
	}
	return passes("forwards to " + displayName(tg)).at(tg)
}

// function finds a Lambda function behind a target group: it has no address, so no network stands between.
func (t *trail) function(tg *assembly.Resource) step {
	id := tg.Property("Targets", 0, "Id")
	if r, _, ok := id.Reference(); ok && r.Type == "AWS::Lambda::Function" {
		return passes(displayName(r)+" is invoked").at(tg, "Targets", 0, "Id")
	}
	return doubts("the function behind the target group is not in the templates", settle(id)).at(tg, "Targets")
}

// members returns what is registered in a target group.
func (m *Model) members(tg *assembly.Resource) ([]member, step) {
	var list []member
	key := resourceKey(tg)
	for _, task := range m.tasksOf[key] {
		list = append(list, m.task(task))
	}
	for _, fleet := range m.fleetsOf[key] {
		if p, ok := m.workload(fleet); ok {
			list = append(list, member{party: p, port: number(tg, "Port"), where: passes("").at(fleet, "TargetGroupARNs")})
		}
	}
	targets := tg.Property("Targets")
	for i := range targets.Len() {
		port := number(tg, "Targets", i, "Port")
		if tg.Property("Targets", i, "Port").Kind() == assembly.Absent {
			port = number(tg, "Port")
		}
		id := tg.Property("Targets", i, "Id")
		to := member{party: party{name: id.String()}, port: port, where: passes("").at(tg, "Targets", i)}
		if r, attribute, ok := id.Reference(); ok && (attribute == "Ref" || attribute == "InstanceId" || attribute == "PrivateIp") {
			if p, ok := m.workload(r); ok {
				to.party = p
			}
		}
		if to.resource == nil {
			to.groups = []groupID{{value: id}}
		}
		list = append(list, to)
	}
	if targets.Kind() != assembly.List && targets.Kind() != assembly.Absent {
		return nil, doubts(fmt.Sprintf("the targets of %s are not known: %s", displayName(tg), targets), settle(targets)).at(tg, "Targets")
	}
	return list, assumable("nothing in the templates is registered in "+displayName(tg), "targets", "load the template that registers targets, or register them").at(tg)
}

// task is an ECS service as a member of a target group.
func (m *Model) task(task taskPort) member {
	port := number(task.service, "LoadBalancers", task.index, "ContainerPort")
	p, ok := m.workload(task.service)
	if !ok {
		// Tasks without network interfaces of their own are behind those of instances, on ports that are chosen later.
		p, port = party{name: displayName(task.service), resource: task.service}, 0
	}
	return member{party: p, port: port, where: passes("").at(task.service, "LoadBalancers", task.index, "ContainerPort")}
}

// number returns a literal port, or 0.
func number(r *assembly.Resource, path ...any) int {
	n, _ := r.Property(path...).Number()
	return int(n)
}

// toMember walks from the last load balancer to one target.
func (t *trail) toMember(from party, tg *assembly.Resource, to member) {
	if to.port == 0 {
		s := doubts("the port of "+to.name+" is not known", "give the target a port, and awsvpc tasks")
		s.evidence, s.uses = to.where.evidence, to.where.uses
		t.take(HopTarget, s)
		return
	}
	if !t.take(HopTargetHealthCheck, t.targetHealth(from, tg, to)) {
		return
	}
	if to.resource == nil {
		s := doubts(fmt.Sprintf("target %s is not a resource of the templates, so its security groups are not known", to.name), "load the template that has it")
		s.evidence, s.uses = to.where.evidence, to.where.uses
		t.take(HopTargetIngress, s)
		return
	}
	if t.take(HopLoadBalancerEgress, t.m.allows(from, egress, to.port, to.party)) &&
		t.take(HopTargetNacl, t.m.acls(from, to.party, to.port)) &&
		t.take(HopTargetIngress, t.m.allows(to.party, ingress, to.port, from)) {
		t.take(HopTarget, t.listens(to))
	}
}

// targetHealth finds whether the health check of a target group can pass. What the target answers, only it knows.
func (t *trail) targetHealth(from party, tg *assembly.Resource, to member) step {
	if enabled, ok := tg.Property("HealthCheckEnabled").Bool(); ok && !enabled {
		return passes("health is not checked").at(tg, "HealthCheckEnabled")
	}
	if to.resource != nil {
		if s, _ := t.healthPort(from, to.party, tg, to.port); s.verdict != Reachable {
			return s
		}
	}
	if codes, ok := tg.Property("Matcher", "HttpCode").Text(); ok {
		r := &rules.Report{}
		rules.CheckHTTPCodes(r, "HttpCode", codes, false)
		if r.HasErrors() {
			return blocks(r.Problems()[0].What, r.Problems()[0].Fix).breaks(rules.HealthCheck.ID).at(tg, "Matcher", "HttpCode")
		}
	}
	return passes("the health check reaches the target; what it answers, only it knows").at(tg)
}

// listens finds whether something listens on the port of a target.
func (t *trail) listens(to member) step {
	if to.resource.Type != "AWS::ECS::Service" {
		s := passes(fmt.Sprintf("%s gets requests on port %d", to.name, to.port))
		s.evidence, s.uses = to.where.evidence, to.where.uses
		return s
	}
	service := to.resource
	if n, ok := service.Property("DesiredCount").Number(); ok && n == 0 && len(t.m.ofType("AWS::ApplicationAutoScaling::ScalableTarget")) == 0 {
		return blocks(to.name+" runs no task", "give it a DesiredCount").at(service, "DesiredCount")
	}
	definition, _, ok := service.Property("TaskDefinition").Reference()
	if !ok {
		v := service.Property("TaskDefinition")
		return doubts(fmt.Sprintf("task definition %s is not in the templates, so neither are its container ports", v), "load the template that defines it").at(service, "TaskDefinition")
	}
	name := t.m.containerOf(service, to.port)
	containers := definition.Property("ContainerDefinitions")
	for i := range containers.Len() {
		if text(definition, "ContainerDefinitions", i, "Name") != name {
			continue
		}
		return containerPort(to, definition, i)
	}
	if containers.Kind() != assembly.List {
		return doubts(fmt.Sprintf("the containers of %s are not known", displayName(definition)), settle(containers)).at(definition, "ContainerDefinitions")
	}
	return blocks(fmt.Sprintf("%s has no container %q", displayName(definition), name), "name a container of the task definition").
		at(service, "LoadBalancers").near(evidence(definition))
}

// containerOf returns the container that an ECS service registers with a port.
func (m *Model) containerOf(service *assembly.Resource, port int) string {
	for i := range service.Property("LoadBalancers").Len() {
		if number(service, "LoadBalancers", i, "ContainerPort") == port {
			return text(service, "LoadBalancers", i, "ContainerName")
		}
	}
	return ""
}

func containerPort(to member, definition *assembly.Resource, i int) step {
	mappings := definition.Property("ContainerDefinitions", i, "PortMappings")
	for j := range mappings.Len() {
		port := definition.Property("ContainerDefinitions", i, "PortMappings", j, "ContainerPort")
		n, ok := port.Number()
		protocol := text(definition, "ContainerDefinitions", i, "PortMappings", j, "Protocol")
		switch {
		case !ok:
			return doubts(fmt.Sprintf("a container port is not known: %s", port), settle(port)).at(definition, "ContainerDefinitions", i, "PortMappings", j)
		case int(n) == to.port && (protocol == "" || protocol == "tcp"):
			return passes(fmt.Sprintf("a container of %s listens on port %d", to.name, to.port)).at(definition, "ContainerDefinitions", i, "PortMappings", j)
		}
	}
	s := blocks(fmt.Sprintf("the container has no TCP port mapping for %d, so ECS refuses to register it", to.port), "map the container port that the target group gets")
	return s.at(definition, "ContainerDefinitions", i).near(to.where.evidence...)
}
