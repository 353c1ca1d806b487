package privateapi_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// openRoutes adds a route for each peer of its targets.
func openRoutes(stack awscdk.Stack, peers ...awsec2.IConnectable) {
	provider := newProvider(stack)
	for i, peer := range peers {
		provider.AddRoute(jsii.String(fmt.Sprint("Route", i)), &privateapi.RouteOptions{
			Targets:     targets(&fakeTarget{kind: elbv2.TargetType_INSTANCE, json: props{"id": "i-0123456789abcdef0"}}),
			TargetPeers: &[]awsec2.IConnectable{peer}, PathPatterns: jsii.Strings(fmt.Sprintf("/v%d", i)), Priority: jsii.Number(float64(i + 10)),
		})
	}
}

// peersOf are security groups.
func peersOf(stack awscdk.Stack, n int) (list []awsec2.IConnectable) {
	vpc := vpcOf(stack, "Peers", "eu-west-1a")
	for i := range n {
		list = append(list, awsec2.NewSecurityGroup(stack, jsii.String(fmt.Sprint("Peer", i)), &awsec2.SecurityGroupProps{Vpc: vpc, AllowAllOutbound: jsii.Bool(false)}))
	}
	return list
}

// addresses are as many IPv4 addresses, and an IPv6 one among them, which has a quota of its own.
func addresses(n int) (list []awsec2.IConnectable) {
	list = append(list, awsec2.Peer_Ipv6(jsii.String("2001:db8::/64")))
	for i := range n - 1 {
		list = append(list, awsec2.Peer_Ipv4(jsii.String(fmt.Sprintf("10.0.%d.0/24", i))))
	}
	return list
}

// Targets that share security groups make one rule of the ALB for each group and port: there is no warning.
func TestTargetsThatShareGroups(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	group := peersOf(stack, 1)[0].Connections().SecurityGroups()
	var peers []awsec2.IConnectable
	for range 61 {
		peers = append(peers, awsec2.NewConnections(&awsec2.ConnectionsProps{SecurityGroups: group}))
	}
	openRoutes(stack, peers...)
	if metadata := cdktest.Synth(t, stack).Manifest(t); strings.Contains(metadata, rules.SecurityGroupRuleQuota.ID) {
		t.Errorf("annotations = %s", metadata)
	}
}
