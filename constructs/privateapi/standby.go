package privateapi

import (
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/alb"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// StandbyAlb is which of the two ALBs behind an NLB stands by.
type StandbyAlb string

const (
	// StandbyAlb_BUILT is the ALB that is built: clients reach that of Listener.
	StandbyAlb_BUILT StandbyAlb = "BUILT"
	// StandbyAlb_LISTENER is the ALB of Listener: clients reach the one that is built.
	StandbyAlb_LISTENER StandbyAlb = "LISTENER"
)

// standbyPlan is a second ALB behind the NLB.
type standbyPlan struct {
	port         *float64 // of the NLB
	loadBalancer *alb.Plan
}

// planLoadBalancers plans the ALB behind the NLB, or both if one stands by.
func (plan *providerPlan) planLoadBalancers(r *rules.Report, props *PrivateApiProviderProps) {
	options := plan.loadBalancerOptions(props)
	if props.StandbyAlb == "" {
		for _, name := range check.Set(
			check.Property{Name: "StandbyPort", IsSet: props.StandbyPort != nil},
			check.Property{Name: "BuiltListenerPort", IsSet: props.BuiltListenerPort != nil},
		) {
			r.AddWithFix(rules.Contradiction, name, "set StandbyAlb too, or leave it out", "is set without StandbyAlb")
		}
		plan.loadBalancer = alb.NewPlan(r, plan.link.stack, options)
		return
	}
	if !plan.checkStandby(r, props) {
		plan.loadBalancer = alb.NewPlan(&rules.Report{}, plan.link.stack, options)
		return
	}
	existing, built := splitOptions(options, props.BuiltListenerPort)
	if props.StandbyAlb == StandbyAlb_BUILT {
		built.DeletionProtection = false // the way back removes it
	}
	plan.loadBalancer = alb.NewPlan(r, plan.link.stack, existing)
	more := &rules.Report{} // what is wrong with the health check is wrong for both
	plan.standby = &standbyPlan{
		port:         prop.Or(props.StandbyPort, jsii.Number(check.DefaultStandbyPort)),
		loadBalancer: alb.NewPlan(more, plan.link.stack, built),
	}
	r.Merge(more)
	if props.StandbyAlb == StandbyAlb_LISTENER {
		plan.loadBalancer, plan.standby.loadBalancer = plan.standby.loadBalancer, plan.loadBalancer
	}
	check.Port(r, "StandbyPort", props.StandbyPort)
	port, portOk := token.LiteralNumber(plan.port)
	if standby, ok := token.LiteralNumber(plan.standby.port); ok && portOk && standby == port {
		r.AddWithFix(rules.ListenerPort, "StandbyPort", "use another port than that of the API", "%v is the port of the API", standby)
	}
}

// checkStandby reports what is missing for two ALBs.
func (plan *providerPlan) checkStandby(r *rules.Report, props *PrivateApiProviderProps) (ok bool) {
	ok = true
	if props.StandbyAlb != StandbyAlb_BUILT && props.StandbyAlb != StandbyAlb_LISTENER {
		r.AddWithFix(rules.KnownValue, "StandbyAlb", "use one of the StandbyAlb constants", "%q is not one of its values", props.StandbyAlb)
		ok = false
	}
	if props.Listener == nil {
		r.AddWithFix(rules.Required, "Listener", "supply the listener of the ALB that exists, or omit StandbyAlb", "is missing, and StandbyAlb needs two ALBs")
		ok = false
	}
	if len(prop.Elements(props.Certificates)) == 0 {
		r.AddWithFix(rules.CertificateRequired, "Certificates", "supply the certificates of the ALB that is built, or omit StandbyAlb", "is empty, and StandbyAlb needs two ALBs")
		ok = false
	}
	return ok
}

// splitOptions returns the options of the ALB that exists, and those of the one that is built.
func splitOptions(both *alb.Options, builtPort *float64) (existing, built *alb.Options) {
	existing = &alb.Options{
		Vpc:                  both.Vpc,
		DomainNames:          both.DomainNames,
		Listener:             both.Listener,
		ListenerLoadBalancer: both.ListenerLoadBalancer,
		ListenerPort:         both.ListenerPort,
		ListenerProtocol:     both.ListenerProtocol,
		NetworkIdleTimeout:   both.NetworkIdleTimeout,
		HealthCheck:          both.HealthCheck,
	}
	built = prop.Copy(both)
	built.Listener, built.ListenerLoadBalancer, built.ListenerProtocol = nil, nil, ""
	built.ListenerPort, built.PortProperty = builtPort, "BuiltListenerPort"
	return existing, built
}

// existing returns the plan of the caller's ALB if there is one, else that of the ALB that is built.
func (plan *providerPlan) existing() *alb.Plan {
	if plan.standby != nil && !plan.standby.loadBalancer.IsBuilt() {
		return plan.standby.loadBalancer
	}
	return plan.loadBalancer
}

func (p *privateApiProvider) StandbyNetworkListener() elbv2.CfnListener {
	if p.standby == nil {
		return nil
	}
	p.validateHop(p.standby)
	return p.standby.listener.Object()
}

func (p *privateApiProvider) StandbyTargetGroup() elbv2.CfnTargetGroup {
	if p.standby == nil {
		return nil
	}
	p.validateHop(p.standby)
	return p.standby.targetGroup.Object()
}
