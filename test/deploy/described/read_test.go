package described_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/described"
)

// Two accounts that are built by the SDK on moto's server as it is are read back and proven.
func TestReadFromMoto(t *testing.T) {
	url := startMoto(t)
	theirs, ours := inAccount(t, url, providerAccount), inAccount(t, url, consumerAccount)
	provider, consumer := newAccount(t, theirs, "2"), newAccount(t, ours, "1")
	service := provider.publish(consumerAccount)
	door := consumer.connect(*service.ServiceName)
	read := func() *reachability.Report {
		p := must(described.Read(t.Context(), theirs, providerAccount, region))(t)
		c := must(described.Read(t.Context(), ours, consumerAccount, region))(t)
		report, unread := prove(t, p, c)
		if len(unread) != 1 || !strings.HasPrefix(unread[0], "DescribeVpcEndpointConnections") {
			t.Errorf("want connections alone unread, which moto does not know: %q", unread)
		}
		return report
	}
	read().RequireReachable(t)

	change := &ec2.ModifyVpcEndpointServicePermissionsInput{
		ServiceId: service.ServiceId, RemoveAllowedPrincipals: []string{"arn:aws:iam::" + consumerAccount + ":root"},
	}
	must(provider.ec2.ModifyVpcEndpointServicePermissions(t.Context(), change))(t)
	read().RequireBlocked(t, reachability.HopAllowedPrincipal)

	must(consumer.ec2.RevokeSecurityGroupIngress(t.Context(), &ec2.RevokeSecurityGroupIngressInput{
		GroupId: &door, IpPermissions: []ec2types.IpPermission{to(consumer.callers, 443)},
	}))(t)
	read().RequireBlocked(t, reachability.HopEndpointIngress)
}
