package reachability

import "testing"

func TestNameFindings(t *testing.T) {
	const (
		second = `Consumer.Zone2 = {"Type": "AWS::Route53::HostedZone", "Properties": {"Name": "API.company.com", "VPCs": [{"VPCId": {"Fn::GetAtt": ["Vpc", "VpcId"]}}]}}`
		cname  = `Consumer.Alias = {"Type": "AWS::Route53::RecordSet", "Properties": {"HostedZoneId": {"Ref": "Zone"}, "Name": "api.company.com.", ` +
			`"Type": "CNAME", "TTL": "60", "ResourceRecords": ["other.company.com"]}}`
		group = `Consumer.Records = {"Type": "AWS::Route53::RecordSetGroup", "Properties": {"HostedZoneName": "other.company.com.", "RecordSets": [` +
			`{"Name": "www.other.company.com", "Type": "CNAME", "ResourceRecords": ["a"]}, {"Name": "other.company.com", "Type": "CNAME", "ResourceRecords": ["a"]}]}}`
	)
	testFindings(t, []findingCase{
		{
			name:  "two zones of one name in one VPC",
			edits: []string{second},
			want:  []string{"hostedZoneTwice Consumer/Zone2.VPCs[0].VPCId: the VPC has two private hosted zones of the name api.company.com"},
			near: [][]string{
				{second, `Consumer.Zone2.Name = "web.company.com"`},
				{second, `Consumer.Zone2.VPCs = [{"VPCId": "vpc-0123456789abcdef0"}]`},
				{second, `- Consumer.Zone2.VPCs`},
				{second, `Consumer.Zone2.VPCs = [{"VPCId": {"Ref": "Undecided"}}, {"VPCId": {"Ref": "Undecided"}}]`},
			},
		},
		{
			name:  "one VPC twice in a zone",
			edits: []string{`Consumer.Zone.VPCs = [{"VPCId": {"Ref": "Vpc"}}, {"VPCId": {"Fn::GetAtt": ["Group", "VpcId"]}}]`},
			want:  []string{"hostedZoneVpc Consumer/Zone.VPCs[1].VPCId: the VPC Consumer/Vpc is associated with the zone twice"},
			near:  [][]string{{`Consumer.Zone.VPCs = [{"VPCId": {"Ref": "Vpc"}}, {"VPCId": "vpc-0123456789abcdef0"}]`}},
		},
		{
			name: "a VPC of another account",
			edits: []string{
				`Provider.Vpc.EnableDnsHostnames = true`, `Provider.@Outputs.Vpc = {"Value": {"Ref": "Vpc"}}`,
				`Consumer.Zone.VPCs = [{"VPCId": {"Fn::GetStackOutput": {"StackName": "Provider", "OutputName": "Vpc", "RoleArn": "arn:aws:iam::222222222222:role/O"}}}]`,
			},
			want: []string{"hostedZoneVpc Consumer/Zone.VPCs[0].VPCId: the VPC is of account 222222222222, and the zone of 111111111111"},
		},
		{
			name:  "a CNAME at the apex",
			edits: []string{cname},
			want:  []string{"cnameAtApex Consumer/Alias.Name: a CNAME record has the name of its zone, api.company.com"},
			near:  [][]string{{cname, `Consumer.Alias.Name = "www.api.company.com"`}, {cname, `Consumer.Alias.Type = "TXT"`}, {cname, `Consumer.Alias.Name = {"Ref": "Undecided"}`}},
		},
		{
			name:  "a CNAME at the apex in a group of records",
			edits: []string{group},
			want:  []string{"cnameAtApex Consumer/Records.RecordSets[1].Name: a CNAME record has the name of its zone, other.company.com"},
		},
		{
			name:  "a zone that hides other names",
			edits: []string{`Consumer.Zone.Name = "company.com"`},
			want:  []string{"parentZone Consumer/Zone.Name: the private hosted zone company.com hides every name below it, and not only api.company.com"},
			near: [][]string{
				{`Consumer.Zone.Name = "company.com"`, `Consumer.Record.Name = {"Ref": "Undecided"}`},
				{`Consumer.Zone.Name = "company.com"`, `- Consumer.Zone.VPCs`},
				{`Consumer.Zone.Name = "company.com"`, `Consumer.Endpoint.ServiceName = "com.amazonaws.eu-west-1.logs"`},
				{`Consumer.Zone.Name = "company.com"`, `Consumer.Endpoint.ServiceName = {"Fn::Sub": "com.amazonaws.${Undecided}.logs"}`},
				{`Consumer.Zone.Name = "company.com"`, `Consumer.Record.AliasTarget = {"DNSName": "a.b", "HostedZoneId": "Z"}`},
			},
		},
		{
			name: "a zone above the API, with two records",
			edits: []string{
				`Consumer.Record.Name = "quotes.api.company.com"`, `Consumer.Record6 = {"Type": "AWS::Route53::RecordSet", "Properties": {"HostedZoneId": {"Ref": "Zone"}, ` +
					`"Name": "orders.api.company.com", "Type": "CNAME", "ResourceRecords": [{"Fn::Select": [0, {"Fn::GetAtt": ["Endpoint", "DnsEntries"]}]}]}}`,
			},
			want: []string{
				"parentZone Consumer/Zone.Name: the private hosted zone api.company.com hides every name below it, and not only quotes.api.company.com",
			},
		},
		{
			name:  "an API with the name of a company",
			edits: []string{`Consumer.Zone.Name = "company.com"`, `Consumer.Record.Name = "company.com"`},
			want:  []string{"parentZone Consumer/Zone.Name: the private hosted zone company.com hides every name below it, and not only company.com"},
		},
		{
			name:  "a VPC without DNS hostnames",
			edits: []string{`- Consumer.Vpc.EnableDnsHostnames`},
			want:  []string{"vpcDns Consumer/Vpc.EnableDnsHostnames: EnableDnsHostnames of the VPC is not given, so false"},
			near:  [][]string{{`- Consumer.Vpc.EnableDnsHostnames`, `- Consumer.Zone.VPCs`}, {`Consumer.Vpc.EnableDnsHostnames = {"Ref": "Undecided"}`}},
		},
		{
			name: "a VPC without DNS, for private DNS",
			edits: []string{
				`- Consumer.Zone`, `- Consumer.Record`, `Consumer.Vpc.EnableDnsHostnames = false`, `Consumer.Vpc.EnableDnsSupport = "false"`,
				endpoint("Logs", "com.amazonaws.eu-west-1.logs"),
			},
			want: []string{
				"vpcDns Consumer/Vpc.EnableDnsSupport: EnableDnsSupport of the VPC is false",
				"vpcDns Consumer/Vpc.EnableDnsHostnames: EnableDnsHostnames of the VPC is false",
			},
		},
	})
}
