package reachability

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// member is what is registered in a target group, with the port on which it gets requests; 0 if that is not known.
type member struct {
	party
	port  int
	where step // where it is registered
	of    *assembly.Resource
	path  []any // to the port
}

func (m member) portOf() assembly.Value {
	if m.of == nil {
		return assembly.Value{}
	}
	return m.of.Property(m.path...)
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

// networkFits are the protocols of target groups that a listener of an NLB takes, by its own.
var networkFits = map[string][]string{"TCP": {"TCP", "TCP_UDP"}, "TLS": {"TCP", "TLS"}, "TCP_UDP": {"TCP_UDP"}}

// targetGroup finds whether a load balancer can forward to a target group.
func (t *trail) targetGroup(from party, by, tg *assembly.Resource) step {
	kind := text(from.resource, "Type")
	protocol, ok := tg.Property("Protocol").Text()
	fits := []string{"HTTP", "HTTPS"}
	if kind == "network" {
		fits = networkFits[text(by, "Protocol")]
	}
	switch {
	case tg.Type != "AWS::ElasticLoadBalancingV2::TargetGroup":
		return blocks(displayName(tg)+" is no target group", "forward to a target group").at(by)
	case isUndecided(tg.Property("TargetType")):
		return undecided(tg, "TargetType")
	case text(tg, "TargetType") == "lambda" && kind != "network":
		return passes("forwards to " + displayName(tg)).at(tg)
	case !ok && tg.Property("Protocol").Kind() != assembly.Absent:
		return undecided(tg, "Protocol")
	case !slices.Contains(fits, protocol):
		return blocks(
			fmt.Sprintf("%s has protocol %q, which its load balancer does not speak to targets", displayName(tg), protocol), fmt.Sprintf("use one of %v", fits),
		).at(tg, "Protocol")
	}
	if s, wrong := t.sameVpc(tg, from); wrong {
		return s
	}
	if tg.Property("Port").Kind() == assembly.Absent {
		return blocks(displayName(tg)+" has no port", "set Port").at(tg, "Port")
	}
	if s, wrong := t.m.sharedGroup(tg, from); wrong {
		return s
	}
	return passes("forwards to " + displayName(tg)).at(tg)
}

// networkInterface is what a target group can have by its address, whoever listens behind it.
const networkInterface = "AWS::EC2::NetworkInterface"

// members returns what is registered in a target group.
func (m *Model) members(tg *assembly.Resource) ([]member, step) {
	var list []member
	key := resourceKey(tg)
	for _, task := range m.tasksOf[key] {
		list = append(list, m.task(task))
	}
	for _, fleet := range m.fleetsOf[key] {
		if p, ok := m.workload(fleet); ok {
			list = append(list, member{party: p, port: number(tg, "Port"), where: passes("").at(fleet, "TargetGroupARNs"), of: tg, path: []any{"Port"}})
		}
	}
	targets := tg.Property("Targets")
	for i := range targets.Len() {
		path := targetPort(tg, i)
		id := tg.Property("Targets", i, "Id")
		to := member{party: party{name: id.String()}, port: number(tg, path...), where: passes("").at(tg, "Targets", i), of: tg, path: path}
		if r, attribute, ok := id.Reference(); ok && (attribute == "Ref" || attribute == "InstanceId" || attribute == "PrivateIp") {
			if p, ok := m.workload(r); ok {
				to.party = p
			}
		}
		if r, attribute, ok := id.Reference(); ok && r.Type == networkInterface && attribute == "PrimaryPrivateIpAddress" {
			to.party = m.newParty(r, items(r, "GroupSet"), items(r, "SubnetId"))
		}
		if to.resource == nil {
			to.groups = []groupID{{value: id}}
		}
		list = append(list, to)
	}
	if targets.Kind() != assembly.List && targets.Kind() != assembly.Absent {
		return nil, undecided(tg, "Targets")
	}
	return list, assumable("nothing in the templates is registered in "+displayName(tg), proof.AssumeTargets, "load the template that registers targets, or register them").at(tg)
}

// task is an ECS service as a member of a target group.
func (m *Model) task(task taskPort) member {
	port := number(task.service, "LoadBalancers", task.index, "ContainerPort")
	p, ok := m.workload(task.service)
	if !ok {
		// Tasks without network interfaces of their own are behind those of instances, on ports that are chosen later.
		p, port = party{name: displayName(task.service), resource: task.service}, 0
	}
	path := []any{"LoadBalancers", task.index, "ContainerPort"}
	return member{party: p, port: port, where: passes("").at(task.service, path...), of: task.service, path: path}
}

// number returns a literal port, or 0.
func number(r *assembly.Resource, path ...any) int {
	n, _ := r.Property(path...).Number()
	return int(n)
}

// toMember walks from the last load balancer to one target.
func (t *trail) toMember(from party, tg *assembly.Resource, to member) {
	if v := to.portOf(); isUndecided(v) {
		t.take(HopTarget, undecided(to.of, to.path...))
		return
	}
	if to.port == 0 {
		s := doubts("the port of "+to.name+" is not known", "give the target a port, and awsvpc tasks")
		s.evidence, s.uses = to.where.evidence, to.where.uses
		t.take(HopTarget, s)
		return
	}
	if to.resource != nil && to.resource.Type == "AWS::ECS::Service" && !isUndecided(tg.Property("TargetType")) && text(tg, "TargetType") != "ip" {
		t.take(HopTarget, blocks(
			fmt.Sprintf("tasks with network interfaces of their own are registered by address, and the target group is of type %q", cmp.Or(text(tg, "TargetType"), "instance")), "set TargetType to ip",
		).at(tg, "TargetType"))
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
	if s, wrong := t.inZonesOf(from, to.party); wrong {
		t.take(HopTargetHealthCheck, s)
		return
	}
	if t.take(HopLoadBalancerEgress, t.m.allows(from, egress, to.port, to.party)) &&
		t.take(HopTargetNacl, t.m.acls(from, to.party, to.port)) &&
		t.take(HopTargetIngress, t.m.allows(to.party, ingress, to.port, from)) {
		t.take(HopTarget, t.listens(to))
	}
}

// listens finds whether something listens on the port of a target.
func (t *trail) listens(to member) step {
	if to.resource.Type != "AWS::ECS::Service" {
		s := passes(fmt.Sprintf("%s gets requests on port %d", to.name, to.port))
		s.evidence, s.uses = to.where.evidence, append(to.where.uses, to.resource)
		return s
	}
	s := t.taskListens(to)
	s.uses = append(slices.Clip(s.uses), to.resource)
	return s
}

// taskListens finds whether a container of an ECS service listens on the port of a target.
func (t *trail) taskListens(to member) step {
	service := to.resource
	if isUndecided(service.Property("DesiredCount")) {
		return undecided(service, "DesiredCount")
	}
	if n, ok := service.Property("DesiredCount").Number(); ok && n == 0 && len(t.m.ofType("AWS::ApplicationAutoScaling::ScalableTarget")) == 0 {
		return blocks(to.name+" runs no task", "give it a DesiredCount").at(service, "DesiredCount")
	}
	definition, _, ok := service.Property("TaskDefinition").Reference()
	if !ok {
		v := service.Property("TaskDefinition")
		return doubts(fmt.Sprintf("task definition %s is not in the templates, so neither are its container ports", v), "load the template that defines it").at(service, "TaskDefinition")
	}
	switch mode := definition.Property("NetworkMode"); {
	case isUndecided(mode):
		return undecided(definition, "NetworkMode")
	case text(definition, "NetworkMode") != "awsvpc":
		return blocks(fmt.Sprintf("the service has network interfaces of its own, and its task definition network mode %q", cmp.Or(text(definition, "NetworkMode"), "bridge")), "set NetworkMode to awsvpc").at(definition, "NetworkMode")
	}
	index := t.m.entryOf(service, to.port)
	if isUndecided(service.Property("LoadBalancers", index, "ContainerName")) {
		return undecided(service, "LoadBalancers", index, "ContainerName")
	}
	name := text(service, "LoadBalancers", index, "ContainerName")
	containers := definition.Property("ContainerDefinitions")
	if containers.Kind() != assembly.List {
		return undecided(definition, "ContainerDefinitions")
	}
	doubt := -1
	for i := range containers.Len() {
		switch own, ok := definition.Property("ContainerDefinitions", i, "Name").Text(); {
		case !ok:
			doubt = i
		case own == name:
			return containerPort(to, definition, i)
		}
	}
	if doubt >= 0 {
		return undecided(definition, "ContainerDefinitions", doubt, "Name")
	}
	return blocks(fmt.Sprintf("%s has no container %q", displayName(definition), name), "name a container of the task definition").
		at(service, "LoadBalancers").near(evidence(definition))
}

// targetPort is the way to the port of a target: its own, else that of its group.
func targetPort(tg *assembly.Resource, i int) []any {
	if path := []any{"Targets", i, "Port"}; tg.Property(path...).Kind() != assembly.Absent {
		return path
	}
	return []any{"Port"}
}

// entryOf returns the place of the load balancer entry of an ECS service that registers a port.
func (m *Model) entryOf(service *assembly.Resource, port int) int {
	for i := range service.Property("LoadBalancers").Len() {
		if number(service, "LoadBalancers", i, "ContainerPort") == port {
			return i
		}
	}
	return 0
}

func containerPort(to member, definition *assembly.Resource, i int) step {
	mappings := definition.Property("ContainerDefinitions", i, "PortMappings")
	if mappings.Kind() != assembly.List && mappings.Kind() != assembly.Absent {
		return undecided(definition, "ContainerDefinitions", i, "PortMappings")
	}
	for j := range mappings.Len() {
		if isUndecided(definition.Property("ContainerDefinitions", i, "PortMappings", j, "Protocol")) {
			return undecided(definition, "ContainerDefinitions", i, "PortMappings", j, "Protocol")
		}
		port := definition.Property("ContainerDefinitions", i, "PortMappings", j, "ContainerPort")
		n, ok := port.Number()
		protocol := text(definition, "ContainerDefinitions", i, "PortMappings", j, "Protocol")
		switch {
		case !ok:
			return undecided(definition, "ContainerDefinitions", i, "PortMappings", j)
		case int(n) == to.port && (protocol == "" || protocol == "tcp"):
			if host := number(definition, "ContainerDefinitions", i, "PortMappings", j, "HostPort"); host != 0 && host != to.port {
				return blocks(fmt.Sprintf("HostPort is %d and ContainerPort %d: a task with a network interface of its own has one port", host, to.port), "leave HostPort out").
					at(definition, "ContainerDefinitions", i, "PortMappings", j, "HostPort")
			}
			return passes(fmt.Sprintf("a container of %s listens on port %d", to.name, to.port)).at(definition, "ContainerDefinitions", i, "PortMappings", j)
		}
	}
	s := blocks(fmt.Sprintf("the container has no TCP port mapping for %d, so ECS refuses to register it", to.port), "map the container port that the target group gets")
	return s.at(definition, "ContainerDefinitions", i).near(to.where.evidence...)
}
