package lock

// The types that rules and comparisons name.
const (
	typeService        = "AWS::EC2::VPCEndpointService"
	typeEndpoint       = "AWS::EC2::VPCEndpoint"
	typeSubnet         = "AWS::EC2::Subnet"
	typeLoadBalancer   = "AWS::ElasticLoadBalancingV2::LoadBalancer"
	typeListener       = "AWS::ElasticLoadBalancingV2::Listener"
	typeTargetGroup    = "AWS::ElasticLoadBalancingV2::TargetGroup"
	typeRecord         = "AWS::Route53::RecordSet"
	typeRecordGroup    = "AWS::Route53::RecordSetGroup"
	typeParameter      = "AWS::SSM::Parameter"
	typeLattice        = "AWS::VpcLattice::Service"
	typeLatticeService = "AWS::VpcLattice::ServiceNetworkServiceAssociation"
	typeLatticeVpc     = "AWS::VpcLattice::ServiceNetworkVpcAssociation"
	typeLatticeGroup   = "AWS::VpcLattice::TargetGroup"
	typeLatticeListen  = "AWS::VpcLattice::Listener"
)

// held are the types that consumers hold in place, with what happens to them if a resource is deleted or created anew. Of records and of SSM
// parameters, only those count that say where an API is. What these resources refer to by a value that replaces them is held too, whatever its type.
var held = map[string]string{
	typeService: "a new service has another name, to which every consumer must connect anew",
	"AWS::EC2::VPCEndpointServicePermissions":     "without its list, no other account can connect",
	"AWS::EC2::VPCEndpointConnectionNotification": "without it, nobody is told of connections",
	typeEndpoint:                                       "a new endpoint has other names and addresses, and has to be accepted again where acceptance is on",
	typeLoadBalancer:                                   "a new load balancer has other names and addresses, and ELB refuses it target groups that the old one still has",
	typeListener:                                       "nothing answers on its port meanwhile",
	typeTargetGroup:                                    "requests fail until the targets are healthy in another one",
	"AWS::Route53::HostedZone":                         "its names do not resolve meanwhile, and VPCs of other accounts have to be associated anew",
	typeRecord:                                         "its name does not resolve meanwhile",
	typeRecordGroup:                                    "its names do not resolve meanwhile",
	typeParameter:                                      "what reads it finds nothing meanwhile, or another service",
	typeLattice:                                        "a new service has another ARN and another generated name: what other accounts associated is gone",
	"AWS::VpcLattice::ServiceNetwork":                  "VPCs and services have to be associated anew",
	typeLatticeService:                                 "a new association has another name, and clients reach the service once it is active",
	typeLatticeVpc:                                     "clients in the VPC reach no service until another one is active",
	typeLatticeListen:                                  "nothing answers on its port meanwhile",
	typeLatticeGroup:                                   "requests fail until the targets are healthy in another one",
	"AWS::RAM::ResourceShare":                          "other accounts lose what it shares until they accept another one",
	"AWS::EC2::VPCPeeringConnection":                   "the other side has to accept a new connection, and routes to the old one drop packets",
	"AWS::EC2::TransitGateway":                         "everything has to be attached and routed anew",
	"AWS::EC2::TransitGatewayAttachment":               "the VPC is cut off until a new attachment is accepted, associated and routed",
	"AWS::EC2::TransitGatewayVpcAttachment":            "the VPC is cut off until a new attachment is accepted, associated and routed",
	"AWS::EC2::TransitGatewayRouteTable":               "attachments have to be associated anew",
	"AWS::Route53Profiles::Profile":                    "VPCs of other accounts have to be associated with a new profile",
	"AWS::Route53Profiles::ProfileAssociation":         "the VPC does not resolve the names of the profile meanwhile",
	"AWS::Route53Profiles::ProfileResourceAssociation": "VPCs with the profile do not resolve its names meanwhile",
}

// onlyWhereApisAre are the held types of which only those resources count that refer to another held resource.
var onlyWhereApisAre = map[string]bool{typeRecord: true, typeRecordGroup: true, typeParameter: true}

// addresses are the types whose names and addresses lead to an API.
var addresses = map[string]bool{
	typeService: true, typeEndpoint: true, typeLoadBalancer: true, typeLattice: true, typeLatticeService: true,
	"AWS::VpcLattice::ServiceNetwork": true,
}

// consequence is what happens to consumers if a resource of a type is deleted or created anew.
func consequence(resourceType string) string {
	if text, ok := held[resourceType]; ok {
		return text
	}
	return "what refers to it is created anew too"
}
