package routedapi_test

import (
	"slices"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/routedapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// A network is asked with what it needs to know, and everything that needs it waits for it.
func TestConsumerOverANetwork(t *testing.T) {
	defer cdktest.Recover(t)
	app := cdktest.App(t, nil)
	provider, stack := cdktest.StackIn(app, "Provider", cdktest.Account), cdktest.StackIn(app, "Consumer", cdktest.Account)
	api, n := newApi(provider), newNetwork(stack, both)
	consumer := consume(stack, api.Over(n))
	later := newClient(stack, "Later", clientVpc(awscdk.NewNestedStack(stack, jsii.String("Nested"), nil)))
	later.Connections().AllowToDefaultPort(consumer, nil)
	template := cdktest.SynthTemplate(t, stack)
	route, _ := template.Only(t, typeRoute)

	cdktest.Run(t, "asks for the way", func(t *testing.T) {
		if o := n.options; o.Scope != stack || *o.Vpc.VpcId() != clientVpcID || *o.ApiVpc.VpcId() != apiVpcID || !slices.Equal(texts(o.CidrBlocks), []string{"10.1.1.0/24", "10.1.2.0/24"}) || o.Report == nil {
			t.Errorf("the network is asked with %+v", o)
		}
	})
	cdktest.Run(t, "leads the record to the ALB, once the network routes", func(t *testing.T) {
		_, record := template.Only(t, typeRecord)
		if !cdktest.Contains(record.Properties, props{"Name": domain, "Type": "A"}) || !slices.Equal(record.DependsOn, []string{route}) {
			t.Errorf("the record is %v and waits for %v, want %s", record.Properties, record.DependsOn, route)
		}
	})
	cdktest.Run(t, "opens both sides by security group, for clients in props and later", func(t *testing.T) {
		for _, name := range []string{"Checkout", "Later"} {
			id := cdktest.GetAtt(template.Has(t, typeGroup, props{"GroupDescription": "Client " + name}), "GroupId")
			template.Has(t, typeIngress, props{"SourceSecurityGroupId": id, "FromPort": 443, "ToPort": 443})
			template.Has(t, typeEgress, props{"GroupId": id, "FromPort": 443, "ToPort": 443})
		}
	})
	cdktest.Run(t, "deploys the API first", func(t *testing.T) {
		if !slices.ContainsFunc(*stack.Dependencies(), func(s awscdk.Stack) bool { return *s.StackName() == "Provider" }) {
			t.Error("the stack of the consumer does not depend on that of the API")
		}
	})
	cdktest.Run(t, "returns what it has", func(t *testing.T) {
		if consumer.Endpoint() != nil || consumer.VpcEndpointId() != nil || *consumer.DnsName() != *api.LoadBalancerDnsName() || *consumer.DnsHostedZoneId() != *api.LoadBalancerCanonicalHostedZoneId() {
			t.Error("the consumer has an endpoint, or another name than the ALB")
		}
		if *consumer.SecurityGroup().SecurityGroupId() != *api.SecurityGroup().SecurityGroupId() {
			t.Error("SecurityGroup is not that of the ALB")
		}
	})
}

func texts(list *[]*string) (values []string) {
	for _, value := range *list {
		values = append(values, *value)
	}
	return values
}

// The stack of a consumer of another account depends on that of the API, with records and without.
func TestConsumerOfAnotherAccountComesLast(t *testing.T) {
	defer cdktest.Recover(t)
	app := cdktest.App(t, nil)
	api := newApi(cdktest.StackIn(app, "Provider", cdktest.Account), allowClients)
	stack := cdktest.StackIn(app, "Consumer", cdktest.OtherAccount)
	consume(stack, api.Over(newNetwork(stack, both)), func(p *C) { p.DnsMode = privateapi.DnsMode_NONE })
	cdktest.Synth(t, stack)
	if got := *stack.Dependencies(); len(got) != 1 || *got[0].StackName() != "Provider" {
		t.Errorf("the stack depends on %v, want that of the API", got)
	}
}

// Clients in the VPC of the API need no network.
func TestConsumerInTheVpcOfTheApi(t *testing.T) {
	defer cdktest.Recover(t)
	for name, build := range map[string]func(awscdk.Stack) routedapi.IApi{
		"defined":  func(stack awscdk.Stack) routedapi.IApi { return newApi(stack) },
		"imported": func(stack awscdk.Stack) routedapi.IApi { return importApi(stack) },
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			api := build(stack)
			vpc := vpcWith(stack, "Same", apiVpcID, "10.1")
			consume(stack, api, func(p *C) { p.Vpc, p.Clients = vpc, &[]awsec2.IConnectable{newClient(stack, "Local", vpc)} })
			template := cdktest.SynthTemplate(t, stack)
			id := cdktest.GetAtt(template.Has(t, typeGroup, props{"GroupDescription": "Client Local"}), "GroupId")
			template.Has(t, typeIngress, props{"SourceSecurityGroupId": id, "FromPort": 443})
			template.Has(t, typeEgress, props{"GroupId": id, "FromPort": 443})
			_, record := template.Only(t, typeRecord)
			listener := template.OfType("AWS::ElasticLoadBalancingV2::Listener")
			if len(record.DependsOn) != len(listener) {
				t.Errorf("the record waits for %v, want the listener, if it is here: %v", record.DependsOn, listener)
			}
		})
	}
}

// Over a gateway, clients are let out by block: those that are named later too, and none of them to the security group.
func TestConsumerOverAGateway(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	consumer := consume(stack, importApi(stack).Over(newNetwork(stack, routedapi.SecurityGroupReferences_INBOUND)))
	later := newClient(stack, "Later", clientVpc(awscdk.NewNestedStack(stack, jsii.String("Nested"), nil)))
	later.Connections().AllowToDefaultPort(consumer, nil)
	consumer.AllowClient(newClient(stack, "Added", clientVpc(awscdk.NewNestedStack(stack, jsii.String("Other"), nil))))
	template := cdktest.SynthTemplate(t, stack)
	for _, name := range []string{"Checkout", "Later", "Added"} {
		id := cdktest.GetAtt(template.Has(t, typeGroup, props{
			"GroupDescription": "Client " + name, "SecurityGroupEgress": []any{props{"CidrIp": "10.1.1.0/24", "FromPort": 443}, props{"CidrIp": "10.1.2.0/24", "FromPort": 443}},
		}), "GroupId")
		template.Has(t, typeIngress, props{"GroupId": groupID, "SourceSecurityGroupId": id, "FromPort": 443})
	}
	if got := template.OfType(typeEgress); got != nil {
		t.Errorf("outbound rules name the security group: %v", got)
	}
}

// A rule that names a security group of another VPC waits for the network, and so does an AllowClient.
func TestRulesWaitForTheNetwork(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	consumer := consume(stack, importApi(stack).Over(newNetwork(stack, both)))
	consumer.AllowClient(newClient(stack, "Added", clientVpc(awscdk.NewNestedStack(stack, jsii.String("Nested"), nil))))
	template := cdktest.SynthTemplate(t, stack)
	route, _ := template.Only(t, typeRoute)
	for _, kind := range []string{typeIngress, typeEgress} {
		rules := template.OfType(kind)
		if len(rules) != 2 {
			t.Errorf("%d rules of type %s, want 2", len(rules), kind)
		}
		for _, name := range rules {
			if got := template.Resources[name].DependsOn; !slices.Equal(got, []string{route}) {
				t.Errorf("%s waits for %v, want %s", name, got, route)
			}
		}
	}
}

// Consumers whose clients nobody lets in do not synthesise.
func TestClientsMustBeLetIn(t *testing.T) {
	defer cdktest.Recover(t)
	const want = "AllowedCidrs: of Provider/Pricing is empty, and so is AllowedSecurityGroups, but Consumer/Consumer is of another account or Region"
	for name, tc := range map[string]struct {
		app    consumerApp
		access bool
		want   string
	}{
		"of another account":                       {consumerApp{references: both, account: cdktest.OtherAccount}, false, want},
		"between Regions":                          {consumerApp{references: routedapi.SecurityGroupReferences_NONE}, false, want},
		"of another account, with blocks":          {consumerApp{references: both, account: cdktest.OtherAccount, props: allowClients}, false, ""},
		"of another account, with a client access": {consumerApp{references: both, account: cdktest.OtherAccount}, true, ""},
		"of the account of the API":                {consumerApp{references: both}, false, ""},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			app := cdktest.App(t, nil)
			stack := tc.app.build(app)
			if tc.access {
				access := cdktest.StackIn(app, "Access", cdktest.Account)
				var api routedapi.Api
				for _, child := range *app.Node().FindChild(jsii.String("Provider")).Node().Children() {
					if found, ok := child.(routedapi.Api); ok {
						api = found
					}
				}
				routedapi.NewClientAccess(access, jsii.String("Access"), &routedapi.ClientAccessProps{Api: api, SecurityGroups: &[]*routedapi.ClientSecurityGroup{group(groupID)}})
			}
			if tc.want == "" {
				cdktest.Synth(t, stack)
				return
			}
			cdktest.WantPanic(t, tc.want, func() { awscdk.App_Of(stack).Synth(nil) })
		})
	}
}
