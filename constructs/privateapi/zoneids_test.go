package privateapi_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsssm"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// serviceOf imports a service that is in some zones.
func serviceOf(scope awscdk.Stack, zones *[]*string) privateapi.IPrivateLinkService {
	return privateapi.PrivateApiService_FromAttributes(scope, jsii.String("Zoned"), &privateapi.PrivateApiServiceAttributes{
		ServiceName: jsii.String(serviceName), DomainNames: jsii.Strings(domain), AvailabilityZoneIds: zones,
	})
}

func zoneIDs(pairs ...string) *map[string]*string {
	ids := map[string]*string{}
	for i := 0; i < len(pairs); i += 2 {
		ids[pairs[i]] = &pairs[i+1]
	}
	return &ids
}

// The endpoint keeps the subnets in zones of the service, and nothing else of the template depends on that.
func TestZonesOfTheService(t *testing.T) {
	defer cdktest.Recover(t)
	const dropped = "eu-west-1c"
	given := zoneIDs("eu-west-1a", "euw1-az3", "eu-west-1b", "euw1-az1", dropped, "euw1-az2")
	contextOf := func(account, region string) map[string]any {
		return map[string]any{"privateapi:zone-ids/" + account + "/" + region: props{"eu-west-1a": "euw1-az3", "eu-west-1b": "euw1-az1", dropped: "euw1-az2"}}
	}
	for name, tc := range map[string]struct {
		context map[string]any
		service *[]*string // zones of it
		given   *map[string]*string
		edit    func(*privateapi.PrivateApiConsumerProps)
		kept    []string
		warns   string
	}{
		"by zone IDs": {
			service: jsii.Strings("euw1-az1", "euw1-az3"), given: given, kept: []string{"eu-west-1a", "eu-west-1b"},
			warns: "Subnets: are left out in eu-west-1c (euw1-az2): the service is in euw1-az1, euw1-az3. AWS:",
		},
		"by the context": {
			context: contextOf(cdktest.Account, "eu-west-1"), service: jsii.Strings("euw1-az3"), kept: []string{"eu-west-1a"},
			warns: "Subnets: are left out in eu-west-1b (euw1-az1), eu-west-1c (euw1-az2): the service is in euw1-az3. AWS:",
		},
		"by subnets of the caller's": {
			service: jsii.Strings("euw1-az3"), given: given, kept: []string{"eu-west-1a"}, warns: "Subnets: are left out in eu-west-1b (euw1-az1)",
			edit: func(p *privateapi.PrivateApiConsumerProps) {
				p.Subnets = &awsec2.SubnetSelection{AvailabilityZones: jsii.Strings("eu-west-1a", "eu-west-1b")}
			},
		},
		"which the caller gives, whatever the context has": {
			context: contextOf(cdktest.Account, "eu-west-1"), service: jsii.Strings("euw1-az4"), given: zoneIDs("eu-west-1a", "euw1-az4", "eu-west-1b", "euw1-az4", dropped, "euw1-az4"),
			kept: []string{"eu-west-1a", "eu-west-1b", dropped},
		},
		"all of them":                      {service: jsii.Strings("euw1-az1", "euw1-az2", "euw1-az3"), given: given, kept: []string{"eu-west-1a", "eu-west-1b", dropped}},
		"that are not known":               {given: given, kept: []string{"eu-west-1a", "eu-west-1b", dropped}},
		"without zone IDs":                 {service: jsii.Strings("euw1-az1"), kept: []string{"eu-west-1a", "eu-west-1b", dropped}},
		"with the context of others":       {context: contextOf(cdktest.OtherAccount, "eu-west-1"), service: jsii.Strings("euw1-az1"), kept: []string{"eu-west-1a", "eu-west-1b", dropped}},
		"with the context of elsewhere":    {context: contextOf(cdktest.Account, "eu-west-2"), service: jsii.Strings("euw1-az1"), kept: []string{"eu-west-1a", "eu-west-1b", dropped}},
		"that are placeholders of lookups": {service: jsii.Strings("dummy-value-for-/zone"), given: given, kept: []string{"eu-west-1a", "eu-west-1b", dropped}},
		"with one zone ID": {
			service: jsii.Strings("euw1-az1"), given: zoneIDs(dropped, "euw1-az2"), kept: []string{"eu-west-1a", "eu-west-1b"},
			warns: "ZoneIds: has no ID of eu-west-1a, eu-west-1b. AWS:",
		},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			build := func(filter bool) (cdktest.Template, string) {
				stack := cdktest.StackIn(cdktest.App(t, tc.context), "Stack", cdktest.Account)
				p := &privateapi.PrivateApiConsumerProps{Vpc: vpcOf(stack, "Wide", "eu-west-1a", "eu-west-1b", dropped), Service: serviceOf(stack, nil)}
				if filter {
					p.Service, p.ZoneIds = privateapi.PrivateApiService_FromAttributes(stack, jsii.String("Filtered"), &privateapi.PrivateApiServiceAttributes{
						ServiceName: jsii.String(serviceName), DomainNames: jsii.Strings(domain), AvailabilityZoneIds: tc.service,
					}), tc.given
				}
				if tc.edit != nil {
					tc.edit(p)
				}
				privateapi.NewPrivateApiConsumer(stack, jsii.String("Checkout"), p)
				assembly := cdktest.Synth(t, stack)
				return assembly.Template(t, "Stack"), strings.ReplaceAll(assembly.Manifest(t), `\"`, `"`)
			}
			template, metadata := build(true)
			kept := []any{}
			for _, zone := range tc.kept {
				kept = append(kept, subnetID("Wide", zone))
			}
			id := template.Has(t, typeEndpoint, props{"SubnetIds": kept})
			if !strings.Contains(metadata, tc.warns) || tc.warns == "" && strings.Contains(metadata, "privateapi:zone") {
				t.Errorf("annotations %s, want %q", metadata, tc.warns)
			}
			plain, _ := build(false)
			delete(template.Resources[id].Properties, "SubnetIds")
			delete(plain.Resources[id].Properties, "SubnetIds")
			if !reflect.DeepEqual(template.Resources, plain.Resources) {
				t.Errorf("%v\nwant\n%v", template.Resources, plain.Resources)
			}
		})
	}
}

// Between accounts the zones of a provider of the app are known by its context. Their names are not those of the consumer's account.
func TestZonesOfAProviderOfAnotherAccount(t *testing.T) {
	defer cdktest.Recover(t)
	app := cdktest.App(t, map[string]any{
		"privateapi:zone-ids/" + cdktest.OtherAccount + "/eu-west-1": props{"eu-west-1a": "euw1-az3", "eu-west-1b": "euw1-az1"},
		"privateapi:zone-ids/" + cdktest.Account + "/eu-west-1":      props{"eu-west-1a": "euw1-az1", "eu-west-1b": "euw1-az2"},
	})
	provider := newProvider(cdktest.StackIn(app, "Provider", cdktest.Account)) // in euw1-az1 and euw1-az2
	stack := cdktest.StackIn(app, "Consumer", cdktest.OtherAccount)
	vpc := vpcOf(stack, "Far", "eu-west-1a", "eu-west-1b") // in euw1-az3 and euw1-az1
	privateapi.NewPrivateApiConsumer(stack, jsii.String("Checkout"), &privateapi.PrivateApiConsumerProps{Vpc: vpc, Service: provider})
	cdktest.Synth(t, stack).Template(t, "Consumer").Has(t, typeEndpoint, props{"SubnetIds": []any{subnetID("Far", "eu-west-1b")}})
}

func zoneRefusals() []refusal {
	type C = privateapi.PrivateApiConsumerProps
	inContext := func(name string, value any, broken ...rules.Rule) refusal {
		return refusal{"consumer: " + name, broken, func(awscdk.Stack) {
			app := awscdk.NewApp(&awscdk.AppProps{Context: &map[string]any{"privateapi:zone-ids/" + cdktest.Account + "/eu-west-1": value}})
			other := cdktest.StackIn(app, "Stack", cdktest.Account)
			newConsumer(other, func(p *C) { p.Service = serviceOf(other, jsii.Strings("euw1-az1")) })
		}}
	}
	return []refusal{
		badConsumer("consumer: no subnet in a zone of the service", func(p *C) {
			p.Service, p.ZoneIds = serviceOf(p.Vpc.Stack(), jsii.Strings("euw1-az1")), zoneIDs("eu-west-1a", "euw1-az2", "eu-west-1b", "euw1-az3")
		}, rules.ZoneOfService),
		badConsumer("consumer: malformed zone IDs", func(p *C) {
			p.ZoneIds = &map[string]*string{"eu-west-1a": jsii.String("eu-west-1a"), "eu-west-1b": nil, "euw1-az1": jsii.String("euw1-az1")}
		}, rules.AvailabilityZoneID, rules.Required, rules.AvailabilityZoneID),
		badConsumer("consumer: zone IDs without an endpoint", func(p *C) {
			p.Service, p.ZoneIds = newRoutedService(p.Vpc.Stack()), zoneIDs("eu-west-1a", "euw1-az2")
		}, rules.Contradiction),
		inContext("zone IDs in the context that are a list", []any{"euw1-az1"}, rules.AvailabilityZoneID),
		inContext("zone IDs in the context that are malformed", props{"eu-west-1a": 1, "eu-west-1b": "b"}, rules.AvailabilityZoneID, rules.AvailabilityZoneID),
	}
}

// Zone IDs that are tokens pass, and so do those that are not looked up yet.
func TestZoneIDsThatAreTokens(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	newConsumer(stack, func(p *privateapi.PrivateApiConsumerProps) {
		p.Service = serviceOf(stack, jsii.Strings("euw1-az1"))
		p.ZoneIds = &map[string]*string{
			"eu-west-1a": textToken(stack, "Zone"), "eu-west-1b": awsssm.StringParameter_ValueFromLookup(stack, jsii.String("/zones/b"), nil, nil),
		}
	})
	cdktest.SynthTemplate(t, stack).Has(t, typeEndpoint, props{"SubnetIds": []any{subnetID("ConsumerVpc", "eu-west-1a"), subnetID("ConsumerVpc", "eu-west-1b")}})
}
