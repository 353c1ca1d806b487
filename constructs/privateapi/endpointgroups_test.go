package privateapi_test

import (
	"fmt"
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

const existingGroupID = "sg-0123456789abcdef0"

// existingGroup imports a security group; rules say whether CDK may add some.
func existingGroup(scope constructs.Construct, id string, rules bool) awsec2.ISecurityGroup {
	return awsec2.SecurityGroup_FromSecurityGroupId(scope, jsii.String(id), jsii.String(existingGroupID), &awsec2.SecurityGroupImportOptions{Mutable: jsii.Bool(rules)})
}

func ownGroup(scope constructs.Construct, id string, vpc awsec2.IVpc) awsec2.SecurityGroup {
	return awsec2.NewSecurityGroup(scope, jsii.String(id), &awsec2.SecurityGroupProps{Vpc: vpc, Description: jsii.String(id), AllowAllOutbound: jsii.Bool(false)})
}

// groups returns security groups of this app.
func groups(scope constructs.Construct, vpc awsec2.IVpc, n int) *[]awsec2.ISecurityGroup {
	list := make([]awsec2.ISecurityGroup, n)
	for i := range list {
		list[i] = ownGroup(scope, fmt.Sprint("Endpoints", i), vpc)
	}
	return &list
}

func TestConsumerWithSecurityGroups(t *testing.T) {
	defer cdktest.Recover(t)
	type C = privateapi.PrivateApiConsumerProps
	groupsOf := func(template cdktest.Template) any {
		_, endpoint := template.Only(t, typeEndpoint)
		return endpoint.Properties["SecurityGroupIds"]
	}
	cdktest.Run(t, "of the caller, in the place of its own", func(t *testing.T) {
		stack := cdktest.Stack(t)
		var own awsec2.SecurityGroup
		consumer := newConsumer(stack, func(p *C) {
			own = ownGroup(stack, "Endpoints", p.Vpc)
			p.SecurityGroups = &[]awsec2.ISecurityGroup{own, existingGroup(stack, "Existing", true)}
			p.Clients = &[]awsec2.IConnectable{newClient(stack, p.Vpc)}
		})
		if consumer.SecurityGroup() != awsec2.ISecurityGroup(own) {
			t.Error("SecurityGroup does not return the first of SecurityGroups")
		}
		if got := len(*consumer.Endpoint().Connections().SecurityGroups()); got != 2 {
			t.Errorf("the view of the endpoint has %d security groups, want 2", got)
		}
		template := cdktest.SynthTemplate(t, stack)
		group := template.Has(t, typeGroup, props{"GroupDescription": "Endpoints"})
		client := template.Has(t, typeGroup, props{"GroupDescription": "Stack/Client"})
		if got := groupsOf(template); !cdktest.Contains(got, []any{cdktest.GetAtt(group, "GroupId"), existingGroupID}) {
			t.Errorf("the endpoint has the groups %v", got)
		}
		if got := len(template.OfType(typeGroup)); got != 2 {
			t.Errorf("%d security groups, want those of the caller and the client", got)
		}
		for _, id := range []any{cdktest.GetAtt(group, "GroupId"), existingGroupID} {
			template.Has(t, typeIngress, props{"GroupId": id, "SourceSecurityGroupId": cdktest.GetAtt(client, "GroupId"), "FromPort": 443, "ToPort": 443})
			template.Has(t, typeEgress, props{"GroupId": cdktest.GetAtt(client, "GroupId"), "DestinationSecurityGroupId": id, "FromPort": 443, "ToPort": 443})
		}
	})
	cdktest.Run(t, "of the caller, beside its own", func(t *testing.T) {
		stack := cdktest.Stack(t)
		consumer := newConsumer(stack, func(p *C) { p.Clients = &[]awsec2.IConnectable{newClient(stack, p.Vpc)} })
		consumer.Connections().AddSecurityGroup(existingGroup(stack, "Existing", true))
		template := cdktest.SynthTemplate(t, stack)
		endpoint := template.Has(t, typeGroup, props{"GroupDescription": "Endpoint of a private API: named clients in, nothing out"})
		if got := groupsOf(template); !cdktest.Contains(got, []any{cdktest.GetAtt(endpoint, "GroupId"), existingGroupID}) {
			t.Errorf("the endpoint has the groups %v", got)
		}
		client := template.Has(t, typeGroup, props{"GroupDescription": "Stack/Client"})
		template.Has(t, typeIngress, props{"GroupId": existingGroupID, "SourceSecurityGroupId": cdktest.GetAtt(client, "GroupId")})
		template.Has(t, typeEgress, props{"GroupId": cdktest.GetAtt(client, "GroupId"), "DestinationSecurityGroupId": existingGroupID})
	})
	cdktest.Run(t, "of another stack, which does not depend on the clients", func(t *testing.T) {
		network := cdktest.Stack(t)
		vpc := newOwnVpc(network, "Own")
		shared, immutable := ownGroup(network, "Shared", vpc), existingGroup(network, "Immutable", false)
		stack := cdktest.StackIn(awscdk.App_Of(network), "Checkout", cdktest.Account)
		service := importedService(stack)
		clients := &[]awsec2.IConnectable{newClient(stack, vpc), newService(stack, "Open", vpc, true), awsec2.Peer_Ipv4(jsii.String("10.9.0.0/16"))}
		for _, id := range []string{"Pricing", "Stock"} { // the rules of the second one are those of the first
			consumer := privateapi.NewPrivateApiConsumer(stack, jsii.String(id), &C{
				Vpc: vpc, Service: service, DomainNames: jsii.Strings(strings.ToLower(id) + ".company.com"),
				SecurityGroups: &[]awsec2.ISecurityGroup{shared, immutable}, Clients: clients,
			})
			if consumer.SecurityGroup() != awsec2.ISecurityGroup(shared) {
				t.Error("SecurityGroup does not return the first of SecurityGroups")
			}
		}
		assembly := cdktest.Synth(t, stack)
		template := assembly.Template(t, "Checkout")
		if got := template.OfType(typeIngress); len(got) != 3 {
			t.Errorf("ingress = %v, want a rule for each client", got)
		}
		template.Has(t, typeIngress, props{"CidrIp": "10.9.0.0/16", "FromPort": 443})
		if got := template.OfType(typeEgress); len(got) != 2 {
			t.Errorf("egress = %v, want that of the client which nothing else lets out, to both groups", got)
		}
		if _, group := assembly.Template(t, "Stack").Only(t, typeGroup); group.Properties["SecurityGroupIngress"] != nil {
			t.Errorf("the other stack has rules: %v", group.Properties)
		}
		if metadata := assembly.Manifest(t); strings.Contains(metadata, "ipv4IgnoreEgressRule") {
			t.Errorf("a client that may send to everybody is a warning: %s", metadata)
		}
	})
	cdktest.Run(t, "that take no rules, which lets clients out all the same", func(t *testing.T) {
		template := consumerTemplate(t, func(p *C) {
			p.SecurityGroups = &[]awsec2.ISecurityGroup{existingGroup(p.Vpc.Stack(), "Existing", false)}
			p.Clients = &[]awsec2.IConnectable{newClient(p.Vpc.Stack(), p.Vpc)}
		})
		template.Has(t, typeEgress, props{"DestinationSecurityGroupId": existingGroupID})
		if got := template.OfType(typeIngress); got != nil {
			t.Errorf("ingress = %v, want none", got)
		}
	})
}

// Over a transport of which the consumer makes nothing, a service that wraps ours included, and for an imported consumer, there is
// nothing to attach a security group to.
func TestSecurityGroupsThatWouldBeIgnored(t *testing.T) {
	defer cdktest.Recover(t)
	for name, define := range map[string]func(awscdk.Stack) awsec2.IConnectable{
		"another transport": func(stack awscdk.Stack) awsec2.IConnectable {
			return newConsumer(stack, func(p *privateapi.PrivateApiConsumerProps) { p.Service = newRoutedService(stack) })
		},
		"a service that wraps ours": func(stack awscdk.Stack) awsec2.IConnectable {
			return newConsumer(stack, func(p *privateapi.PrivateApiConsumerProps) {
				p.Service = wrappingService{newProvider(cdktest.StackIn(awscdk.App_Of(stack), "Provider", cdktest.Account))}
			})
		},
		"an imported consumer": func(stack awscdk.Stack) awsec2.IConnectable {
			return privateapi.PrivateApiConsumer_FromAttributes(stack, jsii.String("Pricing"), &privateapi.PrivateApiConsumerAttributes{
				VpcEndpointId: jsii.String("vpce-0123456789abcdef0"), SecurityGroups: &[]awsec2.ISecurityGroup{existingGroup(stack, "Existing", true)},
			})
		},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			connectable := define(stack)
			cdktest.Synth(t, stack) // as long as none joins, it is not refused
			connectable.Connections().AddSecurityGroup(awsec2.SecurityGroup_FromSecurityGroupId(stack, jsii.String("Later"), jsii.String("sg-0fedcba9876543210"), nil))
			cdktest.WantPanic(t, "[Stack/Pricing] Connections: have the security group Stack/Later, which is attached to nothing [privateapi:securityGroupAttached]",
				func() { awscdk.App_Of(stack).Synth(&awscdk.StageSynthesisOptions{Force: jsii.Bool(true)}) })
		})
	}
}

// A group that joins before synthesis is on the endpoint, whoever adds it.
func TestSecurityGroupsThatJoinLate(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	consumer := newConsumer(stack)
	awscdk.Aspects_Of(stack).Add(&addsGroup{consumer: consumer, group: existingGroup(stack, "Existing", true)}, nil)
	_, endpoint := cdktest.SynthTemplate(t, stack).Only(t, typeEndpoint)
	if ids, _ := endpoint.Properties["SecurityGroupIds"].([]any); !slices.Contains(ids, any(existingGroupID)) {
		t.Errorf("the endpoint has the groups %v, want %s among them", ids, existingGroupID)
	}
}

// addsGroup is an aspect that adds a security group to a consumer.
type addsGroup struct {
	consumer privateapi.PrivateApiConsumer
	group    awsec2.ISecurityGroup
	added    bool
}

func (a *addsGroup) Visit(constructs.IConstruct) {
	if !a.added {
		a.added = true
		a.consumer.Connections().AddSecurityGroup(a.group)
	}
}
