package privateapi_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

func consumerTemplate(t *testing.T, edit ...func(*privateapi.PrivateApiConsumerProps)) cdktest.Template {
	t.Helper()
	stack := cdktest.Stack(t)
	newConsumer(stack, edit...)
	return cdktest.SynthTemplate(t, stack)
}

func TestConsumerEndpoint(t *testing.T) {
	defer cdktest.Recover(t)
	template := consumerTemplate(t)
	group, resource := template.Only(t, typeGroup)

	cdktest.Run(t, "connects to the service without a policy", func(t *testing.T) {
		template.Has(t, typeEndpoint, props{
			"ServiceName": serviceName, "VpcEndpointType": "Interface", "VpcId": vpcID("ConsumerVpc"),
			"SubnetIds": []any{subnetID("ConsumerVpc", "eu-west-1a"), subnetID("ConsumerVpc", "eu-west-1b")}, "SecurityGroupIds": []any{cdktest.GetAtt(group, "GroupId")},
			"PrivateDnsEnabled": false, "PolicyDocument": cdktest.Absent, "ServiceRegion": cdktest.Absent, "IpAddressType": cdktest.Absent,
		})
	})
	cdktest.Run(t, "is closed until clients are named", func(t *testing.T) {
		closed := props{
			"SecurityGroupIngress": cdktest.Absent,
			"SecurityGroupEgress":  []any{props{"CidrIp": "255.255.255.255/32", "IpProtocol": "icmp"}},
		}
		if !cdktest.Contains(resource.Properties, closed) {
			t.Errorf("group = %v, want %v", resource.Properties, closed)
		}
		if got := template.OfType(typeIngress); got != nil {
			t.Errorf("ingress = %v, want none", got)
		}
	})
}

func TestConsumerClients(t *testing.T) {
	defer cdktest.Recover(t)
	wantOpen := func(t *testing.T, template cdktest.Template) {
		t.Helper()
		client := template.Has(t, typeGroup, props{"GroupDescription": "Stack/Client"})
		endpoint := template.Has(t, typeGroup, props{"GroupDescription": "Endpoint of a private API: named clients in, nothing out"})
		template.Has(t, typeEgress, props{
			"GroupId": cdktest.GetAtt(client, "GroupId"), "DestinationSecurityGroupId": cdktest.GetAtt(endpoint, "GroupId"),
			"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443,
		})
		template.Has(t, typeIngress, props{
			"GroupId": cdktest.GetAtt(endpoint, "GroupId"), "SourceSecurityGroupId": cdktest.GetAtt(client, "GroupId"),
			"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443,
		})
		if rules := len(template.OfType(typeIngress)) + len(template.OfType(typeEgress)); rules != 2 {
			t.Errorf("%d rules, want 2", rules)
		}
	}
	cdktest.Run(t, "named in props are opened on both sides", func(t *testing.T) {
		stack := cdktest.Stack(t)
		newConsumer(stack, func(p *privateapi.PrivateApiConsumerProps) {
			p.Clients = &[]awsec2.IConnectable{newClient(stack, p.Vpc)}
		})
		wantOpen(t, cdktest.SynthTemplate(t, stack))
	})
	cdktest.Run(t, "named later are opened on both sides", func(t *testing.T) {
		stack := cdktest.Stack(t)
		var client awsec2.SecurityGroup
		consumer := newConsumer(stack, func(p *privateapi.PrivateApiConsumerProps) { client = newClient(stack, p.Vpc) })
		consumer.Connections().AllowDefaultPortFrom(client, nil)
		wantOpen(t, cdktest.SynthTemplate(t, stack))
	})
	cdktest.Run(t, "may treat the consumer as a connectable", func(t *testing.T) {
		stack := cdktest.Stack(t)
		var client awsec2.SecurityGroup
		consumer := newConsumer(stack, func(p *privateapi.PrivateApiConsumerProps) { client = newClient(stack, p.Vpc) })
		client.Connections().AllowToDefaultPort(consumer, nil)
		wantOpen(t, cdktest.SynthTemplate(t, stack))
	})
	cdktest.Run(t, "of an imported consumer are opened on both sides", func(t *testing.T) {
		stack := cdktest.Stack(t)
		consumer := privateapi.PrivateApiConsumer_FromAttributes(stack, jsii.String("Imported"), &privateapi.PrivateApiConsumerAttributes{
			VpcEndpointId:  jsii.String("vpce-0123456789abcdef0"),
			SecurityGroups: &[]awsec2.ISecurityGroup{awsec2.SecurityGroup_FromSecurityGroupId(stack, jsii.String("Group"), jsii.String("sg-0123456789abcdef0"), nil)},
		})
		consumer.Connections().AllowDefaultPortFrom(newClient(stack, newVpc(stack)), nil)
		template := cdktest.SynthTemplate(t, stack)
		template.Has(t, typeIngress, props{"GroupId": "sg-0123456789abcdef0", "FromPort": 443, "ToPort": 443})
		template.Has(t, typeEgress, props{"DestinationSecurityGroupId": "sg-0123456789abcdef0", "FromPort": 443, "ToPort": 443})
	})
	cdktest.Run(t, "use the port of the API", func(t *testing.T) {
		stack := cdktest.Stack(t)
		newConsumer(stack, func(p *privateapi.PrivateApiConsumerProps) {
			p.Service = privateapi.PrivateApiService_FromAttributes(stack, jsii.String("Other"), &privateapi.PrivateApiServiceAttributes{
				ServiceName: jsii.String(serviceName), Port: jsii.Number(8443), DomainNames: jsii.Strings(domain),
			})
			p.Clients = &[]awsec2.IConnectable{newClient(stack, p.Vpc)}
		})
		template := cdktest.SynthTemplate(t, stack)
		template.Has(t, typeIngress, props{"FromPort": 8443, "ToPort": 8443})
		template.Has(t, typeEgress, props{"FromPort": 8443, "ToPort": 8443})
	})
}

// firstEntry is part i of the endpoint's first DNS entry.
func firstEntry(endpoint string, i int) any {
	return props{"Fn::Select": []any{i, props{"Fn::Split": []any{":", props{"Fn::Select": []any{0, cdktest.GetAtt(endpoint, "DnsEntries")}}}}}}
}

func TestConsumerHostedZones(t *testing.T) {
	defer cdktest.Recover(t)
	cdktest.Run(t, "have the name of the API and lead to the endpoint", func(t *testing.T) {
		template := consumerTemplate(t)
		endpoint, _ := template.Only(t, typeEndpoint)
		zone := template.Has(t, typeZone, props{"Name": domain + ".", "VPCs": []any{props{"VPCId": vpcID("ConsumerVpc"), "VPCRegion": "eu-west-1"}}})
		_, record := template.Only(t, typeRecord)
		want := props{
			"HostedZoneId": cdktest.Ref(zone), "Name": domain, "Type": "A", "TTL": cdktest.Absent, "ResourceRecords": cdktest.Absent,
			"AliasTarget": props{"HostedZoneId": firstEntry(endpoint, 0), "DNSName": firstEntry(endpoint, 1)},
		}
		if !cdktest.Contains(record.Properties, want) {
			t.Errorf("record = %v, want %v", record.Properties, want)
		}
	})
	cdktest.Run(t, "are one for each name, in all VPCs", func(t *testing.T) {
		stack := cdktest.Stack(t)
		consumer := newConsumer(stack, func(p *privateapi.PrivateApiConsumerProps) {
			p.DomainNames = jsii.Strings("api.a.company.com", "api.b.company.com")
			p.HostedZoneVpcs = &[]awsec2.IVpc{vpcOf(stack, "Peer", "eu-west-1a")}
		})
		if got := len(*consumer.HostedZones()); got != 2 {
			t.Errorf("%d zones, want 2", got)
		}
		template := cdktest.SynthTemplate(t, stack)
		for _, name := range []string{"api.a.company.com", "api.b.company.com"} {
			template.Has(t, typeZone, props{"Name": name + ".", "VPCs": []any{props{"VPCId": vpcID("ConsumerVpc")}, props{"VPCId": vpcID("Peer")}}})
			template.Has(t, typeRecord, props{"Name": name})
		}
		template.Only(t, typeEndpoint)
	})
	cdktest.Run(t, "answer AAAA too if the endpoint is dual-stack", func(t *testing.T) {
		template := consumerTemplate(t, func(p *privateapi.PrivateApiConsumerProps) {
			p.IpAddressType = awsec2.VpcEndpointIpAddressType_DUALSTACK
		})
		template.Has(t, typeRecord, props{"Type": "A"})
		template.Has(t, typeRecord, props{"Type": "AAAA"})
		template.Has(t, typeEndpoint, props{"IpAddressType": "dualstack", "DnsOptions": props{"DnsRecordIpType": "dualstack"}})
	})
	cdktest.Run(t, "answer AAAA only if the endpoint has no IPv4", func(t *testing.T) {
		_, record := consumerTemplate(t, func(p *privateapi.PrivateApiConsumerProps) { p.IpAddressType = awsec2.VpcEndpointIpAddressType_IPV6 }).Only(t, typeRecord)
		if record.Properties["Type"] != "AAAA" {
			t.Errorf("record = %v", record.Properties)
		}
	})
	cdktest.Run(t, "can have a wildcard record", func(t *testing.T) {
		template := consumerTemplate(t, func(p *privateapi.PrivateApiConsumerProps) { p.DomainNames = jsii.Strings("*.pricing.company.com") })
		template.Has(t, typeZone, props{"Name": "pricing.company.com."})
		template.Has(t, typeRecord, props{"Name": "*.pricing.company.com"})
	})
	cdktest.Run(t, "are shared by a name and the wildcard below it", func(t *testing.T) {
		template := consumerTemplate(t, func(p *privateapi.PrivateApiConsumerProps) {
			p.DomainNames = jsii.Strings("*.pricing.company.com", "pricing.company.com")
		})
		zone, _ := template.Only(t, typeZone)
		template.Has(t, typeRecord, props{"Name": "*.pricing.company.com", "HostedZoneId": cdktest.Ref(zone)})
		template.Has(t, typeRecord, props{"Name": "pricing.company.com", "HostedZoneId": cdktest.Ref(zone)})
	})
}

func TestConsumerOtherDnsModes(t *testing.T) {
	defer cdktest.Recover(t)
	for name, tc := range map[string]struct {
		mode privateapi.DnsMode
		want bool
	}{
		"private DNS enables the service's name": {privateapi.DnsMode_PRIVATE_DNS, true},
		"none leaves names to others":            {privateapi.DnsMode_NONE, false},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			newConsumer(stack, func(p *privateapi.PrivateApiConsumerProps) {
				p.Service = privateapi.PrivateApiService_FromAttributes(stack, jsii.String("Named"), &privateapi.PrivateApiServiceAttributes{
					ServiceName: jsii.String(serviceName), ProvidesPrivateDns: jsii.Bool(true), AcceptanceRequired: jsii.Bool(false),
				})
				p.DnsMode = tc.mode
			})
			template := cdktest.SynthTemplate(t, stack)
			template.Has(t, typeEndpoint, props{"PrivateDnsEnabled": tc.want})
			if got := len(template.OfType(typeZone)) + len(template.OfType(typeRecord)); got != 0 {
				t.Errorf("%d zones and records, want none", got)
			}
		})
	}
}

// A consumer whose connection must be accepted can have its names later: this adds them, and changes nothing else.
func TestNamesCanComeLater(t *testing.T) {
	defer cdktest.Recover(t)
	resources := func(mode privateapi.DnsMode) map[string]cdktest.Resource {
		return consumerTemplate(t, func(p *privateapi.PrivateApiConsumerProps) {
			p.Service, p.DnsMode = pendingService(p.Vpc.Stack()), mode
		}).Resources
	}
	before, after := resources(privateapi.DnsMode_NONE), resources(privateapi.DnsMode_PRIVATE_HOSTED_ZONE)
	for id, resource := range after {
		if resource.Type == typeZone || resource.Type == typeRecord {
			delete(after, id)
		}
	}
	if !reflect.DeepEqual(before, after) {
		t.Errorf("before: %v\nafter: %v", before, after)
	}
}

func TestConsumerAcrossRegions(t *testing.T) {
	defer cdktest.Recover(t)
	cdktest.Run(t, "names the Region of an imported service", func(t *testing.T) {
		stack := cdktest.Stack(t)
		newConsumer(stack, func(p *privateapi.PrivateApiConsumerProps) {
			p.Service = privateapi.PrivateApiService_FromAttributes(stack, jsii.String("Far"), &privateapi.PrivateApiServiceAttributes{
				ServiceName: jsii.String("com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0"), DomainNames: jsii.Strings(domain),
				ServiceRegion: jsii.String("us-east-1"),
			})
		})
		cdktest.SynthTemplate(t, stack).Has(t, typeEndpoint, props{"ServiceRegion": "us-east-1"})
	})
	cdktest.Run(t, "names the Region of a service whose name has none", func(t *testing.T) {
		stack := cdktest.Stack(t)
		newConsumer(stack, func(p *privateapi.PrivateApiConsumerProps) {
			p.DnsMode = privateapi.DnsMode_PRIVATE_DNS
			service := privateapi.PrivateApiService_FromAttributes(stack, jsii.String("Iam"), &privateapi.PrivateApiServiceAttributes{
				ServiceName: jsii.String("com.amazonaws.iam"), ServiceRegion: jsii.String("us-east-1"),
			})
			if got := *service.ServiceRegion(); got != "us-east-1" {
				t.Errorf("Region = %q, want the one that was given", got)
			}
			p.Service = service
		})
		cdktest.SynthTemplate(t, stack).Has(t, typeEndpoint, props{"ServiceName": "com.amazonaws.iam", "ServiceRegion": "us-east-1"})
	})
	cdktest.Run(t, "names the Region of a provider that supports the consumer's", func(t *testing.T) {
		app := cdktest.App(t, nil)
		far := awscdk.NewStack(app, jsii.String("Far"), &awscdk.StackProps{
			Env: &awscdk.Environment{Account: jsii.String(cdktest.Account), Region: jsii.String("us-east-1")},
		})
		farProps := providerProps(far)
		farProps.Vpc, farProps.SupportedRegions = vpcOf(far, "FarVpc", "us-east-1a", "us-east-1b"), jsii.Strings(cdktest.Region)
		farProps.Certificates = certificatesOf("arn:aws:acm:us-east-1:222222222222:certificate/01234567-89ab-cdef-0123-456789abcdef")
		provider := privateapi.NewPrivateApiProvider(far, jsii.String("Pricing"), farProps)
		sameRegion := cdktest.StackIn(app, "SameRegion", cdktest.Account)
		newConsumer(sameRegion, func(p *privateapi.PrivateApiConsumerProps) { p.Service = provider })
		cdktest.Synth(t, sameRegion).Template(t, "SameRegion").Has(t, typeEndpoint, props{"ServiceRegion": "us-east-1"})
	})
}

// In one app, the provider itself is its contract: CDK passes the service name from stack to stack, across accounts by a weak reference and
// across Regions by an export, and deploys the provider's stack first.
func TestConsumerOfProviderElsewhereInTheApp(t *testing.T) {
	defer cdktest.Recover(t)
	for name, tc := range map[string]struct {
		account, region string
		reference       string // in the service name
	}{
		"in another account":            {account: cdktest.OtherAccount, region: cdktest.Region, reference: "Fn::GetStackOutput"},
		"in another Region":             {account: cdktest.Account, region: "eu-central-1", reference: "Fn::GetAtt"},
		"in another account and Region": {account: cdktest.OtherAccount, region: "eu-central-1", reference: "Fn::GetStackOutput"},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			app := cdktest.App(t, nil)
			provider := newProvider(cdktest.StackIn(app, "Provider", cdktest.Account), func(p *privateapi.PrivateApiProviderProps) {
				p.SupportedRegions = jsii.Strings(cdktest.Region, "eu-central-1")
			})
			stack := awscdk.NewStack(app, jsii.String("Consumer"), &awscdk.StackProps{Env: &awscdk.Environment{Account: &tc.account, Region: &tc.region}})
			privateapi.NewPrivateApiConsumer(stack, jsii.String("Checkout"), &privateapi.PrivateApiConsumerProps{
				Vpc: vpcOf(stack, "ConsumerVpc", tc.region+"a", tc.region+"b"), Service: provider,
			})
			assembly := cdktest.Synth(t, stack)
			_, endpoint := assembly.Template(t, "Consumer").Only(t, typeEndpoint)
			parts, ok := endpoint.Properties["ServiceName"].(props)["Fn::Join"].([]any)[1].([]any)
			if !ok || parts[0] != "com.amazonaws.vpce.eu-west-1." || parts[1].(props)[tc.reference] == nil {
				t.Errorf("ServiceName = %v, want one by %s", endpoint.Properties["ServiceName"], tc.reference)
			}
			if of := parts[1].(props)["Fn::GetStackOutput"]; of != nil && !cdktest.Contains(of, props{"StackName": "Provider", "Region": cdktest.Region}) {
				t.Errorf("ServiceName is of %v, want an output of the provider's stack", of)
			}
			want := any("eu-west-1")
			if tc.region == cdktest.Region {
				want = nil
			}
			if got := endpoint.Properties["ServiceRegion"]; got != want {
				t.Errorf("ServiceRegion = %v, want %v", got, want)
			}
			var manifest struct {
				Artifacts map[string]struct{ Dependencies []string }
			}
			if err := json.NewDecoder(strings.NewReader(assembly.Manifest(t))).Decode(&manifest); err != nil {
				t.Fatal(err)
			}
			if order := manifest.Artifacts["Consumer"].Dependencies; !slices.Contains(order, "Provider") {
				t.Errorf("the consumer's stack waits for %v, want Provider", order)
			}
		})
	}
}

func TestConsumerOfProvider(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	provider := newProvider(stack)
	privateapi.NewPrivateApiConsumer(stack, jsii.String("Checkout"), &privateapi.PrivateApiConsumerProps{
		Vpc: vpcOf(stack, "ConsumerVpc", "eu-west-1a"), Service: provider,
	})
	template := cdktest.SynthTemplate(t, stack)
	id, endpoint := template.Only(t, typeEndpoint)
	service, _ := template.Only(t, typeService)
	permissions, _ := template.Only(t, typePermissions)
	listener := template.Has(t, typeListener, props{"Protocol": "TCP"})

	cdktest.Run(t, "uses its service name and its domain name", func(t *testing.T) {
		want := props{"ServiceName": props{"Fn::Join": []any{"", []any{"com.amazonaws.vpce.eu-west-1.", cdktest.Ref(service)}}}}
		if !cdktest.Contains(endpoint.Properties, want) {
			t.Errorf("endpoint = %v, want %v", endpoint.Properties, want)
		}
		template.Has(t, typeZone, props{"Name": domain + "."})
	})
	cdktest.Run(t, "waits until the NLB listens and it is allowed", func(t *testing.T) {
		if want := []string{listener, permissions}; !slices.Equal(endpoint.DependsOn, want) {
			t.Errorf("%s depends on %v, want %v", id, endpoint.DependsOn, want)
		}
	})
}

func TestConsumerOfProviderWaitsForPrincipalsThatComeLater(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	provider := newProvider(stack, func(p *privateapi.PrivateApiProviderProps) { p.AllowedPrincipals = nil })
	privateapi.NewPrivateApiConsumer(stack, jsii.String("Checkout"), &privateapi.PrivateApiConsumerProps{
		Vpc: vpcOf(stack, "ConsumerVpc", "eu-west-1a"), Service: provider,
	})
	provider.AllowPrincipal(account(cdktest.OtherAccount))
	template := cdktest.SynthTemplate(t, stack)
	permissions, _ := template.Only(t, typePermissions)
	if _, endpoint := template.Only(t, typeEndpoint); !slices.Contains(endpoint.DependsOn, permissions) {
		t.Errorf("the endpoint depends on %v, want %s among them", endpoint.DependsOn, permissions)
	}
}

// The consumer's stack is deployed after the provider's, however it refers to it. A nested stack is deployed with its
// parent, in which its resource waits.
func TestConsumerInAnotherStackWaits(t *testing.T) {
	defer cdktest.Recover(t)
	consume := func(stack awscdk.Stack, vpc awsec2.IVpc, provider privateapi.PrivateApiProvider) {
		privateapi.NewPrivateApiConsumer(stack, jsii.String("Checkout"), &privateapi.PrivateApiConsumerProps{Vpc: vpc, Service: provider})
	}
	for name, account := range map[string]string{"of one account": cdktest.Account, "of another account": cdktest.OtherAccount} {
		cdktest.Run(t, name, func(t *testing.T) {
			app := cdktest.App(t, map[string]any{"@aws-cdk/core:defaultCrossStackReferences": "weak"})
			providerStack, consumerStack := cdktest.StackIn(app, "Provider", cdktest.Account), cdktest.StackIn(app, "Consumer", account)
			consume(consumerStack, vpcOf(consumerStack, "ConsumerVpc", "eu-west-1a"), newProvider(providerStack, func(p *privateapi.PrivateApiProviderProps) {
				p.AllowedPrincipals = &[]awsiam.ArnPrincipal{awsiam.NewAccountPrincipal(jsii.String(cdktest.OtherAccount))}
			}))
			cdktest.Synth(t, providerStack)
			if got := *consumerStack.Dependencies(); len(got) != 1 || *got[0].Node().Path() != "Provider" {
				t.Errorf("%d dependencies of the consumer's stack, want the provider's", len(got))
			}
		})
	}
	cdktest.Run(t, "in a nested stack", func(t *testing.T) {
		stack := cdktest.Stack(t)
		nested := awscdk.NewNestedStack(stack, jsii.String("Nested"), nil)
		consume(nested, vpcOf(stack, "ConsumerVpc", "eu-west-1a"), newProvider(stack))
		template := cdktest.SynthTemplate(t, stack)
		permissions, _ := template.Only(t, typePermissions)
		if _, resource := template.Only(t, "AWS::CloudFormation::Stack"); !slices.Contains(resource.DependsOn, permissions) {
			t.Errorf("the nested stack depends on %v, want %s", resource.DependsOn, permissions)
		}
	})
}

func TestConsumerEndpointPolicy(t *testing.T) {
	defer cdktest.Recover(t)
	policy := func(stack awscdk.Stack) *privateapi.EndpointPolicy {
		role := awsiam.Role_FromRoleArn(stack, jsii.String("Role"), jsii.String("arn:aws:iam::222222222222:role/checkout-task"), nil)
		return &privateapi.EndpointPolicy{
			Principals: &[]awsiam.IPrincipal{role},
			Actions:    jsii.Strings("execute-api:Invoke"),
			Resources:  jsii.Strings("arn:aws:execute-api:eu-west-1:222222222222:abc123/prod/GET/quotes"),
		}
	}
	want := props{"PolicyDocument": props{"Statement": []any{props{
		"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "arn:aws:execute-api:eu-west-1:222222222222:abc123/prod/GET/quotes",
		"Principal": props{"AWS": "arn:aws:iam::222222222222:role/checkout-task"},
	}}}}
	cdktest.Run(t, "is defined for a service of AWS", func(t *testing.T) {
		stack := cdktest.Stack(t)
		newConsumer(stack, func(p *privateapi.PrivateApiConsumerProps) {
			p.Service = privateapi.PrivateApiService_FromAwsService(stack, jsii.String("ApiGateway"), awsec2.InterfaceVpcEndpointAwsService_APIGATEWAY(), nil)
			p.DnsMode, p.EndpointPolicy = privateapi.DnsMode_PRIVATE_DNS, policy(stack)
		})
		template := cdktest.SynthTemplate(t, stack)
		template.Has(t, typeEndpoint, want)
		template.Has(t, typeEndpoint, props{"ServiceName": "com.amazonaws.eu-west-1.execute-api", "PrivateDnsEnabled": true})
	})
	cdktest.Run(t, "is allowed with private DNS of a service of AWS that is imported by name", func(t *testing.T) {
		stack := cdktest.Stack(t)
		newConsumer(stack, func(p *privateapi.PrivateApiConsumerProps) {
			p.Service = privateapi.PrivateApiService_FromAttributes(stack, jsii.String("ApiGateway"), &privateapi.PrivateApiServiceAttributes{
				ServiceName: jsii.String("com.amazonaws.eu-west-1.execute-api"),
			})
			p.DnsMode, p.EndpointPolicy = privateapi.DnsMode_PRIVATE_DNS, policy(stack)
		})
		cdktest.SynthTemplate(t, stack).Has(t, typeEndpoint, props{"PrivateDnsEnabled": true})
	})
	cdktest.Run(t, "is defined for a service of AWS that is imported by name", func(t *testing.T) {
		stack := cdktest.Stack(t)
		newConsumer(stack, func(p *privateapi.PrivateApiConsumerProps) {
			p.Service = privateapi.PrivateApiService_FromAttributes(stack, jsii.String("ApiGateway"), &privateapi.PrivateApiServiceAttributes{
				ServiceName: jsii.String("com.amazonaws.eu-west-1.execute-api"), DomainNames: jsii.Strings(domain),
			})
			p.EndpointPolicy = policy(stack)
		})
		cdktest.SynthTemplate(t, stack).Has(t, typeEndpoint, want)
	})
	cdktest.Run(t, "is emitted for an endpoint service if it is forced", func(t *testing.T) {
		stack := cdktest.Stack(t)
		newConsumer(stack, func(p *privateapi.PrivateApiConsumerProps) {
			p.EndpointPolicy, p.ForceEndpointPolicy = policy(stack), jsii.Bool(true)
		})
		cdktest.SynthTemplate(t, stack).Has(t, typeEndpoint, want)
	})
}
