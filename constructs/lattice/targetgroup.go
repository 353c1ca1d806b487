package lattice

import (
	"slices"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsvpclattice"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

const (
	requestsToTargets     = "Requests from VPC Lattice to targets"
	healthChecksOfTargets = "Health checks from VPC Lattice to targets"
)

// targetGroupPlan is a target group whose target is checked, and the target group itself once it is defined.
type targetGroupPlan struct {
	*TargetPlan
	group *onecall.Item[awsvpclattice.CfnTargetGroup]
}

// planTarget checks a target, which is not nil.
func (plan *apiPlan) planTarget(r *rules.Report, property string, target ITarget) *targetGroupPlan {
	options := &TargetOptions{Scope: plan.scope, Property: property, Protocol: plan.protocol(), Report: r}
	if plan.certificate != nil {
		options.Certificate = plan.certificateOf
	}
	planned := target.PlanTarget(options)
	if planned == nil {
		return nil // which is reported
	}
	plan.checkTargetGroup(r, property, planned)
	return &targetGroupPlan{TargetPlan: planned}
}

// protocol is what the API speaks to its clients.
func (plan *apiPlan) protocol() ListenerProtocol { return plan.listener.protocol }

// checkTargetGroup checks what all types of targets have.
func (plan *apiPlan) checkTargetGroup(r *rules.Report, property string, t *TargetPlan) {
	if t.Type == TargetType_LAMBDA {
		if plan.protocol() == ListenerProtocol_TLS_PASSTHROUGH {
			r.AddWithFix(rules.LatticePassthrough, property, "use targets of TCP", "is a function, but the listener is TLS_PASSTHROUGH")
		}
		return
	}
	check.Port(r, property+".Port", t.Port)
	if !slices.Contains([]TargetProtocol{TargetProtocol_HTTP, TargetProtocol_HTTPS, TargetProtocol_TCP}, t.Protocol) {
		r.AddWithFix(rules.KnownValue, property+".Protocol", "use one of the TargetProtocol constants", "%q is not one of its values", t.Protocol)
	} else {
		rules.CheckLatticeTargetProtocol(r, property+".Protocol", string(plan.protocol()), string(t.Protocol))
	}
	if !slices.Contains([]ProtocolVersion{"", ProtocolVersion_HTTP1, ProtocolVersion_HTTP2, ProtocolVersion_GRPC}, t.ProtocolVersion) {
		r.AddWithFix(rules.KnownValue, property+".ProtocolVersion", "use one of the ProtocolVersion constants", "%q is not one of its values", t.ProtocolVersion)
	}
	if t.Protocol == TargetProtocol_TCP && t.ProtocolVersion != "" {
		r.AddWithFix(rules.LatticeTargetProtocol, property+".ProtocolVersion", "leave it out", "is %s, but targets of TCP speak no HTTP", t.ProtocolVersion)
	}
	if n := len(prop.Elements(t.Targets)); n > rules.MaxLatticeTargets {
		r.AddWithFix(rules.LatticeTarget, property, "split the targets over several target groups", "has %d targets, and CloudFormation registers at most %d in one target group", n, rules.MaxLatticeTargets)
	}
	if t.HealthCheck != nil && t.Type == TargetType_ALB {
		r.AddWithFix(rules.LatticeHealthCheck, property+".HealthCheck", "leave it out: the ALB checks its own targets", "is set for an ALB")
		return
	}
	checkHealthCheck(r, property+".HealthCheck", t)
	plan.checkVpc(r, property, t)
}

// checkVpc reports a VPC in another account or Region, where a target group of the API's cannot be.
func (plan *apiPlan) checkVpc(r *rules.Report, property string, t *TargetPlan) {
	own, isOwn := t.Vpc.(awsec2.Vpc)
	if isOwn && !answers.StackOf(own).SharesEnvironment(plan.stack) {
		r.AddWithFix(rules.LatticeTarget, property, "define the API in the account and Region of its targets", "is in a VPC of another account or Region")
	}
}

// claimTargets notes which ALBs the API has as targets.
func (plan *apiPlan) claimTargets(targets ...*targetGroupPlan) {
	for _, target := range targets {
		if target != nil && target.loadBalancer != "" {
			claims := plan.claimsOf(target.loadBalancer)
			*claims = append(*claims, plan)
		}
	}
}

// claimsOf returns the APIs that have an ALB as a target.
func (plan *apiPlan) claimsOf(loadBalancer string) *[]*apiPlan {
	return answers.OfApp(plan.stack, "Lattice services of "+loadBalancer, func() *[]*apiPlan { return &[]*apiPlan{} })
}

// checkClaims reports an ALB that is a target too often: of two APIs already, or of this one.
func (plan *apiPlan) checkClaims(r *rules.Report, property string, target *targetGroupPlan) {
	if target == nil || target.loadBalancer == "" {
		return
	}
	claims := *plan.claimsOf(target.loadBalancer)
	if slices.Contains(claims, plan) {
		r.AddWithFix(rules.LatticeAlbQuota, property, "forward to the ALB once, and let its listener rules do the rest", "is an ALB to which the API forwards already")
	} else if len(claims) >= rules.MaxLatticeServicesOfALB {
		var paths []string
		for _, claim := range claims {
			paths = append(paths, refusal.ChildPath(claim.scope, claim.id))
		}
		r.Add(rules.LatticeAlbQuota, property, "is an ALB that is the target of %s already", strings.Join(paths, " and "))
	}
}

// defineTargetGroup defines a target group, and opens its targets to VPC Lattice: it sends requests and health checks from addresses of the
// prefix list.
func (a *api) defineTargetGroup(id string, plan *targetGroupPlan) *onecall.Item[awsvpclattice.CfnTargetGroup] {
	config := &awsvpclattice.CfnTargetGroup_TargetGroupConfigProperty{}
	if plan.Type != TargetType_LAMBDA {
		config.Port, config.Protocol, config.HealthCheck = plan.Port, jsii.String(string(plan.Protocol)), plan.HealthCheck.property()
		config.VpcIdentifier = answers.Of(a.plan.stack, plan.Vpc, "ID", plan.Vpc.VpcId)
		if plan.ProtocolVersion != "" {
			config.ProtocolVersion = jsii.String(string(plan.ProtocolVersion))
		}
	}
	props := &awsvpclattice.CfnTargetGroupProps{Type: jsii.String(string(plan.Type))}
	if *config != (awsvpclattice.CfnTargetGroup_TargetGroupConfigProperty{}) {
		props.Config = config
	}
	if plan.Targets != nil {
		props.Targets = *plan.Targets
	}
	plan.group = onecall.Add(a.batch, awsvpclattice.NewCfnTargetGroup, id, props)
	for _, dependency := range prop.Elements(plan.Dependencies) {
		onecall.WaitFor(a.batch, plan.group, onecall.Use(a.batch, dependency))
	}
	for _, peer := range prop.Elements(plan.Peers) {
		a.open(peer, plan)
	}
	a.targetGroups++
	return plan.group
}

// open lets VPC Lattice reach a target. The rule stands with the target's security group.
func (a *api) open(peer awsec2.IConnectable, plan *targetGroupPlan) {
	connections := onecall.Get(onecall.Use(a.batch, peer), awsec2.IConnectable.Connections)
	allow := func(port *float64, description string) {
		onecall.Call3(connections, awsec2.Connections.AllowFrom, awsec2.IConnectable(a.plan.prefixList), a.plan.stack.Tcp(port), jsii.String(description))
	}
	allow(plan.Port, requestsToTargets)
	if plan.HealthCheck != nil && plan.HealthCheck.Port != nil && *plan.HealthCheck.Port != *plan.Port {
		allow(plan.HealthCheck.Port, healthChecksOfTargets)
	}
}

// wanted returns the target groups that [api.attach] needs, for the call that defines them.
func (a *api) wanted(plans ...*targetGroupPlan) (wanted []onecall.Wanted) {
	for _, plan := range plans {
		if plan != nil && plan.Attach != nil {
			wanted = append(wanted, plan.group)
		}
	}
	return wanted
}

// attach lets targets that register themselves do so.
func (a *api) attach(plans ...*targetGroupPlan) {
	for _, plan := range plans {
		if plan != nil && plan.Attach != nil {
			plan.Attach(a, plan.group.Object())
		}
	}
}
