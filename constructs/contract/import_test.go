package contract_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsssm"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/routedapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

type C = privateapi.PrivateApiConsumerProps

// consume defines a consumer with a client that calls the API on port 443, and edits.
func consume(stack awscdk.Stack, service privateapi.IPrivateApiService, edit ...func(*C)) {
	vpc := vpcOf(stack, "ClientVpc")
	p := &C{Vpc: vpc, Service: service}
	for _, e := range edit {
		e(p)
	}
	consumer := privateapi.NewPrivateApiConsumer(stack, jsii.String("Consumer"), p)
	client := awsec2.NewSecurityGroup(stack, jsii.String("Client"), &awsec2.SecurityGroupProps{Vpc: vpc, AllowAllOutbound: jsii.Bool(false)})
	consumer.AllowClient(client, jsii.Number(443))
}

// byAttributes import what texts have by attributes.
var byAttributes = map[string]func(stack awscdk.Stack) privateapi.IPrivateApiService{
	"privatelink": func(stack awscdk.Stack) privateapi.IPrivateApiService {
		return privateapi.PrivateApiService_FromAttributes(stack, jsii.String("Imported"), &privateapi.PrivateApiServiceAttributes{
			ServiceName: jsii.String(serviceName), DomainNames: jsii.Strings(domain), AcceptanceRequired: jsii.Bool(false), ProvidesPrivateDns: jsii.Bool(true),
			AvailabilityZoneIds: jsii.Strings("euw1-az1", "euw1-az2"), SupportedIpAddressTypes: &[]awsec2.IpAddressType{awsec2.IpAddressType_IPV4},
		})
	},
	"lattice": func(stack awscdk.Stack) privateapi.IPrivateApiService {
		return lattice.Api_FromAttributes(stack, jsii.String("Imported"), &lattice.ApiAttributes{ServiceArn: jsii.String(latticeArn), DomainName: jsii.String(domain), PrefixList: prefixList(stack)})
	},
	"routed": func(stack awscdk.Stack) privateapi.IPrivateApiService {
		return routedapi.Api_FromAttributes(stack, jsii.String("Imported"), &routedapi.ApiAttributes{
			LoadBalancerDnsName: jsii.String(albDnsName), LoadBalancerCanonicalHostedZoneId: jsii.String(albZoneID), DomainNames: jsii.Strings(domain),
			VpcId: jsii.String("vpc-0123456789abcdef0"), CidrBlocks: jsii.Strings("10.1.1.0/24", "10.1.2.0/24"), Account: jsii.String(cdktest.Account),
		})
	},
}

// A consumer of a contract has the template that it has with the attributes.
func TestContractIsAttributes(t *testing.T) {
	defer cdktest.Recover(t)
	for transport, importAttributes := range byAttributes {
		cdktest.Run(t, transport, func(t *testing.T) {
			byContract, byHand := cdktest.Stack(t), cdktest.Stack(t)
			consume(byContract, imports[transport](byContract, jsii.String(texts[transport])))
			consume(byHand, importAttributes(byHand))
			got, want := cdktest.SynthTemplate(t, byContract), cdktest.SynthTemplate(t, byHand)
			if !reflect.DeepEqual(got.Resources, want.Resources) {
				t.Errorf("by the contract: %v\nby attributes: %v", got.Resources, want.Resources)
			}
		})
	}
}

// Until the parameter is looked up, everything of the service is unknown: the consumer passes with a warning, whatever it asks of the service.
// The next synthesis has the contract.
func TestContractThatIsNotLookedUpYet(t *testing.T) {
	defer cdktest.Recover(t)
	const parameter = "/private-api/pricing/contract"
	for name, tc := range map[string]struct {
		transport string
		edit      func(*C)
		dnsName   string // in the zone of the second synthesis
	}{
		"over PrivateLink": {transport: "privatelink", dnsName: domain},
		"by the private DNS name, with zone IDs": {transport: "privatelink", edit: func(p *C) {
			p.DnsMode, p.DomainNames, p.ZoneIds = privateapi.DnsMode_PRIVATE_DNS, jsii.Strings(privateDnsName), &map[string]*string{"eu-west-1a": jsii.String("euw1-az1"), "eu-west-1b": jsii.String("euw1-az2")}
		}},
		"by a name of the consumer's": {transport: "privatelink", edit: func(p *C) { p.DomainNames = jsii.Strings("prices.company.com") }, dnsName: "prices.company.com"},
		"over VPC Lattice":            {transport: "lattice", dnsName: domain},
		"over VPC Lattice by name":    {transport: "lattice", edit: func(p *C) { p.DomainNames = jsii.Strings(domain) }, dnsName: domain},
		"by route":                    {transport: "routed", dnsName: domain},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			build := func(context map[string]any) awscdk.Stack {
				app := cdktest.App(t, context)
				stack := cdktest.StackIn(app, "Stack", cdktest.Account)
				text := awsssm.StringParameter_ValueFromLookup(stack, jsii.String(parameter), nil, nil)
				var edits []func(*C)
				if tc.edit != nil {
					edits = append(edits, tc.edit)
				}
				consume(stack, imports[tc.transport](stack, text), edits...)
				privateapi.ProveReachability(app, nil)
				return stack
			}
			stack := build(nil)
			metadata := strings.ReplaceAll(cdktest.Synth(t, stack).Manifest(t), `\"`, `"`)
			for _, want := range []string{"json: waits for the parameter " + parameter + ".", "[ack: " + rules.ContractUnknown.ID + "]"} {
				if !strings.Contains(metadata, want) {
					t.Errorf("annotations = %s\nwant them to contain %s", metadata, want)
				}
			}

			stack = build(map[string]any{"ssm:account=" + cdktest.Account + ":parameterName=" + parameter + ":region=eu-west-1": texts[tc.transport]})
			assembly := cdktest.Synth(t, stack)
			if strings.Contains(assembly.Manifest(t), rules.ContractUnknown.ID) {
				t.Error("the contract is unknown although it was looked up")
			}
			zones := assembly.Template(t, "Stack").OfType("AWS::Route53::HostedZone")
			if len(zones) != 0 != (tc.dnsName != "") {
				t.Fatalf("hosted zones %v", zones)
			}
			if tc.dnsName != "" {
				assembly.Template(t, "Stack").Has(t, "AWS::Route53::HostedZone", props{"Name": tc.dnsName + "."})
			}
		})
	}
}

// What moves at deploy time comes from a parameter of the stack, and all else from the half that synthesis knows.
func TestHalfOfAContract(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	const arn = "arn:aws:ssm:eu-west-1:222222222222:parameter/private-api/pricing/service-name"
	name := awsssm.StringParameter_FromStringParameterArn(stack, jsii.String("Name"), jsii.String(arn)).StringValue()
	text := half(texts["privatelink"])
	consume(stack, privateapi.PrivateApiService_FromContract(stack, jsii.String("Imported"), &text, &privateapi.ContractOptions{ServiceName: name}))
	template := cdktest.SynthTemplate(t, stack)
	if parameter := template.Section("Parameters")["NameParameter"]; !cdktest.Contains(parameter, props{"Type": "AWS::SSM::Parameter::Value<String>", "Default": arn}) {
		t.Errorf("parameter %v", parameter)
	}
	template.Has(t, "AWS::EC2::VPCEndpoint", props{"ServiceName": cdktest.Ref("NameParameter")})
}

// A service that supports the Region of the consumer is reached across Regions, whatever the zones there are called.
func TestContractOfAnotherRegion(t *testing.T) {
	defer cdktest.Recover(t)
	app := cdktest.App(t, map[string]any{"privateapi:zone-ids/" + cdktest.OtherAccount + "/eu-central-1": props{"eu-central-1a": "euc1-az2", "eu-central-1b": "euc1-az3"}})
	stack := awscdk.NewStack(app, jsii.String("Stack"), &awscdk.StackProps{Env: &awscdk.Environment{Account: jsii.String(cdktest.OtherAccount), Region: jsii.String("eu-central-1")}})
	service := imports["privatelink"](stack, edited("privatelink", `"ipAddressTypes"`, `"supportedRegions": ["eu-central-1"], "ipAddressTypes"`))
	consume(stack, service, func(p *C) {
		p.Vpc = awsec2.Vpc_FromVpcAttributes(stack, jsii.String("Vpc"), &awsec2.VpcAttributes{
			VpcId: jsii.String("vpc-0fedcba9876543210"), AvailabilityZones: jsii.Strings("eu-central-1a", "eu-central-1b"), PrivateSubnetIds: jsii.Strings("subnet-a", "subnet-b"),
		})
	})
	assembly := cdktest.Synth(t, stack)
	assembly.Template(t, "Stack").Has(t, "AWS::EC2::VPCEndpoint", props{"ServiceName": serviceName, "ServiceRegion": "eu-west-1", "SubnetIds": []any{"subnet-a", "subnet-b"}})
	if strings.Contains(assembly.Manifest(t), rules.ZonesDropped.ID) {
		t.Error("zones of two Regions were compared")
	}
}

// An import and its consumer may be in stacks of two Regions.
func TestConsumerOfAnotherRegionThanItsImport(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	service := imports["privatelink"](stack, jsii.String(texts["privatelink"]))
	far := awscdk.NewStack(awscdk.App_Of(stack), jsii.String("Far"), &awscdk.StackProps{Env: &awscdk.Environment{Account: jsii.String(cdktest.Account), Region: jsii.String("eu-central-1")}})
	cdktest.WantPanic(t, "Service: is eu-west-1, and the service supports no other Region; this stack is in eu-central-1 ["+rules.ServiceRegion.ID+"]", func() { consume(far, service) })
}

// The private DNS name of the contract is what consumers can enable.
func TestPrivateDnsOfAContract(t *testing.T) {
	defer cdktest.Recover(t)
	private := func(p *C) { p.DnsMode, p.DomainNames = privateapi.DnsMode_PRIVATE_DNS, jsii.Strings(privateDnsName) }
	cdktest.Run(t, "offered", func(t *testing.T) {
		stack := cdktest.Stack(t)
		consume(stack, imports["privatelink"](stack, jsii.String(texts["privatelink"])), private)
		cdktest.SynthTemplate(t, stack).Has(t, "AWS::EC2::VPCEndpoint", props{"PrivateDnsEnabled": true})
	})
	cdktest.Run(t, "not offered", func(t *testing.T) {
		stack := cdktest.Stack(t)
		service := imports["privatelink"](stack, edited("privatelink", ` "privateDnsName": "`+privateDnsName+`",`, ""))
		cdktest.WantPanic(t, rules.PrivateDnsMissing.ID, func() { consume(stack, service, private) })
	})
}
