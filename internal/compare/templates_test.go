package compare

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
)

// read is what templates of examples give of a mesh.
func read(t *testing.T, files ...string) *Mesh {
	t.Helper()
	var inputs []assembly.Input
	for _, file := range files {
		name, place, _ := strings.Cut(file, "=")
		account, region, _ := strings.Cut(place, "/")
		inputs = append(inputs, assembly.Input{Template: name, Account: account, Region: region})
	}
	asm, err := assembly.Load(inputs...)
	if err != nil {
		t.Fatal(err)
	}
	n := NewNumbers()
	n.Templates(network.New(asm))
	return n.mesh
}

// summary is a mesh in a line: numbers, protocols, and answers.
func summary(m *Mesh) string {
	text := fmt.Sprintf("%s S=%d V=%d P=%d Z=%d calls=%d principals=%d idle=%d %v", m.Region, m.Services, m.Consumers, m.Providers, m.Zones, m.Calls, m.Principals, m.LongestIdle, m.Protocols)
	for _, q := range questions {
		if a := m.answer(q.id); a.Is != Unknown {
			text += fmt.Sprintf(" %s=%s", q.id, a.Is)
		}
	}
	return text
}

const examples = "../../examples/"

// What templates say is read, each with its evidence; the rest stays open.
func TestTemplates(t *testing.T) {
	for name, tc := range map[string]struct {
		files []string
		want  string
		// evidence is some that must be there.
		evidence []string
	}{
		"PrivateLink": {
			[]string{"pricing-checkout/testdata/Pricing.json=222222222222/eu-west-1", "pricing-checkout/testdata/Checkout.json=111111111111/eu-west-1"},
			"eu-west-1 S=1 V=1 P=1 Z=2 calls=1 principals=1 idle=0 [HTTP] overlappingBlocks=yes layer7=yes",
			[]string{
				"Checkout/Vpc8378EB38 CidrBlock: 10.0.0.0/16 overlaps 10.0.0.0/16 of Pricing/Vpc8378EB38",
				"Pricing/PrivateApiPermissions58F16677 AllowedPrincipals[0]: arn:aws:iam::111111111111:root",
				"Pricing/PrivateApiListener3866CDC6 Protocol: HTTPS",
				"Pricing/PrivateApiRouteV1Rule022DBFFB Conditions[0].Field: path-pattern",
			},
		},
		"VPC Lattice": {
			[]string{"lattice/testdata/LatticePricing.json=222222222222/eu-west-1", "lattice/testdata/LatticeCheckout.json=111111111111/eu-west-1"},
			"eu-west-1 S=2 V=1 P=1 Z=0 calls=2 principals=0 idle=0 [HTTP] overlappingBlocks=yes",
			[]string{"LatticePricing/CatalogListenerB46D568E Protocol: HTTPS"},
		},
		"by route, over a peering connection and a gateway": {
			[]string{
				"routed/testdata/RoutedPricing.json=222222222222/eu-west-1", "routed/testdata/RoutedCheckout.json=111111111111/eu-west-1",
				"routed/testdata/RoutedReports.json=333333333333/eu-west-1", "routed/testdata/RoutedLab.json=444444444444/eu-west-1", "routed/testdata/RoutedLinks.json=222222222222/eu-west-1",
			},
			"eu-west-1 S=1 V=3 P=1 Z=2 calls=3 principals=0 idle=0 [HTTP] overlappingBlocks=no mayRoute=yes transitGateway=yes layer7=yes",
			nil,
		},
		"a TCP service": {
			[]string{"postgres/testdata/Orders.json=222222222222/eu-west-1", "postgres/testdata/Billing.json=111111111111/eu-west-1", "postgres/testdata/Reporting.json=333333333333/eu-west-1"},
			"eu-west-1 S=1 V=2 P=1 Z=2 calls=2 principals=2 idle=0 [TCP TLS] overlappingBlocks=yes clientAddress=yes",
			nil,
		},
		"a public ALB": {
			[]string{"migration/testdata/MigrationPricing.json=222222222222/eu-west-1"},
			"eu-west-1 S=0 V=0 P=1 Z=2 calls=0 principals=0 idle=0 [HTTP] webAcl=yes layer7=yes",
			nil,
		},
		"client certificates": {
			[]string{"identity/testdata/IdentityLedger.json=222222222222/eu-west-1", "identity/testdata/IdentityCheckout.json=111111111111/eu-west-1"},
			"eu-west-1 S=3 V=1 P=1 Z=2 calls=3 principals=1 idle=0 [HTTP] overlappingBlocks=yes mutualTls=yes layer7=yes",
			nil,
		},
		"two Regions": {
			[]string{"pricing-checkout/testdata/Pricing.json=222222222222/eu-west-1", "pricing-checkout/testdata/Checkout.json=111111111111/us-east-1"},
			" S=1 V=1 P=1 Z=2 calls=1 principals=1 idle=0 [HTTP] overlappingBlocks=yes crossRegion=yes layer7=yes",
			nil,
		},
		"one side": {
			[]string{"pricing-checkout/testdata/Checkout.json=111111111111/eu-west-1"},
			"eu-west-1 S=1 V=1 P=0 Z=2 calls=1 principals=0 idle=0 []",
			nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			for i := range tc.files {
				tc.files[i] = examples + tc.files[i]
			}
			m := read(t, tc.files...)
			if got := summary(m); got != tc.want {
				t.Errorf("got  %s\nwant %s", got, tc.want)
			}
			all := evidenceIn(m)
			for _, want := range tc.evidence {
				if !slices.Contains(all, want) {
					t.Errorf("no %s in\n%s", want, strings.Join(all, "\n"))
				}
			}
		})
	}
}

// evidenceIn is all evidence of a mesh.
func evidenceIn(m *Mesh) (all []string) {
	for _, list := range m.Evidence {
		for _, e := range list {
			all = append(all, e.String())
		}
	}
	for _, a := range m.Answers {
		for _, e := range a.Evidence {
			all = append(all, e.String())
		}
	}
	return all
}

// readText is what a template gives of a mesh.
func readText(t *testing.T, resources string) *Mesh {
	t.Helper()
	file := filepath.Join(t.TempDir(), "Stack.json")
	if err := os.WriteFile(file, []byte(`{"Resources": {`+resources+`}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	return read(t, file+"=111111111111/eu-west-1")
}

// Time-outs below the defaults say nothing of what clients need.
func TestTemplatesWithIdleTimeouts(t *testing.T) {
	for seconds, want := range map[int]int{30: 0, 60: 0, 61: 61, 4000: 4000} {
		m := readText(t, fmt.Sprintf(`"Alb": {"Type": "AWS::ElasticLoadBalancingV2::LoadBalancer", "Properties": {"LoadBalancerAttributes": [
  {"Key": "idle_timeout.timeout_seconds", "Value": "%d"}]}}`, seconds))
		if m.LongestIdle != want {
			t.Errorf("%d seconds: %d, want %d", seconds, m.LongestIdle, want)
		}
	}
	m := readText(t, `"Listener": {"Type": "AWS::ElasticLoadBalancingV2::Listener", "Properties": {"Protocol": "TLS", "ListenerAttributes": [
  {"Key": "tcp.idle_timeout.seconds", "Value": "1000"}]}}`)
	if got := summary(m); m.LongestIdle != 1000 || !slices.Equal(m.Protocols, []Protocol{TLS}) {
		t.Error(got)
	}
}

// A name in a public zone is no name of a service, and a VPC that only the deployment knows is not counted.
func TestTemplatesWithZones(t *testing.T) {
	const zone = `"%[1]s": {"Type": "AWS::Route53::HostedZone", "Properties": {"Name": "%[1]s.company.com"%[2]s}},
"%[1]sRecord": {"Type": "AWS::Route53::RecordSet", "Properties": {"HostedZoneId": {"Ref": "%[1]s"}, "Name": "%[1]s.company.com", "Type": "%[3]s"}}`
	vpcs := `, "VPCs": [{"VPCId": "vpc-0123456789abcdef0", "VPCRegion": "eu-west-1"}]`
	for name, tc := range map[string]struct {
		resources           string
		services, consumers int
	}{
		"private":      {fmt.Sprintf(zone, "a", vpcs, "A"), 1, 1},
		"public":       {fmt.Sprintf(zone, "a", "", "A"), 0, 0},
		"only a TXT":   {fmt.Sprintf(zone, "a", vpcs, "TXT"), 0, 0},
		"two of a VPC": {fmt.Sprintf(zone, "a", vpcs, "A") + "," + fmt.Sprintf(zone, "b", vpcs, "A"), 2, 1},
		"unknown VPC":  {fmt.Sprintf(zone, "a", `, "VPCs": [{"VPCId": {"Fn::ImportValue": "Vpc"}}]`, "A"), 1, 0},
	} {
		if m := readText(t, tc.resources); m.Services != tc.services || m.Consumers != tc.consumers {
			t.Errorf("%s: %s", name, summary(m))
		}
	}
}

// Blocks of consumers that are apart let central endpoints fit, although another block overlaps.
func TestTemplatesWithConsumerBlocks(t *testing.T) {
	const vpc = `"%s": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "%s"}}`
	endpoint := func(of string) string {
		return fmt.Sprintf(`"%[1]sEndpoint": {"Type": "AWS::EC2::VPCEndpoint", "Properties": {"VpcEndpointType": "Interface", "VpcId": {"Ref": "%[1]s"},
  "ServiceName": "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"}}`, of)
	}
	for blocks, want := range map[[2]string]Is{{"10.0.0.0/16", "10.1.0.0/16"}: No, {"10.0.0.0/16", "10.0.128.0/17"}: Yes} {
		m := readText(t, strings.Join([]string{fmt.Sprintf(vpc, "A", blocks[0]), fmt.Sprintf(vpc, "B", blocks[1]), endpoint("A"), endpoint("B")}, ","))
		if m.ConsumersOverlap.Is != want || m.answer(OverlappingBlocks).Is != want || m.Consumers != 2 {
			t.Errorf("%v: %s, consumers overlap: %s", blocks, summary(m), m.ConsumersOverlap.Is)
		}
	}
}

// The private DNS name of an endpoint service is the name of a service, unless it is that of many.
func TestTemplatesWithPrivateNames(t *testing.T) {
	for name, want := range map[string]int{`"api.company.com"`: 1, `"*.company.com"`: 0, `{"Fn::ImportValue": "Name"}`: 0} {
		m := readText(t, `"Service": {"Type": "AWS::EC2::VPCEndpointService", "Properties": {"PrivateDnsName": `+name+`}}`)
		if m.Services != want {
			t.Errorf("%s: %s", name, summary(m))
		}
	}
}

// What was not read is said.
func TestTemplatesThatWereNotRead(t *testing.T) {
	m := readText(t, `"Nested": {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": "https://bucket/key.json"}}`)
	if want := "nothing of the mesh is in Stack/Nested, which was not read"; !slices.Contains(m.Assumed, want) {
		t.Errorf("no %q in %q", want, m.Assumed)
	}
	file := filepath.Join(t.TempDir(), "Stack.json")
	if err := os.WriteFile(file, []byte(`{"Transform": "Company::Macro", "Resources": {}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if want, got := "the macro Company::Macro adds nothing to stack Stack", read(t, file).Assumed; !slices.Contains(got, want) {
		t.Errorf("no %q in %q", want, got)
	}
}

// What templates have and the numbers do not is said: VPCs and protocols that only the deployment knows, and protocols without a way.
func TestTemplatesWithWhatIsNotCounted(t *testing.T) {
	const listener = `"L": {"Type": "AWS::ElasticLoadBalancingV2::Listener", "Properties": {"Protocol": %s}}`
	for name, tc := range map[string]struct {
		resources, want string
		protocols       []Protocol
	}{
		"a VPC": {
			`"E": {"Type": "AWS::EC2::VPCEndpoint", "Properties": {"VpcEndpointType": "Interface", "VpcId": {"Fn::ImportValue": "Vpc"},
  "ServiceName": "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"}}`,
			"VpcId of Stack/E, which only the deployment knows, is one of the VPCs that are counted", nil,
		},
		"a protocol": {
			fmt.Sprintf(listener, `{"Fn::ImportValue": "Protocol"}`), "listener Stack/L, whose protocol only the deployment knows, has one of those that clients speak", nil,
		},
		"UDP":         {fmt.Sprintf(listener, `"UDP"`), "listener Stack/L does not matter: ways for UDP are not compared", nil},
		"TCP and UDP": {fmt.Sprintf(listener, `"TCP_UDP"`), "what is not TCP does not matter at listener Stack/L: ways for it are not compared", []Protocol{TCP}},
		"TCP":         {fmt.Sprintf(listener, `"TCP"`), "", []Protocol{TCP}},
	} {
		m := readText(t, tc.resources)
		if got := strings.Join(m.Assumed, "\n"); got != tc.want || !slices.Equal(m.Protocols, tc.protocols) {
			t.Errorf("%s: %v, assumed %q, want %q", name, m.Protocols, got, tc.want)
		}
	}
}
