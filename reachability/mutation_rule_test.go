package reachability_test

import (
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// weighted forwards a route by weight.
func weighted(targetGroup string, weight int) change {
	return changes(remove(v1Rule, "Actions.0.TargetGroupArn"), put(v1Rule, "Actions.0.ForwardConfig", object{
		"TargetGroups": array{object{"TargetGroupArn": ref(targetGroup), "Weight": weight}},
	}))
}

var ruleMutations = byHop{
	reachability.HopAlbRule: {
		{
			name: "for another host",
			edit: pricing(put(v1Rule, "Conditions", array{paths("/v1/*"), hosts("api.prices.internal.company.com")})),
			says: "404",
			// The call is no longer asked for; the other name is, and no zone answers it.
			quiet: true,
		},
		{
			name:  "for another path",
			edit:  pricing(put(v1Rule, "Conditions", array{paths("/v1/prices*")})),
			says:  "404",
			quiet: true,
		},
		{
			name:  "for the path in capitals",
			edit:  pricing(put(v1Rule, "Conditions", array{paths("/V1/*")})),
			says:  "404",
			quiet: true,
		},
		{
			name:  "for the path without what follows",
			edit:  pricing(put(v1Rule, "Conditions", array{paths("/v1", "/v1/")})),
			says:  "404",
			quiet: true,
		},
		{
			name:  "no rule, so the default action answers",
			edit:  pricing(drop(v1Rule)),
			says:  "404",
			quiet: true,
		},
		{
			name:  "the condition of the rule does not hold",
			edit:  pricing(off(v1Rule)),
			says:  "404",
			quiet: true,
		},
		{
			name: "a rule before it answers",
			edit: pricing(fixed("Shadow", 2, "403", paths("/v?/*"))),
			says: "403",
		},
		{
			name: "a rule for the host before it answers",
			edit: pricing(fixed("Shadow", 2, "410", hosts("*.Internal.company.com"))),
			says: "410",
		},
		{
			name: "redirects",
			edit: pricing(put(v1Rule, "Actions", array{object{"Type": "redirect", "RedirectConfig": object{
				"StatusCode": "HTTP_302", "Path": "/v2/#{path}",
			}}})),
			says:  "302",
			quiet: true,
		},
		{
			name: "for addresses of the consumer, which the NLB hides",
			edit: pricing(put(v1Rule, "Conditions", array{paths("/v1/*"), sources("192.0.2.0/24")})),
			says: "404",
		},
		{
			name: "of a listener on another port",
			edit: pricing(put(v1Rule, "ListenerArn", ref("OtherListener")), otherListener),
			says: "404",
			// The routes of the other listener are not on the path.
			quiet: true,
		},
		{
			name: "forwards with a weight of 0",
			edit: pricing(weighted(v1Targets, 0)),
			says: "weight",
		},
		{
			name: "lets in who has signed in",
			edit: pricing(put(v1Rule, "Actions", array{
				object{"Type": "jwt-validation", "Order": 1, "JwtValidationConfig": object{"JwksEndpoint": "https://id.company.com/jwks", "Issuer": "https://id.company.com"}},
				object{"Type": "forward", "Order": 2, "TargetGroupArn": ref(v1Targets)},
			})),
			says:    "jwt-validation",
			unknown: true,
		},
	},
	reachability.HopTargetGroup: {
		{
			name: "in another VPC",
			edit: pricing(otherVpc, put(v1Targets, "VpcId", ref("OtherVpc"))),
			says: "OtherVpc",
			rule: rules.LoadBalancerVpc.ID,
		},
		{
			name: "in no VPC",
			edit: pricing(remove(v1Targets, "VpcId")),
			says: "VpcId",
		},
		{
			name: "of TCP, to which an ALB does not forward",
			edit: pricing(put(v1Targets, "Protocol", "TCP")),
			says: "TCP",
		},
		{
			name: "that of the NLB",
			edit: pricing(put(v1Rule, "Actions.0.TargetGroupArn", ref(nlbTargets))),
			says: "TCP",
		},
		{
			name: "the NLB forwards to it",
			edit: pricing(put(nlbListener, "DefaultActions.0.TargetGroupArn", ref(v1Targets))),
			says: "HTTP",
		},
	},
}

// otherListener is a listener of the ALB on another port.
var otherListener = add("OtherListener", "AWS::ElasticLoadBalancingV2::Listener", object{
	"LoadBalancerArn": ref(alb), "Port": 8443, "Protocol": "HTTPS", "SslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
	"Certificates":   array{object{"CertificateArn": "arn:aws:acm:eu-west-1:222222222222:certificate/1"}},
	"DefaultActions": array{object{"Type": "forward", "TargetGroupArn": ref(v1Targets)}},
})
