package network

import "slices"

const listenerType = "AWS::ElasticLoadBalancingV2::Listener"

// Listener is a listener of a load balancer.
type Listener struct {
	*Resource
	// DefaultActions are what it does with a request that no rule takes.
	DefaultActions Actions
}

// LoadBalancerArn is the load balancer.
func (l *Listener) LoadBalancerArn() Property { return property(l.Resource, "LoadBalancerArn") }

// Port is the port.
func (l *Listener) Port() Property { return property(l.Resource, "Port") }

// Protocol is HTTP or HTTPS of an ALB; TCP, TLS, … of an NLB.
func (l *Listener) Protocol() Property { return property(l.Resource, "Protocol") }

// CertificatesProperty is the property that has the certificate.
func (l *Listener) CertificatesProperty() Property { return property(l.Resource, "Certificates") }

// SslPolicy is the TLS policy.
func (l *Listener) SslPolicy() Property { return property(l.Resource, "SslPolicy") }

// AlpnPolicy is the list with the one ALPN policy of a TLS listener.
func (l *Listener) AlpnPolicy() Property { return property(l.Resource, "AlpnPolicy") }

// MutualAuthenticationMode is off, passthrough or verify.
func (l *Listener) MutualAuthenticationMode() Property {
	return property(l.Resource, "MutualAuthentication", "Mode")
}

// TrustStoreArn is the trust store of the clients' certificates.
func (l *Listener) TrustStoreArn() Property {
	return property(l.Resource, "MutualAuthentication", "TrustStoreArn")
}

// IdleTimeout is the TCP idle timeout in seconds; ok is false if it is not set.
func (l *Listener) IdleTimeout() (seconds Property, ok bool) {
	return property(l.Resource, "ListenerAttributes").keyed("tcp.idle_timeout.seconds")
}

// MayHaveIdleTimeout reports whether only the deployment decides if the TCP idle timeout is set.
func (l *Listener) MayHaveIdleTimeout() bool {
	return mayHaveMore(property(l.Resource, "ListenerAttributes"))
}

// ListensOn says whether the listener has a port.
func (l *Listener) ListensOn(port int) Tristate {
	n, ok := l.Port().Number()
	switch {
	case !ok:
		return Maybe
	case int(n) == port:
		return Yes
	}
	return No
}

// Certificates are the ARNs of the listener's own certificates. Lists that only the deployment decides count as one.
func (l *Listener) Certificates() []Property { return certificates(l.CertificatesProperty()) }

// MoreCertificates are the ARNs of the certificates that other resources add to a listener.
func (n *Network) MoreCertificates(l *Listener) []Property {
	var arns []Property
	for _, r := range n.listenerCertificates.of(l.Resource) {
		arns = append(arns, certificates(property(r, "Certificates"))...)
	}
	return arns
}

// UnplacedCertificates are the resources that add certificates to a listener that is undecided.
func (n *Network) UnplacedCertificates() []*Resource { return n.listenerCertificates.unplaced() }

func certificates(list Property) []Property {
	if !list.IsListOrAbsent() {
		return []Property{list}
	}
	var arns []Property
	for _, item := range list.listed() {
		arns = append(arns, item.Field("CertificateArn"))
	}
	return arns
}

// CertificateNames are the names that a certificate covers, as properties; ok is false if the templates do not define the
// certificate.
func CertificateNames(arn Value) (names []Property, ok bool) {
	r, _, isRef := arn.Reference()
	if !isRef || r.Type != "AWS::CertificateManager::Certificate" {
		return nil, false
	}
	return append([]Property{property(r, "DomainName")}, property(r, "SubjectAlternativeNames").Items()...), true
}

// CertificateKey is the algorithm of the key of a certificate, such as RSA_2048; absent for the default, and for a certificate
// that the templates do not define.
func CertificateKey(arn Value) Property {
	r, _, isRef := arn.Reference()
	if !isRef || r.Type != "AWS::CertificateManager::Certificate" {
		return Property{}
	}
	return property(r, "KeyAlgorithm")
}

// Listeners are the listeners of the templates.
func (n *Network) Listeners() []*Listener { return n.listeners.list }

// Listener is the listener that a value refers to; nil if the templates do not define it.
func (n *Network) Listener(v Value) *Listener { return n.listeners.referred(v) }

// ListenersOf are the listeners of a load balancer.
func (n *Network) ListenersOf(lb *LoadBalancer) []*Listener { return n.listenersOf.of(lb.Resource) }

// socket is a port of a load balancer.
type socket struct {
	loadBalancer *Resource
	port         int
}

// ListenersOn are the listeners of a load balancer that are known to have a port.
func (n *Network) ListenersOn(lb *LoadBalancer, port int) []*Listener {
	return n.listenersOn[socket{lb.Resource, port}]
}

// ActionsOf are the default actions of a listener, then the actions of its rules.
func (n *Network) ActionsOf(l *Listener) []Actions {
	list := []Actions{l.DefaultActions}
	for _, rule := range n.RulesOf(l) {
		list = append(list, rule.Actions)
	}
	return list
}

// UnplacedListeners are the listeners whose load balancer is undecided.
func (n *Network) UnplacedListeners() []*Listener { return n.listenersOf.unplaced() }

// HasUndecidedPort reports whether a listener of a load balancer has an undecided port.
func (n *Network) HasUndecidedPort(lb *LoadBalancer) bool {
	return slices.ContainsFunc(n.ListenersOf(lb), func(l *Listener) bool {
		_, ok := l.Port().Number()
		return !ok
	})
}

// SamePort is another listener of a load balancer on the port of one; nil if there is none. ELB refuses it: TCP and UDP
// share ports.
func (n *Network) SamePort(lb *LoadBalancer, l *Listener) *Listener {
	for _, other := range n.ListenersOn(lb, l.Port().Int()) {
		if other != l {
			return other
		}
	}
	return nil
}

func (n *Network) indexListeners() {
	collect(n, &n.listeners, listenerType, func(r *Resource) *Listener {
		return &Listener{Resource: r, DefaultActions: readActions(property(r, "DefaultActions"))}
	})
	for _, l := range n.listeners.list {
		n.listenersOf.add(l.LoadBalancerArn().Value, l)
	}
	n.listenersOn = map[socket][]*Listener{}
	for _, lb := range n.loadBalancers.list {
		for _, l := range n.ListenersOf(lb) {
			if port, ok := l.Port().Number(); ok {
				on := socket{lb.Resource, int(port)}
				n.listenersOn[on] = append(n.listenersOn[on], l)
			}
		}
	}
	for _, r := range n.OfType("AWS::ElasticLoadBalancingV2::ListenerCertificate") {
		n.listenerCertificates.add(r.Property("ListenerArn"), r)
	}
	n.indexListenerRules()
	n.addAlternates()
	n.indexForwards()
}

// ForwardedBy is a load balancer that forwards to a target group, with the listener or the rule that says so.
type ForwardedBy struct {
	LoadBalancer *LoadBalancer
	Listener     *Listener
	// Rule is nil for the default actions of the listener.
	Rule *ListenerRule
}

// IsCertain reports whether listener and rule are certain to be deployed as the template has them.
func (f ForwardedBy) IsCertain() bool {
	return IsCertain(f.Listener.Resource) && (f.Rule == nil || IsCertain(f.Rule.Resource))
}

// ForwardedBy are the load balancers that forward to a target group, in the order of the load balancers.
func (n *Network) ForwardedBy(tg Value) []ForwardedBy { return n.forwardedBy[valueKey(tg)] }

// TargetGroupsOf are the target groups to which certain listeners and rules of a load balancer forward.
func (n *Network) TargetGroupsOf(lb *LoadBalancer) []*TargetGroup {
	return n.targetGroupsOf[lb.Resource]
}

// indexForwards collects who forwards to each target group.
func (n *Network) indexForwards() {
	n.forwardedBy = map[key][]ForwardedBy{}
	for _, lb := range n.loadBalancers.list {
		for _, l := range n.ListenersOf(lb) {
			n.addForwards(ForwardedBy{LoadBalancer: lb, Listener: l}, l.DefaultActions)
			for _, rule := range n.RulesOf(l) {
				n.addForwards(ForwardedBy{LoadBalancer: lb, Listener: l, Rule: rule}, rule.Actions)
			}
		}
	}
	n.targetGroupsOf = map[*Resource][]*TargetGroup{}
	seen := map[[2]*Resource]bool{}
	for _, l := range n.listeners.list {
		lb := n.LoadBalancer(l.LoadBalancerArn().Value)
		if lb == nil || !IsCertain(l.Resource) {
			continue
		}
		n.addTargetGroups(lb, l.DefaultActions, seen)
		for _, rule := range n.RulesOf(l) {
			if IsCertain(rule.Resource) {
				n.addTargetGroups(lb, rule.Actions, seen)
			}
		}
	}
}

func (n *Network) addForwards(by ForwardedBy, actions Actions) {
	for _, f := range actions.Forwards {
		k := valueKey(f.TargetGroup.Value)
		n.forwardedBy[k] = append(n.forwardedBy[k], by)
	}
}

func (n *Network) addTargetGroups(lb *LoadBalancer, actions Actions, seen map[[2]*Resource]bool) {
	for _, f := range actions.Forwards {
		tg := n.TargetGroup(f.TargetGroup.Value)
		if tg == nil || tg.Exists == No {
			continue
		}
		if pair := [2]*Resource{lb.Resource, tg.Resource}; !seen[pair] {
			seen[pair] = true
			n.targetGroupsOf[lb.Resource] = append(n.targetGroupsOf[lb.Resource], tg)
		}
	}
}
