package deployed

import (
	acm "github.com/aws/aws-sdk-go-v2/service/acm/types"
	ec2 "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	ecs "github.com/aws/aws-sdk-go-v2/service/ecs/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
	iam "github.com/aws/aws-sdk-go-v2/service/iam/types"
	lambda "github.com/aws/aws-sdk-go-v2/service/lambda/types"
	ram "github.com/aws/aws-sdk-go-v2/service/ram/types"
	route53 "github.com/aws/aws-sdk-go-v2/service/route53/types"
	profiles "github.com/aws/aws-sdk-go-v2/service/route53profiles/types"
	"github.com/aws/aws-sdk-go-v2/service/vpclattice"
	lattice "github.com/aws/aws-sdk-go-v2/service/vpclattice/types"
	waf "github.com/aws/aws-sdk-go-v2/service/wafv2/types"
)

// State is the deployed state of an account and a Region, as far as the proof uses it.
type State struct {
	Account, Region string

	Vpcs              []Vpc
	Subnets           []ec2.Subnet
	RouteTables       []ec2.RouteTable
	NetworkAcls       []ec2.NetworkAcl
	SecurityGroups    []ec2.SecurityGroup
	NetworkInterfaces []ec2.NetworkInterface
	Instances         []ec2.Instance

	InternetGateways  []ec2.InternetGateway
	NatGateways       []ec2.NatGateway
	Addresses         []ec2.Address                    // Elastic IP addresses
	BlockPublicAccess *ec2.VpcBlockPublicAccessOptions // of the Region
	Exclusions        []ec2.VpcBlockPublicAccessExclusion

	// Peerings are those of the account's VPCs: a connection of two accounts is in both.
	Peerings        []ec2.VpcPeeringConnection
	TransitGateways []ec2.TransitGateway // that the account owns
	// Attachments are those of the account's VPCs and of its gateways: an attachment of two accounts is in both.
	Attachments   []ec2.TransitGatewayVpcAttachment
	GatewayTables []GatewayTable

	Endpoints   []ec2.VpcEndpoint
	Services    []Service
	Connections []ec2.VpcEndpointConnection // to Services, of any account

	LoadBalancers []LoadBalancer
	TargetGroups  []TargetGroup
	Certificates  []acm.CertificateDetail // of listeners and of services of VPC Lattice

	WebAcls  []waf.WebACL
	IPSets   []waf.IPSet
	WebAclOf map[string]string // ARNs of web ACLs, by those of load balancers

	Zones []Zone
	// ForeignZones are hosted zones of other accounts that are associated with a VPC of this account.
	ForeignZones []ForeignZone
	// Profiles are the Route 53 profiles that the account owns or that are shared with it, and ProfileAssociations those of its VPCs.
	Profiles            []Profile
	ProfileAssociations []profiles.ProfileAssociation

	EcsServices     []EcsService
	TaskDefinitions []ecs.TaskDefinition
	Functions       []lambda.FunctionConfiguration
	// FunctionPolicies are the policies of functions, by their ARNs. A function without one is not among them.
	FunctionPolicies map[string]string

	Roles           []Role            // of the tasks of services, and of functions in VPCs
	ManagedPolicies map[string]string // the documents of policies that the roles name, by ARN

	LatticeServices     []LatticeService
	LatticeTargetGroups []LatticeTargetGroup
	ServiceNetworks     []ServiceNetwork
	// ServiceAssociations and VpcAssociations are those of the account's services, service networks and VPCs: an association
	// across accounts is in both.
	ServiceAssociations []lattice.ServiceNetworkServiceAssociationSummary
	VpcAssociations     []vpclattice.GetServiceNetworkVpcAssociationOutput
	LatticePrefixList   *PrefixList // nil if the Region has none
	Shares              []Share

	// Unread lists what could not be read and may affect a path.
	Unread []string
}

// Vpc is a VPC with its DNS attributes, and the DNS servers of its DHCP options.
type Vpc struct {
	ec2.Vpc
	EnableDnsSupport, EnableDnsHostnames bool
	DomainNameServers                    []string
}

// GatewayTable is a route table of a transit gateway of the account.
type GatewayTable struct {
	ec2.TransitGatewayRouteTable
	Associations []ec2.TransitGatewayRouteTableAssociation
	Propagations []ec2.TransitGatewayRouteTablePropagation
	Routes       []ec2.TransitGatewayRoute // static and propagated
}

// Service is an endpoint service with its allowed principals.
type Service struct {
	ec2.ServiceConfiguration
	AllowedPrincipals []ec2.AllowedPrincipal
}

// LoadBalancer is a load balancer with its listeners.
type LoadBalancer struct {
	elb.LoadBalancer
	Attributes []elb.LoadBalancerAttribute
	Listeners  []Listener
}

// Listener is a listener with its rules and all its certificates.
type Listener struct {
	elb.Listener
	Attributes   []elb.ListenerAttribute
	Certificates []elb.Certificate
	Rules        []elb.Rule
}

// TargetGroup is a target group with its targets.
type TargetGroup struct {
	elb.TargetGroup
	Attributes []elb.TargetGroupAttribute
	Targets    []elb.TargetHealthDescription
}

// Zone is a hosted zone with its records and the VPCs that it is associated with: none if it is public.
type Zone struct {
	route53.HostedZone
	VPCs    []route53.VPC
	Records []route53.ResourceRecordSet
}

// ForeignZone is a hosted zone of another account that is associated with a VPC.
type ForeignZone struct {
	route53.HostedZoneSummary
	VpcId string
}

// Profile is a Route 53 profile with the resources that are associated with it.
type Profile struct {
	profiles.ProfileSummary
	Resources []profiles.ProfileResourceAssociation
}

// EcsService is an ECS service with the addresses of its tasks.
type EcsService struct {
	ecs.Service
	Addresses []string
}

// LatticeService is a service of VPC Lattice that the account owns, with its listeners and its auth policy, if any.
type LatticeService struct {
	vpclattice.GetServiceOutput
	Listeners []LatticeListener
	Policy    *vpclattice.GetAuthPolicyOutput
}

// LatticeListener is a listener with its rules, except the default one.
type LatticeListener struct {
	vpclattice.GetListenerOutput
	Rules []vpclattice.GetRuleOutput
}

// LatticeTargetGroup is a target group of VPC Lattice with its targets.
type LatticeTargetGroup struct {
	vpclattice.GetTargetGroupOutput
	Targets []lattice.TargetSummary
}

// ServiceNetwork is a service network that the account owns, with its auth policy, if any.
type ServiceNetwork struct {
	vpclattice.GetServiceNetworkOutput
	Policy *vpclattice.GetAuthPolicyOutput
}

// PrefixList is a prefix list that AWS manages, with its entries.
type PrefixList struct {
	ID     string
	Blocks []string
}

// Share is a resource share of the account.
type Share struct {
	ram.ResourceShare
	Resources, Principals []ram.ResourceShareAssociation
}

// Role is a role with the documents of its inline policies by name, and the ARNs of its managed policies.
type Role struct {
	iam.Role
	Policies map[string]string
	Managed  []string
}
