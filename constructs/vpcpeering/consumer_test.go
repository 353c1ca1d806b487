package vpcpeering_test

import (
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/routedapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

const (
	typeEgress  = "AWS::EC2::SecurityGroupEgress"
	typeIngress = "AWS::EC2::SecurityGroupIngress"
	typeRecord  = "AWS::Route53::RecordSet"
)

// consume defines an API, and a consumer with a client that reaches it over a network.
func consume(api, clients awscdk.Stack, apiVpc, vpc awsec2.IVpc, network routedapi.INetwork, edits ...func(*routedapi.ApiProps)) {
	p := &routedapi.ApiProps{
		Vpc: apiVpc, DomainNames: jsii.Strings("api.pricing.internal.company.com"),
		Certificates: &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(jsii.String("arn:aws:acm:eu-west-1:" + *api.Account() + ":certificate/01234567-89ab-cdef-0123-456789abcdef"))},
	}
	for _, edit := range edits {
		edit(p)
	}
	privateapi.NewPrivateApiConsumer(clients, jsii.String("Consumer"), &privateapi.PrivateApiConsumerProps{
		Vpc: vpc, Service: routedapi.NewApi(api, jsii.String("Pricing"), p).Over(network),
		Clients: &[]awsec2.IConnectable{awsec2.NewSecurityGroup(clients, jsii.String("Client"), &awsec2.SecurityGroupProps{Vpc: vpc, AllowAllOutbound: jsii.Bool(false)})},
	})
}

// Over a peering of one account and Region, both rules name groups; records wait for the routes.
func TestConsumer(t *testing.T) {
	defer cdktest.Recover(t)
	app := cdktest.App(t, nil)
	clients, api := cdktest.StackIn(app, "Clients", cdktest.Account), cdktest.StackIn(app, "Api", cdktest.Account)
	vpc, apiVpc := newVpc(clients, "Vpc", clientBlock), newVpc(api, "Vpc", apiBlock)
	consume(api, clients, apiVpc, vpc, newPeering(clients, vpc, apiVpc))
	template := cdktest.Synth(t, clients).Template(t, "Clients")
	_, out := template.Only(t, typeEgress)
	_, in := template.Only(t, typeIngress)
	if !cdktest.Contains(out.Properties, props{"CidrIp": cdktest.Absent}) || out.Properties["DestinationSecurityGroupId"] == nil || in.Properties["SourceSecurityGroupId"] == nil {
		t.Errorf("the rules are %v and %v, want groups", out.Properties, in.Properties)
	}
	waitsForRoutes(t, template)
}

// Between accounts, clients are let out to the blocks of the API, and its owner lets them in.
func TestConsumerOfAnotherAccount(t *testing.T) {
	defer cdktest.Recover(t)
	app := cdktest.App(t, nil)
	clients, api := cdktest.StackIn(app, "Clients", cdktest.Account), cdktest.StackIn(app, "Api", cdktest.OtherAccount)
	vpc, apiVpc := newVpc(clients, "Vpc", clientBlock), newVpc(api, "Vpc", apiBlock)
	peering := newPeering(clients, vpc, apiVpc, func(p *P) {
		p.AccepterRole, p.AccepterScope = newRole(api, apiVpc), cdktest.StackIn(app, "RoutesBack", cdktest.OtherAccount)
	})
	consume(api, clients, apiVpc, vpc, peering, func(p *routedapi.ApiProps) { p.AllowedCidrs = jsii.Strings(clientBlock) })
	template := cdktest.Synth(t, clients).Template(t, "Clients")
	template.Has(t, "AWS::EC2::SecurityGroup", props{"SecurityGroupEgress": []any{props{"CidrIp": "10.1.0.0/17"}, props{"CidrIp": "10.1.128.0/17"}}})
	waitsForRoutes(t, template)
}

func waitsForRoutes(t *testing.T, template cdktest.Template) {
	t.Helper()
	for _, record := range template.OfType(typeRecord) {
		for _, route := range template.OfType(typeRoute) {
			if !contains(template.Resources[record].DependsOn, route) {
				t.Errorf("%s waits for %v, not for %s", record, template.Resources[record].DependsOn, route)
			}
		}
	}
	if len(template.OfType(typeRecord)) == 0 || len(template.OfType(typeRoute)) == 0 {
		t.Error("no records, or no routes")
	}
}
