package privateapi

import (
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// consumerPlan is a consumer with all defaults filled in and all rules checked.
type consumerPlan struct {
	scope       constructs.Construct
	props       *PrivateApiConsumerProps
	stack       *answers.Stack
	ports       *[]*float64
	domainNames *[]*string
	zones       []*zonePlan // none unless the consumer defines hosted zones
	zoneVpcs    []awsec2.IVpc
	clients     []awsec2.IConnectable
	clientsWait bool              // if they are ECS services
	connections []*ConnectionPlan // to Service, and to Previous if there is one
	report      *rules.Report     // has no errors, but may have warnings

	routingPolicy RoutingPolicy
	weights       []*float64 // of the records that lead to Service, and to Previous; nil unless they are weighted
}

// planConsumer panics with all problems of the props. It defines nothing.
func planConsumer(scope constructs.Construct, id *string, props *PrivateApiConsumerProps) *consumerPlan {
	r := &rules.Report{}
	check.Embedded(r, "", props)
	refusal.Of(r, scope, id) // what is nil cannot be asked for more
	plan := &consumerPlan{scope: scope, props: props, stack: answers.StackOf(scope), clients: prop.Elements(props.Clients), report: r}
	service := props.Service
	if service == nil {
		r.AddWithFix(rules.Required, "Service", "supply the provider, or PrivateApiService_FromAttributes", "is missing")
		service = unknownService()
	}
	if props.Vpc == nil {
		r.AddWithFix(rules.Required, "Vpc", "supply the VPC in which to place the endpoint", "is missing")
	}
	plan.checkClients()
	check.DomainNames(r, "DomainNames", props.DomainNames)
	check.NoNil(r, "HostedZoneVpcs", props.HostedZoneVpcs)
	plan.clientsWait = props.ClientsDependOnConnection == nil || *props.ClientsDependOnConnection
	if plan.ports = service.Ports(); len(prop.Elements(plan.ports)) == 0 {
		r.AddWithFix(rules.Required, "Service", "supply a service that has a port: add the listeners of a PrivateNlbProvider before", "has no port for clients to connect to")
	}
	if plan.domainNames = prop.Copy(props.DomainNames); plan.domainNames == nil {
		plan.domainNames = service.DomainNames()
	}
	mode := prop.EnumOr(props.DnsMode, DnsMode_PRIVATE_HOSTED_ZONE)
	plan.connections = append(plan.connections, service.PlanConnection(plan.optionsOf(mode, r)))
	plan.planPrevious(mode)
	plan.checkEndpointProps(props)
	plan.planDns(props, mode)
	plan.planRouting(mode)
	plan.planProfile(id)
	plan.claimNames(id)
	refusal.Of(r, scope, id)
	return plan
}

// optionsOf are what the consumer requests of a connection. Each service gets its own, with the report for its problems.
func (plan *consumerPlan) optionsOf(mode DnsMode, r *rules.Report) *ConnectionOptions {
	props := plan.props
	return &ConnectionOptions{
		Scope: plan.scope, Vpc: props.Vpc, DomainNames: prop.Copy(plan.domainNames), HostedZoneVpcs: prop.Copy(props.HostedZoneVpcs), DnsMode: mode, ConnectionAccepted: props.ConnectionAccepted,
		Subnets: props.Subnets, ZoneIds: prop.Copy(props.ZoneIds), SecurityGroups: prop.Copy(props.SecurityGroups), IpAddressType: props.IpAddressType,
		EndpointPolicy: props.EndpointPolicy, ForceEndpointPolicy: props.ForceEndpointPolicy,
		Report: r,
	}
}

// unknownService replaces a missing service, so that the other props are still checked.
func unknownService() IPrivateApiService {
	return &importedService{name: jsii.String(""), ports: &[]*float64{jsii.Number(check.DefaultPort)}}
}

// checkEndpointProps reports what is meant for an endpoint if no connection has one.
func (plan *consumerPlan) checkEndpointProps(props *PrivateApiConsumerProps) {
	if slices.ContainsFunc(plan.connections, func(c *ConnectionPlan) bool { return c.HasEndpoint }) {
		return
	}
	for _, name := range check.Set(
		check.Property{Name: "Subnets", IsSet: props.Subnets != nil},
		check.Property{Name: "ZoneIds", IsSet: props.ZoneIds != nil},
		check.Property{Name: "SecurityGroups", IsSet: props.SecurityGroups != nil},
		check.Property{Name: "IpAddressType", IsSet: props.IpAddressType != ""},
		check.Property{Name: "EndpointPolicy", IsSet: props.EndpointPolicy != nil},
		check.Property{Name: "ForceEndpointPolicy", IsSet: props.ForceEndpointPolicy != nil},
		check.Property{Name: "ConnectionAccepted", IsSet: props.ConnectionAccepted != nil},
	) {
		plan.report.AddWithFix(rules.Contradiction, name, "leave it out",
			"is set, but the service is reached over %s, without an interface endpoint", plan.connections[0].Transport)
	}
}
