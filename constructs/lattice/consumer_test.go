package lattice_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// consumerOfClient is a consumer with a client, as the golden shows it.
func consumerOfClient(app awscdk.App) awscdk.Stack {
	stack := cdktest.StackIn(app, "Stack", cdktest.Account)
	vpc := newVpc(stack, "ConsumerVpc")
	join(stack, func(p *privateapi.PrivateApiConsumerProps) {
		p.Vpc, p.Clients = vpc, &[]awsec2.IConnectable{closedClient(stack, "Client", vpc)}
	})
	return stack
}

func TestConsumerGolden(t *testing.T) {
	defer cdktest.Recover(t)
	cdktest.Golden(t, "consumer-minimal", cdktest.SynthTemplate(t, consumerOfClient(cdktest.App(t, nil))))
}

func TestConsumerValidation(t *testing.T) {
	defer cdktest.Recover(t)
	cdktest.Validate(t, nil, func(app awscdk.App) {
		consumerOfClient(app)
		fullNetworks(app)
	})
}

func TestConsumer(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	vpc := newVpc(stack, "ConsumerVpc")
	client, later := closedClient(stack, "Client", vpc), closedClient(stack, "Later", vpc)
	consumer := join(stack, func(p *privateapi.PrivateApiConsumerProps) { p.Vpc, p.Clients = vpc, &[]awsec2.IConnectable{client} })
	later.Connections().AllowToDefaultPort(consumer, nil)
	template := cdktest.SynthTemplate(t, stack)
	network, properties := template.Only(t, typeNetwork)
	group := template.Has(t, typeGroup, props{"GroupDescription": closedNetwork, "SecurityGroupIngress": cdktest.Absent})
	vpcAssociation, _ := template.Only(t, typeVpcAssociation)
	association, _ := template.Only(t, typeAssociation)

	cdktest.Run(t, "joins the service to the network of the VPC", func(t *testing.T) {
		if got := properties.Properties; !cdktest.Contains(got, props{"AuthType": "NONE", "Name": cdktest.Absent}) {
			t.Errorf("the service network is %v", got)
		}
		template.Has(t, typeVpcAssociation, props{
			"ServiceNetworkIdentifier": cdktest.GetAtt(network, "Arn"), "VpcIdentifier": vpcID, "SecurityGroupIds": []any{cdktest.GetAtt(group, "GroupId")},
		})
		template.Has(t, typeAssociation, props{"ServiceIdentifier": importedArn, "ServiceNetworkIdentifier": cdktest.GetAtt(network, "Arn")})
	})
	cdktest.Run(t, "leads the record to the association, once the VPC is associated", func(t *testing.T) {
		_, record := template.Only(t, typeRecord)
		if !cdktest.Contains(record.Properties, props{"Name": domain, "Type": "A", "AliasTarget": props{
			"DNSName": cdktest.GetAtt(association, "DnsEntry.DomainName"), "HostedZoneId": cdktest.GetAtt(association, "DnsEntry.HostedZoneId"),
		}}) {
			t.Errorf("the record is %v", record.Properties)
		}
		if !slices.Equal(record.DependsOn, []string{vpcAssociation}) {
			t.Errorf("the record waits for %v, want %s", record.DependsOn, vpcAssociation)
		}
	})
	cdktest.Run(t, "opens both sides, for clients in props and later", func(t *testing.T) {
		for _, id := range []string{"Client", "Later"} {
			caller := cdktest.GetAtt(template.Has(t, typeGroup, props{"GroupDescription": id}), "GroupId")
			template.Has(t, typeIngress, props{"GroupId": cdktest.GetAtt(group, "GroupId"), "SourceSecurityGroupId": caller, "FromPort": 443, "ToPort": 443})
			template.Has(t, typeEgress, props{"GroupId": caller, "DestinationPrefixListId": prefixListID, "FromPort": 443, "ToPort": 443})
		}
	})
	cdktest.Run(t, "returns what it has", func(t *testing.T) {
		if consumer.VpcEndpointId() != nil || consumer.Endpoint() != nil {
			t.Error("the consumer has an endpoint")
		}
		if got := *consumer.SecurityGroup().Node().Path(); got != "Stack/ConsumerVpc/PrivateApiServiceNetwork/SecurityGroup" {
			t.Errorf("the security group is %s", got)
		}
		if consumer.AliasTarget() == nil || len(*consumer.HostedZones()) != 1 {
			t.Error("the consumer has no alias target, or no zone")
		}
	})
}

// Consumers of a VPC share its service network, whoever defined it.
func TestConsumersShareTheServiceNetwork(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	vpc := newVpc(stack, "ConsumerVpc")
	first := closedClient(stack, "First", vpc)
	second := closedClient(stack, "Second", vpc)
	join(stack, func(p *privateapi.PrivateApiConsumerProps) { p.Vpc, p.Clients = vpc, &[]awsec2.IConnectable{first} })
	joinAs(stack, "Orders", func(p *privateapi.PrivateApiConsumerProps) {
		p.Vpc, p.Clients = newVpc(stack, "SameVpc"), &[]awsec2.IConnectable{first, second}
		p.Service = importApi(stack, "Orders Api", func(a *lattice.ApiAttributes) {
			a.ServiceArn, a.DomainName = jsii.String(otherServiceArn), jsii.String("api.orders.internal.company.com")
		})
	})
	template := cdktest.SynthTemplate(t, stack)
	template.Only(t, typeNetwork)
	association, _ := template.Only(t, typeVpcAssociation)
	if got := template.OfType(typeAssociation); len(got) != 2 {
		t.Errorf("%d services are associated, want 2", len(got))
	}
	if got := template.OfType(typeIngress); len(got) != 2 {
		t.Errorf("%d rules let clients in, want one for each client", len(got))
	}
	for _, id := range template.OfType(typeRecord) {
		if got := template.Resources[id].DependsOn; !slices.Equal(got, []string{association}) {
			t.Errorf("%s waits for %v, want %s", id, got, association)
		}
	}
}

// Over both transports, what is not of the transport has one logical ID, and a move changes the alias in place.
func TestConsumerIDsOverBothTransports(t *testing.T) {
	defer cdktest.Recover(t)
	of := func(service, previous bool) cdktest.Template { // true for VPC Lattice
		stack := cdktest.Stack(t)
		vpc := newVpc(stack, "ConsumerVpc")
		overLattice, overPrivateLink := importApi(stack, "PricingApi"), privateLink(stack)
		join(stack, func(p *privateapi.PrivateApiConsumerProps) {
			p.Vpc, p.Clients, p.Service = vpc, &[]awsec2.IConnectable{closedClient(stack, "Client", vpc)}, overPrivateLink
			if service {
				p.Service = overLattice
			}
			if previous {
				p.Previous = map[bool]privateapi.IPrivateApiService{true: overPrivateLink, false: overLattice}[service]
			}
		})
		return cdktest.SynthTemplate(t, stack)
	}
	link, toLattice, network, back := of(false, false), of(true, true), of(true, false), of(false, true)
	golden := props{}
	for id, resource := range toLattice.Resources {
		_, isLink := link.Resources[id]
		_, isLattice := network.Resources[id]
		over := map[[2]bool]string{{true, true}: "both", {true, false}: "PrivateLink", {false, true}: "VPC Lattice"}[[2]bool{isLink, isLattice}]
		golden[id] = resource.Type + " over " + over
	}
	text, err := json.MarshalIndent(golden, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	cdktest.GoldenText(t, "consumer-ids.json", string(text)+"\n")
	for name, step := range map[string]struct{ before, during, after cdktest.Template }{
		"to VPC Lattice": {link, toLattice, network}, "to PrivateLink": {network, back, link},
	} {
		for _, template := range []cdktest.Template{step.before, step.after} {
			for id := range template.Resources {
				if _, ok := step.during.Resources[id]; !ok {
					t.Errorf("%s: %s is missing while the consumer moves", name, id)
				}
			}
		}
		if got, want := len(step.during.Resources), len(toLattice.Resources); got != want {
			t.Errorf("%s: %d resources, and %d the other way", name, got, want)
		}
	}
}

func privateLink(stack awscdk.Stack) privateapi.IPrivateApiService {
	return privateapi.PrivateApiService_FromAttributes(stack, jsii.String("EndpointService"), &privateapi.PrivateApiServiceAttributes{
		ServiceName: jsii.String(endpointService), DomainNames: jsii.Strings(domain),
	})
}
