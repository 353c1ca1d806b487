package routedapi

import "github.com/cdk-private-api/cdk-private-api-go/constructs/internal/metrics"

// MetricResources are the ALB, and the target groups of its routes.
func (a *api) MetricResources() []metrics.Resource { return a.loadBalancer.MetricResources() }
