package reachability

import "testing"

func TestOpeningFindings(t *testing.T) {
	const (
		everyone = `{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": "0.0.0.0/0"}`
		instance = `Provider.Instance = {"Type": "AWS::EC2::Instance", "Properties": {"SecurityGroupIds": [{"Ref": "InstanceGroup"}]}}`
		group    = `Provider.InstanceGroup = {"Type": "AWS::EC2::SecurityGroup", "Properties": {"VpcId": {"Ref": "Vpc"}, "SecurityGroupIngress": [` + everyone + `]}}`
	)
	testFindings(t, []findingCase{
		{
			name:  "an NLB that faces the internet",
			edits: []string{`Provider.Nlb.Scheme = "internet-facing"`},
			want:  []string{"internetFacing Provider/Nlb.Scheme: the load balancer faces the internet"},
			near:  [][]string{{`Provider.Nlb.Scheme = {"Ref": "AWS::StackId"}`}},
		},
		{
			name: "an ALB without a scheme, behind two listeners",
			edits: []string{
				`- Provider.Alb.Scheme`,
				`Provider.NetworkListener2 = {"Type": "AWS::ElasticLoadBalancingV2::Listener", "Properties": {"LoadBalancerArn": {"Ref": "Nlb"}, ` +
					`"Port": 8443, "Protocol": "TCP", "DefaultActions": [{"Type": "forward", "TargetGroupArn": {"Ref": "AlbTargets2"}}]}}`,
				`Provider.AlbTargets2 = {"Type": "AWS::ElasticLoadBalancingV2::TargetGroup", "DependsOn": "Listener", "Properties": {"TargetType": "alb", ` +
					`"Protocol": "TCP", "Port": 443, "Targets": [{"Id": {"Ref": "Alb"}}], "HealthCheckProtocol": "HTTPS", "HealthCheckPath": "/health"}}`,
			},
			want: []string{"internetFacing Provider/Alb.Scheme: the load balancer has no Scheme, so it faces the internet"},
			near: [][]string{withUndecided(`- Provider.Alb.Scheme`, `Provider.AlbTargets.@Condition = "Maybe"`), {`- Provider.Alb.Scheme`, `Provider.NetworkListener.DefaultActions = []`}},
		},
		{
			name: "every address, at each hop",
			edits: []string{
				`Provider.NlbGroup.SecurityGroupIngress = [` + everyone + `]`,
				`Provider.AlbGroup.SecurityGroupIngress = [{"IpProtocol": "-1", "CidrIpv6": "::/0"}]`,
				`Provider.TaskIngress = {"Type": "AWS::EC2::SecurityGroupIngress", "Properties": {"GroupId": {"Ref": "TaskGroup"}, "IpProtocol": "-1", "CidrIp": "0.0.0.0/0"}}`,
				`Consumer.Group.SecurityGroupIngress = [` + everyone + `]`,
			},
			want: []string{
				"openIngress Provider/NlbGroup.SecurityGroupIngress[0].CidrIp: the security group of the NLB lets in 0.0.0.0/0",
				"openIngress Provider/AlbGroup.SecurityGroupIngress[0].CidrIpv6: the security group of the ALB lets in ::/0",
				"openIngress Consumer/Group.SecurityGroupIngress[0].CidrIp: the security group of the endpoint lets in 0.0.0.0/0",
				"openIngress Provider/TaskIngress.CidrIp: the security group of the target lets in 0.0.0.0/0",
			},
			near: [][]string{
				{`Provider.NlbGroup.SecurityGroupIngress = [{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": "10.0.0.0/8"}]`},
				withUndecided(`Provider.Maybe = {"Type": "AWS::EC2::SecurityGroupIngress", "Condition": "Maybe", ` +
					`"Properties": {"GroupId": {"Ref": "TaskGroup"}, "IpProtocol": "-1", "CidrIp": "0.0.0.0/0"}}`),
				{`Consumer.ClientGroup.SecurityGroupIngress = [` + everyone + `]`},
				{`Consumer.Group.SecurityGroupIngress = [` + everyone + `]`, `Consumer.Endpoint.ServiceName = "com.amazonaws.eu-west-1.logs"`},
				{`Provider.NlbGroup.SecurityGroupEgress = [` + everyone + `]`},
			},
		},
		{
			name:  "every address, at an instance",
			edits: []string{instance, group, `Provider.Tasks.Targets = [{"Id": {"Ref": "Instance"}}]`},
			want:  []string{"openIngress Provider/InstanceGroup.SecurityGroupIngress[0].CidrIp: the security group of the target lets in 0.0.0.0/0"},
			near:  [][]string{{instance, group}},
		},
		{
			name:  "what is no CIDR block",
			edits: []string{`Provider.TaskGroup.SecurityGroupEgress = [{"IpProtocol": "-1", "CidrIp": "10.0.0.0"}]`},
			want:  []string{`cidr Provider/TaskGroup.SecurityGroupEgress[0].CidrIp: SecurityGroupEgress[0].CidrIp: "10.0.0.0" is not a CIDR block`},
			near: [][]string{
				{`Provider.TaskGroup.SecurityGroupEgress = [{"IpProtocol": "-1", "CidrIp": "10.0.0.1/16"}]`},
				{`Provider.TaskGroup.SecurityGroupEgress = [{"IpProtocol": "-1", "CidrIp": {"Fn::GetAtt": ["Vpc", "CidrBlock"]}}]`},
			},
		},
	})
}
