package network

import "slices"

const loadBalancerType = "AWS::ElasticLoadBalancingV2::LoadBalancer"

// LoadBalancerKind is the type of a load balancer.
type LoadBalancerKind string

// The kinds of load balancers.
const (
	// UndecidedKind is a type that only the deployment decides.
	UndecidedKind LoadBalancerKind = ""
	// Application is an ALB.
	Application LoadBalancerKind = "application"
	// NetworkKind is an NLB.
	NetworkKind LoadBalancerKind = "network"
	// Gateway is a Gateway Load Balancer.
	Gateway LoadBalancerKind = "gateway"
)

// LoadBalancer is a load balancer.
type LoadBalancer struct{ *Resource }

// Type is application, network or gateway. Default: application.
func (lb *LoadBalancer) Type() Property { return property(lb.Resource, "Type") }

// Kind is the type.
func (lb *LoadBalancer) Kind() LoadBalancerKind {
	if lb == nil {
		return UndecidedKind
	}
	if lb.Type().IsAbsent() {
		return Application
	}
	return LoadBalancerKind(lb.Type().Literal())
}

// Scheme is internal or internet-facing. Default: internet-facing.
func (lb *LoadBalancer) Scheme() Property { return property(lb.Resource, "Scheme") }

// SecurityGroups are its security groups.
func (lb *LoadBalancer) SecurityGroups() Property { return property(lb.Resource, "SecurityGroups") }

// SubnetsProperty is the property that has the subnets: SubnetMappings if that is there, else Subnets.
func (lb *LoadBalancer) SubnetsProperty() Property {
	if mappings := property(lb.Resource, "SubnetMappings"); !mappings.IsAbsent() {
		return mappings
	}
	return property(lb.Resource, "Subnets")
}

// Subnets are the subnets, by either property.
func (lb *LoadBalancer) Subnets() []Property {
	subnets := property(lb.Resource, "Subnets").Items()
	for _, mapping := range property(lb.Resource, "SubnetMappings").Items() {
		subnets = append(subnets, mapping.Field("SubnetId"))
	}
	return subnets
}

// EnforcesOnPrivateLink is "on" or "off": whether inbound rules of the security groups hold for traffic through
// PrivateLink. Default: on.
func (lb *LoadBalancer) EnforcesOnPrivateLink() Property {
	return property(lb.Resource, "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic")
}

// IpAddressType is ipv4, dualstack or dualstack-without-public-ipv4. Default: ipv4.
func (lb *LoadBalancer) IpAddressType() Property { return property(lb.Resource, "IpAddressType") }

// LogPrefixes are the prefixes of logs in their buckets, for each kind of logs that has one.
func (lb *LoadBalancer) LogPrefixes() []Property {
	var list []Property
	for _, logs := range []string{"access_logs", "connection_logs", "health_check_logs"} {
		if prefix, ok := property(lb.Resource, "LoadBalancerAttributes").keyed(logs + ".s3.prefix"); ok {
			list = append(list, prefix)
		}
	}
	return list
}

// IdleTimeout is the idle timeout of an ALB in seconds; ok is false if it is not set.
func (lb *LoadBalancer) IdleTimeout() (seconds Property, ok bool) {
	return property(lb.Resource, "LoadBalancerAttributes").keyed("idle_timeout.timeout_seconds")
}

// ForwardedForMode says what an ALB does with X-Forwarded-For: append, preserve or remove. Default: append. ok is false if that
// is undecided, or may be.
func (lb *LoadBalancer) ForwardedForMode() (mode Property, ok bool) {
	attributes := property(lb.Resource, "LoadBalancerAttributes")
	mode, isSet := attributes.keyed("routing.http.xff_header_processing.mode")
	if isSet {
		return mode, mode.IsLiteral()
	}
	return mode, attributes.IsListOrAbsent() && !slices.ContainsFunc(attributes.Items(), func(item Property) bool { return !item.Field("Key").IsLiteral() })
}

// AcceptsHTTP2 says whether an ALB accepts HTTP/2 from clients, and the property that decides. By default it does.
func (lb *LoadBalancer) AcceptsHTTP2() (Tristate, Property) {
	v, state := attribute(property(lb.Resource, "LoadBalancerAttributes"), "routing.http2.enabled", Yes)
	return state, v
}

// CrossZone says whether nodes of the load balancer send requests to targets of a group in other zones, and the property
// that decides. A target group overrides its load balancer, except for one of type alb, which has no attributes. By default
// an NLB does not, and an ALB does.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-cross-zone.html
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/disable-cross-zone.html
func (lb *LoadBalancer) CrossZone(tg *TargetGroup) (Tristate, Property) {
	if tg.TargetType().Literal() != "alb" {
		v, on := crossZone(tg.Attributes())
		if v.Literal() != "use_load_balancer_configuration" && !v.IsAbsent() {
			return on, v
		}
	}
	if lb.Kind() == Application {
		return Yes, lb.Type()
	}
	v, on := crossZone(property(lb.Resource, "LoadBalancerAttributes"))
	return on, v
}

// crossZone is the attribute for cross-zone load balancing; No if it is not set.
func crossZone(attributes Property) (Property, Tristate) {
	return attribute(attributes, "load_balancing.cross_zone.enabled", No)
}

// attribute is an attribute of a load balancer or a target group that is on or off, with its default.
func attribute(attributes Property, key string, byDefault Tristate) (Property, Tristate) {
	v, isSet := attributes.keyed(key)
	switch on, isDecided := v.Bool(); {
	case !isSet && mayHaveMore(attributes):
		return attributes, Maybe
	case !isSet:
		return v, byDefault
	case !isDecided:
		return v, Maybe
	case on:
		return v, Yes
	}
	return v, No
}

// mayHaveMore reports whether attributes have keys that only the deployment decides.
func mayHaveMore(attributes Property) bool {
	return !attributes.IsListOrAbsent() || slices.ContainsFunc(attributes.Items(), func(item Property) bool {
		return !item.IsMap() || !item.Field("Key").IsLiteral()
	})
}

// LoadBalancers are the load balancers of the templates.
func (n *Network) LoadBalancers() []*LoadBalancer { return n.loadBalancers.list }

// LoadBalancer is the load balancer that a value refers to; nil if it refers to none.
func (n *Network) LoadBalancer(v Value) *LoadBalancer { return n.loadBalancers.referred(v) }

// LoadBalancerNode is a load balancer as a node.
func (n *Network) LoadBalancerNode(lb *LoadBalancer) Node {
	groups := lb.SecurityGroups().Items()
	node := n.newNode(lb.Resource, groups, lb.Subnets())
	if len(groups) == 0 && lb.Kind() == NetworkKind {
		node.Groups, node.Unfiltered = nil, true
	}
	return node
}

// VpcOf is the VPC of a load balancer by its first subnet that tells; ok is false if none does.
func (n *Network) VpcOf(lb *LoadBalancer) (vpc Property, ok bool) {
	for _, p := range lb.Subnets() {
		if s := n.Subnet(p.Value); s != nil {
			return s.VpcId(), true
		}
	}
	return Property{}, false
}

// WebAcls associate a web ACL with a load balancer, or may.
func (n *Network) WebAcls(lb *LoadBalancer) []*WebAclAssociation {
	return slices.Concat(n.webAcls.of(lb.Resource), n.webAcls.unplaced())
}

// WebAclAssociation associates a web ACL with a resource.
type WebAclAssociation struct{ *Resource }

// ResourceArn is the resource.
func (a *WebAclAssociation) ResourceArn() Property { return property(a.Resource, "ResourceArn") }

// WebACLArn is the web ACL.
func (a *WebAclAssociation) WebACLArn() Property { return property(a.Resource, "WebACLArn") }

// WebAclAssociations are the associations of web ACLs by AWS WAF v2.
func (n *Network) WebAclAssociations() []*WebAclAssociation { return n.webAclsV2 }

func (n *Network) indexLoadBalancers() {
	collect(n, &n.loadBalancers, loadBalancerType, func(r *Resource) *LoadBalancer { return &LoadBalancer{r} })
	for _, r := range n.OfType("AWS::WAFv2::WebACLAssociation") {
		a := &WebAclAssociation{r}
		n.webAcls.add(a.ResourceArn().Value, a)
		n.webAclsV2 = append(n.webAclsV2, a)
	}
	for _, r := range n.OfType("AWS::WAFRegional::WebACLAssociation") {
		a := &WebAclAssociation{r}
		n.webAcls.add(a.ResourceArn().Value, a)
	}
}

// IsInternalALB reports whether the load balancer is an internal ALB, or may be.
func (lb *LoadBalancer) IsInternalALB() bool {
	return lb.Kind() == Application && (lb.Scheme().Literal() == "internal" || lb.Scheme().IsUndecided())
}

// IsInternetFacing says whether the load balancer has public addresses.
func (lb *LoadBalancer) IsInternetFacing() Tristate {
	return isWord(lb.Scheme(), "internet-facing", Yes)
}

// IsPublicALB reports whether the load balancer is an internet-facing ALB, or may be.
func (lb *LoadBalancer) IsPublicALB() bool {
	return lb.Kind() == Application && lb.IsInternetFacing() != No
}

// LoadBalancerEntry is the load balancer of whose DNS name a value is made, with "dualstack." in front of it or without, and whether the
// value is that name: else it is the ID of the name's hosted zone.
func (n *Network) LoadBalancerEntry(v Value) (lb *LoadBalancer, isName bool) {
	if parts := v.Parts(); len(parts) == 2 {
		if prefix, ok := parts[0].Text(); ok && prefix == "dualstack." {
			lb, isName = n.LoadBalancerEntry(parts[1])
			return lb, isName
		}
	}
	r, attribute, ok := v.Reference()
	if !ok || r.Type != loadBalancerType || attribute != "DNSName" && attribute != "CanonicalHostedZoneID" {
		return nil, false
	}
	return n.loadBalancers.by[r], attribute == "DNSName"
}

// LoadBalancerRecords are the record sets that lead to a load balancer.
func (n *Network) LoadBalancerRecords(lb *LoadBalancer) []Record { return n.recordsTo[lb.Resource] }
