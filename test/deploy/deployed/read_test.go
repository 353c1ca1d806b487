package deployed_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/deployed"
)

// TestReadFromMoto reads and proves two accounts that the SDK has built on moto's server.
func TestReadFromMoto(t *testing.T) {
	url := startMoto(t)
	providerConfig, consumerConfig := inAccount(t, url, providerAccount), inAccount(t, url, consumerAccount)
	provider, consumer := newAccount(t, providerConfig, "2"), newAccount(t, consumerConfig, "1")
	service := provider.publish(consumerAccount)
	endpointGroup := consumer.connect(*service.ServiceName)
	read := func() *reachability.Report {
		p := must(deployed.Read(t.Context(), providerConfig, providerAccount, region))(t)
		c := must(deployed.Read(t.Context(), consumerConfig, consumerAccount, region))(t)
		report, unread := prove(t, p, c)
		missing := []string{
			"DescribeVpcBlockPublicAccessOptions", "DescribeVpcEndpointConnections", "ListProfiles", "DescribeVpcBlockPublicAccessOptions", "ListProfiles",
		}
		if !slices.EqualFunc(unread, missing, strings.HasPrefix) {
			t.Errorf("want only calls to be unread that moto does not implement: %q", unread)
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
		GroupId: &endpointGroup, IpPermissions: []ec2types.IpPermission{to(consumer.callers, 443)},
	}))(t)
	read().RequireBlocked(t, reachability.HopEndpointIngress)
}
