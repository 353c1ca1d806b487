"""Target groups of VPC Lattice: what AWS refuses to create, to delete, and to register."""

from typing import Any

from moto.awslambda.models import lambda_backends
from moto.ec2.models import ec2_backends
from moto.elbv2.models import elbv2_backends

from ..services.api import Call, Values
from ..services.lattice import GUIDE, LATTICE, REFERENCE, Entity, own
from ..services.latticetarget import UNSUITABLE, group_of, users_of

_CODE = "the code and the words"


@LATTICE.refuses(
    "target group without a configuration",
    "CreateTargetGroup",
    "ValidationException",
    "A target group of type {kind} requires a {name}",
    f"{GUIDE}create-target-group.html",
    _CODE,
)
def _required(call: Call) -> Values | None:
    kind, config = call.get("type"), call.get("config", {})
    if kind == "LAMBDA":
        return None
    lacking = next((name for name in ("protocol", "port", "vpcIdentifier") if config.get(name) is None), None)
    return {"kind": kind, "name": lacking} if lacking else None


@LATTICE.refuses(
    "target group in another VPC",
    "CreateTargetGroup",
    "ValidationException",
    "The VPC '{vpc}' does not exist",
    f"{GUIDE}create-target-group.html",
    _CODE,
)
def _vpc(call: Call) -> Values | None:
    vpc = call.get("config", {}).get("vpcIdentifier")
    return None if vpc is None or vpc in ec2_backends[call.account][call.region].vpcs else {"vpc": vpc}


# The words: github.com/aws-ia/terraform-aws-amazon-vpc-lattice-module/pull/29. Assumption: those of the other type.
@LATTICE.refuses(
    "health check of a load balancer or a function",
    "CreateTargetGroup UpdateTargetGroup",
    "ValidationException",
    "{kind} Target Group does not support health check config",
    f"{GUIDE}target-group-health-checks.html",
    "the code",
)
def _health_check(call: Call) -> Values | None:
    kind = call.get("type") or group_of(call)["type"]
    given = call.get("healthCheck") or call.get("config", {}).get("healthCheck")
    return {"kind": {"ALB": "ALB", "LAMBDA": "Lambda"}[kind]} if given and kind in ("ALB", "LAMBDA") else None


@LATTICE.refuses(
    "health check of TCP without a protocol",
    "CreateTargetGroup",
    "ValidationException",
    "A health check of a TCP target group requires a protocol and a protocol version",
    f"{GUIDE}tls-listeners.html",
    _CODE,
)
def _tcp_health_check(call: Call) -> Values | None:
    config = call.get("config", {})
    check = config.get("healthCheck") or {}
    lacks = check.get("enabled") and not (check.get("protocol") and check.get("protocolVersion"))
    return {} if config.get("protocol") == "TCP" and lacks else None


@LATTICE.refuses(
    "target group in use",
    "DeleteTargetGroup",
    "ConflictException",
    "TargetGroup {group} is used by listener {listener}",
    f"{REFERENCE}API_DeleteTargetGroup.html",  # "You can't delete a target group if it is used in a listener rule"
    "the words",
)
def _used(call: Call) -> Values | None:
    group = group_of(call)
    users = users_of(call, group)
    return {"group": group.id, "listener": users[0]["listener"]} if users else None


# What RegisterTargets lists as unsuccessful, in the order of the guide:
# https://docs.aws.amazon.com/vpc-lattice/latest/ug/register-targets.html
# https://docs.aws.amazon.com/vpc-lattice/latest/ug/alb-target.html
# The code, UnsupportedTarget, and the words about instances are those of the example in
# https://docs.aws.amazon.com/cli/latest/reference/vpc-lattice/register-targets.html; the other words are assumed.


@UNSUITABLE.append
def _instance(call: Call, group: Entity, target: Values) -> str | None:
    if group["type"] != "INSTANCE":
        return None
    found: Any = next((one for one in ec2_backends[call.account][call.region].all_instances() if one.id == target["id"]), None)
    own_vpc = found is not None and found.vpc_id == group["vpcIdentifier"]
    return None if own_vpc else "Instance targets must be in the same VPC as their target group"


@UNSUITABLE.append
def _function(call: Call, group: Entity, target: Values) -> str | None:
    if group["type"] != "LAMBDA":
        return None
    arns = {function.function_arn for function in lambda_backends[call.account][call.region].list_functions()}
    if not any(target["id"] == arn or target["id"].startswith(f"{arn}:") for arn in arns):
        return "The Lambda function must be in the account and the Region of the target group"
    return "A target group of type LAMBDA takes one function" if _others(group, target) else None


@UNSUITABLE.append
def _load_balancer(call: Call, group: Entity, target: Values) -> str | None:
    if group["type"] != "ALB":
        return None
    balancer: Any = elbv2_backends[call.account][call.region].load_balancers.get(target["id"])
    if balancer is None or balancer.type != "application":
        return "The target must be an Application Load Balancer of the account"
    if balancer.scheme != "internal":
        return "An Application Load Balancer as a target must be internal"
    if balancer.vpc_id != group["vpcIdentifier"]:
        return "The Application Load Balancer must be in the same VPC as its target group"
    if _others(group, target):
        return "A target group of type ALB takes one Application Load Balancer"
    other_groups = [one for one in own(call, "TargetGroup") if one is not group]
    if sum(any(one["id"] == target["id"] for one in other["targets"]) for other in other_groups) > 1:
        return "An Application Load Balancer can be a target of two target groups"
    if target["port"] not in {int(listener.port) for listener in balancer.listeners.values()}:
        return f"The Application Load Balancer has no listener on port {target['port']}"  # Assumption: that this is refused
    return None


def _others(group: Entity, target: Values) -> bool:
    return any(one["id"] != target["id"] for one in group["targets"])
