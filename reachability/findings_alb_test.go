package reachability

import (
	"slices"
	"testing"
)

func TestAlbTargetFindings(t *testing.T) {
	const (
		otherVpc = `Provider.OtherVpc = {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.2.0.0/16"}}`
		other    = `Provider.OtherAlb = {"Type": "AWS::ElasticLoadBalancingV2::LoadBalancer", "Properties": {"Scheme": "internal", ` +
			`"Subnets": [{"Ref": "SubnetA"}, {"Ref": "SubnetB"}], "SecurityGroups": [{"Ref": "AlbGroup"}]}}`
		two = `Provider.AlbTargets.Targets = [{"Id": {"Ref": "Alb"}}, {"Id": {"Ref": "OtherAlb"}}]`
	)
	testFindings(t, []findingCase{
		{
			name:  "attributes of a target group for an ALB",
			edits: []string{`Provider.AlbTargets.TargetGroupAttributes = [{"Key": "preserve_client_ip.enabled", "Value": "true"}]`},
			want: []string{
				"targetGroupAttributes Provider/AlbTargets.TargetGroupAttributes: the target group of type alb has the attribute preserve_client_ip.enabled",
			},
			near: [][]string{
				{`Provider.AlbTargets.TargetGroupAttributes = []`},
				{`Provider.Tasks.TargetGroupAttributes = [{"Key": "stickiness.enabled", "Value": "true"}]`},
			},
		},
		{
			name:  "two ALBs in a target group",
			edits: []string{other, two},
			want:  []string{"albTarget Provider/AlbTargets.Targets[1].Id: the target group has more than one target"},
			near:  [][]string{{`Provider.AlbTargets.Targets = [{"Id": {"Ref": "Alb"}}, {"Id": {"Ref": "AWS::StackId"}}]`}},
		},
		{
			name:  "an NLB as target of an NLB",
			edits: []string{`Provider.AlbTargets.Targets = [{"Id": {"Ref": "OtherAlb"}}]`, other, `Provider.OtherAlb.Type = "network"`},
			want:  []string{"albTarget Provider/AlbTargets.Targets[0].Id: the target Provider/OtherAlb is a load balancer of type network"},
		},
		{
			name:  "a port on which the ALB does not listen",
			edits: []string{`Provider.AlbTargets.Port = 8443`},
			want:  []string{"onePort Provider/AlbTargets.Port: the target's port is 8443, but the ALB Provider/Alb listens on 443"},
			near: [][]string{
				{`Provider.AlbTargets.Port = 8443`, `Provider.AlbTargets.Targets = [{"Id": {"Ref": "Alb"}, "Port": 443}]`},
				{`Provider.AlbTargets.Port = 8443`, `Provider.Listener.Port = {"Fn::GetAtt": ["Vpc", "CidrBlock"]}`},
				{`Provider.AlbTargets.Port = 8443`, `Provider.Extra = {"Type": "AWS::ElasticLoadBalancingV2::Listener", "Properties": {"LoadBalancerArn": {"Ref": "AWS::StackId"}, "Port": 1}}`},
			},
		},
		{
			name:  "a port of the target on which the ALB does not listen",
			edits: []string{`Provider.AlbTargets.Targets = [{"Id": {"Ref": "Alb"}, "Port": 80}]`},
			want:  []string{"onePort Provider/AlbTargets.Targets[0].Port: the target's port is 80, but the ALB Provider/Alb listens on 443"},
		},
		{
			name:  "no dependency on the listener",
			edits: []string{`- Provider.AlbTargets.@DependsOn`},
			want: []string{
				"albTargetDependency Provider/AlbTargets.Targets[0]: the target group registers the ALB, and does not depend on its listener on port 443",
			},
			near: [][]string{
				{`Provider.AlbTargets.@DependsOn = ["Service"]`}, // by the route, which refers to the listener
				{`- Provider.AlbTargets.@DependsOn`, `Provider.AlbTargets.Tags = [{"Key": "after", "Value": {"Ref": "HealthRule"}}]`},
				{`- Provider.AlbTargets.@DependsOn`, `Provider.AlbTargets.Targets = [{"Id": "arn:aws:elasticloadbalancing:eu-west-1:222222222222:loadbalancer/app/a/b"}]`},
			},
		},
		{
			name: "a dependency on the listener of another port",
			edits: []string{
				`Provider.AlbTargets.@DependsOn = "Plain"`,
				`Provider.Plain = {"Type": "AWS::ElasticLoadBalancingV2::Listener", "Properties": {"LoadBalancerArn": {"Ref": "Alb"}, "Port": 80, "Protocol": "HTTP"}}`,
			},
			want: []string{
				"albTargetDependency Provider/AlbTargets.Targets[0]: the target group registers the ALB, and does not depend on its listener on port 443",
			},
		},
		{
			name:  "a target group of another VPC",
			edits: []string{otherVpc, `Provider.AlbTargets.VpcId = {"Ref": "OtherVpc"}`},
			want:  []string{"loadBalancerVpc Provider/AlbTargets.VpcId: the target group is in Provider/OtherVpc, and the ALB in Provider/Vpc"},
			near: [][]string{
				{`Provider.AlbTargets.VpcId = "vpc-0123456789abcdef0"`},
				{`Provider.AlbTargets.VpcId = {"Fn::GetAtt": ["AlbGroup", "VpcId"]}`},
			},
		},
		{
			name:  "an ALB whose VPC is not known",
			edits: []string{`Provider.Alb.Subnets = ["subnet-1", "subnet-2"]`, otherVpc, `Provider.AlbTargets.VpcId = {"Ref": "OtherVpc"}`},
			want:  []string{},
		},
		{
			name: "an NLB of another VPC, with two listeners",
			edits: []string{
				`Provider.NetworkListener2 = {"Type": "AWS::ElasticLoadBalancingV2::Listener", "Properties": {"LoadBalancerArn": {"Ref": "Nlb"}, ` +
					`"Port": 8443, "Protocol": "TCP", "DefaultActions": [{"Type": "forward", "TargetGroupArn": {"Ref": "AlbTargets"}}]}}`,
				otherVpc, `Provider.Nlb.Subnets = [{"Ref": "OtherSubnet"}]`,
				`Provider.OtherSubnet = {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "OtherVpc"}, "AvailabilityZone": "eu-west-1a"}}`,
			},
			want: []string{"loadBalancerVpc Provider/AlbTargets.Targets[0].Id: the ALB is in Provider/Vpc, and the NLB Provider/Nlb in Provider/OtherVpc"},
			near: [][]string{withUndecided(
				otherVpc, `Provider.Nlb.Subnets = [{"Ref": "OtherSubnet"}]`, `Provider.Nlb.@Condition = "Maybe"`,
				`Provider.OtherSubnet = {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "OtherVpc"}, "AvailabilityZone": "eu-west-1a"}}`,
			)},
		},
	})
}

func TestAlbBehindManyNlbs(t *testing.T) {
	chain := func(i string) []string {
		return []string{
			`Provider.Nlb` + i + ` = {"Type": "AWS::ElasticLoadBalancingV2::LoadBalancer", "Properties": {"Type": "network", "Scheme": "internal", "Subnets": [{"Ref": "SubnetA"}]}}`,
			`Provider.NetworkListener` + i + ` = {"Type": "AWS::ElasticLoadBalancingV2::Listener", "Properties": {"LoadBalancerArn": {"Ref": "Nlb` + i + `"}, ` +
				`"Port": 443, "Protocol": "TCP", "DefaultActions": [{"Type": "forward", "TargetGroupArn": {"Ref": "Targets` + i + `"}}]}}`,
			`Provider.Targets` + i + ` = {"Type": "AWS::ElasticLoadBalancingV2::TargetGroup", "DependsOn": "Listener", "Properties": {"TargetType": "alb", ` +
				`"Protocol": "TCP", "Port": 443, "Targets": [{"Id": {"Ref": "Alb"}}], "HealthCheckProtocol": "HTTPS", "HealthCheckPath": "/health"}}`,
		}
	}
	testFindings(t, []findingCase{{
		name:  "an ALB behind four NLBs",
		edits: slices.Concat(chain("2"), chain("3"), chain("4")),
		want: []string{
			"albTargetQuota Provider/Targets3.Targets[0].Id: the ALB Provider/Alb is the target of Provider/Nlb, Provider/Nlb2 and Provider/Nlb3",
		},
		near: [][]string{
			chain("2"),
			withUndecided(append(append(chain("2"), chain("3")...), `Provider.Nlb3.@Condition = "Maybe"`)...),
		},
	}})
}

func TestHealthCheckFindings(t *testing.T) {
	const (
		noRule = `- Provider.HealthRule`
		says   = "healthCheck Provider/AlbTargets.HealthCheckPath: the ALB answers the health check of "
		plain  = `Provider.Plain = {"Type": "AWS::ElasticLoadBalancingV2::Listener", "Properties": {"LoadBalancerArn": {"Ref": "Alb"}, "Port": 80, ` +
			`"Protocol": "HTTP", "DefaultActions": [{"Type": "redirect", "RedirectConfig": {"StatusCode": "HTTP_301", "Protocol": "HTTPS"}}]}}`
	)
	testFindings(t, []findingCase{
		{
			name:  "TCP",
			edits: []string{`Provider.AlbTargets.HealthCheckProtocol = "TCP"`},
			near: [][]string{
				{`Provider.AlbTargets.HealthCheckProtocol = {"Ref": "AWS::StackId"}`}, {`- Provider.AlbTargets.HealthCheckProtocol`},
			},
			want: []string{"healthCheck Provider/AlbTargets.HealthCheckProtocol: HealthCheckProtocol is TCP"},
		},
		{
			name:  "another protocol than the listener's",
			edits: []string{`Provider.AlbTargets.HealthCheckProtocol = "HTTP"`},
			want: []string{
				"healthCheck Provider/AlbTargets.HealthCheckProtocol: HealthCheckProtocol is HTTP, but the ALB's listener on port 443 is HTTPS",
			},
		},
		{
			name:  "a port without a listener",
			edits: []string{`Provider.AlbTargets.HealthCheckPort = "8080"`},
			want:  []string{"healthCheck Provider/AlbTargets.HealthCheckPort: HealthCheckPort is 8080, but the ALB Provider/Alb listens on 443"},
			near:  [][]string{{`Provider.AlbTargets.HealthCheckPort = "traffic-port"`}, {`Provider.AlbTargets.HealthCheckPort = 443`}, {`Provider.AlbTargets.HealthCheckPort = {"Ref": "AWS::StackId"}`}},
		},
		{
			name:  "a path and codes that AWS does not take",
			edits: []string{`Provider.AlbTargets.HealthCheckPath = "health"`, `Provider.AlbTargets.Matcher = {"HttpCode": "2xx,404"}`},
			want: []string{
				`healthCheck Provider/AlbTargets.HealthCheckPath: HealthCheckPath: "health" is not a path`,
				`healthCheck Provider/AlbTargets.Matcher.HttpCode: Matcher.HttpCode: "2xx,404" is not a list or range of HTTP codes between 200 and 599`,
			},
		},
		{
			name:  "a path that the default action answers",
			edits: []string{noRule},
			want:  []string{says + "/health with 404"},
			near: [][]string{
				{noRule, `Provider.AlbTargets.Matcher = {"HttpCode": "200-299,404"}`},
				{noRule, `Provider.Listener.DefaultActions = [{"Type": "forward", "TargetGroupArn": {"Ref": "Tasks"}}]`},
				{noRule, `Provider.AlbTargets.HealthCheckPath = {"Ref": "AWS::StackId"}`},
				{noRule, `Provider.Route.Conditions = [{"Field": "path-pattern", "Values": ["/*"]}]`},
				{noRule, `Provider.Route.Conditions = [{"Field": "source-ip", "SourceIpConfig": {"Values": ["10.0.0.0/16"]}}]`},
				{
					noRule, `Provider.Route.Conditions = [{"Field": "source-ip", "SourceIpConfig": {"Values": ["10.0.0.0/16"]}}]`,
					`Provider.Route.Actions = [{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "403"}}]`,
				},
				{noRule, `Provider.Route.Conditions = [{"Field": "host-header", "Values": ["10.0.?.*"]}]`},
				{noRule, `Provider.Route.Actions = [{"Type": "authenticate-oidc"}, {"Type": "forward", "TargetGroupArn": {"Ref": "Tasks"}}]`, `Provider.Route.Conditions = []`},
				{noRule, `Provider.Listener.DefaultActions = [{"Type": "authenticate-oidc"}, {"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}]`},
				{noRule, `Provider.Route.Conditions = {"Ref": "AWS::NotificationARNs"}`},
				{noRule, `Provider.Route.Conditions = [{"Field": "path-pattern", "PathPatternConfig": {"RegexValues": ["^/h"]}}]`},
				{noRule, `Provider.Stray = {"Type": "AWS::ElasticLoadBalancingV2::ListenerRule", "Properties": {"ListenerArn": {"Ref": "AWS::StackId"}, "Priority": 2}}`},
			},
		},
		{
			name:  "no path and no codes, and the default action answers",
			edits: []string{`- Provider.AlbTargets.HealthCheckPath`, `- Provider.AlbTargets.Matcher`},
			want:  []string{says + "/ with 404"},
			near:  [][]string{{`- Provider.AlbTargets.Matcher`}},
		},
		{
			name:  "a rule for hosts alone",
			edits: []string{`Provider.HealthRule.Conditions = [{"Field": "path-pattern", "Values": ["/health"]}, {"Field": "host-header", "Values": ["*.company.com"]}]`},
			want:  []string{says + "/health with 404"},
			near: [][]string{{
				`Provider.HealthRule.Conditions = [{"Field": "path-pattern", "Values": ["/health"]}, ` +
					`{"Field": "http-request-method", "HttpRequestMethodConfig": {"Values": ["GET", "HEAD"]}}]`,
			}},
		},
		{
			name:  "a rule that answers with another code",
			edits: []string{`Provider.HealthRule.Actions = [{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": 503}}]`},
			want:  []string{says + "/health with 503"},
		},
		{
			name: "a rule before the one for health checks",
			edits: []string{`Provider.HealthRule.Priority = 20`, `Provider.First = {"Type": "AWS::ElasticLoadBalancingV2::ListenerRule", "Properties": {` +
				`"ListenerArn": {"Ref": "Listener"}, "Priority": 19, "Conditions": [{"Field": "path-pattern", "Values": ["/heal*"]}], ` +
				`"Actions": [{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "403"}}]}}`},
			want: []string{
				says + "/health with 403",
				"routeShadowed Provider/HealthRule.Conditions: Provider/First, of the smaller priority, takes every request of the rule",
			},
		},
		{
			name: "a listener that redirects",
			edits: []string{
				plain, `Provider.AlbTargets.HealthCheckPort = "80"`, `Provider.AlbTargets.HealthCheckProtocol = "HTTP"`,
			},
			want: []string{says + "/health with 301"},
			near: [][]string{{
				plain, `Provider.AlbTargets.HealthCheckPort = "80"`, `Provider.AlbTargets.HealthCheckProtocol = "HTTP"`, `Provider.AlbTargets.Matcher = {"HttpCode": "200-399"}`,
			}},
		},
	})
}
