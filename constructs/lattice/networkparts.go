package lattice

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsvpclattice"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/link"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
)

// onDemandID is the ID of the service network that a consumer defines, below the VPC.
const onDemandID = "PrivateApiServiceNetwork"

// defineOnDemand adds a service network to a VPC that has none, with its association, for the consumer of a batch.
func defineOnDemand(b *onecall.Batch, vpc awsec2.IVpc) *network {
	n := newNetwork(answers.StackOf(vpc), vpc, vpc, onDemandID)
	n.isOnDemand = true
	below := onecall.Add(onecall.Use(b, vpc), awsvpclattice.NewCfnServiceNetwork, onDemandID, &awsvpclattice.CfnServiceNetworkProps{AuthType: authNone})
	n.arn = onecall.Get(below, awsvpclattice.CfnServiceNetwork.AttrArn)
	n.groups = closedGroup(below, vpc)
	n.associate(b, below, vpcIDOf(b, vpc))
	return n
}

var (
	authNone = jsii.String("NONE")
	authIAM  = jsii.String("AWS_IAM")
)

func newNetwork(stack *answers.Stack, vpc awsec2.IVpc, scope constructs.IConstruct, id string) *network {
	return &network{stack: stack, vpc: vpc, scope: scope, id: id, here: map[*answers.Stack][]*onecall.Item[awsec2.ISecurityGroup]{}, services: map[any]constructs.Construct{}, names: map[string]constructs.Construct{}}
}

// closedGroup adds a security group that lets nobody in until clients are named.
func closedGroup(scope onecall.Scope, vpc awsec2.IVpc) []*onecall.Item[awsec2.ISecurityGroup] {
	group := onecall.Add(scope, awsec2.NewSecurityGroup, "SecurityGroup", &awsec2.SecurityGroupProps{
		Vpc:              vpc,
		Description:      jsii.String("Service network of a VPC: named clients in, nothing out"),
		AllowAllOutbound: jsii.Bool(false),
	})
	return []*onecall.Item[awsec2.ISecurityGroup]{onecall.As(group, func(g awsec2.SecurityGroup) awsec2.ISecurityGroup { return g })}
}

// associate adds the association of the VPC. Without security groups it would be open to every workload of the VPC.
func (n *network) associate(b *onecall.Batch, scope onecall.Scope, vpcID *string) {
	association := onecall.Add(scope, awsvpclattice.NewCfnServiceNetworkVpcAssociation, "VpcAssociation", &awsvpclattice.CfnServiceNetworkVpcAssociationProps{
		ServiceNetworkIdentifier: n.arn.Placeholder(),
		VpcIdentifier:            vpcID,
		SecurityGroupIds:         n.groupIDs(b),
	})
	n.connected = []*onecall.Item[constructs.IDependable]{link.Dependency(association)}
}

func (n *network) groupIDs(b *onecall.Batch) *[]*string {
	var ids []*string
	for _, group := range n.groups {
		ids = append(ids, onecall.Get(onecall.Through(b, group), awsec2.ISecurityGroup.SecurityGroupId).Placeholder())
	}
	return &ids
}

// vpcIDOf returns the ID of a VPC, which CDK is asked for by the batch.
func vpcIDOf(b *onecall.Batch, vpc awsec2.IVpc) *string {
	return onecall.Get(onecall.Use(b, vpc), awsec2.IVpc.VpcId).Placeholder()
}
