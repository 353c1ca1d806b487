package lock_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// A template can have the same words as before, and mean something else by them: the values of nested stacks, exports, parameters, conditions and
// dynamic references decide. And it can mean the same by other words.
func TestMeaning(t *testing.T) {
	const service = "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"
	endpoint := func(vpc string) string {
		return "  Endpoint: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: " + vpc + ", ServiceName: " + service + "}}\n"
	}
	const vpcs = `
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.1.0.0/16}}
  Other: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.2.0.0/16}}
`
	const network = vpcs + `
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.1.0.0/24}}
  C: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.1.1.0/24}}
  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Other, CidrBlock: 10.2.0.0/24}}
  Nlb: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Type: network, Subnets: [!Ref A]}}
  OtherNlb: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Type: network, Subnets: [!Ref A]}}
`
	exports := func(names ...string) string {
		text := "Resources:" + network + "Outputs:\n"
		for _, name := range names {
			export, id, _ := strings.Cut(name, "=")
			text += "  " + export + ": {Value: !Ref " + id + ", Export: {Name: " + export + "}}\n"
		}
		return text
	}
	nested := func(id string) string { return "Resources:" + vpcs + "Outputs: {Vpc: {Value: !Ref " + id + "}}\n" }
	const inner = "Resources:\n  Nested: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: x}}\n"
	provider := func(parameters, properties string) string {
		return "Parameters: {Decided: {Type: String}, " + parameters + "}\nConditions: {Has: !Equals [!Ref Decided, has]}\nResources:" + network +
			"  Service: {Type: AWS::EC2::VPCEndpointService, Properties: {NetworkLoadBalancerArns: [!Ref Nlb], PayerResponsibility: !Ref Payer}}\n" +
			"  Own: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Type: network, Subnets: [!Ref A]" + properties + "}}\n" +
			"  Listener: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Nlb, Port: !Ref Port, Protocol: TCP, DefaultActions: []}}\n"
	}
	const payer, port, groups = "Payer: {Type: String, Default: ServiceOwner}", "Port: {Type: Number, Default: 443}", ", SecurityGroups: !If [Has, [sg-0123456789abcdef0], !Ref AWS::NoValue]"
	importing := "Resources:\n" +
		"  Service: {Type: AWS::EC2::VPCEndpointService, Properties: {NetworkLoadBalancerArns: [!ImportValue nlb]}}\n" +
		"  Nlb: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Type: network, Subnets: [!ImportValue a]}}\n" +
		"  Alb: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Type: application, Subnets: [!ImportValue a]}}\n"

	type files map[string]string
	app := func(text string) files { return files{"App": text} }
	resources := func(text string) files { return app("Resources:" + vpcs + text) }
	for name, tc := range map[string]struct {
		before, after files
		want          string
	}{
		"a nested stack returns another VPC": {
			files{"App": inner + endpoint("!GetAtt Nested.Outputs.Vpc"), "nested": nested("Vpc")},
			files{"App": inner + endpoint("!GetAtt Nested.Outputs.Vpc"), "nested": nested("Other")},
			"broken: lockReplaced at App/Endpoint.VpcId, lockMissing at App/Nested/Other",
		},
		"a nested stack returns another VPC, into a text": {
			files{"App": inner + endpoint("!Sub '${Nested.Outputs.Vpc}'"), "nested": nested("Vpc")},
			files{"App": inner + endpoint("!Sub '${Nested.Outputs.Vpc}'"), "nested": nested("Other")},
			"broken: lockReplaced at App/Endpoint.VpcId, lockMissing at App/Nested/Other",
		},
		"the VPC becomes a parameter of its name": {
			resources(endpoint("!Ref Vpc")), app("Parameters: {Vpc: {Type: String}}\nResources:\n" + endpoint("!Ref Vpc")),
			"unknown: lockUnknown at App/Endpoint.VpcId",
		},
		"the VPC was a parameter of its name": {
			app("Parameters: {Vpc: {Type: String}}\nResources:\n" + endpoint("!Sub ['${Vpc}${X}', {X: '-'}]")), resources(endpoint("!Sub ['${Vpc}${X}', {X: '-'}]")),
			"unknown: lockUnknown at App/Endpoint.VpcId, lockMissing at App/Vpc",
		},
		"a dynamic reference": {
			resources(endpoint("'{{resolve:ssm:/vpc}}'")), resources(endpoint("'{{resolve:ssm:/vpc}}'")),
			"held: notice of App/Endpoint.VpcId",
		},
		"another dynamic reference": {
			resources(endpoint("'{{resolve:ssm:/vpc:1}}'")), resources(endpoint("'{{resolve:ssm:/vpc:2}}'")),
			"unknown: lockUnknown at App/Endpoint.VpcId",
		},
		"a dynamic reference instead of an ID": {
			resources(endpoint("vpc-0123456789abcdef0")), resources(endpoint("!Sub '{{resolve:ssm:/${AWS::StackName}/vpc}}'")),
			"unknown: lockUnknown at App/Endpoint.VpcId",
		},
		"exports are as they were": {
			files{"Network": exports("a=A", "nlb=Nlb"), "App": importing},
			files{"Network": exports("a=A", "nlb=Nlb"), "App": importing},
			"held",
		},
		"exports are of another NLB and another subnet": {
			files{"Network": exports("a=A", "nlb=Nlb"), "App": importing},
			files{"Network": exports("a=B", "nlb=OtherNlb"), "App": importing},
			"broken: lockVpc at App/Alb.Subnets, lockNlbSubnets at App/Nlb.Subnets, lockVpc at App/Nlb.Subnets, lockServiceNlbs at App/Service.NetworkLoadBalancerArns, lockMissing at Network/B, lockMissing at Network/Other",
		},
		"other exports, of the same": {
			files{"Network": exports("a=A", "nlb=Nlb"), "App": importing},
			files{"Network": exports("x=A", "y=Nlb"), "App": strings.NewReplacer("!ImportValue a", "!ImportValue x", "!ImportValue nlb", "!ImportValue y").Replace(importing)},
			"held",
		},
		"another subnet beside an export": {
			files{"Network": exports("a=A", "c=C", "nlb=Nlb"), "App": importing},
			files{"Network": exports("a=A", "c=C", "nlb=Nlb"), "App": strings.ReplaceAll(importing, "[!ImportValue a]", "[!ImportValue c, !ImportValue a]")},
			"held: lockMissing at Network/C",
		},
		"another meaning of the condition of the security groups": {
			app(provider(payer+", "+port, groups)), app(strings.Replace(provider(payer+", "+port, groups), "Decided, has", "Decided, had", 1)),
			"unknown: lockUnknown at App/Own",
		},
		"another default of the payer": {
			app(provider(payer+", "+port, "")), app(provider("Payer: {Type: String, Default: ''}, "+port, "")),
			"broken: lockPayer at App/Service.PayerResponsibility",
		},
		"another default of the port": {
			app(provider(payer+", "+port, "")), app(provider(payer+", Port: {Type: Number, Default: 8443}", "")),
			"broken: lockPort at App/Listener.Port",
		},
		"the port is written out, as it was": {
			app(provider(payer+", "+port, "")), app(strings.Replace(provider(payer+", "+port, ""), "Port: !Ref Port", "Port: '443'", 1)),
			"held",
		},
		"the port is written out, as it was not": {
			app(provider(payer+", "+port, "")), app(strings.Replace(provider(payer+", "+port, ""), "Port: !Ref Port", "Port: 8443", 1)),
			"unknown: lockPort at App/Listener.Port",
		},
	} {
		t.Run(name, func(t *testing.T) {
			report := lockOf(t, loadFiles(t, tc.before)).Compare(loadFiles(t, tc.after))
			var found []string
			for _, f := range report.Findings {
				found = append(found, strings.TrimPrefix(f.Rule.ID, "privateapi:")+" at "+f.Where())
			}
			for _, note := range report.Notes {
				if of, _, ok := strings.Cut(note, " is compared as the template has it"); ok && len(found) == 0 {
					found = append(found, "notice of "+of)
				}
			}
			got := string(report.Verdict())
			if len(found) > 0 {
				got += ": " + strings.Join(found, ", ")
			}
			if got != tc.want {
				t.Errorf("%s\nwant %s\n%v", got, tc.want, report.Findings)
			}
		})
	}
}

// loadFiles loads templates by the names of their stacks; "nested" is that of App/Nested.
func loadFiles(t *testing.T, files map[string]string) *assembly.Assembly {
	t.Helper()
	dir := t.TempDir()
	var inputs []assembly.Input
	for name, text := range files {
		file := filepath.Join(dir, name+".yaml")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		input := assembly.Input{Template: file, Account: "111111111111", Region: "eu-west-1"}
		if _, has := files["nested"]; has {
			input.Nested = map[string]string{"App/Nested": filepath.Join(dir, "nested.yaml")}
		}
		if name != "nested" {
			inputs = append(inputs, input)
		}
	}
	slices.SortFunc(inputs, func(a, b assembly.Input) int { return strings.Compare(a.Template, b.Template) })
	return load(t, inputs...)
}
