"""ECS on Fargate: clusters, task definitions, and services with the network interfaces of their tasks."""

from dataclasses import replace
from typing import Any

from ..engine.expression import ID, Expression, api, computed, prop
from ..engine.resource import Request
from ..engine.resourcetype import ResourceType, register
from .names import GENERATED

_TASK_DEFINITION = (
    "ContainerDefinitions Cpu ExecutionRoleArn Memory NetworkMode RequiresCompatibilities RuntimePlatform TaskRoleArn Volumes"
)
_SERVICE = (
    "DeploymentConfiguration EnableECSManagedTags HealthCheckGracePeriodSeconds LoadBalancers NetworkConfiguration "
    "TaskDefinition VpcLatticeConfigurations"
)


def _targets(request: Request, address: str) -> list[dict[str, Any]]:
    """What to register and deregister for a task: its address in each target group of the service."""
    return [
        {"TargetGroupArn": balancer["TargetGroupArn"], "Targets": [{"Id": address, "Port": int(balancer["ContainerPort"])}]}
        for balancer in request.properties.get("LoadBalancers", [])
    ]


def _lattice_targets(request: Request, address: str) -> list[dict[str, Any]]:
    """The same in target groups of VPC Lattice: the port is that of the port mapping that the service names.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_VpcLatticeConfiguration.html
    """
    configurations = request.properties.get("VpcLatticeConfigurations", [])
    if not configurations:
        return []
    definition = request.clients.of("ecs").describe_task_definition(taskDefinition=request.properties["TaskDefinition"])
    mappings = [one for c in definition["taskDefinition"]["containerDefinitions"] for one in c.get("portMappings", [])]
    ports = {mapping.get("name"): mapping["containerPort"] for mapping in mappings}
    return [
        {
            "targetGroupIdentifier": configuration["TargetGroupArn"],
            "targets": [{"id": address, "port": ports[configuration["PortName"]]}],
        }
        for configuration in configurations
    ]


@computed("DesiredCount LoadBalancers NetworkConfiguration VpcLatticeConfigurations")
def _start_tasks(request: Request) -> None:
    """A task in awsvpc mode has a network interface, in the subnets in turn, and ECS registers its address.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-networking-awsvpc.html
    Assumption: a task is healthy as soon as it exists. Nothing runs here.
    """
    network = request.properties.get("NetworkConfiguration", {}).get("AwsvpcConfiguration")
    ec2, elb, lattice = (request.clients.of(service) for service in ("ec2", "elbv2", "vpc-lattice"))
    for number in range(int(request.properties.get("DesiredCount", 1)) if network else 0):
        interface = ec2.create_network_interface(
            SubnetId=network["Subnets"][number % len(network["Subnets"])],
            Groups=network.get("SecurityGroups", []),
            Description=request.physical_id,
        )["NetworkInterface"]
        for targets in _targets(request, interface["PrivateIpAddress"]):
            elb.register_targets(**targets)
        for targets in _lattice_targets(request, interface["PrivateIpAddress"]):
            lattice.register_targets(**targets)


@computed()
def _stop_tasks(request: Request) -> None:
    _stop(request, _interfaces(request))


def _interfaces(request: Request) -> list[dict[str, Any]]:
    filters = [{"Name": "description", "Values": [request.physical_id]}]
    return request.clients.of("ec2").describe_network_interfaces(Filters=filters)["NetworkInterfaces"]


@computed("DesiredCount LoadBalancers NetworkConfiguration TaskDefinition VpcLatticeConfigurations")
def _replace_tasks(request: Request) -> None:
    """An update starts new tasks, and then stops the old ones.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-ecs.html
    """
    before = _interfaces(request)
    _start_tasks.of(request)
    _stop(replace(request, new=None), before)


def _stop(request: Request, interfaces: list[dict[str, Any]]) -> None:
    """Stop tasks, which were registered by the properties that the service had."""
    ec2, elb, lattice = (request.clients.of(service) for service in ("ec2", "elbv2", "vpc-lattice"))
    for interface in interfaces:
        for targets in _targets(request, interface["PrivateIpAddress"]):
            elb.deregister_targets(**targets)
        for targets in _lattice_targets(request, interface["PrivateIpAddress"]):
            lattice.deregister_targets(**targets)
        ec2.delete_network_interface(NetworkInterfaceId=interface["NetworkInterfaceId"])


register(
    ResourceType(
        "AWS::ECS::Cluster",
        replacement="ClusterName",
        in_place="ClusterSettings",
        create=[
            api(
                "ecs.create_cluster",
                clusterName=prop("ClusterName", GENERATED),
                settings=prop("ClusterSettings"),
                result="cluster",
            )
        ],
        delete=[api("ecs.delete_cluster", cluster=ID)],
        id="clusterName",
        attributes={"Arn": "clusterArn"},
    ),
    ResourceType(
        "AWS::ECS::TaskDefinition",
        replacement=f"{_TASK_DEFINITION} Family",
        in_place="Tags",
        create=[
            api(
                "ecs.register_task_definition",
                f"{_TASK_DEFINITION} Tags",
                family=prop("Family", Expression(lambda request: f"{request.stack_name}{request.logical_id}")),
                result="taskDefinition",
            )
        ],
        delete=[api("ecs.deregister_task_definition", taskDefinition=ID)],
        id="taskDefinitionArn",
        attributes={"TaskDefinitionArn": ID},
    ),
    ResourceType(
        "AWS::ECS::Service",
        eager=True,  # only a DependsOn creates the listener rule of its target group first
        replacement="Cluster LaunchType ServiceName",
        in_place=f"{_SERVICE} DesiredCount",
        create=[
            api(
                "ecs.create_service",
                f"Cluster {_SERVICE}",
                desiredCount=prop("DesiredCount", 1),
                launchType=prop("LaunchType", "EC2"),
                serviceName=prop("ServiceName", GENERATED),
                result="service",
            ),
            _start_tasks,
        ],
        update=[
            api("ecs.update_service", f"Cluster {_SERVICE}", desiredCount=prop("DesiredCount", 1), service=ID),
            replace(_replace_tasks, removable=frozenset({"LoadBalancers", "VpcLatticeConfigurations"})),
        ],
        delete=[_stop_tasks, api("ecs.delete_service", "Cluster", service=ID, force=True)],
        id="serviceArn",
        attributes={"Name": "serviceName", "ServiceArn": ID},
    ),
)
