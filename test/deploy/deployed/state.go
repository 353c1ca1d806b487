package deployed

import (
	acm "github.com/aws/aws-sdk-go-v2/service/acm/types"
	ec2 "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	ecs "github.com/aws/aws-sdk-go-v2/service/ecs/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
	lambda "github.com/aws/aws-sdk-go-v2/service/lambda/types"
	route53 "github.com/aws/aws-sdk-go-v2/service/route53/types"
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

	Endpoints   []ec2.VpcEndpoint
	Services    []Service
	Connections []ec2.VpcEndpointConnection // to Services, of any account

	LoadBalancers []LoadBalancer
	TargetGroups  []TargetGroup
	Certificates  []acm.CertificateDetail // of listeners

	Zones []Zone
	// ForeignZones are hosted zones of other accounts that are associated with a VPC of this account.
	ForeignZones []ForeignZone

	EcsServices     []EcsService
	TaskDefinitions []ecs.TaskDefinition
	Functions       []lambda.FunctionConfiguration

	// Unread lists what could not be read and may affect a path.
	Unread []string
}

// Vpc is a VPC with its DNS attributes, and the DNS servers of its DHCP options.
type Vpc struct {
	ec2.Vpc
	EnableDnsSupport, EnableDnsHostnames bool
	DomainNameServers                    []string
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

// EcsService is an ECS service with the addresses of its tasks.
type EcsService struct {
	ecs.Service
	Addresses []string
}
