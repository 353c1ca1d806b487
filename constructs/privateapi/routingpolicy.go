package privateapi

import (
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/link"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// RoutingPolicy is how Route 53 chooses between the Service and the Previous of a consumer when a client resolves a name.
//
// Choose it in the first deployment of the records. Route 53 refuses a weighted or failover record beside a simple one of the same name and
// type, and a simple one beside them, so a later change of the policy fails and is rolled back. Weights, Service and Previous change in
// place. To change the policy, deploy once with DnsMode_NONE in between: until the next deployment the consumer has no records, so clients
// find the API only if the name resolves publicly.
type RoutingPolicy string

const (
	// RoutingPolicy_SIMPLE has one record for each name and type, which leads to Service.
	RoutingPolicy_SIMPLE RoutingPolicy = "SIMPLE"
	// RoutingPolicy_WEIGHTED has a record that leads to Service and one that leads to Previous, and answers by Weight and
	// PreviousWeight. Without Previous there is one record, which stays weighted. The records belong to the transports, so Service and
	// Previous can change roles.
	//
	// Route 53 chooses for each query, and the resolver of a VPC keeps the answer for its TTL, 60 seconds for most targets: the shares
	// hold on average over many clients.
	RoutingPolicy_WEIGHTED RoutingPolicy = "WEIGHTED"
	// RoutingPolicy_FAILOVER has a primary record that leads to Service and a secondary one that leads to Previous, whose answer is used
	// while the target of the primary one is unhealthy. Without Previous there is the primary one alone. The records belong to the roles:
	// if Service and Previous change roles, the aliases do.
	//
	// Route 53 takes the health of a load balancer from its target groups. AWS does not document what it takes for the health of an
	// interface endpoint, so try it before you rely on it, or use RoutingPolicy_WEIGHTED.
	RoutingPolicy_FAILOVER RoutingPolicy = "FAILOVER"
)

// defaultWeight is the weight of the records that lead to Service. That of the others is 0.
const defaultWeight = 100

// planRouting checks the routing policy and what belongs to it.
func (plan *consumerPlan) planRouting(mode DnsMode) {
	props, r := plan.props, plan.report
	plan.routingPolicy = prop.EnumOr(props.RoutingPolicy, RoutingPolicy_SIMPLE)
	switch plan.routingPolicy {
	case RoutingPolicy_SIMPLE:
	case RoutingPolicy_WEIGHTED, RoutingPolicy_FAILOVER:
		if mode == DnsMode_PRIVATE_DNS || mode == DnsMode_NONE {
			r.AddWithFix(rules.RecordRoutingPolicy, "RoutingPolicy", "remove RoutingPolicy, or set DnsMode to DnsMode_PRIVATE_HOSTED_ZONE",
				"is %s, but DnsMode is %s, without records of the consumer", plan.routingPolicy, mode)
		}
	default:
		r.AddWithFix(rules.KnownValue, "RoutingPolicy", "use one of the RoutingPolicy constants", "%q is not one of its values", plan.routingPolicy)
		return
	}
	plan.planWeights()
}

func (plan *consumerPlan) planWeights() {
	props, r := plan.props, plan.report
	if plan.routingPolicy != RoutingPolicy_WEIGHTED {
		if props.Weight != nil {
			r.Add(rules.RecordRoutingPolicy, "Weight", "is set, but RoutingPolicy is %s", plan.routingPolicy)
		}
		if props.PreviousWeight != nil {
			r.Add(rules.RecordRoutingPolicy, "PreviousWeight", "is set, but RoutingPolicy is %s", plan.routingPolicy)
		}
		return
	}
	if props.PreviousWeight != nil && props.Previous == nil {
		r.AddWithFix(rules.RecordRoutingPolicy, "PreviousWeight", "remove it, or set Previous", "is set, and Previous is not: there is no record for it")
	}
	plan.weights = []*float64{prop.Or(props.Weight, jsii.Number(defaultWeight)), prop.Or(props.PreviousWeight, jsii.Number(0))}
	weight, isKnown := token.LiteralNumber(plan.weights[0])
	previous, isPreviousKnown := token.LiteralNumber(plan.weights[1])
	if isKnown {
		rules.CheckRecordWeight(r, "Weight", weight)
	}
	if isPreviousKnown {
		rules.CheckRecordWeight(r, "PreviousWeight", previous)
	}
	if !isKnown || weight != 0 {
		return
	}
	switch {
	case props.Previous == nil:
		r.AddWithFix(rules.RecordWeight, "Weight", "leave it out: without Previous, Service takes all queries", "is 0, and there is no other record")
	case isPreviousKnown && previous == 0:
		r.Add(rules.RecordWeight, "Weight", "is 0, and so is PreviousWeight")
	}
}

// routedRecord is one of the records of a name and type, among which Route 53 chooses.
type routedRecord struct {
	link *link.Link
	// id ends the construct ID; "" for a simple record, which is the only one.
	id string
	// properties are those of the routing policy.
	properties map[string]any
	// evaluatesTarget says that the target may fail.
	evaluatesTarget bool
}

// routedRecords are the records of each name, for the record types of their targets.
func (c *privateApiConsumer) routedRecords() (records []routedRecord) {
	switch c.plan.routingPolicy {
	case RoutingPolicy_WEIGHTED:
		for i, l := range c.links {
			id := c.plan.connections[i].Transport
			records = append(records, routedRecord{link: l, id: id, properties: map[string]any{"SetIdentifier": id, "Weight": c.plan.weights[i]}})
		}
		return records
	case RoutingPolicy_FAILOVER:
		// By role: Route 53 refuses a second primary record, even for the moment between two changes of CloudFormation.
		for i, role := range []string{"PRIMARY", "SECONDARY"}[:len(c.links)] {
			records = append(records, routedRecord{
				link: c.links[i], id: role, properties: map[string]any{"SetIdentifier": role, "Failover": role}, evaluatesTarget: true,
			})
		}
		return records
	}
	return []routedRecord{{link: c.link()}}
}
