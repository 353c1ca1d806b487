"""Load balancers: rules of Elastic Load Balancing that moto lacks, and the resource type."""

from __future__ import annotations

import hashlib
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.models import ec2_backends
from moto.elbv2.models import ELBv2Backend, FakeLoadBalancer, elbv2_backends
from moto.elbv2.responses import ELBV2Response

from .refusal import refusal
from .resource import IN_PLACE, REPLACE, Call, Deployed, Handler, as_bool, handles

ENFORCE = "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic"


def short_name(call: Call) -> str:
    """A name of at most 32 characters, as load balancers and target groups have."""
    unique = hashlib.sha256(f"{call.stack_id}/{call.logical_id}".encode()).hexdigest()[:12]
    return f"{call.stack_name[:5].strip('-')}-{call.logical_id[:12]}-{unique}"


def _create(plain: Any) -> Any:
    def create_load_balancer(self: Any) -> ActionResult:
        subnets = self._get_param("Subnets", [])
        zones = {ec2_backends[self.current_account][self.region].get_subnet(s).availability_zone for s in subnets}
        # https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
        if self._get_param("Type", "application") == "application" and len(zones) < 2:
            text = "At least two subnets in two different Availability Zones must be specified"
            raise refusal("elbv2", "ValidationError", text)
        result: ActionResult = plain(self)
        _rename(self.elbv2_backend, result.result["LoadBalancers"][0])
        return result

    return create_load_balancer


def _rename(backend: Any, balancer: Any) -> None:
    """Give a Network Load Balancer an ARN of its kind, where moto gives all that of an Application Load Balancer.

    https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html
    """
    if balancer.type == "network":
        old = balancer.arn
        balancer.arn = old.replace(":loadbalancer/app/", ":loadbalancer/net/")
        backend.load_balancers[balancer.arn] = backend.load_balancers.pop(old)
        backend.tagging_service.copy_tags(old, balancer.arn)


def _set_security_groups(plain: Any) -> Any:
    """https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_SetSecurityGroups.html"""

    def set_security_groups(self: Any) -> ActionResult:
        balancer = self.elbv2_backend.load_balancers[self._get_param("LoadBalancerArn")]
        # https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
        # Assumption: the words of the refusal.
        if balancer.type == "network" and not balancer.security_groups:
            text = f"You cannot set security groups of {balancer.arn}, which was created without security groups"
            raise refusal("elbv2", "InvalidConfigurationRequest", text)
        result: ActionResult = plain(self)
        balancer.enforcement = self._get_param(ENFORCE) or balancer.enforcement
        return result

    return set_security_groups


def _delete(plain: Any) -> Any:
    def delete_load_balancer(self: Any, arn: str) -> None:
        balancer = self.load_balancers.get(arn)
        # https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#deletion-protection
        if balancer and as_bool(balancer.attrs.get("deletion_protection.enabled")):
            text = f"Load balancer '{arn}' cannot be deleted because deletion protection is enabled"
            raise refusal("elbv2", "OperationNotPermitted", text)
        # https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-delete.html
        services = ec2_backends[self.account_id][self.region_name].configurations.values()
        if any(arn in service.network_load_balancer_arns for service in services):
            text = f"Load balancer '{arn}' cannot be deleted because it is currently associated with another service"
            raise refusal("elbv2", "ResourceInUse", text)
        # https://docs.aws.amazon.com/elasticloadbalancing/latest/network/application-load-balancer-target.html
        # Assumption: the words of the refusal.
        if any(arn in group.targets for group in self.target_groups.values()):
            raise refusal("elbv2", "ResourceInUse", f"Load balancer '{arn}' is a target of a target group")
        plain(self, arn)

    return delete_load_balancer


def install() -> None:
    """Lay the rules over moto's Elastic Load Balancing."""
    response: Any = ELBV2Response
    response.create_load_balancer = _create(response.create_load_balancer)
    response.set_security_groups = _set_security_groups(response.set_security_groups)
    backend: Any = ELBv2Backend
    backend.delete_load_balancer = _delete(backend.delete_load_balancer)
    model: Any = FakeLoadBalancer
    # Enforced, unless it is switched off, where there are security groups (the page on security groups above).
    model.enforcement = "on"
    model.enforce_security_group_inbound_rules_on_private_link_traffic = property(
        lambda balancer: balancer.enforcement if balancer.type == "network" and balancer.security_groups else None
    )


@handles
class LoadBalancer(Handler):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticloadbalancingv2-loadbalancer.html"""

    type_name = "AWS::ElasticLoadBalancingV2::LoadBalancer"
    properties = {
        ENFORCE: IN_PLACE,
        "IpAddressType": IN_PLACE,
        "LoadBalancerAttributes": IN_PLACE,
        "Name": REPLACE,
        "Scheme": REPLACE,
        "SecurityGroups": IN_PLACE,
        "Subnets": IN_PLACE,
        "Tags": IN_PLACE,
        "Type": REPLACE,
    }

    def create(self, call: Call) -> Deployed:
        p, elb = call.properties, call.client("elbv2")
        arguments = {key: p[key] for key in ("IpAddressType", "Scheme", "SecurityGroups", "Subnets", "Tags") if key in p}
        balancer = elb.create_load_balancer(
            Name=p.get("Name", short_name(call)), Type=p.get("Type", "application"), **arguments
        )["LoadBalancers"][0]
        arn = balancer["LoadBalancerArn"]
        self.configure(elb, arn, p)
        return self.deployed(
            call,
            arn,
            LoadBalancerArn=arn,
            LoadBalancerName=balancer["LoadBalancerName"],
            LoadBalancerFullName=arn.split(":loadbalancer/", 1)[1],
            DNSName=balancer["DNSName"],
            CanonicalHostedZoneID=balancer["CanonicalHostedZoneId"],
            SecurityGroups=p.get("SecurityGroups", []),
        )

    def configure(self, elb: Any, arn: str, p: dict[str, Any]) -> None:
        if p.get("LoadBalancerAttributes"):
            elb.modify_load_balancer_attributes(LoadBalancerArn=arn, Attributes=p["LoadBalancerAttributes"])
        if ENFORCE in p:
            elb.set_security_groups(
                LoadBalancerArn=arn, SecurityGroups=p.get("SecurityGroups", []), **{ENFORCE: p[ENFORCE]}
            )

    def update(self, call: Call, old: Deployed, changed: set[str]) -> Deployed:
        unfaithful = changed - {ENFORCE, "LoadBalancerAttributes"}
        if unfaithful:
            return super().update(call, old, unfaithful)
        removed = {a["Key"] for a in old.properties.get("LoadBalancerAttributes", [])}
        removed -= {a["Key"] for a in call.properties.get("LoadBalancerAttributes", [])}
        if removed:  # which value AWS would go back to is not known here
            return super().update(call, old, {f"LoadBalancerAttributes {key}" for key in removed})
        self.configure(call.client("elbv2"), old.physical_resource_id, call.properties)
        return self.deployed(call, old.physical_resource_id, **old.attributes)

    def delete(self, call: Call, old: Deployed) -> None:
        call.client("elbv2").delete_load_balancer(LoadBalancerArn=old.physical_resource_id)


def application_load_balancer(account: str, region: str, arn: str) -> Any | None:
    """The Application Load Balancer of an ARN, if it is one."""
    balancer = elbv2_backends[account][region].load_balancers.get(arn)
    return balancer if balancer is not None and balancer.type == "application" else None
