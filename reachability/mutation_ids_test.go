package reachability_test

// The logical IDs of the example. Both stacks have a VPC with two private subnets, and a group of the endpoints of
// AWS services, which has nothing to do with the API.
const (
	vpc      = "Vpc8378EB38"
	subnet1  = "VpcPrivateSubnet1Subnet536B997A"
	subnet2  = "VpcPrivateSubnet2Subnet3788AAA1"
	awsGroup = "AwsServices0EAFAD41"
	ecr      = "VpcEcrApi2DC95EDF"
	domain   = "api.pricing.internal.company.com"
	consumer = "111111111111"
	provider = "222222222222"
	region   = "eu-west-1"
)

// Checkout, as the request travels.
const (
	zone            = "PricingHostedZoneapipricinginternalcompanycom18E04E23"
	record          = "PricingHostedZoneapipricinginternalcompanycomACCD8DA69"
	clientService   = "CheckoutService6911AD32"
	clientGroup     = "CheckoutSecurityGroup8D387108"
	clientEgress    = "CheckoutSecurityGrouptoCheckoutPricingSecurityGroup156F65A6443A90D74A8"
	endpoint        = "PricingEndpoint5CC933AB"
	endpointGroup   = "PricingSecurityGroupED78C71C"
	endpointIngress = "PricingSecurityGroupfromCheckoutSecurityGroup1584FDFE443D9ECC96F"
)

// Pricing, as the request travels.
const (
	service     = "PrivateApiEndpointServiceA8C014B0"
	permissions = "PrivateApiPermissions58F16677"
	nlb         = "PrivateApiNetworkLoadBalancerF14B5E04"
	nlbGroup    = "PrivateApiNetworkLoadBalancerSecurityGroupB2D9D455"
	nlbEgress   = "PrivateApiNetworkLoadBalancerEgress517790B8"
	nlbListener = "PrivateApiNetworkListener46DBF718"
	nlbTargets  = "PrivateApiTargetGroup3347F379"
	alb         = "PrivateApiLoadBalancer16A860DD"
	albGroup    = "PrivateApiLoadBalancerSecurityGroup7E22B7E2"
	albIngress  = "PrivateApiLoadBalancerIngress00E35B0D"
	albListener = "PrivateApiListener3866CDC6"
	healthRule  = "PrivateApiHealthCheckRuleDE2A1D66"
	v1Rule      = "PrivateApiRouteV1Rule022DBFFB"
	v2Rule      = "PrivateApiRouteV2RuleCAB6BE20"
	v1Targets   = "PrivateApiRouteV1E531B5D5"
	v2Targets   = "PrivateApiRouteV23280DFF8"
	albToV1     = "PrivateApiLoadBalancerSecurityGrouptoPricingV1SecurityGroup589CA6FA8080B1310B12"
	v1Group     = "V1SecurityGroupC4A66294"
	v2Group     = "V2SecurityGroup064C6DFA"
	v1FromAlb   = "V1SecurityGroupfromPricingPrivateApiLoadBalancerSecurityGroupAF700F7D80809845E3A2"
	v1Service   = "V1Service22655827"
	v2Service   = "V2Service82224439"
	v1Task      = "V1Task19760A1B"
)
