package assembly

import "strings"

func equalReference(a, b *value) Tristate {
	ra, rb := a.about.resource, b.about.resource
	sameAttribute := canonical(ra, a.text) == canonical(rb, b.text)
	switch {
	case ra == rb:
		if sameAttribute {
			return Yes
		}
		return Maybe
	case ra.Type != rb.Type || !sameAttribute || !identifies(ra, a.text) || !identifies(rb, b.text):
		return Maybe
	case maybeSameStack(ra.Stack, rb.Stack):
		return Maybe
	case unique(ra, a.text) && unique(rb, b.text):
		return No
	}
	// A name is unique in its account and Region.
	sa, sb := ra.Stack.top(), rb.Stack.top()
	if sa == sb || sa.Account != "" && sa.Account == sb.Account && sa.Region != "" && sa.Region == sb.Region {
		return No
	}
	return Maybe
}

// maybeSameStack reports whether two stacks that were loaded may be the same stack.
func maybeSameStack(a, b *Stack) bool {
	return a != b && a.Name == b.Name && possibly(a.Account, b.Account) && possibly(a.Region, b.Region)
}

// idOf has, by resource type, the attribute with the same value as Ref.
var idOf = map[string]string{
	"AWS::EC2::VPC":                               "VpcId",
	"AWS::EC2::Subnet":                            "SubnetId",
	"AWS::EC2::SecurityGroup":                     "GroupId",
	"AWS::EC2::NetworkAcl":                        "Id",
	"AWS::EC2::RouteTable":                        "RouteTableId",
	"AWS::EC2::InternetGateway":                   "InternetGatewayId",
	"AWS::EC2::NatGateway":                        "NatGatewayId",
	"AWS::EC2::NetworkInterface":                  "Id",
	"AWS::EC2::PrefixList":                        "PrefixListId",
	"AWS::EC2::VPCEndpoint":                       "Id",
	"AWS::EC2::VPCEndpointService":                "ServiceId",
	"AWS::EC2::VPCPeeringConnection":              "Id",
	"AWS::EC2::TransitGateway":                    "Id",
	"AWS::EC2::TransitGatewayRouteTable":          "TransitGatewayRouteTableId",
	"AWS::EC2::Instance":                          "InstanceId",
	"AWS::Route53::HostedZone":                    "Id",
	"AWS::ElasticLoadBalancingV2::LoadBalancer":   "LoadBalancerArn",
	"AWS::ElasticLoadBalancingV2::Listener":       "ListenerArn",
	"AWS::ElasticLoadBalancingV2::ListenerRule":   "RuleArn",
	"AWS::ElasticLoadBalancingV2::TargetGroup":    "TargetGroupArn",
	"AWS::ElasticLoadBalancingV2::TrustStore":     "TrustStoreArn",
	"AWS::ECS::Service":                           "ServiceArn",
	"AWS::ECS::TaskDefinition":                    "TaskDefinitionArn",
	"AWS::SNS::Topic":                             "TopicArn",
	"AWS::CertificateManager::Certificate":        "CertificateArn",
	"AWS::EC2::VPCEndpointConnectionNotification": "VPCEndpointConnectionNotificationId",
	"AWS::EC2::SubnetRouteTableAssociation":       "Id",
	"AWS::EC2::SubnetNetworkAclAssociation":       "AssociationId",
	"AWS::EC2::TransitGatewayAttachment":          "Id",
	"AWS::EC2::TransitGatewayVpcAttachment":       "Id",
	"AWS::EC2::EgressOnlyInternetGateway":         "Id",
	"AWS::EC2::VPCCidrBlock":                      "Id",
	"AWS::EC2::LaunchTemplate":                    "LaunchTemplateId",
	"AWS::EC2::CustomerGateway":                   "CustomerGatewayId",
	"AWS::EC2::VPNGateway":                        "VPNGatewayId",
	"AWS::EC2::VPNConnection":                     "VpnConnectionId",
	"AWS::EC2::DHCPOptions":                       "DhcpOptionsId",
	"AWS::EC2::FlowLog":                           "Id",
	"AWS::ServiceDiscovery::PrivateDnsNamespace":  "Id",
	"AWS::Route53Resolver::ResolverEndpoint":      "ResolverEndpointId",
	"AWS::Route53Resolver::ResolverRule":          "ResolverRuleId",
}

// canonical returns one name for all attributes with the same value: Ref for those with the value of Ref.
func canonical(r *Resource, attribute string) string {
	if id := idOf[r.Type]; id != "" && attribute == id && !refIsName(r) {
		return "Ref"
	}
	return attribute
}

// refIsName reports whether Ref returns a name although it usually returns an ID: it does so for a security group in
// the default VPC.
func refIsName(r *Resource) bool {
	if r.Type != "AWS::EC2::SecurityGroup" {
		return false
	}
	vpc := r.Stack.template.resources.field(r.ID).field("Properties").field("VpcId")
	return vpc == nil || vpc.field("Fn::If") != nil
}

// identifies reports whether an attribute identifies the resource: no two resources of the type have the same value.
// The VpcId of a VPC does, the VpcId of a security group does not.
func identifies(r *Resource, attribute string) bool {
	if !strings.HasPrefix(r.Type, "AWS::") || r.Type == "AWS::CloudFormation::CustomResource" {
		return false
	}
	name := r.Type[strings.LastIndex(r.Type, ":")+1:]
	switch attribute {
	case "Ref", "Arn", "Id", name + "Arn", name + "Id", idOf[r.Type]:
		return true
	case "ServiceName":
		return r.Type == "AWS::EC2::VPCEndpointService" // it contains the Region and the ID
	}
	return false
}

// unique reports whether an attribute that identifies a resource is unique across accounts and Regions: an ID or an ARN
// is, a name is not.
func unique(r *Resource, attribute string) bool {
	if attribute != "Ref" {
		return true
	}
	_, hasID := idOf[r.Type]
	return hasID && !refIsName(r)
}
