package privateapi_test

import (
	"slices"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

const (
	companyZone   = "internal.company.com"
	companyZoneID = "Z0123456789ABCDEFGHIJ"
)

// importedZone is a zone of another app.
func importedZone(scope constructs.Construct) awsroute53.IHostedZone {
	return awsroute53.HostedZone_FromHostedZoneAttributes(scope, jsii.String("Company"), &awsroute53.HostedZoneAttributes{
		HostedZoneId: jsii.String(companyZoneID), ZoneName: jsii.String(companyZone),
	})
}

// ownZone is a private zone of this app.
func ownZone(scope constructs.Construct, vpc awsec2.IVpc) awsroute53.PrivateHostedZone {
	return awsroute53.NewPrivateHostedZone(scope, jsii.String("Company"), &awsroute53.PrivateHostedZoneProps{ZoneName: jsii.String(companyZone), Vpc: vpc})
}

func TestConsumerInTheZoneOfItsCompany(t *testing.T) {
	defer cdktest.Recover(t)
	type C = privateapi.PrivateApiConsumerProps
	// wantRecords checks that there are records of these names in a zone, and no zone that the consumer defines.
	wantRecords := func(t *testing.T, template cdktest.Template, zone any, zones int, names ...string) {
		t.Helper()
		endpoint, _ := template.Only(t, typeEndpoint)
		for _, name := range names {
			template.Has(t, typeRecord, props{
				"Name": name, "Type": "A", "HostedZoneId": zone, "AliasTarget": props{"HostedZoneId": firstEntry(endpoint, 0), "DNSName": firstEntry(endpoint, 1)},
			})
		}
		if got := len(template.OfType(typeRecord)); got != len(names) {
			t.Errorf("%d records, want %d", got, len(names))
		}
		if got := len(template.OfType(typeZone)); got != zones {
			t.Errorf("%d zones, want %d", got, zones)
		}
	}
	cdktest.Run(t, "has its records there, and defines no zone", func(t *testing.T) {
		stack := cdktest.Stack(t)
		var zone awsroute53.IHostedZone
		consumer := newConsumer(stack, func(p *C) {
			zone = importedZone(stack)
			p.HostedZone, p.DomainNames = zone, jsii.Strings(domain, companyZone, "*.pricing."+companyZone)
		})
		if zones := *consumer.HostedZones(); len(zones) != 1 || zones[0] != awsroute53.IPrivateHostedZone(zone) {
			t.Errorf("zones = %v, want the one that was given", zones)
		}
		wantRecords(t, cdktest.SynthTemplate(t, stack), companyZoneID, 0, domain+".", companyZone+".", "*.pricing."+companyZone+".")
	})
	cdktest.Run(t, "which is known by its ID alone", func(t *testing.T) {
		wantRecords(t, consumerTemplate(t, func(p *C) {
			p.HostedZone = awsroute53.HostedZone_FromHostedZoneId(p.Vpc.Stack(), jsii.String("Company"), jsii.String(companyZoneID))
		}), companyZoneID, 0, domain+".")
	})
	cdktest.Run(t, "which this stack defines", func(t *testing.T) {
		template := consumerTemplate(t, func(p *C) { p.HostedZone = ownZone(p.Vpc.Stack(), p.Vpc) })
		zone, _ := template.Only(t, typeZone)
		wantRecords(t, template, cdktest.Ref(zone), 1, domain+".")
	})
	cdktest.Run(t, "which another stack defines", func(t *testing.T) {
		network := cdktest.Stack(t)
		stack := cdktest.StackIn(awscdk.App_Of(network), "Checkout", cdktest.Account)
		vpc := newOwnVpc(network, "Own")
		privateapi.NewPrivateApiConsumer(stack, jsii.String("Pricing"), &C{Vpc: vpc, Service: importedService(stack), HostedZone: ownZone(network, vpc)})
		template := cdktest.SynthTemplate(t, stack)
		_, record := template.Only(t, typeRecord)
		if imported, ok := record.Properties["HostedZoneId"].(map[string]any); !ok || imported["Fn::ImportValue"] == nil {
			t.Errorf("the zone is %v, want an import", record.Properties["HostedZoneId"])
		}
		wantRecords(t, template, record.Properties["HostedZoneId"], 0, domain+".")
	})
	cdktest.Run(t, "whose name and ID are tokens", func(t *testing.T) {
		stack := cdktest.Stack(t)
		newConsumer(stack, func(p *C) {
			p.HostedZone = awsroute53.HostedZone_FromHostedZoneAttributes(stack, jsii.String("Company"), &awsroute53.HostedZoneAttributes{
				HostedZoneId: textToken(stack, "ZoneId"), ZoneName: textToken(stack, "ZoneName"),
			})
			p.DomainNames = &[]*string{textToken(stack, "First"), textToken(stack, "Second"), jsii.String(domain)}
		})
		name := func(parameter string) any { return props{"Fn::Join": []any{"", []any{cdktest.Ref(parameter), "."}}} }
		template := cdktest.SynthTemplate(t, stack)
		for _, want := range []any{name("First"), name("Second"), domain + "."} {
			template.Has(t, typeRecord, props{"Name": want, "HostedZoneId": cdktest.Ref("ZoneId")})
		}
	})
	cdktest.Run(t, "answers AAAA too if the endpoint is dual-stack", func(t *testing.T) {
		template := consumerTemplate(t, func(p *C) {
			p.HostedZone, p.IpAddressType = importedZone(p.Vpc.Stack()), awsec2.VpcEndpointIpAddressType_DUALSTACK
		})
		template.Has(t, typeRecord, props{"Type": "A", "Name": domain + "."})
		template.Has(t, typeRecord, props{"Type": "AAAA", "Name": domain + "."})
	})
	cdktest.Run(t, "has records that stay where they are if names come and go", func(t *testing.T) {
		ids := func(names ...string) []string {
			return consumerTemplate(t, func(p *C) { p.HostedZone, p.DomainNames = importedZone(p.Vpc.Stack()), jsii.Strings(names...) }).OfType(typeRecord)
		}
		one, three := ids(domain), ids("a."+companyZone, domain, "b."+companyZone)
		if len(one) != 1 || len(three) != 3 || !slices.Contains(three, one[0]) {
			t.Errorf("the record of %v moved: %v", one, three)
		}
	})
}

// The path is proven through a zone of another stack of the app, and security groups of the caller. A zone of another app leaves open
// whether it answers; that is what there is to assume.
func TestProofThroughTheZoneOfACompany(t *testing.T) {
	defer cdktest.Recover(t)
	type zoneOf func(network awscdk.Stack, vpc awsec2.IVpc) awsroute53.IHostedZone
	here := func(network awscdk.Stack, vpc awsec2.IVpc) awsroute53.IHostedZone { return ownZone(network, vpc) }
	elsewhere := func(network awscdk.Stack, _ awsec2.IVpc) awsroute53.IHostedZone { return importedZone(network) }
	for name, tc := range map[string]struct {
		zone   zoneOf
		assume *[]*string
		want   []string // in the refusal; none if it is proven
	}{
		"of this app":                   {zone: here},
		"of another app":                {zone: elsewhere, want: []string{": unknown at hosted zone\n", "zone " + companyZoneID + " is defined elsewhere", `Assume: jsii.Strings("hosted-zone")`}},
		"of another app, which answers": {zone: elsewhere, assume: jsii.Strings("hosted-zone")},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			app := proofApp(t)
			network := cdktest.StackIn(app, "Network", cdktest.Account)
			stack := cdktest.StackIn(app, "Checkout", cdktest.Account)
			vpc := newOwnVpc(network, "CheckoutVpc")
			privateapi.NewPrivateApiConsumer(stack, jsii.String("Checkout"), &privateapi.PrivateApiConsumerProps{
				Vpc: vpc, Service: newPricing(cdktest.StackIn(app, "Pricing", cdktest.Account)), HostedZone: tc.zone(network, vpc),
				SecurityGroups: &[]awsec2.ISecurityGroup{ownGroup(network, "Endpoints", vpc)}, Clients: &[]awsec2.IConnectable{newService(stack, "Caller", vpc, false)},
			})
			privateapi.ProveReachability(app, &privateapi.ProveReachabilityProps{FailOnUnknown: jsii.Bool(true), Assume: tc.assume})
			if tc.want == nil {
				app.Synth(nil)
				return
			}
			wantIn(t, refused(t, app), tc.want...)
		})
	}
}
