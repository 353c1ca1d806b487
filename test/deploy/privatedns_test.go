package deploy_test

import (
	"context"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	route53types "github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/scenario"
)

// TestPrivateDns follows the private DNS name of a service: consumers can enable it once the provider has proven, by a TXT
// record in public DNS, that it owns the domain.
// https://docs.aws.amazon.com/vpc/latest/privatelink/manage-dns-names.html
func TestPrivateDns(t *testing.T) {
	needLocal(t)
	f := must(theFailures())(t)
	must(f.deploy(t, f.api, f.assembly, "PrivateDns"))(t)
	name := privateName{t, f, must(output(t.Context(), f.api, "PrivateDns", "ServiceId"))(t)}
	name.wantState(ec2types.DnsNameStatePendingVerification)
	serviceName := must(output(t.Context(), f.api, "PrivateDns", "ServiceName"))(t)

	// The text is that of the README of ChowNow's Terraform module aws-privatelink-web-provider.
	f.refusedEndpoint("CallerOfPrivateDns", serviceName, "has not verified the private DNS name").want(t, f)

	name.verify()
	name.wantState(ec2types.DnsNameStateFailed) // there is no record yet

	name.publish()
	name.verify()
	name.wantState(ec2types.DnsNameStateVerified)
	must(f.deploy(t, f.consumer, f.assembly, "CallerOfPrivateDns", "--parameters", "ServiceName="+serviceName))(t)
	name.wantReachable()
}

// privateName is an API whose domain is the private DNS name of its service.
type privateName struct {
	t         *testing.T
	f         *failures
	serviceID string
}

// wantState fails the test unless the name has a state, and the construct has the record that EC2 requires.
func (n privateName) wantState(state ec2types.DnsNameState) {
	n.t.Helper()
	found := must(ec2.NewFromConfig(n.f.api).DescribeVpcEndpointServiceConfigurations(n.t.Context(),
		&ec2.DescribeVpcEndpointServiceConfigurationsInput{ServiceIds: []string{n.serviceID}}))(n.t)
	service := one(n.t, "services", found.ServiceConfigurations)
	want(n.t, "the private DNS name", aws.ToString(service.PrivateDnsName), scenario.Domain)
	configuration := service.PrivateDnsNameConfiguration
	want(n.t, "its state", configuration.State, state)
	want(n.t, "the type of its record", aws.ToString(configuration.Type), "TXT")
	name, value := n.record()
	want(n.t, "the name of its record", aws.ToString(configuration.Name), name)
	want(n.t, "the value of its record", aws.ToString(configuration.Value), value)
}

// record returns the record as the construct has it: PrivateDnsTxtName and PrivateDnsTxtValue, which are outputs of the stack.
func (n privateName) record() (name, value string) {
	n.t.Helper()
	return must(output(n.t.Context(), n.f.api, "PrivateDns", "TxtName"))(n.t), must(output(n.t.Context(), n.f.api, "PrivateDns", "TxtValue"))(n.t)
}

func (n privateName) verify() {
	n.t.Helper()
	must(ec2.NewFromConfig(n.f.api).StartVpcEndpointServicePrivateDnsVerification(n.t.Context(),
		&ec2.StartVpcEndpointServicePrivateDnsVerificationInput{ServiceId: aws.String(n.serviceID)}))(n.t)
}

// publish creates the record in the public zone of the parent domain. Both are deleted with the test, because other proofs
// would read them.
func (n privateName) publish() {
	n.t.Helper()
	dns := route53.NewFromConfig(n.f.api)
	zone := must(dns.CreateHostedZone(n.t.Context(), &route53.CreateHostedZoneInput{
		Name: aws.String("internal.company.com"), CallerReference: aws.String(n.t.Name()),
	}))(n.t).HostedZone.Id
	name, value := n.record()
	change := func(action route53types.ChangeAction) *route53.ChangeResourceRecordSetsInput {
		return &route53.ChangeResourceRecordSetsInput{HostedZoneId: zone, ChangeBatch: &route53types.ChangeBatch{
			Changes: []route53types.Change{{Action: action, ResourceRecordSet: &route53types.ResourceRecordSet{
				Name: aws.String(name + "." + scenario.Domain), Type: route53types.RRTypeTxt, TTL: aws.Int64(1800),
				ResourceRecords: []route53types.ResourceRecord{{Value: aws.String(`"` + value + `"`)}},
			}}},
		}}
	}
	must(dns.ChangeResourceRecordSets(n.t.Context(), change(route53types.ChangeActionCreate)))(n.t)
	n.t.Cleanup(func() {
		ctx := context.WithoutCancel(n.t.Context())
		must(dns.ChangeResourceRecordSets(ctx, change(route53types.ChangeActionDelete)))(n.t)
		must(dns.DeleteHostedZone(ctx, &route53.DeleteHostedZoneInput{Id: zone}))(n.t)
	})
}

// wantReachable fails the test unless the caller reaches the API by the private DNS name, without a hosted zone of its own.
func (n privateName) wantReachable() {
	n.t.Helper()
	id := must(output(n.t.Context(), n.f.consumer, "CallerOfPrivateDns", "EndpointId"))(n.t)
	found := must(ec2.NewFromConfig(n.f.consumer).DescribeVpcEndpoints(n.t.Context(), &ec2.DescribeVpcEndpointsInput{
		VpcEndpointIds: []string{id},
	}))(n.t)
	endpoint := one(n.t, "endpoints", found.VpcEndpoints)
	want(n.t, "private DNS", aws.ToBool(endpoint.PrivateDnsEnabled), true)
	want(n.t, "the last of its names", aws.ToString(endpoint.DnsEntries[len(endpoint.DnsEntries)-1].DnsName), scenario.Domain)
	want(n.t, "the number of its zones", len(stackOf(n.t, n.f.consumer, "CallerOfPrivateDns").physical("AWS::Route53::HostedZone")), 0)
	client := must(output(n.t.Context(), n.f.consumer, "CallerOfPrivateDns", "ClientGroupId"))(n.t)
	answer := one(n.t, "answers", proveDeployed(n.t)(reachability.Question{Client: nameInProof(scenario.Checkout, client)}).Answers)
	message := "the private DNS name " + scenario.Domain + " of " + nameInProof(scenario.Pricing, n.serviceID) + " is verified"
	for _, hop := range answer.Hops {
		if hop.Name == reachability.HopHostedZone {
			want(n.t, "the message of the proof", hop.Message, message)
		}
	}
	if answer.Verdict != reachability.Reachable || answer.Domain != scenario.Domain {
		n.t.Errorf("not reachable by %s:\n%s", scenario.Domain, answer)
	}
}
