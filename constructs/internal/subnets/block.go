package subnets

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
)

// BlockOf returns the IPv4 block of a subnet; nil for an import that does not know it.
func BlockOf(stack *answers.Stack, subnet awsec2.ISubnet) *string {
	return answers.Of(stack, subnet, "IPv4 block", func() (block *string) {
		defer func() {
			if recover() != nil {
				block = nil
			}
		}()
		return subnet.Ipv4CidrBlock()
	})
}

// BlocksOf returns the IPv4 blocks of the subnets of a VPC that are known.
func BlocksOf(stack *answers.Stack, vpc awsec2.IVpc) (blocks []*string) {
	for _, list := range []func() *[]awsec2.ISubnet{vpc.PublicSubnets, vpc.PrivateSubnets, vpc.IsolatedSubnets} {
		for _, subnet := range *list() {
			if block := BlockOf(stack, subnet); block != nil {
				blocks = append(blocks, block)
			}
		}
	}
	return blocks
}
