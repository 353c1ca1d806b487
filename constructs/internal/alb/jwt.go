package alb

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// jwtPlan is what the ALB validates of a JWT before it takes the action of a route.
type jwtPlan struct {
	issuer, endpoint *string
	claims           []*elbv2.CfnListenerRule_JwtValidationActionAdditionalClaimProperty
	peer             awsec2.IPeer // nil if nothing is to be opened
	port             float64
}

// planJwt checks the validation of JWTs; nil if the route has none.
func (b *LoadBalancer) planJwt(r *rules.Report, o *RouteOptions) *jwtPlan {
	if o.JwtIssuer == nil && o.JwtJwksEndpoint == nil {
		for _, name := range check.Set(
			check.Property{Name: "JwtAdditionalClaims", IsSet: o.JwtAdditionalClaims != nil},
			check.Property{Name: "JwksPeer", IsSet: o.JwksPeer != nil},
		) {
			r.AddWithFix(rules.Contradiction, name, "set JwtIssuer and JwtJwksEndpoint too", "is set, but the route validates no JWT")
		}
		return nil
	}
	plan := &jwtPlan{issuer: o.JwtIssuer, endpoint: o.JwtJwksEndpoint, claims: prop.Elements(o.JwtAdditionalClaims), peer: o.JwksPeer, port: defaultPort}
	if o.JwtIssuer == nil {
		r.AddWithFix(rules.Required, "JwtIssuer", "supply the issuer of the JWTs", "is missing, but JwtJwksEndpoint is set")
	} else if issuer, ok := token.Literal(o.JwtIssuer); ok {
		rules.CheckJwtIssuer(r, "JwtIssuer", issuer)
	}
	if o.JwtJwksEndpoint == nil {
		r.AddWithFix(rules.Required, "JwtJwksEndpoint", "supply the URL of the issuer's keys", "is missing, but JwtIssuer is set")
	} else if endpoint, ok := token.Literal(o.JwtJwksEndpoint); ok {
		rules.CheckJwksEndpoint(r, "JwtJwksEndpoint", endpoint)
		if _, port, ok := rules.JwksHost(endpoint); ok {
			plan.port = float64(port)
		}
	}
	checkClaims(r, o)
	if b.plan.protocol == elbv2.ApplicationProtocol_HTTP {
		r.AddWithFix(rules.JwtValidation, "JwtIssuer", "use an HTTPS listener", "is set, but the Listener listens with HTTP")
	}
	if o.JwksPeer == nil && b.plan.built != nil {
		r.Add(rules.JwksEgress, "JwksPeer", "is missing, and the ALB is open to its targets only")
	}
	return plan
}

func checkClaims(r *rules.Report, o *RouteOptions) {
	const property = "JwtAdditionalClaims"
	check.NoNil(r, property, o.JwtAdditionalClaims)
	claims := prop.Elements(o.JwtAdditionalClaims)
	rules.CheckJwtClaimCount(r, property, len(claims))
	for i, claim := range claims {
		if claim == nil {
			continue
		}
		of := fmt.Sprintf("%s[%d]", property, i)
		if claim.Name == nil || claim.Format == nil {
			r.AddWithFix(rules.Required, of, "set Name, Format and Values", "lacks a name or a format")
			continue
		}
		if name, ok := token.Literal(claim.Name); ok {
			rules.CheckJwtClaimName(r, of+".Name", name)
		}
		format, isLiteral := token.Literal(claim.Format)
		if isLiteral {
			rules.CheckJwtClaimFormat(r, of+".Format", format)
		}
		if claim.Values == nil || !token.IsList(*claim.Values) {
			rules.CheckJwtClaimValues(r, of+".Values", format, len(prop.Elements(claim.Values)))
		}
		check.NoNil(r, of+".Values", claim.Values)
		check.Each(claim.Values, of+".Values", func(property, value string) { rules.CheckJwtClaimValue(r, property, format, value) })
	}
}

// validated puts the validation of JWTs in front of an action. CDK's own action has no additional claims.
func (b *LoadBalancer) validated(next *onecall.Item[elbv2.ListenerAction], plan *routePlan) *onecall.Item[elbv2.ListenerAction] {
	jwt := plan.jwt
	if jwt == nil {
		return next
	}
	action := onecall.Static(b.batch, elbv2.ListenerAction_AuthenticateJwt, &elbv2.AuthenticateJwtOptions{
		Issuer: jwt.issuer, JwksEndpoint: jwt.endpoint, Next: next.Placeholder(),
	})
	if len(jwt.claims) > 0 {
		onecall.Call(action, elbv2.ListenerAction.AddRuleAction, &elbv2.CfnListenerRule_ActionProperty{
			Type: jsii.String("jwt-validation"),
			JwtValidationConfig: &elbv2.CfnListenerRule_JwtValidationConfigProperty{
				Issuer: jwt.issuer, JwksEndpoint: jwt.endpoint, AdditionalClaims: jwt.claims,
			},
		})
	}
	return action
}

// openToJwks opens the ALB to the host of the keys.
func (b *LoadBalancer) openToJwks(plan *routePlan) {
	if plan.jwt != nil && plan.jwt.peer != nil {
		b.opened(plan.jwt.peer, &plan.jwt.port)
		b.allowTo(onecall.Use(b.batch, plan.jwt.peer), &plan.jwt.port, "Keys of JWT issuers")
	}
}
