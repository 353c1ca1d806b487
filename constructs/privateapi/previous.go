package privateapi

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// planPrevious plans the connection to the service that the consumer moves away from.
func (plan *consumerPlan) planPrevious(mode DnsMode) {
	props, r := plan.props, plan.report
	if props.Previous == nil {
		return
	}
	if props.Service != nil && isSame(props.Service, props.Previous) {
		r.AddWithFix(rules.PreviousService, "Previous", "remove it, or set Service to the service to move to", "is Service")
		return
	}
	if mode != DnsMode_PRIVATE_HOSTED_ZONE {
		r.AddWithFix(rules.PreviousService, "DnsMode", "remove DnsMode while Previous is set, or remove Previous",
			"is %s, and Previous is set: only a record of the consumer can change from one service to the other", mode)
		return
	}
	found := &rules.Report{}
	connection := props.Previous.PlanConnection(plan.optionsOf(mode, found))
	for _, problem := range found.Problems() {
		if problem.Property == "Service" {
			problem.Property = "Previous"
		}
		r.AddProblem(problem)
	}
	plan.connections = append(plan.connections, connection)
	if props.Service == nil {
		return // reported already
	}
	if connection.Transport == plan.connections[0].Transport {
		r.AddWithFix(rules.PreviousService, "Previous", "remove it, and change Service in place",
			"is reached over %s, as Service is, so their connections would have the same construct IDs", connection.Transport)
	}
	plan.checkPreviousNames()
	plan.checkPreviousPorts()
}

// isSame reports whether two services are one object.
func isSame(a, b IPrivateApiService) bool {
	return reflect.TypeOf(a) == reflect.TypeOf(b) && reflect.TypeOf(a).Comparable() && a == b
}

// checkPreviousNames checks that both services have the names that clients call, as far as their names are known, and that no name of
// the old one is left behind unless DomainNames says so.
func (plan *consumerPlan) checkPreviousNames() {
	props, r := plan.props, plan.report
	own, previous := props.Service.DomainNames(), props.Previous.DomainNames()
	check.Each(plan.domainNames, "DomainNames", func(property, name string) {
		if !mayHave(own, name) {
			r.Add(rules.PreviousNames, property, "%q is not a name of Service", name)
		}
		if !mayHave(previous, name) {
			r.Add(rules.PreviousNames, "Previous", "does not have the name %q", name)
		}
	})
	if props.DomainNames != nil {
		return
	}
	check.Each(previous, "Previous", func(_, name string) {
		if !mayHave(own, name) {
			r.Add(rules.PreviousNames, "Previous", "has the name %q, and Service does not", name)
		}
	})
}

// mayHave reports whether a name may be one of some names, or be below a wildcard of them. Names that are not known may be any.
func mayHave(names *[]*string, name string) bool {
	if names == nil || len(*names) == 0 || token.AnyIn(names) {
		return true
	}
	return slices.ContainsFunc(token.Literals(names), func(known string) bool { return rules.CertificateCovers(known, name) })
}

// checkPreviousPorts checks that the new service has the ports of the old one, as far as they are known.
func (plan *consumerPlan) checkPreviousPorts() {
	own, previous := prop.Elements(plan.ports), prop.Elements(plan.props.Previous.Ports())
	ports := check.LiteralPorts(own)
	if len(ports) < len(own) {
		return
	}
	for _, port := range check.LiteralPorts(previous) {
		if !slices.Contains(ports, port) {
			plan.report.Add(rules.PreviousNames, "Previous", "has port %v, and Service has %s", port, strings.Trim(fmt.Sprint(ports), "[]"))
		}
	}
}
