package meshtest

import "fmt"

func ref(id string) Object            { return Object{"Ref": id} }
func att(id, attribute string) Object { return Object{"Fn::GetAtt": List{id, attribute}} }
func group(id string) Object          { return att(id, "GroupId") }
func join(parts ...any) Object        { return Object{"Fn::Join": List{"", parts}} }

func (s *Stack) add(id, kind string, properties Object) {
	s.Resources[id] = Object{
		"Type": kind, "Properties": properties,
		"Metadata": Object{"aws:cdk:path": s.Name + "/" + id + "/Resource"},
	}
}

// Properties returns the properties of a resource, which the caller may change.
func (s *Stack) Properties(id string) Object {
	return s.Resources[id].(Object)["Properties"].(Object)
}

// export adds an output that other stacks of the account import.
func (s *Stack) export(id string, v any) {
	s.Outputs[id] = Object{"Value": v, "Export": Object{"Name": s.Name + ":" + id}}
}

func imported(stack, id string) Object { return Object{"Fn::ImportValue": stack + ":" + id} }

func (s *Stack) securityGroup(id string, vpc any, rules ...any) {
	properties := Object{"GroupDescription": s.Name + "/" + id, "VpcId": vpc}
	if len(rules) > 0 {
		properties["SecurityGroupIngress"] = rules
	}
	s.add(id, "AWS::EC2::SecurityGroup", properties)
}

// closedGroup adds a security group without outbound traffic, as CDK writes it.
func (s *Stack) closedGroup(id string, vpc any, rules ...any) {
	s.securityGroup(id, vpc, rules...)
	s.Properties(id)["SecurityGroupEgress"] = List{Object{
		"CidrIp": "255.255.255.255/32", "Description": "Disallow all traffic", "FromPort": 252, "IpProtocol": "icmp", "ToPort": 86,
	}}
}

func (s *Stack) ingress(id, to string, from any, port int) {
	s.add(id, "AWS::EC2::SecurityGroupIngress", Object{
		"Description": "In by " + id, "GroupId": group(to), "SourceSecurityGroupId": from, "IpProtocol": "tcp", "FromPort": port, "ToPort": port,
	})
}

func (s *Stack) egress(id, from string, to any, port int) {
	s.add(id, "AWS::EC2::SecurityGroupEgress", Object{
		"Description": "Out by " + id, "GroupId": group(from), "DestinationSecurityGroupId": to, "IpProtocol": "tcp", "FromPort": port, "ToPort": port,
	})
}

// network adds a VPC with two subnets and the AWS endpoints that tasks need. All VPCs have the same addresses.
func (s *Stack) network() {
	s.add("Vpc", "AWS::EC2::VPC", Object{"CidrBlock": "10.0.0.0/16", "EnableDnsHostnames": true, "EnableDnsSupport": true})
	for i, zone := range []string{"a", "b"} {
		subnet, table := "Subnet"+zone, "RouteTable"+zone
		s.add(subnet, "AWS::EC2::Subnet", Object{
			"VpcId": ref("Vpc"), "AvailabilityZone": "eu-west-1" + zone, "CidrBlock": fmt.Sprintf("10.0.%d.0/24", i), "MapPublicIpOnLaunch": false,
		})
		s.add(table, "AWS::EC2::RouteTable", Object{"VpcId": ref("Vpc")})
		s.add(table+"Association", "AWS::EC2::SubnetRouteTableAssociation", Object{"RouteTableId": ref(table), "SubnetId": ref(subnet)})
	}
	s.closedGroup("AwsServices", ref("Vpc"), Object{"CidrIp": att("Vpc", "CidrBlock"), "IpProtocol": "tcp", "FromPort": 443, "ToPort": 443})
	for _, name := range []string{"ecr.api", "ecr.dkr", "logs"} {
		s.add("Aws"+name[len(name)-3:], "AWS::EC2::VPCEndpoint", Object{
			"VpcEndpointType": "Interface", "VpcId": ref("Vpc"), "SubnetIds": List{ref("Subneta"), ref("Subnetb")},
			"SecurityGroupIds": List{group("AwsServices")}, "PrivateDnsEnabled": true,
			"ServiceName": join("com.amazonaws.", ref("AWS::Region"), ".", name),
		})
	}
	s.add("Cluster", "AWS::ECS::Cluster", Object{"ClusterName": "cluster"})
	s.add("Logs", "AWS::Logs::LogGroup", Object{"RetentionInDays": 30})
}

// trust lets a service of AWS take a role.
func trust(service string) Object {
	return Object{"Version": "2012-10-17", "Statement": List{Object{
		"Action": "sts:AssumeRole", "Effect": "Allow", "Principal": Object{"Service": service},
	}}}
}

// task adds a Fargate service with its task definition and roles.
func (s *Stack) task(id string, subnets List, ports List, loadBalancers List) {
	s.add(id+"TaskRole", "AWS::IAM::Role", Object{"AssumeRolePolicyDocument": trust("ecs-tasks.amazonaws.com")})
	s.add(id+"ExecutionRole", "AWS::IAM::Role", Object{"AssumeRolePolicyDocument": trust("ecs-tasks.amazonaws.com")})
	s.add(id+"ExecutionPolicy", "AWS::IAM::Policy", Object{
		"PolicyName": id, "Roles": List{ref(id + "ExecutionRole")},
		"PolicyDocument": Object{"Version": "2012-10-17", "Statement": List{
			Object{"Action": List{"ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"}, "Effect": "Allow", "Resource": "*"},
			Object{"Action": "ecr:GetAuthorizationToken", "Effect": "Allow", "Resource": "*"},
		}},
	})
	s.add(id+"Task", "AWS::ECS::TaskDefinition", Object{
		"Cpu": "256", "Memory": "512", "Family": s.Name + id, "NetworkMode": "awsvpc", "RequiresCompatibilities": List{"FARGATE"},
		"ExecutionRoleArn": att(id+"ExecutionRole", "Arn"), "TaskRoleArn": att(id+"TaskRole", "Arn"),
		"ContainerDefinitions": List{Object{
			"Name": "app", "Essential": true, "PortMappings": ports,
			"Image": join(s.Account, ".dkr.ecr.eu-west-1.", ref("AWS::URLSuffix"), "/app:v1"),
		}},
	})
	s.add(id, "AWS::ECS::Service", Object{
		"Cluster": "cluster", "TaskDefinition": ref(id + "Task"), "LaunchType": "FARGATE", "DesiredCount": 2, "LoadBalancers": loadBalancers,
		"NetworkConfiguration": Object{"AwsvpcConfiguration": Object{
			"AssignPublicIp": "DISABLED", "SecurityGroups": List{group(id + "Group")}, "Subnets": subnets,
		}},
	})
}
