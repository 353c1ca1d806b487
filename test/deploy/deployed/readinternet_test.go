package deployed_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
	"github.com/aws/aws-sdk-go-v2/service/wafv2"
	waf "github.com/aws/aws-sdk-go-v2/service/wafv2/types"

	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/deployed"
)

// TestReadInternet reads gateways, addresses and a web ACL that the SDK has built.
func TestReadInternet(t *testing.T) {
	cfg := must(startLocal(t).Account(t.Context(), providerAccount, region))(t)
	a, firewall := newAccount(t, cfg, "2"), wafv2.NewFromConfig(cfg)
	gateway := must(a.ec2.CreateInternetGateway(a.ctx, nil))(t).InternetGateway.InternetGatewayId
	must(a.ec2.AttachInternetGateway(a.ctx, &ec2.AttachInternetGatewayInput{InternetGatewayId: gateway, VpcId: &a.vpc}))(t)
	address := must(a.ec2.AllocateAddress(a.ctx, &ec2.AllocateAddressInput{Domain: "vpc"}))(t)
	nat := must(a.ec2.CreateNatGateway(a.ctx, &ec2.CreateNatGatewayInput{SubnetId: &a.subnets[0], AllocationId: address.AllocationId}))(t).NatGateway
	alb := must(a.elb.CreateLoadBalancer(a.ctx, &elb.CreateLoadBalancerInput{Name: s("public"), Scheme: elbtypes.LoadBalancerSchemeEnumInternetFacing, Subnets: a.subnets}))(t).LoadBalancers[0].LoadBalancerArn

	metrics := &waf.VisibilityConfig{MetricName: s("clients"), CloudWatchMetricsEnabled: true}
	set := must(firewall.CreateIPSet(a.ctx, &wafv2.CreateIPSetInput{
		Name: s("clients"), Scope: waf.ScopeRegional, IPAddressVersion: waf.IPAddressVersionIpv4, Addresses: []string{*address.PublicIp + "/32"},
	}))(t).Summary
	acl := must(firewall.CreateWebACL(a.ctx, &wafv2.CreateWebACLInput{
		Name: s("clients"), Scope: waf.ScopeRegional, DefaultAction: &waf.DefaultAction{Block: &waf.BlockAction{}}, VisibilityConfig: metrics,
		Rules: []waf.Rule{{
			Name: s("clients"), Action: &waf.RuleAction{Allow: &waf.AllowAction{}}, VisibilityConfig: metrics,
			Statement: &waf.Statement{IPSetReferenceStatement: &waf.IPSetReferenceStatement{ARN: set.ARN}},
		}},
	}))(t).Summary
	must(firewall.AssociateWebACL(a.ctx, &wafv2.AssociateWebACLInput{ResourceArn: alb, WebACLArn: acl.ARN}))(t)

	got, unread := resourcesOf(t, must(deployed.Read(t.Context(), cfg, providerAccount, region))(t))
	if len(unread) > 0 {
		t.Errorf("unread: %q", unread)
	}
	resources, balancer := got[providerAccount], idIn(*alb)
	wantProperties(t, resources[a.vpc+" "+*gateway], `{"VpcId": {"Ref": "`+a.vpc+`"}, "InternetGatewayId": {"Ref": "`+*gateway+`"}}`)
	wantProperties(t, resources[*address.AllocationId], `{"Domain": "vpc", "Address": "`+*address.PublicIp+`"}`)
	wantProperties(t, resources[*nat.NatGatewayId], `{"AllocationId": {"Fn::GetAtt": ["`+*address.AllocationId+`", "AllocationId"]},
		"SubnetId": {"Ref": "`+a.subnets[0]+`"}}`)
	wantProperties(t, resources[idIn(*set.ARN)], `{"Scope": "REGIONAL", "IPAddressVersion": "IPV4", "Addresses": ["`+*address.PublicIp+`/32"]}`)
	wantProperties(t, resources[balancer+" web ACL"], `{"ResourceArn": {"Ref": "`+balancer+`"}, "WebACLArn": {"Fn::GetAtt": ["`+idIn(*acl.ARN)+`", "Arn"]}}`)
	if scheme := resources[balancer].Properties["Scheme"]; scheme != "internet-facing" {
		t.Errorf("the ALB is %v", scheme)
	}
	rules, _ := resources[idIn(*acl.ARN)].Properties["Rules"].([]any)
	if len(rules) != 1 {
		t.Errorf("the web ACL has the rules %v", rules)
	}
}
