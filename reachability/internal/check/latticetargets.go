package check

import (
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// latticeTargetGroupService finds a target group to which two services forward.
func latticeTargetGroupService(p *pass) {
	for _, tg := range p.lattice.targetGroups {
		services := p.servicesTo(tg)
		if len(services) < 2 {
			continue
		}
		where := at{network.Whole(tg.Resource)}
		for _, by := range p.LatticeForwardedBy(tg) {
			if by.Service != nil && by.Service.Resource == services[1].Resource {
				where = append(where, forwardProperty(by))
				break
			}
		}
		p.report(where, "services %s and %s forward to the target group", network.DisplayName(services[0].Resource), network.DisplayName(services[1].Resource))
	}
}

func forwardProperty(by network.LatticeForwardedBy) network.Property {
	if by.Rule != nil {
		return by.Rule.Action.At
	}
	return by.Listener.DefaultAction.At
}

// latticeTarget finds a second target of a target group that has one, and a port name that a task definition does not have.
func latticeTarget(p *pass) {
	for _, tg := range p.lattice.targetGroups {
		kind, first := tg.Type(), tg.TargetId(0)
		if kind.Literal() != rules.LatticeALB && kind.Literal() != rules.LatticeFunctions {
			continue
		}
		for i := range tg.Targets().Items() {
			if id := tg.TargetId(i); i > 0 && network.Equal(first.Value, id.Value) == network.No {
				p.report(at{id, kind}, "the target group of type %s has more than one target", kind)
			}
		}
	}
}

// latticePortName finds an ECS service that registers a port which its task definition does not name.
func latticePortName(p *pass) {
	for _, r := range p.OfType("AWS::ECS::Service") {
		s := network.AsEcsService(r)
		d := network.AsTaskDefinition(s.TaskDefinition().Value)
		if !network.IsCertain(r) || d == nil || !network.IsCertain(d.Resource) || !hasAllPortNames(d) {
			continue
		}
		for _, entry := range s.VpcLatticeConfigurations() {
			name := entry.PortName()
			if _, ok := d.PortNamed(name.Literal()); name.IsLiteral() && !ok {
				p.report(at{name, d.ContainerDefinitions()}, "task definition %s has no port mapping of the name %s", network.DisplayName(d.Resource), name)
			}
		}
	}
}

// hasAllPortNames reports whether the template has the names of all port mappings of a task definition.
func hasAllPortNames(d *network.TaskDefinition) bool {
	if !d.ContainerDefinitions().IsList() {
		return false
	}
	for _, c := range d.ContainerDefinitions().Items() {
		if mappings := c.Field("PortMappings"); !c.IsMap() || !mappings.IsListOrAbsent() ||
			slices.ContainsFunc(mappings.Items(), func(m network.Property) bool { return m.Field("Name").IsUndecided() }) {
			return false
		}
	}
	return true
}

// latticeHealthCheck finds a health check that VPC Lattice does not accept: any of an ALB or a function.
func latticeHealthCheck(p *pass) {
	for _, tg := range p.lattice.targetGroups {
		check, kind := tg.HealthCheck(), tg.Type()
		if isUnchecked := kind.Literal() == rules.LatticeALB || kind.Literal() == rules.LatticeFunctions; isUnchecked && check.IsMap() {
			if !tg.HealthCheckEnabled().IsUndecided() && !tg.HealthCheckEnabled().Is(false) {
				p.reportWithFix("remove HealthCheck", at{check, kind}, "the target group of type %s has a health check", kind)
			}
			continue
		}
		for _, n := range []struct {
			name     string
			accepted rules.Range
		}{
			{"HealthCheckIntervalSeconds", rules.LatticeHealthCheckIntervals},
			{"HealthCheckTimeoutSeconds", rules.LatticeHealthCheckTimeouts},
			{"HealthyThresholdCount", rules.LatticeHealthCheckCounts},
			{"UnhealthyThresholdCount", rules.LatticeHealthCheckCounts},
		} {
			p.number(check.Field(n.name), func(report *rules.Report, property string, value float64) {
				rules.CheckLatticeHealthCheckNumber(report, property, value, n.accepted)
			})
		}
		p.text(check.Field("Protocol"), rules.CheckLatticeHealthCheckProtocol)
		p.text(check.Field("ProtocolVersion"), rules.CheckLatticeHealthCheckVersion)
		p.text(check.Field("Path"), rules.CheckLatticeHealthCheckPath)
		p.text(check.Field("Matcher").Field("HttpCode"), rules.CheckLatticeHTTPCodes)
	}
}

// latticeAlbTarget finds a load balancer that cannot be the target of a service, or whose certificate differs from that of
// the service.
func latticeAlbTarget(p *pass) {
	seen := map[*network.LoadBalancer]bool{}
	for _, a := range p.latticeALBs() {
		name := network.DisplayName(a.alb.Resource)
		if !mayBeALB(a.alb) {
			p.report(at{a.id(), a.alb.Type()}, "target %s is a load balancer of type %s", name, a.alb.Kind())
			continue
		}
		if scheme := a.alb.Scheme(); !seen[a.alb] && (scheme.IsAbsent() || scheme.Literal() == "internet-facing") {
			p.reportWithFix(rules.LatticeAlbInternal, at{scheme, a.id()}, "ALB %s is internet-facing", name)
		}
		seen[a.alb] = true
		if vpc, ok := p.VpcOf(a.alb); ok && !vpc.IsAbsent() && isOtherVPC(a.tg.VpcIdentifier(), vpc) {
			p.reportWithFix("use an ALB in the VPC of the target group", at{a.tg.VpcIdentifier(), vpc},
				"the target group belongs to VPC %s, and ALB %s is in VPC %s", network.NameOf(a.tg.VpcIdentifier().Value), name, network.NameOf(vpc.Value))
		}
		p.latticeAlbCertificate(a)
	}
}

// latticeAlbCertificate reports an HTTPS listener of an ALB without the certificate of the service in front.
func (p *pass) latticeAlbCertificate(a latticeALB) {
	if !p.allCertificatesPlaced {
		return
	}
	for _, l := range p.ListenersOf(a.alb) {
		if !network.IsCertain(l.Resource) || l.Protocol().Literal() != "HTTPS" || l.Port().Int() != a.tg.TargetPort(a.index).Int() {
			continue
		}
		certificates := slices.Concat(l.Certificates(), p.MoreCertificates(l))
		for _, s := range p.servicesTo(a.tg) {
			own := s.CertificateArn()
			if own.IsAbsent() || len(certificates) == 0 || slices.ContainsFunc(certificates, func(c network.Property) bool { return network.Equal(c.Value, own.Value) != network.No }) {
				continue
			}
			p.report(at{certificates[0], own}, "the HTTPS listener of ALB %s does not have the certificate of service %s",
				network.DisplayName(a.alb.Resource), network.DisplayName(s.Resource))
		}
	}
}

// latticeAlbQuota finds an ALB behind three services.
func latticeAlbQuota(p *pass) {
	inFront := map[*network.LoadBalancer][]*network.LatticeService{}
	for _, a := range p.latticeALBs() {
		for _, s := range p.servicesTo(a.tg) {
			services := inFront[a.alb]
			if len(services) > rules.MaxLatticeServicesOfALB || slices.Contains(services, s) {
				continue
			}
			inFront[a.alb] = append(services, s)
			if len(services) == rules.MaxLatticeServicesOfALB {
				p.report(at{a.id()}, "ALB %s is the target of three services: %s, %s and %s", network.DisplayName(a.alb.Resource),
					network.DisplayName(services[0].Resource), network.DisplayName(services[1].Resource), network.DisplayName(s.Resource))
			}
		}
	}
}

// latticeForwardedFor warns of an ALB that changes the header in which VPC Lattice tells the address of the client.
func latticeForwardedFor(p *pass) {
	p.eachLatticeALB(func(a latticeALB) {
		mode, ok := a.alb.ForwardedForMode()
		switch {
		case !ok || mode.Literal() == "preserve":
		case mode.IsAbsent():
			p.report(at{network.Whole(a.alb.Resource), a.id()}, "ALB %s is behind VPC Lattice, and appends to X-Forwarded-For, as by default", network.DisplayName(a.alb.Resource))
		default:
			p.report(at{mode, a.id()}, "ALB %s is behind VPC Lattice, and its mode of X-Forwarded-For is %s", network.DisplayName(a.alb.Resource), mode)
		}
	})
}

// latticeConnections warns of an ALB that keeps idle connections longer than VPC Lattice keeps any.
func latticeConnections(p *pass) {
	p.eachLatticeALB(func(a latticeALB) {
		if timeout, ok := a.alb.IdleTimeout(); ok {
			p.number(timeout, rules.CheckLatticeConnections)
		}
	})
}

// eachLatticeALB calls f once for each ALB behind VPC Lattice.
func (f *facts) eachLatticeALB(do func(latticeALB)) {
	seen := map[*network.LoadBalancer]bool{}
	for _, a := range f.latticeALBs() {
		if mayBeALB(a.alb) && !seen[a.alb] {
			seen[a.alb] = true
			do(a)
		}
	}
}

// latticeFunctionPermission finds a function that VPC Lattice may not invoke for its target group.
func latticeFunctionPermission(p *pass) {
	permissions := p.FunctionPermissions()
	for _, tg := range p.lattice.targetGroups {
		id := tg.TargetId(0)
		function, _, ok := id.Reference()
		if tg.Type().Literal() != rules.LatticeFunctions || !ok || !network.IsFunction(function) || !network.IsCertain(function) {
			continue
		}
		if !slices.ContainsFunc(permissions, func(permission *network.FunctionPermission) bool { return mayInvoke(permission, function, tg) }) {
			p.report(at{id}, "no permission allows VPC Lattice to invoke %s for the target group", network.DisplayName(function))
		}
	}
}

// mayInvoke reports whether a permission allows VPC Lattice to invoke a function for a target group, or may.
func mayInvoke(p *network.FunctionPermission, function *network.Resource, tg *network.LatticeTargetGroup) bool {
	of, _, isReference := p.FunctionName().Reference()
	principal, isDecided := p.Principal().Text()
	switch {
	case isReference && of != function:
		return false
	case isDecided && principal != "vpc-lattice.amazonaws.com" && principal != "*":
		return false
	}
	return p.ForLattice(tg) != network.No
}
