package privateapi

import (
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// planPrivateDnsName checks that there is a private DNS name, and that it answers the names that clients call.
func (plan *consumerPlan) planPrivateDnsName(props *PrivateApiConsumerProps, mode DnsMode) {
	r, connection := plan.report, plan.connections[0]
	if !connection.HasPrivateDns {
		r.Add(rules.PrivateDnsMissing, "DnsMode", "is %s, but the service has no private DNS name that this app knows of", mode)
	}
	if own, ok := token.Literal(connection.PrivateDnsName); ok {
		check.Each(plan.domainNames, "DomainNames", func(property, name string) {
			rules.CheckPrivateDnsNameAnswers(r, property, own, name)
		})
	}
	checkNoZones(r, props, mode)
	if connection.PrivateDnsName == nil { // nobody knows what it answers
		checkNoNames(r, props, mode)
	}
}

// checkNoNames reports DomainNames that are set for a mode in which nothing of the consumer answers them.
func checkNoNames(r *rules.Report, props *PrivateApiConsumerProps, mode DnsMode) {
	reportZoneProps(r, mode, check.Property{Name: "DomainNames", IsSet: len(prop.Elements(props.DomainNames)) > 0})
}
