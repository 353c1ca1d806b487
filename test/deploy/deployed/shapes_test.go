package deployed_test

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
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/deployed"
)

// withPrivateDns gives the service a private DNS name in a state of verification, and removes the hosted zone.
func withPrivateDns(state ec2.DnsNameState) func(deployment) []*deployed.State {
	return func(d deployment) []*deployed.State {
		d.consumer.Zones = nil
		d.consumer.Endpoints[0].PrivateDnsEnabled = aws.Bool(true)
		d.provider.Services[0].PrivateDnsName = s(domain)
		d.provider.Services[0].PrivateDnsNameConfiguration = &ec2.PrivateDnsNameConfiguration{State: state}
		return d.states()
	}
}

func (d deployment) states() []*deployed.State { return []*deployed.State{d.provider, d.consumer} }

// inAnotherRegion moves the provider to another Region.
func inAnotherRegion(supported ...string) func(deployment) []*deployed.State {
	return func(d deployment) []*deployed.State {
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

// inOneAccount puts both sides into one account.
func inOneAccount(d deployment) []*deployed.State {
	c, p := d.consumer, d.provider
	p.Account = consumerAccount
	p.Services[0].AllowedPrincipals = nil
	p.Vpcs, p.Subnets = append(p.Vpcs, c.Vpcs...), append(p.Subnets, c.Subnets...)
	p.RouteTables, p.NetworkAcls = append(p.RouteTables, c.RouteTables...), append(p.NetworkAcls, c.NetworkAcls...)
	p.SecurityGroups, p.Endpoints, p.Zones = append(p.SecurityGroups, c.SecurityGroups...), c.Endpoints, c.Zones
	p.EcsServices = append(p.EcsServices, c.EcsServices...)
	return []*deployed.State{p}
}

// zoneOfProvider makes the provider the owner of the zone that is associated with the consumer's VPC.
func zoneOfProvider(d deployment) []*deployed.State {
	d.provider.Zones, d.consumer.Zones = d.consumer.Zones, nil
	d.consumer.ForeignZones = []deployed.ForeignZone{{VpcId: "vpc-a", HostedZoneSummary: route53.HostedZoneSummary{
		HostedZoneId: s("ZA"), Name: s(domain + "."), Owner: &route53.HostedZoneOwner{OwningAccount: s(providerAccount)},
	}}}
	return d.states()
}

// zoneInTwoStates adds the state of another Region of the consumer's account, which has the same zones.
func zoneInTwoStates(d deployment) []*deployed.State {
	other := newNetwork(consumerAccount, "c", "3")
	other.Region, other.Zones = "eu-west-2", d.consumer.Zones
	return append([]*deployed.State{other}, d.states()...)
}

func TestZoneIsWrittenOnce(t *testing.T) {
	if zones := strings.Count(written(t, zoneInTwoStates(newDeployment())), "AWS::Route53::HostedZone"); zones != 1 {
		t.Errorf("want one zone in all templates, got %d", zones)
	}
}

// written returns the templates of states, without spaces.
func written(t *testing.T, states []*deployed.State) string {
	t.Helper()
	d, err := deployed.Write(t.TempDir(), states...)
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, in := range d.Inputs {
		all.WriteString(strings.Join(strings.Fields(string(must(os.ReadFile(in.Template))(t))), ""))
	}
	return all.String()
}

func TestAlpnPolicyIsWritten(t *testing.T) {
	d := newDeployment()
	listener := &d.provider.LoadBalancers[0].Listeners[0]
	listener.Protocol, listener.AlpnPolicy = elb.ProtocolEnumTls, []string{"HTTP2Only"}
	if all, want := written(t, d.states()), `"AlpnPolicy":["HTTP2Only"]`; strings.Count(all, want) != 1 {
		t.Errorf("want %s once in %s", want, all)
	}
}

func TestShapes(t *testing.T) {
	for name, tc := range map[string]struct {
		build   func(deployment) []*deployed.State
		client  string
		verdict reachability.Verdict
	}{
		"private DNS":                      {build: withPrivateDns(ec2.DnsNameStateVerified), verdict: reachability.Reachable},
		"private DNS that is not verified": {build: withPrivateDns(ec2.DnsNameStatePendingVerification), verdict: reachability.Blocked},
		"another Region":                   {build: inAnotherRegion("us-east-1", region), verdict: reachability.Reachable},
		"an unsupported Region":            {build: inAnotherRegion("us-east-1"), verdict: reachability.Blocked},
		"one account":                      {build: inOneAccount, verdict: reachability.Reachable},
		"a zone of the provider":           {build: zoneOfProvider, verdict: reachability.Reachable},
		"a zone that two states have":      {build: zoneInTwoStates, verdict: reachability.Reachable},
		"a CNAME in the zone of a parent domain": {build: func(d deployment) []*deployed.State {
			zone := &d.consumer.Zones[0]
			zone.Name = s("internal.company.com.")
			zone.Records[1] = route53.ResourceRecordSet{Name: s(domain + "."), Type: route53.RRTypeCname, ResourceRecords: []route53.ResourceRecord{{Value: s(endpointName)}}}
			return d.states()
		}, verdict: reachability.Reachable},
		"a wildcard record": {build: func(d deployment) []*deployed.State {
			zone := &d.consumer.Zones[0]
			zone.Name, zone.Records[1].Name = s("internal.company.com."), s(`\052.pricing.internal.company.com.`)
			return d.states()
		}, verdict: reachability.Reachable},
		"a function as the client": {build: func(d deployment) []*deployed.State {
			d.consumer.EcsServices = nil
			d.consumer.Functions = []lambda.FunctionConfiguration{{
				FunctionArn: s("arn:aws:lambda:eu-west-1:111111111111:function:checkout"),
				VpcConfig:   &lambda.VpcConfigResponse{SubnetIds: []string{"subnet-a1"}, SecurityGroupIds: []string{"sg-client"}},
			}}
			return d.states()
		}, client: "111111111111/eu-west-1/function:checkout", verdict: reachability.Reachable},
		"a function as the target": {build: func(d deployment) []*deployed.State {
			targetFunction(d, `{"Statement": [{"Effect": "Allow", "Action": "lambda:InvokeFunction", "Principal": {"Service": "elasticloadbalancing.amazonaws.com"}}]}`)
			return d.states()
		}, verdict: reachability.Reachable},
		"a function that load balancers may not invoke": {build: func(d deployment) []*deployed.State {
			targetFunction(d, `{"Statement": [{"Effect": "Allow", "Action": "lambda:InvokeFunction", "Principal": {"Service": "sns.amazonaws.com"}}]}`)
			return d.states()
		}, verdict: reachability.Blocked},
		"a function that load balancers may invoke under a condition": {build: func(d deployment) []*deployed.State {
			targetFunction(d, `{"Statement": [{"Effect": "Allow", "Action": "lambda:InvokeFunction", "Principal": {"Service": "elasticloadbalancing.amazonaws.com"},
				"Condition": {"ArnLike": {"AWS:SourceArn": "arn:aws:elasticloadbalancing:eu-west-1:222222222222:loadbalancer/*"}}}]}`)
			return d.states()
		}, verdict: reachability.Blocked},
		"an instance as the client": {build: func(d deployment) []*deployed.State {
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

// TestUnread has what is not in the templates, and must be listed.
func TestUnread(t *testing.T) {
	for want, edit := range map[string]func(deployment){
		"DescribeX: not implemented": func(d deployment) { d.consumer.Unread = []string{"DescribeX: not implemented"} },
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
			d.consumer.ForeignZones = []deployed.ForeignZone{{VpcId: "vpc-a", HostedZoneSummary: route53.HostedZoneSummary{
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

// A deleted service has no tasks.
func TestDeletedServiceIsNotUnread(t *testing.T) {
	d := newDeployment()
	d.consumer.EcsServices[0].Status = s("INACTIVE")
	report, unread := prove(t, d.provider, d.consumer)
	if len(unread) > 0 {
		t.Errorf("unread: %q", unread)
	}
	if text := report.String(); strings.Contains(text, "service/apps/checkout") {
		t.Errorf("a deleted service is a client:\n%s", text)
	}
}

// targetFunction makes a function with a policy the target of the route.
func targetFunction(d deployment, policy string) {
	name := "arn:aws:lambda:eu-west-1:222222222222:function:quote"
	d.provider.Functions = []lambda.FunctionConfiguration{{FunctionArn: &name}}
	d.provider.FunctionPolicies = map[string]string{name: policy}
	d.provider.EcsServices = nil
	group := &d.provider.TargetGroups[1]
	group.TargetType, group.Protocol, group.Port, group.VpcId = elb.TargetTypeEnumLambda, "", nil, nil
	group.Targets = []elb.TargetHealthDescription{{
		Target:       &elb.TargetDescription{Id: &name},
		TargetHealth: &elb.TargetHealth{State: elb.TargetHealthStateEnumUnavailable, Reason: elb.TargetHealthReasonEnumHealthCheckDisabled},
	}}
}
