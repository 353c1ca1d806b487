package deployed_test

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
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/deployed"
)

// fault is one fault of a deployment, and what the proof must find.
type fault struct {
	edit    func(deployment)
	verdict string // blocked by default
	hop     string
	message string // a part of it
}

const (
	blocked   = "blocked"
	unknown   = "unknown"
	reachable = "reachable"
)

func group(state *deployed.State, id string) *ec2.SecurityGroup {
	for i := range state.SecurityGroups {
		if *state.SecurityGroups[i].GroupId == id {
			return &state.SecurityGroups[i]
		}
	}
	return nil
}

func withoutIngress(id string) func(deployment) {
	return func(d deployment) {
		for _, state := range []*deployed.State{d.provider, d.consumer} {
			if g := group(state, id); g != nil {
				g.IpPermissions = nil
			}
		}
	}
}

func withoutEgress(id string) func(deployment) {
	return func(d deployment) {
		for _, state := range []*deployed.State{d.provider, d.consumer} {
			if g := group(state, id); g != nil {
				g.IpPermissionsEgress = nil
			}
		}
	}
}

// deny adds an entry to a network ACL that is evaluated before the others.
func deny(state *deployed.State, egress bool, from, to int32) {
	acl := &state.NetworkAcls[0]
	acl.Entries = append(acl.Entries, ec2.NetworkAclEntry{
		RuleNumber: aws.Int32(10), Egress: &egress, Protocol: s("6"), RuleAction: ec2.RuleActionDeny, CidrBlock: s("0.0.0.0/0"),
		PortRange: &ec2.PortRange{From: &from, To: &to},
	})
}

// connectionStates sets the states of the connection on its two sides.
func connectionStates(consumerSide, providerSide string) func(deployment) {
	return func(d deployment) {
		d.consumer.Endpoints[0].State, d.provider.Connections[0].VpcEndpointState = ec2.State(consumerSide), ec2.State(providerSide)
	}
}

func network() map[string]fault {
	return map[string]fault{
		"the client has no egress":    {edit: withoutEgress("sg-client"), hop: reachability.HopClientEgress},
		"the endpoint has no ingress": {edit: withoutIngress("sg-endpoint"), hop: reachability.HopEndpointIngress},
		"the NLB has no egress":       {edit: withoutEgress("sg-nlb"), hop: reachability.HopNlbEgress},
		"the ALB has no ingress":      {edit: withoutIngress("sg-alb"), hop: reachability.HopAlbIngress},
		"the ALB has no egress":       {edit: withoutEgress("sg-alb"), hop: reachability.HopLoadBalancerEgress},
		"the task has no ingress":     {edit: withoutIngress("sg-task"), hop: reachability.HopTargetIngress},
		"the NLB enforces inbound rules on PrivateLink": {edit: func(d deployment) {
			d.provider.LoadBalancers[0].EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic = s("on")
		}, hop: reachability.HopNlbIngress},
		"an ACL denies requests":  {edit: func(d deployment) { deny(d.consumer, false, 443, 443) }, hop: reachability.HopClientNacl, message: "acl-a"},
		"an ACL denies responses": {edit: func(d deployment) { deny(d.provider, true, 1024, 65535) }, hop: reachability.HopNlbNacl, message: "acl-b"},
		"the endpoint allows another group": {edit: func(d deployment) {
			group(d.consumer, "sg-endpoint").IpPermissions = []ec2.IpPermission{to("sg-default-a", 443)}
		}, hop: reachability.HopEndpointIngress},
		"a route goes through an appliance": {edit: func(d deployment) {
			table := &d.consumer.RouteTables[0]
			table.Routes = append(table.Routes, ec2.Route{DestinationCidrBlock: s("10.1.1.0/24"), GatewayId: s("vpce-0f"), State: ec2.RouteStateActive})
		}, verdict: unknown, hop: reachability.HopRoute},
		"a gateway endpoint has a route": {edit: func(d deployment) {
			table := &d.consumer.RouteTables[0]
			table.Routes = append(table.Routes, ec2.Route{DestinationPrefixListId: s("pl-0a"), GatewayId: s("vpce-0f"), State: ec2.RouteStateActive})
			d.consumer.Endpoints = append(d.consumer.Endpoints, ec2.VpcEndpoint{
				VpcEndpointId: s("vpce-0f"), VpcId: s("vpc-a"), ServiceName: s("com.amazonaws.eu-west-1.s3"), VpcEndpointType: ec2.VpcEndpointTypeGateway,
			})
		}, verdict: reachable},
	}
}

func names() map[string]fault {
	aliasTo := func(name string) func(deployment) {
		return func(d deployment) { d.consumer.Zones[0].Records[1].AliasTarget.DNSName = &name }
	}
	return map[string]fault{
		"the zone is associated with another VPC": {edit: func(d deployment) { d.consumer.Zones[0].VPCs[0].VPCId = s("vpc-other") }, verdict: unknown, hop: reachability.HopHostedZone, message: "vpc-other"},
		"the zone is associated with a VPC of the provider": {
			edit: func(d deployment) { d.consumer.Zones[0].VPCs[0].VPCId = s("vpc-b") }, hop: reachability.HopHostedZone, message: "no private hosted zone",
		},
		"the VPC does not use hosted zones":                  {edit: func(d deployment) { d.consumer.Vpcs[0].EnableDnsHostnames = false }, hop: reachability.HopHostedZone},
		"the VPC uses DNS servers of its own":                {edit: func(d deployment) { d.consumer.Vpcs[0].DomainNameServers = []string{"10.1.0.9"} }, verdict: unknown, hop: reachability.HopHostedZone},
		"the record has an endpoint that does not exist":     {edit: aliasTo("vpce-0e-y1.vpce-svc-0b000000.eu-west-1.vpce.amazonaws.com."), verdict: unknown, hop: reachability.HopRecord, message: "vpce-0e-y1"},
		"there is no record":                                 {edit: func(d deployment) { d.consumer.Zones[0].Records = d.consumer.Zones[0].Records[:1] }, hop: reachability.HopRecord},
		"the record has the endpoint of another API":         {edit: recordToAnotherApi, hop: reachability.HopRecord, message: "vpce-0c"},
		"the record has a name that resolves in another VPC": {edit: recordToNameInAnotherVpc, verdict: unknown, hop: reachability.HopRecord, message: "leads to api.company.com"},
		"a zone of an unknown account is more specific":      {edit: zoneOfUnknownAccount, verdict: unknown, hop: reachability.HopRecord, message: "records of ZX"},
	}
}

// recordToAnotherApi makes the name resolve to an endpoint of another service.
func recordToAnotherApi(d deployment) {
	other := d.consumer.Endpoints[0]
	other.VpcEndpointId, other.ServiceName = s("vpce-0c"), s("com.amazonaws.vpce.eu-west-1.vpce-svc-0c000000")
	other.DnsEntries = []ec2.DnsEntry{{DnsName: s("vpce-0c-y1.vpce.amazonaws.com"), HostedZoneId: s(endpointZone)}}
	d.consumer.Endpoints = append(d.consumer.Endpoints, other)
	d.consumer.Zones[0].Records[1].AliasTarget.DNSName = s("vpce-0c-y1.vpce.amazonaws.com.")
	service := d.provider.Services[0]
	service.ServiceId, service.ServiceName = s("vpce-svc-0c000000"), s("com.amazonaws.vpce.eu-west-1.vpce-svc-0c000000")
	d.provider.Services = append(d.provider.Services, service)
}

// recordToNameInAnotherVpc makes the name resolve to the private DNS name of an endpoint in another VPC.
func recordToNameInAnotherVpc(d deployment) {
	other := d.consumer.Endpoints[0]
	other.VpcEndpointId, other.VpcId, other.SubnetIds = s("vpce-0d"), s("vpc-b"), []string{"subnet-b1"}
	other.DnsEntries = []ec2.DnsEntry{{DnsName: s("api.company.com"), HostedZoneId: s("ZD")}}
	d.provider.Endpoints = []ec2.VpcEndpoint{other}
	zone := &d.consumer.Zones[0]
	zone.Name = s("internal.company.com.")
	zone.Records[1].Type, zone.Records[1].AliasTarget = route53.RRTypeCname, nil
	zone.Records[1].ResourceRecords = []route53.ResourceRecord{{Value: s("api.company.com")}}
}

// zoneOfUnknownAccount adds a more specific zone of an account that was not read.
func zoneOfUnknownAccount(d deployment) {
	d.consumer.Zones[0].Name = s("internal.company.com.")
	d.consumer.ForeignZones = []deployed.ForeignZone{{VpcId: "vpc-a", HostedZoneSummary: route53.HostedZoneSummary{
		HostedZoneId: s("ZX"), Name: s(domain + "."), Owner: &route53.HostedZoneOwner{OwningAccount: s("333333333333")},
	}}}
}

func privateLink() map[string]fault {
	noPrincipals := func(d deployment) { d.provider.Services[0].AllowedPrincipals = nil }
	return map[string]fault{
		"the provider has not accepted":              {edit: connectionStates("pendingAcceptance", "pendingAcceptance"), hop: reachability.HopAcceptance, message: "has not accepted"},
		"the provider rejected":                      {edit: connectionStates("rejected", "rejected"), hop: reachability.HopAcceptance, message: "rejected"},
		"the endpoint is deleted":                    {edit: connectionStates("deleted", "deleted"), hop: reachability.HopAcceptance, message: "deleted"},
		"it is rejected on the provider's side only": {edit: connectionStates("available", "rejected"), hop: reachability.HopAcceptance, message: "rejected"},
		"it has failed on the consumer's side only":  {edit: connectionStates("failed", "available"), hop: reachability.HopAcceptance, message: "failed"},
		"the account is not allowed": {edit: func(d deployment) {
			noPrincipals(d)
			d.provider.Connections = nil
		}, hop: reachability.HopAllowedPrincipal},
		"acceptance is required, and the connection is unknown": {edit: func(d deployment) {
			d.provider.Services[0].AcceptanceRequired = aws.Bool(true)
			d.provider.Connections = nil
		}, verdict: unknown, hop: reachability.HopAcceptance},
		"the account is not allowed any more": {edit: noPrincipals, verdict: reachable},
		"a subnet is not in a zone of the NLB": {
			edit: func(d deployment) { d.consumer.Subnets[1].AvailabilityZoneId = s("euw1-az3") }, hop: reachability.HopEndpointZones, message: "euw1-az3",
		},
		"the service was not read":                  {edit: func(d deployment) { d.provider.Services = nil }, verdict: unknown, hop: reachability.HopEndpointService},
		"the service is being deleted":              {edit: func(d deployment) { d.provider.Services[0].ServiceState = ec2.ServiceStateDeleting }, verdict: unknown, hop: reachability.HopEndpointService},
		"whether acceptance is required is unknown": {edit: func(d deployment) { d.provider.Services[0].AcceptanceRequired, d.provider.Connections = nil, nil }, verdict: unknown, hop: reachability.HopAcceptance},
		"another account is allowed": {edit: func(d deployment) {
			d.provider.Services[0].AllowedPrincipals[0].Principal = s("arn:aws:iam::999999999999:root")
			d.provider.Connections = nil
		}, hop: reachability.HopAllowedPrincipal},
	}
}

func loadBalancers() map[string]fault {
	return map[string]fault{
		"the NLB has no listener":         {edit: func(d deployment) { d.provider.LoadBalancers[0].Listeners = nil }, hop: reachability.HopNlbListener},
		"the NLB listens on another port": {edit: func(d deployment) { d.provider.LoadBalancers[0].Listeners[0].Port = aws.Int32(8443) }, hop: reachability.HopNlbListener},
		"the NLB is not active":           {edit: func(d deployment) { d.provider.LoadBalancers[0].State.Code = elb.LoadBalancerStateEnumFailed }, verdict: unknown, hop: reachability.HopNlbListener},
		"the target group has another port": {edit: func(d deployment) {
			d.provider.TargetGroups[0].Port, d.provider.TargetGroups[0].Targets[0].Target.Port = aws.Int32(80), aws.Int32(80)
		}, hop: reachability.HopNlbTargetGroup},
		"the ALB is not registered": {edit: func(d deployment) { d.provider.TargetGroups[0].Targets = nil }, verdict: unknown, hop: reachability.HopNlbTargetGroup},
		"the ALB is draining": {edit: func(d deployment) {
			d.provider.TargetGroups[0].Targets[0].TargetHealth.State = elb.TargetHealthStateEnumDraining
		}, verdict: unknown, hop: reachability.HopNlbTargetGroup},
		"health is checked by HTTP":        {edit: func(d deployment) { d.provider.TargetGroups[0].HealthCheckProtocol = elb.ProtocolEnumHttp }, hop: reachability.HopNlbHealthCheck},
		"the certificate has another name": {edit: func(d deployment) { d.provider.Certificates[0].DomainName = s("api.company.com") }, hop: reachability.HopCertificate},
		"the rule has a fixed response":    {edit: func(d deployment) { d.provider.LoadBalancers[1].Listeners[0].Rules[1].Actions = answer("503") }, hop: reachability.HopAlbRule},
		"a target has an unknown address":  {edit: func(d deployment) { d.provider.EcsServices[0].Addresses = nil }, verdict: unknown, hop: reachability.HopTargetIngress, message: "10.2.0.7"},
		"the container listens on another port": {edit: func(d deployment) {
			d.provider.TaskDefinitions[0].ContainerDefinitions[0].PortMappings[0].ContainerPort = aws.Int32(80)
		}, hop: reachability.HopTarget},
		"the service runs no tasks":         {edit: func(d deployment) { d.provider.EcsServices[0].DesiredCount = 0 }, hop: reachability.HopTarget},
		"an instance with another group":    {edit: withInstance("sg-default-b"), hop: reachability.HopLoadBalancerEgress},
		"an instance with the tasks' group": {edit: withInstance("sg-task"), verdict: reachable},
		"an interface that AWS manages":     {edit: managed, verdict: unknown, hop: reachability.HopTargetIngress},
		"the certificate is not issued":     {edit: func(d deployment) { d.provider.Certificates[0].Status = acm.CertificateStatusExpired }, verdict: unknown, hop: reachability.HopCertificate},
		"several certificates":              {edit: moreCertificates, verdict: reachable},
	}
}

// withInstance registers an instance beside the tasks, by its address.
func withInstance(group string) func(deployment) {
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
	withInstance("sg-task")(d)
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

func TestFaults(t *testing.T) {
	for _, cases := range []map[string]fault{network(), names(), privateLink(), loadBalancers()} {
		for name, tc := range cases {
			t.Run(name, func(t *testing.T) { tc.check(t) })
		}
	}
}

func (f fault) check(t *testing.T) {
	t.Helper()
	d := newDeployment()
	f.edit(d)
	report, unread := prove(t, d.provider, d.consumer)
	want, count := cmp.Or(f.verdict, blocked), 0
	for _, a := range report.Answers {
		if a.Client != client {
			continue
		}
		count++
		decisive := a.Decisive()
		if a.Verdict.String() != want || f.hop != "" && decisive.Name != f.hop || !strings.Contains(decisive.Message, f.message) {
			t.Errorf("want %s at %q with %q, unread %q:\n%s", want, f.hop, f.message, unread, a)
		}
	}
	if count == 0 {
		t.Errorf("no answer for %s:\n%s", client, report)
	}
}
