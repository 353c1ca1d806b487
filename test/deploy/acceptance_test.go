package deploy_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/scenario"
)

// connection is the endpoint of a caller and the owner's decisions about it.
type connection struct {
	t        *testing.T
	f        *failures
	endpoint string
	client   string // a security group
}

// connect deploys a caller whose account is allowed by an API that requires acceptance.
func connect(t *testing.T, caller string) connection {
	t.Helper()
	f := deployApi(t, "AcceptanceRequired")
	must(f.deploy(t, f.consumer, f.assembly, caller, "--parameters", "ServiceName="+f.serviceName))(t)
	return connection{
		t, f, must(output(t.Context(), f.consumer, caller, "EndpointId"))(t),
		must(output(t.Context(), f.consumer, caller, "ClientGroupId"))(t),
	}
}

func (c connection) accept() {
	c.t.Helper()
	answer := must(ec2.NewFromConfig(c.f.api).AcceptVpcEndpointConnections(c.t.Context(), &ec2.AcceptVpcEndpointConnectionsInput{
		ServiceId: aws.String(c.f.serviceID), VpcEndpointIds: []string{c.endpoint},
	}))(c.t)
	want(c.t, "the number of connections that cannot be accepted", len(answer.Unsuccessful), 0)
}

func (c connection) reject() {
	c.t.Helper()
	answer := must(ec2.NewFromConfig(c.f.api).RejectVpcEndpointConnections(c.t.Context(), &ec2.RejectVpcEndpointConnectionsInput{
		ServiceId: aws.String(c.f.serviceID), VpcEndpointIds: []string{c.endpoint},
	}))(c.t)
	want(c.t, "the number of connections that cannot be rejected", len(answer.Unsuccessful), 0)
}

// wantState fails the test unless the connection has a state on both sides.
func (c connection) wantState(state string) {
	c.t.Helper()
	consumerSide := must(ec2.NewFromConfig(c.f.consumer).DescribeVpcEndpoints(c.t.Context(), &ec2.DescribeVpcEndpointsInput{
		VpcEndpointIds: []string{c.endpoint},
	}))(c.t)
	want(c.t, "the state of the endpoint", string(one(c.t, "endpoints", consumerSide.VpcEndpoints).State), state)
	providerSide := must(ec2.NewFromConfig(c.f.api).DescribeVpcEndpointConnections(c.t.Context(), &ec2.DescribeVpcEndpointConnectionsInput{
		Filters: []ec2types.Filter{{Name: aws.String("service-id"), Values: []string{c.f.serviceID}}},
	}))(c.t)
	for _, connection := range providerSide.VpcEndpointConnections {
		if aws.ToString(connection.VpcEndpointId) == c.endpoint {
			want(c.t, "the owner of the connection", aws.ToString(connection.VpcEndpointOwner), scenario.Checkout)
			want(c.t, "the state of the connection", string(connection.VpcEndpointState), state)
			return
		}
	}
	c.t.Errorf("the owner of the API does not see the connection of %s", c.endpoint)
}

// proof is the answer for the client, by the deployed state.
func (c connection) proof() reachability.Answer {
	c.t.Helper()
	report := proveDeployed(c.t)(reachability.Question{Client: nameInProof(scenario.Checkout, c.client)})
	return one(c.t, "answers", report.Answers)
}

func (c connection) wantBlocked(message string) {
	c.t.Helper()
	hop := c.proof().Decisive()
	want(c.t, "the decisive hop", hop.Name, reachability.HopAcceptance)
	want(c.t, "its verdict", hop.Verdict, reachability.Blocked)
	want(c.t, "its message", hop.Message, "the connection of "+nameInProof(scenario.Checkout, c.endpoint)+" is "+message)
}

func (c connection) wantReachable() {
	c.t.Helper()
	if answer := c.proof(); answer.Verdict != reachability.Reachable {
		c.t.Errorf("not reachable:\n%s", answer)
	}
}

// TestAcceptance follows a connection that the owner of the API must accept. The account is allowed: to others, EC2 denies
// that the service exists. https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html
//
// Assumption: CloudFormation does not wait for the owner, so the consumer's deployment succeeds before the connection is
// accepted. AWS does not document it, but public templates depend on it: in
// https://github.com/mongodb/mongodbatlas-cloudformation-resources/blob/master/examples/private-endpoint/privateEndpointV2.json
// the resource that makes the owner accept is created once the endpoint is complete.
func TestAcceptance(t *testing.T) {
	c := connect(t, "Waiting")
	c.wantState("pendingAcceptance")
	c.wantBlocked("pendingAcceptance: the provider has not accepted it")

	c.accept()
	c.wantState("available")
	c.wantReachable()

	c.reject() // https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html#accept-reject-connection-requests
	c.wantState("rejected")
	c.wantBlocked("rejected: the provider rejected it")
}

// TestPrincipalRemoved removes the permission of an account that is connected: its connection stays, and it cannot create
// another one.
// https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html#add-remove-permissions
func TestPrincipalRemoved(t *testing.T) {
	c := connect(t, "Kept")
	c.accept()
	f := deployApi(t, "Withdrawn")
	allowed := must(ec2.NewFromConfig(f.api).DescribeVpcEndpointServicePermissions(t.Context(),
		&ec2.DescribeVpcEndpointServicePermissionsInput{ServiceId: aws.String(f.serviceID)}))(t)
	want(t, "the allowed principal", aws.ToString(one(t, "principals", allowed.AllowedPrincipals).Principal), "arn:aws:iam::333333333333:root")
	c.wantState("available")
	c.wantReachable()
	f.refusedEndpoint("LateCaller", f.serviceName, noSuchService(f.serviceName)).want(t, f)
	c.wantState("available")
}
