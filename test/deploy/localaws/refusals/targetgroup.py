"""Target groups: which targets Elastic Load Balancing and ECS refuse."""

from typing import Any

from moto.ecs.responses import EC2ContainerServiceResponse
from moto.elbv2.models import ELBv2Backend, elbv2_backends

from ..overlay import before, refusal


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
def _associated_load_balancer(call: Any) -> None:
    """The text is that of github.com/aws/aws-cdk/issues/1160."""
    backend: Any = elbv2_backends[call.current_account][call.region]
    for balancer in call._get_param("loadBalancers") or []:
        arn = balancer["targetGroupArn"]
        if not backend._any_listener_using(arn):
            text = f"The target group with targetGroupArn {arn} does not have an associated load balancer."
            raise refusal("ecs", "InvalidParameterException", text)
