package described_test

import (
	"cmp"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	acm "github.com/aws/aws-sdk-go-v2/service/acm/types"
	ec2 "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
	route53 "github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/described"
)

// wrong is one thing that is not as it should be in a deployment, and what becomes of it.
type wrong struct {
	edit func(deployment)
	is   string // blocked, if nothing is said
	hop  string
	says string
}

const (
	blocked   = "blocked"
	unknown   = "unknown"
	reachable = "reachable"
)

func group(state *described.State, id string) *ec2.SecurityGroup {
	for i := range state.SecurityGroups {
		if *state.SecurityGroups[i].GroupId == id {
			return &state.SecurityGroups[i]
		}
	}
	return nil
}

func in(id string) func(deployment) {
	return func(d deployment) {
		for _, state := range []*described.State{d.provider, d.consumer} {
			if g := group(state, id); g != nil {
				g.IpPermissions = nil
			}
		}
	}
}

func out(id string) func(deployment) {
	return func(d deployment) {
		for _, state := range []*described.State{d.provider, d.consumer} {
			if g := group(state, id); g != nil {
				g.IpPermissionsEgress = nil
			}
		}
	}
}

// denied puts an entry before the others of a network ACL.
func denied(state *described.State, egress bool, from, to int32) {
	acl := &state.NetworkAcls[0]
	acl.Entries = append(acl.Entries, ec2.NetworkAclEntry{
		RuleNumber: aws.Int32(10), Egress: &egress, Protocol: s("6"), RuleAction: ec2.RuleActionDeny, CidrBlock: s("0.0.0.0/0"),
		PortRange: &ec2.PortRange{From: &from, To: &to},
	})
}

// byState gives the two sides of the connection their states.
func byState(own, theirs string) func(deployment) {
	return func(d deployment) {
		d.consumer.Endpoints[0].State, d.provider.Connections[0].VpcEndpointState = ec2.State(own), ec2.State(theirs)
	}
}

func network() map[string]wrong {
	return map[string]wrong{
		"the client lets nothing out":  {edit: out("sg-client"), hop: reachability.HopClientEgress},
		"the endpoint lets nothing in": {edit: in("sg-endpoint"), hop: reachability.HopEndpointIngress},
		"the NLB lets nothing out":     {edit: out("sg-nlb"), hop: reachability.HopNlbEgress},
		"the ALB lets nothing in":      {edit: in("sg-alb"), hop: reachability.HopAlbIngress},
		"the ALB lets nothing out":     {edit: out("sg-alb"), hop: reachability.HopLoadBalancerEgress},
		"the task lets nothing in":     {edit: in("sg-task"), hop: reachability.HopTargetIngress},
		"the NLB holds PrivateLink back": {edit: func(d deployment) {
			d.provider.LoadBalancers[0].EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic = s("on")
		}, hop: reachability.HopNlbIngress},
		"an ACL denies requests": {edit: func(d deployment) { denied(d.consumer, false, 443, 443) }, hop: reachability.HopClientNacl, says: "acl-a"},
		"an ACL denies answers":  {edit: func(d deployment) { denied(d.provider, true, 1024, 65535) }, hop: reachability.HopNlbNacl, says: "acl-b"},
		"another group may come in": {edit: func(d deployment) {
			group(d.consumer, "sg-endpoint").IpPermissions = []ec2.IpPermission{to("sg-default-a", 443)}
		}, hop: reachability.HopEndpointIngress},
		"routes lead past an appliance": {edit: func(d deployment) {
			table := &d.consumer.RouteTables[0]
			table.Routes = append(table.Routes, ec2.Route{DestinationCidrBlock: s("10.1.1.0/24"), GatewayId: s("vpce-0f"), State: ec2.RouteStateActive})
		}, is: unknown, hop: reachability.HopRoute},
	}
}

func names() map[string]wrong {
	aliasTo := func(name string) func(deployment) {
		return func(d deployment) { d.consumer.Zones[0].Records[1].AliasTarget.DNSName = &name }
	}
	return map[string]wrong{
		"the zone answers in another VPC": {edit: func(d deployment) { d.consumer.Zones[0].VPCs[0].VPCId = s("vpc-other") }, is: unknown, hop: reachability.HopHostedZone, says: "vpc-other"},
		"the zone answers in a VPC of the provider": {
			edit: func(d deployment) { d.consumer.Zones[0].VPCs[0].VPCId = s("vpc-b") }, hop: reachability.HopHostedZone, says: "no private hosted zone",
		},
		"the VPC does not ask zones":                {edit: func(d deployment) { d.consumer.Vpcs[0].EnableDnsHostnames = false }, hop: reachability.HopHostedZone},
		"the VPC asks servers of its own":           {edit: func(d deployment) { d.consumer.Vpcs[0].DomainNameServers = []string{"10.1.0.9"} }, is: unknown, hop: reachability.HopHostedZone},
		"the record leads to what is gone":          {edit: aliasTo("vpce-0e-y1.vpce-svc-0b000000.eu-west-1.vpce.amazonaws.com."), is: unknown, hop: reachability.HopRecord, says: "vpce-0e-y1"},
		"there is no record":                        {edit: func(d deployment) { d.consumer.Zones[0].Records = d.consumer.Zones[0].Records[:1] }, hop: reachability.HopRecord},
		"the record leads to another API":           {edit: recordOfAnother, hop: reachability.HopRecord, says: "vpce-0c"},
		"the record leads to a name of another VPC": {edit: recordToNameElsewhere, is: unknown, hop: reachability.HopRecord, says: "leads to api.company.com"},
		"a zone of a stranger comes before":         {edit: zoneOfAStranger, is: unknown, hop: reachability.HopRecord, says: "records of ZX"},
	}
}

// recordOfAnother lets the name lead to an endpoint of another service.
func recordOfAnother(d deployment) {
	other := d.consumer.Endpoints[0]
	other.VpcEndpointId, other.ServiceName = s("vpce-0c"), s("com.amazonaws.vpce.eu-west-1.vpce-svc-0c000000")
	other.DnsEntries = []ec2.DnsEntry{{DnsName: s("vpce-0c-y1.vpce.amazonaws.com"), HostedZoneId: s(endpointZone)}}
	d.consumer.Endpoints = append(d.consumer.Endpoints, other)
	d.consumer.Zones[0].Records[1].AliasTarget.DNSName = s("vpce-0c-y1.vpce.amazonaws.com.")
	service := d.provider.Services[0]
	service.ServiceId, service.ServiceName = s("vpce-svc-0c000000"), s("com.amazonaws.vpce.eu-west-1.vpce-svc-0c000000")
	d.provider.Services = append(d.provider.Services, service)
}

// recordToNameElsewhere lets the name lead to one that is the private DNS name of an endpoint in another VPC.
func recordToNameElsewhere(d deployment) {
	other := d.consumer.Endpoints[0]
	other.VpcEndpointId, other.VpcId, other.SubnetIds = s("vpce-0d"), s("vpc-b"), []string{"subnet-b1"}
	other.DnsEntries = []ec2.DnsEntry{{DnsName: s("api.company.com"), HostedZoneId: s("ZD")}}
	d.provider.Endpoints = []ec2.VpcEndpoint{other}
	zone := &d.consumer.Zones[0]
	zone.Name = s("internal.company.com.")
	zone.Records[1].Type, zone.Records[1].AliasTarget = route53.RRTypeCname, nil
	zone.Records[1].ResourceRecords = []route53.ResourceRecord{{Value: s("api.company.com")}}
}

// zoneOfAStranger lets a more specific zone of an account that is not described answer.
func zoneOfAStranger(d deployment) {
	d.consumer.Zones[0].Name = s("internal.company.com.")
	d.consumer.ZonesElsewhere = []described.ZoneElsewhere{{VpcId: "vpc-a", HostedZoneSummary: route53.HostedZoneSummary{
		HostedZoneId: s("ZX"), Name: s(domain + "."), Owner: &route53.HostedZoneOwner{OwningAccount: s("333333333333")},
	}}}
}

func privateLink() map[string]wrong {
	nobody := func(d deployment) { d.provider.Services[0].AllowedPrincipals = nil }
	return map[string]wrong{
		"the provider has not accepted": {edit: byState("pendingAcceptance", "pendingAcceptance"), hop: reachability.HopAcceptance, says: "has not accepted"},
		"the provider rejected":         {edit: byState("rejected", "rejected"), hop: reachability.HopAcceptance, says: "rejected"},
		"the endpoint is deleted":       {edit: byState("deleted", "deleted"), hop: reachability.HopAcceptance, says: "deleted"},
		"the provider says otherwise":   {edit: byState("available", "rejected"), hop: reachability.HopAcceptance, says: "rejected"},
		"the consumer says otherwise":   {edit: byState("failed", "available"), hop: reachability.HopAcceptance, says: "failed"},
		"the account is not allowed": {edit: func(d deployment) {
			nobody(d)
			d.provider.Connections = nil
		}, hop: reachability.HopAllowedPrincipal},
		"acceptance is required, and nobody says whether it was given": {edit: func(d deployment) {
			d.provider.Services[0].AcceptanceRequired = aws.Bool(true)
			d.provider.Connections = nil
		}, is: unknown, hop: reachability.HopAcceptance},
		"the account is allowed no longer": {edit: nobody, is: reachable},
		"a subnet is in no zone of the NLB": {
			edit: func(d deployment) { d.consumer.Subnets[1].AvailabilityZoneId = s("euw1-az3") }, hop: reachability.HopEndpointZones, says: "euw1-az3",
		},
		"the service is not described": {edit: func(d deployment) { d.provider.Services = nil }, is: unknown, hop: reachability.HopEndpointService},
		"the service is being deleted": {edit: func(d deployment) { d.provider.Services[0].ServiceState = ec2.ServiceStateDeleting }, is: unknown, hop: reachability.HopEndpointService},
		"nobody says about acceptance": {edit: func(d deployment) { d.provider.Services[0].AcceptanceRequired, d.provider.Connections = nil, nil }, is: unknown, hop: reachability.HopAcceptance},
		"the principal is another's too": {edit: func(d deployment) {
			d.provider.Services[0].AllowedPrincipals[0].Principal = s("arn:aws:iam::999999999999:root")
			d.provider.Connections = nil
		}, hop: reachability.HopAllowedPrincipal},
	}
}

func loadBalancers() map[string]wrong {
	return map[string]wrong{
		"the NLB has no listener":   {edit: func(d deployment) { d.provider.LoadBalancers[0].Listeners = nil }, hop: reachability.HopNlbListener},
		"the NLB listens elsewhere": {edit: func(d deployment) { d.provider.LoadBalancers[0].Listeners[0].Port = aws.Int32(8443) }, hop: reachability.HopNlbListener},
		"the NLB is not active":     {edit: func(d deployment) { d.provider.LoadBalancers[0].State.Code = elb.LoadBalancerStateEnumFailed }, is: unknown, hop: reachability.HopNlbListener},
		"the target group has another port": {edit: func(d deployment) {
			d.provider.TargetGroups[0].Port, d.provider.TargetGroups[0].Targets[0].Target.Port = aws.Int32(80), aws.Int32(80)
		}, hop: reachability.HopNlbTargetGroup},
		"the ALB is not registered": {edit: func(d deployment) { d.provider.TargetGroups[0].Targets = nil }, is: unknown, hop: reachability.HopNlbTargetGroup},
		"the ALB is draining": {edit: func(d deployment) {
			d.provider.TargetGroups[0].Targets[0].TargetHealth.State = elb.TargetHealthStateEnumDraining
		}, is: unknown, hop: reachability.HopNlbTargetGroup},
		"health is checked by HTTP":     {edit: func(d deployment) { d.provider.TargetGroups[0].HealthCheckProtocol = elb.ProtocolEnumHttp }, hop: reachability.HopNlbHealthCheck},
		"the certificate is for others": {edit: func(d deployment) { d.provider.Certificates[0].DomainName = s("api.company.com") }, hop: reachability.HopCertificate},
		"the rule answers":              {edit: func(d deployment) { d.provider.LoadBalancers[1].Listeners[0].Rules[1].Actions = answer("503") }, hop: reachability.HopAlbRule},
		"a target is of nobody":         {edit: func(d deployment) { d.provider.EcsServices[0].Addresses = nil }, is: unknown, hop: reachability.HopTargetIngress, says: "10.2.0.7"},
		"the container listens elsewhere": {edit: func(d deployment) {
			d.provider.TaskDefinitions[0].ContainerDefinitions[0].PortMappings[0].ContainerPort = aws.Int32(80)
		}, hop: reachability.HopTarget},
		"the service runs no task":           {edit: func(d deployment) { d.provider.EcsServices[0].DesiredCount = 0 }, hop: reachability.HopTarget},
		"a machine with another group":       {edit: machine("sg-default-b"), hop: reachability.HopLoadBalancerEgress},
		"a machine with the tasks' group":    {edit: machine("sg-task"), is: reachable},
		"what a service of AWS holds":        {edit: managed, is: unknown, hop: reachability.HopTargetIngress},
		"the certificate is not issued":      {edit: func(d deployment) { d.provider.Certificates[0].Status = acm.CertificateStatusExpired }, is: unknown, hop: reachability.HopCertificate},
		"more than one certificate, of each": {edit: moreCertificates, is: reachable},
	}
}

// machine registers a machine beside the tasks, by its address.
func machine(group string) func(deployment) {
	return func(d deployment) {
		g := &d.provider.TargetGroups[1]
		g.Targets = append(g.Targets, newTargets(taskTargets, elb.TargetTypeEnumIp, elb.ProtocolEnumHttp, 8080, "10.2.1.9").Targets...)
		d.provider.NetworkInterfaces = []ec2.NetworkInterface{{
			NetworkInterfaceId: s("eni-1"), VpcId: s("vpc-b"), SubnetId: s("subnet-b2"), PrivateIpAddress: s("10.2.1.9"),
			Groups: []ec2.GroupIdentifier{{GroupId: &group}},
		}}
	}
}

func managed(d deployment) {
	machine("sg-task")(d)
	d.provider.NetworkInterfaces[0].RequesterManaged = aws.Bool(true)
}

func moreCertificates(d deployment) {
	d.provider.Certificates[0].DomainName = s("api.company.com")
	more := certificate + "2"
	d.provider.Certificates = append(d.provider.Certificates, acm.CertificateDetail{
		CertificateArn: &more, DomainName: s("company.com"), SubjectAlternativeNames: []string{domain}, Status: acm.CertificateStatusIssued,
	})
	l := &d.provider.LoadBalancers[1].Listeners[0]
	l.Certificates = append(l.Certificates, elb.Certificate{CertificateArn: &more})
}

func TestWhatIsWrong(t *testing.T) {
	for _, cases := range []map[string]wrong{network(), names(), privateLink(), loadBalancers()} {
		for name, tc := range cases {
			t.Run(name, func(t *testing.T) { tc.check(t) })
		}
	}
}

func (w wrong) check(t *testing.T) {
	t.Helper()
	d := newDeployment()
	w.edit(d)
	report, unread := prove(t, d.provider, d.consumer)
	want, asked := cmp.Or(w.is, blocked), 0
	for _, a := range report.Answers {
		if a.Client != client {
			continue
		}
		asked++
		decisive := a.Decisive()
		if a.Verdict.String() != want || w.hop != "" && decisive.Name != w.hop || !strings.Contains(decisive.Message, w.says) {
			t.Errorf("want %s at %q with %q, unread %q:\n%s", want, w.hop, w.says, unread, a)
		}
	}
	if asked == 0 {
		t.Errorf("no answer for %s:\n%s", client, report)
	}
}
