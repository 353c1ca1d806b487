package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/publicapi"
)

// useExisting begins the migration with an internet-facing ALB of yours, whose ARN and whose listener's are context values. The CDK CLI looks
// up both in the account of Pricing. Its security group, web ACL and public records stay yours: open the web ACL to the NLB before
// Phase_ATTACH, and close the ALB in Phase_CLOSE.
func useExisting(stack awscdk.Stack, props *publicapi.MigrationProps) (awsec2.IVpc, publicapi.IApi) {
	loadBalancer := elbv2.ApplicationLoadBalancer_FromLookup(stack, jsii.String("LoadBalancer"), &elbv2.ApplicationLoadBalancerLookupOptions{
		LoadBalancerArn: setting(stack, "loadBalancerArn"),
	})
	props.Listener = elbv2.ApplicationListener_FromLookup(stack, jsii.String("Listener"), &elbv2.ApplicationListenerLookupOptions{
		ListenerArn: setting(stack, "listenerArn"),
	})
	props.ListenerLoadBalancer, props.ListenerPort = loadBalancer, jsii.Number(443)
	props.Provider.HealthCheck = &elbv2.HealthCheck{Path: jsii.String("/health")} // that the listener answers with 200, for any host name
	return loadBalancer.Vpc(), publicapi.Api_FromAttributes(stack, jsii.String("PublicApi"), &publicapi.ApiAttributes{
		LoadBalancerDnsName:               loadBalancer.LoadBalancerDnsName(),
		LoadBalancerCanonicalHostedZoneId: loadBalancer.LoadBalancerCanonicalHostedZoneId(),
		DomainNames:                       props.Provider.DomainNames,
	})
}

// hasExisting reports whether the context names an ALB.
func hasExisting(stack awscdk.Stack) bool {
	return stack.Node().TryGetContext(jsii.String("listenerArn")) != nil
}
