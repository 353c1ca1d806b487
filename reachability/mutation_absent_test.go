package reachability_test

import "github.com/cdk-private-api/cdk-private-api-go/reachability"

// absentMutations take away what others refer to: CloudFormation refuses such a template.
var absentMutations = byHop{
	reachability.HopRoute: {
		{
			name:  "the condition of the endpoint does not hold",
			edit:  checkout(off(endpoint)),
			says:  endpoint,
			quiet: true,
		},
	},
	reachability.HopEndpointService: {
		{
			name: "the condition of the service does not hold, and that of its permissions does",
			edit: pricing(off(service)),
			says: service,
		},
	},
	reachability.HopNlbIngress: {
		{
			name: "the condition of the NLB does not hold",
			edit: pricing(off(nlb)),
			says: nlb,
		},
	},
	reachability.HopNlbTargetGroup: {
		{
			name: "the condition of the target group does not hold",
			edit: pricing(off(nlbTargets)),
			says: nlbTargets,
		},
		{
			name: "the condition of the ALB does not hold",
			edit: pricing(off(alb)),
			says: alb,
		},
	},
	reachability.HopTargetGroup: {
		{
			name: "the condition of the target group does not hold",
			edit: pricing(off(v1Targets)),
			says: v1Targets,
		},
	},
	reachability.HopTarget: {
		{
			name: "the condition of the task does not hold",
			edit: pricing(off(v1Task)),
			says: v1Task,
		},
	},
}
