package privateapi_test

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/link"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

const (
	typeTunnel       = "Test::A::Tunnel"
	tunnelPrefixList = "pl-0123456789abcdef0"
	tunnelGroup      = "Tunnel"
)

// tunnelService is an API over a transport of this module, whose connection joins the batch of the consumer: it has a security group and a
// prefix list, as VPC Lattice has.
type tunnelService struct {
	constructs.Construct
	group awsec2.ISecurityGroup // of another stack; nil for one of the consumer
	names *[]*string
	ports *[]*float64
	alias any
}

func newTunnelService(scope constructs.Construct) *tunnelService {
	s := &tunnelService{names: jsii.Strings(domain), ports: &[]*float64{jsii.Number(443)}, alias: map[string]any{"Fn::ImportValue": "TunnelName"}}
	constructs.NewConstruct_Override(s, scope, jsii.String("TunnelService"))
	return s
}

func (s *tunnelService) DomainNames() *[]*string { return s.names }
func (s *tunnelService) Ports() *[]*float64      { return s.ports }

func (s *tunnelService) PlanConnection(options *privateapi.ConnectionOptions) *privateapi.ConnectionPlan {
	return &privateapi.ConnectionPlan{Transport: "a tunnel", Connector: privateapi.ConnectorOf(&tunnelPlan{s, answers.StackOf(options.Scope), options.Vpc})}
}

type tunnelPlan struct {
	service *tunnelService
	stack   *answers.Stack
	vpc     awsec2.IVpc
}

func (p *tunnelPlan) Gate(consumer *link.Consumer) *link.Gate {
	gate := &link.Gate{Peers: []*onecall.Item[awsec2.IPeer]{onecall.Static(consumer.Batch, awsec2.Peer_PrefixList, jsii.String(tunnelPrefixList))}}
	if p.service.group != nil {
		gate.SecurityGroups, gate.Here = link.Known(p.stack, []awsec2.ISecurityGroup{p.service.group})
		return gate
	}
	group := onecall.Add(consumer.Batch, awsec2.NewSecurityGroup, "TunnelGroup", &awsec2.SecurityGroupProps{
		Vpc: p.vpc, Description: jsii.String(tunnelGroup), AllowAllOutbound: jsii.Bool(false),
	})
	gate.SecurityGroups = append(gate.SecurityGroups, onecall.As(group, func(g awsec2.SecurityGroup) awsec2.ISecurityGroup { return g }))
	return gate
}

func (p *tunnelPlan) Define(consumer *link.Consumer, _ *link.Gate) *link.Link {
	tunnel := onecall.Add(consumer.Batch, awscdk.NewCfnResource, "Tunnel", &awscdk.CfnResourceProps{Type: jsii.String(typeTunnel)})
	return &link.Link{
		Alias:              link.NewAlias(consumer.Batch, p.service.alias, jsii.String(albZoneID), nil),
		RecordDependencies: []*onecall.Item[constructs.IDependable]{link.Dependency(tunnel)},
		ClientDependencies: []onecall.Dependency{tunnel},
	}
}
