package privateapi_test

import (
	"slices"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// actionsOf are the actions of the listener rule of the route Quote.
func actionsOf(t *testing.T, template cdktest.Template) []any {
	t.Helper()
	rules := template.Find(typeRule, props{"Actions": []any{props{"Type": "forward"}}})
	if len(rules) == 0 {
		rules = template.Find(typeRule, props{"Actions": []any{props{}, props{}}})
	}
	if len(rules) != 1 {
		t.Fatalf("rules that forward: %v, want one", rules)
	}
	return template.Resources[rules[0]].Properties["Actions"].([]any)
}

// A canary: most requests go to the route's own targets, some to a target group beside them.
func TestRouteByWeight(t *testing.T) {
	defer cdktest.Recover(t)
	var canary elbv2.ApplicationTargetGroup
	template := routeTemplate(t, func(stack awscdk.Stack, vpc awsec2.IVpc) *privateapi.RouteOptions {
		canary = targetGroup(stack, "Canary", vpc, func(p *elbv2.ApplicationTargetGroupProps) {
			p.Targets = targets(ipTarget("10.0.0.9"), &fakeTarget{kind: elbv2.TargetType_IP, group: tasks(stack, vpc)})
			p.HealthCheck = &elbv2.HealthCheck{Port: jsii.String("9000")}
		})
		return &privateapi.RouteOptions{
			Targets: targets(ipTarget("10.0.0.5")), Weight: jsii.Number(95), TargetGroups: weighted(jsii.Number(5), canary), StickinessDuration: seconds(60),
		}
	})
	own, other := template.Find(typeTargets, props{"Targets": []any{props{"Id": "10.0.0.5"}}})[0], template.Find(typeTargets, props{"Targets": []any{props{"Id": "10.0.0.9"}}})[0]
	want := []any{props{"Type": "forward", "ForwardConfig": props{
		"TargetGroups": []any{
			props{"TargetGroupArn": cdktest.Ref(own), "Weight": 95}, props{"TargetGroupArn": cdktest.Ref(other), "Weight": 5},
		},
		"TargetGroupStickinessConfig": props{"DurationSeconds": 60, "Enabled": true},
	}}}
	if got := actionsOf(t, template); !cdktest.Contains(got, want) {
		t.Errorf("actions = %v, want %v", got, want)
	}
	_, alb := balancer(t, template, "application")
	egress := props{"SecurityGroupEgress": []any{
		props{"CidrIp": "10.0.0.5/32", "FromPort": 80}, props{"CidrIp": "10.0.0.9/32", "FromPort": 8080}, props{"CidrIp": "10.0.0.9/32", "FromPort": 9000},
	}}
	if got := template.Resources[groupOf(t, alb)].Properties; !cdktest.Contains(got, egress) {
		t.Errorf("ALB group = %v, want %v", got, egress)
	}
	template.Has(t, typeIngress, props{"SourceSecurityGroupId": groupRef(t, alb), "FromPort": 8080, "ToPort": 8080})
}

// An imported target group does not know its targets: their peers are opened.
func TestRouteToImportedTargetGroup(t *testing.T) {
	defer cdktest.Recover(t)
	template := routeTemplate(t, func(stack awscdk.Stack, vpc awsec2.IVpc) *privateapi.RouteOptions {
		return &privateapi.RouteOptions{
			TargetGroups: weighted(nil, importedGroup(stack, nil)), TargetPeers: &[]awsec2.IConnectable{tasks(stack, vpc)}, Port: jsii.Number(8080),
		}
	})
	if got, want := actionsOf(t, template), []any{props{"Type": "forward", "TargetGroupArn": targetGroupArn}}; !cdktest.Contains(got, want) {
		t.Errorf("actions = %v, want %v", got, want)
	}
	_, alb := balancer(t, template, "application")
	template.Has(t, typeIngress, props{"SourceSecurityGroupId": groupRef(t, alb), "FromPort": 8080, "ToPort": 8080})
	template.Has(t, typeEgress, props{"GroupId": groupRef(t, alb), "FromPort": 8080, "ToPort": 8080})
}

// ECS shifts the requests of a rule between two target groups. It needs the rule before the service joins the first of them.
func TestRouteBlueGreen(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	var vpc awsec2.IVpc
	provider := newProvider(stack, func(p *privateapi.PrivateApiProviderProps) { vpc = p.Vpc })
	blue, green := targetGroup(stack, "Blue", vpc), targetGroup(stack, "Green", vpc)
	groups := weighted(jsii.Number(100), blue, green)
	(*groups)[1].Weight = jsii.Number(0)
	route := provider.AddRoute(jsii.String("Quote"), &privateapi.RouteOptions{TargetGroups: groups})
	if got := route.TargetGroup(); got != nil {
		t.Errorf("the route's own target group is %s, want none", *got.Node().Path())
	}
	blue.AddTarget(fargate(stack, vpc).LoadBalancerTarget(&awsecs.LoadBalancerTargetOptions{
		ContainerName: jsii.String("app"), ContainerPort: jsii.Number(8080),
		AlternateTarget: awsecs.NewAlternateTarget(jsii.String("Green"), &awsecs.AlternateTargetProps{
			AlternateTargetGroup: green, ProductionListener: awsecs.ListenerRuleConfiguration_ApplicationListenerRule(route.ListenerRule()),
		}),
	}))
	template := cdktest.SynthTemplate(t, stack)
	rule := template.Find(typeRule, props{"Actions": []any{props{"Type": "forward"}}})[0]
	service := template.Has(t, "AWS::ECS::Service", props{"LoadBalancers": []any{props{"AdvancedConfiguration": props{"ProductionListenerRule": cdktest.Ref(rule)}}}})
	if waits := template.Resources[service].DependsOn; !slices.Contains(waits, rule) {
		t.Errorf("the service waits for %v, want the rule %s among them", waits, rule)
	}
	_, alb := balancer(t, template, "application")
	template.Has(t, typeIngress, props{"SourceSecurityGroupId": groupRef(t, alb), "FromPort": 8080, "ToPort": 8080})
	template.Has(t, typeEgress, props{"GroupId": groupRef(t, alb), "FromPort": 8080, "ToPort": 8080})
}

func TestRouteOfJwts(t *testing.T) {
	defer cdktest.Recover(t)
	template := routeTemplate(t, func(awscdk.Stack, awsec2.IVpc) *privateapi.RouteOptions {
		return &privateapi.RouteOptions{
			Targets: targets(ipTarget("10.0.0.5")), JwtIssuer: jsii.String("https://id.company.com"), JwtJwksEndpoint: jsii.String("https://id.company.com:8443/jwks"),
			JwtAdditionalClaims: &[]*elbv2.CfnListenerRule_JwtValidationActionAdditionalClaimProperty{
				{Name: jsii.String("scope"), Format: jsii.String("space-separated-values"), Values: jsii.Strings("quotes")},
			},
			JwksPeer: awsec2.Peer_AnyIpv4(),
		}
	})
	want := []any{
		props{"Type": "jwt-validation", "Order": 1, "JwtValidationConfig": props{
			"Issuer": "https://id.company.com", "JwksEndpoint": "https://id.company.com:8443/jwks",
			"AdditionalClaims": []any{props{"Name": "scope", "Format": "space-separated-values", "Values": []any{"quotes"}}},
		}},
		props{"Type": "forward", "Order": 2},
	}
	if got := actionsOf(t, template); !cdktest.Contains(got, want) {
		t.Errorf("actions = %v, want %v", got, want)
	}
	_, alb := balancer(t, template, "application")
	egress := props{"SecurityGroupEgress": []any{props{"CidrIp": "10.0.0.5/32"}, props{"CidrIp": "0.0.0.0/0", "FromPort": 8443, "ToPort": 8443}}}
	if got := template.Resources[groupOf(t, alb)].Properties; !cdktest.Contains(got, egress) {
		t.Errorf("ALB group = %v, want %v", got, egress)
	}
}

func TestRouteThatEndsRequests(t *testing.T) {
	defer cdktest.Recover(t)
	template := routeTemplate(t, func(awscdk.Stack, awsec2.IVpc) *privateapi.RouteOptions {
		return &privateapi.RouteOptions{
			PathPatterns: jsii.Strings("/v1/*"), Action: elbv2.ListenerAction_Redirect(&elbv2.RedirectOptions{Path: jsii.String("/v2/#{path}")}),
		}
	})
	rule := template.Has(t, typeRule, props{"Actions": []any{props{"Type": "redirect"}}})
	if got := template.Resources[rule].Properties; !cdktest.Contains(got, routeRule("/v1/*")) {
		t.Errorf("rule = %v, want it for /v1/*", got)
	}
	if got := template.OfType(typeTargets); len(got) != 1 {
		t.Errorf("target groups = %v, want that of the NLB alone", got)
	}
}

func TestRouteByHeader(t *testing.T) {
	defer cdktest.Recover(t)
	template := routeTemplate(t, func(awscdk.Stack, awsec2.IVpc) *privateapi.RouteOptions {
		return &privateapi.RouteOptions{
			Targets: targets(ipTarget("10.0.0.5")), Priority: jsii.Number(10),
			Conditions: &[]elbv2.ListenerCondition{elbv2.ListenerCondition_HttpHeader(jsii.String("X-Stage"), jsii.Strings("canary"))},
		}
	})
	template.Has(t, typeRule, props{"Priority": 10, "Conditions": []any{
		props{"Field": "http-header", "HttpHeaderConfig": props{"HttpHeaderName": "X-Stage", "Values": []any{"canary"}}},
	}})
}

// A rule is known to ELB by its priority. So the logical ID of a rule follows what decides its priority: no deployment then
// creates or moves a rule to a priority that another one still has.
func TestRuleIdentity(t *testing.T) {
	defer cdktest.Recover(t)
	type R = privateapi.RouteOptions
	to := targets(ipTarget("10.0.0.5"))
	identities := func(routes func(privateapi.PrivateApiProvider, awsec2.IVpc)) map[float64]string {
		stack := cdktest.Stack(t)
		var vpc awsec2.IVpc
		provider := newProvider(stack, func(p *privateapi.PrivateApiProviderProps) { vpc = p.Vpc })
		routes(provider, vpc)
		template, ids := cdktest.SynthTemplate(t, stack), map[float64]string{}
		for _, id := range template.OfType(typeRule) {
			ids[template.Resources[id].Properties["Priority"].(float64)] = id
		}
		return ids
	}
	base := identities(func(p privateapi.PrivateApiProvider, _ awsec2.IVpc) {
		p.AddRoute(jsii.String("A"), &R{Targets: to, PathPatterns: jsii.Strings("/a/*"), Priority: jsii.Number(10)})
		p.AddRoute(jsii.String("B"), &R{Targets: to, PathPatterns: jsii.Strings("/b/*"), Priority: jsii.Number(20)})
		p.AddRoute(jsii.String("C"), &R{Targets: to, PathPatterns: jsii.Strings("/c/*")})
	})
	for name, routes := range map[string]func(privateapi.PrivateApiProvider, awsec2.IVpc){
		"two routes swap their priorities": func(p privateapi.PrivateApiProvider, _ awsec2.IVpc) {
			p.AddRoute(jsii.String("A"), &R{Targets: to, PathPatterns: jsii.Strings("/a/*"), Priority: jsii.Number(20)})
			p.AddRoute(jsii.String("B"), &R{Targets: to, PathPatterns: jsii.Strings("/b/*"), Priority: jsii.Number(10)})
			p.AddRoute(jsii.String("C"), &R{Targets: to, PathPatterns: jsii.Strings("/c/*")})
		},
		"a route with a priority is renamed": func(p privateapi.PrivateApiProvider, _ awsec2.IVpc) {
			p.AddRoute(jsii.String("Renamed"), &R{Targets: to, PathPatterns: jsii.Strings("/a/*"), Priority: jsii.Number(10)})
			p.AddRoute(jsii.String("B"), &R{Targets: to, PathPatterns: jsii.Strings("/b/*"), Priority: jsii.Number(20)})
			p.AddRoute(jsii.String("C"), &R{Targets: to, PathPatterns: jsii.Strings("/c/*")})
		},
		"routes get other targets and actions": func(p privateapi.PrivateApiProvider, vpc awsec2.IVpc) {
			p.AddRoute(jsii.String("A"), &R{TargetGroups: weighted(nil, groupsIn(vpc, 1)...), PathPatterns: jsii.Strings("/a/*"), Priority: jsii.Number(10)})
			p.AddRoute(jsii.String("B"), &R{Action: elbv2.ListenerAction_FixedResponse(jsii.Number(410), nil), PathPatterns: jsii.Strings("/b/*"), Priority: jsii.Number(20)})
			p.AddRoute(jsii.String("C"), &R{Action: elbv2.ListenerAction_FixedResponse(jsii.Number(410), nil), PathPatterns: jsii.Strings("/c/*")})
		},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			for priority, id := range identities(routes) {
				if base[priority] != id {
					t.Errorf("the rule of priority %v is %s, and was %q", priority, id, base[priority])
				}
			}
		})
	}
}
