package privateapi_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	elbtargets "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2targets"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// listenerTemplate is the template of a provider with one listener on port 5432.
func listenerTemplate(t *testing.T, options func(awscdk.Stack, awsec2.IVpc) *privateapi.NlbListenerOptions) cdktest.Template {
	t.Helper()
	stack := cdktest.Stack(t)
	var vpc awsec2.IVpc
	provider := newNlbProvider(stack, func(p *privateapi.PrivateNlbProviderProps) { vpc = p.Vpc })
	cdktest.Check(t, func() {
		o := options(stack, vpc)
		o.Port = jsii.Number(5432)
		provider.AddListener(jsii.String("Postgres"), o)
	})
	return cdktest.SynthTemplate(t, stack)
}

// For each of CDK's own targets, all rules between the NLB and the target: CDK opens none.
func TestTargetsOfTheNlb(t *testing.T) {
	defer cdktest.Recover(t)
	type L = privateapi.NlbListenerOptions
	for name, tc := range map[string]struct {
		options func(awscdk.Stack, awsec2.IVpc) *L
		want    []string
	}{
		"Fargate": {func(stack awscdk.Stack, vpc awsec2.IVpc) *L {
			return &L{Targets: networkTargets(fargate(stack, vpc)), TargetPort: jsii.Number(8080)}
		}, []string{"NLB to Tasks 8080", "Tasks from NLB 8080"}},
		"Fargate with health checks on another port": {func(stack awscdk.Stack, vpc awsec2.IVpc) *L {
			return &L{Targets: networkTargets(fargate(stack, vpc)), TargetPort: jsii.Number(8080), HealthCheck: &elbv2.HealthCheck{Port: jsii.String("8008")}}
		}, []string{"NLB to Tasks 8008", "NLB to Tasks 8080", "Tasks from NLB 8008", "Tasks from NLB 8080"}},
		"one container of Fargate": {func(stack awscdk.Stack, vpc awsec2.IVpc) *L {
			target := fargate(stack, vpc).LoadBalancerTarget(&awsecs.LoadBalancerTargetOptions{ContainerName: jsii.String("app"), ContainerPort: jsii.Number(8080)})
			return &L{Targets: networkTargets(target), TargetPort: jsii.Number(8080), HealthCheck: &elbv2.HealthCheck{Port: jsii.String("8008")}}
		}, []string{"NLB to Tasks 8008", "NLB to Tasks 8080", "Tasks from NLB 8008", "Tasks from NLB 8080"}},
		"ECS on instances, with peers": {func(stack awscdk.Stack, vpc awsec2.IVpc) *L {
			servers := awsec2.SecurityGroup_FromSecurityGroupId(stack, jsii.String("Tasks2"), jsii.String("sg-0123456789abcdef0"), nil)
			return &L{Targets: networkTargets(ec2Service(stack, vpc)), TargetPeers: &[]awsec2.IConnectable{servers}, TargetPort: jsii.Number(8080)}
		}, []string{"NLB to sg-0123456789abcdef0 8080", "sg-0123456789abcdef0 from NLB 8080"}},
		"an address": {func(awscdk.Stack, awsec2.IVpc) *L {
			return &L{Targets: networkTargets(elbtargets.NewIpTarget(jsii.String("10.0.0.5"), nil, nil))}
		}, []string{"NLB to 10.0.0.5/32 5432"}},
		"an address with a port of its own, and health checks on another": {func(awscdk.Stack, awsec2.IVpc) *L {
			target := elbtargets.NewIpTarget(jsii.String("10.0.0.5"), jsii.Number(6432), nil)
			return &L{Targets: networkTargets(target), HealthCheck: &elbv2.HealthCheck{Port: jsii.String("8008")}}
		}, []string{"NLB to 10.0.0.5/32 6432", "NLB to 10.0.0.5/32 8008"}},
		"an instance": {func(stack awscdk.Stack, vpc awsec2.IVpc) *L {
			server := instance(stack, vpc)
			return &L{
				Targets:     networkTargets(elbtargets.NewInstanceTarget(server, jsii.Number(6432))),
				TargetPeers: &[]awsec2.IConnectable{server}, HealthCheck: &elbv2.HealthCheck{Port: jsii.String("8008")},
			}
		}, []string{"NLB to Tasks 6432", "NLB to Tasks 8008", "Tasks from NLB 6432", "Tasks from NLB 8008"}},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			if got := openingsOf(t, listenerTemplate(t, tc.options), "network", "NLB"); !slices.Equal(got, tc.want) {
				t.Errorf("open are %q, want %q", got, tc.want)
			}
		})
	}
}

// Rules for targets are in the targets' stack, which depends on the provider's. Until it is deployed, the NLB may send nowhere.
func TestTargetsOfTheNlbInAnotherStack(t *testing.T) {
	defer cdktest.Recover(t)
	app := cdktest.App(t, nil)
	providerStack, services := cdktest.StackIn(app, "Provider", cdktest.Account), cdktest.StackIn(app, "Services", cdktest.Account)
	var vpc awsec2.IVpc
	provider := newNlbProvider(providerStack, func(p *privateapi.PrivateNlbProviderProps) { vpc = p.Vpc })
	provider.AddListener(jsii.String("Postgres"), &privateapi.NlbListenerOptions{
		Port: jsii.Number(5432), Targets: networkTargets(fargate(services, vpc)), TargetPort: jsii.Number(8080),
	})
	assembly := cdktest.Synth(t, providerStack)
	template := assembly.Template(t, "Services")
	template.Only(t, typeIngress)
	template.Only(t, typeEgress)
	own := assembly.Template(t, "Provider")
	if got := own.OfType(typeEgress); got != nil {
		t.Errorf("the stack of the provider has the rules %v", got)
	}
	own.Has(t, typeGroup, props{"SecurityGroupEgress": []any{props{"CidrIp": "255.255.255.255/32"}}})
}

func TestNlbListeners(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	provider := newDatabase(stack, func(o *privateapi.NlbListenerOptions) {
		o.ProxyProtocolV2, o.PreserveClientIp, o.ConnectionTermination = jsii.Bool(true), jsii.Bool(false), jsii.Bool(true)
		o.DeregistrationDelay, o.TcpIdleTimeout = seconds(60), seconds(3600)
		o.HealthCheck = &elbv2.HealthCheck{Protocol: elbv2.Protocol_TCP, Port: jsii.String("8008")}
	})
	tls := provider.AddListener(jsii.String("Tls"), &privateapi.NlbListenerOptions{
		Port: jsii.Number(443), Certificates: certificates(), AlpnPolicy: elbv2.AlpnPolicy_HTTP2_OPTIONAL, Targets: networkTargets(ipTarget("10.0.0.6")),
	})
	tls.TargetGroup().Metrics().UnHealthyHostCount(nil)
	tls.NetworkListener().AddCertificates(jsii.String("More"), &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(jsii.String(certificateArn + "0"))})
	if got := values(provider.Ports()); !slices.Equal(got, []float64{5432, 443}) || *tls.Port() != 443 {
		t.Errorf("ports = %v and %v, want 5432 and 443, and 443", got, *tls.Port())
	}
	template := cdktest.SynthTemplate(t, stack)
	cdktest.Run(t, "TCP passes through", func(t *testing.T) {
		template.Has(t, typeListener, props{
			"Protocol": "TCP", "Port": 5432, "Certificates": cdktest.Absent, "SslPolicy": cdktest.Absent,
			"ListenerAttributes": []any{props{"Key": "tcp.idle_timeout.seconds", "Value": "3600"}},
		})
	})
	cdktest.Run(t, "TLS ends at the NLB", func(t *testing.T) {
		template.Has(t, typeListener, props{
			"Protocol": "TLS", "Port": 443, "Certificates": []any{props{"CertificateArn": certificateArn}}, "AlpnPolicy": []any{"HTTP2Optional"},
			"SslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
		})
	})
	cdktest.Run(t, "target groups have the attributes that are set", func(t *testing.T) {
		group := template.Resources[template.Has(t, typeTargets, props{"Port": 5432, "Protocol": "TCP", "HealthCheckPort": "8008"})]
		got := map[string]any{}
		for _, attribute := range group.Properties["TargetGroupAttributes"].([]any) {
			got[attribute.(props)["Key"].(string)] = attribute.(props)["Value"]
		}
		want := props{
			"proxy_protocol_v2.enabled": "true", "preserve_client_ip.enabled": "false", "deregistration_delay.timeout_seconds": "60",
			"deregistration_delay.connection_termination.enabled": "true",
		}
		if !cdktest.Contains(got, want) {
			t.Errorf("attributes = %v, want %v", got, want)
		}
		template.Has(t, typeTargets, props{"Port": 443, "TargetGroupAttributes": cdktest.Absent})
	})
}

// Consumers of the app connect to the ports of all listeners, and wait for listeners and permissions as those of a PrivateApiProvider do.
func TestConsumerOfAnNlbProvider(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	provider := newDatabase(stack)
	provider.AddListener(jsii.String("Pooler"), &privateapi.NlbListenerOptions{Port: jsii.Number(6432), Targets: networkTargets(ipTarget("10.0.0.5"))})
	vpc := vpcOf(stack, "ConsumerVpc", "eu-west-1a", "eu-west-1b")
	privateapi.NewPrivateApiConsumer(stack, jsii.String("Checkout"), &privateapi.PrivateApiConsumerProps{
		Vpc: vpc, Service: provider, Clients: &[]awsec2.IConnectable{newClient(stack, vpc)},
	})
	template := cdktest.SynthTemplate(t, stack)
	_, endpoint := template.Only(t, typeEndpoint)
	permissions, _ := template.Only(t, typePermissions)
	for _, want := range append(template.OfType(typeListener), permissions) {
		if !slices.Contains(endpoint.DependsOn, want) {
			t.Errorf("the endpoint waits for %v, want %s too", endpoint.DependsOn, want)
		}
	}
	for _, port := range []int{5432, 6432} {
		template.Has(t, typeIngress, props{"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "Description": "Client to private API"})
	}
	template.Has(t, typeRecord, props{"Name": databaseDomain})
}

// Enforced inbound rules are for the ports of all listeners.
func TestConsumerCidrsOfAnNlbProvider(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	provider := newNlbProvider(stack, func(p *privateapi.PrivateNlbProviderProps) {
		p.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic, p.ConsumerCidrs = jsii.Bool(true), jsii.Strings("10.1.0.0/16")
	})
	for id, port := range map[string]float64{"Postgres": 5432, "Pooler": 6432} {
		provider.AddListener(jsii.String(id), &privateapi.NlbListenerOptions{Port: jsii.Number(port), Targets: networkTargets(ipTarget("10.0.0.5"))})
	}
	template := cdktest.SynthTemplate(t, stack)
	_, nlb := balancer(t, template, "network")
	rules := template.Resources[groupOf(t, nlb)].Properties["SecurityGroupIngress"].([]any)
	var ports []float64
	for _, rule := range rules {
		ports = append(ports, rule.(props)["FromPort"].(float64))
	}
	if slices.Sort(ports); !slices.Equal(ports, []float64{5432, 6432}) {
		t.Errorf("inbound rules = %v, want one for each listener", rules)
	}
}

// A listener that is refused leaves nothing behind.
func TestListenerThatIsRefused(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	provider := newDatabase(stack)
	want := cdktest.SynthTemplate(t, func() awscdk.Stack { s := cdktest.Stack(t); newDatabase(s); return s }()).Resources
	cdktest.WantPanic(t, "Targets[1]: is of type INSTANCE", func() {
		provider.AddListener(jsii.String("Mixed"), &privateapi.NlbListenerOptions{
			Port: jsii.Number(6432), Targets: networkTargets(ipTarget("10.0.0.5"), instanceTarget()),
		})
	})
	if got := cdktest.SynthTemplate(t, stack).Resources; len(got) != len(want) || len(*provider.Ports()) != 1 {
		t.Errorf("%d resources and %d ports, want %d and 1", len(got), len(*provider.Ports()), len(want))
	}
}

// Two listeners more make no other one move.
func TestListenersKeepTheirLogicalIDs(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	provider := newNlbProvider(stack)
	for i, id := range []string{"A", "Postgres", "B"} {
		provider.AddListener(jsii.String(id), &privateapi.NlbListenerOptions{Port: jsii.Number(float64(5432 + i)), Targets: networkTargets(ipTarget("10.0.0.5"))})
	}
	template := cdktest.SynthTemplate(t, stack)
	for _, id := range []string{
		"OrdersEndpointService3BB7AAF7", "OrdersNetworkLoadBalancerA57520DF", "OrdersListenerPostgres02B4734B", "OrdersListenerPostgresTargetGroup541A9A5D",
	} {
		if _, ok := template.Resources[id]; !ok {
			t.Errorf("%s is gone: %v", id, strings.Join(template.OfType(typeListener), ", "))
		}
	}
}
