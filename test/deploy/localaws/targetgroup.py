"""Target groups, the targets that are registered with them, and the resource type."""

from __future__ import annotations

from typing import Any

from moto.elbv2.models import ELBv2Backend

from .loadbalancer import application_load_balancer, short_name
from .refusal import refusal
from .resource import IN_PLACE, REPLACE, Call, Deployed, Handler, Properties, handles


def _register(plain: Any) -> Any:
    def register_targets(self: Any, target_group_arn: str, instances: list[dict[str, Any]]) -> None:
        group = self.target_groups.get(target_group_arn)
        if group is not None and group.target_type == "alb":
            for target in instances:
                _check_alb(self, group, target)
        plain(self, target_group_arn, instances)

    return register_targets


def _check_alb(backend: Any, group: Any, target: dict[str, Any]) -> None:
    """An ALB is registered only while it listens on the port of the target group.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/network/application-load-balancer-target.html; the text is
    that of github.com/aws/aws-cdk/pull/19696.
    """
    balancer = application_load_balancer(backend.account_id, backend.region_name, target["Id"])
    if balancer is None or balancer.vpc_id != group.vpc_id:
        text = f"'{target['Id']}' is not an Application Load Balancer in the VPC of the target group"
        raise refusal("elbv2", "InvalidTarget", text)
    ports = {int(listener.port) for listener in balancer.listeners.values()}
    if int(target.get("Port", group.port)) not in ports:
        text = "If the target type is ALB, the target must have at least one listener that matches the target group port"
        raise refusal("elbv2", "ValidationError", f"{text} or any specified port overrides")
    if int(target.get("Port", group.port)) != int(group.port):
        text = "The port of an Application Load Balancer as a target must be that of the target group"
        raise refusal("elbv2", "ValidationError", text)
    if any(other != target["Id"] for other in group.targets):
        text = "A target group of type alb takes one Application Load Balancer"
        raise refusal("elbv2", "TooManyTargets", text)


def install() -> None:
    """Lay the rules over moto's Elastic Load Balancing."""
    backend: Any = ELBv2Backend
    backend.register_targets = _register(backend.register_targets)


_HEALTH_CHECK = (
    "HealthCheckEnabled",
    "HealthCheckIntervalSeconds",
    "HealthCheckPath",
    "HealthCheckPort",
    "HealthCheckProtocol",
    "HealthCheckTimeoutSeconds",
    "HealthyThresholdCount",
    "Matcher",
    "UnhealthyThresholdCount",
)


@handles
class TargetGroup(Handler):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticloadbalancingv2-targetgroup.html"""

    type_name = "AWS::ElasticLoadBalancingV2::TargetGroup"
    eager = True  # its targets may need a listener that nothing but DependsOn puts first
    properties = {
        **dict.fromkeys(_HEALTH_CHECK, IN_PLACE),
        "IpAddressType": REPLACE,
        "Name": REPLACE,
        "Port": REPLACE,
        "Protocol": REPLACE,
        "ProtocolVersion": REPLACE,
        "Tags": IN_PLACE,
        "TargetGroupAttributes": IN_PLACE,
        "Targets": IN_PLACE,
        "TargetType": REPLACE,
        "VpcId": REPLACE,
    }

    def create(self, call: Call) -> Deployed:
        p, elb = call.properties, call.client("elbv2")
        same = ("IpAddressType", "Port", "Protocol", "ProtocolVersion", "Tags", "TargetType", "VpcId")
        arguments = {key: p[key] for key in same if key in p} | self.health_check(p)
        group = elb.create_target_group(Name=p.get("Name", short_name(call)), **arguments)["TargetGroups"][0]
        arn = group["TargetGroupArn"]
        made = self.deployed(
            call,
            arn,
            TargetGroupArn=arn,
            TargetGroupName=group["TargetGroupName"],
            TargetGroupFullName=arn.rsplit(":", 1)[1],
            LoadBalancerArns=group.get("LoadBalancerArns", []),
        )
        try:
            self.configure(elb, arn, {}, p)
        except Exception:
            elb.delete_target_group(TargetGroupArn=arn)
            raise
        return made

    def health_check(self, p: Properties) -> Properties:
        return {key: p[key] for key in _HEALTH_CHECK if key in p}

    def configure(self, elb: Any, arn: str, old: Properties, p: Properties) -> None:
        if p.get("TargetGroupAttributes"):
            elb.modify_target_group_attributes(TargetGroupArn=arn, Attributes=p["TargetGroupAttributes"])
        was, now = old.get("Targets", []), p.get("Targets", [])
        if gone := [target for target in was if target not in now]:
            elb.deregister_targets(TargetGroupArn=arn, Targets=gone)
        if come := [target for target in now if target not in was]:
            elb.register_targets(TargetGroupArn=arn, Targets=come)

    def update(self, call: Call, old: Deployed, changed: set[str]) -> Deployed:
        p, elb = call.properties, call.client("elbv2")
        if changed & {"Tags"}:
            return super().update(call, old, {"Tags"})
        if set(self.health_check(old.properties)) - set(p):  # which default AWS would go back to is not known here
            return super().update(call, old, changed)
        if changed & set(_HEALTH_CHECK):
            elb.modify_target_group(TargetGroupArn=old.physical_resource_id, **self.health_check(p))
        self.configure(elb, old.physical_resource_id, old.properties, p)
        return self.deployed(call, old.physical_resource_id, **old.attributes)

    def delete(self, call: Call, old: Deployed) -> None:
        elb = call.client("elbv2")
        if old.properties.get("Targets"):
            elb.deregister_targets(TargetGroupArn=old.physical_resource_id, Targets=old.properties["Targets"])
        elb.delete_target_group(TargetGroupArn=old.physical_resource_id)
