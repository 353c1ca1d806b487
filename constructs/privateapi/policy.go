package privateapi

import (
	"encoding/json"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// EndpointPolicy is the one statement that an endpoint allows; everything else is denied. AWS evaluates it for its own
// services only, and not for all of them.
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
	if len(prop.Elements(p.Principals)) == 0 {
		r.Add(rules.EndpointPolicyForm, "EndpointPolicy.Principals", "is empty")
	}
	check.NoNil(r, "EndpointPolicy.Principals", p.Principals)
	for _, list := range []struct {
		property string
		values   *[]*string
	}{{"EndpointPolicy.Actions", p.Actions}, {"EndpointPolicy.Resources", p.Resources}} {
		if len(prop.Elements(list.values)) == 0 {
			r.Add(rules.EndpointPolicyForm, list.property, "is empty")
		}
		check.NoNil(r, list.property, list.values)
	}
	check.Each(p.Actions, "EndpointPolicy.Actions", func(property, action string) {
		if action != "*" && !strings.Contains(action, ":") {
			r.AddWithFix(rules.EndpointPolicyForm, property, "write it like execute-api:Invoke", "%q is not an action", action)
		}
	})
	if size := p.minSize(); size > rules.MaxEndpointPolicyLength {
		r.AddWithFix(rules.EndpointPolicyForm, "EndpointPolicy", "shorten the lists, with * where that is not too wide",
			"has %d characters or more, and may have %d", size, rules.MaxEndpointPolicyLength)
	}
}

// minSize returns the least number of characters that actions and resources take in the policy.
func (p *EndpointPolicy) minSize() int {
	text, err := json.Marshal([]any{token.Literals(p.Actions), token.Literals(p.Resources)})
	if err != nil {
		return 0 // strings always marshal
	}
	return len(text)
}

// document returns the policy as a document of CDK; nil for none.
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

// checkEndpointPolicy refuses a policy if the service is known to accept none, unless it is forced.
func checkEndpointPolicy(r *rules.Report, service IPrivateLinkService, o *ConnectionOptions) {
	isForced := prop.IsTrue(o.ForceEndpointPolicy)
	if o.EndpointPolicy == nil {
		if isForced {
			r.AddWithFix(rules.Contradiction, "ForceEndpointPolicy", "set EndpointPolicy too", "is set without EndpointPolicy")
		}
		return
	}
	o.EndpointPolicy.validate(r)
	supported := service.EndpointPolicySupported()
	switch {
	case prop.IsTrue(supported):
	case isForced:
		r.Add(rules.EndpointPolicyForced, "ForceEndpointPolicy", "emits a policy for %s", displayService(service))
	case supported == nil:
		r.Add(rules.EndpointPolicyUnverified, "EndpointPolicy", "is set for %s", displayService(service))
	default:
		r.Add(rules.EndpointPolicy, "EndpointPolicy", "is set for %s", displayService(service))
	}
}

// displayService names a service in a message.
func displayService(service IPrivateLinkService) string {
	if s, isImported := service.(*importedService); isImported && s.shortName != "" {
		return "the AWS service " + s.shortName
	}
	name, ok := token.Literal(service.ServiceName())
	if !ok {
		return "a service whose name is known only at deploy time"
	}
	return name
}
