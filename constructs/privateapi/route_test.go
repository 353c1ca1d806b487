package privateapi_test

import (
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// fakeTarget behaves like CDK's own targets: when it is attached, it returns its type and registers its security group.
type fakeTarget struct {
	kind  elbv2.TargetType
	json  any
	group awsec2.ISecurityGroup
}

func (f *fakeTarget) AttachToApplicationTargetGroup(group elbv2.IApplicationTargetGroup) *elbv2.LoadBalancerTargetProps {
	if f.group != nil {
		group.RegisterConnectable(f.group, awsec2.Port_Tcp(jsii.Number(8080)))
	}
	return &elbv2.LoadBalancerTargetProps{TargetType: f.kind, TargetJson: f.json}
}

// valueTarget is a target that is no pointer.
type valueTarget struct{ address string }

func (v valueTarget) AttachToApplicationTargetGroup(elbv2.IApplicationTargetGroup) *elbv2.LoadBalancerTargetProps {
	return &elbv2.LoadBalancerTargetProps{TargetType: elbv2.TargetType_IP, TargetJson: props{"id": v.address}}
}

func (f *fakeTarget) AttachToNetworkTargetGroup(elbv2.INetworkTargetGroup) *elbv2.LoadBalancerTargetProps {
	return f.AttachToApplicationTargetGroup(nil)
}

func ipTarget(address string) *fakeTarget {
	return &fakeTarget{kind: elbv2.TargetType_IP, json: props{"id": address}}
}

func targets(list ...elbv2.IApplicationLoadBalancerTarget) *[]elbv2.IApplicationLoadBalancerTarget {
	return &list
}

// routeTemplate is the template of a provider with one route.
func routeTemplate(t *testing.T, options func(awscdk.Stack, awsec2.IVpc) *privateapi.RouteOptions) cdktest.Template {
	t.Helper()
	stack := cdktest.Stack(t)
	var vpc awsec2.IVpc
	provider := newProvider(stack, func(p *privateapi.PrivateApiProviderProps) { vpc = p.Vpc })
	cdktest.Check(t, func() { provider.AddRoute(jsii.String("Quote"), options(stack, vpc)) })
	return cdktest.SynthTemplate(t, stack)
}

func routeRule(path string) props {
	return props{"Conditions": []any{props{"Field": "path-pattern", "PathPatternConfig": props{"Values": []any{path}}}}}
}

func TestRouteToService(t *testing.T) {
	defer cdktest.Recover(t)
	template := routeTemplate(t, func(stack awscdk.Stack, vpc awsec2.IVpc) *privateapi.RouteOptions {
		tasks := awsec2.NewSecurityGroup(stack, jsii.String("Tasks"), &awsec2.SecurityGroupProps{Vpc: vpc})
		return &privateapi.RouteOptions{
			PathPatterns: jsii.Strings("/v1/*"),
			HostHeaders:  jsii.Strings(domain),
			Targets:      targets(&fakeTarget{kind: elbv2.TargetType_IP, group: tasks}),
			HealthCheck:  &elbv2.HealthCheck{Path: jsii.String("/up")},
		}
	})
	group := template.Has(t, typeTargets, props{"TargetType": "ip", "Protocol": "HTTP", "Port": 80, "HealthCheckPath": "/up"})
	cdktest.Run(t, "forwards requests that match path and host", func(t *testing.T) {
		rule := template.Has(t, typeRule, props{"Conditions": []any{
			props{"Field": "host-header", "HostHeaderConfig": props{"Values": []any{domain}}},
			props{"Field": "path-pattern", "PathPatternConfig": props{"Values": []any{"/v1/*"}}},
		}})
		want := props{"Actions": []any{props{"Type": "forward", "TargetGroupArn": cdktest.Ref(group)}}}
		if got := template.Resources[rule].Properties; !cdktest.Contains(got, want) {
			t.Errorf("rule = %v, want %v", got, want)
		}
	})
	cdktest.Run(t, "opens both sides on the container's port only", func(t *testing.T) {
		tasks := template.Find(typeGroup, props{"GroupDescription": "Stack/Tasks"})[0]
		_, alb := balancer(t, template, "application")
		template.Has(t, typeIngress, props{
			"GroupId": cdktest.GetAtt(tasks, "GroupId"), "SourceSecurityGroupId": groupRef(t, alb),
			"FromPort": 8080, "ToPort": 8080,
		})
		if got := template.Find(typeEgress, props{"GroupId": groupRef(t, alb)}); len(got) != 1 {
			t.Errorf("egress of the ALB = %v, want one", got)
		}
		template.Has(t, typeEgress, props{"DestinationSecurityGroupId": cdktest.GetAtt(tasks, "GroupId"), "FromPort": 8080, "ToPort": 8080})
	})
}

func TestRouteToAddresses(t *testing.T) {
	defer cdktest.Recover(t)
	template := routeTemplate(t, func(awscdk.Stack, awsec2.IVpc) *privateapi.RouteOptions {
		return &privateapi.RouteOptions{Targets: targets(ipTarget("10.0.0.5"), valueTarget{"fd00::5"}), Port: jsii.Number(8080)}
	})
	template.Has(t, typeTargets, props{"TargetType": "ip", "Targets": []any{props{"Id": "10.0.0.5"}, props{"Id": "fd00::5"}}})
	_, alb := balancer(t, template, "application")
	want := props{"SecurityGroupEgress": []any{
		props{"CidrIp": "10.0.0.5/32", "FromPort": 8080, "ToPort": 8080}, props{"CidrIpv6": "fd00::5/128", "FromPort": 8080, "ToPort": 8080},
	}}
	if got := template.Resources[groupOf(t, alb)].Properties; !cdktest.Contains(got, want) {
		t.Errorf("ALB group = %v, want %v", got, want)
	}
	template.Has(t, typeRule, routeRule("/*"))
}

func TestRouteToInstanceWithPeerAndHealthPort(t *testing.T) {
	defer cdktest.Recover(t)
	template := routeTemplate(t, func(awscdk.Stack, awsec2.IVpc) *privateapi.RouteOptions {
		return &privateapi.RouteOptions{
			Targets:     targets(&fakeTarget{kind: elbv2.TargetType_INSTANCE, json: props{"id": "i-0123456789abcdef0"}}),
			TargetPeers: &[]awsec2.IConnectable{awsec2.Peer_Ipv4(jsii.String("10.0.1.0/24"))},
			Protocol:    elbv2.ApplicationProtocol_HTTPS, ProtocolVersion: elbv2.ApplicationProtocolVersion_HTTP2,
			DeregistrationDelay: awscdk.Duration_Seconds(jsii.Number(30)),
			HealthCheck:         &elbv2.HealthCheck{Port: jsii.String("9000")},
		}
	})
	template.Has(t, typeTargets, props{
		"TargetType": "instance", "Protocol": "HTTPS", "ProtocolVersion": "HTTP2", "Port": 443, "HealthCheckPort": "9000",
		"TargetGroupAttributes": []any{props{"Key": "deregistration_delay.timeout_seconds", "Value": "30"}, props{"Key": "stickiness.enabled"}},
	})
	_, alb := balancer(t, template, "application")
	want := props{"SecurityGroupEgress": []any{
		props{"CidrIp": "10.0.1.0/24", "FromPort": 443, "ToPort": 443}, props{"CidrIp": "10.0.1.0/24", "FromPort": 9000, "ToPort": 9000},
	}}
	if got := template.Resources[groupOf(t, alb)].Properties; !cdktest.Contains(got, want) {
		t.Errorf("ALB group = %v, want %v", got, want)
	}
}

func TestRouteToLambda(t *testing.T) {
	defer cdktest.Recover(t)
	template := routeTemplate(t, func(awscdk.Stack, awsec2.IVpc) *privateapi.RouteOptions {
		return &privateapi.RouteOptions{
			Targets:    targets(&fakeTarget{kind: elbv2.TargetType_LAMBDA, json: props{"id": "arn:aws:lambda:eu-west-1:222222222222:function:quote"}}),
			TargetType: elbv2.TargetType_LAMBDA,
		}
	})
	template.Has(t, typeTargets, props{"TargetType": "lambda", "Port": cdktest.Absent, "Protocol": cdktest.Absent, "VpcId": cdktest.Absent})
}

func TestRoutePriorities(t *testing.T) {
	defer cdktest.Recover(t)
	priorities := func(t *testing.T, ids ...string) map[string]any {
		t.Helper()
		stack := cdktest.Stack(t)
		provider := newProvider(stack)
		for _, id := range ids {
			provider.AddRoute(jsii.String(id), &privateapi.RouteOptions{PathPatterns: jsii.Strings("/" + id + "/*"), Targets: targets(ipTarget("10.0.0.5"))})
		}
		template, got := cdktest.SynthTemplate(t, stack), map[string]any{}
		for _, id := range ids {
			got[id] = template.Resources[template.Has(t, typeRule, routeRule("/"+id+"/*"))].Properties["Priority"]
		}
		return got
	}
	cdktest.Run(t, "do not depend on other routes", func(t *testing.T) {
		alone, among := priorities(t, "quote"), priorities(t, "rates", "quote", "orders")
		if alone["quote"] != among["quote"] {
			t.Errorf("priority of quote is %v alone and %v among others", alone["quote"], among["quote"])
		}
	})
	cdktest.Run(t, "can be set", func(t *testing.T) {
		template := routeTemplate(t, func(awscdk.Stack, awsec2.IVpc) *privateapi.RouteOptions {
			return &privateapi.RouteOptions{Priority: jsii.Number(7), Targets: targets(ipTarget("10.0.0.5"))}
		})
		template.Has(t, typeRule, props{"Priority": 7})
	})
	cdktest.Run(t, "are not required for patterns that are known only at deploy time", func(t *testing.T) {
		stack := cdktest.Stack(t)
		provider := newProvider(stack)
		for _, id := range []string{"A", "B"} {
			host := awscdk.NewCfnParameter(stack, jsii.String("Host"+id), nil).ValueAsString()
			provider.AddRoute(jsii.String(id), &privateapi.RouteOptions{HostHeaders: &[]*string{host}, Targets: targets(ipTarget("10.0.0.5"))})
		}
		cdktest.Synth(t, stack)
	})
	cdktest.Run(t, "order routes that overlap", func(t *testing.T) {
		stack := cdktest.Stack(t)
		provider := newProvider(stack)
		provider.AddRoute(jsii.String("Quote"), &privateapi.RouteOptions{PathPatterns: jsii.Strings("/v1/*"), Priority: jsii.Number(10), Targets: targets(ipTarget("10.0.0.5"))})
		provider.AddRoute(jsii.String("Rest"), &privateapi.RouteOptions{Priority: jsii.Number(20), Targets: targets(ipTarget("10.0.0.6"))})
		template := cdktest.SynthTemplate(t, stack)
		template.Has(t, typeRule, props{"Priority": 10})
		template.Has(t, typeRule, props{"Priority": 20})
	})
}

// Targets that register themselves, as custom ones do, open their own ports.
func TestRouteToInstancesThatRegisterThemselves(t *testing.T) {
	defer cdktest.Recover(t)
	template := routeTemplate(t, func(stack awscdk.Stack, vpc awsec2.IVpc) *privateapi.RouteOptions {
		servers := awsec2.NewSecurityGroup(stack, jsii.String("Servers"), &awsec2.SecurityGroupProps{Vpc: vpc})
		return &privateapi.RouteOptions{Targets: targets(&fakeTarget{kind: elbv2.TargetType_INSTANCE, group: servers})}
	})
	template.Has(t, typeTargets, props{"TargetType": "instance"})
	template.Has(t, typeIngress, props{"FromPort": 8080, "ToPort": 8080})
}
