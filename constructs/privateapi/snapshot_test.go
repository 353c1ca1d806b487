package privateapi_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// Props are a snapshot: reusing a struct for a second construct changes nothing of the first one.
func TestPropsAreASnapshot(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	p := providerProps(stack)
	own := p.Vpc
	p.Port, p.SupportedRegions, p.PrivateDnsName = jsii.Number(443), jsii.Strings("us-east-1"), jsii.String("api.company.com")
	p.VpcSubnets = &awsec2.SubnetSelection{Subnets: own.PrivateSubnets()}
	first := privateapi.NewPrivateApiProvider(stack, jsii.String("First"), p)

	p.Vpc = vpcOf(stack, "Other", "eu-west-1a", "eu-west-1b")
	*p.Port, *(*p.DomainNames)[0], *(*p.SupportedRegions)[0], *p.PrivateDnsName = 8443, "api.other.com", "us-west-2", "api.other.com"
	(*p.VpcSubnets.Subnets)[0] = (*p.Vpc.PrivateSubnets())[0]
	p.VpcSubnets = nil
	privateapi.NewPrivateApiProvider(stack, jsii.String("Second"), p)
	first.AddRoute(jsii.String("Quote"), &privateapi.RouteOptions{Targets: targets(ipTarget("10.0.0.5"))})
	if got := *first.Port(); got != 443 {
		t.Errorf("port = %v, want 443", got)
	}
	if got := *(*first.DomainNames())[0]; got != domain {
		t.Errorf("domain name = %s, want %s", got, domain)
	}
	template := cdktest.SynthTemplate(t, stack)
	template.Has(t, typeTargets, props{"TargetType": "ip", "VpcId": *own.VpcId()})
	template.Has(t, typeService, props{"PrivateDnsName": "api.company.com", "SupportedRegions": []any{"us-east-1"}})
}

// What an accessor returns is a copy.
func TestAccessorsReturnCopies(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	provider := newProvider(stack, func(p *privateapi.PrivateApiProviderProps) {
		p.SupportedIpAddressTypes = &[]awsec2.IpAddressType{awsec2.IpAddressType_IPV4}
		p.PrivateDnsName = jsii.String("api.company.com")
		p.Vpc = newOwnVpc(stack, "Own")
	})
	accept, ids := jsii.Bool(true), jsii.Strings("euw1-az1")
	service := privateapi.PrivateApiService_FromAttributes(stack, jsii.String("Service"), &privateapi.PrivateApiServiceAttributes{
		ServiceName: jsii.String(serviceName), DomainNames: jsii.Strings(domain), AcceptanceRequired: accept, AvailabilityZoneIds: ids,
		SupportedIpAddressTypes: &[]awsec2.IpAddressType{awsec2.IpAddressType_IPV4},
	})
	consumer := privateapi.NewPrivateApiConsumer(stack, jsii.String("Consumer"), &privateapi.PrivateApiConsumerProps{Vpc: vpcOf(stack, "ConsumerVpc", "eu-west-1a"), Service: service})
	imported := privateapi.PrivateApiConsumer_FromAttributes(stack, jsii.String("Imported"), &privateapi.PrivateApiConsumerAttributes{
		VpcEndpointId: jsii.String("vpce-0123456789abcdef0"), SecurityGroups: &[]awsec2.ISecurityGroup{newClient(stack, vpcOf(stack, "ClientVpc", "eu-west-1a"))},
		DomainNames: jsii.Strings(domain),
	})
	for name, object := range map[string]any{"provider": provider, "service": service, "consumer": consumer, "imported consumer": imported} {
		for accessor, call := range valueAccessors(object) {
			first := call()
			deface(first)
			if again := call(); reflect.DeepEqual(again.Interface(), first.Interface()) {
				t.Errorf("%s of the %s returns %v, which a caller has set: it is not a copy", accessor, name, again)
			}
		}
	}
}

// valueAccessors are the methods of an object that return a value that is set, and not objects of CDK.
func valueAccessors(object any) map[string]func() reflect.Value {
	accessors := map[string]func() reflect.Value{}
	v := reflect.ValueOf(object)
	for i := range v.NumMethod() {
		name, method := v.Type().Method(i).Name, v.Method(i)
		t := method.Type()
		if name == "ToString" || t.NumIn() > 0 || t.NumOut() != 1 || t.Out(0).Kind() != reflect.Pointer {
			continue
		}
		if to := t.Out(0).Elem(); to.Kind() == reflect.Slice && to.Elem().Kind() == reflect.Interface || method.Call(nil)[0].IsNil() {
			continue
		}
		accessors[name] = func() reflect.Value { return method.Call(nil)[0].Elem() }
	}
	return accessors
}

// deface changes a value and what it points to.
func deface(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString("defaced")
	case reflect.Float64:
		v.SetFloat(v.Float() + 1)
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Pointer:
		deface(v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			deface(v.Field(i))
		}
	case reflect.Slice:
		for i := range v.Len() {
			if element := v.Index(i); element.Kind() != reflect.Interface {
				deface(element)
			}
		}
	}
}

// embeddingNil are structs that embed nothing.
type (
	nilProvider struct{ privateapi.PrivateApiProvider }
	nilVpc      struct{ awsec2.IVpc }
	nilTarget   struct {
		elbv2.IApplicationLoadBalancerTarget
	}
	nilClient struct{ nilConnectable }
)

type nilConnectable struct{ awsec2.IConnectable }

func TestStructsThatEmbedNil(t *testing.T) {
	defer cdktest.Recover(t)
	for name, tc := range map[string]struct {
		build func()
		want  string
	}{
		"a service": {func() {
			newConsumer(cdktest.Stack(t), func(p *privateapi.PrivateApiConsumerProps) { p.Service = nilProvider{} })
		}, "Stack/Pricing: 1 problem\n- Service: is a privateapi_test.nilProvider, which embeds nil [privateapi:required]"},
		"a pointer to a service": {func() {
			newConsumer(cdktest.Stack(t), func(p *privateapi.PrivateApiConsumerProps) { p.Service = &nilProvider{} })
		}, "Service: is a *privateapi_test.nilProvider, which embeds nil"},
		"a client": {func() {
			newConsumer(cdktest.Stack(t), func(p *privateapi.PrivateApiConsumerProps) { p.Clients = &[]awsec2.IConnectable{nilClient{}} })
		}, "Clients[0]: is a privateapi_test.nilClient, which embeds nil"},
		"a VPC": {func() {
			newProvider(cdktest.Stack(t), func(p *privateapi.PrivateApiProviderProps) { p.Vpc = nilVpc{} })
		}, "Vpc: is a privateapi_test.nilVpc, which embeds nil"},
		"a target": {func() {
			newProvider(cdktest.Stack(t)).AddRoute(jsii.String("Quote"), &privateapi.RouteOptions{Targets: targets(&nilTarget{})})
		}, "Stack/Pricing/RouteQuote: 1 problem\n- Targets[0]: is a *privateapi_test.nilTarget, which embeds nil"},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			if message := cdktest.Panic(t, tc.build); !strings.Contains(message, tc.want) {
				t.Errorf("message = %s\nwant it to contain %s", message, tc.want)
			}
		})
	}
}
