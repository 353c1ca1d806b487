"""Route tables of transit gateways: associations, propagations and routes. They belong to the owner of the gateway.

https://docs.aws.amazon.com/vpc/latest/tgw/tgw-route-tables.html
"""

import ipaddress
from collections.abc import Iterator

from .api import Call, Values
from .ec2 import EC2, WORDS, Block, blocks_of, filtered, overlap, tags_of
from .transitgateway import GUIDE, Attachment, Table, drop, gateway_of, identifier, keep, things
from .transitgatewayattachment import attachment_of

_PAGE = f"{GUIDE}tgw-route-tables.html"

_NOT_FOUND = EC2.refusal(
    "unknown gateway route table",
    "",
    "InvalidRouteTableID.NotFound",
    "Transit Gateway Route Table {table} was deleted or does not exist.",
    _PAGE,
)


def _table_of(call: Call) -> Table:
    given = call.get("TransitGatewayRouteTableId")
    for table in things(call.region, Table):
        if table.id == given and table.owner == call.account:
            return table
    raise _NOT_FOUND.error({"table": given})


@EC2.operation("CreateTransitGatewayRouteTable")
def _create_table(call: Call) -> Values:
    gateway = gateway_of(call, owned=True)
    table = Table(identifier("tgw-rtb"), call.account, gateway)
    keep(call, table)
    return {"TransitGatewayRouteTable": _shown(call, table)}


def _shown(call: Call, table: Table) -> Values:
    options = table.gateway.options
    return {
        "TransitGatewayRouteTableId": table.id,
        "TransitGatewayId": table.gateway.id,
        "State": "available",
        "DefaultAssociationRouteTable": options.get("AssociationDefaultRouteTableId") == table.id,
        "DefaultPropagationRouteTable": options.get("PropagationDefaultRouteTableId") == table.id,
        "CreationTime": table.created,
        "Tags": tags_of(call, table.id),
    }


@EC2.operation("DescribeTransitGatewayRouteTables")
def _describe_tables(call: Call) -> Values:
    wanted = call.get("TransitGatewayRouteTableIds", [])
    shown = [_shown(call, table) for table in things(call.region, Table) if table.owner == call.account]
    for given in wanted:
        if given not in [one["TransitGatewayRouteTableId"] for one in shown]:
            raise _NOT_FOUND.error({"table": given})
    names = {
        "default-association-route-table": "DefaultAssociationRouteTable",
        "default-propagation-route-table": "DefaultPropagationRouteTable",
        "state": "State",
        "transit-gateway-id": "TransitGatewayId",
        "transit-gateway-route-table-id": "TransitGatewayRouteTableId",
    }
    found = filtered(call, [one for one in shown if not wanted or one["TransitGatewayRouteTableId"] in wanted], names)
    return {"TransitGatewayRouteTables": found}


_DEFAULT = EC2.refusal(
    "default route table", "", "IncorrectState", "{table} is set as default association route table for {gateway}", _PAGE
)
_IN_USE = EC2.refusal("gateway route table with associations", "", "IncorrectState", "{table} has associated attachments", _PAGE)


@EC2.operation("DeleteTransitGatewayRouteTable")
def _delete_table(call: Call) -> Values:
    table = _table_of(call)
    shown = _shown(call, table)
    if shown["DefaultAssociationRouteTable"] or shown["DefaultPropagationRouteTable"]:
        raise _DEFAULT.error({"table": table.id, "gateway": table.gateway.id})
    if any(one.table is table for one in things(call.region, Attachment)):
        raise _IN_USE.error({"table": table.id})
    drop(call, table)
    return {"TransitGatewayRouteTable": shown | {"State": "deleting"}}


# Associations


def _relation(call: Call, table: Table, attachment: Attachment, state: str) -> Values:
    return {
        "TransitGatewayRouteTableId": table.id,
        "TransitGatewayAttachmentId": attachment.id,
        "ResourceId": attachment.vpc.id,
        "ResourceType": "vpc",
        "State": state,
    }


_WAITING = EC2.refusal(
    "attachment that is not available",
    "",
    "IncorrectState",
    "{attachment} is in invalid state",
    f"{GUIDE}acceptance-tgw-attach.html",
    WORDS,
)


def _available(call: Call, table: Table) -> Attachment:
    attachment = attachment_of(call, table.gateway)
    if not attachment.available:
        raise _WAITING.error({"attachment": attachment.id})
    return attachment


_ASSOCIATED = EC2.refusal(
    "attachment associated twice",
    "",
    "Resource.AlreadyAssociated",
    "Transit Gateway Attachment {attachment} is already associated to a route table.",
    f"{GUIDE}associate-tgw-route-table.html",  # the words: github.com/cisagov/cool-assessment-terraform/issues/57
)


@EC2.operation("AssociateTransitGatewayRouteTable")
def _associate(call: Call) -> Values:
    table = _table_of(call)
    attachment = _available(call, table)
    if attachment.table:
        raise _ASSOCIATED.error({"attachment": attachment.id})
    attachment.table = table
    return {"Association": _relation(call, table, attachment, "associating")}


_NOT_ASSOCIATED = EC2.refusal(
    "no association",
    "",
    "InvalidparameterValue",
    "Transit Gateway Attachment {attachment} is not associated with route table {table}.",
    _PAGE,
)


@EC2.operation("DisassociateTransitGatewayRouteTable")
def _disassociate(call: Call) -> Values:
    table = _table_of(call)
    attachment = attachment_of(call, table.gateway)
    if attachment.table is not table:
        raise _NOT_ASSOCIATED.error({"attachment": attachment.id, "table": table.id})
    attachment.table = None
    return {"Association": _relation(call, table, attachment, "disassociating")}


_RELATIONS = {
    "resource-id": "ResourceId",
    "resource-type": "ResourceType",
    "transit-gateway-attachment-id": "TransitGatewayAttachmentId",
}


@EC2.operation("GetTransitGatewayRouteTableAssociations")
def _associations(call: Call) -> Values:
    table = _table_of(call)
    found = [_relation(call, table, one, "associated") for one in things(call.region, Attachment) if one.table is table]
    return {"Associations": filtered(call, found, _RELATIONS)}


# Propagations

_PROPAGATED = EC2.refusal(
    "attachment propagated twice",
    "",
    "TransitGatewayRouteTablePropagation.Duplicate",
    "Propagation {attachment} already exists in Transit Gateway Route Table {table}.",
    _PAGE,
)
_NOT_PROPAGATED = EC2.refusal(
    "no propagation",
    "",
    "InvalidparameterValue",
    "Propagation {attachment} does not exist in Transit Gateway Route Table {table}.",
    _PAGE,
)


@EC2.operation("EnableTransitGatewayRouteTablePropagation")
def _enable(call: Call) -> Values:
    table = _table_of(call)
    attachment = _available(call, table)
    if attachment in table.propagations:
        raise _PROPAGATED.error({"attachment": attachment.id, "table": table.id})
    table.propagations.append(attachment)
    return {"Propagation": _relation(call, table, attachment, "enabled")}


@EC2.operation("DisableTransitGatewayRouteTablePropagation")
def _disable(call: Call) -> Values:
    table = _table_of(call)
    attachment = attachment_of(call, table.gateway)
    if attachment not in table.propagations:
        raise _NOT_PROPAGATED.error({"attachment": attachment.id, "table": table.id})
    table.propagations.remove(attachment)
    return {"Propagation": _relation(call, table, attachment, "disabled")}


@EC2.operation("GetTransitGatewayRouteTablePropagations")
def _propagations(call: Call) -> Values:
    table = _table_of(call)
    found = [_relation(call, table, one, "enabled") for one in table.propagations]
    return {"TransitGatewayRouteTablePropagations": filtered(call, found, _RELATIONS)}


# Routes


def _propagated(table: Table) -> Iterator[tuple[str, Attachment]]:
    """The routes that propagations give to a table. A block that overlaps one that another VPC propagates is left out,
    and nobody is told; so are blocks of IPv6, unless the attachment supports them.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayVpcAttachment.html
    Assumption: tables other than the default one do the same, and the propagation that was enabled first wins.
    """
    taken: list[tuple[Block, Attachment]] = []
    for attachment in table.propagations:
        for block in blocks_of(attachment.vpc):
            if block.version == 6 and attachment.options["Ipv6Support"] != "enable":
                continue
            others = [one for one, other in taken if other is not attachment]
            if not overlap([block], others):
                taken.append((block, attachment))
    yield from ((str(block), attachment) for block, attachment in taken)


def _route(block: str, attachment: Attachment | None, kind: str) -> Values:
    to = (
        [{"ResourceId": attachment.vpc.id, "ResourceType": "vpc", "TransitGatewayAttachmentId": attachment.id}]
        if attachment
        else None
    )
    return {
        "DestinationCidrBlock": block,
        "TransitGatewayAttachments": to,
        "Type": kind,
        "State": "active" if attachment else "blackhole",
    }


def routes_of(table: Table) -> list[Values]:
    """The routes of a table: a static route replaces a propagated one of the same block.

    https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html#tgw-route-evaluation-overview
    """
    found = {block: _route(block, attachment, "propagated") for block, attachment in _propagated(table)}
    return list((found | {block: _route(block, attachment, "static") for block, attachment in table.routes.items()}).values())


_EXISTS = EC2.refusal(
    "gateway route that exists",
    "",
    "RouteAlreadyExists",
    "Route {block} already exists in Transit Gateway Route Table {table}.",
    f"{GUIDE}tgw-create-static-route.html",  # the words: github.com/ministryofjustice/modernisation-platform/pull/4810
)
_TARGET = EC2.refusal(
    "gateway route without one target",
    "",
    "InvalidParameterCombination",
    "Exactly one of TransitGatewayAttachmentId and Blackhole must be specified",
    f"{GUIDE}tgw-create-static-route.html",
    WORDS,
)


@EC2.operation("CreateTransitGatewayRoute")
def _create_route(call: Call) -> Values:
    table, blackhole = _table_of(call), call.get("Blackhole", False)
    block = str(ipaddress.ip_network(call.get("DestinationCidrBlock"), strict=False))
    if bool(call.get("TransitGatewayAttachmentId")) == blackhole:
        raise _TARGET.error({})
    if block in table.routes:
        raise _EXISTS.error({"block": block, "table": table.id})
    table.routes[block] = None if blackhole else _available(call, table)
    return {"Route": _route(block, table.routes[block], "static")}


_NO_ROUTE = EC2.refusal(
    "unknown gateway route",
    "",
    "InvalidRoute.NotFound",
    "Route {block} does not exist in Transit Gateway Route Table {table}.",
    _PAGE,
    WORDS,
)


@EC2.operation("DeleteTransitGatewayRoute")
def _delete_route(call: Call) -> Values:
    table, block = _table_of(call), call.get("DestinationCidrBlock")
    if block not in table.routes:
        raise _NO_ROUTE.error({"block": block, "table": table.id})
    return {"Route": _route(block, table.routes.pop(block), "static") | {"State": "deleted"}}


@EC2.operation("SearchTransitGatewayRoutes")
def _search(call: Call) -> Values:
    names = {"type": "Type", "state": "State", "route-search.exact-match": "DestinationCidrBlock"}
    return {"Routes": filtered(call, routes_of(_table_of(call)), names), "AdditionalRoutesAvailable": False}
