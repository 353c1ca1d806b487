package privateapi_test

import (
	"slices"
	"testing"

	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// An ALB of the same app and an imported one behave alike.
func TestProviderOfExistingListener(t *testing.T) {
	defer cdktest.Recover(t)
	for name, tc := range map[string]struct {
		edit     func(*privateapi.PrivateApiProviderProps)
		balancer func(*testing.T, cdktest.Template) any
		group    func(*testing.T, cdktest.Template) any
		waits    int
	}{
		"of this app": {
			edit: existing,
			balancer: func(t *testing.T, template cdktest.Template) any {
				id, _ := balancer(t, template, "application")
				return cdktest.Ref(id)
			},
			group: func(t *testing.T, template cdktest.Template) any {
				_, alb := balancer(t, template, "application")
				return groupRef(t, alb)
			},
			waits: 1,
		},
		"imported": {
			edit: func(p *privateapi.PrivateApiProviderProps) {
				p.Certificates = nil
				p.Listener, p.ListenerLoadBalancer = importedListener(p.Vpc.Stack()), importedLoadBalancer(p.Vpc.Stack(), p.Vpc)
				p.ListenerPort, p.HealthCheck = jsii.Number(443), &elbv2.HealthCheck{Path: jsii.String("/up")}
			},
			balancer: func(*testing.T, cdktest.Template) any { return loadBalancerArn },
			group:    func(*testing.T, cdktest.Template) any { return "sg-0123456789abcdef0" },
		},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			provider := newProvider(stack, tc.edit)
			provider.AddRoute(jsii.String("Quote"), &privateapi.RouteOptions{PathPatterns: jsii.Strings("/v1/*"), Priority: jsii.Number(7), Targets: targets(ipTarget("10.0.0.5"))})
			template := cdktest.SynthTemplate(t, stack)

			id := template.Has(t, typeTargets, props{
				"TargetType": "alb", "Port": 443, "Targets": []any{props{"Id": tc.balancer(t, template), "Port": 443}},
				"HealthCheckProtocol": "HTTPS", "HealthCheckPath": "/up",
			})
			if got := len(template.Resources[id].DependsOn); got != tc.waits {
				t.Errorf("the target group depends on %d resources, want %d", got, tc.waits)
			}
			template.Has(t, typeIngress, props{"GroupId": tc.group(t, template), "FromPort": 443, "ToPort": 443})
			egress := template.Has(t, typeEgress, props{"DestinationSecurityGroupId": tc.group(t, template), "FromPort": 443, "ToPort": 443})
			_, nlb := balancer(t, template, "network")
			if got := referencesOf(template.Resources[egress].Properties["GroupId"]); !slices.Equal(got, []string{groupOf(t, nlb)}) {
				t.Errorf("the rule out is of %v, want the NLB's group, which may send anywhere without one", got)
			}
			template.Has(t, typeRule, routeRule("/v1/*"))
			if got := len(template.OfType(typeRule)); got != 1 {
				t.Errorf("%d rules, want the route's alone: health checks are up to the listener", got)
			}
		})
	}
}

func TestProviderOfExistingListenerWithHTTP(t *testing.T) {
	defer cdktest.Recover(t)
	template := providerTemplate(t, func(p *privateapi.PrivateApiProviderProps) {
		p.Certificates = nil
		p.Listener, p.ListenerLoadBalancer = importedListener(p.Vpc.Stack()), importedLoadBalancer(p.Vpc.Stack(), p.Vpc)
		p.ListenerPort, p.ListenerProtocol = jsii.Number(80), elbv2.ApplicationProtocol_HTTP
		p.HealthCheck = &elbv2.HealthCheck{Path: jsii.String("/up"), Port: jsii.String("8080")}
	})
	template.Has(t, typeTargets, props{"Port": 80, "HealthCheckProtocol": "HTTP", "HealthCheckPort": "8080"})
	for _, port := range []int{80, 8080} {
		template.Has(t, typeIngress, props{"GroupId": "sg-0123456789abcdef0", "FromPort": port, "ToPort": port})
	}
	template.Has(t, typeListener, props{"Protocol": "TCP", "Port": 443})
}
