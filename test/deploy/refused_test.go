package deploy_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/scenario"
)

// notThere is what EC2 says of a service that a caller may not see, in the same words whether it exists or not.
// https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html (who is not listed cannot find it);
// the text is that of github.com/aws/aws-cdk/issues/28851. Assumption: CreateVpcEndpoint uses it too.
func notThere(serviceName string) string {
	return "The Vpc Endpoint Service '" + serviceName + "' does not exist"
}

// The account is not listed. The article expects such a caller to wait for acceptance: it does not get that far. Once it is
// listed the same deployment succeeds. The CLI deletes what is left of the first one: a stack whose creation was rolled back
// can only be deleted. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-describing-stacks.html
func TestPrincipalNotListed(t *testing.T) {
	f := offering(t, "Unlisted")
	f.caller("Unknown", f.serviceName, notThere(f.serviceName)).want(t, f)
	refused := must(stack(t.Context(), f.calls, "Unknown"))(t)

	connect(t, "Unknown").wantState("pendingAcceptance")
	connected := must(stack(t.Context(), f.calls, "Unknown"))(t)
	want(t, "the status of the second stack", connected.StackStatus, cfntypes.StackStatusCreateComplete)
	if aws.ToString(connected.StackId) == aws.ToString(refused.StackId) {
		t.Error("the stack that was rolled back is still there")
	}
}

// A subnet of the endpoint is in a zone that the service does not have. Its zones have the names that those of the API have
// in the account of the API: EC2 compares IDs.
// https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html; the text is that of
// github.com/aws/aws-sdk-go-v2/issues/1024.
func TestOtherZone(t *testing.T) {
	f := offering(t, "Asking")
	f.caller("OtherZone", f.serviceName, "does not support the availability zone of the subnet").want(t, f)
}

// The caller is in another Region and does not name that of the service. The same name works where the service is.
// https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-share-your-services.html#endpoint-service-cross-region;
// github.com/hashicorp/terraform-provider-aws/pull/40583 has what EC2 answers without the Region of the service.
func TestOtherRegion(t *testing.T) {
	f := offering(t, "Asking")
	refused := f.caller("OtherRegion", f.serviceName, notThere(f.serviceName))
	refused.as.Region = "eu-central-1"
	must(local.CLI.Bootstrap(t.Context(), refused.as, scenario.Checkout, refused.as.Region))(t)
	refused.want(t, f)
}
