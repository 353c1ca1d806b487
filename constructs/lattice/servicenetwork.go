package lattice

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsvpclattice"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/l1"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/link"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
)

// ServiceNetworkConnection is how a VPC is connected to a service network.
type ServiceNetworkConnection string

const (
	// ServiceNetworkConnection_VPC_ASSOCIATION associates the VPC, which takes one association. Clients send traffic to link-local
	// addresses of the prefix list of VPC Lattice; only those in the VPC can, not those that come by a peering or a transit gateway.
	ServiceNetworkConnection_VPC_ASSOCIATION ServiceNetworkConnection = "VPC_ASSOCIATION"
	// ServiceNetworkConnection_VPC_ENDPOINT places a service-network endpoint in the VPC, with addresses of its subnets, which clients in
	// peered networks reach too. It takes a free block of 16 addresses (/28) in each subnet when it is created.
	//
	// Each service has a DNS name of its own behind the endpoint, which CloudFormation does not return: DnsEntries of the endpoint is
	// empty, and aws ec2 describe-vpc-endpoint-associations has the names. So consumers need DnsMode_NONE, and records of your own.
	//
	// See https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-service-networks.html and
	// https://github.com/hashicorp/terraform-provider-aws/issues/41765
	ServiceNetworkConnection_VPC_ENDPOINT ServiceNetworkConnection = "VPC_ENDPOINT"
)

// ServiceNetworkProps are the properties of a [ServiceNetwork].
type ServiceNetworkProps struct {
	// The VPC of the consumers. It has one service network: define it before the consumers.
	//
	// Required.
	Vpc awsec2.IVpc

	// The ARN of a service network that exists, of this account or shared with it by AWS RAM, to connect the VPC to:
	// arn:<partition>:vpc-lattice:<region>:<account>:servicenetwork/sn-<id>. A consumer can associate a service with it if this account
	// owns the service network or the service: two that are shared can only be associated by an owner.
	//
	// Default: - a new service network.
	ServiceNetworkArn *string

	// The auth policy of the service network, which each request must pass besides that of its service. It needs an Allow for everybody who
	// calls any of the services.
	//
	// Default: - none: AuthType is NONE, and the auth policies of the services decide.
	AuthPolicy awsiam.PolicyDocument

	// How the VPC is connected.
	//
	// Default: ServiceNetworkConnection_VPC_ASSOCIATION.
	Connection ServiceNetworkConnection

	// The subnets of the endpoint, one of each Availability Zone; for ServiceNetworkConnection_VPC_ENDPOINT only.
	//
	// Default: - private subnets, one of each Availability Zone.
	Subnets *awsec2.SubnetSelection

	// One to five security groups that let clients in, instead of one of its own. Clients of all consumers of the VPC are allowed in each.
	// VPC Lattice does not let an association lose all of them later.
	//
	// Default: - a new security group that is closed until consumers name clients.
	SecurityGroups *[]awsec2.ISecurityGroup
}

// IServiceNetwork is the service network of a VPC, defined here or imported. All consumers over VPC Lattice in the VPC join it.
type IServiceNetwork interface {
	constructs.IConstruct

	// ServiceNetworkArn returns the ARN of the service network.
	ServiceNetworkArn() *string

	// SecurityGroups returns the security groups that let clients of the VPC in, to all services of the network.
	SecurityGroups() *[]awsec2.ISecurityGroup
}

// ServiceNetwork is the service network of a VPC, to which the VPC is connected by a security group that is closed until consumers name
// clients. AWS has a quota of 500 services and 500 VPCs for a service network.
//
// It connects nobody to anything: [privateapi.PrivateApiConsumer] associates services. All of them share the security group. So a client that
// one consumer names reaches all services of the network on the same port; their auth policies decide who may call.
//
// A consumer whose VPC has none defines one itself, below the VPC construct and in its stack; what depends on the whole VPC construct then
// waits for it. Define it yourself, in a stack before all consumers, if the consumers of a VPC are in several stacks, or if several constructs
// import the VPC: then no consumer owns what all need. In another app, import it with [ServiceNetwork_FromAttributes]: nothing here can know
// of it.
type ServiceNetwork interface {
	IServiceNetwork

	// VpcEndpointId returns the ID of the service-network endpoint; nil for an association.
	VpcEndpointId() *string
}

type serviceNetwork struct {
	constructs.Construct
	batch    *onecall.Batch
	network  *network
	endpoint *onecall.Item[awsec2.CfnVPCEndpoint] // nil for an association
}

var _ ServiceNetwork = (*serviceNetwork)(nil)

// NewServiceNetwork defines a [ServiceNetwork].
//
// Before it defines anything, it panics with all that breaks a rule in props, such as a VPC that has a service network already.
func NewServiceNetwork(scope constructs.Construct, id *string, props *ServiceNetworkProps) ServiceNetwork {
	refusal.RequireScope("NewServiceNetwork", scope, id)
	props = prop.Or(prop.Copy(props), &ServiceNetworkProps{}) // the caller may change its own
	plan := planServiceNetwork(scope, id, props)
	s := &serviceNetwork{network: newNetwork(plan.stack, props.Vpc, scope, *id)}
	s.batch = onecall.Begin(s, &s.Construct, scope, id)
	s.define(plan)
	s.batch.Flush()
	s.network.register(plan.stack, props.Vpc)
	refusal.Warn(plan.report, s)
	return s
}

func (s *serviceNetwork) define(plan *serviceNetworkPlan) {
	n, props := s.network, plan.props
	n.arn = onecall.Known(props.ServiceNetworkArn)
	n.literalArn = plan.literalArn
	if props.ServiceNetworkArn == nil {
		s.defineNetwork(props.AuthPolicy)
	}
	if n.giveGroups(props.SecurityGroups); n.given == nil {
		n.groups = closedGroup(s.batch, props.Vpc)
	}
	if n.byEndpoint = plan.subnets != nil; n.byEndpoint {
		s.defineEndpoint(plan)
		return
	}
	n.associate(s.batch, s.batch, vpcIDOf(s.batch, props.Vpc))
}

// defineNetwork adds the service network, and its auth policy if it has one: VPC Lattice evaluates a policy under AWS_IAM alone, and denies
// everybody without one.
func (s *serviceNetwork) defineNetwork(policy awsiam.PolicyDocument) {
	authType := authNone
	if policy != nil {
		authType = authIAM
	}
	resource := onecall.Add(s.batch, awsvpclattice.NewCfnServiceNetwork, "ServiceNetwork", &awsvpclattice.CfnServiceNetworkProps{AuthType: authType})
	s.network.arn = onecall.Get(resource, awsvpclattice.CfnServiceNetwork.AttrArn)
	if policy != nil {
		onecall.Add(s.batch, awsvpclattice.NewCfnAuthPolicy, "AuthPolicy", &awsvpclattice.CfnAuthPolicyProps{
			Policy: policy, ResourceIdentifier: s.network.arn.Placeholder(),
		})
	}
}

// defineEndpoint adds the service-network endpoint.
func (s *serviceNetwork) defineEndpoint(plan *serviceNetworkPlan) {
	ids := []any{}
	for _, group := range s.network.groups {
		ids = append(ids, group.Placeholder())
	}
	s.endpoint = onecall.Add(s.batch, awsec2.NewCfnVPCEndpoint, "Endpoint", &awsec2.CfnVPCEndpointProps{
		VpcEndpointType:   jsii.String("ServiceNetwork"),
		VpcId:             plan.props.Vpc,
		SubnetIds:         l1.References(plan.subnets),
		ServiceNetworkArn: s.network.arn.Placeholder(),
		SecurityGroupIds:  &ids,
	})
	s.network.connected = []*onecall.Item[constructs.IDependable]{link.Dependency(s.endpoint)}
}

func (s *serviceNetwork) ServiceNetworkArn() *string { return prop.Copy(s.network.arn.Object()) }

func (s *serviceNetwork) SecurityGroups() *[]awsec2.ISecurityGroup { return s.network.groupObjects() }

func (s *serviceNetwork) VpcEndpointId() *string {
	if s.endpoint == nil {
		return nil
	}
	return prop.Copy(onecall.Get(s.endpoint, awsec2.CfnVPCEndpoint.Ref).Object())
}

// giveGroups takes the security groups of the caller, if there are some.
func (n *network) giveGroups(list *[]awsec2.ISecurityGroup) {
	n.given = prop.Elements(list)
	for _, group := range n.given {
		n.groups = append(n.groups, onecall.Known(group))
	}
}

func (n *network) groupObjects() *[]awsec2.ISecurityGroup {
	groups := make([]awsec2.ISecurityGroup, 0, len(n.groups))
	for _, group := range n.groups {
		groups = append(groups, group.Object())
	}
	return &groups
}
