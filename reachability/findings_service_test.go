package reachability

import "testing"

func TestServiceFindings(t *testing.T) {
	second := `Provider.Second = {"Type": "AWS::EC2::VPCEndpointService", "Properties": {"NetworkLoadBalancerArns": [{"Ref": "Nlb"}]}}`
	secondAllowed := `Provider.SecondPermissions = {"Type": "AWS::EC2::VPCEndpointServicePermissions", "Properties": {` +
		`"ServiceId": {"Ref": "Second"}, "AllowedPrincipals": ["arn:aws:iam::111111111111:root"]}}`
	testFindings(t, []findingCase{
		{
			name:  "an ALB as the load balancer of a service",
			edits: []string{`Provider.EndpointService.NetworkLoadBalancerArns = [{"Ref": "Nlb"}, {"Ref": "Alb"}]`},
			want: []string{
				"serviceLoadBalancer Provider/EndpointService.NetworkLoadBalancerArns[1]: " +
					"NetworkLoadBalancerArns names a load balancer of type application, Provider/Alb",
			},
			near: [][]string{{`Provider.EndpointService.NetworkLoadBalancerArns = [{"Ref": "Nlb"}, {"Ref": "Alb"}]`, `Provider.Alb.Type = {"Ref": "AWS::StackId"}`}},
		},
		{
			name: "a service with Network and Gateway Load Balancers",
			edits: []string{
				`Provider.EndpointService.GatewayLoadBalancerArns = [{"Ref": "Gateway"}]`,
				`Provider.Gateway = {"Type": "AWS::ElasticLoadBalancingV2::LoadBalancer", "Properties": {"Type": "gateway", "Subnets": [{"Ref": "SubnetA"}]}}`,
			},
			want: []string{
				"serviceLoadBalancer Provider/EndpointService.GatewayLoadBalancerArns: the endpoint service has Network and Gateway Load Balancers",
			},
			near: [][]string{{`Provider.EndpointService.GatewayLoadBalancerArns = []`}},
		},
		{
			name:  "a service without a load balancer",
			edits: []string{`- Provider.EndpointService.NetworkLoadBalancerArns`},
			want:  []string{"serviceLoadBalancer Provider/EndpointService: the endpoint service has no load balancer"},
			near:  [][]string{{`Provider.EndpointService.NetworkLoadBalancerArns = {"Ref": "AWS::NotificationARNs"}`}},
		},
		{
			name:  "an NLB in two services",
			edits: []string{second, secondAllowed},
			want: []string{
				"serviceOfLoadBalancer Provider/Second.NetworkLoadBalancerArns[0]: " +
					"the load balancer Provider/Nlb belongs to the endpoint service Provider/EndpointService already",
			},
			near: [][]string{{
				second, secondAllowed, `Provider.Second.NetworkLoadBalancerArns = [{"Ref": "OtherNlb"}]`,
				`Provider.OtherNlb = {"Type": "AWS::ElasticLoadBalancingV2::LoadBalancer", "Properties": {"Type": "network", "Scheme": "internal", ` +
					`"Subnets": [{"Ref": "SubnetA"}], "SecurityGroups": [{"Ref": "NlbGroup"}], "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic": "off"}}`,
			}},
		},
		{
			name:  "a private DNS name that nobody can verify",
			edits: []string{`Provider.EndpointService.PrivateDnsName = "api.company.internal"`},
			want: []string{
				"privateDnsName Provider/EndpointService.PrivateDnsName: " +
					`PrivateDnsName: "api.company.internal" ends in .internal, which public DNS does not serve`,
			},
			near: [][]string{{`Provider.EndpointService.PrivateDnsName = "other.company.com"`}, {`Provider.EndpointService.PrivateDnsName = {"Ref": "AWS::StackId"}`}},
		},
		{
			name: "a TCP idle timeout on what other Regions reach",
			edits: []string{
				`Provider.EndpointService.SupportedRegions = ["eu-west-1", "eu-central-1"]`,
				`Provider.NetworkListener.ListenerAttributes = [{"Key": "tcp.idle_timeout.seconds", "Value": "600"}]`,
			},
			want: []string{
				"crossRegionIdleTimeout Provider/NetworkListener.ListenerAttributes[0].Value: tcp.idle_timeout.seconds is 600, but eu-central-1 reaches the service",
			},
			near: [][]string{
				{
					`Provider.EndpointService.SupportedRegions = ["eu-west-1"]`,
					`Provider.NetworkListener.ListenerAttributes = [{"Key": "tcp.idle_timeout.seconds", "Value": "600"}]`,
				},
				{
					`Provider.EndpointService.SupportedRegions = ["eu-central-1"]`,
					`Provider.NetworkListener.ListenerAttributes = [{"Key": "tcp.idle_timeout.seconds", "Value": "350"}]`,
				},
			},
		},
	})
}

func TestPermissionFindings(t *testing.T) {
	more := `Provider.More = {"Type": "AWS::EC2::VPCEndpointServicePermissions", "Properties": {` +
		`"ServiceId": {"Ref": "EndpointService"}, "AllowedPrincipals": ["arn:aws:iam::333333333333:root"]}}`
	testFindings(t, []findingCase{
		{
			name:  "nobody is allowed",
			edits: []string{`- Provider.Permissions`},
			want:  []string{"nobodyAllowed Provider/EndpointService: nobody is allowed to connect to the endpoint service"},
			near: [][]string{
				{`- Provider.Permissions`, `Provider.Endpoint = {"Type": "AWS::EC2::VPCEndpoint", "Properties": {"VpcEndpointType": "Interface", "VpcId": {"Ref": "Vpc"}, ` +
					`"ServiceName": {"Fn::Sub": "com.amazonaws.vpce.eu-west-1.${EndpointService}"}}}`},
				{`- Provider.Permissions`, `Provider.Allow = {"Type": "Custom::Allow", "Properties": {"ServiceToken": "arn", "ServiceId": {"Ref": "EndpointService"}}}`},
				{`Provider.Permissions.ServiceId = {"Fn::Select": [0, {"Ref": "AWS::NotificationARNs"}]}`},
				{`Provider.Permissions.AllowedPrincipals = {"Ref": "AWS::NotificationARNs"}`},
			},
		},
		{
			name:  "an empty list of principals",
			edits: []string{`Provider.Permissions.AllowedPrincipals = []`},
			want:  []string{"nobodyAllowed Provider/Permissions.AllowedPrincipals: nobody is allowed to connect to the endpoint service"},
		},
		{
			name:  "two lists of principals",
			edits: []string{more},
			want: []string{
				"permissionsTwice Provider/Permissions.ServiceId: two resources list the principals of the endpoint service Provider/EndpointService",
			},
			near: [][]string{{more, `Provider.More.ServiceId = "vpce-svc-0123456789abcdef0"`}, {more, `Provider.More.ServiceId = {"Ref": "AWS::StackId"}`}},
		},
		{
			name:  "a principal with a path, and one of another partition",
			edits: []string{`Provider.Permissions.AllowedPrincipals = ["arn:aws:iam::111111111111:role/teams/checkout", "arn:aws-cn:iam::111111111111:root"]`},
			want: []string{
				"principal Provider/Permissions.AllowedPrincipals[0]: " +
					`AllowedPrincipals[0]: "arn:aws:iam::111111111111:role/teams/checkout" has a path`,
				"principal Provider/Permissions.AllowedPrincipals[1]: " +
					`AllowedPrincipals[1]: "arn:aws-cn:iam::111111111111:root" is of partition aws-cn, but eu-west-1 is in aws`,
			},
			near: [][]string{
				{`Provider.Permissions.AllowedPrincipals = ["arn:aws:iam::111111111111:role/checkout", "vpc-lattice.amazonaws.com"]`},
				{`Provider.Permissions.AllowedPrincipals = [{"Fn::Sub": "arn:aws:iam::${AWS::StackId}:root"}, {"Ref": "AWS::StackId"}]`},
			},
		},
		{
			name:  "a principal twice",
			edits: []string{`Provider.Permissions.AllowedPrincipals = ["arn:aws:iam::111111111111:root", {"Fn::Sub": "arn:${AWS::Partition}:iam::111111111111:root"}]`},
			want:  []string{"principalTwice Provider/Permissions.AllowedPrincipals[1]: arn:aws:iam::111111111111:root is allowed twice"},
			near:  [][]string{{`Provider.Permissions.AllowedPrincipals = ["arn:aws:iam::111111111111:root", "arn:aws:iam::111111111111:role/a"]`}},
		},
		{
			name:  "everyone without acceptance",
			edits: []string{`Provider.Permissions.AllowedPrincipals = ["*"]`},
			want: []string{
				"everyoneNeedsAcceptance Provider/EndpointService.AcceptanceRequired: every AWS account may connect, and no connection needs to be accepted",
			},
			near: [][]string{
				{`Provider.Permissions.AllowedPrincipals = ["*"]`, `Provider.EndpointService.AcceptanceRequired = true`},
				{`Provider.Permissions.AllowedPrincipals = ["*"]`, `- Provider.EndpointService.AcceptanceRequired`},
			},
		},
	})
}
