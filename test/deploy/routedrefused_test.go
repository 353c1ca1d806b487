package deploy_test

import (
	"strings"
	"testing"

	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"

	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/scenario"
)

// edit replaces a part of a template.
type edit struct{ old, new string }

// routedRefusals are edits of the templates in apps/routed, each of which AWS refuses. Without an edit, both are deployed.
var routedRefusals = []struct {
	name, template string
	edits          []edit
	reason         string // in AWS's words
}{
	{
		"blocks that overlap", "peer",
		[]edit{{"CidrBlock: 10.1.0.0/16", "CidrBlock: 10.0.128.0/17"}},
		"VpcPeeringConnection failed to stabilize",
	},
	{
		"a connection that no role accepts", "peer",
		[]edit{{", PeerRoleArn: !Ref RoleArn", ""}},
		"cannot accept peering",
	},
	{
		"a rule that names a group of the peer before the connection", "peer",
		[]edit{{"    DependsOn: Peering\n", ""}, {"    Type: AWS::EC2::VPCPeeringConnection\n", "    Type: AWS::EC2::VPCPeeringConnection\n    DependsOn: Rule\n"}},
		"does not exist",
	},
	{
		"a route to the peer for a part of the VPC itself", "peer",
		[]edit{{"DestinationCidrBlock: 10.0.0.0/16", "DestinationCidrBlock: 10.1.1.0/24"}},
		"is equal to or more specific than one of this VPC's CIDR blocks",
	},
	{
		"two routes for one block", "peer",
		[]edit{{"  Rule:\n", "  Second:\n    Type: AWS::EC2::Route\n    Properties: { RouteTableId: !Ref Table, DestinationCidrBlock: 10.0.0.0/16, VpcPeeringConnectionId: !Ref Peering }\n  Rule:\n"}},
		"The route identified by 10.0.0.0/16 already exists",
	},
	{
		"a route to the gateway before the attachment", "spoke",
		[]edit{{"    Type: AWS::EC2::Route\n    DependsOn: Attachment\n", "    Type: AWS::EC2::Route\n"}},
		"The transitGateway ID 'tgw-",
	},
	{
		"a rule that names a group of another spoke before the attachment", "spoke",
		[]edit{
			{"    Type: AWS::EC2::SecurityGroupIngress\n    DependsOn: Attachment\n", "    Type: AWS::EC2::SecurityGroupIngress\n"},
			{"    Type: AWS::EC2::TransitGatewayAttachment\n", "    Type: AWS::EC2::TransitGatewayAttachment\n    DependsOn: Rule\n"},
		},
		"does not exist",
	},
	{
		"an outbound rule that names a group of another spoke", "spoke",
		[]edit{{"AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupEgress"}, {"SourceSecurityGroupId", "DestinationSecurityGroupId"}},
		"does not exist",
	},
	{
		"a rule that names a group of another spoke, over an attachment without support", "spoke",
		[]edit{{"SecurityGroupReferencingSupport: enable", "SecurityGroupReferencingSupport: disable"}},
		"does not exist",
	},
	{
		"an association with a segment by another account than the hub's", "spoke",
		[]edit{{"  Rule:\n", "  Association:\n    Type: AWS::EC2::TransitGatewayRouteTableAssociation\n    Properties: { TransitGatewayAttachmentId: !Ref Attachment, TransitGatewayRouteTableId: !Ref SegmentId }\n  Rule:\n"}},
		"was deleted or does not exist",
	},
}

// TestRoutedRefusals deploys what constructs refuse or order by themselves, as templates: an account with a hub, and another one that connects
// to it.
func TestRoutedRefusals(t *testing.T) {
	needLocal(t)
	provider := newTemplateStack(t, scenario.Pricing, "RoutedProvider", "routed/provider", map[string]string{
		"Consumer": scenario.Checkout, "SharedWith": scenario.Lab,
	})
	provider.deploy(t, nil)
	values := map[string]string{"Provider": scenario.Pricing}
	for _, name := range []string{"VpcId", "GroupId", "RoleArn", "GatewayId", "SegmentId"} {
		values[name] = must(output(t.Context(), provider.config, provider.name, name))(t)
	}
	t.Run("a gateway that is shared with another account", func(t *testing.T) {
		routedStack(t, "spoke", values).wantFailure(t, nil, "was deleted or does not exist")
	})
	provider.deploy(t, map[string]string{"SharedWith": scenario.Checkout})
	for _, tc := range routedRefusals {
		t.Run(tc.name, func(t *testing.T) { routedStack(t, tc.template, values, tc.edits...).wantFailure(t, nil, tc.reason) })
	}
	spoke, peer := routedStack(t, "spoke", values), routedStack(t, "peer", values)
	t.Run("without an edit", func(t *testing.T) {
		spoke.deploy(t, nil)
		peer.deploy(t, nil)
	})
	t.Run("a hub in use is not deleted", func(t *testing.T) {
		provider.delete(t, cfntypes.StackStatusDeleteFailed)
		provider.wantEvent(t, "has non-deleted VPC Attachments")
	})
	for _, s := range []*templateStack{spoke, peer, provider} {
		s.delete(t, cfntypes.StackStatusDeleteComplete)
	}
}

// routedStack returns the stack of a template in apps/routed with edits.
func routedStack(t *testing.T, template string, values map[string]string, edits ...edit) *templateStack {
	t.Helper()
	s := newTemplateStack(t, scenario.Checkout, "Routed"+strings.ToUpper(template[:1])+template[1:], "routed/"+template, nil)
	for name, value := range values {
		if strings.Contains(s.body, "  "+name+": { Type: String }") {
			s.parameters[name] = value
		}
	}
	for _, e := range edits {
		if strings.Count(s.body, e.old) != 1 {
			t.Fatalf("%s has %q %d times", template, e.old, strings.Count(s.body, e.old))
		}
		s.body = strings.Replace(s.body, e.old, e.new, 1)
	}
	return s
}
