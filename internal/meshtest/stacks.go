package meshtest

import "fmt"

// providers adds the VPC that ten APIs share.
func (m *Mesh) providers(vpc int) {
	s := m.add(providersName(vpc), providerAccount(vpc))
	s.network()
	s.export("Vpc", ref("Vpc"))
	s.export("Subneta", ref("Subneta"))
	s.export("Subnetb", ref("Subnetb"))
	s.export("AwsServices", group("AwsServices"))
}

// api adds the stack of one API: NLB, ALB, endpoint service and tasks.
func (m *Mesh) api(api int) {
	in := providersName(api / apisOfVpc)
	s := m.add(apiName(api), providerAccount(api/apisOfVpc))
	subnets := List{imported(in, "Subneta"), imported(in, "Subnetb")}
	s.balancers(imported(in, "Vpc"), subnets)
	s.routes(imported(in, "Vpc"), Domain(api))
	s.task("App", subnets,
		List{Object{"ContainerPort": 8080, "Protocol": "tcp"}},
		List{Object{"ContainerName": "app", "ContainerPort": 8080, "TargetGroupArn": ref("Targets")}})
	s.securityGroup("AppGroup", imported(in, "Vpc"))
	s.egress("AppToAws", "AppGroup", imported(in, "AwsServices"), 443)
	s.egress("AlbToApp", "AlbGroup", group("AppGroup"), 8080)
	s.ingress("AppFromAlb", "AppGroup", group("AlbGroup"), 8080)
	m.service(s, api)
	s.operations()
}

// operations adds resources around an API that are not on its path.
func (s *Stack) operations() {
	s.scaling()
	s.add("Notification", "AWS::EC2::VPCEndpointConnectionNotification", Object{
		"ConnectionEvents": List{"Connect", "Delete"}, "ConnectionNotificationArn": ref("Topic"), "ServiceId": ref("Service"),
	})
	s.alarms("AWS/ApplicationELB", map[string]Object{
		"HTTPCode_ELB_5XX_Count": loadBalancer("Alb"), "TargetResponseTime": loadBalancer("Alb"), "UnHealthyHostCount": loadBalancer("Nlb"),
		"PortAllocationErrorCount": loadBalancer("Nlb"),
	})
}

// loadBalancer is the dimension of alarms of a load balancer.
func loadBalancer(id string) Object {
	return Object{"Name": "LoadBalancer", "Value": att(id, "LoadBalancerFullName")}
}

// scaling adds what scales the tasks, and where alarms go.
func (s *Stack) scaling() {
	s.add("Scaling", "AWS::ApplicationAutoScaling::ScalableTarget", Object{
		"MinCapacity": 2, "MaxCapacity": 10, "ScalableDimension": "ecs:service:DesiredCount", "ServiceNamespace": "ecs",
		"ResourceId": join("service/cluster/", att("App", "Name")),
	})
	s.add("ScalingPolicy", "AWS::ApplicationAutoScaling::ScalingPolicy", Object{
		"PolicyName": s.Name, "PolicyType": "TargetTrackingScaling", "ScalingTargetId": ref("Scaling"),
		"TargetTrackingScalingPolicyConfiguration": Object{
			"TargetValue": 60, "PredefinedMetricSpecification": Object{"PredefinedMetricType": "ECSServiceAverageCPUUtilization"},
		},
	})
	s.add("Logs", "AWS::Logs::LogGroup", Object{"RetentionInDays": 30})
	s.add("Topic", "AWS::SNS::Topic", Object{"DisplayName": s.Name})
}

// alarms adds an alarm for each metric, which has a dimension.
func (s *Stack) alarms(namespace string, dimensions map[string]Object) {
	for metric, dimension := range dimensions {
		s.add("Alarm"+metric[:4], "AWS::CloudWatch::Alarm", Object{
			"Namespace": namespace, "MetricName": metric, "Threshold": 1, "EvaluationPeriods": 5, "Period": 60,
			"ComparisonOperator": "GreaterThanThreshold", "Statistic": "Sum", "AlarmActions": List{ref("Topic")}, "Dimensions": List{dimension},
		})
	}
}

// service adds the endpoint service, and the accounts of the consumer VPCs that call it.
func (m *Mesh) service(s *Stack, api int) {
	s.add("Service", "AWS::EC2::VPCEndpointService", Object{"AcceptanceRequired": false, "NetworkLoadBalancerArns": List{ref("Nlb")}})
	principals := List{}
	for _, vpc := range m.callers(api) {
		principals = append(principals, join("arn:", ref("AWS::Partition"), ":iam::", consumerAccount(vpc), ":root"))
	}
	s.add("Permissions", "AWS::EC2::VPCEndpointServicePermissions", Object{"ServiceId": ref("Service"), "AllowedPrincipals": principals})
	s.Outputs["ServiceName"] = Object{"Value": join("com.amazonaws.vpce.eu-west-1.", ref("Service"))}
}

// callers are the consumer VPCs that call an API.
func (m *Mesh) callers(api int) []int {
	var vpcs []int
	for vpc := range m.vpcs() {
		for endpoint := range m.endpoints() {
			if m.calls(vpc, endpoint) == api {
				vpcs = append(vpcs, vpc)
			}
		}
	}
	return vpcs
}

// balancers adds the NLB and the ALB behind it.
func (s *Stack) balancers(vpc any, subnets List) {
	const kind = "AWS::ElasticLoadBalancingV2::"
	s.securityGroup("NlbGroup", vpc)
	s.securityGroup("AlbGroup", vpc)
	s.egress("NlbToAlb", "NlbGroup", group("AlbGroup"), 443)
	s.ingress("AlbFromNlb", "AlbGroup", group("NlbGroup"), 443)
	s.add("Nlb", kind+"LoadBalancer", Object{
		"Type": "network", "Scheme": "internal", "Subnets": subnets, "SecurityGroups": List{group("NlbGroup")},
		"EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic": "off",
	})
	s.add("Alb", kind+"LoadBalancer", Object{
		"Type": "application", "Scheme": "internal", "Subnets": subnets, "SecurityGroups": List{group("AlbGroup")},
	})
	s.add("NlbListener", kind+"Listener", Object{
		"LoadBalancerArn": ref("Nlb"), "Port": 443, "Protocol": "TCP",
		"DefaultActions": List{Object{"Type": "forward", "TargetGroupArn": ref("AlbTargets")}},
	})
	s.add("AlbTargets", kind+"TargetGroup", Object{
		"TargetType": "alb", "VpcId": vpc, "Port": 443, "Protocol": "TCP", "Targets": List{Object{"Id": ref("Alb"), "Port": 443}},
		"HealthCheckEnabled": true, "HealthCheckProtocol": "HTTPS", "HealthCheckPort": "traffic-port", "HealthCheckPath": "/healthy",
		"Matcher": Object{"HttpCode": "200"},
	})
	s.Resources["AlbTargets"].(Object)["DependsOn"] = List{"Listener"}
}

// routes adds two listener rules to the ALB: one for the API, one for the health check of the NLB.
func (s *Stack) routes(vpc any, domain string) {
	const kind = "AWS::ElasticLoadBalancingV2::"
	s.add("Listener", kind+"Listener", Object{
		"LoadBalancerArn": ref("Alb"), "Port": 443, "Protocol": "HTTPS", "SslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
		"Certificates":   List{Object{"CertificateArn": ref("Certificate")}},
		"DefaultActions": List{Object{"Type": "fixed-response", "FixedResponseConfig": Object{"StatusCode": "404"}}},
	})
	s.add("Certificate", "AWS::CertificateManager::Certificate", Object{
		"DomainName":              domain,
		"CertificateAuthorityArn": "arn:aws:acm-pca:eu-west-1:" + s.Account + ":certificate-authority/00000000-0000-0000-0000-000000000000",
	})
	s.add("Healthy", kind+"ListenerRule", Object{
		"ListenerArn": ref("Listener"), "Priority": 1,
		"Conditions": List{Object{"Field": "path-pattern", "PathPatternConfig": Object{"Values": List{"/healthy"}}}},
		"Actions":    List{Object{"Type": "fixed-response", "FixedResponseConfig": Object{"StatusCode": "200"}}},
	})
	s.add("Rule", kind+"ListenerRule", Object{
		"ListenerArn": ref("Listener"), "Priority": 10,
		"Conditions": List{
			Object{"Field": "host-header", "HostHeaderConfig": Object{"Values": List{domain}}},
			Object{"Field": "path-pattern", "PathPatternConfig": Object{"Values": List{"/v1/*"}}},
		},
		"Actions": List{Object{"Type": "forward", "TargetGroupArn": ref("Targets")}},
	})
	s.add("Targets", kind+"TargetGroup", Object{
		"TargetType": "ip", "VpcId": vpc, "Port": 8080, "Protocol": "HTTP", "HealthCheckPath": "/health",
	})
}

// consumer adds a VPC with clients, and an endpoint with a zone for each API that they call.
func (m *Mesh) consumer(vpc int) {
	s := m.add(consumerName(vpc), consumerAccount(vpc))
	s.network()
	for client := range m.clients() {
		s.client(fmt.Sprintf("Client%d", client), client == clientsOfVpc-1)
	}
	for endpoint := range m.endpoints() {
		api := m.calls(vpc, endpoint)
		m.endpoint(s, api)
		for client := range m.clients() {
			from, to := fmt.Sprintf("Client%d", client), apiName(api)
			s.egress(from+"To"+to, from+"Group", group(to+"Group"), 443)
			s.ingress(to+"From"+from, to+"Group", group(from+"Group"), 443)
		}
	}
}

// client adds a Fargate service or a function.
func (s *Stack) client(id string, isFunction bool) {
	s.securityGroup(id+"Group", ref("Vpc"))
	s.egress(id+"ToAws", id+"Group", group("AwsServices"), 443)
	subnets := List{ref("Subneta"), ref("Subnetb")}
	if !isFunction {
		s.task(id, subnets, List{}, List{})
		return
	}
	s.add(id+"Role", "AWS::IAM::Role", Object{"AssumeRolePolicyDocument": Object{"Statement": List{Object{
		"Action": "sts:AssumeRole", "Effect": "Allow", "Principal": Object{"Service": "lambda.amazonaws.com"},
	}}}})
	s.add(id, "AWS::Lambda::Function", Object{
		"Handler": "bootstrap", "Runtime": "provided.al2023", "Role": att(id+"Role", "Arn"), "Code": Object{"S3Bucket": "code", "S3Key": id},
		"VpcConfig": Object{"SecurityGroupIds": List{group(id + "Group")}, "SubnetIds": subnets},
	})
}

// output is an output of an API's stack. It crosses accounts by a parameter for every second API, and by a reference that
// CloudFormation resolves for the others.
func (m *Mesh) output(s *Stack, api int, name string) any {
	id := apiName(api)
	if api%2 == 0 {
		parameter := id + "Name"
		s.Parameters[parameter] = Object{"Type": "String"}
		m.Parameters[s.Name+"."+parameter] = "@" + id + "." + name
		return ref(parameter)
	}
	return Object{"Fn::GetStackOutput": Object{
		"StackName": id, "OutputName": name, "RoleArn": "arn:aws:iam::" + providerAccount(api/apisOfVpc) + ":role/outputs",
	}}
}

// endpoint adds the endpoint for an API with its security group, zone and record.
func (m *Mesh) endpoint(s *Stack, api int) {
	id := apiName(api)
	s.closedGroup(id+"Group", ref("Vpc"))
	s.add(id, "AWS::EC2::VPCEndpoint", Object{
		"VpcEndpointType": "Interface", "VpcId": ref("Vpc"), "SubnetIds": List{ref("Subneta"), ref("Subnetb")},
		"SecurityGroupIds": List{group(id + "Group")}, "PrivateDnsEnabled": false, "ServiceName": m.output(s, api, "ServiceName"),
	})
	entry := Object{"Fn::Split": List{":", Object{"Fn::Select": List{0, att(id, "DnsEntries")}}}}
	s.zone(id, Domain(api), Object{"Fn::Select": List{1, entry}}, Object{"Fn::Select": List{0, entry}})
}

// zone adds a zone of the VPC for a name, with a record that leads to a DNS name.
func (s *Stack) zone(id, domain string, name, zoneID any) {
	s.add(id+"Zone", "AWS::Route53::HostedZone", Object{
		"Name": domain + ".", "VPCs": List{Object{"VPCId": ref("Vpc"), "VPCRegion": "eu-west-1"}},
	})
	s.add(id+"Record", "AWS::Route53::RecordSet", Object{
		"HostedZoneId": ref(id + "Zone"), "Name": domain, "Type": "A", "AliasTarget": Object{"DNSName": name, "HostedZoneId": zoneID},
	})
}
