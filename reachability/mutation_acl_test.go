package reachability_test

import "github.com/cdk-private-api/cdk-private-api-go/reachability"

var aclMutations = byHop{
	reachability.HopClientNacl: {
		{
			name: "the client's subnets keep the request in",
			edit: checkout(checkoutApart, acl(clientSubnets, denyOut(443), anythingIn, anythingOut)),
			says: "443",
		},
		{
			name: "the client's subnets let only requests in, not the answer",
			edit: checkout(checkoutApart, acl(clientSubnets, allowIn(443), anythingOut)),
			says: "1024",
		},
		{
			name: "the client's subnets drop the answer",
			edit: checkout(checkoutApart, acl(clientSubnets, noAnswerIn, anythingIn, anythingOut)),
			says: "1024",
		},
		{
			name: "the client's subnets let only answers to the lower half of the ports in",
			edit: checkout(checkoutApart, acl(clientSubnets, entry{false, "allow", 1024, 32767}, anythingOut)),
			says: "32768",
		},
		{
			name: "the endpoint's subnets keep the request out",
			edit: checkout(checkoutApart, acl(endpointSubnets, denyIn(443), anythingIn, anythingOut)),
			says: "443",
		},
		{
			name: "the endpoint's subnets let the port one above in",
			edit: checkout(checkoutApart, acl(endpointSubnets, allowIn(444), anythingOut)),
			says: "443",
		},
		{
			name: "the endpoint's subnets keep the answer in",
			edit: checkout(checkoutApart, acl(endpointSubnets, allowIn(443), allowOut(443))),
			says: "1024",
		},
		{
			name: "an ACL without entries",
			edit: checkout(checkoutApart, acl(endpointSubnets)),
			says: "443",
		},
		{
			name: "the subnets of both keep what comes from the other one out",
			edit: checkout(acl(clientSubnets, denyIn(443), anythingIn, anythingOut)),
			says: "443",
		},
	},
	reachability.HopNlbNacl: {
		{
			name: "the NLB's subnets keep the request in",
			edit: pricing(pricingApart, acl(nlbSubnets, anythingIn, denyOut(443), anythingOut)),
			says: "443",
		},
		{
			name: "the NLB's subnets drop the ALB's answer",
			edit: pricing(pricingApart, acl(nlbSubnets, allowIn(443), noAnswerIn, anythingOut)),
			says: "1024",
		},
		{
			name: "the ALB's subnets keep the request out",
			edit: pricing(pricingApart, acl(albSubnets, denyIn(443), anythingIn, anythingOut)),
			says: "443",
		},
		{
			name: "the ALB's subnets let answers to the NLB out only on its port",
			edit: pricing(pricingApart, acl(albSubnets, anythingIn, allowOut(443), allowOut(8080))),
			says: "1024",
		},
	},
	reachability.HopTargetNacl: {
		{
			name: "the ALB's subnets let only requests in, not the tasks' answers",
			edit: pricing(pricingApart, acl(albSubnets, allowIn(443), anythingOut)),
			says: "1024",
		},
		{
			name: "the tasks' subnets keep the request out",
			edit: pricing(pricingApart, acl(taskSubnets, denyIn(8080), anythingIn, anythingOut)),
			says: "8080",
		},
		{
			name: "the tasks' subnets keep the answer in",
			edit: pricing(pricingApart, acl(taskSubnets, anythingIn, noAnswerOut, anythingOut)),
			says: "1024",
		},
		{
			name: "the tasks' subnets let only HTTPS pass",
			edit: pricing(pricingApart, acl(taskSubnets, allowIn(443), answersIn, allowOut(443))),
			says: "1024",
		},
	},
}
