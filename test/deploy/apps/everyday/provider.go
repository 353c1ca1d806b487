package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/apps/env"
)

// newProviderStack defines the API. Whatever a change only refers to, such as a bucket or another VPC, exists before it.
func newProviderStack(app awscdk.App, changed changes) privateapi.PrivateApiProvider {
	stack := env.NewStack(app, "Provider", env.Context(app, "providerAccount"), env.Region, zones())
	vpc, next := env.NewVpc(stack, "Vpc", zones()), env.NewVpc(stack, "NextVpc", zones())
	gateway := awsec2.NewCfnInternetGateway(stack, jsii.String("InternetGateway"), nil) // which an internet-facing load balancer needs
	awsec2.NewCfnVPCGatewayAttachment(stack, jsii.String("GatewayAttachment"), &awsec2.CfnVPCGatewayAttachmentProps{VpcId: vpc.VpcId(), InternetGatewayId: gateway.Ref()})
	if changed["providerVpc"] {
		vpc = next
	}
	logs := awss3.NewBucket(stack, jsii.String("Logs"), nil)
	id := "Orders"
	if changed["providerId"] {
		id = "OrdersApi"
	}
	props := providerProps(stack, vpc, changed)
	if changed["accessLogs"] {
		props.AccessLogsBucket = logs
	}
	provider := privateapi.NewPrivateApiProvider(stack, jsii.String(id), props)
	addRoutes(provider, vpc, changed)
	if changed["tag"] {
		awscdk.Tags_Of(provider).Add(jsii.String("Team"), jsii.String("Orders"), nil)
	}
	if changed["scheme"] {
		var balancer awscdk.CfnResource
		jsii.UnsafeCast(provider.NetworkLoadBalancer().Node().DefaultChild(), &balancer)
		balancer.AddPropertyOverride(jsii.String("Scheme"), "internet-facing")
	}
	return provider
}

func providerProps(stack awscdk.Stack, vpc awsec2.IVpc, changed changes) *privateapi.PrivateApiProviderProps {
	props := &privateapi.PrivateApiProviderProps{
		Vpc:                vpc,
		VpcSubnets:         &awsec2.SubnetSelection{AvailabilityZones: env.ZonesOf(stack, *stack.Account())},
		DomainNames:        jsii.Strings("api.orders.internal.company.com"),
		Certificates:       certificates(stack, "certificateArn"),
		AllowedPrincipals:  &[]awsiam.ArnPrincipal{principal(env.Context(stack, "consumerAccount")), principal(env.Context(stack, "providerAccount"))},
		AcceptanceRequired: jsii.Bool(changed["acceptance"]),
	}
	for change, edit := range map[string]func(){
		"zone":        func() { props.VpcSubnets = nil },
		"principal":   func() { *props.AllowedPrincipals = append(*props.AllowedPrincipals, principal("333333333333")) },
		"noPrincipal": func() { *props.AllowedPrincipals = (*props.AllowedPrincipals)[:1] },
		"domainName": func() {
			props.DomainNames = jsii.Strings("api.orders.internal.company.com", "orders.internal.company.com")
		},
		"otherDomainName":    func() { props.DomainNames = jsii.Strings("orders.internal.company.com") },
		"certificate":        func() { props.Certificates = certificates(stack, "certificateArn", "nextCertificateArn") },
		"healthCheck":        func() { props.HealthCheck = &elbv2.HealthCheck{Interval: awscdk.Duration_Seconds(jsii.Number(15))} },
		"tlsPolicy":          func() { props.SslPolicy = elbv2.SslPolicy_TLS13_13 },
		"deletionProtection": func() { props.DeletionProtection = jsii.Bool(false) },
		"idleTimeout":        func() { props.TcpIdleTimeout = awscdk.Duration_Minutes(jsii.Number(10)) },
		"supportedRegion":    func() { props.SupportedRegions = jsii.Strings("eu-central-1") },
		"privateDnsName":     func() { props.PrivateDnsName = jsii.String("api.orders.internal.company.com") },
		"crossZone":          func() { props.CrossZoneEnabled = jsii.Bool(true) },
		"port":               func() { props.Port = jsii.Number(8443) },
		"listenerPort":       func() { props.ListenerPort = jsii.Number(8443) },
	} {
		if changed[change] {
			edit()
		}
	}
	return props
}

func addRoutes(provider privateapi.PrivateApiProvider, vpc awsec2.Vpc, changed changes) {
	first, second, third := newGroup(vpc, "FirstTasks"), newGroup(vpc, "SecondTasks"), newGroup(vpc, "ThirdTasks")
	path, tasks, port := "/v1/*", backend{first}, 8080.0
	if changed["routePath"] {
		path = "/v1.1/*"
	}
	if changed["routeTargets"] {
		tasks = backend{third}
	}
	if changed["routePort"] {
		port = 9090
	}
	addRoute(provider, "V1", path, port, tasks)
	if !changed["noRoute"] {
		addRoute(provider, "V2", "/v2/*", 8080, backend{second})
	}
	if changed["route"] {
		addRoute(provider, "V3", "/v3/*", 8080, backend{third})
	}
	if changed["priorities"] {
		addPriorities(provider, backend{third}, changed)
	}
}

// addPriorities adds two routes that overlap, so each has a priority.
func addPriorities(provider privateapi.PrivateApiProvider, tasks backend, changed changes) {
	id, special, general := "Special", 10.0, 20.0
	if changed["swapped"] {
		special, general = general, special
	}
	if changed["renamed"] {
		id = "Renamed"
	}
	to := &[]elbv2.IApplicationLoadBalancerTarget{&tasks}
	provider.AddRoute(jsii.String(id), &privateapi.RouteOptions{
		PathPatterns: jsii.Strings("/v4/special"), Priority: jsii.Number(special), Port: jsii.Number(8080), Targets: to,
	})
	provider.AddRoute(jsii.String("General"), &privateapi.RouteOptions{
		PathPatterns: jsii.Strings("/v4/*"), Priority: jsii.Number(general), Port: jsii.Number(8080), Targets: to,
	})
}

func addRoute(provider privateapi.PrivateApiProvider, id, path string, port float64, tasks backend) {
	provider.AddRoute(jsii.String(id), &privateapi.RouteOptions{
		PathPatterns: jsii.Strings(path),
		Port:         jsii.Number(port),
		Targets:      &[]elbv2.IApplicationLoadBalancerTarget{&tasks},
	})
}

// backend is a target like an ECS service: its tasks register themselves, and their security group is opened to the ALB.
type backend struct{ group awsec2.ISecurityGroup }

// AttachToApplicationTargetGroup implements [elbv2.IApplicationLoadBalancerTarget].
func (b *backend) AttachToApplicationTargetGroup(group elbv2.IApplicationTargetGroup) *elbv2.LoadBalancerTargetProps {
	group.RegisterConnectable(b.group, nil)
	return &elbv2.LoadBalancerTargetProps{TargetType: elbv2.TargetType_IP}
}

func principal(account string) awsiam.ArnPrincipal {
	return awsiam.NewAccountPrincipal(jsii.String(account))
}

func certificates(stack awscdk.Stack, keys ...string) *[]elbv2.IListenerCertificate {
	found := []elbv2.IListenerCertificate{}
	for _, key := range keys {
		found = append(found, elbv2.ListenerCertificate_FromArn(jsii.String(env.Context(stack, key))))
	}
	return &found
}
