package deploy_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/scenario"
)

// connection is the endpoint of a caller, and what the owner of the API decides about it.
type connection struct {
	t        *testing.T
	f        *failures
	endpoint string
	client   string // a security group
}

// connect deploys a caller whose account is listed by an API that requires acceptance.
func connect(t *testing.T, caller string) connection {
	t.Helper()
	f := offering(t, "Asking")
	must(f.deploy(t, f.calls, f.assembly, caller, "--parameters", "ServiceName="+f.serviceName))(t)
	return connection{
		t, f, must(output(t.Context(), f.calls, caller, "EndpointId"))(t),
		must(output(t.Context(), f.calls, caller, "ClientGroupId"))(t),
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

// wantState fails the test unless both sides see the connection in a state.
func (c connection) wantState(state string) {
	c.t.Helper()
	own := must(ec2.NewFromConfig(c.f.calls).DescribeVpcEndpoints(c.t.Context(), &ec2.DescribeVpcEndpointsInput{
		VpcEndpointIds: []string{c.endpoint},
	}))(c.t)
	want(c.t, "the state of the endpoint", string(one(c.t, "endpoints", own.VpcEndpoints).State), state)
	theirs := must(ec2.NewFromConfig(c.f.api).DescribeVpcEndpointConnections(c.t.Context(), &ec2.DescribeVpcEndpointConnectionsInput{
		Filters: []ec2types.Filter{{Name: aws.String("service-id"), Values: []string{c.f.serviceID}}},
	}))(c.t)
	for _, connection := range theirs.VpcEndpointConnections {
		if aws.ToString(connection.VpcEndpointId) == c.endpoint {
			want(c.t, "the owner of the connection", aws.ToString(connection.VpcEndpointOwner), scenario.Checkout)
			want(c.t, "the state of the connection", string(connection.VpcEndpointState), state)
			return
		}
	}
	c.t.Errorf("the owner of the API does not see %s", c.endpoint)
}

// proof is the answer for the client, from what is deployed.
func (c connection) proof() reachability.Answer {
	c.t.Helper()
	report := describedProof(c.t)(reachability.Question{Client: ownName(scenario.Checkout, c.client)})
	return one(c.t, "answers", report.Answers)
}

func (c connection) wantBlocked(says string) {
	c.t.Helper()
	hop := c.proof().Decisive()
	want(c.t, "where the proof ends", hop.Name, reachability.HopAcceptance)
	want(c.t, "its verdict", hop.Verdict, reachability.Blocked)
	want(c.t, "what it says", hop.Message, "the connection of "+ownName(scenario.Checkout, c.endpoint)+" is "+says)
}

func (c connection) wantReachable() {
	c.t.Helper()
	if answer := c.proof(); answer.Verdict != reachability.Reachable {
		c.t.Errorf("not reachable:\n%s", answer)
	}
}

// TestAcceptance follows a connection that the owner of the API must accept: the account is listed, or EC2 would deny that
// the service exists. https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html
//
// Assumption: CloudFormation does not wait for the owner, so the consumer's deployment succeeds before anybody has accepted.
// AWS does not document it. Public templates count on it: in that of
// https://github.com/mongodb/mongodbatlas-cloudformation-resources/blob/master/examples/private-endpoint/privateEndpointV2.json
// what makes the owner accept is deployed once the endpoint is complete.
func TestAcceptance(t *testing.T) {
	c := connect(t, "Waiting")
	c.wantState("pendingAcceptance")
	c.wantBlocked("pendingAcceptance: the provider has not accepted it")

	c.accept()
	c.wantState("available")
	c.wantReachable()

	c.reject() // https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html#accept-reject-connection-requests
	c.wantState("rejected")
	c.wantBlocked("rejected: the provider does not let it in")
}

// TestPrincipalRemoved withdraws the permission of an account that is connected: its connection stays, and it gets no other.
// https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html#add-remove-permissions
func TestPrincipalRemoved(t *testing.T) {
	c := connect(t, "Kept")
	c.accept()
	f := offering(t, "Withdrawn")
	allowed := must(ec2.NewFromConfig(f.api).DescribeVpcEndpointServicePermissions(t.Context(),
		&ec2.DescribeVpcEndpointServicePermissionsInput{ServiceId: aws.String(f.serviceID)}))(t)
	want(t, "who is allowed", aws.ToString(one(t, "principals", allowed.AllowedPrincipals).Principal), "arn:aws:iam::333333333333:root")
	c.wantState("available")
	c.wantReachable()
	f.caller("Latecomer", f.serviceName, notThere(f.serviceName)).want(t, f)
	c.wantState("available")
}
