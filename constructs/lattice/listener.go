package lattice

import (
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsvpclattice"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// ListenerProtocol is what an API speaks to its clients.
type ListenerProtocol string

const (
	// ListenerProtocol_HTTPS ends TLS at VPC Lattice.
	ListenerProtocol_HTTPS ListenerProtocol = "HTTPS"
	// ListenerProtocol_HTTP has no encryption between clients and VPC Lattice.
	ListenerProtocol_HTTP ListenerProtocol = "HTTP"
	// ListenerProtocol_TLS_PASSTHROUGH leaves TLS to the targets.
	ListenerProtocol_TLS_PASSTHROUGH ListenerProtocol = "TLS_PASSTHROUGH"
)

// notFound is the status of requests that match no route.
const notFound = 404

// listenerPlan is the listener of an API, without its routes.
type listenerPlan struct {
	protocol        ListenerProtocol
	port            *float64
	target          *targetGroupPlan // nil for a fixed response
	defaultResponse *float64
}

// planListener checks what the API listens on, and what it does with requests that match no route.
func (plan *apiPlan) planListener(r *rules.Report, props *ApiProps) {
	protocol := prop.EnumOr(props.Protocol, ListenerProtocol_HTTPS)
	if !slices.Contains([]ListenerProtocol{ListenerProtocol_HTTPS, ListenerProtocol_HTTP, ListenerProtocol_TLS_PASSTHROUGH}, protocol) {
		r.AddWithFix(rules.KnownValue, "Protocol", "use one of the ListenerProtocol constants", "%q is not one of its values", protocol)
	}
	byDefault := 443.0
	if protocol == ListenerProtocol_HTTP {
		byDefault = 80
	}
	check.Port(r, "Port", props.Port)
	plan.listener = &listenerPlan{protocol: protocol, port: prop.Or(props.Port, &byDefault)}
	switch {
	case props.Target != nil:
		plan.listener.target = plan.planTarget(r, "Target", props.Target)
		if props.DefaultResponse != nil {
			r.AddWithFix(rules.Contradiction, "DefaultResponse", "remove it, or Target", "is set together with Target")
		}
	case protocol == ListenerProtocol_TLS_PASSTHROUGH:
		r.AddWithFix(rules.LatticePassthrough, "Target", "supply a target of TCP", "is missing, and a TLS_PASSTHROUGH listener has no fixed response")
	default:
		plan.listener.defaultResponse = prop.Or(props.DefaultResponse, jsii.Number(notFound))
		checkFixedResponse(r, "DefaultResponse", plan.listener.defaultResponse)
	}
}

func checkFixedResponse(r *rules.Report, property string, status *float64) {
	if status, ok := token.LiteralNumber(status); ok {
		rules.CheckLatticeFixedResponse(r, property, status)
	}
}

// defineListener defines the listener and the target group of its default action.
func (a *api) defineListener() {
	plan := a.plan.listener
	action := &awsvpclattice.CfnListener_DefaultActionProperty{}
	if plan.target == nil {
		action.FixedResponse = &awsvpclattice.CfnListener_FixedResponseProperty{StatusCode: plan.defaultResponse}
	} else {
		group := a.defineTargetGroup("TargetGroup", plan.target)
		a.measure("default", group)
		action.Forward = &awsvpclattice.CfnListener_ForwardProperty{TargetGroups: []any{
			&awsvpclattice.CfnListener_WeightedTargetGroupProperty{TargetGroupIdentifier: onecall.Get(group, awsvpclattice.CfnTargetGroup.AttrArn).Placeholder()},
		}}
	}
	a.listener = onecall.Add(a.batch, awsvpclattice.NewCfnListener, "Listener", &awsvpclattice.CfnListenerProps{
		ServiceIdentifier: a.serviceArn(),
		Protocol:          jsii.String(string(plan.protocol)),
		Port:              plan.port,
		DefaultAction:     action,
	})
	a.ready = append(a.ready, asConstruct(a.listener))
}
