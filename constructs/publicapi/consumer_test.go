package publicapi_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// Clients are let out to the internet on the port of the API alone, and the zone of their VPC leads to the public addresses of the ALB.
func TestConsumer(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	consume(stack, newApi(stack, func(p *P) { p.Port = jsii.Number(8443) }))
	template := cdktest.SynthTemplate(t, stack)
	template.Has(t, "AWS::EC2::SecurityGroup", props{"SecurityGroupEgress": []any{props{
		"CidrIp": "0.0.0.0/0", "Description": "Client to private API", "IpProtocol": "tcp", "FromPort": 8443, "ToPort": 8443,
	}}})
	alb, _ := template.Only(t, typeAlb)
	_, record := template.Only(t, typeRecord)
	want := props{"Name": domain, "AliasTarget": props{"DNSName": cdktest.GetAtt(alb, "DNSName"), "HostedZoneId": cdktest.GetAtt(alb, "CanonicalHostedZoneID")}}
	if !cdktest.Contains(record.Properties, want) {
		t.Errorf("record = %v, want %v", record.Properties, want)
	}
	listener, _ := template.Only(t, typeListener)
	if !slices.Contains(record.DependsOn, listener) {
		t.Errorf("record waits for %v, want %s among them", record.DependsOn, listener)
	}
	if n := len(template.OfType(typeIngress)); n != 1 {
		t.Errorf("%d rules of the ALB, want that of the allow-list alone", n)
	}
}

// The stack of a consumer is deployed after that of the API, in another account too.
func TestConsumerComesAfterTheApi(t *testing.T) {
	defer cdktest.Recover(t)
	app := cdktest.App(t, nil)
	api := newApi(cdktest.StackIn(app, "Provider", cdktest.Account))
	for name, account := range map[string]string{"same": cdktest.Account, "other": cdktest.OtherAccount} {
		stack := cdktest.StackIn(app, name, account)
		consume(stack, api, func(p *C) { p.DomainNames = jsii.Strings("api." + name + ".company.com") })
		if dependencies := *stack.Dependencies(); len(dependencies) != 1 || *dependencies[0].StackName() != "Provider" {
			t.Errorf("%s depends on %d stacks, want the provider's", name, len(dependencies))
		}
	}
}

// A consumer that leaves the internet changes the target of its record in place, and gives the way out up once Previous is dropped.
func TestLeavingTheInternet(t *testing.T) {
	defer cdktest.Recover(t)
	build := func(edit func(*C)) cdktest.Template {
		stack := cdktest.StackIn(cdktest.App(t, nil), "Leaving", cdktest.Account)
		consume(stack, importApi(stack), edit)
		return cdktest.SynthTemplate(t, stack)
	}
	private := func(p *C) privateapi.IPrivateApiService {
		return privateapi.PrivateApiService_FromAttributes(awscdk.Stack_Of(p.Service), jsii.String("Service"), &privateapi.PrivateApiServiceAttributes{
			ServiceName: jsii.String("com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"), DomainNames: jsii.Strings(domain),
		})
	}
	before := build(func(*C) {})
	during := build(func(p *C) { p.Service, p.Previous = private(p), p.Service })
	after := build(func(p *C) { p.Service = private(p) })
	for id, resource := range before.Resources {
		if _, isThere := during.Resources[id]; !isThere {
			t.Errorf("%s %s is deleted", resource.Type, id)
		}
	}
	records := slices.Collect(maps.Values(map[string]string{"before": before.OfType(typeRecord)[0], "during": during.OfType(typeRecord)[0], "after": after.OfType(typeRecord)[0]}))
	if len(slices.Compact(records)) != 1 {
		t.Errorf("records = %v, want one ID", records)
	}
	everyone := props{"SecurityGroupEgress": []any{props{"CidrIp": "0.0.0.0/0"}}}
	during.Has(t, "AWS::EC2::SecurityGroup", everyone)
	if open := after.Find("AWS::EC2::SecurityGroup", everyone); len(open) > 0 {
		t.Errorf("%v are let out to the internet still", open)
	}
}

// The ALB is made once its subnets have a route to the internet gateway, and opens once its web ACL is in front of it.
func TestOrder(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	newApi(stack, func(p *P) { p.Vpc = awsec2.NewVpc(stack, jsii.String("Vpc"), nil) })
	template := cdktest.SynthTemplate(t, stack)
	for id, waits := range map[string]string{typeAlb: "AWS::EC2::Route", typeIngress: typeAssociation} {
		_, resource := template.Only(t, id)
		if !slices.ContainsFunc(resource.DependsOn, func(other string) bool { return template.Resources[other].Type == waits }) {
			t.Errorf("%s waits for %v, want a %s", id, resource.DependsOn, waits)
		}
	}
}
