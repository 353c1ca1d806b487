package reachability

import (
	"fmt"
	"testing"
)

// endpoint adds an endpoint with private DNS.
func endpoint(id, service string) string {
	return fmt.Sprintf(`Consumer.%s = {"Type": "AWS::EC2::VPCEndpoint", "Properties": {"VpcEndpointType": "Interface", "VpcId": {"Ref": "Vpc"}, `+
		`"SecurityGroupIds": [{"Ref": "Group"}], "PrivateDnsEnabled": true, "ServiceName": "%s"}}`, id, service)
}

// many adds endpoints to services of AWS.
func many(n int) (edits []string) {
	for i := range n {
		edits = append(edits, endpoint(fmt.Sprintf("More%d", i), fmt.Sprintf("com.amazonaws.eu-west-1.service%d", i)))
	}
	return edits
}

func TestEndpointFindings(t *testing.T) {
	const (
		known    = `"com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"`
		policy   = `Consumer.Endpoint.PolicyDocument = {"Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111111111111:role/a"}, "Action": "*", "Resource": "*"}]}`
		fullText = `Consumer.Endpoint.PolicyDocument = {"Statement": {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": ["*"], "Resource": "*"}}`
	)
	testFindings(t, []findingCase{
		{
			name:  "a policy on an endpoint to a service of the templates",
			edits: []string{policy},
			want:  []string{"endpointPolicy Consumer/Endpoint.PolicyDocument: the endpoint has a policy, which its service does not take"},
			near: [][]string{
				{fullText},
				{policy, `Consumer.Endpoint.ServiceName = "com.amazonaws.eu-west-1.logs"`},
				{policy, `Consumer.Endpoint.ServiceName = {"Ref": "Undecided"}`},
				{`Consumer.Endpoint.PolicyDocument = {"Statement": {"Ref": "Undecided"}}`},
				{`Consumer.Endpoint.PolicyDocument = {"Statement": [{"Effect": "Allow", "Principal": {"Ref": "Undecided"}, "Action": "*", "Resource": "*"}]}`},
			},
		},
		{
			name:  "a policy with two actions",
			edits: []string{`Consumer.Endpoint.PolicyDocument = {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": ["a", "b"], "Resource": "*"}]}`},
			want:  []string{"endpointPolicy Consumer/Endpoint.PolicyDocument: the endpoint has a policy, which its service does not take"},
		},
		{
			name:  "a policy with a condition",
			edits: []string{`Consumer.Endpoint.PolicyDocument = {"Statement": {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": {"Bool": {}}}}`},
			want:  []string{"endpointPolicy Consumer/Endpoint.PolicyDocument: the endpoint has a policy, which its service does not take"},
		},
		{
			name:  "a policy that denies",
			edits: []string{`Consumer.Endpoint.PolicyDocument = {"Statement": {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}}`},
			want:  []string{"endpointPolicy Consumer/Endpoint.PolicyDocument: the endpoint has a policy, which its service does not take"},
		},
		{
			name: "a policy of two statements",
			edits: []string{`Consumer.Endpoint.PolicyDocument = {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}, ` +
				`{"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}]}`},
			want: []string{"endpointPolicy Consumer/Endpoint.PolicyDocument: the endpoint has a policy, which its service does not take"},
		},
		{
			name:  "a policy on an endpoint to a service that is named",
			edits: []string{policy, `Consumer.Endpoint.ServiceName = ` + known},
			want:  []string{"endpointPolicy Consumer/Endpoint.PolicyDocument: the endpoint has a policy, which its service does not take"},
		},
		{
			name:  "a policy for SES",
			edits: []string{policy, `Consumer.Endpoint.ServiceName = "com.amazonaws.eu-west-1.email-smtp"`},
			want:  []string{"endpointPolicy Consumer/Endpoint.PolicyDocument: the endpoint has a policy, which its service does not take"},
		},
		{
			name:  "a service name that somebody chose",
			edits: []string{`Consumer.Endpoint.ServiceName = "com.amazonaws.vpce.eu-west-1.pricing-svc"`},
			want: []string{
				"serviceName Consumer/Endpoint.ServiceName: " +
					`ServiceName: "com.amazonaws.vpce.eu-west-1.pricing-svc" is not the name of an endpoint service`,
			},
			near: [][]string{
				{`Consumer.Endpoint.ServiceName = ` + known},
				{`Consumer.Endpoint.ServiceName = "com.amazonaws.iam"`},
				{`Consumer.Endpoint.ServiceName = "vendor.example.service"`},
				{`Consumer.Endpoint.SubnetIds = ["subnet-1", "subnet-2"]`},
			},
		},
		{
			name:  "a service name without the service",
			edits: []string{`Consumer.Endpoint.ServiceName = "com.amazonaws.pricing"`},
			want:  []string{`serviceName Consumer/Endpoint.ServiceName: ServiceName: "com.amazonaws.pricing" is not the name of an endpoint service`},
		},
		{
			name:  "a service name of another form",
			edits: []string{`Consumer.Endpoint.ServiceName = "vpce-svc-0123456789abcdef0"`},
			want:  []string{`serviceName Consumer/Endpoint.ServiceName: ServiceName: "vpce-svc-0123456789abcdef0" is not the name of an endpoint service`},
		},
		{
			name:  "ServiceRegion is not the Region in the name",
			edits: []string{`Consumer.Endpoint.ServiceName = ` + known, `Consumer.Endpoint.ServiceRegion = "eu-central-1"`},
			want:  []string{"serviceRegion Consumer/Endpoint.ServiceRegion: ServiceRegion is eu-central-1, but the service is in eu-west-1"},
			near: [][]string{
				{`Consumer.Endpoint.ServiceName = ` + known, `Consumer.Endpoint.ServiceRegion = "eu-west-1"`},
				{`Consumer.Endpoint.ServiceName = ` + known, `Consumer.Endpoint.ServiceRegion = {"Ref": "Undecided"}`},
			},
		},
		{
			name:  "a service of another Region without ServiceRegion",
			edits: []string{`Consumer.Endpoint.ServiceName = "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0"`},
			want: []string{
				"serviceRegion Consumer/Endpoint.ServiceName: the service is in us-east-1 and the endpoint in eu-west-1, and ServiceRegion is not given",
			},
			near: [][]string{{`Consumer.Endpoint.ServiceName = "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0"`, `Consumer.Endpoint.ServiceRegion = "us-east-1"`}},
		},
		{
			name:  "more endpoints than a VPC has",
			edits: many(50),
			want:  []string{"endpointQuota Consumer/More9.VpcId: the VPC has more than 50 endpoints"},
			near: [][]string{
				many(49),
				append(many(50), `Consumer.More7.VpcEndpointType = "Gateway"`),
				append(many(50), `Consumer.More7.VpcId = {"Ref": "Undecided"}`),
			},
		},
		{
			name:  "two subnets of one zone, by its place in the list",
			edits: []string{`Consumer.SubnetB.AvailabilityZone = {"Fn::Select": [0, {"Fn::GetAZs": {"Ref": "AWS::Region"}}]}`},
			want: []string{
				"subnetPerZone Consumer/Endpoint.SubnetIds[1]: the subnets Consumer/SubnetA and Consumer/SubnetB are in one Availability Zone, " +
					"item 0 of Fn::GetAZs",
			},
			near: [][]string{
				{`Consumer.SubnetA.AvailabilityZone = {"Ref": "Undecided"}`, `Consumer.SubnetB.AvailabilityZone = {"Fn::Sub": "${Undecided}"}`},
				{`- Consumer.SubnetA.AvailabilityZone`, `- Consumer.SubnetB.AvailabilityZone`},
			},
		},
		{
			name: "two subnets of one zone, by its ID",
			edits: []string{
				`- Consumer.SubnetA.AvailabilityZone`, `Consumer.SubnetA.AvailabilityZoneId = "euw1-az1"`,
				`- Consumer.SubnetB.AvailabilityZone`, `Consumer.SubnetB.AvailabilityZoneId = "euw1-az1"`,
			},
			want: []string{
				"subnetPerZone Consumer/Endpoint.SubnetIds[1]: the subnets Consumer/SubnetA and Consumer/SubnetB are in one Availability Zone, euw1-az1",
			},
		},
	})
}

// A service of the templates in another Region than its endpoint.
func TestServiceOfAnotherRegion(t *testing.T) {
	const other = `Consumer.Endpoint.ServiceName = {"Fn::GetStackOutput": {"StackName": "Abroad", "OutputName": "ServiceName", ` +
		`"Region": "eu-central-1", "RoleArn": "arn:aws:iam::222222222222:role/Outputs"}}`
	for name, tc := range map[string]struct {
		edits []string
		want  string
	}{
		"not said":      {[]string{other}, "the service is in eu-central-1 and the endpoint in eu-west-1, and ServiceRegion is not given"},
		"not supported": {[]string{other, `Consumer.Endpoint.ServiceRegion = "eu-central-1"`}, "the service does not support eu-west-1, where the endpoint is"},
		"supported": {[]string{
			other, `Consumer.Endpoint.ServiceRegion = "eu-central-1"`,
			`Abroad.EndpointService.SupportedRegions = ["eu-west-1"]`,
		}, ""},
		"any": {[]string{
			other, `Consumer.Endpoint.ServiceRegion = "eu-central-1"`, `Abroad.EndpointService.SupportedRegions = {"Ref": "AWS::NotificationARNs"}`,
		}, ""},
		"not known": {[]string{
			other, `Consumer.Endpoint.ServiceRegion = "eu-central-1"`,
			`Abroad.EndpointService.SupportedRegions = [{"Ref": "AWS::StackId"}]`,
		}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := ""
			for _, f := range edited(t, tc.edits...).findings() {
				if f.Rule == "privateapi:serviceRegion" {
					got += f.Message
				}
			}
			if got != tc.want {
				t.Errorf("found %q, want %q", got, tc.want)
			}
		})
	}
}

func TestPrivateDnsFindings(t *testing.T) {
	const (
		enabled = `Consumer.Endpoint.PrivateDnsEnabled = true`
		named   = `Provider.EndpointService.PrivateDnsName = "private.company.com"`
	)
	testFindings(t, []findingCase{
		{
			name:  "private DNS without a name",
			edits: []string{enabled},
			want:  []string{"privateDnsMissing Consumer/Endpoint.PrivateDnsEnabled: PrivateDnsEnabled is true, but the service has no PrivateDnsName"},
			near: [][]string{
				{enabled, named},
				{enabled, `Provider.EndpointService.PrivateDnsName = {"Ref": "AWS::StackId"}`},
				{enabled, `Provider.Name = {"Type": "Custom::AWS", "Properties": {"ServiceToken": "arn", "Create": {"Fn::Sub": "{\"id\": \"${EndpointService}\"}"}}}`},
			},
		},
		{
			name:  "private DNS while a connection waits",
			edits: []string{enabled, named, `Provider.EndpointService.AcceptanceRequired = true`},
			want: []string{
				"privateDnsAcceptance Consumer/Endpoint.PrivateDnsEnabled: PrivateDnsEnabled is true, but a connection waits until it is accepted",
			},
			near: [][]string{{named, `Provider.EndpointService.AcceptanceRequired = true`}, {enabled, named, `- Provider.EndpointService.AcceptanceRequired`}},
		},
		{
			name:  "a hosted zone of the private DNS name",
			edits: []string{enabled, `Provider.EndpointService.PrivateDnsName = "api.company.com"`},
			want: []string{
				"dnsModes Consumer/Endpoint.PrivateDnsEnabled: the VPC has both the private DNS name api.company.com of the service and a hosted zone of it",
			},
			near: [][]string{{`Provider.EndpointService.PrivateDnsName = "api.company.com"`}},
		},
		{
			name:  "private DNS of one service twice",
			edits: []string{endpoint("Logs", "com.amazonaws.eu-west-1.logs"), endpoint("MoreLogs", "com.amazonaws.eu-west-1.logs")},
			want: []string{
				"privateDnsTwice Consumer/MoreLogs.PrivateDnsEnabled: two endpoints to com.amazonaws.eu-west-1.logs have private DNS in one VPC",
			},
			near: [][]string{
				{endpoint("Logs", "com.amazonaws.eu-west-1.logs"), endpoint("Queues", "com.amazonaws.eu-west-1.sqs")},
				{endpoint("Logs", "com.amazonaws.eu-west-1.logs"), endpoint("More", "com.amazonaws.eu-west-1.logs"), `Consumer.More.PrivateDnsEnabled = false`},
				{endpoint("Logs", "com.amazonaws.eu-west-1.logs"), endpoint("More", "com.amazonaws.eu-west-1.logs"), `Consumer.More.VpcId = "vpc-0123456789abcdef0"`},
				{
					endpoint("Logs", "com.amazonaws.eu-west-1.logs"), endpoint("More", "com.amazonaws.eu-west-1.logs"),
					`Consumer.Logs.VpcId = {"Fn::Select": [0, {"Ref": "AWS::NotificationARNs"}]}`, `Consumer.More.VpcId = {"Fn::Select": [0, {"Ref": "AWS::NotificationARNs"}]}`,
				},
			},
		},
	})
}
