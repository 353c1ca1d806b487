package deploy_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
)

// settings are everyday changes of an API that are made in place. They are deployed in one go, after a route and a principal
// were added.
var settings = []string{
	"routePath", "certificate", "healthCheck", "tlsPolicy", "deletionProtection", "accessLogs", "idleTimeout", "acceptance", "crossZone",
	"privateDnsName",
}

func settingsAssembly() string { return "route+principal+" + strings.Join(settings, "+") }

// changeSettings deploys the settings, and checks the load balancers and the service.
func (o *orders) changeSettings(t *testing.T) {
	provider := stackOf(t, o.configs["Provider"], "Provider")
	all := consequences{}
	for _, name := range settings {
		one := everydayChange(t, name).provider
		all.added, all.modified = append(all.added, one.added...), append(all.modified, one.modified...)
	}
	slices.Sort(all.added)
	slices.Sort(all.modified)
	all.modified = slices.Compact(all.modified)
	o.deploy(t, provider, settingsAssembly(), &all)

	nlb, alb := provider.balancer(elbtypes.LoadBalancerTypeEnumNetwork), provider.balancer(elbtypes.LoadBalancerTypeEnumApplication)
	ofNlb, ofAlb := provider.attributes(nlb), provider.attributes(alb)
	want(t, "cross-zone load balancing", ofNlb["load_balancing.cross_zone.enabled"], "true")
	want(t, "the deletion protection of the NLB", ofNlb["deletion_protection.enabled"], "false")
	want(t, "the deletion protection of the ALB", ofAlb["deletion_protection.enabled"], "false")
	want(t, "access logs", ofAlb["access_logs.s3.enabled"], "true")
	provider.wantIdleTimeout(provider.listener(nlb), "600")
	group := provider.targetGroup(aws.ToString(one(t, "actions of the NLB", provider.listener(nlb).DefaultActions).TargetGroupArn))
	want(t, "the interval of the health check", aws.ToInt32(group.HealthCheckIntervalSeconds), 15)

	listener := provider.listener(alb)
	want(t, "the TLS policy", aws.ToString(listener.SslPolicy), "ELBSecurityPolicy-TLS13-1-3-2021-06")
	certificates := must(provider.elb.DescribeListenerCertificates(t.Context(), &elb.DescribeListenerCertificatesInput{
		ListenerArn: listener.ListenerArn,
	}))(t)
	want(t, "the number of certificates", len(certificates.Certificates), 2)
	if routes := provider.routes(); len(routes) != 3 || routes["/v1.1/*"] == "" {
		t.Errorf("the routes are %v", routes)
	}
	found := must(provider.ec2.DescribeVpcEndpointServiceConfigurations(t.Context(), &ec2.DescribeVpcEndpointServiceConfigurationsInput{
		ServiceIds: provider.physical("AWS::EC2::VPCEndpointService"),
	}))(t)
	service := one(t, "services", found.ServiceConfigurations)
	want(t, "whether connections must be accepted", aws.ToBool(service.AcceptanceRequired), true)
	want(t, "the private DNS name", aws.ToString(service.PrivateDnsName), "api.orders.internal.company.com")
	want(t, "its state", service.PrivateDnsNameConfiguration.State, ec2types.DnsNameStatePendingVerification)
}

func (s deployedStack) wantIdleTimeout(listener elbtypes.Listener, seconds string) {
	s.t.Helper()
	found := must(s.elb.DescribeListenerAttributes(s.t.Context(), &elb.DescribeListenerAttributesInput{ListenerArn: listener.ListenerArn}))(s.t)
	at := slices.IndexFunc(found.Attributes, func(a elbtypes.ListenerAttribute) bool {
		return aws.ToString(a.Key) == "tcp.idle_timeout.seconds"
	})
	if at < 0 {
		s.t.Fatal("the listener of the NLB has no idle timeout")
	}
	want(s.t, "the idle timeout", aws.ToString(found.Attributes[at].Value), seconds)
}
