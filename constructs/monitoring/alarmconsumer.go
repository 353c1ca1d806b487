package monitoring

import (
	"fmt"
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/alarms"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/metrics"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cloudwatch"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// ConsumerAlarmsProps are the properties of [ConsumerAlarms].
type ConsumerAlarmsProps struct {
	// The consumer that is watched. It is in the account and Region of the alarms. While it moves from a Previous service, the connection to its
	// Service is watched.
	//
	// Required.
	Consumer privateapi.IPrivateApiConsumer

	// The subnets of the endpoint, for an alarm on each instead of one on the endpoint: PacketsDropped and RstPacketsReceived. AWS recommends
	// PacketsDropped so; it costs $0.10 a month for each subnet. Refused for a consumer without an endpoint.
	//
	// Default: - none: one alarm adds up all subnets.
	Subnets *[]awsec2.ISubnet

	// The spoke of package transitgateway over which the consumer calls an API by route, for PacketDrops: what the gateway drops of its VPC's
	// packets. It costs $0.20 a month. Consumers of one VPC share a spoke, so one of them is enough.
	//
	// Default: - none.
	Spoke constructs.IConstruct

	// The topics that alarms notify when they go off, and when they are over, in the Region of the alarms. A topic lets CloudWatch publish by its policy.
	//
	// Default: - none: without ActionArns too, the alarms only have a state.
	Topics *[]awssns.ITopic

	// What else alarms do, by ARNs: Systems Manager incidents or OpsItems, Lambda functions, or topics. At most five with Topics.
	//
	// Default: - none.
	ActionArns *[]*string

	// Whether alarms also act when they are over.
	//
	// Default: true.
	OkActions *bool

	// What is changed of alarms, by their names: PacketsDropped, RstPacketsReceived, NoConnections, which is off unless its Enabled is true, and
	// PacketDrops of a Spoke.
	//
	// Default: - all alarms are as docs/monitoring.md lists them.
	Alarms *map[string]*AlarmSettings
}

// ConsumerAlarms are the alarms of a consumer, in its account: those on its interface endpoint, or on the spoke over which it calls.
//
// AWS recommends PacketsDropped; the others are of this module. They cost $0.10 a month each, $0.20 without subnets.
//
// Of a connection over VPC Lattice or a peering, AWS publishes no metric in the consumer's account, so such a consumer is refused; over a transit
// gateway, the Spoke has some. The alarms of such an API are [ProviderAlarms].
type ConsumerAlarms interface {
	IAlarms
}

type consumerAlarms struct {
	constructs.Construct
	alarmSet
}

var _ ConsumerAlarms = (*consumerAlarms)(nil)

// NewConsumerAlarms defines [ConsumerAlarms].
//
// Before it defines anything, it panics with all that breaks a rule in props, such as a name of Alarms that no alarm has.
func NewConsumerAlarms(scope constructs.Construct, id *string, props *ConsumerAlarmsProps) ConsumerAlarms {
	refusal.RequireScope("NewConsumerAlarms", scope, id)
	props = prop.Or(prop.Copy(props), &ConsumerAlarmsProps{}) // the caller may change its own
	plan := newAlarmPlan(scope, alarmOptions{props.Topics, props.ActionArns, props.OkActions, nil, props.Alarms})
	check.Embedded(plan.report, "", props)
	refusal.Of(plan.report, scope, id) // what embeds nil cannot be asked
	plan.watchConsumer(props)
	refusal.Of(plan.report, scope, id)

	a := &consumerAlarms{}
	a.define(a, &a.Construct, plan, scope, id)
	return a
}

func (p *alarmPlan) watchConsumer(props *ConsumerAlarmsProps) {
	check.NoNil(p.report, "Subnets", props.Subnets)
	p.checkActions()
	if props.Consumer == nil {
		p.report.AddWithFix(rules.Required, "Consumer", "supply the consumer to watch", "is missing")
		return
	}
	resources := p.resources("Consumer", props.Consumer)
	if len(resources) == 0 && props.Spoke == nil && !p.report.HasErrors() {
		p.reportUnmeasured(props.Consumer)
	}
	hasEndpoint := slices.ContainsFunc(resources, func(r metrics.Resource) bool { return r.Kind == cloudwatch.Endpoint })
	if len(prop.Elements(props.Subnets)) > 0 && !hasEndpoint && props.Spoke != nil && !p.report.HasErrors() {
		p.report.AddWithFix(rules.Contradiction, "Subnets", "leave it out", "is set for a consumer without an endpoint")
	}
	if props.Spoke != nil {
		resources = append(resources, p.ofSpoke(props.Spoke)...)
	}
	var all []alarms.Alarm
	for _, resource := range resources {
		own := alarmsOn(resource, defaultMinimumRequests)
		if resource.Kind == cloudwatch.Endpoint {
			own = bySubnet(own, p.subnetIDs(resource, prop.Elements(props.Subnets)))
		}
		all = append(all, own...)
	}
	p.tune(all, props.Alarms)
}

// ofSpoke returns the attachment of a spoke.
func (p *alarmPlan) ofSpoke(spoke constructs.IConstruct) []metrics.Resource {
	resources := p.resources("Spoke", spoke)
	isAttachment := func(r metrics.Resource) bool { return r.Kind == cloudwatch.TransitGatewayAttachment }
	if !slices.ContainsFunc(resources, isAttachment) && !p.report.HasErrors() {
		p.report.AddWithFix(rules.AlarmSubject, "Spoke", "supply a Spoke of package transitgateway", "is no spoke")
		return nil
	}
	return resources
}

// reportUnmeasured says why AWS measures nothing of a consumer.
func (p *alarmPlan) reportUnmeasured(consumer privateapi.IPrivateApiConsumer) {
	if consumer.VpcEndpointId() == nil {
		p.report.Add(rules.AlarmSubject, "Consumer", "has no endpoint, and AWS publishes no metric of its connection")
		return
	}
	p.report.AddWithFix(rules.AlarmSubject, "Consumer", "set ServiceName and VpcId of the import; of a service in another Region, watch the API",
		"is an import that does not say the service and the VPC of its endpoint, or calls a service in another Region")
}

// bySubnet replaces alarms that add up what subnets drop by one for each subnet.
func bySubnet(list []alarms.Alarm, subnetIDs []*string) (all []alarms.Alarm) {
	for _, alarm := range list {
		if alarm.Comparison == alarms.Below || len(subnetIDs) == 0 {
			all = append(all, alarm)
			continue
		}
		for _, id := range subnetIDs {
			one := alarm
			one.Metric = alarm.Metric.BySubnet(id)
			all = append(all, one)
		}
	}
	return all
}

// subnetIDs returns the IDs of subnets, in each of which the endpoint has a network interface: of others there is no metric, and an alarm would
// stay silent. An endpoint leaves out subnets in zones that its service does not have.
func (p *alarmPlan) subnetIDs(endpoint metrics.Resource, given []awsec2.ISubnet) (ids []*string) {
	idOf := func(subnet awsec2.ISubnet) *string { return answers.Of(p.stack, subnet, "ID", subnet.SubnetId) }
	own, seen := map[string]bool{}, map[string]bool{}
	if len(given) > 0 {
		for _, subnet := range endpoint.Subnets {
			own[*idOf(subnet)] = true
		}
	}
	for i, subnet := range given {
		if subnet == nil {
			continue
		}
		id, at := idOf(subnet), fmt.Sprintf("Subnets[%d]", i)
		switch {
		case seen[*id]:
			p.report.AddWithFix(rules.Contradiction, at, "remove the duplicate", "is listed twice")
		case len(own) > 0 && !own[*id]:
			p.report.AddWithFix(rules.AlarmSubject, at, "list subnets of the endpoint", "is no subnet of the endpoint, of which AWS publishes metrics alone")
		}
		seen[*id] = true
		ids = append(ids, id)
	}
	return ids
}
