package lattice_test

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

const (
	importedArn        = "arn:aws:vpc-lattice:eu-west-1:111111111111:service/svc-0123456789abcdef0"
	otherServiceArn    = "arn:aws:vpc-lattice:eu-west-1:111111111111:service/svc-0fedcba9876543210"
	existingNetworkArn = "arn:aws:vpc-lattice:eu-west-1:222222222222:servicenetwork/sn-0123456789abcdef0"
	endpointService    = "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"

	typeNetwork        = "AWS::VpcLattice::ServiceNetwork"
	typeVpcAssociation = "AWS::VpcLattice::ServiceNetworkVpcAssociation"
	typeEndpoint       = "AWS::EC2::VPCEndpoint"
	typeIngress        = "AWS::EC2::SecurityGroupIngress"
	typeEgress         = "AWS::EC2::SecurityGroupEgress"
	typeRecord         = "AWS::Route53::RecordSet"
	closedNetwork      = "Service network of a VPC: named clients in, nothing out"
)

// importApi imports the API of another account.
func importApi(scope constructs.Construct, id string, edit ...func(*lattice.ApiAttributes)) lattice.IApi {
	attrs := &lattice.ApiAttributes{ServiceArn: jsii.String(importedArn), DomainName: jsii.String(domain), PrefixList: listOfLattice(scope, id+"PrefixList")}
	for _, e := range edit {
		e(attrs)
	}
	return lattice.Api_FromAttributes(scope, &id, attrs)
}

// listOfLattice imports the prefix list of VPC Lattice.
func listOfLattice(scope constructs.Construct, id string) awsec2.IPrefixList {
	return awsec2.PrefixList_FromPrefixListId(scope, &id, jsii.String(prefixListID))
}

// closedClient is the security group of a client, with no rules yet.
func closedClient(scope constructs.Construct, id string, vpc awsec2.IVpc) awsec2.SecurityGroup {
	return awsec2.NewSecurityGroup(scope, &id, &awsec2.SecurityGroupProps{Vpc: vpc, Description: &id, AllowAllOutbound: jsii.Bool(false)})
}

// join defines a consumer of an API of another account.
func join(stack awscdk.Stack, edit ...func(*privateapi.PrivateApiConsumerProps)) privateapi.PrivateApiConsumer {
	return joinAs(stack, "Pricing", edit...)
}

func joinAs(stack awscdk.Stack, id string, edit ...func(*privateapi.PrivateApiConsumerProps)) privateapi.PrivateApiConsumer {
	props := &privateapi.PrivateApiConsumerProps{}
	for _, e := range edit {
		e(props)
	}
	if props.Vpc == nil {
		props.Vpc = newVpc(stack, "ConsumerVpc")
	}
	if props.Service == nil {
		props.Service = importApi(stack, id+"Api")
	}
	return privateapi.NewPrivateApiConsumer(stack, &id, props)
}

// twoStacks are two stacks of one app.
func twoStacks(app awscdk.App) (first, second awscdk.Stack) {
	return cdktest.StackIn(app, "First", cdktest.Account), cdktest.StackIn(app, "Second", cdktest.Account)
}
