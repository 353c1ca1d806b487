package lattice_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

type networkProps = lattice.ServiceNetworkProps

// newNetwork defines a service network for a VPC of its own.
func newNetwork(stack awscdk.Stack, edit ...func(*networkProps)) lattice.ServiceNetwork {
	props := &networkProps{}
	for _, e := range edit {
		e(props)
	}
	if props.Vpc == nil {
		props.Vpc = newVpc(stack, "ConsumerVpc")
	}
	return lattice.NewServiceNetwork(stack, jsii.String("Network"), props)
}

// networkPolicy allows everybody of an organization.
func networkPolicy() awsiam.PolicyDocument {
	return awsiam.NewPolicyDocument(&awsiam.PolicyDocumentProps{Statements: &[]awsiam.PolicyStatement{awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
		Principals: &[]awsiam.IPrincipal{awsiam.NewStarPrincipal()}, Actions: jsii.Strings("vpc-lattice-svcs:Invoke"), Resources: jsii.Strings("*"),
		Conditions: &map[string]any{"StringEquals": map[string]any{"aws:PrincipalOrgID": "o-0123456789"}},
	})}})
}

// fullNetworks are service networks with all that they can have, each with a consumer.
func fullNetworks(app awscdk.App) {
	associated, joined := twoStacks(app)
	ownVpc := func(stack awscdk.Stack) awsec2.IVpc {
		return awsec2.NewVpc(stack, jsii.String("Vpc"), &awsec2.VpcProps{NatGateways: jsii.Number(0), SubnetConfiguration: &[]*awsec2.SubnetConfiguration{
			{Name: jsii.String("Private"), SubnetType: awsec2.SubnetType_PRIVATE_ISOLATED},
		}})
	}
	vpc, own := ownVpc(associated), ownVpc(joined)
	newNetwork(associated, func(p *networkProps) { p.Vpc, p.AuthPolicy = vpc, networkPolicy() })
	join(associated, func(p *privateapi.PrivateApiConsumerProps) { p.Vpc = vpc })
	newNetwork(joined, func(p *networkProps) {
		p.Vpc, p.ServiceNetworkArn, p.Connection = own, jsii.String(existingNetworkArn), lattice.ServiceNetworkConnection_VPC_ENDPOINT
		p.SecurityGroups = &[]awsec2.ISecurityGroup{closedClient(joined, "Endpoint", own)}
	})
	join(joined, func(p *privateapi.PrivateApiConsumerProps) {
		p.Vpc, p.DnsMode, p.Clients = own, privateapi.DnsMode_NONE, &[]awsec2.IConnectable{closedClient(joined, "Client", own)}
	})
}

func TestServiceNetwork(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	vpc := newVpc(stack, "ConsumerVpc")
	network := newNetwork(stack, func(p *networkProps) { p.Vpc, p.AuthPolicy = vpc, networkPolicy() })
	consumer := join(stack, func(p *privateapi.PrivateApiConsumerProps) { p.Vpc = vpc })
	if network.VpcEndpointId() != nil || len(*network.SecurityGroups()) != 1 || (*network.SecurityGroups())[0] != consumer.SecurityGroup() {
		t.Error("the service network has an endpoint, or another security group than the consumer")
	}
	awscdk.NewCfnOutput(stack, jsii.String("Arn"), &awscdk.CfnOutputProps{Value: network.ServiceNetworkArn()})
	template := cdktest.SynthTemplate(t, stack)
	id := template.Has(t, typeNetwork, props{"AuthType": "AWS_IAM"})
	template.Has(t, typePolicy, props{"ResourceIdentifier": cdktest.GetAtt(id, "Arn"), "Policy": props{"Statement": []any{props{"Effect": "Allow"}}}})
	template.Has(t, typeAssociation, props{"ServiceNetworkIdentifier": cdktest.GetAtt(id, "Arn")})
	template.Only(t, typeVpcAssociation)
	if !cdktest.Contains(template.Outputs["Arn"], props{"Value": cdktest.GetAtt(id, "Arn")}) {
		t.Errorf("the ARN is %v", template.Outputs["Arn"])
	}
}

// A service network that exists is joined: only the VPC is associated with it.
func TestServiceNetworkThatExists(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	vpc := newVpc(stack, "ConsumerVpc")
	groups := &[]awsec2.ISecurityGroup{closedClient(stack, "One", vpc), closedClient(stack, "Two", vpc)}
	newNetwork(stack, func(p *networkProps) {
		p.Vpc, p.ServiceNetworkArn, p.SecurityGroups = vpc, jsii.String(existingNetworkArn), groups
	})
	join(stack, func(p *privateapi.PrivateApiConsumerProps) { p.Vpc = vpc })
	template := cdktest.SynthTemplate(t, stack)
	if got := template.OfType(typeNetwork); got != nil {
		t.Errorf("service networks = %v, want none", got)
	}
	ids := []any{cdktest.GetAtt(template.Has(t, typeGroup, props{"GroupDescription": "One"}), "GroupId"), cdktest.GetAtt(template.Has(t, typeGroup, props{"GroupDescription": "Two"}), "GroupId")}
	template.Has(t, typeVpcAssociation, props{"ServiceNetworkIdentifier": existingNetworkArn, "SecurityGroupIds": ids})
	template.Has(t, typeAssociation, props{"ServiceNetworkIdentifier": existingNetworkArn})
}

// Behind an endpoint, clients are let out to its security group, and to no prefix list.
func TestServiceNetworkByEndpoint(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	vpc := newVpc(stack, "ConsumerVpc")
	network := newNetwork(stack, func(p *networkProps) { p.Vpc, p.Connection = vpc, lattice.ServiceNetworkConnection_VPC_ENDPOINT })
	consumer := join(stack, func(p *privateapi.PrivateApiConsumerProps) {
		p.Vpc, p.DnsMode, p.Clients = vpc, privateapi.DnsMode_NONE, &[]awsec2.IConnectable{closedClient(stack, "Client", vpc)}
	})
	if network.VpcEndpointId() == nil || consumer.DnsName() != nil {
		t.Error("the service network has no endpoint, or the consumer a name that CloudFormation does not return")
	}
	template := cdktest.SynthTemplate(t, stack)
	id, _ := template.Only(t, typeNetwork)
	group := cdktest.GetAtt(template.Has(t, typeGroup, props{"GroupDescription": closedNetwork}), "GroupId")
	template.Has(t, typeEndpoint, props{
		"VpcEndpointType": "ServiceNetwork", "ServiceNetworkArn": cdktest.GetAtt(id, "Arn"), "ServiceName": cdktest.Absent,
		"SecurityGroupIds": []any{group}, "SubnetIds": []any{"subnet-0123456789abcdef0", "subnet-0123456789abcdef1"},
	})
	_, egress := template.Only(t, typeEgress)
	if !cdktest.Contains(egress.Properties, props{"DestinationSecurityGroupId": group, "DestinationPrefixListId": cdktest.Absent}) {
		t.Errorf("the client is let out by %v", egress.Properties)
	}
	if got := template.OfType(typeVpcAssociation); got != nil {
		t.Errorf("associations = %v, want none", got)
	}
}

// A service network that another app defined.
func TestImportedServiceNetwork(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	vpc := newVpc(stack, "ConsumerVpc")
	group := awsec2.SecurityGroup_FromSecurityGroupId(stack, jsii.String("Shared"), jsii.String("sg-0123456789abcdef0"), nil)
	network := lattice.ServiceNetwork_FromAttributes(stack, jsii.String("Network"), &lattice.ServiceNetworkAttributes{
		Vpc: vpc, ServiceNetworkArn: jsii.String(existingNetworkArn), SecurityGroups: &[]awsec2.ISecurityGroup{group},
	})
	if *network.ServiceNetworkArn() != existingNetworkArn || (*network.SecurityGroups())[0] != group {
		t.Error("the import returns something else than it was given")
	}
	join(stack, func(p *privateapi.PrivateApiConsumerProps) {
		p.Vpc, p.Clients = vpc, &[]awsec2.IConnectable{closedClient(stack, "Client", vpc)}
	})
	template := cdktest.SynthTemplate(t, stack)
	template.Has(t, typeAssociation, props{"ServiceNetworkIdentifier": existingNetworkArn})
	template.Has(t, typeIngress, props{"GroupId": "sg-0123456789abcdef0"})
	for _, kind := range []string{typeNetwork, typeVpcAssociation} {
		if got := template.OfType(kind); got != nil {
			t.Errorf("%s = %v, want none", kind, got)
		}
	}
}

// In a stack of its own, the service network depends on none of the consumers: their rules are in their stack.
func TestServiceNetworkInAStackOfItsOwn(t *testing.T) {
	defer cdktest.Recover(t)
	for name, define := range map[string]func(network awscdk.Stack, vpc awsec2.IVpc){
		"that is defined there": func(network awscdk.Stack, vpc awsec2.IVpc) {
			newNetwork(network, func(p *networkProps) { p.Vpc = vpc })
		},
		"where the consumer's VPC is": func(awscdk.Stack, awsec2.IVpc) {},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			network, checkout := twoStacks(cdktest.App(t, nil))
			vpc := awsec2.NewVpc(network, jsii.String("Vpc"), nil)
			define(network, vpc)
			clients := &[]awsec2.IConnectable{closedClient(checkout, "Client", vpc), closedClient(network, "Neighbour", vpc), awsec2.Peer_Ipv4(jsii.String("10.0.1.0/24"))}
			for _, id := range []string{"Pricing", "Orders"} { // the rules of the second one are those of the first
				joinAs(checkout, id, func(p *privateapi.PrivateApiConsumerProps) {
					p.Vpc, p.Clients = vpc, clients
					p.Service = importApi(checkout, id+"Api", func(a *lattice.ApiAttributes) {
						a.ServiceArn = jsii.String(map[string]string{"Pricing": importedArn, "Orders": otherServiceArn}[id])
						a.DomainName = jsii.String("api." + strings.ToLower(id) + ".company.com")
					})
				})
			}
			assembly := cdktest.Synth(t, checkout)
			there, here := assembly.Template(t, "First"), assembly.Template(t, "Second")
			there.Only(t, typeNetwork)
			there.Only(t, typeVpcAssociation)
			if services, rules := here.OfType(typeAssociation), here.OfType(typeIngress); len(services) != 2 || len(rules) != 3 {
				t.Errorf("services %v and rules %v, want 2 and one for each client", services, rules)
			}
			there.Has(t, typeGroup, props{"GroupDescription": closedNetwork, "SecurityGroupIngress": cdktest.Absent})
			if got := there.OfType(typeIngress); got != nil {
				t.Errorf("the stack of the service network has rules: %v", got)
			}
		})
	}
}

// CDK adds no rules to security groups that are imported as immutable: consumers would let nobody in.
func TestServiceNetworkWarns(t *testing.T) {
	defer cdktest.Recover(t)
	immutable := func(stack awscdk.Stack) *[]awsec2.ISecurityGroup {
		return &[]awsec2.ISecurityGroup{awsec2.SecurityGroup_FromSecurityGroupId(stack, jsii.String("Shared"), jsii.String("sg-0123456789abcdef0"),
			&awsec2.SecurityGroupImportOptions{Mutable: jsii.Bool(false)})}
	}
	for name, build := range map[string]func(awscdk.Stack){
		"defined": func(stack awscdk.Stack) {
			newNetwork(stack, func(p *networkProps) { p.SecurityGroups = immutable(stack) })
		},
		"imported": func(stack awscdk.Stack) {
			lattice.ServiceNetwork_FromAttributes(stack, jsii.String("Network"), &lattice.ServiceNetworkAttributes{
				Vpc: newVpc(stack, "ConsumerVpc"), ServiceNetworkArn: jsii.String(existingNetworkArn), SecurityGroups: immutable(stack),
			})
		},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			build(stack)
			if manifest := cdktest.Synth(t, stack).Manifest(t); !strings.Contains(manifest, rules.SecurityGroupMutable.ID) {
				t.Errorf("no warning of %s in %s", rules.SecurityGroupMutable.ID, manifest)
			}
		})
	}
}
