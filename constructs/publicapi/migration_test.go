package publicapi_test

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/publicapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

func TestMigrationGoldens(t *testing.T) {
	defer cdktest.Recover(t)
	for _, phase := range allPhases {
		cdktest.Run(t, string(phase), func(t *testing.T) {
			cdktest.Golden(t, "migration-"+strings.ToLower(string(phase)), phaseTemplate(t, phase))
		})
	}
}

// CDK's validation and cfn-lint find nothing in any phase.
func TestMigrationValidation(t *testing.T) {
	defer cdktest.Recover(t)
	cdktest.Validate(t, nil, func(app awscdk.App) {
		for _, phase := range allPhases {
			newMigration(cdktest.StackIn(app, strings.ReplaceAll(string(phase), "_", "-"), cdktest.Account), phase).AddRoute(jsii.String("Quotes"), quotes())
		}
		newMigration(cdktest.StackIn(app, "Listener", cdktest.Account), publicapi.Phase_CLOSE, withListener).AddRoute(jsii.String("Quotes"), quotes())
	})
}

// Each phase has what it says, and no more.
func TestPhases(t *testing.T) {
	defer cdktest.Recover(t)
	const public, internal = "PublicApiLoadBalancerAC99CB83", "ProviderLoadBalancer261D904E"
	for phase, want := range map[publicapi.Phase]struct {
		main, standby string // the ALB to which the NLB forwards 443 and 8443
		protected     []string
		clients       []string // of the web ACL
		isOpen        bool     // the clients' rules and the public record are there
	}{
		publicapi.Phase_STATUS_QUO: {"", "", []string{public}, []string{"Checkout", "Partner-1"}, true},
		publicapi.Phase_ATTACH:     {public, "", []string{public}, []string{"Checkout", "Partner-1", "PrivateLink"}, true},
		publicapi.Phase_DUAL_RUN:   {public, "", []string{networkID, public}, []string{"Checkout", "Partner-1", "PrivateLink"}, true},
		publicapi.Phase_WATCH:      {public, internal, []string{networkID, public}, []string{"Checkout", "Partner-1", "PrivateLink"}, true},
		publicapi.Phase_CLOSE:      {internal, public, []string{internal, networkID}, []string{"PrivateLink"}, false},
		publicapi.Phase_INTERNAL:   {internal, "", []string{internal, networkID}, nil, false},
	} {
		cdktest.Run(t, string(phase), func(t *testing.T) {
			template := phaseTemplate(t, phase)
			if got := albBehind(t, template, 443); got != want.main {
				t.Errorf("443 leads to %q, want %q", got, want.main)
			}
			if got := albBehind(t, template, 8443); got != want.standby {
				t.Errorf("8443 leads to %q, want %q", got, want.standby)
			}
			if got := protectedIn(template); !slices.Equal(got, want.protected) {
				t.Errorf("protected from deletion = %v, want %v", got, want.protected)
			}
			if got := clientsIn(template); !slices.Equal(got, want.clients) {
				t.Errorf("clients of the web ACL = %v, want %v", got, want.clients)
			}
			fromInternet := template.Find(typeIngress, props{"CidrIp": "203.0.113.7/32"})
			if records := template.OfType(typeRecord); len(records) == 1 != want.isOpen || len(fromInternet) == 1 != want.isOpen {
				t.Errorf("records = %v, rules = %v, want them to be there: %v", records, fromInternet, want.isOpen)
			}
			record := template.Has(t, "AWS::SSM::Parameter", props{"Name": "/privateapi/Stack/Migration/phase", "Type": "String", "Value": string(phase)})
			if record != "MigrationPhaseCE570C5B" {
				t.Errorf("the record is %s: another one would be a second parameter of one name", record)
			}
			routes := len(template.Find("AWS::ElasticLoadBalancingV2::ListenerRule", props{"Actions": []any{props{"Type": "forward"}}}))
			if albs := len(template.Find(typeAlb, props{"Type": "application"})); routes != albs {
				t.Errorf("%d rules of routes, want one for each of %d ALBs", routes, albs)
			}
		})
	}
}

// The web ACL lets in the subnets in which the NLB has its addresses, and these alone.
func TestPrivateLinkBlocks(t *testing.T) {
	defer cdktest.Recover(t)
	template := phaseTemplate(t, publicapi.Phase_ATTACH)
	set := template.Resources["PublicApiIpSetPrivateLinkF597167A"]
	if want := []any{"10.1.2.0/24", "10.1.3.0/24"}; !reflect.DeepEqual(set.Properties["Addresses"], want) {
		t.Errorf("addresses = %v, want %v", set.Properties["Addresses"], want)
	}
}

// Whoever adopts the migration has the API that NewApi defined; whoever leaves it has the provider that NewPrivateApiProvider defines.
func TestMigrationBeginsAndEndsPlain(t *testing.T) {
	defer cdktest.Recover(t)
	for name, tc := range map[string]struct {
		phase publicapi.Phase
		plain func(awscdk.Stack)
	}{
		"as the API": {publicapi.Phase_STATUS_QUO, func(stack awscdk.Stack) {
			publicapi.NewApi(stack, jsii.String("PublicApi"), migrationProps(stack).PublicApi).AddRoute(jsii.String("Quotes"), quotes())
		}},
		"as the provider": {publicapi.Phase_INTERNAL, func(stack awscdk.Stack) {
			privateapi.NewPrivateApiProvider(stack, jsii.String("Provider"), migrationProps(stack).Provider).AddRoute(jsii.String("Quotes"), quotes())
		}},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			tc.plain(stack)
			plain, migrated := cdktest.SynthTemplate(t, stack), phaseTemplate(t, tc.phase)
			delete(migrated.Resources, migrated.Has(t, "AWS::SSM::Parameter", nil))
			if !reflect.DeepEqual(migrated.Resources, plain.Resources) {
				t.Errorf("resources = %v\nwant %v", slices.Sorted(maps.Keys(migrated.Resources)), slices.Sorted(maps.Keys(plain.Resources)))
			}
		})
	}
}

// A migration hands out what the phase has.
func TestMigrationAccessors(t *testing.T) {
	defer cdktest.Recover(t)
	for _, phase := range allPhases {
		cdktest.Run(t, string(phase), func(t *testing.T) {
			m := newMigration(cdktest.Stack(t), phase, func(p *M) { p.PublicApiId, p.ProviderId = jsii.String("Pricing"), jsii.String("Private") })
			if m.Phase() != phase {
				t.Errorf("phase = %s", m.Phase())
			}
			hasApi, hasProvider := phase != publicapi.Phase_INTERNAL, phase != publicapi.Phase_STATUS_QUO
			if api := m.PublicApi(); api != nil != hasApi || hasApi && *api.Node().Path() != "Stack/Pricing" {
				t.Errorf("API = %v, want one: %v", api, hasApi)
			}
			if provider := m.Provider(); provider != nil != hasProvider || hasProvider && *provider.Node().Path() != "Stack/Private" {
				t.Errorf("provider = %v, want one: %v", provider, hasProvider)
			}
		})
	}
}

// An internet-facing ALB on its way out is not warned of; a web ACL that may block PrivateLink is.
func TestMigrationWarnings(t *testing.T) {
	defer cdktest.Recover(t)
	const internetFacing, webACL = "[ack: privateapi:internetFacing]", "[ack: privateapi:publicWebAclPrivateLink]"
	for _, phase := range allPhases {
		cdktest.Run(t, string(phase), func(t *testing.T) {
			stack := cdktest.Stack(t)
			newMigration(stack, phase, func(p *M) { p.PublicApi.WebAclArn = jsii.String(webACLArn) })
			manifest := cdktest.Synth(t, stack).Manifest(t)
			if strings.Contains(manifest, internetFacing) {
				t.Error("the migration warns of what it removes")
			}
			isBehind := phase != publicapi.Phase_STATUS_QUO && phase != publicapi.Phase_INTERNAL
			if got := strings.Contains(manifest, webACL); got != isBehind {
				t.Errorf("warns of the web ACL: %v, want %v", got, isBehind)
			}
		})
	}
}
