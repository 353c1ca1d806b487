package deploy_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	route53types "github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/scenario"
)

const verifiedDomain = "api.verified.company.com"

// verifiedDns is examples/verified-dns, deployed by both teams.
type verifiedDns struct {
	*teams
	zone string // the public zone of company.com
}

// TestVerifiedDns deploys a provider whose private DNS name is verified by the deployment itself, and a consumer that enables the name.
func TestVerifiedDns(t *testing.T) {
	needLocal(t)
	v := &verifiedDns{teams: must(newTeams(t.Context(), "verified-dns", verifiedDomain, map[string]string{
		"VerifiedPricing": scenario.Pricing, "VerifiedCheckout": scenario.Checkout,
	}))(t)}
	unprotect(t, v.assembly, "VerifiedPricing")
	t.Run("a record that is not in public DNS fails the deployment", v.refused)
	t.Run("the name is verified", v.verified)
	t.Run("a consumer calls the name", v.called)
	t.Run("another name is verified", v.renamed)
	t.Run("everything is deleted", v.deleted)
}

// newZone creates a hosted zone of company.com, in a VPC if there is one. Nothing else is in it when it is deleted with the test.
func (v *verifiedDns) newZone(t *testing.T, vpc string) string {
	t.Helper()
	dns := route53.NewFromConfig(v.configs["VerifiedPricing"])
	input := &route53.CreateHostedZoneInput{Name: aws.String("company.com"), CallerReference: aws.String(t.Name())}
	if vpc != "" {
		input.HostedZoneConfig = &route53types.HostedZoneConfig{PrivateZone: true}
		input.VPC = &route53types.VPC{VPCId: &vpc, VPCRegion: scenario.Region}
	}
	return strings.TrimPrefix(aws.ToString(must(dns.CreateHostedZone(t.Context(), input))(t).HostedZone.Id), "/hostedzone/")
}

func (v *verifiedDns) deleteZone(t *testing.T, zone string) {
	t.Helper()
	must(route53.NewFromConfig(v.configs["VerifiedPricing"]).DeleteHostedZone(t.Context(), &route53.DeleteHostedZoneInput{Id: &zone}))(t)
}

func (v *verifiedDns) deployPricing(t *testing.T, zone string) error {
	t.Helper()
	return v.deploy(t.Context(), "VerifiedPricing", "CertificateArn="+v.certificateArn, "PublicZoneId="+zone)
}

// refused gives the deployment a private zone of the domain, where AWS does not look. The rollback leaves nothing, not even the log.
func (v *verifiedDns) refused(t *testing.T) {
	network := ec2.NewFromConfig(v.configs["VerifiedPricing"])
	vpc := must(network.CreateVpc(t.Context(), &ec2.CreateVpcInput{CidrBlock: aws.String("10.9.0.0/16")}))(t).Vpc.VpcId
	zone := v.newZone(t, aws.ToString(vpc))
	wantFailure(t, v.deployPricing(t, zone), "AWS looks for a TXT record _")

	stack := v.stack(t, "VerifiedPricing")
	failed := must(stack.cfn.DescribeStacks(t.Context(), &cloudformation.DescribeStacksInput{StackName: &stack.name}))(t)
	want(t, "the status after the rollback", one(t, "stacks", failed.Stacks).StackStatus, cfntypes.StackStatusRollbackComplete)
	for _, event := range eventsOf(t, stack.config, stack.name) {
		isResource := aws.ToString(event.ResourceType) == "Custom::PrivateDnsVerification"
		if reason := aws.ToString(event.ResourceStatusReason); isResource && event.ResourceStatus == cfntypes.ResourceStatusCreateFailed {
			for _, part := range []string{"." + verifiedDomain + ` with the value "vpce:`, "Received response status [FAILED] from custom resource"} {
				if !strings.Contains(reason, part) {
					t.Errorf("the reason is %q, want %q in it", reason, part)
				}
			}
		}
	}
	left := must(stack.cfn.DescribeStackResources(t.Context(), &cloudformation.DescribeStackResourcesInput{StackName: &stack.name}))(t)
	want(t, "the number of resources that are left", len(left.StackResources), 0)
	v.deleteZone(t, zone)
	must(network.DeleteVpc(t.Context(), &ec2.DeleteVpcInput{VpcId: vpc}))(t)
}

func (v *verifiedDns) verified(t *testing.T) {
	v.zone = v.newZone(t, "")
	if err := v.deployPricing(t, v.zone); err != nil {
		t.Fatal(err)
	}
	v.wantVerified(t, verifiedDomain)
}

// wantVerified fails the test unless a name of the service is verified, and the stack has waited for it.
func (v *verifiedDns) wantVerified(t *testing.T, name string) {
	t.Helper()
	stack := v.stack(t, "VerifiedPricing")
	id := one(t, "services", stack.physical("AWS::EC2::VPCEndpointService"))
	found := must(stack.ec2.DescribeVpcEndpointServiceConfigurations(t.Context(), &ec2.DescribeVpcEndpointServiceConfigurationsInput{ServiceIds: []string{id}}))(t)
	service := one(t, "services", found.ServiceConfigurations)
	want(t, "the private DNS name", aws.ToString(service.PrivateDnsName), name)
	want(t, "its state", service.PrivateDnsNameConfiguration.State, ec2types.DnsNameStateVerified)
	want(t, "the ID of the verification", one(t, "verifications", stack.physical("Custom::PrivateDnsVerification")), id+"/"+name)
	starts := 0
	for _, line := range stack.logOf("VerificationLogGroup") {
		if line["type"] == "start" {
			starts++
		}
	}
	if starts == 0 {
		t.Error("the function has not started the verification")
	}
}

// called: the consumer needs no hosted zone.
func (v *verifiedDns) called(t *testing.T) {
	if err := v.deploy(t.Context(), "VerifiedCheckout"); err != nil {
		t.Fatal(err)
	}
	checkout := v.stack(t, "VerifiedCheckout")
	want(t, "the number of its zones", len(checkout.physical("AWS::Route53::HostedZone")), 0)
	function := nameInProof(scenario.Checkout, "function:"+checkout.physicalOf("Checkout"))
	templates := v.templates(t, map[string]string{"VerifiedPricing.CertificateArn": v.certificateArn, "VerifiedPricing.PublicZoneId": v.zone})
	for client, prove := range map[string]func(reachability.Question) *reachability.Report{
		function: proveDeployed(t), "VerifiedCheckout/Checkout": templates,
	} {
		report := prove(reachability.Question{Client: client, Domain: verifiedDomain, Path: "/v1/quote"}) // of which findings may concern stacks of other tests
		if answer := one(t, "answers", report.Answers); answer.Verdict != reachability.Reachable {
			t.Errorf("%s does not reach the API: %v", client, answer)
		}
	}
	must(local.CLI.Destroy(t.Context(), v.deployer, v.assembly, "VerifiedCheckout"))(t)
}

// renamed: a new name has a new token, so the record is another one, and the verification starts afresh.
func (v *verifiedDns) renamed(t *testing.T) {
	stack := v.stack(t, "VerifiedPricing")
	body := strings.ReplaceAll(must(readTemplate(v.assembly, "VerifiedPricing"))(t).body, verifiedDomain, "v2.verified.company.com")
	kept := func(name string) cfntypes.Parameter {
		return cfntypes.Parameter{ParameterKey: &name, UsePreviousValue: aws.Bool(true)}
	}
	must(stack.cfn.UpdateStack(t.Context(), &cloudformation.UpdateStackInput{
		StackName: &stack.name, TemplateBody: &body, Parameters: []cfntypes.Parameter{kept("CertificateArn"), kept("PublicZoneId"), kept("BootstrapVersion")},
		Capabilities: []cfntypes.Capability{cfntypes.CapabilityCapabilityNamedIam},
	}))(t)
	waitFor(t, "the update", func() bool {
		found := must(stack.cfn.DescribeStacks(t.Context(), &cloudformation.DescribeStacksInput{StackName: &stack.name}))(t)
		return !strings.HasSuffix(string(one(t, "stacks", found.Stacks).StackStatus), "_IN_PROGRESS")
	})
	v.wantVerified(t, "v2.verified.company.com")
	records := must(route53.NewFromConfig(stack.config).ListResourceRecordSets(t.Context(), &route53.ListResourceRecordSetsInput{HostedZoneId: &v.zone}))(t)
	var names []string
	for _, record := range records.ResourceRecordSets {
		if record.Type == route53types.RRTypeTxt {
			names = append(names, aws.ToString(record.Name))
		}
	}
	if name := one(t, "TXT records", names); !strings.HasSuffix(name, ".v2.verified.company.com.") {
		t.Errorf("the record is %s", name)
	}
}

func (v *verifiedDns) deleted(t *testing.T) {
	must(local.CLI.Destroy(t.Context(), v.deployer, v.assembly, "VerifiedPricing"))(t)
	v.deleteZone(t, v.zone) // Route 53 refuses to delete it while it has records
}
