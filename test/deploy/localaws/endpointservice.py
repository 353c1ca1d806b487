"""Endpoint services: the rules of EC2 that moto lacks, and their resource types."""

from __future__ import annotations

import re
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models import ec2_backends
from moto.ec2.responses.vpc_service_configuration import VPCEndpointServiceConfiguration
from moto.elbv2.models import elbv2_backends

from .privatedns import ask_for_proof
from .resource import IN_PLACE, REPLACE, Call, Deployed, Handler, as_bool, handles, retag, tags_for

# Account root, role or user without a path, or everybody.
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcEndpointServicePermissions.html
# Assumption: everything else is refused with InvalidPrincipal; AWS documents no other form.
_PRINCIPAL = re.compile(r"\*|arn:aws(-[a-z]+)*:iam::\d{12}:(root|role/[^/]+|user/[^/]+)|[a-z0-9.-]+\.amazonaws\.com")

# A connection in one of these states keeps its service from being deleted, and its load balancers from being changed.
# https://docs.aws.amazon.com/vpc/latest/privatelink/delete-endpoint-service.html
CONNECTED = ("available", "pendingAcceptance")


def connections(service: Any) -> list[Any]:
    """The endpoints of all accounts that ask for a service."""
    return [
        endpoint
        for regions in list(ec2_backends.values())
        for backend in list(regions.values())
        for endpoint in list(backend.vpc_end_points.values())
        if endpoint.service_name == service.service_name
    ]


def service_named(name: str, region: str) -> Any | None:
    """The endpoint service of a name, whoever owns it."""
    for regions in list(ec2_backends.values()):
        if region in regions:
            for service in list(regions[region].configurations.values()):
                if service.service_name == name:
                    return service
    return None


def zones_of(service: Any) -> set[str]:
    """The IDs of the zones that a service offers: those of its load balancers' subnets."""
    return {subnet.availability_zone_id for lb in balancers_of(service) for subnet in lb.subnets}


def balancers_of(service: Any) -> list[Any]:
    """The load balancers of a service."""
    backend = elbv2_backends[service.ec2_backend.account_id][service.ec2_backend.region_name]
    return [backend.load_balancers[arn] for arn in service.network_load_balancer_arns if arn in backend.load_balancers]


def _create(plain: Any) -> Any:
    def create_vpc_endpoint_service_configuration(self: Any) -> ActionResult:
        backend = elbv2_backends[self.current_account][self.region]
        used = {arn for service in self.ec2_backend.configurations.values() for arn in service.network_load_balancer_arns}
        for arn in self._get_param("NetworkLoadBalancerArns", []):
            balancer = backend.load_balancers.get(arn)
            if balancer is None or balancer.type != "network":
                raise EC2ClientError("InvalidParameter", f"{arn} is not a Network Load Balancer of this account")
            # A Network Load Balancer belongs to one service; Assumption: the words of the refusal.
            # https://docs.aws.amazon.com/vpc/latest/privatelink/create-endpoint-service.html
            if arn in used:
                raise EC2ClientError("InvalidParameter", f"{arn} is associated with another endpoint service")
        result: ActionResult = plain(self)
        service = result.result["ServiceConfiguration"]
        ask_for_proof(service)
        service.acceptance_required = as_bool(service.acceptance_required)
        service.availability_zone_ids = sorted(zones_of(service))
        return result

    return create_vpc_endpoint_service_configuration


def _delete(plain: Any) -> Any:
    def delete_vpc_endpoint_service_configurations(self: Any) -> ActionResult:
        for service_id in self._get_param("ServiceIds", []):
            service = self.ec2_backend.configurations.get(service_id)
            if service and any(endpoint.state in CONNECTED for endpoint in connections(service)):
                code = "ExistingVpcEndpointConnections"
                text = f"Service {service_id} has existing active VPC Endpoint connections!"
                error = {"ResourceId": service_id, "Error": {"Code": code, "Message": text}}
                return ActionResult({"Unsuccessful": [error]})
        result: ActionResult = plain(self)
        return result

    return delete_vpc_endpoint_service_configurations


def _modify(plain: Any) -> Any:
    """The load balancers of a service stay while endpoints are connected, and a new private DNS name is not verified.

    https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html#associate-load-balancer
    Assumption: the words, and that EC2 refuses to take any load balancer away, also after it got another.
    """

    def modify_vpc_endpoint_service_configuration(self: Any) -> ActionResult:
        service = self.ec2_backend.configurations.get(self._get_param("ServiceId"))
        removed = self._get_param("RemoveNetworkLoadBalancerArns", [])
        if removed and service and any(endpoint.state in CONNECTED for endpoint in connections(service)):
            text = f"Service {service.id} has existing active VPC Endpoint connections!"
            raise EC2ClientError("ExistingVpcEndpointConnections", text)
        result: ActionResult = plain(self)
        if self._get_param("PrivateDnsName"):
            ask_for_proof(service)  # https://docs.aws.amazon.com/vpc/latest/privatelink/manage-dns-names.html
        return result

    return modify_vpc_endpoint_service_configuration


def _permit(plain: Any) -> Any:
    def modify_vpc_endpoint_service_permissions(self: Any) -> ActionResult:
        for principal in self._get_param("AddAllowedPrincipals", []):
            if not _PRINCIPAL.fullmatch(principal):
                raise EC2ClientError("InvalidPrincipal", f"Invalid Principal: '{principal}'")
        result: ActionResult = plain(self)
        return result

    return modify_vpc_endpoint_service_permissions


def install() -> None:
    """Lay the rules over moto's EC2."""
    response: Any = VPCEndpointServiceConfiguration
    for action, rule in {
        "create_vpc_endpoint_service_configuration": _create,
        "delete_vpc_endpoint_service_configurations": _delete,
        "modify_vpc_endpoint_service_configuration": _modify,
        "modify_vpc_endpoint_service_permissions": _permit,
    }.items():
        setattr(response, action, rule(getattr(response, action)))


@handles
class VpcEndpointService(Handler):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpcendpointservice.html"""

    type_name = "AWS::EC2::VPCEndpointService"
    properties = {
        "AcceptanceRequired": IN_PLACE,
        "NetworkLoadBalancerArns": IN_PLACE,
        "PrivateDnsName": IN_PLACE,
        "Tags": IN_PLACE,
    }
    planned = dict.fromkeys(
        ["ContributorInsightsEnabled", "PayerResponsibility", "SupportedIpAddressTypes", "SupportedRegions"], IN_PLACE
    )

    def create(self, call: Call) -> Deployed:
        p, ec2 = call.properties, call.client("ec2")
        service = ec2.create_vpc_endpoint_service_configuration(
            AcceptanceRequired=as_bool(p.get("AcceptanceRequired", True)),
            NetworkLoadBalancerArns=p.get("NetworkLoadBalancerArns", []),
            TagSpecifications=tags_for(p, "vpc-endpoint-service"),
            **({"PrivateDnsName": p["PrivateDnsName"]} if p.get("PrivateDnsName") else {}),
        )["ServiceConfiguration"]
        return self.read(call, service["ServiceId"])

    def read(self, call: Call, service_id: str) -> Deployed:
        found = call.client("ec2").describe_vpc_endpoint_service_configurations(ServiceIds=[service_id])
        service = found["ServiceConfigurations"][0]
        dns = service.get("PrivateDnsNameConfiguration", {})
        return self.deployed(call, service_id, ServiceId=service_id, PrivateDnsNameConfiguration=dns)

    def update(self, call: Call, old: Deployed, changed: set[str]) -> Deployed:
        p, ec2, service_id = call.properties, call.client("ec2"), old.physical_resource_id
        arguments: dict[str, Any] = {}
        if "AcceptanceRequired" in changed:
            arguments["AcceptanceRequired"] = as_bool(p.get("AcceptanceRequired", True))
        if "NetworkLoadBalancerArns" in changed:
            was, now = (set(x.get("NetworkLoadBalancerArns", [])) for x in (old.properties, p))
            arguments["AddNetworkLoadBalancerArns"] = sorted(now - was)
            arguments["RemoveNetworkLoadBalancerArns"] = sorted(was - now)
        if "PrivateDnsName" in changed:
            if not p.get("PrivateDnsName"):
                return super().update(call, old, {"PrivateDnsName"})
            arguments["PrivateDnsName"] = p["PrivateDnsName"]
        if arguments:
            ec2.modify_vpc_endpoint_service_configuration(ServiceId=service_id, **arguments)
        retag(ec2, service_id, old.properties, p)
        return self.read(call, service_id)

    def delete(self, call: Call, old: Deployed) -> None:
        ids = [old.physical_resource_id]
        for failed in call.client("ec2").delete_vpc_endpoint_service_configurations(ServiceIds=ids)["Unsuccessful"]:
            raise EC2ClientError(failed["Error"]["Code"], failed["Error"]["Message"])


@handles
class VpcEndpointServicePermissions(Handler):
    """The list of a template is the whole list: who is not in it is revoked, by hand or not.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpcendpointservicepermissions.html
    """

    type_name = "AWS::EC2::VPCEndpointServicePermissions"
    properties = {"AllowedPrincipals": IN_PLACE, "ServiceId": REPLACE}

    def create(self, call: Call) -> Deployed:
        self.allow(call, call.properties.get("AllowedPrincipals", []))
        return self.deployed(call, call.properties["ServiceId"])

    def allow(self, call: Call, wanted: list[str]) -> None:
        ec2, service_id = call.client("ec2"), call.properties["ServiceId"]
        found = ec2.describe_vpc_endpoint_service_permissions(ServiceId=service_id)["AllowedPrincipals"]
        allowed = {principal["Principal"] for principal in found}
        ec2.modify_vpc_endpoint_service_permissions(
            ServiceId=service_id,
            AddAllowedPrincipals=sorted(set(wanted) - allowed),
            RemoveAllowedPrincipals=sorted(allowed - set(wanted)),
        )

    def update(self, call: Call, old: Deployed, changed: set[str]) -> Deployed:
        return self.create(call)

    def delete(self, call: Call, old: Deployed) -> None:
        self.allow(call, [])
