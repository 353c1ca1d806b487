"""Target groups of VPC Lattice and their targets.

https://docs.aws.amazon.com/vpc-lattice/latest/ug/target-groups.html
"""

from collections.abc import Callable, Iterator

from .api import Call, Values, page
from .lattice import LATTICE, Entity, create, find, own, remove

# https://docs.aws.amazon.com/vpc-lattice/latest/ug/target-group-health-checks.html
_HEALTH_CHECK = {
    "enabled": True,
    "protocol": "HTTP",
    "protocolVersion": "HTTP1",
    "path": "/",
    "healthCheckIntervalSeconds": 30,
    "healthCheckTimeoutSeconds": 5,
    "healthyThresholdCount": 5,
    "unhealthyThresholdCount": 2,
    "matcher": {"httpCode": "200"},
}

UNSUITABLE: list[Callable[[Call, Entity, Values], str | None]] = []
"""What RegisterTargets refuses about one target; the call succeeds and lists it as unsuccessful."""


def group_of(call: Call) -> Entity:
    return find(call, "TargetGroup", call.get("targetGroupIdentifier"), owned=True)


def _config(call: Call) -> Values:
    """The configuration with the defaults of its type: no target group of an ALB or of a function has a health check."""
    config, kind = dict(call.get("config", {})), call.get("type")
    if kind == "LAMBDA":
        return config
    if config.get("protocol") != "TCP":
        config.setdefault("protocolVersion", "HTTP1")
    if kind in ("IP", "INSTANCE"):
        config.setdefault("ipAddressType", "IPV4")
        # On by default for HTTP/1.1 only. Assumption: it is described as disabled, with the other defaults, where it is off.
        on = config.get("protocolVersion") == "HTTP1"
        config["healthCheck"] = _HEALTH_CHECK | {"enabled": on} | config.get("healthCheck", {})
    return config


_SUMMARY = "port protocol ipAddressType vpcIdentifier lambdaEventStructureVersion"


@LATTICE.operation("CreateTargetGroup")
def _create(call: Call) -> Values:
    config = _config(call)
    values = {"name": call.get("name"), "type": call.get("type"), "config": config, "status": "ACTIVE", "targets": []}
    summary = {name: config.get(name) for name in _SUMMARY.split()}
    return create(call, "TargetGroup", values | summary).values


def _described(call: Call, group: Entity) -> Values:
    services = sorted({user["serviceArn"] for user in users_of(call, group)})
    return group.values | {"serviceArns": services}


@LATTICE.operation("GetTargetGroup")
def _get(call: Call) -> Values:
    return _described(call, group_of(call))


@LATTICE.operation("ListTargetGroups")
def _list(call: Call) -> Values:
    vpc, kind = call.get("vpcIdentifier"), call.get("targetGroupType")
    return page(
        [
            _described(call, group)
            for group in own(call, "TargetGroup")
            if vpc in (None, group["vpcIdentifier"]) and kind in (None, group["type"])
        ]
    )


@LATTICE.operation("UpdateTargetGroup")
def _update(call: Call) -> Values:
    group = group_of(call)
    group.values["config"] = group["config"] | {"healthCheck": _HEALTH_CHECK | call.get("healthCheck")}
    return group.update(call, "")


@LATTICE.operation("DeleteTargetGroup")
def _delete(call: Call) -> Values:
    group = group_of(call)
    remove(call, group)
    return group.values | {"status": "DELETE_IN_PROGRESS"}


def forwarded(action: Values | None) -> Iterator[str]:
    """The identifiers of the target groups that an action forwards to."""
    for target in ((action or {}).get("forward") or {}).get("targetGroups", []):
        yield target["targetGroupIdentifier"]


def users_of(call: Call, group: Entity) -> list[Values]:
    """The listeners and rules that forward to a target group, with their services."""
    found = []
    for listener in own(call, "Listener"):
        rules = [rule for rule in own(call, "Rule") if rule["listenerId"] == listener.id]
        actions = [listener["defaultAction"], *(rule["action"] for rule in rules)]
        if any(name in (group.id, group.arn) for action in actions for name in forwarded(action)):
            found.append({"listener": listener.id, "serviceArn": listener["serviceArn"]})
    return found


def _port(group: Entity, target: Values) -> int | None:
    return target.get("port") or group["config"].get("port")


@LATTICE.operation("RegisterTargets")
def _register(call: Call) -> Values:
    group = group_of(call)
    successful, unsuccessful = [], []
    for given in call.get("targets"):
        target = {"id": given["id"], "port": _port(group, given)}
        reasons = [reason for reason in (check(call, group, target) for check in UNSUITABLE) if reason]
        if reasons:
            failure = {"failureCode": "UnsupportedTarget", "failureMessage": reasons[0]}
            unsuccessful.append(target | failure)
            continue
        successful.append(target)
        if target not in group["targets"]:
            group["targets"].append(target)
    return {"successful": successful, "unsuccessful": unsuccessful}


@LATTICE.operation("DeregisterTargets")
def _deregister(call: Call) -> Values:
    """Assumption: a target is gone at once. AWS lets it drain, and refuses to delete the target group until then:
    github.com/hashicorp/terraform-provider-aws/issues/41601.
    """
    group = group_of(call)
    gone = [{"id": target["id"], "port": _port(group, target)} for target in call.get("targets")]
    group.values["targets"] = [target for target in group["targets"] if target not in gone]
    return {"successful": gone, "unsuccessful": []}


@LATTICE.operation("ListTargets")
def _targets(call: Call) -> Values:
    """A target is unused while no service forwards to its group; where nothing checks it, its status is unavailable.

    https://docs.aws.amazon.com/vpc-lattice/latest/ug/target-group-health-checks.html#target-health-statuses
    Assumption: it is healthy as soon as it is registered. Nothing runs here.
    """
    group = group_of(call)
    wanted = [(target["id"], _port(group, target)) for target in call.get("targets", [])]
    checked = group["config"].get("healthCheck", {}).get("enabled", False)
    status = ("HEALTHY" if checked else "UNAVAILABLE") if users_of(call, group) else "UNUSED"
    targets = [target for target in group["targets"] if not wanted or (target["id"], target["port"]) in wanted]
    return page([target | {"status": status} for target in targets])
