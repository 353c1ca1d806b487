package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"

	"github.com/cdk-private-api/cdk-private-api-go/test/bench/scenario"
)

func consumers(in *scenario.Scenario, stack awscdk.Stack, vpc awsec2.IVpc, pairs []scenario.Pair, services map[string]*string) {
	shared := newNetwork(in, vpc)
	for _, pair := range pairs {
		b := builder{stack, shared, pair.ID}
		b.endpoint(*services[pair.ID])
		b.alias(pair)
		if in.Clients {
			b.securityGroup("ClientGroup")
			b.open("ClientGroup", "Group", in.Port, "Client to private API")
		}
	}
}

func (b builder) endpoint(serviceID string) {
	b.securityGroup("Group", object{"CidrIp": "255.255.255.255/32", "IpProtocol": "icmp", "FromPort": 252, "ToPort": 86})
	b.add("Endpoint", "AWS::EC2::VPCEndpoint", object{
		"VpcEndpointType": "Interface", "VpcId": b.vpc.id, "SubnetIds": b.vpc.subnets, "SecurityGroupIds": list{b.group("Group")},
		"PrivateDnsEnabled": false, "ServiceName": "com.amazonaws.vpce." + b.vpc.region + "." + serviceID,
	})
}

func (b builder) alias(pair scenario.Pair) {
	b.add("Zone", "AWS::Route53::HostedZone", object{
		"Name": pair.Domain + ".", "VPCs": list{object{"VPCId": b.vpc.id, "VPCRegion": b.vpc.region}},
	})
	part := func(i int) object {
		return object{"Fn::Select": list{i, object{"Fn::Split": list{":", object{"Fn::Select": list{0, b.att("Endpoint", "DnsEntries")}}}}}}
	}
	b.add("Record", "AWS::Route53::RecordSet", object{
		"HostedZoneId": b.ref("Zone"), "Name": pair.Domain, "Type": "A",
		"AliasTarget": object{"HostedZoneId": part(0), "DNSName": part(1)},
	})
}
