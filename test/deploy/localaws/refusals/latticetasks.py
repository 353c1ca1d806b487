"""ECS services whose tasks are targets of VPC Lattice: what ECS refuses, and what moto drops.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-vpc-lattice.html
"""

import json
from typing import Any

from moto.core.responses import ActionResult
from moto.ecs.responses import EC2ContainerServiceResponse
from moto.iam.models import iam_backends
from moto.utilities.utils import get_partition

from ..overlay import after, before, refusal
from ..services.lattice import entities


def _configurations(call: Any) -> list[dict[str, str]]:
    return call._get_param("vpcLatticeConfigurations") or []


def _refuse(text: str) -> None:
    raise refusal("ecs", "InvalidParameterException", text)


# Assumption: the code and the words of all of these, and that ECS refuses the creation. It may fail later, when it registers
# the first task.


@before(EC2ContainerServiceResponse, "create_service")
def _role(call: Any) -> None:
    """The infrastructure role trusts ECS."""
    roles = list(iam_backends[call.current_account][get_partition(call.region)].roles.values())
    for configuration in _configurations(call):
        arn = configuration["roleArn"]
        policy = next((role.assume_role_policy_document for role in roles if role.arn == arn), "")
        if "ecs.amazonaws.com" not in (policy if isinstance(policy, str) else json.dumps(policy)):
            _refuse(f"ECS is unable to assume the role '{arn}'")


@before(EC2ContainerServiceResponse, "create_service")
def _groups(call: Any) -> None:
    """A target group of the account for addresses."""
    own = {one.arn: one for one in entities(call.region, "TargetGroup") if one.owner == call.current_account}
    for configuration in _configurations(call):
        group = own.get(configuration["targetGroupArn"])
        if group is None or group["type"] != "IP":
            _refuse(f"{configuration['targetGroupArn']} is not a VPC Lattice target group of type IP of this account")


@before(EC2ContainerServiceResponse, "create_service")
def _ports(call: Any) -> None:
    """The name of a port mapping of the task definition."""
    configurations = _configurations(call)
    if not configurations:
        return
    definition = call.ecs_backend.describe_task_definition(call._get_param("taskDefinition"))
    names = {mapping.get("name") for c in definition.container_definitions for mapping in c.get("portMappings", [])}
    for configuration in configurations:
        if configuration["portName"] not in names:
            _refuse(f"The task definition has no port mapping with the name '{configuration['portName']}'")


@after(EC2ContainerServiceResponse, "create_service")
def _created(call: Any, result: ActionResult) -> None:
    """A deployment has the configurations of its service."""
    service: Any = result.result["service"]  # type: ignore[index]
    for deployment in service.deployments:
        deployment["vpcLatticeConfigurations"] = _configurations(call)
