package deployed_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	ec2 "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
	route53 "github.com/aws/aws-sdk-go-v2/service/route53/types"
	waf "github.com/aws/aws-sdk-go-v2/service/wafv2/types"

	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/deployed"
)

const (
	publicAlb = elbArn + "loadbalancer/app/public/1"
	webAclArn = "arn:aws:wafv2:eu-west-1:222222222222:regional/webacl/clients/1"
	ipSetArn  = "arn:aws:wafv2:eu-west-1:222222222222:regional/ipset/checkout/1"
)

// newPublicState is a VPC with an internet-facing ALB, a NAT gateway, and a web ACL that lets in one client.
func newPublicState() *deployed.State {
	p := newNetwork(providerAccount, "b", "2", "eu-west-1a", "eu-west-1b")
	p.Subnets[0].MapPublicIpOnLaunch = aws.Bool(true)
	p.InternetGateways = []ec2.InternetGateway{{InternetGatewayId: s("igw-0b"), Attachments: []ec2.InternetGatewayAttachment{{VpcId: s("vpc-b"), State: "available"}}}}
	p.RouteTables[0].Routes = append(p.RouteTables[0].Routes, ec2.Route{DestinationCidrBlock: s("0.0.0.0/0"), GatewayId: s("igw-0b"), State: ec2.RouteStateActive})
	p.Addresses = []ec2.Address{
		{AllocationId: s("eipalloc-1"), PublicIp: s("203.0.113.1"), AssociationId: s("eipassoc-1"), NetworkInterfaceId: s("eni-1")},
		{AllocationId: s("eipalloc-2"), PublicIp: s("203.0.113.2"), AssociationId: s("eipassoc-2"), InstanceId: s("i-1"), NetworkInterfaceId: s("eni-2")},
		{AllocationId: s("eipalloc-3"), PublicIp: s("203.0.113.3"), AssociationId: s("eipassoc-3"), NetworkInterfaceId: s("eni-3")},
		{AllocationId: s("eipalloc-4"), PublicIp: s("203.0.113.4")},
	}
	p.NatGateways = []ec2.NatGateway{
		{
			NatGatewayId: s("nat-0b"), SubnetId: s("subnet-b1"), State: ec2.NatGatewayStateAvailable, ConnectivityType: ec2.ConnectivityTypePublic,
			NatGatewayAddresses: []ec2.NatGatewayAddress{{AllocationId: s("eipalloc-1")}},
		},
		{NatGatewayId: s("nat-gone"), SubnetId: s("subnet-b1"), State: ec2.NatGatewayStateDeleted},
		{NatGatewayId: s("nat-failed"), SubnetId: s("subnet-b2"), State: ec2.NatGatewayStateFailed},
	}
	p.LoadBalancers = []deployed.LoadBalancer{newBalancer(publicAlb, elb.LoadBalancerTypeEnumApplication, "sg-alb", newAlbListener())}
	p.LoadBalancers[0].Scheme = elb.LoadBalancerSchemeEnumInternetFacing
	p.LoadBalancers[0].DNSName, p.LoadBalancers[0].CanonicalHostedZoneId = s("public-1.eu-west-1.elb.amazonaws.com"), s("Z32O12XQLNTSW2")
	p.IPSets = []waf.IPSet{{ARN: s(ipSetArn), Name: s("checkout"), IPAddressVersion: waf.IPAddressVersionIpv4, Addresses: []string{"203.0.113.7/32"}}}
	metrics := &waf.VisibilityConfig{MetricName: s("clients"), CloudWatchMetricsEnabled: true, SampledRequestsEnabled: false}
	p.WebAcls = []waf.WebACL{{ARN: s(webAclArn), DefaultAction: &waf.DefaultAction{Block: &waf.BlockAction{}}, VisibilityConfig: metrics, Rules: []waf.Rule{
		{
			Name: s("checkout"), Priority: 0, Action: &waf.RuleAction{Allow: &waf.AllowAction{}}, VisibilityConfig: metrics,
			Statement: &waf.Statement{IPSetReferenceStatement: &waf.IPSetReferenceStatement{ARN: s(ipSetArn)}},
		},
	}}}
	p.WebAclOf = map[string]string{publicAlb: webAclArn}
	alias := &route53.AliasTarget{DNSName: s("public-1.eu-west-1.elb.amazonaws.com."), HostedZoneId: s("Z32O12XQLNTSW2"), EvaluateTargetHealth: true}
	p.Zones = []deployed.Zone{{
		HostedZone: route53.HostedZone{Id: s("/hostedzone/ZP"), Name: s("company.com."), Config: &route53.HostedZoneConfig{}},
		Records: []route53.ResourceRecordSet{
			{Name: s("api.company.com."), Type: route53.RRTypeA, SetIdentifier: s("public"), Weight: aws.Int64(0), AliasTarget: alias},
			{Name: s("api.company.com."), Type: route53.RRTypeA, SetIdentifier: s("private"), Weight: aws.Int64(255), AliasTarget: alias},
		},
	}}
	return p
}

// TestInternetTemplates has the ways to the internet as the proof reads them: with the names of CloudFormation, and with references.
func TestInternetTemplates(t *testing.T) {
	state := newPublicState()
	got, unread := resourcesOf(t, state)
	if len(unread) != 1 || unread[0] != "NAT gateway nat-failed is failed" {
		t.Errorf("unread: %q", unread)
	}
	const metrics = `{"MetricName": "clients", "CloudWatchMetricsEnabled": true, "SampledRequestsEnabled": false}`
	const alias = `{"DNSName": {"Fn::GetAtt": ["loadbalancer/app/public/1", "DNSName"]}, "HostedZoneId": {"Fn::GetAtt": ["loadbalancer/app/public/1", "CanonicalHostedZoneID"]}`
	for id, want := range map[string]string{
		"igw-0b":                            `{}`,
		"vpc-b igw-0b":                      `{"VpcId": {"Ref": "vpc-b"}, "InternetGatewayId": {"Ref": "igw-0b"}}`,
		"rtb-b 1":                           `{"RouteTableId": {"Ref": "rtb-b"}, "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": {"Ref": "igw-0b"}}`,
		"eipalloc-1":                        `{"Domain": "vpc", "Address": "203.0.113.1"}`,
		"eipassoc-2":                        `{"AllocationId": {"Fn::GetAtt": ["eipalloc-2", "AllocationId"]}, "InstanceId": "i-1"}`,
		"eipassoc-3":                        `{"AllocationId": {"Fn::GetAtt": ["eipalloc-3", "AllocationId"]}, "NetworkInterfaceId": "eni-3"}`,
		"nat-0b":                            `{"AllocationId": {"Fn::GetAtt": ["eipalloc-1", "AllocationId"]}, "ConnectivityType": "public", "SubnetId": {"Ref": "subnet-b1"}}`,
		idIn(ipSetArn):                      `{"Scope": "REGIONAL", "IPAddressVersion": "IPV4", "Addresses": ["203.0.113.7/32"]}`,
		"ZP":                                `{"Name": "company.com."}`,
		idIn(webAclArn):                     `{"Scope": "REGIONAL", "DefaultAction": {"Block": {}}, "VisibilityConfig": ` + metrics + `, "Rules": [{"Name": "checkout", "Priority": 0, "Action": {"Allow": {}}, "Statement": {"IPSetReferenceStatement": {"Arn": {"Fn::GetAtt": ["regional/ipset/checkout/1", "Arn"]}}}, "VisibilityConfig": ` + metrics + `}]}`,
		"ZP api.company.com. A 0":           `{"HostedZoneId": {"Ref": "ZP"}, "Name": "api.company.com.", "Type": "A", "SetIdentifier": "public", "Weight": 0, "AliasTarget": ` + alias + `, "EvaluateTargetHealth": true}}`,
		"loadbalancer/app/public/1 web ACL": `{"ResourceArn": {"Ref": "loadbalancer/app/public/1"}, "WebACLArn": {"Fn::GetAtt": ["regional/webacl/clients/1", "Arn"]}}`,
	} {
		t.Run(id, func(t *testing.T) { wantProperties(t, got[providerAccount][id], want) })
	}
	for id := range got[providerAccount] {
		if id == "eipassoc-1" || strings.HasPrefix(id, "nat-") && id != "nat-0b" {
			t.Errorf("%s is not to be written", id)
		}
	}
}

func idIn(arn string) string { return arn[strings.LastIndex(arn, ":")+1:] }

// TestBlockPublicAccess has VPC Block Public Access only where it is on.
func TestBlockPublicAccess(t *testing.T) {
	state := newPublicState()
	state.Exclusions = []ec2.VpcBlockPublicAccessExclusion{
		{ExclusionId: s("vpcbpa-exclude-1"), ResourceArn: s("arn:aws:ec2:eu-west-1:222222222222:vpc/vpc-b"), InternetGatewayExclusionMode: "allow-egress", State: "create-complete"},
		{ExclusionId: s("vpcbpa-exclude-2"), ResourceArn: s("arn:aws:ec2:eu-west-1:222222222222:subnet/subnet-b1"), InternetGatewayExclusionMode: "allow-bidirectional", State: "update-complete"},
		{ExclusionId: s("vpcbpa-exclude-3"), ResourceArn: s("arn:aws:ec2:eu-west-1:222222222222:vpc/vpc-b"), InternetGatewayExclusionMode: "allow-egress", State: "delete-complete"},
	}
	for mode, want := range map[ec2.InternetGatewayBlockMode]int{"off": 0, "block-ingress": 3, "block-bidirectional": 3} {
		state.BlockPublicAccess = &ec2.VpcBlockPublicAccessOptions{InternetGatewayBlockMode: mode}
		got, _ := resourcesOf(t, state)
		count := 0
		for id, found := range got[providerAccount] {
			if strings.HasPrefix(found.Type, "AWS::EC2::VPCBlockPublicAccess") {
				count++
			}
			if id == "vpcbpa-exclude-2" {
				wantProperties(t, found, `{"InternetGatewayExclusionMode": "allow-bidirectional", "SubnetId": {"Ref": "subnet-b1"}}`)
			}
		}
		if count != want {
			t.Errorf("%s: %d resources, want %d", mode, count, want)
		}
	}
}
