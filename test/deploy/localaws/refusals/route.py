"""Routes of VPCs: their targets and destinations, and the states that they have.

https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html
"""

import ipaddress
from typing import Any

from moto.ec2.models.route_tables import Route, RouteBackend

from ..overlay import after, instead
from ..services.api import Call, Values
from ..services.ec2 import EC2, REFERENCE, WORDS, Block, backend_of, blocks_of
from ..services.transitgateway import Attachment, Gateway, things

_CREATE, _CHANGES = "CreateRoute", "CreateRoute ReplaceRoute"
_PAGE = f"{REFERENCE}API_CreateRoute.html"

for _operation in _CHANGES.split():
    EC2.checks(_operation)

_TARGETS = """
    GatewayId LocalGatewayId CarrierGatewayId NatGatewayId NetworkInterfaceId VpcPeeringConnectionId EgressOnlyInternetGatewayId
    TransitGatewayId VpcEndpointId CoreNetworkArn InstanceId
"""
_INSIDE = {"InstanceId", "NatGatewayId", "NetworkInterfaceId", "VpcEndpointId"}
"""The targets that a route may have for a part of its VPC: route-table-options.html and gwlb-route.html."""

_ONE = (
    "The request must contain exactly one of gatewayId, localGatewayId, carrierGatewayId, natGatewayId, networkInterfaceId, "
    "vpcPeeringConnectionId, egressOnlyInternetGatewayId, transitGatewayId, vpcEndpointId, coreNetworkArn or instanceId"
)


def _targets(call: Call) -> list[str]:
    local = ["LocalTarget"] if call.get("LocalTarget") else []
    return [name for name in _TARGETS.split() if call.get(name)] + local


@EC2.refuses("route without a target", _CHANGES, "MissingParameter", _ONE, _PAGE, WORDS)
def _no_target(call: Call) -> Values | None:
    return None if _targets(call) else {}


@EC2.refuses("route with two targets", _CHANGES, "InvalidParameterCombination", _ONE, _PAGE, WORDS)
def _two_targets(call: Call) -> Values | None:
    return {} if len(_targets(call)) > 1 else None


def _table(call: Call) -> Any | None:
    """The route table of a call; moto refuses one that it does not know."""
    return backend_of(call.account, call.region).route_tables.get(call.get("RouteTableId"))


def _vpc(call: Call) -> Any | None:
    table = _table(call)
    return backend_of(call.account, call.region).get_vpc(table.vpc_id) if table else None


def _block(call: Call) -> Block | None:
    given = call.get("DestinationCidrBlock") or call.get("DestinationIpv6CidrBlock")
    return ipaddress.ip_network(given, strict=False) if given else None


@EC2.refuses(
    "route for a part of the VPC",
    _CHANGES,
    "InvalidParameterValue",
    "The destination CIDR block {block} is equal to or more specific than one of this VPC's CIDR blocks. This route can target "
    "only an interface or an instance.",
    "https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html",
)
def _inside(call: Call) -> Values | None:
    """The words, with a transit gateway too, are those that users report of CreateRoute."""
    vpc, block = _vpc(call), _block(call)
    if vpc is None or block is None or set(_targets(call)) <= _INSIDE | {"LocalTarget"}:
        return None
    inside = any(one.version == block.version and block.subnet_of(one) for one in blocks_of(vpc))  # type: ignore[arg-type]
    return {"block": block} if inside else None


@EC2.refuses(
    "gateway that the VPC is not attached to",
    _CHANGES,
    "InvalidTransitGatewayID.NotFound",
    "The transitGateway ID '{gateway}' does not exist.",
    "https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html",
)
def _not_attached(call: Call) -> Values | None:
    """The gateway need not be unknown: its VPC must be attached. github.com/hashicorp/terraform-provider-aws/issues/10025

    Assumption: an attachment that waits for the owner of the gateway is not enough.
    """
    gateway, vpc = call.get("TransitGatewayId"), _vpc(call)
    return {"gateway": gateway} if gateway and vpc and not _attached(call.region, gateway, vpc.id) else None


def _attached(region: str, gateway: str, vpc: str) -> bool:
    found = (one for one in things(region, Attachment) if one.gateway.id == gateway and one.vpc.id == vpc)
    return any(one.available for one in found)


@EC2.refuses(
    "peering of other VPCs",
    _CHANGES,
    "InvalidParameterValue",
    "route table {table} and network gateway {peering} belong to different networks",
    "https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-routing.html",
    "the words, which are those of internet gateways",
)
def _other_peering(call: Call) -> Values | None:
    peering, vpc = backend_of(call.account, call.region).vpc_pcxs.get(call.get("VpcPeeringConnectionId")), _vpc(call)
    if peering is None or vpc is None or vpc.id in (peering.vpc.id, peering.peer_vpc.id):
        return None
    return {"table": call.get("RouteTableId"), "peering": peering.id}


@EC2.refuses(
    "peering that is gone",
    _CHANGES,
    "InvalidVpcPeeringConnectionID.NotFound",
    "The vpcPeeringConnection ID '{peering}' does not exist",
    "https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html#vpc-peering-lifecycle",
    "the words, which are those of a connection that never was; a route to one that waits is a blackhole",
)
def _gone(call: Call) -> Values | None:
    peering = backend_of(call.account, call.region).vpc_pcxs.get(call.get("VpcPeeringConnectionId"))
    states = ("deleted", "expired", "failed", "rejected")
    return {"peering": peering.id} if peering and peering._status.code in states else None


@EC2.refuses(
    "route that exists",
    _CREATE,
    "RouteAlreadyExists",
    "The route identified by {destination} already exists.",
    f"{REFERENCE}errors-overview.html",  # the words: github.com/hashicorp/terraform-provider-aws/issues/30244
)
def _exists(call: Call) -> Values | None:
    table, block, prefix_list = _table(call), _block(call), call.get("DestinationPrefixListId")
    destination = str(block) if block else prefix_list
    for route in table.routes if table else ():
        known = route.destination_cidr_block or route.destination_ipv6_cidr_block or route.destination_prefix_list_id
        if destination in (known, str(ipaddress.ip_network(known, strict=False)) if "/" in str(known) else known):
            return {"destination": destination}
    return None


def _target(backend: Any, route: Any, gateway: str | None) -> None:
    """A route to a gateway of another account, which moto does not find."""
    if gateway:
        route.transit_gateway = next(one for one in things(backend.region_name, Gateway) if one.id == gateway)


@after(RouteBackend, "create_route")
def _created(backend: Any, route: Any, *arguments: Any, transit_gateway_id: str | None = None, **named: Any) -> None:
    _target(backend, route, transit_gateway_id)


@after(RouteBackend, "replace_route")
def _replaced(backend: Any, route: Any, *arguments: Any, **named: Any) -> None:
    """The arguments are those of moto's response: the gateway is the seventh."""
    _target(backend, route, arguments[6])


@instead(Route, "state")
@property
def _state(route: Any) -> str:
    """A route is a blackhole if its target is gone, or cannot take traffic yet.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html
    """
    if route.vpc_pcx:
        return "active" if route.vpc_pcx._status.code == "active" else "blackhole"
    if route.transit_gateway:
        table = route.route_table
        attached = _attached(table.ec2_backend.region_name, route.transit_gateway.id, table.vpc_id)
        return "active" if attached else "blackhole"
    return "active"
