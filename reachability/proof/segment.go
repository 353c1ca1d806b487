package proof

// Segment is a part of a path, from one resource to the next, as a picture draws it: an arrow that several hops decide.
type Segment struct {
	// Name is the role of the resource where the segment ends.
	Name string
	// Types are the CloudFormation types of that resource, the best first.
	Types []string
}

const (
	loadBalancerType = "AWS::ElasticLoadBalancingV2::LoadBalancer"
	listenerType     = "AWS::ElasticLoadBalancingV2::Listener"
	targetGroupType  = "AWS::ElasticLoadBalancingV2::TargetGroup"
)

// The segments of a path over PrivateLink, over VPC Lattice, between VPCs or over the internet, then through load balancers.
var (
	SegmentEndpoint        = Segment{"endpoint", []string{"AWS::EC2::VPCEndpoint"}}
	SegmentEndpointService = Segment{"endpoint service", []string{"AWS::EC2::VPCEndpointService"}}
	SegmentNetwork         = Segment{"network", []string{
		"AWS::EC2::VPCPeeringConnection", "AWS::EC2::TransitGateway", "AWS::EC2::TransitGatewayRouteTable", "AWS::EC2::TransitGatewayAttachment", "AWS::EC2::TransitGatewayVpcAttachment",
	}}
	SegmentInternet       = Segment{"internet", []string{"AWS::EC2::NatGateway", "AWS::EC2::InternetGateway", "AWS::EC2::VPCGatewayAttachment"}}
	SegmentServiceNetwork = Segment{"service network", []string{
		"AWS::VpcLattice::ServiceNetwork", "AWS::VpcLattice::ServiceNetworkVpcAssociation", "AWS::VpcLattice::ServiceNetworkServiceAssociation",
	}}
	SegmentService = Segment{"service", []string{"AWS::VpcLattice::Service"}}
	SegmentNLB     = Segment{"NLB", []string{loadBalancerType, listenerType}}
	SegmentALB     = Segment{"ALB", []string{loadBalancerType, listenerType}}
	SegmentTarget  = Segment{"target", []string{
		"AWS::ECS::Service", "AWS::ECS::TaskDefinition", "AWS::Lambda::Function", "AWS::EC2::Instance", targetGroupType,
		"AWS::VpcLattice::TargetGroup",
	}}
)
