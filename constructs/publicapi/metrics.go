package publicapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/metrics"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// MetricResources are the web ACL, unless it is the caller's, the ALB, and the target groups of its routes.
func (a *api) MetricResources() []metrics.Resource {
	if a.webACL == nil {
		return a.loadBalancer.MetricResources()
	}
	return append([]metrics.Resource{a.webACLResource()}, a.loadBalancer.MetricResources()...)
}

func (a *api) MetricWebAcl(name *string, options *awscloudwatch.MetricOptions) awscloudwatch.Metric {
	if a.webACL == nil {
		r := &rules.Report{}
		r.AddWithFix(rules.MetricResource, "MetricWebAcl", "use awscloudwatch.NewMetric with the MetricName of its visibility configuration",
			"is called with WebAclArn, a web ACL whose metrics have a name that its ARN does not tell")
		refusal.At(r, a)
	}
	return metrics.Define(metrics.Subject{Resource: a.webACLResource(), Construct: a, Stack: a.plan.stack}, name, options)
}

// webACLResource is the web ACL that was built, with all its rules.
func (a *api) webACLResource() metrics.Resource {
	return metrics.WebACL(a.webACLMetric.Object(), a.plan.stack.Region(), jsii.String("ALL"))
}
