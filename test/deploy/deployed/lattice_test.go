package deployed_test

import (
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	acm "github.com/aws/aws-sdk-go-v2/service/acm/types"
	ec2 "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	ecs "github.com/aws/aws-sdk-go-v2/service/ecs/types"
	iam "github.com/aws/aws-sdk-go-v2/service/iam/types"
	ram "github.com/aws/aws-sdk-go-v2/service/ram/types"
	route53 "github.com/aws/aws-sdk-go-v2/service/route53/types"
	"github.com/aws/aws-sdk-go-v2/service/vpclattice"
	lattice "github.com/aws/aws-sdk-go-v2/service/vpclattice/types"

	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/deployed"
)

const (
	latticeArn   = "arn:aws:vpc-lattice:eu-west-1:222222222222:"
	latticeHost  = "pricing-0a.7d67968.vpc-lattice-svcs.eu-west-1.on.aws"
	latticeSvc   = latticeArn + "service/svc-0a"
	latticeGroup = latticeArn + "targetgroup/tg-0a"
	meshArn      = "arn:aws:vpc-lattice:eu-west-1:111111111111:servicenetwork/sn-0a"
	prefixList   = "pl-0721453c7ac4ec009"
)

// newLatticeDeployment is the API over VPC Lattice: the provider shares its service, and the consumer has the service network.
func newLatticeDeployment() deployment {
	p := newNetwork(providerAccount, "b", "2", "eu-west-1a", "eu-west-1b")
	p.SecurityGroups = append(p.SecurityGroups, newGroup("sg-task", "vpc-b", from(prefixList, 8080), none))
	service := newService(providerAccount, "pricing", "sg-task", "subnet-b1", "subnet-b2")
	service.TaskDefinition, service.Addresses = s(taskDefinition), []string{"10.2.0.7"}
	service.Deployments = []ecs.Deployment{{Status: s("PRIMARY"), VpcLatticeConfigurations: []ecs.VpcLatticeConfiguration{
		{PortName: s("http"), TargetGroupArn: s(latticeGroup), RoleArn: s("arn:aws:iam::222222222222:role/ecs")},
	}}}
	p.EcsServices = []deployed.EcsService{service}
	p.TaskDefinitions = []ecs.TaskDefinition{{
		TaskDefinitionArn: s(taskDefinition), NetworkMode: ecs.NetworkModeAwsvpc, ContainerDefinitions: []ecs.ContainerDefinition{
			{Name: s("app"), PortMappings: []ecs.PortMapping{{Name: s("http"), ContainerPort: aws.Int32(8080)}}},
		},
	}}
	p.Certificates = []acm.CertificateDetail{{CertificateArn: s(certificate), DomainName: s(domain), Status: acm.CertificateStatusIssued}}
	p.LatticeTargetGroups = []deployed.LatticeTargetGroup{newLatticeTargets("10.2.0.7")}
	p.LatticeServices = []deployed.LatticeService{newLatticeService()}
	association := newServiceAssociation()
	p.ServiceAssociations = []lattice.ServiceNetworkServiceAssociationSummary{association}
	p.Shares = []deployed.Share{{
		ResourceShare: ram.ResourceShare{ResourceShareArn: s("arn:aws:ram:eu-west-1:222222222222:resource-share/1"), Name: s("pricing"), AllowExternalPrincipals: aws.Bool(false)},
		Resources:     []ram.ResourceShareAssociation{{AssociatedEntity: s(latticeSvc), Status: ram.ResourceShareAssociationStatusAssociated}},
		Principals:    []ram.ResourceShareAssociation{{AssociatedEntity: s(consumerAccount), Status: ram.ResourceShareAssociationStatusAssociated}},
	}}

	c := newConsumer()
	c.Endpoints = nil
	c.SecurityGroups = append(c.SecurityGroups[:1], newGroup("sg-client", "vpc-a", none, from(prefixList, 443)), newGroup("sg-mesh", "vpc-a", to("sg-client", 443), none))
	c.Zones[0].Records[1].AliasTarget = &route53.AliasTarget{DNSName: s(latticeHost + "."), HostedZoneId: s("ZL")}
	c.ServiceNetworks = []deployed.ServiceNetwork{{GetServiceNetworkOutput: vpclattice.GetServiceNetworkOutput{
		Id: s("sn-0a"), Arn: s(meshArn), AuthType: lattice.AuthTypeNone, SharingConfig: &lattice.SharingConfig{Enabled: aws.Bool(true)},
	}}}
	c.VpcAssociations = []vpclattice.GetServiceNetworkVpcAssociationOutput{{
		Id: s("snva-0a"), ServiceNetworkArn: s(meshArn), VpcId: s("vpc-a"), SecurityGroupIds: []string{"sg-mesh"},
		CreatedBy: s(consumerAccount), Status: lattice.ServiceNetworkVpcAssociationStatusActive,
	}}
	c.ServiceAssociations = []lattice.ServiceNetworkServiceAssociationSummary{association}
	return deployment{p, c}
}

// from is the permission for a prefix list on a port.
func from(list string, port int32) ec2.IpPermission {
	return ec2.IpPermission{IpProtocol: s("tcp"), FromPort: &port, ToPort: &port, PrefixListIds: []ec2.PrefixListId{{PrefixListId: &list}}}
}

func newLatticeTargets(addresses ...string) deployed.LatticeTargetGroup {
	g := deployed.LatticeTargetGroup{GetTargetGroupOutput: vpclattice.GetTargetGroupOutput{
		Id: s("tg-0a"), Arn: s(latticeGroup), Type: lattice.TargetGroupTypeIp, Config: &lattice.TargetGroupConfig{
			Port: aws.Int32(8080), Protocol: lattice.TargetGroupProtocolHttp, VpcIdentifier: s("vpc-b"), ProtocolVersion: lattice.TargetGroupProtocolVersionHttp1,
			HealthCheck: &lattice.HealthCheckConfig{Enabled: aws.Bool(true), Path: s("/health"), Matcher: &lattice.MatcherMemberHttpCode{Value: "200"}},
		},
	}}
	for _, address := range addresses {
		g.Targets = append(g.Targets, lattice.TargetSummary{Id: &address, Port: aws.Int32(8080), Status: lattice.TargetStatusHealthy})
	}
	return g
}

func newLatticeService() deployed.LatticeService {
	forward := &lattice.RuleActionMemberForward{Value: lattice.ForwardAction{TargetGroups: []lattice.WeightedTargetGroup{
		{TargetGroupIdentifier: s("tg-0a"), Weight: aws.Int32(100)},
	}}}
	return deployed.LatticeService{
		GetServiceOutput: vpclattice.GetServiceOutput{
			Id: s("svc-0a"), Arn: s(latticeSvc), AuthType: lattice.AuthTypeAwsIam, Status: lattice.ServiceStatusActive, CustomDomainName: s(domain),
			CertificateArn: s(certificate), DnsEntry: &lattice.DnsEntry{DomainName: s(latticeHost), HostedZoneId: s("ZL")},
		},
		Policy: &vpclattice.GetAuthPolicyOutput{Policy: s(`{"Statement":[{"Effect":"Allow","Principal":"*","Action":"vpc-lattice-svcs:Invoke","Resource":"*"}]}`)},
		Listeners: []deployed.LatticeListener{{
			GetListenerOutput: vpclattice.GetListenerOutput{
				Id: s("listener-0a"), Arn: s(latticeSvc + "/listener/listener-0a"), Protocol: lattice.ListenerProtocolHttps, Port: aws.Int32(443),
				DefaultAction: &lattice.RuleActionMemberFixedResponse{Value: lattice.FixedResponseAction{StatusCode: aws.Int32(404)}},
			},
			Rules: []vpclattice.GetRuleOutput{{
				Id: s("rule-0a"), Priority: aws.Int32(10), Action: forward, Match: &lattice.RuleMatchMemberHttpMatch{Value: lattice.HttpMatch{
					Method: s("GET"), PathMatch: &lattice.PathMatch{Match: &lattice.PathMatchTypeMemberPrefix{Value: "/v1"}},
					HeaderMatches: []lattice.HeaderMatch{{Name: s("x-tier"), Match: &lattice.HeaderMatchTypeMemberContains{Value: "gold"}, CaseSensitive: aws.Bool(true)}},
				}},
			}},
		}},
	}
}

func newServiceAssociation() lattice.ServiceNetworkServiceAssociationSummary {
	return lattice.ServiceNetworkServiceAssociationSummary{
		Id: s("snsa-0a"), ServiceNetworkArn: s(meshArn), ServiceArn: s(latticeSvc), ServiceId: s("svc-0a"), CreatedBy: s(consumerAccount),
		DnsEntry: &lattice.DnsEntry{DomainName: s(latticeHost), HostedZoneId: s("ZL")}, Status: lattice.ServiceNetworkServiceAssociationStatusActive,
	}
}

type (
	resource struct {
		Type       string
		Properties map[string]any
	}
	templates map[string]map[string]resource // by account
)

func resourcesOf(t *testing.T, states ...*deployed.State) (result templates, unread []string) {
	t.Helper()
	all := must(deployed.Write(t.TempDir(), states...))(t)
	result = templates{}
	for _, in := range all.Inputs {
		read := struct{ Resources map[string]resource }{}
		if err := json.Unmarshal(must(os.ReadFile(in.Template))(t), &read); err != nil {
			t.Fatal(err)
		}
		result[in.Account] = read.Resources
	}
	return result, all.Unread
}

// TestLatticeTemplates has the resources of VPC Lattice as the proof reads them: with the names of CloudFormation, and with
// references, those to another account from a parameter to an output.
func TestLatticeTemplates(t *testing.T) {
	d := newLatticeDeployment()
	got, unread := resourcesOf(t, d.states()...)
	if len(unread) > 0 {
		t.Errorf("unread: %q", unread)
	}
	const ofProvider, ofMesh = `{"Ref": "222222222222/eu-west-1 svc-0a:Ref"}`, `{"Ref": "sn-0a"}`
	for _, tc := range []struct{ account, id, want string }{
		{providerAccount, "svc-0a", `{"AuthType": "AWS_IAM", "CustomDomainName": "` + domain + `", "CertificateArn": {"Ref": "certificate/1"}}`},
		{providerAccount, "svc-0a policy", `{"ResourceIdentifier": {"Ref": "svc-0a"}, "Policy": {"Statement": [
			{"Effect": "Allow", "Principal": "*", "Action": "vpc-lattice-svcs:Invoke", "Resource": "*"}]}}`},
		{providerAccount, "listener-0a", `{"ServiceIdentifier": {"Ref": "svc-0a"}, "Protocol": "HTTPS", "Port": 443, "DefaultAction": {"FixedResponse": {"StatusCode": 404}}}`},
		{providerAccount, "rule-0a", `{"ServiceIdentifier": {"Ref": "svc-0a"}, "ListenerIdentifier": {"Ref": "listener-0a"}, "Priority": 10,
			"Action": {"Forward": {"TargetGroups": [{"TargetGroupIdentifier": {"Ref": "tg-0a"}, "Weight": 100}]}},
			"Match": {"HttpMatch": {"Method": "GET", "PathMatch": {"Match": {"Prefix": "/v1"}, "CaseSensitive": false},
				"HeaderMatches": [{"Name": "x-tier", "Match": {"Contains": "gold"}, "CaseSensitive": true}]}}}`},
		{providerAccount, "tg-0a", `{"Type": "IP", "Config": {"Port": 8080, "Protocol": "HTTP", "ProtocolVersion": "HTTP1", "VpcIdentifier": {"Ref": "vpc-b"},
			"HealthCheck": {"Enabled": true, "Path": "/health", "Matcher": {"HttpCode": "200"}}}}`},
		{providerAccount, "resource-share/1", `{"Name": "pricing", "ResourceArns": [{"Ref": "svc-0a"}], "Principals": ["111111111111"], "AllowExternalPrincipals": false}`},
		{consumerAccount, "sn-0a", `{"AuthType": "NONE", "SharingConfig": {"enabled": true}}`},
		{consumerAccount, "snva-0a", `{"ServiceNetworkIdentifier": ` + ofMesh + `, "VpcIdentifier": {"Ref": "vpc-a"}, "SecurityGroupIds": [{"Ref": "sg-mesh"}]}`},
		{consumerAccount, "snsa-0a", `{"ServiceNetworkIdentifier": ` + ofMesh + `, "ServiceIdentifier": ` + ofProvider + `}`},
		{consumerAccount, "ZA " + domain + ". A 1", `{"Name": "` + domain + `.", "Type": "A", "HostedZoneId": {"Ref": "ZA"}, "AliasTarget": {
			"DNSName": {"Fn::GetAtt": ["snsa-0a", "DnsEntry.DomainName"]}, "HostedZoneId": {"Fn::GetAtt": ["snsa-0a", "DnsEntry.HostedZoneId"]}}}`},
	} {
		t.Run(tc.id, func(t *testing.T) { wantProperties(t, got[tc.account][tc.id], tc.want) })
	}
	if _, twice := got[providerAccount]["snsa-0a"]; twice {
		t.Error("the association is in both templates")
	}
	service := got[providerAccount]["service/apps/pricing"].Properties["VpcLatticeConfigurations"]
	if text := string(must(json.Marshal(service))(t)); !strings.Contains(text, `"TargetGroupArn":{"Ref":"tg-0a"}`) {
		t.Errorf("the ECS service does not register in the target group: %s", text)
	}
}

func wantProperties(t *testing.T, r resource, text string) {
	t.Helper()
	var want map[string]any
	if err := json.Unmarshal([]byte(text), &want); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(r.Properties, want) {
		t.Errorf("%s has %s, want %s", r.Type, must(json.Marshal(r.Properties))(t), must(json.Marshal(want))(t))
	}
}

// TestLatticeShapes has states that are written in another way.
func TestLatticeShapes(t *testing.T) {
	for name, tc := range map[string]struct {
		edit               func(deployment) []*deployed.State
		account, id, value string // a resource, and a part of its properties
		unread             string
	}{
		"an association whose creator was not read": {
			edit: func(d deployment) []*deployed.State { return []*deployed.State{d.provider} }, account: providerAccount, id: "snsa-0a", value: `"ServiceIdentifier":{"Ref":"svc-0a"}`,
		},
		"an address that is no task": {
			edit:    func(d deployment) []*deployed.State { d.provider.EcsServices[0].Addresses = nil; return d.states() },
			account: providerAccount, id: "tg-0a", value: `"Targets":[{"Id":"10.2.0.7","Port":8080}]`,
		},
		"an address of an interface": {
			edit: func(d deployment) []*deployed.State {
				d.provider.EcsServices[0].Addresses = nil
				d.provider.NetworkInterfaces = []ec2.NetworkInterface{{NetworkInterfaceId: s("eni-1"), VpcId: s("vpc-b"), SubnetId: s("subnet-b1"), PrivateIpAddress: s("10.2.0.7")}}
				return d.states()
			},
			account: providerAccount, id: "tg-0a", value: `"Id":{"Fn::GetAtt":["eni-1","PrimaryPrivateIpAddress"]}`,
		},
		"a target that is unhealthy": {
			edit: func(d deployment) []*deployed.State {
				d.provider.LatticeTargetGroups[0].Targets[0].Status, d.provider.LatticeTargetGroups[0].Targets[0].ReasonCode = lattice.TargetStatusUnhealthy, s("HealthCheckFailed")
				return d.states()
			},
			unread: "target 10.2.0.7 of tg-0a is UNHEALTHY: HealthCheckFailed",
		},
		"a service that is not active": {
			edit: func(d deployment) []*deployed.State {
				d.provider.LatticeServices[0].Status = lattice.ServiceStatusDeleteFailed
				return d.states()
			},
			unread: "service svc-0a is DELETE_FAILED",
		},
		"an association that failed": {
			edit: func(d deployment) []*deployed.State {
				d.consumer.ServiceAssociations[0].Status = lattice.ServiceNetworkServiceAssociationStatusCreateFailed
				return d.states()
			},
			unread: "association snsa-0a of svc-0a is CREATE_FAILED",
		},
		"a VPC that is not associated any more": {
			edit: func(d deployment) []*deployed.State {
				d.consumer.VpcAssociations[0].Status = lattice.ServiceNetworkVpcAssociationStatusDeleteInProgress
				return d.states()
			},
			unread: "association snva-0a of vpc-a is DELETE_IN_PROGRESS",
		},
		"a policy that cannot be read": {
			edit: func(d deployment) []*deployed.State {
				d.provider.LatticeServices[0].Policy.Policy = s("{")
				return d.states()
			},
			account: providerAccount, id: "svc-0a policy", value: `"Policy":{"Ref":"the policy of svc-0a"}`, unread: "the policy of svc-0a",
		},
		"an invitation that is open": {
			edit: func(d deployment) []*deployed.State {
				d.provider.Shares[0].Principals[0].Status = ram.ResourceShareAssociationStatusAssociating
				return d.states()
			},
			account: providerAccount, id: "resource-share/1", value: `"Name":"pricing","ResourceArns"`, unread: "resource-share/1: 111111111111 is ASSOCIATING",
		},
		"an endpoint to the service network": {
			edit: func(d deployment) []*deployed.State {
				d.consumer.Endpoints = []ec2.VpcEndpoint{{
					VpcEndpointId: s("vpce-0b"), VpcId: s("vpc-a"), VpcEndpointType: ec2.VpcEndpointTypeServiceNetwork, ServiceNetworkArn: s(meshArn),
				}}
				return d.states()
			},
			account: consumerAccount, id: "vpce-0b", value: `"ServiceNetworkArn":{"Ref":"sn-0a"}`,
		},
		"the role of tasks": {
			edit: withRole, account: consumerAccount, id: "role/apps/checkout",
			value: `"ManagedPolicyArns":[{"Ref":"policy/invoke"}],"Path":"/apps/","PermissionsBoundary":{"Ref":"policy/limit"},"Policies":[{"PolicyDocument":{"Statement":[]},"PolicyName":"own"}]`,
		},
		"the task definition of a role": {
			edit: withRole, account: consumerAccount, id: "task-definition/checkout:1", value: `"TaskRoleArn":{"Fn::GetAtt":["role/apps/checkout","Arn"]}`,
		},
		"a managed policy": {
			edit: withRole, account: consumerAccount, id: "policy/limit", value: `"PolicyDocument":{"Statement":{"Effect":"Deny"}}`,
		},
		"a policy for the paths of a service, and of one that was not read": {
			edit: withRole, account: consumerAccount, id: "policy/invoke",
			value: `"Resource":[{"Fn::Join":["",[{"Ref":"222222222222/eu-west-1 svc-0a:Ref"},"/*"]]},"` + latticeSvc + `0/*"]`,
		},
		"a CNAME": {
			edit: func(d deployment) []*deployed.State {
				d.consumer.Zones[0].Records[1] = route53.ResourceRecordSet{Name: s(domain + "."), Type: route53.RRTypeCname, ResourceRecords: []route53.ResourceRecord{{Value: s(latticeHost)}}}
				return d.states()
			},
			account: consumerAccount, id: "ZA " + domain + ". CNAME 1", value: `"ResourceRecords":[{"Fn::GetAtt":["snsa-0a","DnsEntry.DomainName"]}]`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, unread := resourcesOf(t, tc.edit(newLatticeDeployment())...)
			if text := string(must(json.Marshal(got[tc.account][tc.id].Properties))(t)); !strings.Contains(text, tc.value) {
				t.Errorf("%s has %s, want %s", tc.id, text, tc.value)
			}
			if tc.unread == "" && len(unread) > 0 || tc.unread != "" && !slices.ContainsFunc(unread, func(line string) bool { return strings.Contains(line, tc.unread) }) {
				t.Errorf("unread: %q, want %q", unread, tc.unread)
			}
		})
	}
}

// withRole gives the tasks of the client a role.
func withRole(d deployment) []*deployed.State {
	const name, policies = "arn:aws:iam::111111111111:role/apps/checkout", "arn:aws:iam::111111111111:policy/"
	definition := "arn:aws:ecs:eu-west-1:111111111111:task-definition/checkout:1"
	d.consumer.EcsServices[0].TaskDefinition = &definition
	d.consumer.TaskDefinitions = []ecs.TaskDefinition{{TaskDefinitionArn: &definition, TaskRoleArn: s(name)}}
	d.consumer.Roles = []deployed.Role{{
		Role:     iam.Role{Arn: s(name), RoleName: s("checkout"), Path: s("/apps/"), PermissionsBoundary: &iam.AttachedPermissionsBoundary{PermissionsBoundaryArn: s(policies + "limit")}},
		Policies: map[string]string{"own": `{"Statement": []}`}, Managed: []string{policies + "invoke"},
	}}
	d.consumer.ManagedPolicies = map[string]string{policies + "invoke": `{"Statement": {"Resource": ["` + latticeSvc + `/*", "` + latticeSvc + `0/*"]}}`, policies + "limit": `{"Statement": {"Effect": "Deny"}}`}
	return d.states()
}

// TestRoleIsWrittenOnce has the states of two Regions of an account, which have the same roles.
func TestRoleIsWrittenOnce(t *testing.T) {
	d := newLatticeDeployment()
	withRole(d)
	other := newNetwork(consumerAccount, "c", "3")
	other.Region, other.Roles, other.ManagedPolicies = "eu-west-2", d.consumer.Roles, d.consumer.ManagedPolicies
	count := strings.Count(written(t, []*deployed.State{d.consumer, other}), "AWS::IAM::Role")
	if count != 1 {
		t.Errorf("the role is in %d templates, want one", count)
	}
}

// TestLatticeRecordOfAnotherNetwork has a service in two service networks: the record of a zone leads to the association in the
// network of its VPC.
func TestLatticeRecordOfAnotherNetwork(t *testing.T) {
	d := newLatticeDeployment()
	other := newServiceAssociation()
	other.Id, other.ServiceNetworkArn = s("snsa-0b"), s(strings.Replace(meshArn, "sn-0a", "sn-0b", 1))
	d.consumer.ServiceAssociations = []lattice.ServiceNetworkServiceAssociationSummary{other, d.consumer.ServiceAssociations[0]}
	got, _ := resourcesOf(t, d.states()...)
	record := string(must(json.Marshal(got[consumerAccount]["ZA "+domain+". A 1"].Properties))(t))
	if !strings.Contains(record, "snsa-0a") || strings.Contains(record, "snsa-0b") {
		t.Errorf("the record is %s", record)
	}
	d.consumer.VpcAssociations, d.consumer.ServiceAssociations, d.provider.ServiceAssociations = nil, nil, nil
	got, _ = resourcesOf(t, d.states()...)
	record = string(must(json.Marshal(got[consumerAccount]["ZA "+domain+". A 1"].Properties))(t))
	if !strings.Contains(record, "svc-0a:DnsEntry_DomainName") {
		t.Errorf("without an association, the record is %s", record)
	}
}
