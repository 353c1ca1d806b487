"""Endpoints: what EC2 refuses when one is created, and their DNS names."""

import json
import re
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.models import ec2_backends
from moto.ec2.models.vpcs import VPCBackend, VPCEndPoint
from moto.ec2.responses.vpcs import VPCs

from ..caller import assumed_role
from ..overlay import after, before, instead, refusal
from ..services import permissions
from .endpointservice import service_by_name, zones_of
from .identity import principals_of
from .notification import ring

_ENDPOINT_SERVICE = re.compile(r"(cn\.)?com\.amazonaws\.vpce\.([a-z0-9-]+)\.(vpce-svc-[0-9a-f]+)")

# Assumption: one hosted zone has the names of all endpoints of a Region; nothing here depends on which one.
_HOSTED_ZONE = "Z00000LOCALENDPOINTS"


def _service_region(call: Any) -> str:
    return call._get_param("ServiceRegion") or call.region


def _visible_service(call: Any) -> Any | None:
    """The endpoint service of a call, if the caller may see it: for others, EC2 denies that it exists. A call from another
    Region sees it only if it supports that Region.

    https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html
    https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-share-your-services.html#endpoint-service-cross-region
    Assumption: the account that owns a service sees it without being allowed.
    """
    region = _service_region(call)
    service = service_by_name(call._get_param("ServiceName"), region)
    if service is not None and region != call.region and call.region not in service._supported_region_names:
        return None
    if service is None or service.ec2_backend.account_id == call.current_account:
        return service
    return service if principals_of(call) & set(service.principals) else None


@before(VPCs, "create_vpc_endpoint")
def _service_name(call: Any) -> None:
    """A service in another Region, a service that does not allow the caller, and a typo get the same answer."""
    name = call._get_param("ServiceName")
    if name is None:
        return  # it is of another type
    own = _ENDPOINT_SERVICE.fullmatch(name)
    if (own and _visible_service(call) is None) or not (own or re.match(rf"com\.amazonaws\.{call.region}\.", name)):
        raise refusal("ec2", "InvalidServiceName", f"The Vpc Endpoint Service '{name}' does not exist")


@before(VPCs, "create_vpc_endpoint")
def _other_region(call: Any) -> None:
    """A connection to another Region needs vpce:AllowMultiRegion, which is for permissions alone. Assumption: the words.

    https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-share-your-services.html#endpoint-service-cross-region
    """
    role = assumed_role(call)
    if _service_region(call) == call.region or role is None or not permissions.exists(role):
        return
    if not permissions.allows(role, "vpce:AllowMultiRegion", "*", {}):
        raise refusal("ec2", "UnauthorizedOperation", f"User: {role} is not authorized to perform: vpce:AllowMultiRegion")


@before(VPCs, "create_vpc_endpoint")
def _subnets(call: Any) -> None:
    """At most one subnet in each zone, and only in zones of the service, compared by ID. A service in another Region has none
    of these zones, and needs none.

    https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
    https://docs.aws.amazon.com/ram/latest/userguide/working-with-az-ids.html
    The text about the unsupported zone is that of github.com/aws/aws-sdk-go-v2/issues/1024.
    """
    service, taken = _visible_service(call), set[str]()
    for subnet in call._get_param("SubnetIds", []):
        zone = ec2_backends[call.current_account][call.region].get_subnet(subnet).availability_zone_id
        if service and _service_region(call) == call.region and zone not in zones_of(service):
            name = call._get_param("ServiceName")
            text = f"The VPC endpoint service {name} does not support the availability zone of the subnet: {subnet}."
            raise refusal("ec2", "InvalidParameter", text)
        if zone in taken:
            text = f"Found another VPC endpoint subnet in the availability zone of {subnet}"
            raise refusal("ec2", "DuplicateSubnetsInSameZone", text)
        taken.add(zone)


@before(VPCs, "create_vpc_endpoint")
def _policy(call: Any) -> None:
    """Endpoint services accept only the policy that allows full access.

    https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html; the text is that of
    github.com/pulumi/pulumi-aws-native/issues/1711.
    """
    policy, name = call._get_param("PolicyDocument"), call._get_param("ServiceName")
    if policy and _visible_service(call) and json.loads(policy).get("Statement") != VPCEndPoint.DEFAULT_POLICY["Statement"]:
        raise refusal("ec2", "InvalidParameter", f"Service {name} only supports the full-access endpoint policy.")


@before(VPCs, "create_vpc_endpoint")
def _private_dns(call: Any) -> None:
    """https://docs.aws.amazon.com/vpc/latest/privatelink/manage-dns-names.html and
    https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html#prerequisites-interface-endpoints
    Assumption: the words.
    """
    if call._get_param("VpcEndpointType") != "Interface" or not call._get_bool_param("PrivateDnsEnabled", if_none=True):
        return
    vpc = call.ec2_backend.get_vpc(call._get_param("VpcId"))
    if any(str(enabled).lower() != "true" for enabled in (vpc.enable_dns_support, vpc.enable_dns_hostnames)):
        text = "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true"
        raise refusal("ec2", "InvalidParameter", f"{text} for {vpc.id}")
    service, name = _visible_service(call), call._get_param("ServiceName")
    if service is None:
        return
    text = None
    if not service.private_dns_name:
        text = f"Private DNS can't be enabled because the service {name} does not provide a private DNS name."
    elif service.dns_verification["State"] != "verified":
        text = f"Private DNS can't be enabled because the service {name} has not verified the private DNS name."
    elif service.acceptance_required:
        text = f"Private DNS can only be enabled after the endpoint connection is accepted by the owner of {name}."
    if text:
        raise refusal("ec2", "InvalidParameter", text)


@after(VPCs, "create_vpc_endpoint")
def _created(call: Any, result: ActionResult) -> None:
    endpoint: Any = result.result["VpcEndpoint"]  # type: ignore[index]
    service = _visible_service(call)
    endpoint.service_region = _service_region(call)
    if service:
        endpoint.state = "pendingAcceptance" if service.acceptance_required else endpoint.state
        ring(service, "Connect")


def _dns_entries(endpoint: Any) -> list[dict[str, str]]:
    """The regional name first, then the names of the zones, then the private DNS name if it is enabled.

    https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html#interface-endpoint-dns-hostnames
    Assumption: the order beyond the first.
    """
    if (endpoint.vpc_endpoint_type or "").lower() != "interface":
        return []
    backend = endpoint.ec2_backend
    own = _ENDPOINT_SERVICE.fullmatch(endpoint.service_name)
    service = own.group(3) if own else endpoint.service_name.rsplit(".", 1)[-1]
    region = own.group(2) if own else backend.region_name  # of the service
    suffix = f"{service}.{region}.vpce.amazonaws.com"
    host = f"{endpoint.id}-{endpoint.id[-8:]}"
    zones = sorted(backend.get_subnet(subnet).availability_zone for subnet in endpoint.subnet_ids or [])
    names = [f"{host}.{suffix}", *(f"{host}-{zone}.{suffix}" for zone in zones)]
    provider = service_by_name(endpoint.service_name, region) if own and endpoint.private_dns_enabled else None
    if provider:
        names.append(provider.private_dns_name)
    return [{"DnsName": name, "HostedZoneId": _HOSTED_ZONE} for name in names]


instead(VPCEndPoint, "dns_entries")(property(_dns_entries, lambda endpoint, value: None))  # moto assigns its own names


@after(VPCBackend, "delete_vpc_endpoints")
def _deleted(backend: Any, result: Any, vpce_ids: list[str] | None = None) -> None:
    """moto keeps deleted endpoints."""
    for endpoint_id in vpce_ids or []:
        endpoint = backend.vpc_end_points.pop(endpoint_id, None)
        service = endpoint and service_by_name(endpoint.service_name, endpoint.service_region)
        if service:
            ring(service, "Delete")
