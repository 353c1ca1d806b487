"""Load balancers: what Elastic Load Balancing refuses, and what moto answers differently."""

from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.models import ec2_backends
from moto.elbv2.models import ELBv2Backend, FakeLoadBalancer
from moto.elbv2.responses import ELBV2Response

from ..overlay import after, before, instead, refusal
from .internet import has_internet_gateway


@before(ELBV2Response, "create_load_balancer")
def _zones(call: Any) -> None:
    """https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html"""
    ec2 = ec2_backends[call.current_account][call.region]
    zones = {ec2.get_subnet(subnet).availability_zone for subnet in call._get_param("Subnets", [])}
    if call._get_param("Type", "application") == "application" and len(zones) < 2:
        text = "At least two subnets in two different Availability Zones must be specified"
        raise refusal("elbv2", "ValidationError", text)


@before(ELBV2Response, "create_load_balancer")
def _internet(call: Any) -> None:
    """An internet-facing load balancer needs an internet gateway that is attached already.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html#gatewayattachment
    The words are those of github.com/aws-cloudformation/aws-cloudformation-templates/issues/75.
    """
    ec2 = ec2_backends[call.current_account][call.region]
    if call._get_param("Scheme", "internet-facing") == "internal":
        return
    for vpc in {ec2.get_subnet(subnet).vpc_id for subnet in call._get_param("Subnets", [])}:
        if not has_internet_gateway(ec2, vpc):
            raise refusal("elbv2", "InvalidSubnet", f"VPC {vpc} has no internet gateway")


@after(ELBV2Response, "create_load_balancer")
def _scheme(call: Any, result: ActionResult) -> None:
    balancer: Any = result.result["LoadBalancers"][0]  # type: ignore[index]
    balancer.scheme = balancer.scheme or "internet-facing"


@after(ELBV2Response, "create_load_balancer")
def _arn(call: Any, result: ActionResult) -> None:
    """The ARN of a Network Load Balancer; moto gives each the ARN of an Application Load Balancer.

    https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html
    """
    balancer: Any = result.result["LoadBalancers"][0]  # type: ignore[index]
    if balancer.type == "network":
        backend, old = call.elbv2_backend, balancer.arn
        balancer.arn = old.replace(":loadbalancer/app/", ":loadbalancer/net/")
        backend.load_balancers[balancer.arn] = backend.load_balancers.pop(old)
        backend.tagging_service.copy_tags(old, balancer.arn)


@before(ELBV2Response, "set_security_groups")
def _created_with_security_groups(call: Any) -> None:
    """https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
    Assumption: the words.
    """
    balancer = call.elbv2_backend.load_balancers[call._get_param("LoadBalancerArn")]
    if balancer.type == "network" and not balancer.security_groups:
        text = f"You cannot set security groups of {balancer.arn}, which was created without security groups"
        raise refusal("elbv2", "InvalidConfigurationRequest", text)


_ENFORCE = "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic"


@after(ELBV2Response, "set_security_groups")
def _enforcement(call: Any, result: ActionResult) -> None:
    """https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SetSecurityGroups.html"""
    balancer = call.elbv2_backend.load_balancers[call._get_param("LoadBalancerArn")]
    balancer.enforcement = call._get_param(_ENFORCE) or balancer.enforcement


# On by default where there are security groups (the page on security groups above).
instead(FakeLoadBalancer, "enforcement")("on")


@instead(FakeLoadBalancer, "enforce_security_group_inbound_rules_on_private_link_traffic")
@property
def _enforced(balancer: Any) -> str | None:
    return balancer.enforcement if balancer.type == "network" and balancer.security_groups else None


@before(ELBv2Backend, "delete_load_balancer")
def _deletion(backend: Any, arn: str) -> None:
    balancer = backend.load_balancers.get(arn)
    # https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#deletion-protection
    if balancer and str(balancer.attrs.get("deletion_protection.enabled")).lower() == "true":
        text = f"Load balancer '{arn}' cannot be deleted because deletion protection is enabled"
        raise refusal("elbv2", "OperationNotPermitted", text)
    # https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-delete.html
    services = ec2_backends[backend.account_id][backend.region_name].configurations.values()
    if any(arn in service.network_load_balancer_arns for service in services):
        text = f"Load balancer '{arn}' cannot be deleted because it is currently associated with another service"
        raise refusal("elbv2", "ResourceInUse", text)
    # https://docs.aws.amazon.com/elasticloadbalancing/latest/network/application-load-balancer-target.html
    # Assumption: the words.
    if any(arn in group.targets for group in backend.target_groups.values()):
        raise refusal("elbv2", "ResourceInUse", f"Load balancer '{arn}' is a target of a target group")
