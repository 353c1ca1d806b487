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

// settings are everyday changes of an API that are made in place. They are deployed in one go, onto a route and a principal
// more.
var settings = []string{
	"routePath", "certificate", "healthCheck", "tlsPolicy", "deletionProtection", "accessLogs", "idleTimeout", "acceptance", "crossZone",
	"privateDnsName",
}

func settingsAssembly() string { return "route+principal+" + strings.Join(settings, "+") }

// changeSettings deploys them, and looks at what becomes of the load balancers and of the service.
func (o *orders) changeSettings(t *testing.T) {
	offer := partyOf(t, o.configs["Offer"], "Offer")
	all := consequences{}
	for _, name := range settings {
		one := everydayChange(t, name).offer
		all.added, all.modified = append(all.added, one.added...), append(all.modified, one.modified...)
	}
	slices.Sort(all.added)
	slices.Sort(all.modified)
	all.modified = slices.Compact(all.modified)
	o.deploy(t, offer, settingsAssembly(), &all)

	nlb, alb := offer.balancer(elbtypes.LoadBalancerTypeEnumNetwork), offer.balancer(elbtypes.LoadBalancerTypeEnumApplication)
	own, others := offer.attributes(nlb), offer.attributes(alb)
	want(t, "cross-zone load balancing", own["load_balancing.cross_zone.enabled"], "true")
	want(t, "the deletion protection of the NLB", own["deletion_protection.enabled"], "false")
	want(t, "the deletion protection of the ALB", others["deletion_protection.enabled"], "false")
	want(t, "access logs", others["access_logs.s3.enabled"], "true")
	offer.wantIdleTimeout(offer.listener(nlb), "600")
	group := offer.targetGroup(aws.ToString(one(t, "actions of the NLB", offer.listener(nlb).DefaultActions).TargetGroupArn))
	want(t, "the interval of the health check", aws.ToInt32(group.HealthCheckIntervalSeconds), 15)

	listener := offer.listener(alb)
	want(t, "the TLS policy", aws.ToString(listener.SslPolicy), "ELBSecurityPolicy-TLS13-1-3-2021-06")
	certificates := must(offer.elb.DescribeListenerCertificates(t.Context(), &elb.DescribeListenerCertificatesInput{
		ListenerArn: listener.ListenerArn,
	}))(t)
	want(t, "the number of certificates", len(certificates.Certificates), 2)
	if routes := offer.routes(); len(routes) != 3 || routes["/v1.1/*"] == "" {
		t.Errorf("the routes are %v", routes)
	}
	found := must(offer.ec2.DescribeVpcEndpointServiceConfigurations(t.Context(), &ec2.DescribeVpcEndpointServiceConfigurationsInput{
		ServiceIds: offer.physical("AWS::EC2::VPCEndpointService"),
	}))(t)
	service := one(t, "services", found.ServiceConfigurations)
	want(t, "whether connections must be accepted", aws.ToBool(service.AcceptanceRequired), true)
	want(t, "the private DNS name", aws.ToString(service.PrivateDnsName), "api.orders.internal.company.com")
	want(t, "its state", service.PrivateDnsNameConfiguration.State, ec2types.DnsNameStatePendingVerification)
}

func (p party) wantIdleTimeout(listener elbtypes.Listener, seconds string) {
	p.t.Helper()
	found := must(p.elb.DescribeListenerAttributes(p.t.Context(), &elb.DescribeListenerAttributesInput{ListenerArn: listener.ListenerArn}))(p.t)
	at := slices.IndexFunc(found.Attributes, func(a elbtypes.ListenerAttribute) bool {
		return aws.ToString(a.Key) == "tcp.idle_timeout.seconds"
	})
	if at < 0 {
		p.t.Fatal("the listener of the NLB has no idle timeout")
	}
	want(p.t, "the idle timeout", aws.ToString(found.Attributes[at].Value), seconds)
}
