package privateapi_test

import (
	"reflect"
	"slices"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

const (
	typeRoute    = "AWS::EC2::Route"
	providerCidr = "10.9.0.0/16"
	albDnsName   = "internal-pricing-0123456789.eu-west-1.elb.amazonaws.com"
	albZoneID    = "Z32O12XQLNTSW2"
)

// routedService is an API that is reached by a route: without an endpoint, and without a security group in the
// consumer's account. It uses nothing but what the package exports.
type routedService struct {
	constructs.Construct
	connection privateapi.Connection // what it leaves out is defined by PlanConnection
	options    *privateapi.ConnectionOptions
	names      *[]*string
	ports      *[]*float64
}

var _ privateapi.IPrivateApiService = (*routedService)(nil)

func newRoutedService(scope constructs.Construct) *routedService {
	s := &routedService{connection: privateapi.Connection{
		Alias: &privateapi.AliasTarget{DnsName: jsii.String(albDnsName), HostedZoneId: jsii.String(albZoneID)},
		Peers: &[]awsec2.IPeer{awsec2.Peer_Ipv4(jsii.String(providerCidr))},
	}, names: jsii.Strings(domain), ports: &[]*float64{jsii.Number(8443)}}
	constructs.NewConstruct_Override(s, scope, jsii.String("Routed"))
	return s
}

func (s *routedService) DomainNames() *[]*string { return s.names }
func (s *routedService) Ports() *[]*float64      { return s.ports }

func (s *routedService) PlanConnection(options *privateapi.ConnectionOptions) *privateapi.ConnectionPlan {
	s.options = options
	return &privateapi.ConnectionPlan{Transport: "a route", Connector: privateapi.ConnectorFunc(func(scope constructs.Construct) *privateapi.Connection {
		route := awscdk.NewCfnResource(scope, jsii.String("Route"), &awscdk.CfnResourceProps{Type: jsii.String(typeRoute)})
		connection := s.connection
		connection.RecordDependencies = &[]constructs.IDependable{route}
		return &connection
	})}
}

func TestConsumerOfAnotherTransport(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	vpc := vpcOf(stack, "ConsumerVpc", "eu-west-1a", "eu-west-1b")
	service, client := newRoutedService(stack), newClient(stack, vpc)
	consumer := privateapi.NewPrivateApiConsumer(stack, jsii.String("Pricing"), &privateapi.PrivateApiConsumerProps{
		Vpc: vpc, Service: service, Clients: &[]awsec2.IConnectable{client},
	})
	later := awsec2.NewSecurityGroup(stack, jsii.String("Later"), &awsec2.SecurityGroupProps{
		Vpc: vpc, Description: jsii.String("Later"), AllowAllOutbound: jsii.Bool(false),
	})
	later.Connections().AllowToDefaultPort(consumer, nil)
	template := cdktest.SynthTemplate(t, stack)

	cdktest.Run(t, "keeps names, zone and record", func(t *testing.T) {
		zone := template.Has(t, typeZone, props{"Name": domain + ".", "VPCs": []any{props{"VPCId": vpcID("ConsumerVpc")}}})
		record := template.Has(t, typeRecord, props{
			"Name": domain, "Type": "A", "HostedZoneId": cdktest.Ref(zone),
			"AliasTarget": props{"DNSName": albDnsName, "HostedZoneId": albZoneID},
		})
		route, _ := template.Only(t, typeRoute)
		if got := template.Resources[record].DependsOn; !slices.Equal(got, []string{route}) {
			t.Errorf("the record waits for %v, want %s", got, route)
		}
		if got := *(*consumer.DomainNames())[0]; got != domain || len(*consumer.HostedZones()) != 1 {
			t.Errorf("the consumer has the name %s and %d zones, want %s and 1", got, len(*consumer.HostedZones()), domain)
		}
	})
	cdktest.Run(t, "lets clients out, in props and later", func(t *testing.T) {
		for _, group := range []string{"Stack/Client", "Later"} {
			template.Has(t, typeGroup, props{"GroupDescription": group, "SecurityGroupEgress": []any{
				props{"CidrIp": providerCidr, "IpProtocol": "tcp", "FromPort": 8443, "ToPort": 8443},
			}})
		}
		if got := template.OfType(typeIngress); got != nil {
			t.Errorf("ingress = %v, want none: nothing on this side lets clients in", got)
		}
	})
	cdktest.Run(t, "has nothing of PrivateLink", func(t *testing.T) {
		if consumer.VpcEndpointId() != nil || consumer.NetworkInterfaceIds() != nil || consumer.Endpoint() != nil || consumer.SecurityGroup() != nil {
			t.Error("the consumer returns an endpoint or a security group, want nil")
		}
		if got := template.OfType(typeEndpoint); got != nil {
			t.Errorf("endpoints = %v, want none", got)
		}
	})
	cdktest.Run(t, "asks the service with all defaults filled in", func(t *testing.T) {
		got := service.options
		if got.DnsMode != privateapi.DnsMode_PRIVATE_HOSTED_ZONE || *(*got.DomainNames)[0] != domain || got.Vpc != vpc || got.Scope != stack {
			t.Errorf("options = %+v", got)
		}
	})
}

// A service may let clients in by a group of the consumer's account and out to something else, as VPC Lattice does.
func TestConsumerOfATransportWithGroupAndPeer(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	vpc := vpcOf(stack, "ConsumerVpc", "eu-west-1a", "eu-west-1b")
	service := newRoutedService(stack)
	service.connection.Peers = &[]awsec2.IPeer{awsec2.Peer_PrefixList(jsii.String("pl-0123456789abcdef0"))}
	service.connection.SecurityGroups = &[]awsec2.ISecurityGroup{awsec2.NewSecurityGroup(stack, jsii.String("Association"), &awsec2.SecurityGroupProps{
		Vpc: vpc, Description: jsii.String("Association"), AllowAllOutbound: jsii.Bool(false),
	})}
	service.connection.Alias.RecordTypes = &[]awsroute53.RecordType{awsroute53.RecordType_A, awsroute53.RecordType_AAAA}
	privateapi.NewPrivateApiConsumer(stack, jsii.String("Pricing"), &privateapi.PrivateApiConsumerProps{
		Vpc: vpc, Service: service, Clients: &[]awsec2.IConnectable{newClient(stack, vpc)},
	})
	template := cdktest.SynthTemplate(t, stack)
	client := template.Has(t, typeGroup, props{"GroupDescription": "Stack/Client"})
	association := template.Has(t, typeGroup, props{"GroupDescription": "Association"})
	template.Has(t, typeIngress, props{
		"GroupId": cdktest.GetAtt(association, "GroupId"), "SourceSecurityGroupId": cdktest.GetAtt(client, "GroupId"), "FromPort": 8443, "ToPort": 8443,
	})
	template.Has(t, typeEgress, props{
		"GroupId": cdktest.GetAtt(client, "GroupId"), "DestinationPrefixListId": "pl-0123456789abcdef0", "FromPort": 8443, "ToPort": 8443,
	})
	template.Has(t, typeRecord, props{"Name": domain, "Type": "A"})
	template.Has(t, typeRecord, props{"Name": domain, "Type": "AAAA"})
}

// A service may let clients in by a group that no outbound rule names, as over a transit gateway. The groups of an endpoint, and what joins
// later, stay apart from it while a consumer moves.
func TestPeersOnly(t *testing.T) {
	defer cdktest.Recover(t)
	for name, isPrevious := range map[string]bool{"to the service": false, "away from the service": true} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			vpc := vpcOf(stack, "ConsumerVpc", "eu-west-1a", "eu-west-1b")
			service, client := newRoutedService(stack), newClient(stack, vpc)
			service.ports = &[]*float64{jsii.Number(443)}
			service.connection.Peers, service.connection.PeersOnly = &[]awsec2.IPeer{awsec2.Peer_Ipv4(jsii.String("10.9.0.0/24")), awsec2.Peer_Ipv4(jsii.String("10.9.1.0/24"))}, jsii.Bool(true)
			service.connection.SecurityGroups = &[]awsec2.ISecurityGroup{awsec2.NewSecurityGroup(stack, jsii.String("Alb"), &awsec2.SecurityGroupProps{
				Vpc: vpc, Description: jsii.String("ALB"), AllowAllOutbound: jsii.Bool(false),
			})}
			p := &privateapi.PrivateApiConsumerProps{Vpc: vpc, Service: service, Previous: transports["PrivateLink"](stack), DomainNames: jsii.Strings(domain), Clients: &[]awsec2.IConnectable{client}}
			if isPrevious {
				p.Service, p.Previous = p.Previous, p.Service
			}
			consumer := privateapi.NewPrivateApiConsumer(stack, jsii.String("Pricing"), p)
			if got := len(*consumer.Connections().SecurityGroups()); got != 2 {
				t.Errorf("the connections have %d security groups, want 2", got)
			}
			template := cdktest.SynthTemplate(t, stack)
			group := func(description string) any {
				return cdktest.GetAtt(template.Has(t, typeGroup, props{"GroupDescription": description}), "GroupId")
			}
			caller, endpoint, alb := group("Stack/Client"), group("Endpoint of a private API: named clients in, nothing out"), group("ALB")
			for _, id := range []any{endpoint, alb} {
				template.Has(t, typeIngress, props{"GroupId": id, "SourceSecurityGroupId": caller, "FromPort": 443, "ToPort": 443})
			}
			if _, egress := template.Only(t, typeEgress); !cdktest.Contains(egress.Properties["DestinationSecurityGroupId"], endpoint) {
				t.Errorf("clients are let out to %v by a group, want the endpoint alone", egress.Properties["DestinationSecurityGroupId"])
			}
			template.Has(t, typeGroup, props{"GroupDescription": "Stack/Client", "SecurityGroupEgress": []any{props{"CidrIp": "10.9.0.0/24"}, props{"CidrIp": "10.9.1.0/24"}}})
			if _, got := template.Only(t, typeEndpoint); !reflect.DeepEqual(got.Properties["SecurityGroupIds"], []any{endpoint}) {
				t.Errorf("the endpoint has the security groups %v, want its own", got.Properties["SecurityGroupIds"])
			}
		})
	}
}

// What only an endpoint has is not dropped without a word.
func TestConsumerOfAnotherTransportFails(t *testing.T) {
	defer cdktest.Recover(t)
	type C = privateapi.PrivateApiConsumerProps
	for name, tc := range map[string]struct {
		props   func(*C)
		service func(*routedService)
		want    string
	}{
		"with subnets": {props: func(p *C) { p.Subnets = &awsec2.SubnetSelection{} }, want: "Subnets: is set, but the service is reached over a route, without an interface endpoint"},
		"with security groups": {
			props: func(p *C) {
				p.SecurityGroups = &[]awsec2.ISecurityGroup{existingGroup(p.Vpc.Stack(), "Existing", true)}
			},
			want: "SecurityGroups: is set, but the service is reached over a route, without an interface endpoint",
		},
		"with an address type":    {props: func(p *C) { p.IpAddressType = awsec2.VpcEndpointIpAddressType_IPV4 }, want: "IpAddressType: is set"},
		"with an endpoint policy": {props: func(p *C) { p.EndpointPolicy = endpointPolicy() }, want: "EndpointPolicy: is set"},
		"with a forced policy":    {props: func(p *C) { p.ForceEndpointPolicy = jsii.Bool(true) }, want: "ForceEndpointPolicy: is set"},
		"with an acceptance":      {props: func(p *C) { p.ConnectionAccepted = jsii.Bool(true) }, want: "ConnectionAccepted: is set"},
		"with private DNS":        {props: func(p *C) { p.DnsMode = privateapi.DnsMode_PRIVATE_DNS }, want: rules.PrivateDnsMissing.ID},
		"without anything to let clients out to": {
			service: func(s *routedService) { s.connection.Peers = nil },
			want:    "Stack/Pricing: the connection has neither SecurityGroups nor Peers to let clients out to",
		},
		"without a port": {
			service: func(s *routedService) { s.ports = nil },
			want:    "Service: has no port for clients to connect to",
		},
		"without an alias for its records": {
			service: func(s *routedService) { s.connection.Alias = nil },
			want:    "Stack/Pricing: the connection has no Alias for the records to lead to",
		},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			service := newRoutedService(stack)
			props := &C{Vpc: vpcOf(stack, "ConsumerVpc", "eu-west-1a"), Service: service}
			if tc.props != nil {
				tc.props(props)
			}
			if tc.service != nil {
				tc.service(service)
			}
			cdktest.WantPanic(t, tc.want, func() { privateapi.NewPrivateApiConsumer(stack, jsii.String("Pricing"), props) })
		})
	}
}
