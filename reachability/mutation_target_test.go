package reachability_test

import "github.com/cdk-private-api/cdk-private-api-go/reachability"

// On the way to the properties of the container and of the service that runs it.
const (
	mapping    = "ContainerDefinitions.0.PortMappings.0"
	registered = "LoadBalancers.0"
	vpcConfig  = "NetworkConfiguration.AwsvpcConfiguration"
)

var targetMutations = byHop{
	reachability.HopTargetHealthCheck: {
		{
			name: "a port that no group opens",
			edit: pricing(put(v1Targets, "HealthCheckPort", "8081")),
			says: "8081",
		},
		{
			name: "TCP",
			edit: pricing(put(v1Targets, "HealthCheckProtocol", "TCP")),
			says: "TCP",
		},
		{
			name: "a port that only the ALB's group opens",
			edit: pricing(put(v1Targets, "HealthCheckPort", "8081"), ports(albToV1, 8080, 8081)),
			says: "8081",
		},
	},
	reachability.HopLoadBalancerEgress: {
		{
			name: "the port one above",
			edit: pricing(ports(albToV1, 8081, 8081)),
			says: "8080",
		},
		{
			name: "UDP",
			edit: pricing(put(albToV1, "IpProtocol", "udp")),
			says: "8080",
		},
		{
			name: "to the tasks of the other route",
			edit: pricing(peer(albToV1, "DestinationSecurityGroupId", groupID(v2Group))),
			says: v1Service,
		},
		{
			name: "the rule is on the other side",
			edit: pricing(put(albToV1, "GroupId", groupID(v1Group))),
			says: v1Service,
		},
		{
			name: "the rule is for the way in",
			edit: pricing(turned(albToV1)),
			says: v1Service,
		},
		{
			name: "no rule",
			edit: pricing(drop(albToV1)),
			says: v1Service,
		},
		{
			name: "the task listens on the port one above",
			edit: pricing(put(v1Service, registered+".ContainerPort", 8081), put(v1Task, mapping+".ContainerPort", 8081)),
			says: "8081",
		},
	},
	reachability.HopTargetIngress: {
		{
			name: "the port one below",
			edit: pricing(ports(v1FromAlb, 8079, 8079)),
			says: "8080",
		},
		{
			name: "UDP",
			edit: pricing(put(v1FromAlb, "IpProtocol", "udp")),
			says: "8080",
		},
		{
			name: "from the NLB",
			edit: pricing(peer(v1FromAlb, "SourceSecurityGroupId", groupID(nlbGroup))),
			says: alb,
		},
		{
			name: "from other addresses",
			edit: pricing(peer(v1FromAlb, "CidrIp", "10.9.0.0/16")),
			says: alb,
		},
		{
			name: "to the tasks of the other route",
			edit: pricing(put(v1FromAlb, "GroupId", groupID(v2Group))),
			says: alb,
		},
		{
			name: "the rule is for the way out",
			edit: pricing(turned(v1FromAlb)),
			says: alb,
		},
		{
			name: "no rule",
			edit: pricing(drop(v1FromAlb)),
			says: alb,
		},
		{
			name: "the tasks' group is of another VPC",
			edit: pricing(otherVpc, put(v1Group, "VpcId", ref("OtherVpc"))),
			says: "OtherVpc",
		},
	},
	reachability.HopTarget: {
		// Somebody may register targets by hand, so these three are not certain.
		{
			name:    "no service registers",
			edit:    pricing(put(v1Service, "LoadBalancers", array{})),
			says:    v1Targets,
			unknown: true,
		},
		{
			name:    "the service registers with the other route",
			edit:    pricing(put(v1Service, "LoadBalancers.0.TargetGroupArn", ref(v2Targets))),
			says:    v1Targets,
			unknown: true,
		},
		{
			name:    "the condition of the service does not hold",
			edit:    pricing(off(v1Service)),
			says:    v1Targets,
			unknown: true,
		},
		{
			name: "a container that the task does not have",
			edit: pricing(put(v1Service, registered+".ContainerName", "web")),
			says: "web",
		},
		{
			name: "the container does not map the port",
			edit: pricing(put(v1Task, mapping+".ContainerPort", 8081)),
			says: "8080",
		},
		{
			name: "the container maps no port",
			edit: pricing(remove(v1Task, "ContainerDefinitions.0.PortMappings")),
			says: "8080",
		},
		{
			name: "the container maps the port for UDP",
			edit: pricing(put(v1Task, mapping+".Protocol", "udp")),
			says: "no TCP port mapping",
		},
		{
			name: "another port of the host, which a task with its own address does not have",
			edit: pricing(put(v1Task, mapping+".HostPort", 80)),
			says: "80",
		},
		{
			name: "a target group for instances, as is the default",
			edit: pricing(remove(v1Targets, "TargetType")),
			says: "instance",
		},
		{
			name: "tasks of Fargate without an address of their own, as is the default",
			edit: pricing(remove(v1Task, "NetworkMode")),
			says: "NetworkMode",
		},
		{
			name: "tasks without an address of their own",
			edit: pricing(
				put(v1Task, "NetworkMode", "bridge"), put(v1Task, "RequiresCompatibilities", array{"EC2"}),
				put(v1Service, "LaunchType", "EC2"), remove(v1Service, "NetworkConfiguration"),
			),
			says:    v1Service,
			unknown: true,
		},
		{
			name: "no tasks, and nothing that scales them",
			edit: pricing(put(v1Service, "DesiredCount", 0)),
			says: "DesiredCount",
		},
	},
}
