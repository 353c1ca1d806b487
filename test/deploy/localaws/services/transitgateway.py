"""Transit gateways: what the local API keeps of them, who sees it, and the gateways themselves.

Words that no page of AWS has are those that the authors of github.com/floci-io/floci/pull/2347 and 2348 saw in an account.
moto keeps gateways and attachments in one account, lists no propagated route and refuses little, so nothing of it is used.
https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html
Assumption: everything is available, and everything deleted is gone, when the call returns. AWS takes up to minutes.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from moto.core.utils import utcnow
from moto.ec2.models import EC2Backend

from ..overlay import after
from .api import Call, Values
from .ec2 import EC2, REFERENCE, backend_of, backends, filtered, tag, tags_of
from .ram import shared_with

GUIDE = "https://docs.aws.amazon.com/vpc/latest/tgw/"


@dataclass(eq=False)
class Thing:
    """A gateway, a route table of it or an attachment."""

    id: str
    owner: str
    created: Any = field(default_factory=utcnow, init=False)


@dataclass(eq=False)
class Gateway(Thing):
    """A transit gateway. Its options have the names of the API."""

    arn: str
    description: str | None
    options: Values


@dataclass(eq=False)
class Attachment(Thing):
    """An attachment of a VPC. Its owner is that of the VPC."""

    gateway: Gateway
    vpc: Any
    subnets: list[str]
    options: Values
    state: str
    table: Table | None = None
    """The route table that it is associated with."""

    @property
    def available(self) -> bool:
        return self.state == "available"


@dataclass(eq=False)
class Table(Thing):
    """A route table of a gateway."""

    gateway: Gateway
    routes: dict[str, Attachment | None] = field(default_factory=dict)
    """The static ones by CIDR block. A blackhole has no attachment; nor has a route whose attachment was deleted."""
    propagations: list[Attachment] = field(default_factory=list)
    """In the order in which they were enabled."""


@after(EC2Backend, "__init__")
def _empty(backend: Any, result: None, *arguments: Any, **named: Any) -> None:
    """The things lie in moto's backend, so that they are gone whenever moto is reset."""
    backend.transit = {}


_Kind = TypeVar("_Kind", bound=Thing)


def things(region: str, kind: type[_Kind]) -> Iterator[_Kind]:
    """Everything of a kind, in all accounts."""
    for backend in backends(region):
        yield from [one for one in list(backend.transit.values()) if isinstance(one, kind)]


def keep(call: Call, thing: Thing) -> None:
    """Add a thing to its owner's account, with the tags of the call."""
    backend_of(thing.owner, call.region).transit[thing.id] = thing
    tag(call, thing.id)


def drop(call: Call, thing: Thing) -> None:
    backend_of(thing.owner, call.region).transit.pop(thing.id, None)


def identifier(prefix: str) -> str:
    return f"{prefix}-0{secrets.token_hex(8)}"


_NO_GATEWAY = EC2.refusal(
    "unknown gateway",
    "",
    "InvalidTransitGatewayID.NotFound",
    "Transit Gateway {gateway} was deleted or does not exist.",
    f"{GUIDE}transit-gateway-share.html",
)


def gateway_of(call: Call, *, owned: bool = False) -> Gateway:
    """The gateway that a call names, if the caller owns it, or it is shared with the caller.

    https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-share.html
    Assumption: for who does not own a gateway, it does not exist where only its owner may use it.
    """
    given = call.get("TransitGatewayId")
    for gateway in things(call.region, Gateway):
        if gateway.id == given and (gateway.owner == call.account or (not owned and shared_with(gateway.arn, call.account))):
            return gateway
    raise _NO_GATEWAY.error({"gateway": given})


# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TransitGatewayRequestOptions.html
_DEFAULTS: Values = {
    "AmazonSideAsn": 64512,
    "AutoAcceptSharedAttachments": "disable",
    "DefaultRouteTableAssociation": "enable",
    "DefaultRouteTablePropagation": "enable",
    "DnsSupport": "enable",
    "MulticastSupport": "disable",
    "SecurityGroupReferencingSupport": "disable",
    "VpnEcmpSupport": "enable",
}
_TABLES = {
    "DefaultRouteTableAssociation": "AssociationDefaultRouteTableId",
    "DefaultRouteTablePropagation": "PropagationDefaultRouteTableId",
}
"""The options that name the default route tables, by those that enable them."""


@EC2.operation("CreateTransitGateway")
def _create(call: Call) -> Values:
    """A gateway has a default route table if it associates with it or propagates to it."""
    options = _DEFAULTS | call.get("Options", {})
    given = identifier("tgw")
    arn = f"arn:{call.partition}:ec2:{call.region}:{call.account}:transit-gateway/{given}"
    gateway = Gateway(given, call.account, arn, call.get("Description"), options)
    keep(call, gateway)
    enabled = [name for switch, name in _TABLES.items() if options[switch] == "enable"]
    if enabled:
        table = Table(identifier("tgw-rtb"), call.account, gateway)
        backend_of(call.account, call.region).transit[table.id] = table
        options |= dict.fromkeys(enabled, table.id)
    return {"TransitGateway": _shown(call, gateway)}


def _shown(call: Call, gateway: Gateway) -> Values:
    return {
        "TransitGatewayId": gateway.id,
        "TransitGatewayArn": gateway.arn,
        "State": "available",
        "OwnerId": gateway.owner,
        "Description": gateway.description,
        "CreationTime": gateway.created,
        "Options": gateway.options,
        "Tags": tags_of(call, gateway.id),
    }


@EC2.operation("DescribeTransitGateways")
def _describe(call: Call) -> Values:
    """Own ones and those that are shared with the caller."""
    wanted = call.get("TransitGatewayIds", [])
    found = [
        _shown(call, gateway)
        for gateway in things(call.region, Gateway)
        if gateway.owner == call.account or shared_with(gateway.arn, call.account)
    ]
    for given in wanted:
        if given not in [one["TransitGatewayId"] for one in found]:
            raise _NO_GATEWAY.error({"gateway": given})
    found = [one for one in found if not wanted or one["TransitGatewayId"] in wanted]
    names = {"transit-gateway-id": "TransitGatewayId", "state": "State", "owner-id": "OwnerId"}
    return {"TransitGateways": filtered(call, found, names)}


_NO_TABLE = EC2.refusal(
    "default table without a table",
    "",
    "InvalidParameterCombination",
    "enable {switch} conflicts with {name} null",
    f"{REFERENCE}API_ModifyTransitGatewayOptions.html",  # github.com/awslabs/landing-zone-accelerator-on-aws/issues/634
    "the code",
)


@EC2.operation("ModifyTransitGateway")
def _modify(call: Call) -> Values:
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyTransitGatewayOptions.html"""
    gateway = gateway_of(call, owned=True)
    changes = dict(call.get("Options", {}))
    blocks = [*gateway.options.get("TransitGatewayCidrBlocks", []), *changes.pop("AddTransitGatewayCidrBlocks", [])]
    removed = changes.pop("RemoveTransitGatewayCidrBlocks", [])
    changes["TransitGatewayCidrBlocks"] = [block for block in blocks if block not in removed]
    options = gateway.options | changes
    for switch, name in _TABLES.items():
        if options[switch] == "enable" and not options.get(name):
            raise _NO_TABLE.error({"switch": switch, "name": name})
    gateway.options = options
    gateway.description = call.get("Description", gateway.description)
    return {"TransitGateway": _shown(call, gateway)}


_ATTACHED = EC2.refusal(
    "gateway with attachments",
    "",
    "IncorrectState",
    "{gateway} has non-deleted VPC Attachments: {attachments}.",
    f"{GUIDE}delete-tgw.html",
)


@EC2.operation("DeleteTransitGateway")
def _delete(call: Call) -> Values:
    gateway = gateway_of(call, owned=True)
    attached = [one.id for one in things(call.region, Attachment) if one.gateway is gateway]
    if attached:
        raise _ATTACHED.error({"gateway": gateway.id, "attachments": ", ".join(attached)})
    for table in [one for one in things(call.region, Table) if one.gateway is gateway]:
        drop(call, table)
    drop(call, gateway)
    return {"TransitGateway": _shown(call, gateway) | {"State": "deleted"}}
