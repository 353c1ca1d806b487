package privateapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
)

// NetworkInterfaceIds selects each interface from the attribute that lists them. Synthesis knows how many there are: one for each subnet.
func (c *privateApiConsumer) NetworkInterfaceIds() *[]*string {
	if len(c.link().Subnets) == 0 {
		return nil
	}
	if c.interfaces == nil {
		all := onecall.Get(c.link().VpcEndpoint, awsec2.CfnVPCEndpoint.AttrNetworkInterfaceIds).Placeholder()
		var wanted []onecall.Wanted
		var ids []*onecall.Item[*string]
		for i := range c.link().Subnets {
			id := onecall.Static2(c.batch, awscdk.Fn_Select, jsii.Number(i), all)
			ids, wanted = append(ids, id), append(wanted, id)
		}
		c.batch.Flush(wanted...)
		c.interfaces = &[]*string{}
		for _, id := range ids {
			*c.interfaces = append(*c.interfaces, id.Object())
		}
	}
	return prop.Copy(c.interfaces)
}

// NetworkInterfaceIds returns nil: nobody says how many interfaces the endpoint of an import has.
func (c *importedConsumer) NetworkInterfaceIds() *[]*string { return nil }
