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
// record in public DNS, that the domain is its own.
// https://docs.aws.amazon.com/vpc/latest/privatelink/manage-dns-names.html
func TestPrivateDns(t *testing.T) {
	needLocal(t)
	f := must(theFailures())(t)
	must(f.deploy(t, f.api, f.assembly, "Named"))(t)
	named := named{t, f, must(output(t.Context(), f.api, "Named", "ServiceId"))(t)}
	named.wantState(ec2types.DnsNameStatePendingVerification)
	serviceName := must(output(t.Context(), f.api, "Named", "ServiceName"))(t)

	// The text is that of the README of ChowNow's Terraform module aws-privatelink-web-provider.
	f.caller("CallerOfNamed", serviceName, "has not verified the private DNS name").want(t, f)

	named.verify()
	named.wantState(ec2types.DnsNameStateFailed) // there is no record yet

	named.publish()
	named.verify()
	named.wantState(ec2types.DnsNameStateVerified)
	must(f.deploy(t, f.calls, f.assembly, "CallerOfNamed", "--parameters", "ServiceName="+serviceName))(t)
	named.wantReachable()
}

// named is an API whose domain is the private DNS name of its service.
type named struct {
	t         *testing.T
	f         *failures
	serviceID string
}

// wantState fails the test unless the name is in a state, and the record that the stack asks for is the one that EC2 wants.
func (n named) wantState(state ec2types.DnsNameState) {
	n.t.Helper()
	found := must(ec2.NewFromConfig(n.f.api).DescribeVpcEndpointServiceConfigurations(n.t.Context(),
		&ec2.DescribeVpcEndpointServiceConfigurationsInput{ServiceIds: []string{n.serviceID}}))(n.t)
	service := one(n.t, "services", found.ServiceConfigurations)
	want(n.t, "the private DNS name", aws.ToString(service.PrivateDnsName), scenario.Domain)
	proof := service.PrivateDnsNameConfiguration
	want(n.t, "its state", proof.State, state)
	want(n.t, "the type of its record", aws.ToString(proof.Type), "TXT")
	name, value := n.record()
	want(n.t, "the name of its record", aws.ToString(proof.Name), name)
	want(n.t, "the value of its record", aws.ToString(proof.Value), value)
}

// record returns what the construct says of the record: PrivateDnsTxtName and PrivateDnsTxtValue, as the stack has them.
func (n named) record() (name, value string) {
	n.t.Helper()
	return must(output(n.t.Context(), n.f.api, "Named", "TxtName"))(n.t), must(output(n.t.Context(), n.f.api, "Named", "TxtValue"))(n.t)
}

func (n named) verify() {
	n.t.Helper()
	must(ec2.NewFromConfig(n.f.api).StartVpcEndpointServicePrivateDnsVerification(n.t.Context(),
		&ec2.StartVpcEndpointServicePrivateDnsVerificationInput{ServiceId: aws.String(n.serviceID)}))(n.t)
}

// publish puts the record into the public zone of the domain's parent. Both go with the test: other proofs would look there.
func (n named) publish() {
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

// wantReachable fails the test unless the caller reaches the API by the private DNS name, and by no hosted zone of its own.
func (n named) wantReachable() {
	n.t.Helper()
	id := must(output(n.t.Context(), n.f.calls, "CallerOfNamed", "EndpointId"))(n.t)
	found := must(ec2.NewFromConfig(n.f.calls).DescribeVpcEndpoints(n.t.Context(), &ec2.DescribeVpcEndpointsInput{
		VpcEndpointIds: []string{id},
	}))(n.t)
	endpoint := one(n.t, "endpoints", found.VpcEndpoints)
	want(n.t, "private DNS", aws.ToBool(endpoint.PrivateDnsEnabled), true)
	want(n.t, "its last name", aws.ToString(endpoint.DnsEntries[len(endpoint.DnsEntries)-1].DnsName), scenario.Domain)
	want(n.t, "the number of its zones", len(partyOf(n.t, n.f.calls, "CallerOfNamed").physical("AWS::Route53::HostedZone")), 0)
	client := must(output(n.t.Context(), n.f.calls, "CallerOfNamed", "ClientGroupId"))(n.t)
	answer := one(n.t, "answers", describedProof(n.t)(reachability.Question{Client: ownName(scenario.Checkout, client)}).Answers)
	says := "the private DNS name " + scenario.Domain + " of " + ownName(scenario.Pricing, n.serviceID) + " is verified"
	for _, hop := range answer.Hops {
		if hop.Name == reachability.HopHostedZone {
			want(n.t, "what the proof says of the name", hop.Message, says)
		}
	}
	if answer.Verdict != reachability.Reachable || answer.Domain != scenario.Domain {
		n.t.Errorf("not reachable by %s:\n%s", scenario.Domain, answer)
	}
}
