package privateapi_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/metricstest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// by narrows a metric by pairs of a dimension and a value.
func by(pairs ...string) *awscloudwatch.MetricOptions {
	dimensions := map[string]*string{}
	for i := 0; i < len(pairs); i += 2 {
		dimensions[pairs[i]] = &pairs[i+1]
	}
	return &awscloudwatch.MetricOptions{DimensionsMap: &dimensions}
}

// alarmsOn defines an alarm on each metric, by its ID.
func alarmsOn(stack awscdk.Stack, metrics map[string]awscloudwatch.Metric) {
	for _, id := range slices.Sorted(maps.Keys(metrics)) {
		awscloudwatch.NewAlarm(stack, &id, &awscloudwatch.AlarmProps{Metric: metrics[id], Threshold: jsii.Number(1), EvaluationPeriods: jsii.Number(1)})
	}
}

// TestMetrics: what alarms on the metrics of each construct look at is what AWS publishes.
func TestMetrics(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	in := func(name string) awscdk.Stack { return cdktest.StackIn(awscdk.App_Of(stack), name, cdktest.Account) }
	consumerStack := in("Consumer")
	provider, database, consumer := newProvider(stack), newDatabase(in("Database")), newConsumer(consumerStack)
	text := awscdk.NewCfnParameter(stack, jsii.String("ServiceName"), nil).ValueAsString()
	alarmsOn(stack, map[string]awscloudwatch.Metric{
		"ServiceActive":    provider.MetricActiveConnections(nil),
		"ServiceBytes":     provider.MetricBytesProcessed(&awscloudwatch.MetricOptions{Statistic: jsii.String("Average"), Period: awscdk.Duration_Minutes(jsii.Number(5))}),
		"ServiceEndpoints": provider.MetricEndpointsCount(nil),
		"ServiceNew":       provider.MetricNewConnections(by("VPC Endpoint Id", "vpce-0")),
		"ServiceReset":     provider.MetricRstPacketsSent(by("Az", "euw1-az1", "Load Balancer Arn", *provider.NetworkLoadBalancer().LoadBalancerArn())),
		"OtherStack":       database.Metric(jsii.String("NewConnections"), nil),
		"Import":           importOf(stack, "Imported", jsii.String(serviceName)).MetricActiveConnections(nil),
		"ImportOfToken":    importOf(stack, "Later", text).MetricActiveConnections(nil),
		"NetworkFlows":     provider.NetworkLoadBalancer().Metrics().ActiveFlowCount(nil),
		"ImportedOne":      importedEndpoint(stack, text, jsii.String("vpc-0123456789abcdef0")).Metric(jsii.String("PacketsDropped"), nil),
	})
	alarmsOn(consumerStack, map[string]awscloudwatch.Metric{
		"ConsumerActive":  consumer.MetricActiveConnections(nil),
		"ConsumerBytes":   consumer.MetricBytesProcessed(nil),
		"ConsumerNew":     consumer.MetricNewConnections(nil),
		"ConsumerDropped": consumer.MetricPacketsDropped(by("Subnet Id", "subnet-0")),
		"ConsumerReset":   consumer.MetricRstPacketsReceived(nil),
	})
	assembly := cdktest.Synth(t, stack)
	template, consumers := assembly.Template(t, *stack.StackName()), assembly.Template(t, "Consumer")
	for tpl, want := range map[*cdktest.Template]int{&template: 10, &consumers: 5} {
		if uses := metricstest.Check(t, tpl.Section("Resources")); len(uses) != want {
			t.Errorf("%d metrics are checked, want %d", len(uses), want)
		}
	}
	serviceID, _ := template.Only(t, "AWS::EC2::VPCEndpointService")
	of := " Service Id=map[Ref:" + serviceID + "]"
	wantAlarms(t, template, map[string]string{
		"ServiceActive":    "AWS/PrivateLinkServices ActiveConnections Average 60" + of,
		"ServiceBytes":     "AWS/PrivateLinkServices BytesProcessed Average 300" + of,
		"ServiceEndpoints": "AWS/PrivateLinkServices EndpointsCount Maximum 300" + of,
		"ServiceNew":       "AWS/PrivateLinkServices NewConnections Sum 60" + of + ", VPC Endpoint Id=vpce-0",
		"Import":           "AWS/PrivateLinkServices ActiveConnections Average 60 Service Id=" + serviceName[strings.LastIndex(serviceName, ".")+1:],
		"ImportOfToken": "AWS/PrivateLinkServices ActiveConnections Average 60 Service Id=" +
			"map[Fn::Join:[ [vpce-svc- map[Fn::Select:[1 map[Fn::Split:[vpce-svc- map[Ref:ServiceName]]]]]]]]",
		"ImportedOne": "AWS/PrivateLinkEndpoints PacketsDropped Sum 60 Endpoint Type=Interface, Service Name=map[Ref:ServiceName], " +
			"VPC Endpoint Id=vpce-0123456789abcdef0, VPC Id=vpc-0123456789abcdef0",
	})
	endpointID, _ := consumers.Only(t, "AWS::EC2::VPCEndpoint")
	own := fmt.Sprintf("Service Name=%s, VPC Endpoint Id=map[Ref:%s], VPC Id=%s", serviceName, endpointID, vpcID("ConsumerVpc"))
	wantAlarms(t, consumers, map[string]string{
		"ConsumerActive":  "AWS/PrivateLinkEndpoints ActiveConnections Average 60 Endpoint Type=Interface, " + own,
		"ConsumerBytes":   "AWS/PrivateLinkEndpoints BytesProcessed Sum 60 Endpoint Type=Interface, " + own,
		"ConsumerNew":     "AWS/PrivateLinkEndpoints NewConnections Sum 60 Endpoint Type=Interface, " + own,
		"ConsumerReset":   "AWS/PrivateLinkEndpoints RstPacketsReceived Sum 60 Endpoint Type=Interface, " + own,
		"ConsumerDropped": "AWS/PrivateLinkEndpoints PacketsDropped Sum 60 Endpoint Type=Interface, " + strings.Replace(own, "VPC Endpoint Id", "Subnet Id=subnet-0, VPC Endpoint Id", 1),
	})
}

func wantAlarms(t *testing.T, template cdktest.Template, want map[string]string) {
	t.Helper()
	alarms := metricstest.Alarms(template.Section("Resources"))
	for id, want := range want {
		if alarms[id] != want {
			t.Errorf("%s looks at\n%s\nwant\n%s", id, alarms[id], want)
		}
	}
}

func importOf(scope constructs.Construct, id string, name *string) privateapi.IPrivateLinkService {
	return privateapi.PrivateApiService_FromAttributes(scope, &id, &privateapi.PrivateApiServiceAttributes{ServiceName: name})
}

func importedEndpoint(scope constructs.Construct, serviceName, vpcID *string) privateapi.IPrivateApiConsumer {
	return privateapi.PrivateApiConsumer_FromAttributes(scope, jsii.String("Endpoint"), &privateapi.PrivateApiConsumerAttributes{
		VpcEndpointId:  jsii.String("vpce-0123456789abcdef0"),
		SecurityGroups: &[]awsec2.ISecurityGroup{awsec2.SecurityGroup_FromSecurityGroupId(scope, jsii.String("EndpointGroup"), jsii.String("sg-0123456789abcdef0"), nil)},
		ServiceName:    serviceName, VpcId: vpcID,
	})
}

// TestMetricRefusals: a metric that nobody publishes is refused, where CloudWatch accepts it and stays silent.
func TestMetricRefusals(t *testing.T) {
	defer cdktest.Recover(t)
	type C = privateapi.PrivateApiConsumerProps
	var cases []cdktest.Refusal
	refuse := func(name string, broken rules.Rule, prepare func(awscdk.Stack) func()) {
		cases = append(cases, cdktest.Refusal{Name: name, Broken: []rules.Rule{broken}, Prepare: func(t *testing.T) func() { return prepare(cdktest.Stack(t)) }})
	}
	ofProvider := func(name string, broken rules.Rule, call func(privateapi.PrivateApiProvider)) {
		refuse(name, broken, func(stack awscdk.Stack) func() {
			provider := newProvider(stack)
			return func() { call(provider) }
		})
	}
	ofConsumer := func(name string, broken rules.Rule, edit func(*C)) {
		refuse(name, broken, func(stack awscdk.Stack) func() {
			consumer := newConsumer(stack, edit)
			if resources := consumer.MetricResources(); resources != nil {
				panic(fmt.Sprint("there are resources: ", resources))
			}
			return func() { consumer.MetricPacketsDropped(nil) }
		})
	}
	ofProvider("no name", rules.Required, func(p privateapi.PrivateApiProvider) { p.Metric(nil, nil) })
	ofProvider("a name that does not exist", rules.MetricName, func(p privateapi.PrivateApiProvider) { p.Metric(jsii.String("Latency"), nil) })
	ofProvider("a name that is misspelt", rules.MetricName, func(p privateapi.PrivateApiProvider) { p.Metric(jsii.String("EndpointCount"), nil) })
	ofProvider("a dimension of endpoints", rules.MetricDimensions, func(p privateapi.PrivateApiProvider) { p.MetricNewConnections(by("Subnet Id", "subnet-0")) })
	ofProvider("a dimension without its space", rules.MetricDimensions, func(p privateapi.PrivateApiProvider) { p.MetricNewConnections(by("VpcEndpointId", "vpce-0")) })
	ofProvider("endpoints by zone", rules.MetricDimensions, func(p privateapi.PrivateApiProvider) { p.MetricEndpointsCount(by("Az", "euw1-az1")) })
	ofProvider("a zone of a consumer", rules.MetricDimensions, func(p privateapi.PrivateApiProvider) {
		p.MetricNewConnections(by("VPC Endpoint Id", "vpce-0", "Az", "euw1-az1"))
	})
	ofProvider("another service", rules.Contradiction, func(p privateapi.PrivateApiProvider) { p.MetricNewConnections(by("Service Id", "vpce-svc-0")) })
	ofProvider("a dimension without a value", rules.Required, func(p privateapi.PrivateApiProvider) {
		p.MetricNewConnections(&awscloudwatch.MetricOptions{DimensionsMap: &map[string]*string{"Az": nil}})
	})
	ofConsumer("consumer: over another transport", rules.MetricResource, func(p *C) { p.Service = newRoutedService(p.Vpc.Stack()) })
	ofConsumer("consumer: of a service in another Region", rules.MetricResource, func(p *C) {
		p.Service = privateapi.PrivateApiService_FromAttributes(p.Vpc.Stack(), jsii.String("Far"), &privateapi.PrivateApiServiceAttributes{
			ServiceName: jsii.String(strings.Replace(serviceName, "eu-west-1", "us-east-1", 1)), ServiceRegion: jsii.String("us-east-1"), DomainNames: jsii.Strings(domain),
		})
	})
	refuse("consumer: an import that does not say enough", rules.MetricResource, func(stack awscdk.Stack) func() {
		consumer := importedEndpoint(stack, jsii.String(serviceName), nil)
		return func() { consumer.MetricActiveConnections(nil) }
	})
	refuse("service: of AWS", rules.MetricResource, func(stack awscdk.Stack) func() {
		service := privateapi.PrivateApiService_FromAwsService(stack, jsii.String("ApiGateway"), awsec2.InterfaceVpcEndpointAwsService_APIGATEWAY(), nil)
		return func() { service.MetricActiveConnections(nil) }
	})
	cdktest.RefusalsIn(t, "metric-refusals.txt", cases, rules.Metrics())
}

// TestMetricResources: what CloudWatch measures of a provider, in the order of a request's path.
func TestMetricResources(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	provider := newProvider(stack)
	provider.AddRoute(jsii.String("Quote"), &privateapi.RouteOptions{PathPatterns: jsii.Strings("/v1/*"), Targets: targets(ipTarget("10.0.0.5"))})
	provider.AddRoute(jsii.String("Order"), &privateapi.RouteOptions{PathPatterns: jsii.Strings("/v2/*"), Port: jsii.Number(8080), TargetPeers: &[]awsec2.IConnectable{newClient(stack, newOwnVpc(stack, "Own"))}, TargetGroups: &[]*elbv2.WeightedTargetGroup{
		{TargetGroup: groupOfARN(stack, "Blue", jsii.String("arn:aws:elasticloadbalancing:eu-west-1:222222222222:targetgroup/blue/0123456789abcdef"))},
		{TargetGroup: groupOfARN(stack, "Green", awscdk.NewCfnParameter(stack, jsii.String("GreenArn"), nil).ValueAsString())},
	}})
	in := func(name string) awscdk.Stack { return cdktest.StackIn(awscdk.App_Of(stack), name, cdktest.Account) }
	behind := newProvider(in("Behind"), func(p *privateapi.PrivateApiProviderProps) {
		p.Certificates, p.Listener, p.ListenerLoadBalancer = nil, importedListener(p.Vpc.Stack()), importedLoadBalancer(p.Vpc.Stack(), p.Vpc)
		p.ListenerPort, p.HealthCheck = jsii.Number(443), &elbv2.HealthCheck{Path: jsii.String("/up")}
	})
	for name, tc := range map[string]struct {
		of   privateapi.EndpointServiceMetrics
		want []string
	}{
		"ALB": {provider, []string{
			"an endpoint service : Service Id=map[Ref:PricingEndpointService*]",
			"an NLB : LoadBalancer=map[Fn::GetAtt:[PricingNetworkLoadBalancer* LoadBalancerFullName]]",
			"an ALB : LoadBalancer=map[Fn::GetAtt:[PricingLoadBalancer* LoadBalancerFullName]]",
			"a target group of an ALB Quote: LoadBalancer=map[Fn::GetAtt:[PricingLoadBalancer* LoadBalancerFullName]], TargetGroup=map[Fn::GetAtt:[PricingRouteQuote* TargetGroupFullName]]",
			"a target group of an ALB Order: LoadBalancer=map[Fn::GetAtt:[PricingLoadBalancer* LoadBalancerFullName]], TargetGroup=targetgroup/blue/0123456789abcdef",
			"a target group of an ALB Order 2: LoadBalancer=map[Fn::GetAtt:[PricingLoadBalancer* LoadBalancerFullName]], TargetGroup=map[Fn::Join:[ [targetgroup/ map[Fn::Select:[1 map[Fn::Split:[targetgroup/ map[Ref:GreenArn]]]]]]]]",
		}},
		"an ALB that exists": {behind, []string{
			"an endpoint service : Service Id=map[Ref:PricingEndpointService*]",
			"an NLB : LoadBalancer=map[Fn::GetAtt:[PricingNetworkLoadBalancer* LoadBalancerFullName]]",
			"an ALB : LoadBalancer=app/pricing/0123456789abcdef",
		}},
		"NLB": {newDatabase(in("Database")), []string{
			"an endpoint service : Service Id=map[Ref:OrdersEndpointService*]",
			"an NLB : LoadBalancer=map[Fn::GetAtt:[OrdersNetworkLoadBalancer* LoadBalancerFullName]]",
			"a target group of an NLB Postgres: LoadBalancer=map[Fn::GetAtt:[OrdersNetworkLoadBalancer* LoadBalancerFullName]], TargetGroup=map[Fn::GetAtt:[OrdersListenerPostgresTargetGroup* TargetGroupFullName]]",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			defer cdktest.Recover(t)
			var got []string
			for _, resource := range tc.of.MetricResources() {
				var pairs []string
				for _, dimension := range slices.Sorted(maps.Keys(resource.Dimensions)) {
					pairs = append(pairs, fmt.Sprintf("%s=%v", dimension, stack.Resolve(resource.Dimensions[dimension])))
				}
				got = append(got, hashes.ReplaceAllString(fmt.Sprintf("%s %s: %s", resource.Kind.Name, resource.Label, strings.Join(pairs, ", ")), "*"))
			}
			if !slices.Equal(got, tc.want) {
				t.Errorf("resources =\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tc.want, "\n"))
			}
		})
	}
}

// hashes are those of logical IDs.
var hashes = regexp.MustCompile(`[0-9A-F]{8}\b`)

func groupOfARN(scope constructs.Construct, id string, arn *string) elbv2.IApplicationTargetGroup {
	return elbv2.ApplicationTargetGroup_FromTargetGroupAttributes(scope, &id, &elbv2.TargetGroupAttributes{TargetGroupArn: arn})
}

// TestMetricsAreWhereTheResourceIs: an alarm in another account asks that of the construct, and an import of another Region is in that Region.
func TestMetricsAreWhereTheResourceIs(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	central := cdktest.StackIn(awscdk.App_Of(stack), "Central", cdktest.OtherAccount)
	alarmsOn(central, map[string]awscloudwatch.Metric{"Connections": importOf(stack, "Imported", jsii.String(serviceName)).MetricActiveConnections(nil)})
	far := privateapi.PrivateApiService_FromAttributes(stack, jsii.String("Far"), &privateapi.PrivateApiServiceAttributes{
		ServiceName: jsii.String(strings.Replace(serviceName, "eu-west-1", "us-east-1", 1)),
	})
	if region := far.MetricActiveConnections(nil).Region(); region == nil || *region != "us-east-1" {
		t.Errorf("the metric is in the Region %v, want us-east-1", region)
	}
	if region := far.MetricActiveConnections(&awscloudwatch.MetricOptions{Region: jsii.String("us-west-2")}).Region(); region == nil || *region != "us-west-2" {
		t.Errorf("the metric is in the Region %v, want us-west-2", region)
	}
	_, alarm := cdktest.Synth(t, central).Template(t, "Central").Only(t, "AWS::CloudWatch::Alarm")
	if want := (props{"Metrics": []any{props{"AccountId": cdktest.Account}}}); !cdktest.Contains(alarm.Properties, want) {
		t.Errorf("the alarm has %v, want %v", alarm.Properties, want)
	}
	cdktest.WantPanic(t, "region", func() {
		west := awscdk.NewStack(awscdk.App_Of(stack), jsii.String("West"), &awscdk.StackProps{Env: &awscdk.Environment{Region: jsii.String("us-west-2")}})
		alarmsOn(west, map[string]awscloudwatch.Metric{"Far": importOf(stack, "Later", awscdk.Fn_ImportValue(jsii.String("Name"))).MetricActiveConnections(nil)})
	})
}
