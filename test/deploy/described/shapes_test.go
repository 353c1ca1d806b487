package described_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	acm "github.com/aws/aws-sdk-go-v2/service/acm/types"
	ec2 "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	ecs "github.com/aws/aws-sdk-go-v2/service/ecs/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
	lambda "github.com/aws/aws-sdk-go-v2/service/lambda/types"
	route53 "github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/described"
)

// asPrivateDns lets the service bring its name, in a state of verification, and takes the zone away.
func asPrivateDns(verified ec2.DnsNameState) func(deployment) []*described.State {
	return func(d deployment) []*described.State {
		d.consumer.Zones = nil
		d.consumer.Endpoints[0].PrivateDnsEnabled = aws.Bool(true)
		d.provider.Services[0].PrivateDnsName = s(domain)
		d.provider.Services[0].PrivateDnsNameConfiguration = &ec2.PrivateDnsNameConfiguration{State: verified}
		return d.states()
	}
}

func (d deployment) states() []*described.State { return []*described.State{d.provider, d.consumer} }

// inRegion moves the provider to another Region.
func inRegion(supported ...string) func(deployment) []*described.State {
	return func(d deployment) []*described.State {
		d.provider.Region = "us-east-1"
		for i := range d.provider.Subnets {
			d.provider.Subnets[i].AvailabilityZoneId = s("use1-az4")
		}
		for _, name := range supported {
			d.provider.Services[0].SupportedRegions = append(d.provider.Services[0].SupportedRegions, ec2.SupportedRegionDetail{Region: s(name)})
		}
		d.consumer.Endpoints[0].ServiceRegion = s("us-east-1")
		return d.states()
	}
}

// inOneState puts both sides into one account.
func inOneState(d deployment) []*described.State {
	c, p := d.consumer, d.provider
	p.Account = consumerAccount
	p.Services[0].AllowedPrincipals = nil
	p.Vpcs, p.Subnets = append(p.Vpcs, c.Vpcs...), append(p.Subnets, c.Subnets...)
	p.RouteTables, p.NetworkAcls = append(p.RouteTables, c.RouteTables...), append(p.NetworkAcls, c.NetworkAcls...)
	p.SecurityGroups, p.Endpoints, p.Zones = append(p.SecurityGroups, c.SecurityGroups...), c.Endpoints, c.Zones
	p.EcsServices = append(p.EcsServices, c.EcsServices...)
	return []*described.State{p}
}

// zoneOfProvider lets the provider own the zone that answers in the consumer's VPC.
func zoneOfProvider(d deployment) []*described.State {
	d.provider.Zones, d.consumer.Zones = d.consumer.Zones, nil
	d.consumer.ZonesElsewhere = []described.ZoneElsewhere{{VpcId: "vpc-a", HostedZoneSummary: route53.HostedZoneSummary{
		HostedZoneId: s("ZA"), Name: s(domain + "."), Owner: &route53.HostedZoneOwner{OwningAccount: s(providerAccount)},
	}}}
	return d.states()
}

// zoneTwice describes another Region of the consumer's account, which has its zones too.
func zoneTwice(d deployment) []*described.State {
	other := newNetwork(consumerAccount, "c", "3")
	other.Region, other.Zones = "eu-west-2", d.consumer.Zones
	return append([]*described.State{other}, d.states()...)
}

func TestZoneIsThereOnce(t *testing.T) {
	d, err := described.Write(t.TempDir(), zoneTwice(newDeployment())...)
	if err != nil {
		t.Fatal(err)
	}
	zones := 0
	for _, in := range d.Inputs {
		body := must(os.ReadFile(in.Template))(t)
		zones += strings.Count(string(body), "AWS::Route53::HostedZone")
	}
	if zones != 1 {
		t.Errorf("want one zone in all templates, got %d", zones)
	}
}

func TestShapes(t *testing.T) {
	for name, tc := range map[string]struct {
		build   func(deployment) []*described.State
		client  string
		verdict reachability.Verdict
	}{
		"private DNS":                      {build: asPrivateDns(ec2.DnsNameStateVerified), verdict: reachability.Reachable},
		"private DNS that is not verified": {build: asPrivateDns(ec2.DnsNameStatePendingVerification), verdict: reachability.Blocked},
		"another Region":                   {build: inRegion("us-east-1", region), verdict: reachability.Reachable},
		"a Region that is not supported":   {build: inRegion("us-east-1"), verdict: reachability.Blocked},
		"one account":                      {build: inOneState, verdict: reachability.Reachable},
		"a zone of the provider":           {build: zoneOfProvider, verdict: reachability.Reachable},
		"a zone that two states have":      {build: zoneTwice, verdict: reachability.Reachable},
		"a CNAME in a zone above": {build: func(d deployment) []*described.State {
			zone := &d.consumer.Zones[0]
			zone.Name = s("internal.company.com.")
			zone.Records[1] = route53.ResourceRecordSet{Name: s(domain + "."), Type: route53.RRTypeCname, ResourceRecords: []route53.ResourceRecord{{Value: s(endpointName)}}}
			return d.states()
		}, verdict: reachability.Reachable},
		"a star": {build: func(d deployment) []*described.State {
			zone := &d.consumer.Zones[0]
			zone.Name, zone.Records[1].Name = s("internal.company.com."), s(`\052.pricing.internal.company.com.`)
			return d.states()
		}, verdict: reachability.Reachable},
		"a function calls": {build: func(d deployment) []*described.State {
			d.consumer.EcsServices = nil
			d.consumer.Functions = []lambda.FunctionConfiguration{{
				FunctionArn: s("arn:aws:lambda:eu-west-1:111111111111:function:checkout"),
				VpcConfig:   &lambda.VpcConfigResponse{SubnetIds: []string{"subnet-a1"}, SecurityGroupIds: []string{"sg-client"}},
			}}
			return d.states()
		}, client: "111111111111/eu-west-1/function:checkout", verdict: reachability.Reachable},
		"an instance calls": {build: func(d deployment) []*described.State {
			d.consumer.EcsServices = nil
			d.consumer.Instances = []ec2.Instance{{InstanceId: s("i-1"), SubnetId: s("subnet-a1"), SecurityGroups: []ec2.GroupIdentifier{{GroupId: s("sg-client")}}}}
			return d.states()
		}, client: "111111111111/eu-west-1/i-1", verdict: reachability.Reachable},
	} {
		t.Run(name, func(t *testing.T) {
			if tc.client == "" {
				tc.client = client
			}
			report, unread := prove(t, tc.build(newDeployment())...)
			if len(report.Answers) != 1 || report.Answers[0].Client != tc.client || report.Answers[0].Verdict != tc.verdict || len(unread) > 0 {
				t.Errorf("want that %s is %s, and nothing unread, got %q:\n%s%v", tc.client, tc.verdict, unread, report, report.Answers)
			}
		})
	}
}

// What cannot be taken into the templates is named.
func TestUnread(t *testing.T) {
	for want, edit := range map[string]func(deployment){
		"DescribeX: no answer": func(d deployment) { d.consumer.Unread = []string{"DescribeX: no answer"} },
		"vpce-svc-0b000000 is Failed": func(d deployment) {
			d.provider.Services[0].ServiceState = ec2.ServiceStateFailed
		},
		"loadbalancer/net/nlb/1 is provisioning": func(d deployment) {
			d.provider.LoadBalancers[0].State.Code = elb.LoadBalancerStateEnumProvisioning
		},
		"certificate/1 is EXPIRED": func(d deployment) { d.provider.Certificates[0].Status = acm.CertificateStatusExpired },
		"target 10.2.0.7 of targetgroup/tasks/1 is unhealthy: Target.Timeout": func(d deployment) {
			d.provider.TargetGroups[1].Targets[0].TargetHealth = &elb.TargetHealth{State: elb.TargetHealthStateEnumUnhealthy, Reason: elb.TargetHealthReasonEnumTimeout}
		},
		"zone ZX (company.com.)": func(d deployment) {
			d.consumer.ZonesElsewhere = []described.ZoneElsewhere{{VpcId: "vpc-a", HostedZoneSummary: route53.HostedZoneSummary{
				HostedZoneId: s("ZX"), Name: s("company.com."), Owner: &route53.HostedZoneOwner{OwningAccount: s("333333333333")},
			}}}
		},
		"the VPCs of private zone ZA": func(d deployment) { d.consumer.Zones[0].VPCs = nil },
		"the policy of vpce-0a":       func(d deployment) { d.consumer.Endpoints[0].PolicyDocument = s("{") },
		"0.0.0.0/0": func(d deployment) {
			table := &d.consumer.RouteTables[0]
			table.Routes = append(table.Routes, ec2.Route{DestinationCidrBlock: s("0.0.0.0/0"), NatGatewayId: s("nat-1"), State: ec2.RouteStateBlackhole})
		},
		"service/apps/checkout is DRAINING": func(d deployment) { d.consumer.EcsServices[0].Status = s("DRAINING") },
		"service/apps/pricing has task sets": func(d deployment) {
			d.provider.EcsServices[0].TaskSets = []ecs.TaskSet{{Id: s("ecs-svc/1")}}
		},
	} {
		t.Run(want, func(t *testing.T) {
			d := newDeployment()
			edit(d)
			_, unread := prove(t, d.provider, d.consumer)
			if len(unread) != 1 || !slices.ContainsFunc(unread, func(got string) bool { return strings.Contains(got, want) }) {
				t.Errorf("want one line with %q, got %q", want, unread)
			}
		})
	}
}
