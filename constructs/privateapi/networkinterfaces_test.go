package privateapi_test

import (
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// An endpoint has a network interface for each subnet, and an import says nothing of them.
func TestNetworkInterfaces(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	consumer := newConsumer(stack, func(p *privateapi.PrivateApiConsumerProps) {
		p.Vpc = vpcOf(stack, "Wide", "eu-west-1a", "eu-west-1b", "eu-west-1c")
	})
	for range 2 { // the second time they are known
		ids := consumer.NetworkInterfaceIds()
		if len(*ids) != 3 {
			t.Fatalf("%d interfaces, want 3", len(*ids))
		}
		for i, id := range *ids {
			want := props{"Fn::Select": []any{i, cdktest.GetAtt(stack.Resolve(consumer.VpcEndpointId()).(props)["Ref"].(string), "NetworkInterfaceIds")}}
			if got := stack.Resolve(id); !cdktest.Contains(got, want) {
				t.Errorf("interface %d is %v, want %v", i, got, want)
			}
		}
		(*ids)[0] = nil // it is the caller's
	}
	imported := privateapi.PrivateApiConsumer_FromAttributes(stack, jsii.String("Imported"), &privateapi.PrivateApiConsumerAttributes{
		VpcEndpointId: jsii.String("vpce-0123456789abcdef0"), SecurityGroups: &[]awsec2.ISecurityGroup{existingGroup(stack, "Existing", true)},
	})
	if imported.NetworkInterfaceIds() != nil {
		t.Error("an import has interfaces")
	}
}
