"""Target groups: which targets and which load balancers they take, and what ECS requires of them."""

from collections.abc import Iterator
from typing import Any

from moto.ecs.responses import EC2ContainerServiceResponse
from moto.elbv2.models import ELBv2Backend, FakeHealthStatus, FakeTargetGroup, elbv2_backends
from moto.elbv2.responses import ELBV2Response

from ..overlay import before, instead, refusal


def _users(backend: Any) -> Iterator[tuple[str, str]]:
    """The target groups that a rule or a default action forwards to, each with the load balancer."""
    for balancer in backend.load_balancers.values():
        for listener in balancer.listeners.values():
            for rule in listener.rules.values():
                for action in rule.actions:
                    for group in backend._get_target_group_arns_from(action_data=action.data):
                        yield group, balancer.arn


def _balancer_of(backend: Any, arn: str) -> str | None:
    """The load balancer of a listener or a rule."""
    for balancer in backend.load_balancers.values():
        for listener in balancer.listeners.values():
            if arn == listener.arn or arn in [rule.arn for rule in listener.rules.values()]:
                return balancer.arn
    return None


@before(ELBV2Response, "create_listener")
@before(ELBV2Response, "create_rule")
@before(ELBV2Response, "modify_listener")
@before(ELBV2Response, "modify_rule")
def _one_load_balancer(call: Any) -> None:
    """A target group belongs to one load balancer.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html
    The words are those of github.com/hashicorp/terraform-provider-aws/issues/22005.
    """
    backend, parameter = call.elbv2_backend, call._get_param
    balancer = parameter("LoadBalancerArn") or _balancer_of(backend, parameter("RuleArn") or parameter("ListenerArn"))
    used = [(group, other) for group, other in _users(backend) if other != balancer]
    for action in parameter("DefaultActions") or parameter("Actions") or []:
        for group in backend._get_target_group_arns_from(action_data=action):
            if group in [one for one, _ in used]:
                text = f"The following target groups cannot be associated with more than one load balancer: {group}"
                raise refusal("elbv2", "TargetGroupAssociationLimit", text)


_health_for: Any = FakeTargetGroup.health_for


@instead(FakeTargetGroup, "health_for")
def health_for(group: Any, target: dict[str, Any], ec2: Any) -> Any:
    """A target is checked while a listener forwards to its group.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html
    """
    found = _health_for(group, target, ec2)
    backend: Any = elbv2_backends[group.account_id][group.region_name]
    if found.status != "healthy" or group.arn in [one for one, _ in _users(backend)]:
        return found
    why = "Target group is not configured to receive traffic from the load balancer"
    return FakeHealthStatus(target["Id"], found.port, found.health_check_port, "unused", "Target.NotInUse", why)


@before(ELBv2Backend, "register_targets")
def _application_load_balancer(backend: Any, target_group_arn: str, instances: list[dict[str, Any]]) -> None:
    """An ALB is registered only while it listens on the port of the target group.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/network/application-load-balancer-target.html; the text is
    that of github.com/aws/aws-cdk/pull/19696.
    """
    group: Any = backend.target_groups.get(target_group_arn)
    for target in instances if group and group.target_type == "alb" else []:
        balancer = backend.load_balancers.get(target["Id"])
        if balancer is None or balancer.type != "application" or balancer.vpc_id != group.vpc_id:
            text = f"'{target['Id']}' is not an Application Load Balancer in the VPC of the target group"
            raise refusal("elbv2", "InvalidTarget", text)
        port = int(target.get("Port", group.port))
        if port not in {int(listener.port) for listener in balancer.listeners.values()}:
            text = "If the target type is ALB, the target must have at least one listener that matches the target group port"
            raise refusal("elbv2", "ValidationError", f"{text} or any specified port overrides")
        if port != int(group.port):
            text = "The port of an Application Load Balancer as a target must be that of the target group"
            raise refusal("elbv2", "ValidationError", text)
        if any(other != target["Id"] for other in group.targets):
            text = "A target group of type alb takes one Application Load Balancer"
            raise refusal("elbv2", "TooManyTargets", text)


@before(EC2ContainerServiceResponse, "create_service")
@before(EC2ContainerServiceResponse, "update_service")
def _associated_load_balancer(call: Any) -> None:
    """The text is that of github.com/aws/aws-cdk/issues/1160."""
    backend: Any = elbv2_backends[call.current_account][call.region]
    for balancer in call._get_param("loadBalancers") or []:
        arn = balancer["targetGroupArn"]
        if not backend._any_listener_using(arn):
            text = f"The target group with targetGroupArn {arn} does not have an associated load balancer."
            raise refusal("ecs", "InvalidParameterException", text)
