package privateapi

import (
	"encoding/json"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// maxEndpointPolicy is the size of an endpoint policy in characters.
const maxEndpointPolicy = 20480

// EndpointPolicy is the one statement that an endpoint allows; everything else is denied. AWS evaluates it for its own
// services only.
type EndpointPolicy struct {
	// Who may call through the endpoint: roles, users, accounts. They must sign their calls.
	//
	// Required.
	Principals *[]awsiam.IPrincipal

	// The actions they may call, such as execute-api:Invoke.
	//
	// Required.
	Actions *[]*string

	// The ARNs they may call them on, such as arn:aws:execute-api:eu-west-1:111111111111:abc123/prod/GET/quotes.
	//
	// Required.
	Resources *[]*string
}

func (p *EndpointPolicy) validate(r *rules.Report) {
	if p.Principals == nil || len(*p.Principals) == 0 {
		r.Add(rules.EndpointPolicyForm, "EndpointPolicy.Principals", "is empty")
	}
	checkNoNil(r, "EndpointPolicy.Principals", p.Principals, func(i awsiam.IPrincipal) bool { return i == nil })
	for _, list := range []struct {
		property string
		values   *[]*string
	}{{"EndpointPolicy.Actions", p.Actions}, {"EndpointPolicy.Resources", p.Resources}} {
		if list.values == nil || len(*list.values) == 0 {
			r.Add(rules.EndpointPolicyForm, list.property, "is empty")
		}
		checkNoNil(r, list.property, list.values, isNilString)
	}
	checkEach(p.Actions, "EndpointPolicy.Actions", func(property, action string) {
		if action != "*" && !strings.Contains(action, ":") {
			r.AddWithFix(rules.EndpointPolicyForm, property, "write it like execute-api:Invoke", "%q is not an action", action)
		}
	})
	if size := p.size(); size > maxEndpointPolicy {
		r.AddWithFix(rules.EndpointPolicyForm, "EndpointPolicy", "shorten the lists, with * where that is not too wide",
			"has %d characters or more, and may have %d", size, maxEndpointPolicy)
	}
}

// size returns the least number of characters that actions and resources take in the policy.
func (p *EndpointPolicy) size() int {
	text, err := json.Marshal([]any{literals(p.Actions), literals(p.Resources)})
	if err != nil {
		return 0 // strings always marshal
	}
	return len(text)
}

// document is the policy as CDK takes it, nil for none.
func (p *EndpointPolicy) document() any {
	if p == nil {
		return nil
	}
	statement := awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
		Principals: p.Principals,
		Actions:    p.Actions,
		Resources:  p.Resources,
	})
	return awsiam.NewPolicyDocument(&awsiam.PolicyDocumentProps{Statements: &[]awsiam.PolicyStatement{statement}})
}

// checkEndpointPolicy refuses a policy where the service is known to take none, unless it is forced.
func checkEndpointPolicy(r *rules.Report, props *PrivateApiConsumerProps) {
	if props.EndpointPolicy == nil {
		if isTrue(props.ForceEndpointPolicy) {
			r.AddWithFix(rules.Contradiction, "ForceEndpointPolicy", "give EndpointPolicy too", "is set without EndpointPolicy")
		}
		return
	}
	props.EndpointPolicy.validate(r)
	if props.Service == nil {
		return
	}
	supported := props.Service.EndpointPolicySupported()
	switch name := *props.Service.ServiceName(); {
	case isTrue(supported):
	case isTrue(props.ForceEndpointPolicy):
		r.Add(rules.EndpointPolicyForced, "ForceEndpointPolicy", "emits a policy for %s", serviceForPeople(name))
	case supported == nil:
		r.Add(rules.EndpointPolicyUnverified, "EndpointPolicy", "is given for a service whose name is decided at deploy time")
	default:
		r.Add(rules.EndpointPolicy, "EndpointPolicy", "is given for %s", serviceForPeople(name))
	}
}

func serviceForPeople(name string) string {
	if isStringToken(name) {
		return "a service whose name is decided at deploy time"
	}
	return name
}
