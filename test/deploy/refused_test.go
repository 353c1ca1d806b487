package deploy_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/scenario"
)

// noSuchService is EC2's error for a service that a caller may not see; the text does not depend on whether it exists.
// https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html (principals that are not allowed cannot
// find it); the text is that of github.com/aws/aws-cdk/issues/28851. Assumption: CreateVpcEndpoint uses it too.
func noSuchService(serviceName string) string {
	return "The Vpc Endpoint Service '" + serviceName + "' does not exist"
}

// The account is not allowed. The article expects such a caller to wait for acceptance, but EC2 refuses it before that. Once
// it is allowed, the same deployment succeeds. The CLI deletes the stack of the first one: a stack whose creation was rolled
// back can only be deleted. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-describing-stacks.html
func TestPrincipalNotAllowed(t *testing.T) {
	f := deployApi(t, "NotAllowed")
	f.refusedEndpoint("Unknown", f.serviceName, noSuchService(f.serviceName)).want(t, f)
	refused := must(stack(t.Context(), f.consumer, "Unknown"))(t)

	connect(t, "Unknown").wantState("pendingAcceptance")
	connected := must(stack(t.Context(), f.consumer, "Unknown"))(t)
	want(t, "the status of the second stack", connected.StackStatus, cfntypes.StackStatusCreateComplete)
	if aws.ToString(connected.StackId) == aws.ToString(refused.StackId) {
		t.Error("the stack that was rolled back still exists")
	}
}

// A subnet of the endpoint is in a zone that the service does not support. By name, its zones are those of the API; EC2
// compares IDs, which differ in the account of the API.
// https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html; the text is that of
// github.com/aws/aws-sdk-go-v2/issues/1024.
func TestOtherZone(t *testing.T) {
	f := deployApi(t, "AcceptanceRequired")
	f.refusedEndpoint("OtherZone", f.serviceName, "does not support the availability zone of the subnet").want(t, f)
}

// The caller is in another Region and does not set the Region of the service.
// https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-share-your-services.html#endpoint-service-cross-region;
// github.com/hashicorp/terraform-provider-aws/pull/40583 has EC2's answer in this case.
func TestOtherRegion(t *testing.T) {
	f := deployApi(t, "AcceptanceRequired")
	refused := f.refusedEndpoint("OtherRegion", f.serviceName, noSuchService(f.serviceName))
	refused.as.Region = "eu-central-1"
	must(local.CLI.Bootstrap(t.Context(), refused.as, scenario.Checkout, refused.as.Region))(t)
	refused.want(t, f)
}
