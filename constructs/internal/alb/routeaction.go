package alb

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

const actionProperty = "Action"

// checkAction checks an action that ends a request without targets.
func (b *LoadBalancer) checkAction(r *rules.Report, o *RouteOptions) {
	for _, name := range check.Set(append(optionsOfOwnGroup(o),
		check.Property{Name: "Targets", IsSet: o.Targets != nil},
		check.Property{Name: "TargetGroups", IsSet: o.TargetGroups != nil},
		check.Property{Name: "Weight", IsSet: o.Weight != nil},
		check.Property{Name: "StickinessDuration", IsSet: o.StickinessDuration != nil},
		check.Property{Name: "TargetPeers", IsSet: o.TargetPeers != nil},
		check.Property{Name: "Port", IsSet: o.Port != nil},
	)...) {
		r.AddWithFix(rules.Contradiction, name, "leave it out, or Action", "is set together with Action, which ends the request")
	}
	for _, action := range *o.Action.RenderRuleActions() {
		switch *action.Type {
		case "redirect":
		case "fixed-response":
			response, _ := awscdk.Stack_Of(b.scope).Resolve(action.FixedResponseConfig).(map[string]any)
			checkFixedResponse(r, response)
		case "forward":
			r.AddWithFix(rules.RouteAction, actionProperty, "use Targets or TargetGroups", "forwards, so nothing opens security groups for its targets")
		case "jwt-validation":
			r.AddWithFix(rules.RouteAction, actionProperty, "use JwtIssuer and JwtJwksEndpoint", "validates JWTs, so nothing opens the ALB to the keys")
		default:
			r.Add(rules.RouteAction, actionProperty, "is %s, which is neither a fixed response nor a redirect", *action.Type)
		}
	}
}

// checkFixedResponse checks a response without its tokens, which are no texts.
func checkFixedResponse(r *rules.Report, response map[string]any) {
	if status, isText := response["statusCode"].(string); isText {
		rules.CheckResponseStatus(r, actionProperty, status)
	}
	if body, isText := response["messageBody"].(string); isText {
		rules.CheckResponseBody(r, actionProperty, body)
	}
}
