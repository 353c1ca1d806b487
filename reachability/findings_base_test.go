package reachability

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// providerBase and consumerBase are a private API without a finding.
const providerBase = `{
"Resources": {
  "Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}},
  "SubnetA": {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "Vpc"}, "AvailabilityZone": "eu-west-1a"}},
  "SubnetB": {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "Vpc"}, "AvailabilityZone": "eu-west-1b"}},
  "NlbGroup": {"Type": "AWS::EC2::SecurityGroup", "Properties": {"VpcId": {"Ref": "Vpc"}, "SecurityGroupIngress": []}},
  "AlbGroup": {"Type": "AWS::EC2::SecurityGroup", "Properties": {"VpcId": {"Ref": "Vpc"}, "SecurityGroupIngress": [
    {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "SourceSecurityGroupId": {"Ref": "NlbGroup"}}]}},
  "TaskGroup": {"Type": "AWS::EC2::SecurityGroup", "Properties": {"VpcId": {"Ref": "Vpc"}}},
  "TaskIngress": {"Type": "AWS::EC2::SecurityGroupIngress", "Properties": {
    "GroupId": {"Fn::GetAtt": ["TaskGroup", "GroupId"]}, "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "SourceSecurityGroupId": {"Ref": "AlbGroup"}}},
  "Nlb": {"Type": "AWS::ElasticLoadBalancingV2::LoadBalancer", "Properties": {
    "Type": "network", "Scheme": "internal", "Subnets": [{"Ref": "SubnetA"}, {"Ref": "SubnetB"}], "SecurityGroups": [{"Ref": "NlbGroup"}],
    "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic": "off"}},
  "NetworkListener": {"Type": "AWS::ElasticLoadBalancingV2::Listener", "Properties": {
    "LoadBalancerArn": {"Ref": "Nlb"}, "Port": 443, "Protocol": "TCP", "DefaultActions": [{"Type": "forward", "TargetGroupArn": {"Ref": "AlbTargets"}}]}},
  "AlbTargets": {"Type": "AWS::ElasticLoadBalancingV2::TargetGroup", "DependsOn": "Listener", "Properties": {
    "TargetType": "alb", "Protocol": "TCP", "Port": 443, "VpcId": {"Ref": "Vpc"}, "Targets": [{"Id": {"Ref": "Alb"}}],
    "HealthCheckProtocol": "HTTPS", "HealthCheckPath": "/health", "Matcher": {"HttpCode": "200"}}},
  "Alb": {"Type": "AWS::ElasticLoadBalancingV2::LoadBalancer", "Properties": {
    "Scheme": "internal", "Subnets": [{"Ref": "SubnetA"}, {"Ref": "SubnetB"}], "SecurityGroups": [{"Ref": "AlbGroup"}]}},
  "Listener": {"Type": "AWS::ElasticLoadBalancingV2::Listener", "Properties": {
    "LoadBalancerArn": {"Ref": "Alb"}, "Port": 443, "Protocol": "HTTPS", "Certificates": [{"CertificateArn": "arn:aws:acm:eu-west-1:222222222222:certificate/1"}],
    "DefaultActions": [{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}]}},
  "HealthRule": {"Type": "AWS::ElasticLoadBalancingV2::ListenerRule", "Properties": {
    "ListenerArn": {"Ref": "Listener"}, "Priority": 1, "Conditions": [{"Field": "path-pattern", "PathPatternConfig": {"Values": ["/health"]}}],
    "Actions": [{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "200"}}]}},
  "Route": {"Type": "AWS::ElasticLoadBalancingV2::ListenerRule", "Properties": {
    "ListenerArn": {"Ref": "Listener"}, "Priority": 10, "Actions": [{"Type": "forward", "TargetGroupArn": {"Ref": "Tasks"}}], "Conditions": [
      {"Field": "path-pattern", "Values": ["/v1/*"]}, {"Field": "host-header", "HostHeaderConfig": {"Values": ["api.company.com"]}}]}},
  "Tasks": {"Type": "AWS::ElasticLoadBalancingV2::TargetGroup", "Properties": {
    "TargetType": "ip", "Protocol": "HTTP", "Port": 80, "VpcId": {"Ref": "Vpc"}}},
  "Service": {"Type": "AWS::ECS::Service", "DependsOn": "Route", "Properties": {
    "LoadBalancers": [{"ContainerName": "app", "ContainerPort": 80, "TargetGroupArn": {"Ref": "Tasks"}}],
    "NetworkConfiguration": {"AwsvpcConfiguration": {"SecurityGroups": [{"Ref": "TaskGroup"}], "Subnets": [{"Ref": "SubnetA"}]}}}},
  "EndpointService": {"Type": "AWS::EC2::VPCEndpointService", "Properties": {
    "AcceptanceRequired": false, "NetworkLoadBalancerArns": [{"Ref": "Nlb"}]}},
  "Permissions": {"Type": "AWS::EC2::VPCEndpointServicePermissions", "Properties": {
    "ServiceId": {"Ref": "EndpointService"}, "AllowedPrincipals": [{"Fn::Sub": "arn:${AWS::Partition}:iam::111111111111:root"}]}}
},
"Outputs": {"ServiceName": {"Value": {"Fn::Sub": "com.amazonaws.vpce.eu-west-1.${EndpointService}"}}}
}`

const consumerBase = `{
"Parameters": {"Undecided": {"Type": "String"}},
"Conditions": {"Maybe": {"Fn::Equals": [{"Ref": "Undecided"}, "yes"]}},
"Resources": {
  "Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.1.0.0/16", "EnableDnsHostnames": true, "EnableDnsSupport": true}},
  "SubnetA": {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "Vpc"}, "AvailabilityZone": {"Fn::Select": [0, {"Fn::GetAZs": ""}]}}},
  "SubnetB": {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "Vpc"}, "AvailabilityZone": {"Fn::Select": [1, {"Fn::GetAZs": ""}]}}},
  "ClientGroup": {"Type": "AWS::EC2::SecurityGroup", "Properties": {"VpcId": {"Ref": "Vpc"}}},
  "Group": {"Type": "AWS::EC2::SecurityGroup", "Properties": {"VpcId": {"Ref": "Vpc"}, "SecurityGroupIngress": [
    {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "SourceSecurityGroupId": {"Ref": "ClientGroup"}}]}},
  "Endpoint": {"Type": "AWS::EC2::VPCEndpoint", "Properties": {
    "VpcEndpointType": "Interface", "VpcId": {"Ref": "Vpc"}, "SubnetIds": [{"Ref": "SubnetA"}, {"Ref": "SubnetB"}],
    "ServiceName": {"Fn::GetStackOutput": {"StackName": "Provider", "OutputName": "ServiceName", "RoleArn": "arn:aws:iam::222222222222:role/Outputs"}},
    "SecurityGroupIds": [{"Ref": "Group"}], "PrivateDnsEnabled": false}},
  "Zone": {"Type": "AWS::Route53::HostedZone", "Properties": {
    "Name": "api.company.com.", "VPCs": [{"VPCId": {"Ref": "Vpc"}, "VPCRegion": "eu-west-1"}]}},
  "Record": {"Type": "AWS::Route53::RecordSet", "Properties": {
    "HostedZoneId": {"Ref": "Zone"}, "Name": "api.company.com", "Type": "A", "AliasTarget": {
      "HostedZoneId": {"Fn::Select": [0, {"Fn::Split": [":", {"Fn::Select": [0, {"Fn::GetAtt": ["Endpoint", "DnsEntries"]}]}]}]},
      "DNSName": {"Fn::Select": [1, {"Fn::Split": [":", {"Fn::Select": [0, {"Fn::GetAtt": ["Endpoint", "DnsEntries"]}]}]}]}}}}
}}`

// edited loads the base with edits: "Provider.Nlb.Scheme = value" sets a property, "Provider.Nlb.@Condition = value"
// what is beside the properties, "Provider.Nlb = value" a resource, "Provider.@Outputs = value" a section, and
// "- Provider.Nlb.Scheme" removes. Values are JSON. Abroad is the provider once more, in another Region, if it is named.
func edited(t testing.TB, edits ...string) *Model {
	t.Helper()
	templates := map[string]map[string]any{"Provider": decode(t, providerBase), "Consumer": decode(t, consumerBase)}
	if slices.ContainsFunc(edits, func(edit string) bool { return strings.Contains(edit, "Abroad") }) {
		templates["Abroad"] = decode(t, providerBase)
	}
	for _, edit := range edits {
		if change := everywhere[edit]; change != nil {
			for _, template := range templates {
				change(template)
			}
			continue
		}
		where, value, _ := strings.Cut(strings.TrimPrefix(edit, "- "), " = ")
		path := strings.Split(where, ".")
		template := templates[path[0]]
		keys := append([]string{"Resources"}, path[1:]...)
		switch {
		case strings.HasPrefix(path[1], "@"):
			keys = append([]string{path[1][1:]}, path[2:]...)
		case len(path) > 2 && strings.HasPrefix(path[2], "@"):
			keys[2] = path[2][1:]
		case len(path) > 2:
			keys = slices.Insert(keys, 2, "Properties")
		}
		var decoded any
		if !strings.HasPrefix(edit, "- ") {
			if err := json.Unmarshal([]byte(value), &decoded); err != nil {
				t.Fatalf("%s: %v", edit, err)
			}
		}
		set(t, template, keys, decoded)
	}
	dir := t.TempDir()
	var inputs []Input
	for _, name := range slices.Sorted(maps.Keys(templates)) {
		data, err := json.Marshal(templates[name])
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, name+".json")
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		in := Template(file)
		in.Account, in.Region = "222222222222", "eu-west-1"
		switch name {
		case "Consumer":
			in.Account = "111111111111"
		case "Abroad":
			in.Region = "eu-central-1"
		}
		inputs = append(inputs, in)
	}
	m, err := Load(inputs...)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// everywhere are edits of whole templates: after them, nothing is certain.
var everywhere = map[string]func(template map[string]any){
	"a macro": func(template map[string]any) { template["Transform"] = "Ours" },
	"conditions": func(template map[string]any) {
		template["Parameters"] = map[string]any{"Undecided": map[string]any{"Type": "String"}}
		template["Conditions"] = map[string]any{"Maybe": map[string]any{"Fn::Equals": []any{map[string]any{"Ref": "Undecided"}, "yes"}}}
		for _, r := range template["Resources"].(map[string]any) {
			r.(map[string]any)["Condition"] = "Maybe"
		}
	},
}

// withUndecided are conditions of the provider: Maybe is one that is decided at deploy time.
func withUndecided(edits ...string) []string {
	return append([]string{
		`Provider.@Parameters = {"Undecided": {"Type": "String"}}`,
		`Provider.@Conditions = {"Maybe": {"Fn::Equals": [{"Ref": "Undecided"}, "yes"]}}`,
	}, edits...)
}

func decode(t testing.TB, text string) (template map[string]any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &template); err != nil {
		t.Fatal(err)
	}
	return template
}

// set sets what lies at a path, or removes it if the value is nil.
func set(t testing.TB, in any, path []string, value any) {
	t.Helper()
	key := path[0]
	switch in := in.(type) {
	case map[string]any:
		switch {
		case len(path) > 1:
			if in[key] == nil {
				in[key] = map[string]any{}
			}
			set(t, in[key], path[1:], value)
		case value == nil:
			delete(in, key)
		default:
			in[key] = value
		}
	case []any:
		i, err := strconv.Atoi(key)
		if err != nil {
			t.Fatal(err)
		}
		if len(path) == 1 {
			in[i] = value
			return
		}
		set(t, in[i], path[1:], value)
	default:
		t.Fatalf("nothing at %v", path)
	}
}
