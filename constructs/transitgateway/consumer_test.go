package transitgateway_test

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
		Certificates: &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(jsii.String("arn:aws:acm:eu-west-1:222222222222:certificate/01234567-89ab-cdef-0123-456789abcdef"))},
	}
	for _, edit := range edits {
		edit(p)
	}
	privateapi.NewPrivateApiConsumer(clients, jsii.String("Consumer"), &privateapi.PrivateApiConsumerProps{
		Vpc: vpc, Service: routedapi.NewApi(api, jsii.String("Pricing"), p).Over(network),
		Clients: &[]awsec2.IConnectable{awsec2.NewSecurityGroup(clients, jsii.String("Client"), &awsec2.SecurityGroupProps{Vpc: vpc, AllowAllOutbound: jsii.Bool(false)})},
	})
}

// Over a hub, clients are let out to blocks, and the inbound rule names their group; records wait for the routes.
func TestConsumer(t *testing.T) {
	defer cdktest.Recover(t)
	app := cdktest.App(t, nil)
	hub := newHub(cdktest.StackIn(app, "Hub", cdktest.Account))
	clients, api := cdktest.StackIn(app, "Clients", cdktest.Account), cdktest.StackIn(app, "Api", cdktest.Account)
	vpc, apiVpc := newVpc(clients, "Vpc", shopBlock), newVpc(api, "Vpc", apiBlock)
	newSpoke(api, "Spoke", hub, apiVpc, "apis")
	consume(api, clients, apiVpc, vpc, newSpoke(clients, "Spoke", hub, vpc, "shops"))
	template := cdktest.Synth(t, clients).Template(t, "Clients")
	if got := template.OfType(typeEgress); got != nil {
		t.Errorf("outbound rules name groups: %v", got)
	}
	template.Has(t, "AWS::EC2::SecurityGroup", props{"SecurityGroupEgress": []any{props{"CidrIp": "10.0.0.0/20"}, props{"CidrIp": "10.0.16.0/20"}}})
	if _, in := template.Only(t, typeIngress); in.Properties["SourceSecurityGroupId"] == nil {
		t.Errorf("the inbound rule is %v, want a group", in.Properties)
	}
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

// A rule that names a security group, and the way back, need the attachment of the API too.
func TestConsumerWaitsForBothSpokes(t *testing.T) {
	defer cdktest.Recover(t)
	app := cdktest.App(t, nil)
	stack := func(id string) awscdk.Stack { return cdktest.StackIn(app, id, cdktest.Account) }
	hub, clients, api, attached := newHub(stack("Hub")), stack("Clients"), stack("Api"), stack("ApiSpoke")
	vpc, apiVpc := newVpc(clients, "Vpc", shopBlock), newVpc(api, "Vpc", apiBlock)
	newSpoke(attached, "Spoke", hub, apiVpc, "apis")
	consume(api, clients, apiVpc, vpc, newSpoke(clients, "Spoke", hub, vpc, "shops"))
	for _, artifact := range *app.Synth(nil).GetStackByName(clients.StackName()).Dependencies() {
		if *artifact.Id() == *attached.ArtifactId() {
			return
		}
	}
	t.Error("the stack of the consumer does not wait for the spoke of the API")
}
