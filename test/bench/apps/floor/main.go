// Command floor is the benchmark's app with as little CDK as possible: one generic resource for each resource of the
// template, with references as plain maps. Nobody would write it; it shows how fast an app can be.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/test/bench/frame"
	"github.com/cdk-private-api/cdk-private-api-go/test/bench/scenario"
)

type (
	object = map[string]any
	list   = []any
)

func main() {
	frame.Main(frame.Implementation[*string]{Providers: providers, Consumers: consumers})
}

// network is what resources need to know about a VPC.
type network struct {
	region  string
	id      *string
	subnets list
}

func newNetwork(in *scenario.Scenario, vpc awsec2.IVpc) network {
	n := network{region: in.Region, id: vpc.VpcId()}
	for _, subnet := range *vpc.IsolatedSubnets() {
		n.subnets = append(n.subnets, subnet.SubnetId())
	}
	return n
}

// builder defines the resources of one pair. The ID of a resource directly below a stack is its logical ID.
type builder struct {
	stack  awscdk.Stack
	vpc    network
	prefix string
}

func (b builder) add(id, kind string, properties object) awscdk.CfnResource {
	return awscdk.NewCfnResource(b.stack, jsii.String(b.prefix+id), &awscdk.CfnResourceProps{
		Type: jsii.String(kind), Properties: &properties,
	})
}

func (b builder) ref(id string) object   { return object{"Ref": b.prefix + id} }
func (b builder) group(id string) object { return b.att(id, "GroupId") }

func (b builder) att(id, attribute string) object {
	return object{"Fn::GetAtt": list{b.prefix + id, attribute}}
}

func (b builder) securityGroup(id string, egress ...any) {
	properties := object{"GroupDescription": b.prefix + id, "VpcId": b.vpc.id}
	if len(egress) > 0 {
		properties["SecurityGroupEgress"] = egress
	}
	b.add(id, "AWS::EC2::SecurityGroup", properties)
}

// open allows TCP on a port from one security group to another.
func (b builder) open(from, to string, port float64, description string) {
	b.add(from+"To"+to, "AWS::EC2::SecurityGroupEgress", object{
		"Description": description, "GroupId": b.group(from), "DestinationSecurityGroupId": b.group(to),
		"IpProtocol": "tcp", "FromPort": port, "ToPort": port,
	})
	b.add(to+"From"+from, "AWS::EC2::SecurityGroupIngress", object{
		"Description": description, "GroupId": b.group(to), "SourceSecurityGroupId": b.group(from),
		"IpProtocol": "tcp", "FromPort": port, "ToPort": port,
	})
}
