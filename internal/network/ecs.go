package network

// EcsService is an ECS service.
type EcsService struct{ *Resource }

// DesiredCount is how many tasks it runs.
func (s *EcsService) DesiredCount() Property { return property(s.Resource, "DesiredCount") }

// MayLeaveZonesEmpty reports whether the service is certain to run fewer tasks than it has subnets. ECS spreads tasks over
// Availability Zones, so more tasks leave none empty. The default of DesiredCount is 1.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html
func (s *EcsService) MayLeaveZonesEmpty(subnets int) bool {
	if property(s.Resource, "SchedulingStrategy").Literal() == "DAEMON" {
		return false
	}
	count := 1.0
	if p := s.DesiredCount(); !p.IsAbsent() {
		given, ok := p.Number()
		if !ok {
			return false
		}
		count = given
	}
	return count < float64(subnets)
}

// TaskDefinition is its task definition.
func (s *EcsService) TaskDefinition() Property { return property(s.Resource, "TaskDefinition") }

// SecurityGroups are the security groups of its tasks.
func (s *EcsService) SecurityGroups() Property {
	return property(s.Resource, "NetworkConfiguration", "AwsvpcConfiguration", "SecurityGroups")
}

// LoadBalancersProperty is the property that registers the tasks in target groups.
func (s *EcsService) LoadBalancersProperty() Property { return property(s.Resource, "LoadBalancers") }

// EcsLoadBalancer registers the tasks of a service in a target group.
type EcsLoadBalancer struct {
	Service *EcsService
	at      Property
}

// TargetGroupArn is the target group.
func (e EcsLoadBalancer) TargetGroupArn() Property { return e.at.Field("TargetGroupArn") }

// ContainerName is the container that gets the requests.
func (e EcsLoadBalancer) ContainerName() Property { return e.at.Field("ContainerName") }

// ContainerPort is the port of the container.
func (e EcsLoadBalancer) ContainerPort() Property { return e.at.Field("ContainerPort") }

// AlternateTargetGroupArn is the target group between which and the first one ECS moves requests, when it deploys blue/green,
// linear or canary; absent otherwise.
func (e EcsLoadBalancer) AlternateTargetGroupArn() Property {
	return e.at.Field("AdvancedConfiguration").Field("AlternateTargetGroupArn")
}

// LoadBalancers are the entries that register the tasks in target groups.
func (s *EcsService) LoadBalancers() []EcsLoadBalancer {
	var list []EcsLoadBalancer
	for _, at := range s.LoadBalancersProperty().listed() {
		list = append(list, EcsLoadBalancer{Service: s, at: at})
	}
	return list
}

// EntryFor is the entry that registers a port, else the first one. Without any entry its properties are absent, or undecided
// if the list of entries is.
func (s *EcsService) EntryFor(port int) EcsLoadBalancer {
	for _, entry := range s.LoadBalancers() {
		if entry.ContainerPort().Int() == port {
			return entry
		}
	}
	return EcsLoadBalancer{Service: s, at: s.LoadBalancersProperty().At(0)}
}

// AsEcsService is a resource as an ECS service; nil if it is none.
func AsEcsService(r *Resource) *EcsService {
	if r == nil || r.Type != ecsServiceType {
		return nil
	}
	return &EcsService{r}
}

// HasScalableTargets reports whether Application Auto Scaling may set the number of tasks.
func (n *Network) HasScalableTargets() bool {
	return len(n.OfType("AWS::ApplicationAutoScaling::ScalableTarget")) > 0
}

// ecsTarget is the tasks of a service as a target.
func (n *Network) ecsTarget(entry EcsLoadBalancer) Target {
	port := entry.ContainerPort()
	to := Target{Port: port.Int(), PortProperty: port, At: port}
	node, ok := n.workload(entry.Service.Resource)
	if !ok {
		// Tasks without network interfaces of their own are behind those of instances, on ports that ECS picks.
		node, to.Port = Node{Name: DisplayName(entry.Service.Resource), Resource: entry.Service.Resource}, 0
	}
	to.Node = node
	return to
}

// TaskDefinition is an ECS task definition.
type TaskDefinition struct{ *Resource }

// AsTaskDefinition is the task definition that a value refers to; nil if it refers to none.
func AsTaskDefinition(v Value) *TaskDefinition {
	r, _, ok := v.Reference()
	if !ok {
		return nil
	}
	return &TaskDefinition{r}
}

// NetworkMode is awsvpc, bridge, host or none. Default: bridge.
func (d *TaskDefinition) NetworkMode() Property { return property(d.Resource, "NetworkMode") }

// ContainerDefinitions are the containers.
func (d *TaskDefinition) ContainerDefinitions() Property {
	return property(d.Resource, "ContainerDefinitions")
}

// Container is a container of a task definition.
type Container struct{ At Property }

// Containers are the containers, if the template has them.
func (d *TaskDefinition) Containers() []Container {
	var list []Container
	for _, at := range d.ContainerDefinitions().listed() {
		list = append(list, Container{at})
	}
	return list
}

// Name is the name of the container.
func (c Container) Name() Property { return c.At.Field("Name") }

// PortMappingsProperty is the property that has the port mappings.
func (c Container) PortMappingsProperty() Property { return c.At.Field("PortMappings") }

// PortMapping is a port of a container.
type PortMapping struct{ At Property }

// PortMappings are the port mappings, if the template has them.
func (c Container) PortMappings() []PortMapping {
	var list []PortMapping
	for _, at := range c.PortMappingsProperty().listed() {
		list = append(list, PortMapping{at})
	}
	return list
}

// Protocol is tcp or udp. Default: tcp.
func (m PortMapping) Protocol() Property { return m.At.Field("Protocol") }

// ContainerPort is the port in the container.
func (m PortMapping) ContainerPort() Property { return m.At.Field("ContainerPort") }

// HostPort is the port on the network interface.
func (m PortMapping) HostPort() Property { return m.At.Field("HostPort") }
