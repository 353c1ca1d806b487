package publicapi

import (
	"slices"
	"strings"

	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/alb"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/certificates"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/subnets"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// hasInternalALB reports whether the ALB of the provider is there.
func (p Phase) hasInternalALB() bool { return p.isFrom(Phase_WATCH) }

// planProvider plans the provider of the phase. From the first phase on, it reports what the last one would refuse.
func (plan *migrationPlan) planProvider(r *rules.Report, scope constructs.Construct, props *MigrationProps) {
	if props.Provider == nil {
		if plan.phase.isFrom(Phase_ATTACH) {
			r.AddWithFix(rules.Required, "Provider", "supply the properties of the provider with which the migration ends", "is missing in the phase %s", plan.phase)
		}
		return
	}
	plan.checkProvider(r, scope, props)
	if props.Listener != nil && plan.phase != Phase_INTERNAL { // that of the API is not defined yet
		part := &rules.Report{}
		privateapi.CheckPrivateApiProvider(part, scope, Phase_WATCH.providerProps(props))
		addUnder(r, part, ofMigration)
	}
	switch plan.phase {
	case Phase_STATUS_QUO:
	case Phase_INTERNAL:
		plan.provider = props.Provider
	default:
		plan.provider = plan.phase.providerProps(props)
	}
}

// ofMigration returns the property of a migration that becomes one of its provider.
func ofMigration(property string) string {
	switch property {
	case "Listener", "ListenerLoadBalancer", "ListenerPort", "ListenerProtocol", "StandbyPort":
		return property
	case "BuiltListenerPort":
		return "Provider.ListenerPort"
	}
	return "Provider." + property
}

// checkProvider reports what is wrong with the provider with which the migration ends.
func (plan *migrationPlan) checkProvider(r *rules.Report, scope constructs.Construct, props *MigrationProps) {
	given := props.Provider
	for _, name := range check.Set(
		check.Property{Name: "Listener", IsSet: given.Listener != nil},
		check.Property{Name: "StandbyAlb", IsSet: given.StandbyAlb != ""},
	) {
		r.AddWithFix(rules.Contradiction, "Provider."+name, "leave it out: the migration sets it", "is set, but the provider ends with its own ALB alone")
	}
	under := func(property string) string { return "Provider." + property }
	part := &rules.Report{}
	privateapi.CheckPrivateApiProvider(part, scope, given)
	if props.PublicApi != nil {
		certificates.Check(part, plan.stack, given.Certificates, props.PublicApi.DomainNames)
		plan.checkAgainstApi(r, props)
	}
	addUnder(r, part, under)
	check.Port(r, "StandbyPort", props.StandbyPort)
	standby, isLiteral := token.LiteralNumber(prop.Or(props.StandbyPort, jsii.Number(check.DefaultStandbyPort)))
	if port, ok := token.LiteralNumber(prop.Or(given.Port, jsii.Number(check.DefaultPort))); ok && isLiteral && port == standby {
		r.AddWithFix(rules.ListenerPort, "StandbyPort", "use another port than that of the API", "%v is the port of the API", standby)
	}
}

// checkAgainstApi reports a provider that cannot take over from the API.
func (plan *migrationPlan) checkAgainstApi(r *rules.Report, props *MigrationProps) {
	public, provider := props.PublicApi, props.Provider
	if !token.AnyIn(public.DomainNames) && !token.AnyIn(provider.DomainNames) {
		ours, theirs := token.Literals(public.DomainNames), token.Literals(provider.DomainNames)
		slices.Sort(ours)
		slices.Sort(theirs)
		if !slices.Equal(ours, theirs) {
			r.Add(rules.MigrationNames, "Provider.DomainNames", "has %s, and PublicApi has %s", namesOrNone(theirs), namesOrNone(ours))
		}
	}
	own, other := placement.VPCOf(plan.stack, public.Vpc), placement.VPCOf(plan.stack, provider.Vpc)
	if own.IsOther(other) {
		r.AddWithFix(rules.LoadBalancerVpc, "Provider.Vpc", "use the VPC of PublicApi", "is %s, but PublicApi is in %s", other, own)
	}
	verifies := public.MutualAuthentication != nil && public.MutualAuthentication.MutualAuthenticationMode == elbv2.MutualAuthenticationMode_VERIFY
	if verifies && prop.Or(provider.HealthCheck, &elbv2.HealthCheck{}).Port == nil {
		r.AddWithFix(rules.HealthCheck, "Provider.HealthCheck.Port", "set a port of its own, such as 8080",
			"is missing, but PublicApi asks clients for a certificate, which an NLB does not have")
	}
}

func namesOrNone(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}

// providerProps returns the properties of the provider in a phase in which the ALB that exists is behind its NLB.
func (p Phase) providerProps(props *MigrationProps) *privateapi.PrivateApiProviderProps {
	provider := prop.Copy(props.Provider)
	builtPort := provider.ListenerPort
	provider.Listener, provider.ListenerLoadBalancer = props.Listener, props.ListenerLoadBalancer
	provider.ListenerPort, provider.ListenerProtocol = props.ListenerPort, props.ListenerProtocol
	provider.HealthCheck = healthCheckOf(props)
	if p.hasInternalALB() {
		provider.StandbyAlb, provider.StandbyPort, provider.BuiltListenerPort = privateapi.StandbyAlb_BUILT, props.StandbyPort, builtPort
		if p == Phase_CLOSE {
			provider.StandbyAlb = privateapi.StandbyAlb_LISTENER
		}
		return provider
	}
	provider.Certificates, provider.SslPolicy, provider.MutualAuthentication, provider.WebAclArn = nil, "", nil, nil
	provider.AccessLogsBucket, provider.AccessLogsPrefix, provider.ConnectionLogsBucket, provider.ConnectionLogsPrefix = nil, nil, nil, nil
	provider.IdleTimeout, provider.XffHeaderProcessingMode = nil, ""
	if p == Phase_ATTACH {
		provider.DeletionProtection = jsii.Bool(false) // the way back removes the NLB
	}
	return provider
}

// healthCheckOf returns how the NLB checks both ALBs. That of the API answers as that of the provider does by default.
func healthCheckOf(props *MigrationProps) *elbv2.HealthCheck {
	given := prop.Or(prop.Copy(props.Provider.HealthCheck), &elbv2.HealthCheck{})
	if props.PublicApi == nil {
		return given
	}
	given.Path = prop.Or(given.Path, jsii.String(alb.DefaultHealthCheckPath))
	if given.Protocol == "" && hasHealthCheckPort(props) {
		given.Protocol = elbv2.Protocol_HTTP // that of a listener for health checks
	}
	return given
}

// hasHealthCheckPort reports whether listeners of their own answer the health checks of the NLB, and not rules.
func hasHealthCheckPort(props *MigrationProps) bool {
	given := props.Provider.HealthCheck
	return given != nil && given.Port != nil && *given.Port != "traffic-port"
}

// planApi plans the API of the phase.
func (plan *migrationPlan) planApi(r *rules.Report, scope constructs.Construct, props *MigrationProps) {
	if props.PublicApi == nil || plan.phase == Phase_INTERNAL {
		return
	}
	plan.api = props.PublicApi
	plan.stage.isClosed = plan.phase == Phase_CLOSE
	if props.Provider != nil {
		blocks := plan.networkBlocks(r, props)
		plan.reservesPriority = !hasHealthCheckPort(props)
		if plan.provider != nil {
			plan.stage.healthCheck, plan.stage.networkBlocks = healthCheckOf(props), blocks
		}
	}
	part := &rules.Report{}
	newApiPlan(part, scope, plan.api, plan.stage)
	addUnder(r, part, func(property string) string {
		if strings.HasPrefix(property, "HealthCheck") {
			return "Provider." + property
		}
		return "PublicApi." + property
	})
}

// networkBlocks returns the IPv4 blocks of the subnets of the NLB, which the web ACL of the API lets in.
func (plan *migrationPlan) networkBlocks(r *rules.Report, props *MigrationProps) (blocks []*string) {
	provider := props.Provider
	selected := subnets.Selector{Stack: plan.stack, Vpc: provider.Vpc, Property: "VpcSubnets", Selected: provider.VpcSubnets}.Select(&rules.Report{})
	if selected == nil {
		return nil // which is reported already
	}
	for _, subnet := range *selected.Subnets {
		block := subnets.BlockOf(plan.stack, subnet)
		if block == nil {
			if props.PublicApi.WebAclArn == nil && !selected.Zones.Pending { // a lookup must not fail on its placeholders
				r.Add(rules.MigrationNetworkBlocks, "Provider.VpcSubnets", "has a subnet whose IPv4 block is unknown")
			}
			return []*string{}
		}
		blocks = append(blocks, block)
	}
	return blocks
}
