package privateapi_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// Every resource that can have tags has them.
func TestTagsReachEveryResource(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	provider := newProvider(stack)
	provider.AddRoute(jsii.String("Quote"), &privateapi.RouteOptions{PathPatterns: jsii.Strings("/v1/*"), Targets: targets(ipTarget("10.0.0.5"))})
	privateapi.NewPrivateApiConsumer(stack, jsii.String("Checkout"), &privateapi.PrivateApiConsumerProps{Vpc: newOwnVpc(stack, "Away"), Service: provider})
	awscdk.Tags_Of(stack).Add(jsii.String("team"), jsii.String("pricing"), nil)
	template := cdktest.SynthTemplate(t, stack)
	tag := props{"Key": "team", "Value": "pricing"}
	for kind, count := range map[string]int{typeBalancer: 2, typeGroup: 3, typeTargets: 2, typeListener: 2, typeRule: 2, typeService: 1, typeEndpoint: 1} {
		if got := len(template.Find(kind, props{"Tags": []any{tag}})); got != count {
			t.Errorf("%d resources of type %s have the tag, want %d", got, kind, count)
		}
	}
	template.Has(t, typeZone, props{"HostedZoneTags": []any{tag}})
}

// An L2 view is defined on demand. It changes no resource, and has its resource as default child.
func TestViews(t *testing.T) {
	defer cdktest.Recover(t)
	build := func(ask bool) map[string]cdktest.Resource {
		stack := cdktest.Stack(t)
		provider := newProvider(stack)
		consumer := privateapi.NewPrivateApiConsumer(stack, jsii.String("Checkout"), &privateapi.PrivateApiConsumerProps{Vpc: newOwnVpc(stack, "Away"), Service: provider})
		if ask {
			for name, handle := range map[string]constructs.IConstruct{
				"LoadBalancer": provider.LoadBalancer(), "NetworkLoadBalancer": provider.NetworkLoadBalancer(), "Listener": provider.Listener(),
				"NetworkLoadBalancerSecurityGroup": provider.NetworkLoadBalancerSecurityGroup(),
				"Endpoint":                         consumer.Endpoint(), "SecurityGroup": consumer.SecurityGroup(), "HostedZone": (*consumer.HostedZones())[0],
			} {
				if !*awscdk.CfnResource_IsCfnResource(handle.Node().DefaultChild()) {
					t.Errorf("%s has no resource behind it", name)
				}
			}
			provider.EndpointService().Ref()
			provider.TargetGroup().Ref()
			provider.NetworkListener().Ref()
			consumer.Connections()
			if consumer.Endpoint() != consumer.Endpoint() || consumer.Connections() != consumer.Connections() {
				t.Error("a second call returns another view")
			}
		}
		return cdktest.SynthTemplate(t, stack).Resources
	}
	if asked, unasked := build(true), build(false); !reflect.DeepEqual(asked, unasked) {
		t.Errorf("with views:\n%v\nwithout:\n%v", asked, unasked)
	}
}

func TestEndpointView(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	var client awsec2.SecurityGroup
	consumer := newConsumer(stack, func(p *privateapi.PrivateApiConsumerProps) { client = newClient(stack, p.Vpc) })
	consumer.Endpoint().Connections().AllowDefaultPortFrom(client, nil)
	awscdk.NewCfnOutput(stack, jsii.String("Id"), &awscdk.CfnOutputProps{Value: consumer.Endpoint().VpcEndpointId()})
	var resource awsec2.CfnVPCEndpoint
	jsii.UnsafeCast(consumer.Endpoint().Node().DefaultChild(), &resource)
	resource.ApplyRemovalPolicy(awscdk.RemovalPolicy_RETAIN, nil)
	template := cdktest.SynthTemplate(t, stack)
	endpoint, _ := template.Only(t, typeEndpoint)
	if got := template.Outputs["Id"]; !cdktest.Contains(got, props{"Value": cdktest.Ref(endpoint)}) {
		t.Errorf("ID = %v, want a reference to %s", got, endpoint)
	}
	group, _ := template.Only(t, typeIngress)
	if !cdktest.Contains(template.Resources[group].Properties, props{"FromPort": 443, "ToPort": 443}) {
		t.Errorf("ingress = %v, want the port of the API", template.Resources[group].Properties)
	}
}

// To take over existing resources, people override logical IDs. References must follow.
func TestEveryLogicalIDCanBeOverridden(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	provider := newProvider(stack)
	provider.AddRoute(jsii.String("Quote"), &privateapi.RouteOptions{PathPatterns: jsii.Strings("/v1/*"), Targets: targets(ipTarget("10.0.0.5"))})
	consumerVpc := vpcOf(stack, "ConsumerVpc", "eu-west-1a", "eu-west-1b")
	consumer := privateapi.NewPrivateApiConsumer(stack, jsii.String("Checkout"), &privateapi.PrivateApiConsumerProps{
		Vpc: consumerVpc, Service: provider, Clients: &[]awsec2.IConnectable{newClient(stack, consumerVpc)},
	})
	for _, construct := range []constructs.IConstruct{provider, consumer} {
		for i, child := range *construct.Node().FindAll(constructs.ConstructOrder_PREORDER) {
			if *awscdk.CfnResource_IsCfnResource(child) {
				var resource awscdk.CfnResource
				jsii.UnsafeCast(child, &resource)
				resource.OverrideLogicalId(jsii.String(fmt.Sprintf("Own%s%d", *construct.Node().Id(), i)))
			}
		}
	}
	template := cdktest.SynthTemplate(t, stack)
	for id, resource := range template.Resources {
		if !strings.HasPrefix(id, "Own") && !strings.HasPrefix(id, "Client") {
			t.Errorf("%s cannot be reached", id)
		}
		for _, to := range append(referencesOf(resource.Properties), resource.DependsOn...) {
			if _, ok := template.Resources[to]; !ok && !strings.HasPrefix(to, "AWS::") {
				t.Errorf("%s refers to %s, which is gone", id, to)
			}
		}
	}
}

// referencesOf lists what a value refers to by Ref or GetAtt.
func referencesOf(value any) (ids []string) {
	switch value := value.(type) {
	case []any:
		for _, element := range value {
			ids = append(ids, referencesOf(element)...)
		}
	case map[string]any:
		if id, ok := value["Ref"].(string); ok {
			return []string{id}
		}
		if att, ok := value["Fn::GetAtt"].([]any); ok {
			return []string{att[0].(string)}
		}
		for _, element := range value {
			ids = append(ids, referencesOf(element)...)
		}
	}
	return ids
}

// What a PrivateNlbProvider hands out changes no resource, and has its resource as default child.
func TestViewsOfAnNlbProvider(t *testing.T) {
	defer cdktest.Recover(t)
	build := func(ask bool) map[string]cdktest.Resource {
		stack := cdktest.Stack(t)
		provider := newDatabase(stack)
		if ask {
			for name, view := range map[string]constructs.IConstruct{
				"NetworkLoadBalancer": provider.NetworkLoadBalancer(), "NetworkLoadBalancerSecurityGroup": provider.NetworkLoadBalancerSecurityGroup(),
			} {
				if !*awscdk.CfnResource_IsCfnResource(view.Node().DefaultChild()) {
					t.Errorf("%s has no resource behind it", name)
				}
			}
			if provider.NetworkLoadBalancer() != provider.NetworkLoadBalancer() {
				t.Error("a second call returns another view")
			}
			provider.EndpointService().Ref()
		}
		return cdktest.SynthTemplate(t, stack).Resources
	}
	if asked, unasked := build(true), build(false); !reflect.DeepEqual(asked, unasked) {
		t.Errorf("with views:\n%v\nwithout:\n%v", asked, unasked)
	}
}

// A struct that embeds a PrivateNlbProvider connects its consumers as the bare provider does.
func TestStructThatEmbedsAnNlbProvider(t *testing.T) {
	defer cdktest.Recover(t)
	build := func(wrap func(privateapi.PrivateNlbProvider) privateapi.IPrivateApiService) map[string]cdktest.Resource {
		stack := cdktest.Stack(t)
		service := wrap(newDatabase(stack))
		newConsumer(stack, func(p *privateapi.PrivateApiConsumerProps) { p.Service = service })
		return cdktest.SynthTemplate(t, stack).Resources
	}
	bare := build(func(p privateapi.PrivateNlbProvider) privateapi.IPrivateApiService { return p })
	embedded := build(func(p privateapi.PrivateNlbProvider) privateapi.IPrivateApiService {
		return struct{ privateapi.PrivateNlbProvider }{p}
	})
	if !reflect.DeepEqual(bare, embedded) {
		t.Errorf("embedded:\n%v\nbare:\n%v", embedded, bare)
	}
}

// The answers of CDK for one VPC or selection are not used for another.
func TestAnswersAreKeptApart(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	service := importedService(stack)
	one, two := vpcOf(stack, "One", "eu-west-1a", "eu-west-1b"), vpcOf(stack, "Two", "eu-west-1a", "eu-west-1b")
	only := func(zone string) *awsec2.SubnetSelection {
		return &awsec2.SubnetSelection{AvailabilityZones: jsii.Strings(zone)}
	}
	wants := map[string][]any{}
	add := func(id string, vpc awsec2.IVpc, subnets *awsec2.SubnetSelection, want ...any) {
		consumer := privateapi.NewPrivateApiConsumer(stack, jsii.String(id), &privateapi.PrivateApiConsumerProps{Vpc: vpc, Subnets: subnets, Service: service, DnsMode: privateapi.DnsMode_NONE})
		awscdk.Tags_Of(consumer).Add(jsii.String("id"), jsii.String(id), nil)
		wants[id] = want
	}
	add("OneAll", one, nil, subnetID("One", "eu-west-1a"), subnetID("One", "eu-west-1b"))
	add("TwoAll", two, nil, subnetID("Two", "eu-west-1a"), subnetID("Two", "eu-west-1b"))
	add("OneA", one, only("eu-west-1a"), subnetID("One", "eu-west-1a"))
	add("OneB", one, only("eu-west-1b"), subnetID("One", "eu-west-1b"))
	add("TwoB", two, only("eu-west-1b"), subnetID("Two", "eu-west-1b"))
	template := cdktest.SynthTemplate(t, stack)
	for id, want := range wants {
		template.Has(t, typeEndpoint, props{"SubnetIds": want, "Tags": []any{props{"Key": "id", "Value": id}}})
	}
}
