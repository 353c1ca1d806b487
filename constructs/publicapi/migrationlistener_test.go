package publicapi_test

import (
	"slices"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/publicapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

const existingID = "Existing4CC9759F"

// withImportedListener migrates an ALB that another app defines.
func withImportedListener(p *M) {
	stack := p.PublicApi.Vpc.Stack()
	group := awsec2.SecurityGroup_FromSecurityGroupId(stack, jsii.String("ExistingGroup"), jsii.String("sg-0123456789abcdef0"), nil)
	p.Listener = elbv2.ApplicationListener_FromApplicationListenerAttributes(stack, jsii.String("ExistingListener"), &elbv2.ApplicationListenerAttributes{
		ListenerArn:   jsii.String("arn:aws:elasticloadbalancing:eu-west-1:222222222222:listener/app/pricing/0123456789abcdef/0123456789abcdef"),
		SecurityGroup: group,
	})
	p.ListenerLoadBalancer = elbv2.ApplicationLoadBalancer_FromApplicationLoadBalancerAttributes(stack, jsii.String("Existing"), &elbv2.ApplicationLoadBalancerAttributes{
		LoadBalancerArn: jsii.String(loadBalancerArn), SecurityGroupId: jsii.String("sg-0123456789abcdef0"), Vpc: p.PublicApi.Vpc,
	})
	p.ListenerPort, p.PublicApi, p.Provider.HealthCheck = jsii.Number(8443), nil, &elbv2.HealthCheck{Path: jsii.String("/up")}
	p.StandbyPort, p.Provider.ListenerPort = jsii.Number(9443), jsii.Number(444)
}

const loadBalancerArn = "arn:aws:elasticloadbalancing:eu-west-1:222222222222:loadbalancer/app/pricing/0123456789abcdef"

// An ALB that something else defines is migrated as that of an API is; its routes, clients and names stay its owner's.
func TestMigrationOfListener(t *testing.T) {
	defer cdktest.Recover(t)
	const internal = "ProviderLoadBalancer261D904E"
	for phase, want := range map[publicapi.Phase]struct{ main, standby string }{
		publicapi.Phase_STATUS_QUO: {"", ""},
		publicapi.Phase_ATTACH:     {existingID, ""},
		publicapi.Phase_DUAL_RUN:   {existingID, ""},
		publicapi.Phase_WATCH:      {existingID, internal},
		publicapi.Phase_CLOSE:      {internal, existingID},
		publicapi.Phase_INTERNAL:   {internal, ""},
	} {
		cdktest.Run(t, string(phase), func(t *testing.T) {
			template := phaseTemplate(t, phase, withListener)
			if got := albBehind(t, template, 443); got != want.main {
				t.Errorf("443 leads to %q, want %q", got, want.main)
			}
			if got := albBehind(t, template, 8443); got != want.standby {
				t.Errorf("8443 leads to %q, want %q", got, want.standby)
			}
			_, hasInternal := template.Resources[internal]
			routes := template.Find("AWS::ElasticLoadBalancingV2::ListenerRule", props{"Actions": []any{props{"Type": "forward"}}})
			if len(routes) == 1 != hasInternal {
				t.Errorf("routes = %v, want one if there is an internal ALB", routes)
			}
		})
	}
}

// Each port of an imported listener, of the internal ALB and of the NLB is its own.
func TestMigrationOfImportedListener(t *testing.T) {
	defer cdktest.Recover(t)
	template := phaseTemplate(t, publicapi.Phase_WATCH, withImportedListener)
	for _, port := range []int{8443, 444} {
		template.Has(t, "AWS::ElasticLoadBalancingV2::TargetGroup", props{"TargetType": "alb", "Port": port, "HealthCheckPath": "/up"})
	}
	template.Has(t, typeListener, props{"Protocol": "HTTPS", "Port": 444})
	if got := albBehind(t, template, 9443); got != "ProviderLoadBalancer261D904E" {
		t.Errorf("9443 leads to %q", got)
	}
	last := phaseTemplate(t, publicapi.Phase_INTERNAL, withImportedListener, func(p *M) {
		p.Listener, p.ListenerLoadBalancer, p.ListenerPort = nil, nil, nil // the ALB is gone
	})
	for _, id := range []string{"ProviderTargetGroup18C9880E", "ProviderListener47409A14", "ProviderLoadBalancer261D904E"} {
		if !slices.Contains(template.OfType(last.Resources[id].Type), id) {
			t.Errorf("%s of the last phase is not there before", id)
		}
	}
}

// Health checks on a port of their own are answered by both ALBs, with or without certificates of clients.
func TestMigrationHealthCheckPort(t *testing.T) {
	defer cdktest.Recover(t)
	edit := func(p *M) {
		p.Provider.HealthCheck = &elbv2.HealthCheck{Port: jsii.String("8080")}
		p.PublicApi.MutualAuthentication = &elbv2.MutualAuthentication{
			MutualAuthenticationMode: elbv2.MutualAuthenticationMode_VERIFY,
			TrustStore: elbv2.TrustStore_FromTrustStoreArn(p.PublicApi.Vpc.Stack(), jsii.String("TrustStore"),
				jsii.String("arn:aws:elasticloadbalancing:eu-west-1:222222222222:truststore/clients/0123456789abcdef")),
		}
	}
	template := phaseTemplate(t, publicapi.Phase_WATCH, edit)
	groups := template.Find("AWS::ElasticLoadBalancingV2::TargetGroup", props{
		"TargetType": "alb", "HealthCheckPort": "8080", "HealthCheckProtocol": "HTTP", "HealthCheckPath": "/privateapi-health",
	})
	listeners := template.Find(typeListener, props{"Protocol": "HTTP", "Port": 8080})
	if len(groups) != 2 || len(listeners) != 2 {
		t.Errorf("groups = %v, listeners = %v, want two of each", groups, listeners)
	}
}
