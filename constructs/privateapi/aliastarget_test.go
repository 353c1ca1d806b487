package privateapi_test

import (
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

const (
	endpointName   = "vpce-0123456789abcdef0-01234567.vpce-svc-0123456789abcdef0.eu-west-1.vpce.amazonaws.com"
	endpointZoneID = "Z38GZ743OKFT7T"
)

// What leads to the connection, in records that callers define: with DNS of their own, in a zone of another account, or for a name
// beside those of the API.
func TestRecordsOfTheCaller(t *testing.T) {
	defer cdktest.Recover(t)
	type C = privateapi.PrivateApiConsumerProps
	fromEndpoint := func(t *testing.T, template cdktest.Template) (name, zone any) {
		endpoint, _ := template.Only(t, typeEndpoint)
		return firstEntry(endpoint, 1), firstEntry(endpoint, 0)
	}
	literals := func(*testing.T, cdktest.Template) (name, zone any) { return endpointName, endpointZoneID }
	for name, tc := range map[string]struct {
		define func(awscdk.Stack) privateapi.IPrivateApiConsumer
		want   func(*testing.T, cdktest.Template) (name, zone any)
	}{
		"without names of the consumer": {func(stack awscdk.Stack) privateapi.IPrivateApiConsumer {
			return newConsumer(stack, func(p *C) { p.DnsMode = privateapi.DnsMode_NONE })
		}, fromEndpoint},
		"beside those of the consumer": {func(stack awscdk.Stack) privateapi.IPrivateApiConsumer { return newConsumer(stack) }, fromEndpoint},
		"beside private DNS": {func(stack awscdk.Stack) privateapi.IPrivateApiConsumer {
			return newConsumer(stack, func(p *C) { p.Service, p.DnsMode = awsService(stack), privateapi.DnsMode_PRIVATE_DNS })
		}, fromEndpoint},
		"of a service that wraps ours": {func(stack awscdk.Stack) privateapi.IPrivateApiConsumer {
			return newConsumer(stack, func(p *C) {
				p.Service = wrappingService{newProvider(cdktest.StackIn(awscdk.App_Of(stack), "Provider", cdktest.Account))}
			})
		}, fromEndpoint},
		"over another transport": {func(stack awscdk.Stack) privateapi.IPrivateApiConsumer {
			return newConsumer(stack, func(p *C) { p.Service, p.DnsMode = newRoutedService(stack), privateapi.DnsMode_NONE })
		}, func(*testing.T, cdktest.Template) (name, zone any) { return albDnsName, albZoneID }},
		"of an imported consumer": {func(stack awscdk.Stack) privateapi.IPrivateApiConsumer {
			return importedConsumer(stack, jsii.String(endpointName), jsii.String(endpointZoneID))
		}, literals},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			consumer := tc.define(stack)
			zone := awsroute53.HostedZone_FromHostedZoneAttributes(stack, jsii.String("Legacy"), &awsroute53.HostedZoneAttributes{
				HostedZoneId: jsii.String("ZLEGACY"), ZoneName: jsii.String("legacy.company.com"),
			})
			awsroute53.NewARecord(stack, jsii.String("Alias"), &awsroute53.ARecordProps{
				Zone: zone, RecordName: jsii.String("api"), Target: awsroute53.RecordTarget_FromAlias(consumer.AliasTarget()),
			})
			awscdk.NewCfnOutput(stack, jsii.String("DnsName"), &awscdk.CfnOutputProps{Value: consumer.DnsName()})
			awscdk.NewCfnOutput(stack, jsii.String("DnsHostedZoneId"), &awscdk.CfnOutputProps{Value: consumer.DnsHostedZoneId()})
			template := cdktest.SynthTemplate(t, stack)
			dnsName, zoneID := tc.want(t, template)
			template.Has(t, typeRecord, props{"Name": "api.legacy.company.com.", "AliasTarget": props{"DNSName": dnsName, "HostedZoneId": zoneID}})
			for output, want := range map[string]any{"DnsName": dnsName, "DnsHostedZoneId": zoneID} {
				if got := template.Outputs[output]; !cdktest.Contains(got, props{"Value": want}) {
					t.Errorf("%s = %v, want %v", output, got, want)
				}
			}
		})
	}
}

func importedConsumer(stack awscdk.Stack, dnsName, hostedZoneID *string) privateapi.IPrivateApiConsumer {
	return privateapi.PrivateApiConsumer_FromAttributes(stack, jsii.String("Imported"), &privateapi.PrivateApiConsumerAttributes{
		VpcEndpointId: jsii.String("vpce-0123456789abcdef0"), SecurityGroups: &[]awsec2.ISecurityGroup{existingGroup(stack, "Existing", true)},
		DnsName: dnsName, DnsHostedZoneId: hostedZoneID,
	})
}

// What nobody knows is nil.
func TestNothingToLeadRecordsTo(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	named := importedConsumer(cdktest.StackIn(awscdk.App_Of(stack), "Named", cdktest.Account), jsii.String(endpointName), nil)
	if named.AliasTarget() != nil || *named.DnsName() != endpointName || named.DnsHostedZoneId() != nil {
		t.Error("a consumer that is imported with a name alone has more, or less")
	}
	unnamed := newConsumer(stack, func(p *privateapi.PrivateApiConsumerProps) {
		service := newRoutedService(stack)
		service.connection.Alias = nil
		p.Service, p.DnsMode = service, privateapi.DnsMode_NONE
	})
	for name, consumer := range map[string]privateapi.IPrivateApiConsumer{"imported": importedConsumer(stack, nil, nil), "without an alias": unnamed} {
		if consumer.AliasTarget() != nil || consumer.DnsName() != nil || consumer.DnsHostedZoneId() != nil {
			t.Errorf("%s: the consumer has a DNS name, want none", name)
		}
	}
}
