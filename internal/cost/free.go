package cost

const (
	vpcPricing    = "https://aws.amazon.com/vpc/pricing/"
	elbPricing    = "https://aws.amazon.com/elasticloadbalancing/pricing/"
	r53Pricing    = "https://aws.amazon.com/route53/pricing/"
	latticePrices = "https://aws.amazon.com/vpc/lattice/pricing/"
	linkPricing   = "https://aws.amazon.com/privatelink/pricing/"
)

// freeTypes are types of resources that cost nothing themselves, by the page of AWS that prices what they belong to and not them.
var freeTypes = map[string][]string{
	"https://aws.amazon.com/cloudformation/pricing/": {
		"AWS::CDK::Metadata", "AWS::CloudFormation::WaitCondition", "AWS::CloudFormation::WaitConditionHandle", "AWS::CloudFormation::Stack",
	},
	"https://aws.amazon.com/iam/": {
		"AWS::IAM::Role", "AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::IAM::RolePolicy", "AWS::IAM::InstanceProfile", "AWS::IAM::ServiceLinkedRole",
	},
	"https://aws.amazon.com/ram/": {"AWS::RAM::ResourceShare", "AWS::RAM::Permission"},
	vpcPricing: {
		"AWS::EC2::VPC", "AWS::EC2::VPCCidrBlock", "AWS::EC2::Subnet", "AWS::EC2::SubnetCidrBlock", "AWS::EC2::RouteTable", "AWS::EC2::Route",
		"AWS::EC2::SubnetRouteTableAssociation", "AWS::EC2::InternetGateway", "AWS::EC2::EgressOnlyInternetGateway", "AWS::EC2::VPCGatewayAttachment",
		"AWS::EC2::SecurityGroup", "AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupEgress", "AWS::EC2::NetworkAcl",
		"AWS::EC2::NetworkAclEntry", "AWS::EC2::SubnetNetworkAclAssociation", "AWS::EC2::DHCPOptions", "AWS::EC2::VPCDHCPOptionsAssociation",
		"AWS::EC2::PrefixList", "AWS::EC2::NetworkInterface", "AWS::EC2::EIPAssociation", "AWS::EC2::VPCBlockPublicAccessOptions",
		"AWS::EC2::VPCBlockPublicAccessExclusion", "AWS::EC2::LaunchTemplate",
	},
	"https://aws.amazon.com/transit-gateway/pricing/": {
		"AWS::EC2::TransitGateway", "AWS::EC2::TransitGatewayRouteTable", "AWS::EC2::TransitGatewayRouteTableAssociation",
		"AWS::EC2::TransitGatewayRouteTablePropagation", "AWS::EC2::TransitGatewayRoute",
	},
	linkPricing: {"AWS::EC2::VPCEndpointServicePermissions", "AWS::EC2::VPCEndpointConnectionNotification"},
	elbPricing: {
		"AWS::ElasticLoadBalancingV2::Listener", "AWS::ElasticLoadBalancingV2::ListenerRule", "AWS::ElasticLoadBalancingV2::ListenerCertificate",
		"AWS::ElasticLoadBalancingV2::TargetGroup",
	},
	r53Pricing: {"AWS::Route53::RecordSet", "AWS::Route53::RecordSetGroup", "AWS::Route53Profiles::ProfileResourceAssociation"},
	latticePrices: {
		"AWS::VpcLattice::Listener", "AWS::VpcLattice::Rule", "AWS::VpcLattice::TargetGroup", "AWS::VpcLattice::AuthPolicy",
		"AWS::VpcLattice::ResourcePolicy", "AWS::VpcLattice::ServiceNetwork", "AWS::VpcLattice::ServiceNetworkServiceAssociation",
		"AWS::VpcLattice::ServiceNetworkVpcAssociation", "AWS::VpcLattice::ResourceGateway", "AWS::VpcLattice::ResourceConfiguration",
	},
	"https://aws.amazon.com/waf/pricing/": {"AWS::WAFv2::IPSet", "AWS::WAFv2::RegexPatternSet", "AWS::WAFv2::WebACLAssociation"},
	"https://aws.amazon.com/lambda/pricing/": {
		"AWS::Lambda::Permission", "AWS::Lambda::Alias", "AWS::Lambda::Version", "AWS::Lambda::EventSourceMapping", "AWS::Lambda::LayerVersion",
	},
	"https://aws.amazon.com/cloudwatch/pricing/": {
		"AWS::Logs::QueryDefinition", "AWS::Logs::DeliverySource", "AWS::Logs::DeliveryDestination", "AWS::Logs::ResourcePolicy",
		"AWS::Oam::Link", "AWS::Oam::Sink",
	},
	"https://aws.amazon.com/kms/pricing/": {"AWS::KMS::Alias"},
	"https://aws.amazon.com/ecs/pricing/": {"AWS::ECS::Cluster", "AWS::ECS::TaskDefinition", "AWS::ECS::ClusterCapacityProviderAssociations"},
	"https://aws.amazon.com/autoscaling/pricing/": {
		"AWS::ApplicationAutoScaling::ScalableTarget", "AWS::ApplicationAutoScaling::ScalingPolicy", "AWS::AutoScaling::ScalingPolicy",
	},
	"https://aws.amazon.com/s3/pricing/":  {"AWS::S3::BucketPolicy"},
	"https://aws.amazon.com/sns/pricing/": {"AWS::SNS::TopicPolicy"},
	"https://aws.amazon.com/sqs/pricing/": {"AWS::SQS::QueuePolicy"},
	"https://aws.amazon.com/cloud-map/":   {"AWS::ServiceDiscovery::HttpNamespace"},
}

// freeSources are the pages by type.
var freeSources = func() map[string]string {
	sources := map[string]string{}
	for source, types := range freeTypes {
		for _, resourceType := range types {
			sources[resourceType] = source
		}
	}
	return sources
}()

// isFree reports whether a type costs nothing itself.
func isFree(resourceType string) bool { return freeSources[resourceType] != "" }

// notPricedBecause says what the price of a type depends on.
var notPricedBecause = map[string]string{
	"AWS::ECS::Service":                       "its tasks, by CPU, memory and platform",
	"AWS::Lambda::Function":                   "its invocations, their duration and memory, and the metrics and logs that it writes",
	"AWS::Serverless::Function":               "its invocations, their duration and memory, and the metrics and logs that it writes",
	"AWS::EC2::Instance":                      "its type and hours",
	"AWS::AutoScaling::AutoScalingGroup":      "its instances",
	"AWS::S3::Bucket":                         "what it stores, and requests",
	"AWS::SNS::Topic":                         "its messages",
	"AWS::SNS::Subscription":                  "its messages, by protocol",
	"AWS::SQS::Queue":                         "its requests",
	"AWS::Scheduler::Schedule":                "its invocations",
	"AWS::Events::Rule":                       "its events",
	"AWS::VpcLattice::AccessLogSubscription":  "the logs that it delivers",
	"AWS::ElasticLoadBalancingV2::TrustStore": "its hours with each load balancer",
	"AWS::Route53Resolver::ResolverEndpoint":  "its addresses by the hour, and queries",
	"AWS::EC2::VPNConnection":                 "its hours, and data",
	"AWS::SecretsManager::Secret":             "its months, and calls",
	"AWS::RDS::DBInstance":                    "its class, storage and hours",
}
