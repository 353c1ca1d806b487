package deployed_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	ec2 "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
	ram "github.com/aws/aws-sdk-go-v2/service/ram/types"
	route53 "github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/deployed"
)

const (
	peeringID                              = "pcx-0a"
	hubArn                                 = "arn:aws:ec2:eu-west-1:222222222222:transit-gateway/tgw-0a"
	consumerAttachment, providerAttachment = "tgw-attach-0a", "tgw-attach-0b"
)

// newRoutedDeployment is two VPCs that a peering connection and a transit gateway of the provider join. The provider
// requested the connection, and shares the gateway.
func newRoutedDeployment() deployment {
	p := newNetwork(providerAccount, "b", "2", "eu-west-1a", "eu-west-1b")
	c := newNetwork(consumerAccount, "a", "1", "eu-west-1b", "eu-west-1a")
	for i, state := range []*deployed.State{p, c} {
		vpc := &state.Vpcs[0]
		vpc.CidrBlockAssociationSet = []ec2.VpcCidrBlockAssociation{{AssociationId: s("vpc-cidr-assoc-" + *vpc.VpcId), CidrBlock: vpc.CidrBlock}}
		table := &state.RouteTables[0]
		table.Routes = append(table.Routes,
			ec2.Route{DestinationCidrBlock: s("10." + []string{"1", "2"}[i] + ".0.0/16"), VpcPeeringConnectionId: s(peeringID), State: ec2.RouteStateActive},
			ec2.Route{DestinationCidrBlock: s("10.0.0.0/8"), TransitGatewayId: s("tgw-0a"), State: ec2.RouteStateActive})
		state.Peerings = []ec2.VpcPeeringConnection{{
			VpcPeeringConnectionId: s(peeringID), Status: &ec2.VpcPeeringConnectionStateReason{Code: ec2.VpcPeeringConnectionStateReasonCodeActive},
			RequesterVpcInfo: &ec2.VpcPeeringConnectionVpcInfo{OwnerId: s(providerAccount), Region: s(region), VpcId: s("vpc-b")},
			AccepterVpcInfo:  &ec2.VpcPeeringConnectionVpcInfo{OwnerId: s(consumerAccount), Region: s(region), VpcId: s("vpc-a")},
		}}
	}
	from := ec2.UserIdGroupPair{GroupId: s("sg-client"), UserId: s(consumerAccount)}
	permission := ec2.IpPermission{IpProtocol: s("tcp"), FromPort: aws.Int32(443), ToPort: aws.Int32(443), UserIdGroupPairs: []ec2.UserIdGroupPair{from}}
	p.SecurityGroups = append(p.SecurityGroups, newGroup("sg-alb", "vpc-b", permission, none))
	c.SecurityGroups = append(c.SecurityGroups, newGroup("sg-client", "vpc-a", none, to("sg-alb", 443)))
	ofConsumer, ofProvider := newAttachment(consumerAttachment, consumerAccount, "vpc-a", "subnet-a1"), newAttachment(providerAttachment, providerAccount, "vpc-b", "subnet-b1")
	p.Attachments, c.Attachments = []ec2.TransitGatewayVpcAttachment{ofConsumer, ofProvider}, []ec2.TransitGatewayVpcAttachment{ofConsumer}
	p.TransitGateways = []ec2.TransitGateway{{
		TransitGatewayId: s("tgw-0a"), TransitGatewayArn: s(hubArn), OwnerId: s(providerAccount), State: ec2.TransitGatewayStateAvailable,
		Options: &ec2.TransitGatewayOptions{
			AutoAcceptSharedAttachments: "enable", DnsSupport: "enable", SecurityGroupReferencingSupport: "enable",
			DefaultRouteTableAssociation: "enable", AssociationDefaultRouteTableId: s("tgw-rtb-0a"),
		},
	}}
	p.GatewayTables = []deployed.GatewayTable{{
		TransitGatewayRouteTable: ec2.TransitGatewayRouteTable{TransitGatewayRouteTableId: s("tgw-rtb-0a"), TransitGatewayId: s("tgw-0a")},
		Associations: []ec2.TransitGatewayRouteTableAssociation{
			{TransitGatewayAttachmentId: s(consumerAttachment), State: ec2.TransitGatewayAssociationStateAssociated},
		},
		Propagations: []ec2.TransitGatewayRouteTablePropagation{
			{TransitGatewayAttachmentId: s(providerAttachment), ResourceId: s("vpc-b"), State: ec2.TransitGatewayPropagationStateEnabled},
		},
		Routes: []ec2.TransitGatewayRoute{
			newGatewayRoute("10.2.0.0/16", ec2.TransitGatewayRouteTypePropagated, providerAttachment),
			newGatewayRoute("10.9.0.0/16", ec2.TransitGatewayRouteTypeStatic, consumerAttachment),
			newGatewayRoute("10.8.0.0/16", ec2.TransitGatewayRouteTypeStatic),
		},
	}}
	p.Shares = []deployed.Share{{
		ResourceShare: ram.ResourceShare{ResourceShareArn: s("arn:aws:ram:eu-west-1:222222222222:resource-share/1"), Name: s("hub"), AllowExternalPrincipals: aws.Bool(true)},
		Resources:     []ram.ResourceShareAssociation{{AssociatedEntity: s(hubArn), Status: ram.ResourceShareAssociationStatusAssociated}},
		Principals:    []ram.ResourceShareAssociation{{AssociatedEntity: s(consumerAccount), Status: ram.ResourceShareAssociationStatusAssociated}},
	}}
	return deployment{p, c}
}

func newAttachment(id, owner, vpc, subnet string) ec2.TransitGatewayVpcAttachment {
	return ec2.TransitGatewayVpcAttachment{
		TransitGatewayAttachmentId: &id, TransitGatewayId: s("tgw-0a"), VpcId: &vpc, VpcOwnerId: &owner, SubnetIds: []string{subnet},
		State: ec2.TransitGatewayAttachmentStateAvailable, Options: &ec2.TransitGatewayVpcAttachmentOptions{SecurityGroupReferencingSupport: "enable"},
	}
}

// newGatewayRoute is a route of a gateway's table; without an attachment, it is a blackhole.
func newGatewayRoute(block string, kind ec2.TransitGatewayRouteType, attachments ...string) ec2.TransitGatewayRoute {
	route := ec2.TransitGatewayRoute{DestinationCidrBlock: &block, Type: kind, State: ec2.TransitGatewayRouteStateActive}
	for _, id := range attachments {
		route.TransitGatewayAttachments = append(route.TransitGatewayAttachments, ec2.TransitGatewayRouteAttachment{TransitGatewayAttachmentId: &id})
	}
	return route
}

const balancerHost = "internal-pricing-1.eu-west-1.elb.amazonaws.com"

// newNamedBalancer is an internal ALB, as ELB describes it: the case of a name does not matter.
func newNamedBalancer() deployed.LoadBalancer {
	return deployed.LoadBalancer{LoadBalancer: elb.LoadBalancer{
		LoadBalancerArn: s("arn:aws:elasticloadbalancing:eu-west-1:222222222222:loadbalancer/app/pricing/1"), Type: elb.LoadBalancerTypeEnumApplication,
		Scheme: elb.LoadBalancerSchemeEnumInternal, DNSName: s("Internal-Pricing-1.eu-west-1.elb.amazonaws.com"), CanonicalHostedZoneId: s("ZB"),
	}}
}

// newZoneTo is the private zone of the consumer, with records.
func newZoneTo(records ...route53.ResourceRecordSet) deployed.Zone {
	zone := newConsumer().Zones[0]
	zone.Records = records
	return zone
}

// TestRoutedTemplates has peering connections and transit gateways as the proof reads them: in CloudFormation's form, with
// references, those to another account from a parameter to an output.
func TestRoutedTemplates(t *testing.T) {
	d := newRoutedDeployment()
	d.provider.LoadBalancers, d.consumer.Zones = []deployed.LoadBalancer{newNamedBalancer()}, []deployed.Zone{newZoneTo(
		route53.ResourceRecordSet{Name: s(domain), Type: route53.RRTypeA, AliasTarget: &route53.AliasTarget{DNSName: s(balancerHost + "."), HostedZoneId: s("ZB")}},
		route53.ResourceRecordSet{Name: s("dual." + domain), Type: route53.RRTypeA, AliasTarget: &route53.AliasTarget{DNSName: s("dualstack." + balancerHost + "."), HostedZoneId: s("ZO")}},
		route53.ResourceRecordSet{Name: s("www." + domain), Type: route53.RRTypeCname, ResourceRecords: []route53.ResourceRecord{{Value: s(balancerHost)}}},
	)}
	got, unread := resourcesOf(t, d.states()...)
	if len(unread) > 0 {
		t.Errorf("unread: %q", unread)
	}
	const nameOfBalancer = `{"Ref": "222222222222/eu-west-1 loadbalancer/app/pricing/1:DNSName"}`
	const hub, hubTable = `{"Ref": "tgw-0a"}`, `{"Ref": "tgw-rtb-0a"}`
	const hubOfProvider, attachmentOfConsumer = `{"Ref": "222222222222/eu-west-1 tgw-0a:Ref"}`, `{"Ref": "111111111111/eu-west-1 tgw-attach-0a:Ref"}`
	for _, tc := range []struct{ account, id, want string }{
		{providerAccount, peeringID, `{"VpcId": {"Ref": "vpc-b"}, "PeerVpcId": {"Ref": "111111111111/eu-west-1 vpc-a:Ref"}, "PeerOwnerId": "111111111111"}`},
		{providerAccount, "rtb-b 1", `{"RouteTableId": {"Ref": "rtb-b"}, "DestinationCidrBlock": "10.1.0.0/16", "VpcPeeringConnectionId": {"Ref": "pcx-0a"}}`},
		{consumerAccount, "rtb-a 1", `{"RouteTableId": {"Ref": "rtb-a"}, "DestinationCidrBlock": "10.2.0.0/16", "VpcPeeringConnectionId": {"Ref": "222222222222/eu-west-1 pcx-0a:Ref"}}`},
		{consumerAccount, "rtb-a 2", `{"RouteTableId": {"Ref": "rtb-a"}, "DestinationCidrBlock": "10.0.0.0/8", "TransitGatewayId": ` + hubOfProvider + `}`},
		{providerAccount, "tgw-0a", `{"AutoAcceptSharedAttachments": "enable", "DefaultRouteTableAssociation": "disable",
			"DefaultRouteTablePropagation": "disable", "DnsSupport": "enable", "SecurityGroupReferencingSupport": "enable"}`},
		{consumerAccount, consumerAttachment, `{"TransitGatewayId": ` + hubOfProvider + `, "VpcId": {"Ref": "vpc-a"}, "SubnetIds": [{"Ref": "subnet-a1"}],
			"Options": {"SecurityGroupReferencingSupport": "enable"}}`},
		{providerAccount, providerAttachment, `{"TransitGatewayId": ` + hub + `, "VpcId": {"Ref": "vpc-b"}, "SubnetIds": [{"Ref": "subnet-b1"}],
			"Options": {"SecurityGroupReferencingSupport": "enable"}}`},
		{providerAccount, "tgw-rtb-0a", `{"TransitGatewayId": ` + hub + `}`},
		{providerAccount, "tgw-rtb-0a tgw-attach-0a association", `{"TransitGatewayRouteTableId": ` + hubTable + `, "TransitGatewayAttachmentId": ` + attachmentOfConsumer + `}`},
		{providerAccount, "tgw-rtb-0a tgw-attach-0b propagation", `{"TransitGatewayRouteTableId": ` + hubTable + `, "TransitGatewayAttachmentId": {"Ref": "tgw-attach-0b"}}`},
		{providerAccount, "tgw-rtb-0a 10.9.0.0/16", `{"TransitGatewayRouteTableId": ` + hubTable + `, "DestinationCidrBlock": "10.9.0.0/16", "TransitGatewayAttachmentId": ` + attachmentOfConsumer + `}`},
		{providerAccount, "tgw-rtb-0a 10.8.0.0/16", `{"TransitGatewayRouteTableId": ` + hubTable + `, "DestinationCidrBlock": "10.8.0.0/16", "Blackhole": true}`},
		{providerAccount, "resource-share/1", `{"Name": "hub", "ResourceArns": [{"Fn::GetAtt": ["tgw-0a", "TransitGatewayArn"]}], "Principals": ["111111111111"], "AllowExternalPrincipals": true}`},
		{providerAccount, "sg-alb", `{"VpcId": {"Ref": "vpc-b"}, "SecurityGroupEgress": [{"IpProtocol": "-1", "CidrIp": "127.0.0.1/32"}], "SecurityGroupIngress": [{
			"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "SourceSecurityGroupId": {"Ref": "111111111111/eu-west-1 sg-client:Ref"}, "SourceSecurityGroupOwnerId": "111111111111"}]}`},
		{consumerAccount, "ZA " + domain + " A 0", `{"Name": "` + domain + `", "Type": "A", "HostedZoneId": {"Ref": "ZA"}, "AliasTarget": {
			"DNSName": ` + nameOfBalancer + `, "HostedZoneId": {"Ref": "222222222222/eu-west-1 loadbalancer/app/pricing/1:CanonicalHostedZoneID"}, "EvaluateTargetHealth": false}}`},
		{consumerAccount, "ZA dual." + domain + " A 1", `{"Name": "dual.` + domain + `", "Type": "A", "HostedZoneId": {"Ref": "ZA"}, "AliasTarget": {
			"DNSName": ` + nameOfBalancer + `, "HostedZoneId": "ZO", "EvaluateTargetHealth": false}}`},
		{consumerAccount, "ZA www." + domain + " CNAME 2", `{"Name": "www.` + domain + `", "Type": "CNAME", "HostedZoneId": {"Ref": "ZA"}, "ResourceRecords": [` + nameOfBalancer + `]}`},
	} {
		t.Run(tc.id, func(t *testing.T) { wantProperties(t, got[tc.account][tc.id], tc.want) })
	}
	for _, twice := range []struct{ account, id string }{
		{consumerAccount, peeringID}, {providerAccount, consumerAttachment}, {providerAccount, "tgw-rtb-0a 10.2.0.0/16"},
	} {
		if _, found := got[twice.account][twice.id]; found {
			t.Errorf("%s is in the template of %s too", twice.id, twice.account)
		}
	}
}

// TestRoutedFacts has the states of connections and attachments, by the resource.
func TestRoutedFacts(t *testing.T) {
	d := newRoutedDeployment()
	d.provider.Peerings[0].Status.Code = ec2.VpcPeeringConnectionStateReasonCodePendingAcceptance
	d.consumer.Peerings[0].Status = d.provider.Peerings[0].Status
	got := must(deployed.Write(t.TempDir(), d.states()...))(t).Facts.Connections
	for resource, want := range map[string]string{
		"222222222222/eu-west-1/pcx-0a": "pending-acceptance", "111111111111/eu-west-1/tgw-attach-0a": "available", "222222222222/eu-west-1/tgw-attach-0b": "available",
	} {
		if got[resource] != want {
			t.Errorf("%s is %q, want %q", resource, got[resource], want)
		}
	}
	if len(got) != 3 {
		t.Errorf("want three states: %v", got)
	}
}

// TestRoutedShapes has states that are written in another way.
func TestRoutedShapes(t *testing.T) {
	onlyProvider := func(d deployment) []*deployed.State { return []*deployed.State{d.provider} }
	for name, tc := range map[string]struct {
		edit               func(deployment) []*deployed.State
		account, id, value string // a resource, and a part of its properties; none if the value is empty
		unread             string
	}{
		"the requester of a connection was not read": {
			edit: func(d deployment) []*deployed.State { return []*deployed.State{d.consumer} }, account: consumerAccount, id: peeringID,
			value: `"PeerOwnerId":"111111111111","PeerVpcId":{"Ref":"vpc-a"},"VpcId":"vpc-b"`,
		},
		"a connection between Regions": {
			edit: func(d deployment) []*deployed.State {
				d.provider.Peerings[0].AccepterVpcInfo = &ec2.VpcPeeringConnectionVpcInfo{OwnerId: s(providerAccount), Region: s("us-east-1"), VpcId: s("vpc-c")}
				return onlyProvider(d)
			},
			account: providerAccount, id: peeringID, value: `{"PeerRegion":"us-east-1","PeerVpcId":"vpc-c","VpcId":{"Ref":"vpc-b"}}`,
		},
		"a connection that was deleted": {
			edit: func(d deployment) []*deployed.State {
				d.provider.Peerings[0].Status.Code = ec2.VpcPeeringConnectionStateReasonCodeDeleted
				d.provider.RouteTables[0].Routes[1].State = ec2.RouteStateBlackhole
				return onlyProvider(d)
			},
			account: providerAccount, id: peeringID, unread: "route of rtb-b is a blackhole: 10.1.0.0/16",
		},
		"a blackhole": {
			edit: func(d deployment) []*deployed.State {
				d.provider.Peerings = nil
				d.provider.RouteTables[0].Routes[1].State = ec2.RouteStateBlackhole
				return onlyProvider(d)
			},
			account: providerAccount, id: "rtb-b 1", value: `"VpcPeeringConnectionId":"pcx-0a"`, unread: "route of rtb-b is a blackhole",
		},
		"an attachment that was rejected": {
			edit: func(d deployment) []*deployed.State {
				d.consumer.Attachments[0].State = ec2.TransitGatewayAttachmentStateRejected
				return []*deployed.State{d.consumer}
			},
			account: consumerAccount, id: consumerAttachment,
		},
		"the VPC of an attachment was not read": {
			edit: onlyProvider, account: providerAccount, id: consumerAttachment, value: `"SubnetIds":["subnet-a1"],"TransitGatewayId":{"Ref":"tgw-0a"},"VpcId":"vpc-a"`,
		},
		"the VPC of a propagation was not read": {
			edit: func(d deployment) []*deployed.State {
				table := &d.provider.GatewayTables[0]
				table.Propagations[0].TransitGatewayAttachmentId, table.Propagations[0].ResourceId = s(consumerAttachment), s("vpc-a")
				table.Routes[0] = newGatewayRoute("10.1.0.0/16", ec2.TransitGatewayRouteTypePropagated, consumerAttachment)
				return onlyProvider(d)
			},
			account: providerAccount, id: "tgw-rtb-0a 10.1.0.0/16", value: `"TransitGatewayAttachmentId":{"Ref":"tgw-attach-0a"}`,
		},
		"a block that is not propagated": {
			edit: func(d deployment) []*deployed.State {
				d.provider.GatewayTables[0].Routes = d.provider.GatewayTables[0].Routes[1:]
				return d.states()
			},
			account: providerAccount, id: "tgw-rtb-0a tgw-attach-0b propagation", value: "tgw-attach-0b",
			unread: "10.2.0.0/16 of tgw-attach-0b is not propagated to tgw-rtb-0a",
		},
		"an association that ends": {
			edit: func(d deployment) []*deployed.State {
				d.provider.GatewayTables[0].Associations[0].State = ec2.TransitGatewayAssociationStateDisassociating
				return d.states()
			},
			account: providerAccount, id: "tgw-rtb-0a tgw-attach-0a association", unread: "the association of tgw-attach-0a with tgw-rtb-0a is disassociating",
		},
		"a propagation that ends": {
			edit: func(d deployment) []*deployed.State {
				d.provider.GatewayTables[0].Propagations[0].State = ec2.TransitGatewayPropagationStateDisabling
				return d.states()
			},
			account: providerAccount, id: "tgw-rtb-0a tgw-attach-0b propagation", unread: "the propagation of tgw-attach-0b to tgw-rtb-0a is disabling",
		},
		"a route over two attachments": {
			edit: func(d deployment) []*deployed.State {
				d.provider.GatewayTables[0].Routes[1] = newGatewayRoute("10.9.0.0/16", ec2.TransitGatewayRouteTypeStatic, "tgw-attach-1", "tgw-attach-2")
				return d.states()
			},
			account: providerAccount, id: "tgw-rtb-0a 10.9.0.0/16", unread: "route of tgw-rtb-0a: 10.9.0.0/16 to 2 attachments",
		},
		"a gateway that is deleted": {
			edit: func(d deployment) []*deployed.State {
				d.provider.TransitGateways[0].State = ec2.TransitGatewayStateDeleting
				return d.states()
			},
			account: providerAccount, id: "tgw-0a", unread: "tgw-0a is deleting",
		},
		"more blocks": {
			edit: func(d deployment) []*deployed.State {
				vpc := &d.consumer.Vpcs[0]
				vpc.Ipv6CidrBlockAssociationSet = []ec2.VpcIpv6CidrBlockAssociation{{AssociationId: s("vpc-cidr-assoc-6"), Ipv6CidrBlock: s("2001:db8::/56")}}
				return d.states()
			},
			account: consumerAccount, id: "vpc-cidr-assoc-6", value: `{"Ipv6CidrBlock":"2001:db8::/56","VpcId":{"Ref":"vpc-a"}}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, unread := resourcesOf(t, tc.edit(newRoutedDeployment())...)
			found, exists := got[tc.account][tc.id]
			text := string(must(json.Marshal(found.Properties))(t))
			if exists != (tc.value != "") || !strings.Contains(text, tc.value) && exists {
				t.Errorf("%s has %s, want %q", tc.id, text, tc.value)
			}
			if tc.unread == "" && len(unread) > 0 || tc.unread != "" && !slices.ContainsFunc(unread, func(line string) bool { return strings.Contains(line, tc.unread) }) {
				t.Errorf("unread: %q, want %q", unread, tc.unread)
			}
		})
	}
}
