"""Peering connections of VPCs: those that fail, who may accept and change them, and what may not overlap.

https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html
"""

import ipaddress
from collections.abc import Iterator
from typing import Any

from moto.ec2.models.vpc_peering_connections import VPCPeeringConnectionBackend

from ..caller import assumed_role
from ..overlay import after
from ..services.api import Call, Values
from ..services.ec2 import EC2, REFERENCE, WORDS, backend_of, backends, blocks_of, overlap
from ..services.permissions import allows, exists

_GUIDE = "https://docs.aws.amazon.com/vpc/latest/peering/"

for _operation in ("CreateVpcPeeringConnection", "AcceptVpcPeeringConnection", "ModifyVpcPeeringConnectionOptions"):
    EC2.checks(_operation)


def peerings(region: str) -> Iterator[Any]:
    """All peering connections of a Region, in all accounts. One that is of two accounts or Regions comes twice."""
    for backend in backends(region):
        yield from list(backend.vpc_pcxs.values())


def peered(region: str, vpc: Any, other: Any) -> bool:
    """Whether an active peering connection joins two VPCs."""
    return any(one._status.code == "active" and {one.vpc.id, one.peer_vpc.id} == {vpc.id, other.id} for one in peerings(region))


@EC2.refuses(
    "VPCs peered twice",
    "CreateVpcPeeringConnection",
    "VpcPeeringConnectionAlreadyExists",
    "A VPC peering connection between the VPCs already exists.",
    f"{REFERENCE}errors-overview.html",
)
def _twice(call: Call) -> Values | None:
    """ "You cannot have more than one VPC peering connection between two VPCs at the same time": vpc-peering-basics.html.

    Assumption: AWS refuses a second request as soon as the first connection is active.
    """
    ids = {call.get("VpcId"), call.get("PeerVpcId")}
    twice = any(one._status.code == "active" and {one.vpc.id, one.peer_vpc.id} == ids for one in peerings(call.region))
    return {} if twice else None


@after(VPCPeeringConnectionBackend, "create_vpc_peering_connection")
def _fail(backend: Any, peering: Any, *arguments: Any, **named: Any) -> None:
    """A connection of VPCs of which any block overlaps fails, even if only other blocks are used.

    https://docs.aws.amazon.com/vpc/latest/peering/invalid-peering-configurations.html
    The message is that of github.com/hashicorp/terraform-provider-aws in "waiting for EC2 VPC Peering Connection create".
    """
    if peering.vpc.id == peering.peer_vpc.id or overlap(blocks_of(peering.vpc), blocks_of(peering.peer_vpc)):
        peering._status.code = "failed"
        peering._status.message = "Failed due to incorrect VPC-ID, Account ID, or overlapping CIDR range"


def _peering_of(call: Call) -> Any | None:
    """The connection of a call, if the caller's account sees it; moto refuses others."""
    return backend_of(call.account, call.region).vpc_pcxs.get(call.get("VpcPeeringConnectionId"))


@EC2.refuses(
    "role that may not accept",
    "AcceptVpcPeeringConnection",
    "UnauthorizedOperation",
    "You are not authorized to perform this operation. User: {caller} is not authorized to perform: "
    "ec2:AcceptVpcPeeringConnection on resource: {resource} because no identity-based policy allows the "
    "ec2:AcceptVpcPeeringConnection action",
    f"{_GUIDE}security-iam.html",
)
def _accept(call: Call) -> Values | None:
    """The role needs the permission for the connection and for its own VPC.

    https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
    """
    peering, role = _peering_of(call), assumed_role(call.response)
    if peering is None or role is None or not exists(role):
        return None

    def arn(account: str, region: str, resource: str) -> str:
        return f"arn:{call.partition}:ec2:{region}:{account}:{resource}"

    accepter = arn(peering.peer_vpc.owner_id, peering.peer_vpc.region, f"vpc/{peering.peer_vpc.id}")
    context = {
        "ec2:AccepterVpc": accepter,
        "ec2:RequesterVpc": arn(peering.vpc.owner_id, peering.vpc.region, f"vpc/{peering.vpc.id}"),
        "ec2:Vpc": accepter,
        "ec2:Region": call.region,
    }
    for resource in (arn(call.account, call.region, f"vpc-peering-connection/{peering.id}"), accepter):
        if not allows(role, "ec2:AcceptVpcPeeringConnection", resource, context):
            return {"caller": role, "resource": resource}
    return None


# The words: github.com/hashicorp/terraform-provider-aws, resource aws_vpc_peering_connection_options.
@EC2.refuses(
    "options before the peering is active",
    "ModifyVpcPeeringConnectionOptions",
    "OperationNotPermitted",
    "Peering {peering} is not active. Peering options can be added only to active peerings.",
    f"{_GUIDE}modify-peering-connections.html",
)
def _options(call: Call) -> Values | None:
    peering = _peering_of(call)
    return {"peering": peering.id} if peering and peering._status.code != "active" else None


@EC2.refuses(
    "options of the other side",
    "ModifyVpcPeeringConnectionOptions",
    "OperationNotPermitted",
    "User {account} cannot modify {side} peering options on {peering}",
    f"{REFERENCE}API_ModifyVpcPeeringConnectionOptions.html",
    WORDS,
)
def _other_side(call: Call) -> Values | None:
    """ "If the peered VPCs are in different accounts, each owner must initiate a separate request"."""
    peering = _peering_of(call)
    sides = {"Requester": peering.vpc, "Accepter": peering.peer_vpc} if peering else {}
    for side, vpc in sides.items():
        if call.get(f"{side}PeeringConnectionOptions") and vpc.owner_id != call.account:
            return {"account": call.account, "side": side.lower(), "peering": call.get("VpcPeeringConnectionId")}
    return None


EC2.checks("AssociateVpcCidrBlock")


@EC2.refuses(
    "block that overlaps one of a peer",
    "AssociateVpcCidrBlock",
    "InvalidVpc.Range",
    "The CIDR '{block}' overlaps with the CIDR block of a peer VPC of {vpc}",
    "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html#add-cidr-block-restrictions",
    WORDS,
)
def _associate(call: Call) -> Values | None:
    """ "you can add CIDR blocks to a VPC provided they do not overlap with a CIDR block of the peer VPC" """
    given, vpc = call.get("CidrBlock"), call.get("VpcId")
    active = [one for one in peerings(call.region) if one._status.code == "active"] if given else []
    peers = [peer for one in active for own, peer in ((one.vpc, one.peer_vpc), (one.peer_vpc, one.vpc)) if own.id == vpc]
    meets = any(overlap([ipaddress.ip_network(given, strict=False)], blocks_of(peer)) for peer in peers)
    return {"block": given, "vpc": vpc} if meets else None
