"""Endpoint services: what EC2 refuses to create, change and delete."""

import re
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models import ec2_backends
from moto.ec2.responses.vpc_service_configuration import VPCEndpointServiceConfiguration
from moto.elbv2.models import elbv2_backends

from ..overlay import after, before, instead, refusal

# The root, a role or a user of an account, a service, or everybody. Roles and users have no path.
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcEndpointServicePermissions.html
# Assumption: everything else is refused with InvalidPrincipal; AWS documents no other form.
_PRINCIPAL = re.compile(r"\*|arn:aws(-[a-z]+)*:iam::\d{12}:(root|role/[^/]+|user/[^/]+)|[a-z0-9.-]+\.amazonaws\.com")

# A connection in one of these states prevents the deletion of its service, and the removal of its load balancers.
# https://docs.aws.amazon.com/vpc/latest/privatelink/delete-endpoint-service.html
_CONNECTED = ("available", "pendingAcceptance")


def connections(service: Any) -> list[Any]:
    """The endpoints of a service, in all accounts."""
    return [
        endpoint
        for regions in list(ec2_backends.values())
        for backend in list(regions.values())
        for endpoint in list(backend.vpc_end_points.values())
        if endpoint.service_name == service.service_name
    ]


def service_by_name(name: str, region: str) -> Any | None:
    """The endpoint service with a name, in any account."""
    for regions in list(ec2_backends.values()):
        if region in regions:
            for service in list(regions[region].configurations.values()):
                if service.service_name == name:
                    return service
    return None


def zones_of(service: Any) -> set[str]:
    """The IDs of the zones of a service: those of its load balancers."""
    balancers = elbv2_backends[service.ec2_backend.account_id][service.ec2_backend.region_name].load_balancers
    own = [balancers[arn] for arn in service.network_load_balancer_arns if arn in balancers]
    return {subnet.availability_zone_id for balancer in own for subnet in balancer.subnets}


def _refuse_if_connected(service: Any) -> None:
    if service and any(endpoint.state in _CONNECTED for endpoint in connections(service)):
        text = f"Service {service.id} has existing active VPC Endpoint connections!"
        raise refusal("ec2", "ExistingVpcEndpointConnections", text)


@before(VPCEndpointServiceConfiguration, "create_vpc_endpoint_service_configuration")
def _load_balancers(call: Any) -> None:
    balancers: Any = elbv2_backends[call.current_account][call.region].load_balancers
    used = {arn for service in call.ec2_backend.configurations.values() for arn in service.network_load_balancer_arns}
    for arn in call._get_param("NetworkLoadBalancerArns", []):
        balancer = balancers.get(arn)
        if balancer is None or balancer.type != "network":
            raise refusal("ec2", "InvalidParameter", f"{arn} is not a Network Load Balancer of this account")
        # A Network Load Balancer belongs to one service. Assumption: the words.
        # https://docs.aws.amazon.com/vpc/latest/privatelink/create-endpoint-service.html
        if arn in used:
            raise refusal("ec2", "InvalidParameter", f"{arn} is associated with another endpoint service")


@after(VPCEndpointServiceConfiguration, "create_vpc_endpoint_service_configuration")
def _created(call: Any, result: Any) -> None:
    service = result.result["ServiceConfiguration"]
    service.acceptance_required = str(service.acceptance_required).lower() == "true"
    service.availability_zone_ids = sorted(zones_of(service))


@before(VPCEndpointServiceConfiguration, "modify_vpc_endpoint_service_configuration")
def _removed_load_balancers(call: Any) -> None:
    """The load balancers of a service stay while endpoints are connected.

    https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html#associate-load-balancer
    Assumption: the words, and that EC2 refuses to remove any of them, even when the call adds another.
    """
    if call._get_param("RemoveNetworkLoadBalancerArns", []):
        _refuse_if_connected(call.ec2_backend.configurations.get(call._get_param("ServiceId")))


@before(VPCEndpointServiceConfiguration, "modify_vpc_endpoint_service_permissions")
def _principals(call: Any) -> None:
    for principal in call._get_param("AddAllowedPrincipals", []):
        if not _PRINCIPAL.fullmatch(principal):
            raise refusal("ec2", "InvalidPrincipal", f"Invalid Principal: '{principal}'")


_delete: Any = VPCEndpointServiceConfiguration.delete_vpc_endpoint_service_configurations


@instead(VPCEndpointServiceConfiguration, "delete_vpc_endpoint_service_configurations")
def _deletion(call: Any) -> ActionResult:
    """EC2 answers with what it refuses to delete."""
    for service_id in call._get_param("ServiceIds", []):
        try:
            _refuse_if_connected(call.ec2_backend.configurations.get(service_id))
        except EC2ClientError as error:
            failed = {"ResourceId": service_id, "Error": {"Code": error.code, "Message": error.message}}
            return ActionResult({"Unsuccessful": [failed]})
    return _delete(call)
