package publicapi

import (
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
)

// stage is how far the migration of an API is. The zero stage is an API that nobody migrates.
type stage struct {
	// networkBlocks are the IPv4 blocks of the subnets of an NLB in front, from which requests over PrivateLink come; nil without one. The
	// web ACL lets them in.
	networkBlocks []*string
	// healthCheck is how that NLB checks the ALB; nil without one.
	healthCheck *elbv2.HealthCheck
	// isClosed is true if nobody from the internet is let in, and no record leads to the ALB. It is about to be deleted, so it is not
	// protected from that.
	isClosed bool
}
