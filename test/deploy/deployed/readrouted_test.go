package deployed_test

import (
	"os"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/ram"

	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/deployed"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/localaws"
)

// startLocal runs the local AWS API until the test ends. moto alone has too little of transit gateways.
func startLocal(t *testing.T) *localaws.Server {
	t.Helper()
	server, err := localaws.Start("..", os.Stderr)
	if localaws.MaySkip(err, os.Getenv(localaws.Required)) {
		t.Skipf("not tested: %v; make deploy-test installs it", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Stop(); err != nil {
			t.Error(err)
		}
	})
	return server
}

// TestReadRouted reads a peering connection and a shared transit gateway that the SDK has built in two accounts.
func TestReadRouted(t *testing.T) {
	server := startLocal(t)
	providerConfig, consumerConfig := must(server.Account(t.Context(), providerAccount, region))(t), must(server.Account(t.Context(), consumerAccount, region))(t)
	provider, consumer := newAccount(t, providerConfig, "2"), newAccount(t, consumerConfig, "1")
	pcx := provider.peer(consumer)
	hub := must(provider.ec2.CreateTransitGateway(t.Context(), &ec2.CreateTransitGatewayInput{}))(t).TransitGateway
	must(ram.NewFromConfig(providerConfig).CreateResourceShare(t.Context(), &ram.CreateResourceShareInput{
		Name: s("hub"), ResourceArns: []string{*hub.TransitGatewayArn}, Principals: []string{consumerAccount},
	}))(t)
	attachments := []string{provider.attach(hub), consumer.attach(hub)}

	read := func() (templates, []string, map[string]string) {
		p := must(deployed.Read(t.Context(), providerConfig, providerAccount, region))(t)
		c := must(deployed.Read(t.Context(), consumerConfig, consumerAccount, region))(t)
		got, unread := resourcesOf(t, p, c)
		return got, unread, must(deployed.Write(t.TempDir(), p, c))(t).Facts.Connections
	}
	_, unread, states := read()
	if len(unread) > 0 {
		t.Errorf("unread: %q", unread)
	}
	want := map[string]string{
		providerAccount + "/eu-west-1/" + pcx: "active", providerAccount + "/eu-west-1/" + attachments[0]: "available",
		consumerAccount + "/eu-west-1/" + attachments[1]: "pendingAcceptance",
	}
	for resource, state := range want {
		if states[resource] != state {
			t.Errorf("%s is %q, want %q", resource, states[resource], state)
		}
	}

	must(provider.ec2.AcceptTransitGatewayVpcAttachment(t.Context(), &ec2.AcceptTransitGatewayVpcAttachmentInput{TransitGatewayAttachmentId: &attachments[1]}))(t)
	got, _, _ := read()
	counts := map[string]int{}
	for _, resources := range got {
		for _, found := range resources {
			counts[found.Type]++
		}
	}
	for kind, count := range map[string]int{
		"AWS::EC2::VPCPeeringConnection": 1, "AWS::EC2::TransitGateway": 1, "AWS::EC2::TransitGatewayAttachment": 2, "AWS::RAM::ResourceShare": 1,
		"AWS::EC2::TransitGatewayRouteTable": 1, "AWS::EC2::TransitGatewayRouteTableAssociation": 2, "AWS::EC2::TransitGatewayRouteTablePropagation": 2,
	} {
		if counts[kind] != count {
			t.Errorf("%d resources of %s, want %d", counts[kind], kind, count)
		}
	}

	must(provider.ec2.DeleteVpcPeeringConnection(t.Context(), &ec2.DeleteVpcPeeringConnectionInput{VpcPeeringConnectionId: &pcx}))(t)
	got, unread, _ = read()
	if _, found := got[providerAccount][pcx]; found || len(unread) != 1 || !strings.HasSuffix(unread[0], "is a blackhole: 10.1.0.0/16") {
		t.Errorf("the connection is gone: %q", unread)
	}
}

// peer connects the account's VPC to that of another one, and routes to it.
func (a *account) peer(other *account) string {
	pcx := must(a.ec2.CreateVpcPeeringConnection(a.ctx, &ec2.CreateVpcPeeringConnectionInput{
		VpcId: &a.vpc, PeerVpcId: &other.vpc, PeerOwnerId: s(consumerAccount),
	}))(a.t).VpcPeeringConnection.VpcPeeringConnectionId
	must(other.ec2.AcceptVpcPeeringConnection(a.ctx, &ec2.AcceptVpcPeeringConnectionInput{VpcPeeringConnectionId: pcx}))(a.t)
	main := must(a.ec2.DescribeRouteTables(a.ctx, &ec2.DescribeRouteTablesInput{
		Filters: []ec2types.Filter{{Name: s("vpc-id"), Values: []string{a.vpc}}},
	}))(a.t).RouteTables[0].RouteTableId
	must(a.ec2.CreateRoute(a.ctx, &ec2.CreateRouteInput{RouteTableId: main, DestinationCidrBlock: s("10.1.0.0/16"), VpcPeeringConnectionId: pcx}))(a.t)
	return aws.ToString(pcx)
}

// attach attaches the account's VPC to a transit gateway.
func (a *account) attach(hub *ec2types.TransitGateway) string {
	made := must(a.ec2.CreateTransitGatewayVpcAttachment(a.ctx, &ec2.CreateTransitGatewayVpcAttachmentInput{
		TransitGatewayId: hub.TransitGatewayId, VpcId: &a.vpc, SubnetIds: a.subnets,
	}))(a.t)
	return aws.ToString(made.TransitGatewayVpcAttachment.TransitGatewayAttachmentId)
}
