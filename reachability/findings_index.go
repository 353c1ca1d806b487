package reachability

import (
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// The types of resources that are reviewed.
const (
	cfnLoadBalancer = "AWS::ElasticLoadBalancingV2::LoadBalancer"
	cfnListener     = "AWS::ElasticLoadBalancingV2::Listener"
	cfnListenerRule = "AWS::ElasticLoadBalancingV2::ListenerRule"
	cfnTargetGroup  = "AWS::ElasticLoadBalancingV2::TargetGroup"
	cfnService      = "AWS::EC2::VPCEndpointService"
	cfnPermissions  = "AWS::EC2::VPCEndpointServicePermissions"
	cfnEndpoint     = "AWS::EC2::VPCEndpoint"
	cfnVpc          = "AWS::EC2::VPC"
	cfnSubnet       = "AWS::EC2::Subnet"
	cfnGroup        = "AWS::EC2::SecurityGroup"
	cfnGroupIngress = "AWS::EC2::SecurityGroupIngress"
	cfnGroupEgress  = "AWS::EC2::SecurityGroupEgress"
	cfnHostedZone   = "AWS::Route53::HostedZone"
)

// reviewIndex has what the review looks up, by resource. It has what may be deployed too: that is enough to say that
// something is not missing.
type reviewIndex struct {
	m           *Model
	listenersOf map[*assembly.Resource][]*assembly.Resource // load balancer → listeners
	rulesOf     map[*assembly.Resource][]*assembly.Resource // listener → listener rules
	balancersOf map[*assembly.Resource][]*assembly.Resource // target group → load balancers that forward to it
	groupsOf    map[*assembly.Resource][]*assembly.Resource // load balancer → target groups that it forwards to
	servicesOf  map[*assembly.Resource][]*assembly.Resource // load balancer → endpoint services
	allowedBy   map[*assembly.Resource][]*assembly.Resource // endpoint service → permissions
	endpointsOf map[*assembly.Resource][]*assembly.Resource // endpoint service → endpoints
	ingressOf   map[*assembly.Resource][]ingressEntry       // security group → ingress rules
	zoneIn      map[zoneKey]*assembly.Resource              // name and VPC → the first private hosted zone
	changed     map[*assembly.Resource]bool                 // what a custom resource refers to, and may change
	portsOf     map[*assembly.Resource]*albPorts            // load balancer → ports; filled as it is asked for
	// What one of these belongs to is not known: none of its kind can be missed for certain.
	strayListener, strayRule, strayPermissions, strayIngress bool
}

// ingressEntry is an ingress rule: a resource, or an item of a security group.
type ingressEntry struct {
	r    *assembly.Resource
	path []any
}

// at returns the way to a property of the rule.
func (i ingressEntry) at(property string) []any {
	return append(i.path[:len(i.path):len(i.path)], property)
}

func newReview(m *Model) *review {
	v := &review{reviewIndex: reviewIndex{
		m:           m,
		listenersOf: map[*assembly.Resource][]*assembly.Resource{}, rulesOf: map[*assembly.Resource][]*assembly.Resource{},
		balancersOf: map[*assembly.Resource][]*assembly.Resource{}, groupsOf: map[*assembly.Resource][]*assembly.Resource{},
		servicesOf: map[*assembly.Resource][]*assembly.Resource{}, allowedBy: map[*assembly.Resource][]*assembly.Resource{},
		endpointsOf: map[*assembly.Resource][]*assembly.Resource{}, ingressOf: map[*assembly.Resource][]ingressEntry{},
		zoneIn:  map[zoneKey]*assembly.Resource{},
		changed: map[*assembly.Resource]bool{}, portsOf: map[*assembly.Resource]*albPorts{},
	}}
	v.strayRule = v.belong(v.rulesOf, cfnListenerRule, "ListenerArn", cfnListener)
	v.strayListener = v.belong(v.listenersOf, cfnListener, "LoadBalancerArn", cfnLoadBalancer)
	v.strayPermissions = v.belong(v.allowedBy, cfnPermissions, "ServiceId", cfnService)
	v.indexForwards()
	v.indexServices()
	v.indexIngress()
	v.indexZones()
	v.indexCustomResources()
	return v
}

// belong indexes resources of a type by what a property of theirs refers to. It reports whether one does not say.
func (v *review) belong(index map[*assembly.Resource][]*assembly.Resource, resourceType, property, ownerType string) (stray bool) {
	for _, r := range v.m.ofType(resourceType) {
		of := r.Property(property)
		if owner := refersTo(of, ownerType); owner != nil {
			index[owner] = append(index[owner], r)
			continue
		}
		stray = stray || of.Kind() != assembly.Literal
	}
	return stray
}

func (v *review) indexForwards() {
	seen := map[[2]*assembly.Resource]bool{}
	add := func(balancer, r *assembly.Resource, property string) {
		for _, f := range forwardsOf(r, property) {
			group := refersTo(f.to, cfnTargetGroup)
			if group == nil || seen[[2]*assembly.Resource{balancer, group}] {
				continue
			}
			seen[[2]*assembly.Resource{balancer, group}] = true
			v.groupsOf[balancer] = append(v.groupsOf[balancer], group)
			v.balancersOf[group] = append(v.balancersOf[group], balancer)
		}
	}
	for _, listener := range v.m.ofType(cfnListener) {
		balancer := refersTo(listener.Property("LoadBalancerArn"), cfnLoadBalancer)
		if balancer == nil || !v.isSure(listener) {
			continue
		}
		add(balancer, listener, "DefaultActions")
		for _, rule := range v.rulesOf[listener] {
			if v.isSure(rule) {
				add(balancer, rule, "Actions")
			}
		}
	}
}

func (v *review) indexServices() {
	for _, service := range v.sure(cfnService) {
		for _, arn := range items(service, "NetworkLoadBalancerArns") {
			if balancer := refersTo(arn, cfnLoadBalancer); balancer != nil {
				v.servicesOf[balancer] = append(v.servicesOf[balancer], service)
			}
		}
	}
	for _, endpoint := range v.m.ofType(cfnEndpoint) {
		if service := partOf(endpoint.Property("ServiceName"), cfnService); service != nil {
			v.endpointsOf[service] = append(v.endpointsOf[service], endpoint)
		}
	}
}

func (v *review) indexIngress() {
	for _, group := range v.m.ofType(cfnGroup) {
		for i := range items(group, "SecurityGroupIngress") {
			v.ingressOf[group] = append(v.ingressOf[group], ingressEntry{group, []any{"SecurityGroupIngress", i}})
		}
	}
	for _, r := range v.m.ofType(cfnGroupIngress) {
		of := r.Property("GroupId")
		if group := refersTo(of, cfnGroup); group != nil {
			v.ingressOf[group] = append(v.ingressOf[group], ingressEntry{r, nil})
			continue
		}
		v.strayIngress = v.strayIngress || of.Kind() != assembly.Literal
	}
}

func (v *review) indexZones() {
	for _, zone := range v.sure(cfnHostedZone) {
		for _, vpc := range items(zone, "VPCs") {
			key := zoneKey{zoneName(zone.Property("Name")), keyOfVpc(vpc.Field("VPCId"))}
			if v.zoneIn[key] == nil && key.name != "" && key.vpc != (vpcKey{}) {
				v.zoneIn[key] = zone
			}
		}
	}
}

// indexCustomResources notes what custom resources can change: they name it in their properties.
func (v *review) indexCustomResources() {
	for _, stack := range v.m.asm.Stacks {
		for _, r := range stack.Resources() {
			if r.Exists == assembly.No || !isCustom(r.Type) {
				continue
			}
			for _, changed := range r.Implicit() {
				v.changed[changed] = true
			}
		}
	}
}

// isCustom reports whether a resource is code of its owner's.
func isCustom(resourceType string) bool {
	return strings.HasPrefix(resourceType, "Custom::") || resourceType == "AWS::CloudFormation::CustomResource"
}

// forwarded is one target group of an action.
type forwarded struct {
	to   assembly.Value
	path []any
}

// forwardsOf returns the target groups that the actions of a listener or a rule forward to.
func forwardsOf(r *assembly.Resource, property string) []forwarded {
	var all []forwarded
	for i, action := range items(r, property) {
		if kind, _ := action.Field("Type").Text(); kind != "forward" {
			continue
		}
		if to := action.Field("TargetGroupArn"); to.Kind() != assembly.Absent {
			all = append(all, forwarded{to, []any{property, i, "TargetGroupArn"}})
		}
		groups, _ := action.Field("ForwardConfig").Field("TargetGroups").Items()
		for j, group := range groups {
			all = append(all, forwarded{group.Field("TargetGroupArn"), []any{property, i, "ForwardConfig", "TargetGroups", j, "TargetGroupArn"}})
		}
	}
	return all
}
