package check

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// broken are templates that break the rule of every check; findings.txt has what Run finds, in its order.
const broken = "testdata/broken"

// Run reports errors before warnings, and each in the order of the path.
func TestRun(t *testing.T) {
	var got strings.Builder
	for _, f := range Run(load(t), proof.Facts{}) {
		got.WriteString(string(f.Severity) + " " + strings.TrimPrefix(f.Rule, "privateapi:") + " " + place(f.Evidence[0]) + "\n")
	}
	file := filepath.Join(broken, "findings.txt")
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("found\n%s\nwant\n%s", &got, want)
	}
}

// A finding has the words of its rule, and says what to do in terms of a template.
func TestFindingsHaveTheWordsOfTheirRules(t *testing.T) {
	for _, f := range Run(load(t), proof.Facts{}) {
		rule, ok := proof.FindRule(f.Rule)
		if !ok {
			t.Errorf("%s is not a rule", f.Rule)
		}
		if string(f.Severity) != string(rule.Severity) || f.AWS != rule.AWS || f.Source != rule.Source {
			t.Errorf("%s differs from its rule: %+v", f.Rule, f)
		}
		if f.Message == "" || f.Fix == "" || f.Fix == rule.Fix && rules.TemplateFix(rule) != rule.Fix {
			t.Errorf("%s has the message %q and the fix %q", f.Rule, f.Message, f.Fix)
		}
	}
}

// Nothing is reported of a stack whose template a macro may change.
func TestRunIsSilentUnderAMacro(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"consumer.yaml", "provider.yaml", "lattice.yaml", "routed.yaml", "far.yaml", "public.yaml", "consent.yaml"} {
		template, err := os.ReadFile(filepath.Join(broken, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), append([]byte("Transform: Ours\n"), template...), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range Run(loadFrom(t, dir), proof.Facts{}) {
		t.Errorf("found %s at %s", f.Rule, place(f.Evidence[0]))
	}
}

// The endpoints of a VPC are counted whatever they connect to.
func TestEndpointQuota(t *testing.T) {
	for count, want := range map[int]int{rules.MaxEndpointsPerVpc: 0, rules.MaxEndpointsPerVpc + 1: 1, 2 * rules.MaxEndpointsPerVpc: 1} {
		if found := Run(crowded(t, count), proof.Facts{}); len(found) != want {
			t.Errorf("%d endpoints: found %v, want %d findings", count, found, want)
		}
	}
}

// An ALB has as many listener rules and target groups as it can have, or more.
func TestALBQuotas(t *testing.T) {
	for count, want := range map[int][]string{rules.MaxRules: nil, rules.MaxRules + 4: {rules.TargetGroupQuota.ID, rules.CertificateQuota.ID, rules.RuleQuota.ID}} {
		var got []string
		for _, f := range Run(busyALB(t, count), proof.Facts{}) {
			got = append(got, f.Rule)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d rules: found %v, want %v", count, got, want)
		}
	}
}

// One rule has one check, and the templates of this test break it.
func TestEachCheckHasARuleOfItsOwn(t *testing.T) {
	found := map[string]bool{}
	for _, f := range slices.Concat(Run(load(t), proof.Facts{}), Run(crowded(t, rules.MaxEndpointsPerVpc+1), proof.Facts{}), Run(busyALB(t, rules.MaxRules+4), proof.Facts{}), Run(wideGroup(t, rules.MaxSecurityGroupRules+1, "CidrIp: 10.0.%d.0/24"), proof.Facts{}), Run(busyService(t, rules.MaxLatticeRules+1), proof.Facts{}), Run(longPolicy(t, rules.MaxLatticeAuthPolicy), proof.Facts{})) {
		found[f.Rule] = true
	}
	all := slices.Concat(rules.OfConstructs(), rules.Template())
	seen := map[string]bool{}
	for _, c := range checks {
		if !slices.Contains(all, c.rule) {
			t.Errorf("%q is not in the lists of package rules", c.rule.ID)
		}
		if seen[c.rule.ID] {
			t.Errorf("%s has two checks", c.rule.ID)
		}
		if !found[c.rule.ID] {
			t.Errorf("no template in %s breaks %s", broken, c.rule.ID)
		}
		seen[c.rule.ID] = true
	}
	ofProps := slices.Concat(unchecked, rules.Mesh(), rules.Alarms(), rules.Dashboards(), rules.Logs(), rules.Metrics())
	for _, rule := range all {
		switch isUnchecked := slices.Contains(ofProps, rule); {
		case !seen[rule.ID] && !isUnchecked:
			t.Errorf("%s has no check", rule.ID)
		case seen[rule.ID] && isUnchecked:
			t.Errorf("%s has a check, and is listed as a rule without one", rule.ID)
		}
	}
}

// unchecked are the rules that no template can break by itself: they are about the properties of constructs, or about what
// a path needs.
var unchecked = []rules.Rule{
	rules.Required, rules.Contradiction, rules.RegionForm, rules.RegionAssumed,
	rules.PrivateDnsAnswers, rules.VerificationName, rules.VerificationTwice, rules.VerificationZone, rules.VerificationTimeout, rules.VerificationEnvironment,
	rules.ContractForm, rules.ContractVersion, rules.ContractTransport, rules.ContractHalves, rules.ContractDeployed,
	rules.ContractAtDeploy, rules.ContractUnknown, rules.ContractName, rules.ContractNameTwice, rules.ContractService,
	rules.ContractShare, rules.ContractSize, rules.ZonesDropped, rules.ZoneIDUnknown,
	rules.AcceptorAcceptance, rules.AcceptorPlace, rules.AcceptorConsumerTwice, rules.AcceptorCutsEveryone, rules.AcceptorExpiry,
	rules.AcceptorExpired, rules.AcceptorInterval, rules.AcceptorKeyPolicy,
	rules.DomainNameTwice, rules.NameTwice, rules.PrivateDnsUnverified,
	rules.ProfileName, rules.ProfileID, rules.ProfileRegion, rules.ProfileShare, rules.ProfilePermission, rules.ProfileNotShared, rules.ProfileVpc,
	rules.ProfileZoneTwice, rules.ProfileHidden,
	rules.HostedZoneAssociation, rules.SecurityGroupMutable, rules.SecurityGroupAttached,
	rules.EndpointPolicyForm, rules.EndpointPolicyUnverified, rules.EndpointPolicyForced, rules.EndpointID,
	rules.CrossStage, rules.ClientConnections, rules.SubnetSelection, rules.ZoneOfService, rules.AvailabilityZoneID,
	rules.SomebodyAllowed, rules.ConsumerAllowed,
	rules.PrivateSubnets, rules.AccessLogsRegion, rules.AccessLogsPolicy, rules.AccessLogsEncryption,
	rules.StackCycle, rules.RouteOverlap, rules.TargetPeers, rules.TargetsUnknown, rules.RouteTarget,
	rules.JwksEgress, rules.ListenerOrder, rules.ListenerProtocol, rules.ClientPort,

	rules.LatticeDomain, rules.LatticePrefixList, rules.LatticeConsumerShared, rules.LatticeCallers, rules.LatticePrincipal,
	rules.LatticeGrant, rules.LatticeConsumerAllowed, rules.LatticeBothShared, rules.LatticeEndpointNames,

	rules.PreviousService, rules.PreviousNames, rules.RecordRoutingPolicy, rules.RecordWeight,

	rules.RoutedVpc, rules.RoutedInternal, rules.RoutedBlocks, rules.RoutedBlockForm, rules.RoutedClients, rules.RoutedClientForm, rules.RoutedClientTwice,
	rules.RoutedOwner, rules.RoutedEveryone,
	rules.NetworkBlock, rules.NetworkBlockRequired, rules.NetworkRouteTable, rules.NetworkVpc, rules.NetworkDestination,
	rules.PeeringRole, rules.PeeringRoleAccount, rules.PeeringAccount, rules.PeeringScope, rules.PeeringCycle,

	rules.TransitSegment, rules.TransitSegmentQuota, rules.TransitAsn, rules.TransitShare, rules.TransitNotShared, rules.TransitRegion, rules.TransitScope,
	rules.TransitCycle, rules.TransitZone, rules.TransitSubnet, rules.TransitOverlap, rules.TransitDestination, rules.TransitReach,
	rules.PublicZone, rules.PublicName, rules.PublicClients, rules.PublicEveryone, rules.PublicClientName, rules.PublicBlock, rules.PublicBlockTwice,
	rules.PublicScheme, rules.PublicWebAclLimits, rules.PublicRuleGroup, rules.PublicWebAclPrivateLink,
	rules.MigrationPhase, rules.MigrationBegin, rules.MigrationNames, rules.MigrationNetworkBlocks, rules.MigrationParameter,
}

func load(t *testing.T) *network.Network {
	t.Helper()
	return loadFrom(t, broken)
}

func loadFrom(t *testing.T, dir string) *network.Network {
	t.Helper()
	asm, err := assembly.Load(
		assembly.Input{Template: filepath.Join(dir, "consumer.yaml"), Account: "111111111111", Region: "eu-west-1"},
		assembly.Input{Template: filepath.Join(dir, "provider.yaml"), Account: "222222222222", Region: "eu-west-1"},
		assembly.Input{Template: filepath.Join(dir, "lattice.yaml"), Account: "222222222222", Region: "eu-west-1"},
		assembly.Input{
			Template: filepath.Join(dir, "routed.yaml"), Account: "222222222222", Region: "eu-west-1", Parameters: map[string]string{"FarGroup": "@far.Group"},
		},
		assembly.Input{Template: filepath.Join(dir, "far.yaml"), Account: "222222222222", Region: "us-east-1"},
		assembly.Input{Template: filepath.Join(dir, "public.yaml"), Account: "222222222222", Region: "eu-west-1"},
		assembly.Input{Template: filepath.Join(dir, "consent.yaml"), Account: "222222222222", Region: "eu-west-1"},
	)
	if err != nil {
		t.Fatal(err)
	}
	return network.New(asm)
}

// crowded is a VPC with a number of endpoints.
func crowded(t *testing.T, endpoints int) *network.Network {
	t.Helper()
	var template strings.Builder
	template.WriteString("Resources:\n")
	for i := range endpoints {
		fmt.Fprintf(&template, "  Endpoint%d:\n    Type: AWS::EC2::VPCEndpoint\n    Properties: {VpcEndpointType: Interface, VpcId: vpc-0123456789abcdef0, "+
			"ServiceName: com.amazonaws.eu-west-1.service%d}\n", i, i)
	}
	return loadText(t, template.String())
}

// busyALB is an ALB with a number of listener rules, each with a target group of its own, and a certificate for every four.
func busyALB(t *testing.T, listenerRules int) *network.Network {
	t.Helper()
	var template strings.Builder
	template.WriteString("Resources:\n  Alb: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Scheme: internal}}\n" +
		"  Listener: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Alb, Port: 80, Protocol: HTTP}}\n")
	for i := range listenerRules / 4 {
		fmt.Fprintf(&template, "  Certificate%d: {Type: AWS::ElasticLoadBalancingV2::ListenerCertificate, Properties: {ListenerArn: !Ref Listener, "+
			"Certificates: [{CertificateArn: 'arn:aws:acm:eu-west-1:222222222222:certificate/a%d'}]}}\n", i, i)
	}
	for i := range listenerRules {
		fmt.Fprintf(&template, "  Tasks%d: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {TargetType: ip, Protocol: HTTP, Port: 80}}\n", i)
		fmt.Fprintf(&template, "  Rule%d: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: !Ref Listener, Priority: %d, "+
			"Conditions: [{Field: path-pattern, Values: [/v%d]}], Actions: [{Type: forward, TargetGroupArn: !Ref Tasks%d}]}}\n", i, i+1, i, i)
	}
	return loadText(t, template.String())
}

// A service of VPC Lattice has as many rules and target groups as it has by default, or more.
func TestLatticeQuotas(t *testing.T) {
	for count, want := range map[int]int{rules.MaxLatticeRules: 0, rules.MaxLatticeRules + 1: 2} {
		found := Run(busyService(t, count), proof.Facts{})
		if len(found) != want {
			t.Errorf("%d rules: found %v, want %d findings", count, found, want)
		}
		for _, f := range found {
			if f.Rule != rules.LatticeQuota.ID {
				t.Errorf("%d rules: found %s: %s", count, f.Rule, f.Message)
			}
		}
	}
}

// An auth policy is as long as VPC Lattice accepts, or longer.
func TestLatticeAuthPolicySize(t *testing.T) {
	for size, want := range map[int]int{rules.MaxLatticeAuthPolicy - 1000: 0, rules.MaxLatticeAuthPolicy: 1} {
		if found := Run(longPolicy(t, size), proof.Facts{}); len(found) != want {
			t.Errorf("%d bytes: found %v, want %d findings", size, found, want)
		}
	}
}

// longPolicy is an auth policy with a statement ID of a number of bytes, and a principal that the deployment decides.
func longPolicy(t *testing.T, size int) *network.Network {
	t.Helper()
	return loadText(t, "Parameters: {Undecided: {Type: String}}\nResources:\n"+
		"  Service: {Type: AWS::VpcLattice::Service, Properties: {AuthType: AWS_IAM}}\n"+
		"  Policy: {Type: AWS::VpcLattice::AuthPolicy, Properties: {ResourceIdentifier: !Ref Service, Policy: {Statement: "+
		"{Sid: "+strings.Repeat("a", size)+", Effect: Allow, Principal: {AWS: !Ref Undecided}, Action: '*', Resource: '*'}}}}\n")
}

// busyService is a service of VPC Lattice with a number of rules, each with a target group of its own.
func busyService(t *testing.T, latticeRules int) *network.Network {
	t.Helper()
	var template strings.Builder
	template.WriteString("Resources:\n  Service: {Type: AWS::VpcLattice::Service, Properties: {}}\n" +
		"  Listener: {Type: AWS::VpcLattice::Listener, Properties: {ServiceIdentifier: !Ref Service, Protocol: HTTP, DefaultAction: {FixedResponse: {StatusCode: 404}}}}\n")
	for i := range latticeRules {
		fmt.Fprintf(&template, "  Tasks%d: {Type: AWS::VpcLattice::TargetGroup, Properties: {Type: IP, Config: {Port: 80, Protocol: HTTP, VpcIdentifier: vpc-1}}}\n", i)
		fmt.Fprintf(&template, "  Rule%d: {Type: AWS::VpcLattice::Rule, Properties: {ServiceIdentifier: !Ref Service, ListenerIdentifier: !Ref Listener, Priority: %d, "+
			"Match: {HttpMatch: {PathMatch: {Match: {Exact: /v%d}}}}, Action: {Forward: {TargetGroups: [{TargetGroupIdentifier: !Ref Tasks%d}]}}}}\n", i, i+1, i, i)
	}
	return loadText(t, template.String())
}

// wideGroup is a security group with a number of ingress rules, each for a block of its own, and one rule for IPv6.
func wideGroup(t *testing.T, ingress int, block string) *network.Network {
	t.Helper()
	var template strings.Builder
	template.WriteString("Resources:\n  Group:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      SecurityGroupIngress:\n" +
		"      - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIpv6: 2001:db8::/32}\n")
	for i := range ingress {
		fmt.Fprintf(&template, "      - {IpProtocol: tcp, FromPort: 443, ToPort: 443, "+block+"}\n", i)
	}
	return loadText(t, template.String())
}

// A security group has as many rules as it can have by default, of each version of IP, or more.
func TestSecurityGroupRuleQuota(t *testing.T) {
	for block, counts := range map[string]map[int]int{
		"CidrIp: 10.0.%d.0/24":         {rules.MaxSecurityGroupRules: 0, rules.MaxSecurityGroupRules + 1: 1},
		"CidrIpv6: '2001:db8:%d::/48'": {rules.MaxSecurityGroupRules - 1: 0, rules.MaxSecurityGroupRules: 1},
	} {
		for count, want := range counts {
			if found := Run(wideGroup(t, count, block), proof.Facts{}); len(found) != want {
				t.Errorf("%d rules for %s: found %v, want %d findings", count, block, found, want)
			}
		}
	}
}

// loadText loads a template.
func loadText(t *testing.T, template string) *network.Network {
	t.Helper()
	file := filepath.Join(t.TempDir(), "template.yaml")
	if err := os.WriteFile(file, []byte(template), 0o600); err != nil {
		t.Fatal(err)
	}
	asm, err := assembly.Load(assembly.Input{Template: file})
	if err != nil {
		t.Fatal(err)
	}
	return network.New(asm)
}

// place is where a finding is, without the value.
func place(e proof.Evidence) string {
	e.Value = ""
	return e.String()
}

// An internet-facing load balancer is left for a second one: the fix says so for an ALB, for an NLB, and for an ALB behind VPC Lattice.
func TestNoSchemeIsChangedInPlace(t *testing.T) {
	const template = `
Resources:
  Nlb: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Type: network, SecurityGroups: [sg-1]}}
  Alb: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Scheme: internet-facing}}
  Listener: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Nlb, Port: 443, Protocol: TCP, DefaultActions: [{Type: forward, TargetGroupArn: !Ref ToAlb}]}}
  AlbListener: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Alb, Port: 443, Protocol: HTTP}}
  ToAlb: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, DependsOn: AlbListener, Properties: {TargetType: alb, Protocol: TCP, Port: 443, Targets: [{Id: !Ref Alb}]}}
  Service: {Type: AWS::EC2::VPCEndpointService, Properties: {NetworkLoadBalancerArns: [!Ref Nlb]}}
  Permissions: {Type: AWS::EC2::VPCEndpointServicePermissions, Properties: {ServiceId: !Ref Service, AllowedPrincipals: ['arn:aws:iam::111111111111:root']}}
  Lattice: {Type: AWS::VpcLattice::TargetGroup, Properties: {Type: ALB, Config: {Port: 443, Protocol: HTTP, VpcIdentifier: vpc-1}, Targets: [{Id: !Ref Alb, Port: 443}]}}
`
	const stays = "; a scheme is never changed in place"
	got := map[string]string{}
	for _, f := range Run(loadText(t, template), proof.Facts{}) {
		if f.Rule == rules.InternetFacing.ID || f.Rule == rules.LatticeAlbTarget.ID {
			got[strings.TrimPrefix(f.Rule, "privateapi:")+" "+place(f.Evidence[0])] = f.Fix
		}
	}
	for where, want := range map[string]string{
		"internetFacing template/Nlb.Scheme":   "add a second endpoint service, with an internal NLB, move the consumers to it, and delete this one" + stays,
		"internetFacing template/Alb.Scheme":   "add a second, internal ALB, move the NLB to it, and delete this one" + stays,
		"latticeAlbTarget template/Alb.Scheme": "use a second, internal ALB" + stays,
	} {
		if got[where] != want {
			t.Errorf("%s has the fix %q, want %q; all: %q", where, got[where], want, got)
		}
	}
}
