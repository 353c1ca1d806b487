package privateapi_test

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// transports are a service over each transport, by its name. All have the same names and port.
var transports = map[string]func(constructs.Construct) privateapi.IPrivateApiService{
	"PrivateLink": func(scope constructs.Construct) privateapi.IPrivateApiService {
		return privateapi.PrivateApiService_FromAttributes(scope, jsii.String("EndpointService"), &privateapi.PrivateApiServiceAttributes{
			ServiceName: jsii.String(serviceName), DomainNames: jsii.Strings(domain, "*."+domain),
		})
	},
	"a tunnel": func(scope constructs.Construct) privateapi.IPrivateApiService {
		service := newTunnelService(scope)
		service.names = jsii.Strings(domain, "*."+domain)
		return service
	},
	"a route": func(scope constructs.Construct) privateapi.IPrivateApiService {
		service := newRoutedService(scope)
		service.names, service.ports = jsii.Strings(domain, "*."+domain), &[]*float64{jsii.Number(443)}
		return service
	},
}

// moving is a step of a move: the transport of Service and that of Previous, if there is one.
type moving struct{ to, from string }

// move returns the template of a consumer that moves, with clients that are named and clients that are let in later.
func move(t *testing.T, step moving, edit func(*privateapi.PrivateApiConsumerProps)) cdktest.Template {
	t.Helper()
	stack := cdktest.Stack(t)
	vpc := vpcOf(stack, "ConsumerVpc", "eu-west-1a", "eu-west-1b")
	props := &privateapi.PrivateApiConsumerProps{
		Vpc: vpc, Service: transports[step.to](stack), DomainNames: jsii.Strings(domain),
		Clients: &[]awsec2.IConnectable{newClient(stack, vpc), newService(stack, "Caller", vpc, false)},
	}
	if step.from != "" {
		props.Previous = transports[step.from](stack)
	}
	if edit != nil {
		edit(props)
	}
	consumer := privateapi.NewPrivateApiConsumer(stack, jsii.String("Pricing"), props)
	consumer.AllowClient(newGroup(stack, "Added", vpc), jsii.Number(443))
	later := newGroup(stack, "Later", vpc)
	later.Connections().AllowToDefaultPort(consumer, jsii.String("Later"))
	return cdktest.SynthTemplate(t, stack)
}

// While a consumer moves, nothing of the old way goes, all of the new way comes, and zones, records and rules keep their logical IDs.
// After the move, the template is as if there had been none.
func TestMove(t *testing.T) {
	defer cdktest.Recover(t)
	type C = privateapi.PrivateApiConsumerProps
	zones := map[string]func(*C){
		"with a zone of its own":                       nil,
		"with a zone of a name and the names below it": func(p *C) { p.DomainNames = nil },
		"in an existing zone":                          func(p *C) { p.HostedZone = importedZone(p.Vpc.Stack()) },
	}
	for _, step := range []moving{
		{"a tunnel", "PrivateLink"}, {"PrivateLink", "a tunnel"}, {"a route", "PrivateLink"}, {"PrivateLink", "a route"}, {"a route", "a tunnel"}, {"a tunnel", "a route"},
	} {
		for name, zone := range zones {
			cdktest.Run(t, "from "+step.from+" to "+step.to+" "+name, func(t *testing.T) {
				before, during, after := move(t, moving{to: step.from}, zone), move(t, step, zone), move(t, moving{to: step.to}, zone)
				wantAllOf(t, "of the old way", before, during, typeRecord)
				wantAllOf(t, "of the new way", after, during, "")
				if slices.ContainsFunc(before.OfType(typeRecord), func(id string) bool {
					return reflect.DeepEqual(before.Resources[id].Properties, during.Resources[id].Properties)
				}) {
					t.Error("a record still leads the old way")
				}
				for _, kind := range []string{typeZone, typeRecord} {
					if ids := before.OfType(kind); !slices.Equal(ids, during.OfType(kind)) || !slices.Equal(ids, after.OfType(kind)) {
						t.Errorf("%s: %v, then %v, then %v", kind, ids, during.OfType(kind), after.OfType(kind))
					}
				}
				known := maps.Clone(before.Resources)
				maps.Copy(known, after.Resources)
				for id, resource := range during.Resources {
					if _, ok := known[id]; !ok {
						t.Errorf("%s, of type %s, is of neither way", id, resource.Type)
					}
				}
			})
		}
	}
}

// wantAllOf checks that a template has all resources of another as they are; lists, such as rules and dependencies, may have more. Of a
// type the properties may change.
func wantAllOf(t *testing.T, what string, want, got cdktest.Template, changes string) {
	t.Helper()
	for id, resource := range want.Resources {
		there, ok := got.Resources[id]
		switch {
		case !ok:
			t.Errorf("%s, of type %s, is gone: it is %s", id, resource.Type, what)
		case resource.Type != changes && !hasAll(there.Properties, resource.Properties):
			t.Errorf("%s is %v, want all %s: %v", id, there.Properties, what, resource.Properties)
		case resource.Type != changes && !hasAll(toAny(there.DependsOn), toAny(resource.DependsOn)):
			t.Errorf("%s waits for %v, want all %s: %v", id, there.DependsOn, what, resource.DependsOn)
		}
	}
}

func toAny(list []string) []any {
	var elements []any
	for _, element := range list {
		elements = append(elements, element)
	}
	return elements
}

// hasAll reports whether a value is another, but that lists may have more elements, and be there in the first place.
func hasAll(got, want any) bool {
	switch want := want.(type) {
	case map[string]any:
		got, ok := got.(map[string]any)
		for key := range got {
			ok = ok && hasAll(got[key], want[key])
		}
		for key := range want {
			ok = ok && got[key] != nil
		}
		return ok
	case []any:
		got, _ := got.([]any)
		for _, element := range want {
			if !slices.ContainsFunc(got, func(other any) bool { return reflect.DeepEqual(other, element) }) {
				return false
			}
		}
		return true
	}
	_, isList := got.([]any)
	return isList && want == nil || reflect.DeepEqual(got, want)
}

// movingConsumer is a consumer in the middle of a move.
func movingConsumer(stack awscdk.Stack, step moving, edit func(*privateapi.PrivateApiConsumerProps)) privateapi.PrivateApiConsumer {
	return newConsumer(stack, func(p *privateapi.PrivateApiConsumerProps) {
		p.Service, p.Previous, p.DomainNames = transports[step.to](stack), transports[step.from](stack), jsii.Strings(domain)
		if edit != nil {
			edit(p)
		}
	})
}

// What the consumer returns is what its names lead to.
func TestAccessorsDuringAMove(t *testing.T) {
	defer cdktest.Recover(t)
	for _, step := range []moving{{"a tunnel", "PrivateLink"}, {"PrivateLink", "a tunnel"}} {
		cdktest.Run(t, "to "+step.to, func(t *testing.T) {
			stack := cdktest.Stack(t)
			consumer := movingConsumer(stack, step, nil)
			hasEndpoint := step.to == "PrivateLink"
			if (consumer.VpcEndpointId() != nil) != hasEndpoint || (consumer.Endpoint() != nil) != hasEndpoint {
				t.Errorf("there is an endpoint: %v, want %v", consumer.VpcEndpointId() != nil, hasEndpoint)
			}
			id := map[bool]string{true: "SecurityGroup", false: "TunnelGroup"}[hasEndpoint]
			if got := *consumer.SecurityGroup().Node().Id(); got != id {
				t.Errorf("the security group is %s, want %s", got, id)
			}
			awscdk.NewCfnOutput(stack, jsii.String("Name"), &awscdk.CfnOutputProps{Value: consumer.DnsName()})
			template := cdktest.SynthTemplate(t, stack)
			_, record := template.Only(t, typeRecord)
			alias, _ := record.Properties["AliasTarget"].(map[string]any)
			if got := template.Outputs["Name"]; !cdktest.Contains(got, props{"Value": alias["DNSName"]}) {
				t.Errorf("DnsName is %v, and the record leads to %v", got, alias)
			}
		})
	}
}

// A security group that joins is attached to the endpoint that the names lead to, and that endpoint has no group of the other way.
func TestSecurityGroupsThatJoinDuringAMove(t *testing.T) {
	defer cdktest.Recover(t)
	cdktest.Run(t, "to an endpoint", func(t *testing.T) {
		stack := cdktest.Stack(t)
		movingConsumer(stack, moving{"PrivateLink", "a tunnel"}, nil).Connections().AddSecurityGroup(existingGroup(stack, "Later", true))
		template := cdktest.SynthTemplate(t, stack)
		_, endpoint := template.Only(t, typeEndpoint)
		own := template.Has(t, typeGroup, props{"GroupDescription": "Endpoint of a private API: named clients in, nothing out"})
		if got := endpoint.Properties["SecurityGroupIds"]; !reflect.DeepEqual(got, []any{cdktest.GetAtt(own, "GroupId"), existingGroupID}) {
			t.Errorf("the endpoint has the groups %v", got)
		}
	})
	cdktest.Run(t, "from an endpoint", func(t *testing.T) {
		stack := cdktest.Stack(t)
		movingConsumer(stack, moving{"a tunnel", "PrivateLink"}, nil).Connections().AddSecurityGroup(existingGroup(stack, "Later", true))
		cdktest.WantPanic(t, "Connections: have the security group Stack/Later, which is attached to nothing", func() { awscdk.App_Of(stack).Synth(nil) })
	})
}

// If the security group of one way is in another stack, its rules are in the stack of the consumer too, and those of the other way stay.
func TestMoveToSecurityGroupsOfAnotherStack(t *testing.T) {
	defer cdktest.Recover(t)
	rules := func(moves bool) (of map[string][]string) {
		stack := cdktest.Stack(t)
		app := awscdk.App_Of(stack)
		network, callers := cdktest.StackIn(app, "Network", cdktest.Account), cdktest.StackIn(app, "Callers", cdktest.Account)
		vpc := newOwnVpc(network, "Vpc")
		shared := ownGroup(network, "Shared", vpc)
		caller := newClient(callers, vpc)
		newConsumer(stack, func(p *privateapi.PrivateApiConsumerProps) {
			p.Vpc, p.Clients, p.DomainNames = vpc, &[]awsec2.IConnectable{caller}, jsii.Strings(domain)
			if moves {
				service := newTunnelService(stack)
				service.group = shared
				p.Service, p.Previous = service, p.Service
			}
		})
		assembly, of := cdktest.Synth(t, stack), map[string][]string{}
		for _, name := range []string{"Stack", "Network", "Callers"} {
			template := assembly.Template(t, name)
			of[name] = slices.Concat(template.OfType(typeIngress), template.OfType(typeEgress))
		}
		return of
	}
	before, during := rules(false), rules(true)
	for _, id := range before["Stack"] {
		if !slices.Contains(during["Stack"], id) {
			t.Errorf("%s moved: %v", id, during)
		}
	}
	// Into the group and out to it, of each way. The prefix list has no stack, so that rule is where the client is.
	if len(before["Stack"]) != 2 || len(during["Stack"]) != 4 || len(during["Network"]) != 0 || len(during["Callers"]) != 1 {
		t.Errorf("the rules are %v, and then %v", before, during)
	}
}

// What a service finds names the property that it came by.
func TestPreviousIsChecked(t *testing.T) {
	defer cdktest.Recover(t)
	message := cdktest.Panic(t, func() {
		stack := cdktest.Stack(t)
		movingConsumer(stack, moving{"a tunnel", "PrivateLink"}, func(p *privateapi.PrivateApiConsumerProps) {
			p.Previous = privateapi.PrivateApiService_FromAttributes(stack, jsii.String("Far"), &privateapi.PrivateApiServiceAttributes{
				ServiceName: jsii.String("com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0"), DomainNames: jsii.Strings(domain),
			})
		})
	})
	if want := "Previous: has a name of us-east-1"; !strings.Contains(message, want) {
		t.Errorf("the refusal is %s\nwant it to contain %q", message, want)
	}
}
