"""Services of ECS on Fargate, with the network interfaces of their tasks."""

from __future__ import annotations

from typing import Any

from moto.core.exceptions import ServiceException

from .resource import IN_PLACE, REPLACE, Call, Deployed, Handler, Properties, handles

_FREE_KEYS = {"Options", "DockerLabels"}  # maps whose keys are the user's


def lower(value: Any) -> Any:
    """Names as the API of ECS has them: those of templates, with a small first letter."""
    if isinstance(value, list):
        return [lower(item) for item in value]
    if isinstance(value, dict):
        return {key[0].lower() + key[1:]: item if key in _FREE_KEYS else lower(item) for key, item in value.items()}
    return value


@handles
class Cluster(Handler):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-cluster.html"""

    type_name = "AWS::ECS::Cluster"
    properties = {"ClusterName": REPLACE}

    def create(self, call: Call) -> Deployed:
        name = call.properties.get("ClusterName", f"{call.stack_name}-{call.logical_id}-{call.stack_id[-12:]}")
        cluster = call.client("ecs").create_cluster(clusterName=name)["cluster"]
        return self.deployed(call, name, Arn=cluster["clusterArn"])

    def delete(self, call: Call, old: Deployed) -> None:
        call.client("ecs").delete_cluster(cluster=old.physical_resource_id)


@handles
class TaskDefinition(Handler):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-taskdefinition.html"""

    type_name = "AWS::ECS::TaskDefinition"
    properties = {
        **dict.fromkeys(["ContainerDefinitions", "Cpu", "ExecutionRoleArn", "Family", "Memory", "NetworkMode"], REPLACE),
        **dict.fromkeys(["RequiresCompatibilities", "RuntimePlatform", "TaskRoleArn", "Volumes"], REPLACE),
        "Tags": IN_PLACE,
    }

    def create(self, call: Call) -> Deployed:
        arguments = lower(call.properties)
        arguments.setdefault("family", f"{call.stack_name}{call.logical_id}")
        arn = call.client("ecs").register_task_definition(**arguments)["taskDefinition"]["taskDefinitionArn"]
        return self.deployed(call, arn, TaskDefinitionArn=arn)

    def delete(self, call: Call, old: Deployed) -> None:
        call.client("ecs").deregister_task_definition(taskDefinition=old.physical_resource_id)


@handles
class Service(Handler):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-service.html"""

    type_name = "AWS::ECS::Service"
    eager = True  # only DependsOn puts the listener rule of its target group first
    properties = {
        "Cluster": REPLACE,
        "DeploymentConfiguration": IN_PLACE,
        "DesiredCount": IN_PLACE,
        "EnableECSManagedTags": IN_PLACE,
        "HealthCheckGracePeriodSeconds": IN_PLACE,
        "LaunchType": REPLACE,
        "LoadBalancers": IN_PLACE,
        "NetworkConfiguration": IN_PLACE,
        "ServiceName": REPLACE,
        "TaskDefinition": IN_PLACE,
    }

    def create(self, call: Call) -> Deployed:
        p, ecs = call.properties, call.client("ecs")
        self.check_target_groups(call, p)
        service = ecs.create_service(
            cluster=p["Cluster"],
            serviceName=p.get("ServiceName", f"{call.stack_name}-{call.logical_id}-{call.stack_id[-12:]}"),
            taskDefinition=p["TaskDefinition"],
            desiredCount=int(p.get("DesiredCount", 1)),
            launchType=p.get("LaunchType", "EC2"),
            loadBalancers=lower(p.get("LoadBalancers", [])),
            networkConfiguration=lower(p.get("NetworkConfiguration", {})),
        )["service"]
        made = self.deployed(call, service["serviceArn"], ServiceArn=service["serviceArn"], Name=service["serviceName"])
        made.model = self.start_tasks(call, p)
        return made

    def check_target_groups(self, call: Call, p: Properties) -> None:
        """The text is that of github.com/aws/aws-cdk/issues/1160."""
        elb = call.client("elbv2")
        for balancer in p.get("LoadBalancers", []):
            arn = balancer["TargetGroupArn"]
            if not self.attached(elb, arn):
                text = f"The target group with targetGroupArn {arn} does not have an associated load balancer."
                raise ServiceException("InvalidParameterException", text)

    def attached(self, elb: Any, arn: str) -> bool:
        for balancer in elb.describe_load_balancers()["LoadBalancers"]:
            for listener in elb.describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])["Listeners"]:
                rules = elb.describe_rules(ListenerArn=listener["ListenerArn"])["Rules"]
                if any(action.get("TargetGroupArn") == arn for rule in rules for action in rule["Actions"]):
                    return True
        return False

    def start_tasks(self, call: Call, p: Properties) -> list[dict[str, str]]:
        """Tasks in awsvpc mode have a network interface each, in the subnets in turn, and ECS registers their addresses.

        https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html
        Assumption: a task is healthy as soon as it is there. Nothing runs here.
        """
        network = p.get("NetworkConfiguration", {}).get("AwsvpcConfiguration")
        if not network:
            return []
        ec2, elb, tasks = call.client("ec2"), call.client("elbv2"), []
        for number in range(int(p.get("DesiredCount", 1))):
            subnet = network["Subnets"][number % len(network["Subnets"])]
            groups = network.get("SecurityGroups", [])
            interface = ec2.create_network_interface(SubnetId=subnet, Groups=groups)["NetworkInterface"]
            tasks.append({"interface": interface["NetworkInterfaceId"], "address": interface["PrivateIpAddress"]})
            for balancer in p.get("LoadBalancers", []):
                target = {"Id": interface["PrivateIpAddress"], "Port": int(balancer["ContainerPort"])}
                elb.register_targets(TargetGroupArn=balancer["TargetGroupArn"], Targets=[target])
        return tasks

    def stop_tasks(self, call: Call, old: Deployed) -> None:
        for task in old.model or []:
            for balancer in old.properties.get("LoadBalancers", []):
                target = {"Id": task["address"], "Port": int(balancer["ContainerPort"])}
                call.client("elbv2").deregister_targets(TargetGroupArn=balancer["TargetGroupArn"], Targets=[target])
            call.client("ec2").delete_network_interface(NetworkInterfaceId=task["interface"])

    def delete(self, call: Call, old: Deployed) -> None:
        self.stop_tasks(call, old)
        cluster = old.properties["Cluster"]
        call.client("ecs").delete_service(cluster=cluster, service=old.physical_resource_id, force=True)
