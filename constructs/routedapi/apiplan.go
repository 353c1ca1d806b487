package routedapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/alb"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/subnets"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// apiPlan is an API with all defaults filled in and all rules checked.
type apiPlan struct {
	report       *rules.Report // has no errors, but may have warnings
	stack        *answers.Stack
	vpc          awsec2.IVpc
	domainNames  *[]*string
	loadBalancer *alb.Plan
	cidrBlocks   []*string
	ingress      []*ingressRule
}

// planApi panics with all problems of the props. It only reads what the caller passed and defines nothing.
func planApi(scope constructs.Construct, id *string, props *ApiProps) *apiPlan {
	r := &rules.Report{}
	props = prop.Or(prop.Copy(props), &ApiProps{}) // the caller may change its own
	check.Embedded(r, "", props)
	if props.Vpc == nil {
		r.AddWithFix(rules.Required, "Vpc", "supply the VPC in which the ALB stands", "is missing")
	}
	refusal.Of(r, scope, id) // what is nil cannot be asked for more
	plan := &apiPlan{report: r, stack: answers.StackOf(scope), vpc: props.Vpc, domainNames: props.DomainNames}
	check.DomainNames(r, "DomainNames", props.DomainNames)
	selected := plan.planSubnets(r, props)
	plan.planLoadBalancer(r, props, selected)
	plan.planCidrBlocks(r, props, selected)
	plan.ingress = planIngress(r, plan.stack, clientProps{
		blocks: "AllowedCidrs", cidrBlocks: props.AllowedCidrs, groups: "AllowedSecurityGroups", securityGroups: props.AllowedSecurityGroups,
	}, []*float64{plan.loadBalancer.Port()})
	refusal.Of(r, scope, id)
	return plan
}

// planSubnets selects the subnets of an ALB that is built; nil for the caller's.
func (plan *apiPlan) planSubnets(r *rules.Report, props *ApiProps) *[]awsec2.ISubnet {
	if props.Listener != nil {
		for _, name := range check.Set(
			check.Property{Name: "VpcSubnets", IsSet: props.VpcSubnets != nil},
			check.Property{Name: "DeletionProtection", IsSet: props.DeletionProtection != nil},
		) {
			r.AddWithFix(rules.Contradiction, name, "set it on the ALB of the Listener", "is set together with Listener")
		}
		return nil
	}
	selected := subnets.Selector{Stack: plan.stack, Vpc: props.Vpc, Property: "VpcSubnets", Selected: props.VpcSubnets}.Select(r)
	if selected == nil {
		return nil
	}
	selected.Zones.CheckLoadBalancer(r, "VpcSubnets", "private")
	return selected.Subnets
}

func (plan *apiPlan) planLoadBalancer(r *rules.Report, props *ApiProps, selected *[]awsec2.ISubnet) {
	plan.loadBalancer = alb.NewPlan(r, plan.stack, &alb.Options{
		Vpc:                      props.Vpc,
		Subnets:                  selected,
		SecurityGroupDescription: "ALB of a private API: named clients in, targets out",
		DeletionProtection:       props.DeletionProtection == nil || *props.DeletionProtection,
		Listener:                 props.Listener,
		ListenerLoadBalancer:     props.ListenerLoadBalancer,
		ListenerPort:             props.Port,
		PortProperty:             "Port",
		ListenerProtocol:         props.ListenerProtocol,
		DomainNames:              props.DomainNames,
		Certificates:             props.Certificates,
		SslPolicy:                props.SslPolicy,
		MutualAuthentication:     props.MutualAuthentication,
		AccessLogsBucket:         props.AccessLogsBucket,
		AccessLogsPrefix:         props.AccessLogsPrefix,
		ConnectionLogsBucket:     props.ConnectionLogsBucket,
		ConnectionLogsPrefix:     props.ConnectionLogsPrefix,
		IdleTimeout:              props.IdleTimeout,
		XffHeaderProcessingMode:  props.XffHeaderProcessingMode,
		WebAclArn:                props.WebAclArn,
	})
	if plan.loadBalancer.IsInternetFacing() {
		r.Add(rules.RoutedInternal, "Listener", "has an internet-facing ALB")
	}
	if !plan.loadBalancer.HasAddress() {
		r.AddWithFix(rules.Required, "ListenerLoadBalancer", "import the ALB with LoadBalancerDnsName and LoadBalancerCanonicalHostedZoneId", "has no DNS name or hosted zone ID, to which records lead")
	}
	if (props.AllowedCidrs != nil || props.AllowedSecurityGroups != nil) && !plan.loadBalancer.HasGroup() {
		r.AddWithFix(rules.Required, "ListenerLoadBalancer", "give the ALB a security group, or allow clients where its own is defined", "has no security group that could let clients in")
	}
}
