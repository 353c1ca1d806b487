package network

const targetGroupType = "AWS::ElasticLoadBalancingV2::TargetGroup"

// TargetGroup is a target group.
type TargetGroup struct{ *Resource }

// TargetType is instance, ip, lambda or alb. Default: instance.
func (tg *TargetGroup) TargetType() Property { return property(tg.Resource, "TargetType") }

// Protocol is the protocol spoken to targets.
func (tg *TargetGroup) Protocol() Property { return property(tg.Resource, "Protocol") }

// ProtocolVersion is HTTP1, HTTP2 or GRPC: what an ALB expects of clients and speaks to targets. Default: HTTP1.
func (tg *TargetGroup) ProtocolVersion() Property { return property(tg.Resource, "ProtocolVersion") }

// IpAddressType is ipv4 or ipv6. Default: ipv4.
func (tg *TargetGroup) IpAddressType() Property { return property(tg.Resource, "IpAddressType") }

// Port is the port of targets that have none of their own.
func (tg *TargetGroup) Port() Property { return property(tg.Resource, "Port") }

// VpcId is the VPC of the targets.
func (tg *TargetGroup) VpcId() Property { return property(tg.Resource, "VpcId") }

// Targets are the targets that the template registers.
func (tg *TargetGroup) Targets() Property { return property(tg.Resource, "Targets") }

// Attributes are the attributes of the target group.
func (tg *TargetGroup) Attributes() Property { return property(tg.Resource, "TargetGroupAttributes") }

// DeregistrationDelay is the deregistration delay in seconds; ok is false if it is not set.
func (tg *TargetGroup) DeregistrationDelay() (seconds Property, ok bool) {
	return tg.Attributes().keyed("deregistration_delay.timeout_seconds")
}

// ProxyProtocol says whether connections begin with the header of proxy protocol version 2, and the property that decides. By default
// they do not.
func (tg *TargetGroup) ProxyProtocol() (Tristate, Property) {
	v, state := attribute(tg.Attributes(), "proxy_protocol_v2.enabled", No)
	return state, v
}

// PreservesClientIP says whether targets see the addresses of clients that reach the NLB by a route, and the property that decides. It
// is No if it is not set, although that is not the default of all target groups.
func (tg *TargetGroup) PreservesClientIP() (Tristate, Property) {
	v, state := attribute(tg.Attributes(), "preserve_client_ip.enabled", No)
	return state, v
}

// HealthCheckEnabled says whether health is checked. Default: true.
func (tg *TargetGroup) HealthCheckEnabled() Property {
	return property(tg.Resource, "HealthCheckEnabled")
}

// HealthCheckProtocol is the protocol of health checks.
func (tg *TargetGroup) HealthCheckProtocol() Property {
	return property(tg.Resource, "HealthCheckProtocol")
}

// HealthCheckPort is the port of health checks, or traffic-port. Default: traffic-port.
func (tg *TargetGroup) HealthCheckPort() Property { return property(tg.Resource, "HealthCheckPort") }

// HealthCheckPath is the path of health checks. Default: /.
func (tg *TargetGroup) HealthCheckPath() Property { return property(tg.Resource, "HealthCheckPath") }

// HealthCheckIntervalSeconds is the time between two health checks.
func (tg *TargetGroup) HealthCheckIntervalSeconds() Property {
	return property(tg.Resource, "HealthCheckIntervalSeconds")
}

// HealthCheckTimeoutSeconds is how long a health check waits for an answer.
func (tg *TargetGroup) HealthCheckTimeoutSeconds() Property {
	return property(tg.Resource, "HealthCheckTimeoutSeconds")
}

// HealthyThresholdCount is how many health checks must pass.
func (tg *TargetGroup) HealthyThresholdCount() Property {
	return property(tg.Resource, "HealthyThresholdCount")
}

// UnhealthyThresholdCount is how many health checks must fail.
func (tg *TargetGroup) UnhealthyThresholdCount() Property {
	return property(tg.Resource, "UnhealthyThresholdCount")
}

// Matcher is what counts as healthy.
func (tg *TargetGroup) Matcher() Property { return property(tg.Resource, "Matcher") }

// HTTPCodes are the HTTP codes that count as healthy.
func (tg *TargetGroup) HTTPCodes() Property { return tg.Matcher().Field("HttpCode") }

// GRPCCodes are the gRPC codes that count as healthy.
func (tg *TargetGroup) GRPCCodes() Property { return tg.Matcher().Field("GrpcCode") }

// TargetId is the ID of the target at an index: an ALB, a function, an instance or an address.
func (tg *TargetGroup) TargetId(index int) Property { return tg.Targets().At(index).Field("Id") }

// TargetPort is the port of the target at an index: its own, else that of the group.
func (tg *TargetGroup) TargetPort(index int) Property {
	if own := tg.Targets().At(index).Field("Port"); !own.IsAbsent() {
		return own
	}
	return tg.Port()
}

// Ports are the ports of the target group and of its targets, as far as they are set.
func (tg *TargetGroup) Ports() []Property {
	list := []Property{tg.Port()}
	for _, target := range tg.Targets().Items() {
		list = append(list, target.Field("Port"))
	}
	return list
}

// TargetGroups are the target groups of the templates.
func (n *Network) TargetGroups() []*TargetGroup { return n.targetGroups.list }

// TargetGroup is the target group that a value refers to; nil if it refers to none.
func (n *Network) TargetGroup(v Value) *TargetGroup { return n.targetGroups.referred(v) }

// Target is what is registered in a target group.
type Target struct {
	Node
	// Port is the port on which it receives requests; 0 if that is undecided.
	Port int
	// PortProperty is where the port is given.
	PortProperty Property
	// At is where the target is registered.
	At Property
}

// networkInterfaceType can be registered by its address, whatever listens behind it.
const networkInterfaceType = "AWS::EC2::NetworkInterface"

// TargetsOf is what is registered in a target group: by ECS services, by Auto Scaling groups, and by itself. ok is false
// if its own list is undecided.
func (n *Network) TargetsOf(tg *TargetGroup) (list []Target, ok bool) {
	for _, entry := range n.ecsEntries.of(tg.Resource) {
		list = append(list, n.ecsTarget(entry))
	}
	for _, arn := range n.fleetEntries.of(tg.Resource) {
		if node, ok := n.workload(arn.Resource); ok {
			list = append(list, Target{Node: node, Port: tg.Port().Int(), PortProperty: tg.Port(), At: property(arn.Resource, "TargetGroupARNs")})
		}
	}
	if !tg.Targets().IsListOrAbsent() {
		return nil, false
	}
	for i := range tg.Targets().Len() {
		list = append(list, n.registered(tg.Targets().At(i), tg.TargetPort(i)))
	}
	return list, true
}

// registered is a target that a target group itself registers, on a port.
func (n *Network) registered(at, port Property) Target {
	id := at.Field("Id")
	to := Target{Node: Node{Name: id.String()}, Port: port.Int(), PortProperty: port, At: at}
	if r, attribute, ok := id.Reference(); ok {
		switch {
		case attribute == "Ref" || attribute == "InstanceId" || attribute == "PrivateIp":
			if node, ok := n.workload(r); ok {
				to.Node = node
			}
		case r.Type == networkInterfaceType && attribute == "PrimaryPrivateIpAddress":
			to.Node = n.newNode(r, property(r, "GroupSet").Items(), property(r, "SubnetId").Items())
		}
	}
	if to.Resource == nil {
		to.Groups = []GroupID{{Value: id.Value}}
	}
	return to
}

// indexTargets collects what resources register in target groups.
func (n *Network) indexTargets() {
	for _, r := range n.OfType(ecsServiceType) {
		s := &EcsService{r}
		for _, entry := range s.LoadBalancers() {
			n.ecsEntries.add(entry.TargetGroupArn().Value, entry)
			if alternate := entry.AlternateTargetGroupArn(); !alternate.IsAbsent() {
				n.ecsEntries.add(alternate.Value, entry)
				n.alternates.add(entry.TargetGroupArn().Value, alternate)
				n.alternates.add(alternate.Value, entry.TargetGroupArn())
			}
		}
	}
	for _, r := range n.OfType(autoScalingGroupType) {
		for _, arn := range property(r, "TargetGroupARNs").Items() {
			n.fleetEntries.add(arn.Value, arn)
		}
	}
}

func (n *Network) indexTargetGroups() {
	collect(n, &n.targetGroups, targetGroupType, func(r *Resource) *TargetGroup { return &TargetGroup{r} })
}
