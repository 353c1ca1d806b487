package reachability

import "testing"

func TestListenerFindings(t *testing.T) {
	testFindings(t, []findingCase{
		{
			name:  "TLS on the NLB",
			edits: []string{`Provider.NetworkListener.Protocol = "TLS"`},
			want:  []string{"networkListenerTcp Provider/NetworkListener.Protocol: the listener is TLS, but forwards to a target group of type alb"},
			near: [][]string{
				{`Provider.NetworkListener.Protocol = {"Ref": "AWS::StackId"}`},
				{`Provider.NetworkListener.Protocol = "TLS"`, `Provider.NetworkListener.DefaultActions = [{"Type": "forward", "TargetGroupArn": {"Ref": "Tasks"}}]`},
			},
		},
		{
			name: "UDP on the NLB, with weights",
			edits: []string{
				`Provider.NetworkListener.Protocol = "UDP"`,
				`Provider.NetworkListener.DefaultActions = [{"Type": "forward", "ForwardConfig": {"TargetGroups": [{"TargetGroupArn": {"Ref": "AlbTargets"}}]}}]`,
			},
			want: []string{"networkListenerTcp Provider/NetworkListener.Protocol: the listener is UDP, but forwards to a target group of type alb"},
		},
		{
			name:  "a target group for an ALB that is not TCP",
			edits: []string{`Provider.AlbTargets.Protocol = "TLS"`},
			want:  []string{"networkListenerTcp Provider/AlbTargets.Protocol: the target group of type alb has the protocol TLS"},
		},
		{
			name:  "HTTPS without a certificate",
			edits: []string{`- Provider.Listener.Certificates`},
			want:  []string{"certificateRequired Provider/Listener.Certificates: the HTTPS listener has no certificate"},
			near: [][]string{
				{`Provider.Listener.Certificates = {"Ref": "AWS::NotificationARNs"}`},
				{`- Provider.Listener.Certificates`, `Provider.Listener.Protocol = "HTTP"`, `Provider.AlbTargets.HealthCheckProtocol = "HTTP"`},
			},
		},
		{
			name: "numbers that AWS does not take",
			edits: []string{
				`Provider.NetworkListener.Port = 70000`, `Provider.Tasks.Port = 0`,
				`Provider.NetworkListener.ListenerAttributes = [{"Key": "tcp.idle_timeout.seconds", "Value": "30"}]`,
				`Provider.Tasks.TargetGroupAttributes = [{"Key": "stickiness.enabled", "Value": "false"}, {"Key": "deregistration_delay.timeout_seconds", "Value": "3601"}]`,
				`Provider.Tasks.HealthCheckIntervalSeconds = 3`, `Provider.AlbTargets.UnhealthyThresholdCount = 11`,
			},
			want: []string{
				"portRange Provider/NetworkListener.Port: Port: must be a whole number between 1 and 65535, got 70000",
				"tcpIdleTimeout Provider/NetworkListener.ListenerAttributes[0].Value: ListenerAttributes[0].Value: must be a whole number between 60 and 6000, got 30",
				"healthCheck Provider/AlbTargets.UnhealthyThresholdCount: UnhealthyThresholdCount: must be a whole number between 2 and 10, got 11",
				"portRange Provider/Tasks.Port: Port: must be a whole number between 1 and 65535, got 0",
				"healthCheck Provider/Tasks.HealthCheckIntervalSeconds: HealthCheckIntervalSeconds: must be a whole number between 5 and 300, got 3",
				"deregistrationDelay Provider/Tasks.TargetGroupAttributes[1].Value: " +
					"TargetGroupAttributes[1].Value: must be a whole number between 0 and 3600, got 3601",
			},
			near: [][]string{{
				`Provider.NetworkListener.Port = 65535`, `Provider.Tasks.Port = {"Ref": "AWS::StackId"}`,
				`Provider.NetworkListener.ListenerAttributes = [{"Key": "tcp.idle_timeout.seconds", "Value": "60"}]`,
				`Provider.Tasks.TargetGroupAttributes = [{"Key": "deregistration_delay.timeout_seconds", "Value": "3600"}]`,
				`Provider.Tasks.HealthCheckIntervalSeconds = 5`, `Provider.AlbTargets.UnhealthyThresholdCount = 10`,
			}},
		},
		{
			name: "a web ACL of CloudFront",
			edits: []string{`Provider.Acl = {"Type": "AWS::WAFv2::WebACLAssociation", "Properties": {"ResourceArn": {"Ref": "Alb"}, ` +
				`"WebACLArn": "arn:aws:wafv2:us-east-1:222222222222:global/webacl/a/b"}}`},
			want: []string{
				`webAcl Provider/Acl.WebACLArn: WebACLArn: "arn:aws:wafv2:us-east-1:222222222222:global/webacl/a/b" is not the ARN of a regional web ACL`,
			},
			near: [][]string{{`Provider.Acl = {"Type": "AWS::WAFv2::WebACLAssociation", "Properties": {"ResourceArn": {"Ref": "Alb"}, ` +
				`"WebACLArn": "arn:aws:wafv2:eu-west-1:222222222222:regional/webacl/a/b"}}`}},
		},
	})
}

func TestLoadBalancerFindings(t *testing.T) {
	const (
		one     = `Provider.Alb.Subnets = [{"Ref": "SubnetA"}]`
		absent  = `- Provider.Nlb.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic`
		blocked = "networkSecurityGroup Provider/Nlb.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: " +
			"inbound rules are enforced on PrivateLink traffic, and none names a CIDR block"
	)
	testFindings(t, []findingCase{
		{
			name:  "an ALB in one subnet",
			edits: []string{one},
			want:  []string{"twoAvailabilityZones Provider/Alb.Subnets: the ALB has one subnet, Provider/SubnetA"},
			near: [][]string{
				{one, `Provider.SubnetA.AvailabilityZone = "us-west-2-lax-1a"`},
				{one, `Provider.SubnetA.AvailabilityZone = {"Ref": "AWS::StackId"}`},
				{`Provider.Alb.Subnets = {"Ref": "AWS::NotificationARNs"}`},
				{`Provider.Nlb.Subnets = [{"Ref": "SubnetA"}]`},
			},
		},
		{
			name:  "an ALB in one subnet of a zone that AWS chooses",
			edits: []string{`- Provider.Alb.Subnets`, `Provider.Alb.SubnetMappings = [{"SubnetId": {"Ref": "SubnetA"}}]`, `- Provider.SubnetA.AvailabilityZone`},
			want:  []string{"twoAvailabilityZones Provider/Alb.SubnetMappings: the ALB has one subnet, Provider/SubnetA"},
		},
		{
			name:  "an ALB in two subnets of one zone",
			edits: []string{`Provider.SubnetB.AvailabilityZone = "eu-west-1a"`, `Provider.Nlb.Subnets = [{"Ref": "SubnetA"}]`},
			want: []string{
				"subnetPerZone Provider/Alb.Subnets[1]: the subnets Provider/SubnetA and Provider/SubnetB are in one Availability Zone, eu-west-1a",
			},
		},
		{
			name:  "an NLB without a security group",
			edits: []string{`- Provider.Nlb.SecurityGroups`, absent},
			want:  []string{"nlbSecurityGroup Provider/Nlb.SecurityGroups: the NLB of an endpoint service has no security group"},
			near: [][]string{
				{`Provider.Nlb.SecurityGroups = {"Ref": "AWS::NotificationARNs"}`},
				{`- Provider.Nlb.SecurityGroups`, absent, `- Provider.EndpointService`, `- Provider.Permissions`, `- Provider.@Outputs`, `- Consumer.Endpoint`, `- Consumer.Record`},
			},
		},
		{
			name:  "inbound rules that are enforced, and there are none",
			edits: []string{`Provider.Nlb.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic = "on"`},
			want:  []string{blocked},
			near: [][]string{
				{absent, `Provider.NlbGroup.SecurityGroupIngress = [{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": "10.1.0.0/16"}]`},
				{absent, `Provider.NlbGroup.SecurityGroupIngress = [{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "SourcePrefixListId": "pl-1"}]`},
				{absent, `Provider.NlbGroup.SecurityGroupIngress = {"Ref": "AWS::NotificationARNs"}`},
				{absent, `Provider.Nlb.SecurityGroups = ["sg-0123456789abcdef0"]`},
				{absent, `Provider.Elsewhere = {"Type": "AWS::EC2::SecurityGroupIngress", "Properties": {"GroupId": {"Ref": "AWS::StackId"}, "IpProtocol": "-1", "CidrIp": "10.1.0.0/16"}}`},
				{`Provider.Nlb.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic = {"Ref": "AWS::StackId"}`},
			},
		},
		{
			name: "inbound rules that are enforced by default, and name a security group",
			edits: []string{absent, `Provider.Ingress = {"Type": "AWS::EC2::SecurityGroupIngress", "Properties": {"GroupId": {"Ref": "NlbGroup"}, ` +
				`"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "SourceSecurityGroupId": {"Ref": "TaskGroup"}}}`},
			want: []string{blocked},
			near: [][]string{{absent, `Provider.Ingress = {"Type": "AWS::EC2::SecurityGroupIngress", "Properties": {"GroupId": {"Ref": "NlbGroup"}, ` +
				`"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIpv6": "fd00::/8"}}`}},
		},
	})
}
