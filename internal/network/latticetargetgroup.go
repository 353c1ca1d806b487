package network

import "slices"

const latticeTargetGroupType = "AWS::VpcLattice::TargetGroup"

// LatticeTargetGroup is a target group of VPC Lattice.
type LatticeTargetGroup struct{ *Resource }

// Type is IP, INSTANCE, ALB or LAMBDA.
func (tg *LatticeTargetGroup) Type() Property { return property(tg.Resource, "Type") }

// Port is the port of targets that have none of their own.
func (tg *LatticeTargetGroup) Port() Property { return tg.config("Port") }

// Protocol is HTTP, HTTPS or TCP.
func (tg *LatticeTargetGroup) Protocol() Property { return tg.config("Protocol") }

// ProtocolVersion is HTTP1, HTTP2 or GRPC. Default: HTTP1.
func (tg *LatticeTargetGroup) ProtocolVersion() Property { return tg.config("ProtocolVersion") }

// VpcIdentifier is the VPC of the targets.
func (tg *LatticeTargetGroup) VpcIdentifier() Property { return tg.config("VpcIdentifier") }

// IpAddressType is IPV4 or IPV6, of the type IP. Default: IPV4.
func (tg *LatticeTargetGroup) IpAddressType() Property { return tg.config("IpAddressType") }

func (tg *LatticeTargetGroup) config(name string) Property {
	return property(tg.Resource, "Config", name)
}

// HealthCheck is the health check.
func (tg *LatticeTargetGroup) HealthCheck() Property { return tg.config("HealthCheck") }

// HealthCheckEnabled says whether health is checked. Default: true for HTTP1.
func (tg *LatticeTargetGroup) HealthCheckEnabled() Property {
	return tg.HealthCheck().Field("Enabled")
}

// HealthCheckPort is the port of health checks. Default: that of the target.
func (tg *LatticeTargetGroup) HealthCheckPort() Property { return tg.HealthCheck().Field("Port") }

// Targets are the targets that the template registers.
func (tg *LatticeTargetGroup) Targets() Property { return property(tg.Resource, "Targets") }

// TargetId is the ID of the target at an index: an ALB, a function, an instance or an address.
func (tg *LatticeTargetGroup) TargetId(index int) Property { return tg.Targets().At(index).Field("Id") }

// TargetPort is the port of the target at an index: its own, else that of the group.
func (tg *LatticeTargetGroup) TargetPort(index int) Property {
	if own := tg.Targets().At(index).Field("Port"); !own.IsAbsent() {
		return own
	}
	return tg.Port()
}

// LatticeTargetGroups are the target groups of VPC Lattice that the templates define.
func (n *Network) LatticeTargetGroups() []*LatticeTargetGroup { return n.lattice.targetGroups.list }

// LatticeTargetGroup is the target group that an identifier names; nil if the templates do not define it.
func (n *Network) LatticeTargetGroup(identifier Value) *LatticeTargetGroup {
	return n.lattice.targetGroups.by[latticeResource(identifier, latticeTargetGroupType)]
}

// LatticeTargetsOf is what is registered in a target group: by ECS services, and by itself. ok is false if its own list is
// undecided.
func (n *Network) LatticeTargetsOf(tg *LatticeTargetGroup) (list []Target, ok bool) {
	for _, entry := range n.lattice.ecsEntries.of(tg.Resource) {
		list = append(list, n.ecsLatticeTarget(entry))
	}
	if !tg.Targets().IsListOrAbsent() {
		return nil, false
	}
	for i := range tg.Targets().Len() {
		list = append(list, n.registered(tg.Targets().At(i), tg.TargetPort(i)))
	}
	return list, true
}

// EcsLatticeEntry registers the tasks of an ECS service in a target group of VPC Lattice.
type EcsLatticeEntry struct {
	Service *EcsService
	// At is the whole entry.
	At Property
}

// TargetGroupArn is the target group.
func (e EcsLatticeEntry) TargetGroupArn() Property { return e.At.Field("TargetGroupArn") }

// PortName is the name of the port mapping that gets the requests.
func (e EcsLatticeEntry) PortName() Property { return e.At.Field("PortName") }

// RoleArn is the role by which ECS registers the tasks.
func (e EcsLatticeEntry) RoleArn() Property { return e.At.Field("RoleArn") }

// VpcLatticeConfigurationsProperty is the property that registers the tasks in target groups of VPC Lattice.
func (s *EcsService) VpcLatticeConfigurationsProperty() Property {
	return property(s.Resource, "VpcLatticeConfigurations")
}

// VpcLatticeConfigurations are the entries that register the tasks in target groups of VPC Lattice.
func (s *EcsService) VpcLatticeConfigurations() []EcsLatticeEntry {
	var list []EcsLatticeEntry
	for _, at := range s.VpcLatticeConfigurationsProperty().listed() {
		list = append(list, EcsLatticeEntry{Service: s, At: at})
	}
	return list
}

// EcsLatticeEntryOf is the entry that registers the tasks of a service in a target group; ok is false if none does.
func (n *Network) EcsLatticeEntryOf(tg *LatticeTargetGroup, s *EcsService) (entry EcsLatticeEntry, ok bool) {
	for _, e := range n.lattice.ecsEntries.of(tg.Resource) {
		if e.Service.Resource == s.Resource {
			return e, true
		}
	}
	return EcsLatticeEntry{}, false
}

// PortNamed is the port mapping of a name; ok is false if the template does not have it.
func (d *TaskDefinition) PortNamed(name string) (mapping PortMapping, ok bool) {
	for _, c := range d.Containers() {
		for _, m := range c.PortMappings() {
			if m.Name().Literal() == name && name != "" {
				return m, true
			}
		}
	}
	return PortMapping{}, false
}

// HasAllPorts reports whether the template has the port mappings of all containers.
func (d *TaskDefinition) HasAllPorts() bool {
	if !d.ContainerDefinitions().IsList() {
		return false
	}
	return !slices.ContainsFunc(d.Containers(), func(c Container) bool {
		return !c.PortMappingsProperty().IsListOrAbsent() || slices.ContainsFunc(c.PortMappings(), func(m PortMapping) bool { return m.Name().IsUndecided() })
	})
}

// Name is the name of the port mapping, by which VPC Lattice and Service Connect know it.
func (m PortMapping) Name() Property { return m.At.Field("Name") }

// ecsLatticeTarget is the tasks of a service as a target: ECS registers them on the port of a port mapping.
func (n *Network) ecsLatticeTarget(entry EcsLatticeEntry) Target {
	to := Target{Node: Node{Name: DisplayName(entry.Service.Resource), Resource: entry.Service.Resource}, PortProperty: entry.PortName(), At: entry.At}
	if d := AsTaskDefinition(entry.Service.TaskDefinition().Value); d != nil {
		if m, ok := d.PortNamed(entry.PortName().Literal()); ok {
			to.Port, to.PortProperty = m.ContainerPort().Int(), m.ContainerPort()
		}
	}
	if node, ok := n.workload(entry.Service.Resource); ok {
		to.Node = node
	}
	return to
}

func (n *Network) indexLatticeTargetGroups() {
	collect(n, &n.lattice.targetGroups, latticeTargetGroupType, func(r *Resource) *LatticeTargetGroup { return &LatticeTargetGroup{r} })
	for _, r := range n.OfType(ecsServiceType) {
		for _, entry := range (&EcsService{r}).VpcLatticeConfigurations() {
			n.lattice.ecsEntries.addLattice(entry.TargetGroupArn().Value, entry)
		}
	}
}
