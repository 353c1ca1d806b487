package subnets

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// ZoneIDs returns the Availability Zone IDs of subnets that are defined in this app; nil if one is not.
func ZoneIDs(stack *answers.Stack, list *[]awsec2.ISubnet) *[]*string {
	if list == nil || len(*list) == 0 {
		return nil
	}
	var ids []*string
	for _, subnet := range *list {
		id := answers.Of(stack, subnet, "zone ID", func() *string {
			if resource := resourceOf(subnet); resource != nil {
				return resource.AttrAvailabilityZoneId()
			}
			return nil
		})
		if id == nil {
			return nil
		}
		ids = append(ids, prop.Copy(id))
	}
	return &ids
}

// CheckIPv6 reports a subnet of this app without an IPv6 CIDR block.
func CheckIPv6(r *rules.Report, property string, list *[]awsec2.ISubnet) {
	for _, subnet := range prop.Elements(list) {
		if resource := resourceOf(subnet); resource != nil && !hasIPv6(resource) {
			r.Add(rules.SubnetIPv6, property, "has IPv6, but subnet %s has no IPv6 CIDR block", *subnet.Node().Path())
			return
		}
	}
}

func hasIPv6(subnet awsec2.CfnSubnet) bool {
	return subnet.Ipv6CidrBlock() != nil || subnet.Ipv6IpamPoolId() != nil || subnet.Ipv6NetmaskLength() != nil
}

// resourceOf returns the resource of a subnet; nil if this app does not define it.
func resourceOf(subnet awsec2.ISubnet) awsec2.CfnSubnet {
	child := subnet.Node().DefaultChild()
	resource, ok := child.(awsec2.CfnSubnet)
	if !ok {
		if child == nil || !*awscdk.CfnResource_IsCfnResource(child) {
			return nil
		}
		jsii.UnsafeCast(child, &resource)
	}
	return resource
}
