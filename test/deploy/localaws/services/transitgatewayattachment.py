"""Attachments of VPCs to transit gateways.

https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html
"""

from typing import Any

from .api import Call, Values
from .ec2 import EC2, REFERENCE, WORDS, backend_of, filtered, tags_of
from .transitgateway import GUIDE, Attachment, Gateway, Table, drop, gateway_of, identifier, keep, things

_CREATE, _MODIFY = (f"{REFERENCE}API_{verb}TransitGatewayVpcAttachment.html" for verb in ("Create", "Modify"))

_NOT_FOUND = EC2.refusal(
    "unknown attachment",
    "",
    "InvalidTransitGatewayAttachmentID.NotFound",
    "Transit Gateway Attachment {attachment} was deleted or does not exist.",
    _CREATE,
)


def attachment_of(call: Call, gateway: Gateway | None = None) -> Attachment:
    """The attachment that a call names, if the caller owns it or its gateway, and if it is one of the given gateway.

    An attachment of another gateway is refused as if it did not exist: github.com/floci-io/floci/pull/2348.
    """
    given = call.get("TransitGatewayAttachmentId")
    for one in things(call.region, Attachment):
        if one.id == given and call.account in (one.owner, one.gateway.owner) and gateway in (None, one.gateway):
            return one
    raise _NOT_FOUND.error({"attachment": given})


_NO_SUBNET = EC2.refusal(
    "subnet of another VPC", "", "InvalidSubnetID.NotFound", "Subnet {subnet} was deleted or does not exist.", _CREATE
)
_SAME_ZONE = EC2.refusal(
    "two subnets of one zone",
    "",
    "DuplicateSubnetsInSameZone",
    "Duplicate Subnets for same AZ",
    _CREATE,  # "only one subnet per Availability Zone"; the words: github.com/zoitech/terraform-aws-network/issues/46
)


def _check_subnets(backend: Any, vpc: Any, added: list[str], kept: list[str]) -> None:
    """At most one subnet in each zone, all of the VPC."""
    known = {subnet.id: subnet for subnet in backend.describe_subnets() if subnet.vpc_id == vpc.id}
    zones = {known[one].availability_zone_id for one in kept if one in known}
    for one in added:
        if one not in known:
            raise _NO_SUBNET.error({"subnet": one})
        zone = known[one].availability_zone_id
        if zone in zones:
            raise _SAME_ZONE.error({})
        zones.add(zone)


_TWICE = EC2.refusal(
    "VPC attached twice",
    "",
    "DuplicateTransitGatewayAttachment",
    "{gateway} has non-deleted Transit Gateway Attachments with same VPC ID.",
    f"{GUIDE}transit-gateway-quotas.html",  # the words: github.com/hashicorp/terraform-provider-aws/issues/10852
)

# Security group referencing is enabled here and disabled at the gateway:
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayVpcAttachmentRequestOptions.html
_DEFAULTS: Values = {
    "ApplianceModeSupport": "disable",
    "DnsSupport": "enable",
    "Ipv6Support": "disable",
    "SecurityGroupReferencingSupport": "enable",
}


@EC2.operation("CreateTransitGatewayVpcAttachment")
def _create(call: Call) -> Values:
    """An attachment to a gateway of another account waits for its owner, unless the gateway accepts all.

    https://docs.aws.amazon.com/vpc/latest/tgw/acceptance-tgw-attach.html
    """
    gateway, backend = gateway_of(call), backend_of(call.account, call.region)
    vpc = backend.get_vpc(call.get("VpcId"))
    _check_subnets(backend, vpc, call.get("SubnetIds", []), [])
    if any(one.gateway is gateway and one.vpc is vpc for one in things(call.region, Attachment)):
        raise _TWICE.error({"gateway": gateway.id})
    options = _DEFAULTS | call.get("Options", {})
    waits = gateway.owner != call.account and gateway.options["AutoAcceptSharedAttachments"] != "enable"
    state = "pendingAcceptance" if waits else "available"
    attachment = Attachment(identifier("tgw-attach"), call.account, gateway, vpc, list(call.get("SubnetIds")), options, state)
    keep(call, attachment)
    if attachment.available:
        _use_defaults(call, attachment)
    return {"TransitGatewayVpcAttachment": _shown(call, attachment)}


def _use_defaults(call: Call, attachment: Attachment) -> None:
    """Associate a new attachment with the default route table, and propagate to it."""
    options = attachment.gateway.options
    for table in things(call.region, Table):
        if options["DefaultRouteTableAssociation"] == "enable" and table.id == options["AssociationDefaultRouteTableId"]:
            attachment.table = table
        if options["DefaultRouteTablePropagation"] == "enable" and table.id == options["PropagationDefaultRouteTableId"]:
            table.propagations.append(attachment)


def _shown(call: Call, attachment: Attachment) -> Values:
    return {
        "TransitGatewayAttachmentId": attachment.id,
        "TransitGatewayId": attachment.gateway.id,
        "VpcId": attachment.vpc.id,
        "VpcOwnerId": attachment.owner,
        "State": attachment.state,
        "SubnetIds": attachment.subnets,
        "CreationTime": attachment.created,
        "Options": attachment.options,
        "Tags": tags_of(call, attachment.id),
    }


def _visible(call: Call) -> list[Attachment]:
    return [one for one in things(call.region, Attachment) if call.account in (one.owner, one.gateway.owner)]


_FILTERS = {
    "state": "State",
    "transit-gateway-attachment-id": "TransitGatewayAttachmentId",
    "transit-gateway-id": "TransitGatewayId",
}


def _listed(call: Call, shown: list[Values], names: dict[str, str]) -> list[Values]:
    wanted = call.get("TransitGatewayAttachmentIds", [])
    for given in wanted:
        if given not in [one["TransitGatewayAttachmentId"] for one in shown]:
            raise _NOT_FOUND.error({"attachment": given})
    return filtered(call, [one for one in shown if not wanted or one["TransitGatewayAttachmentId"] in wanted], names)


@EC2.operation("DescribeTransitGatewayVpcAttachments")
def _describe_vpcs(call: Call) -> Values:
    """Those of the caller's VPCs and of the caller's gateways."""
    shown = [_shown(call, one) for one in _visible(call)]
    return {"TransitGatewayVpcAttachments": _listed(call, shown, _FILTERS | {"vpc-id": "VpcId"})}


@EC2.operation("DescribeTransitGatewayAttachments")
def _describe(call: Call) -> Values:
    """Only the owner of the gateway sees the association.

    Assumption: the owner of the VPC does not; tables belong to the owner of the gateway.
    """
    shown = [
        {
            "TransitGatewayAttachmentId": one.id,
            "TransitGatewayId": one.gateway.id,
            "TransitGatewayOwnerId": one.gateway.owner,
            "ResourceOwnerId": one.owner,
            "ResourceType": "vpc",
            "ResourceId": one.vpc.id,
            "State": one.state,
            "Association": {"TransitGatewayRouteTableId": one.table.id, "State": "associated"}
            if one.table and call.account == one.gateway.owner
            else None,
            "CreationTime": one.created,
            "Tags": tags_of(call, one.id),
        }
        for one in _visible(call)
    ]
    names = _FILTERS | {"resource-id": "ResourceId", "resource-type": "ResourceType", "resource-owner-id": "ResourceOwnerId"}
    return {"TransitGatewayAttachments": _listed(call, shown, names)}


_NOT_ATTACHED = EC2.refusal(
    "subnet that is not attached",
    "",
    "InvalidSubnetID.NotFound",
    "{subnet} is not attached but supplied in RemoveSubnets",
    _MODIFY,
)
_NONE_LEFT = EC2.refusal("no subnet left", "", "InsufficientSubnetsException", "Insufficient Subnets", _MODIFY)


@EC2.operation("ModifyTransitGatewayVpcAttachment")
def _modify(call: Call) -> Values:
    """Subnets are removed first."""
    attachment = attachment_of(call)
    added, removed = call.get("AddSubnetIds", []), call.get("RemoveSubnetIds", [])
    for one in removed:
        if one not in attachment.subnets:
            raise _NOT_ATTACHED.error({"subnet": one})
    kept = [one for one in attachment.subnets if one not in removed]
    _check_subnets(backend_of(attachment.owner, call.region), attachment.vpc, added, kept)
    if not kept + added:
        raise _NONE_LEFT.error({})
    attachment.subnets = kept + added
    attachment.options |= call.get("Options", {})
    return {"TransitGatewayVpcAttachment": _shown(call, attachment)}


_NOT_WAITING = EC2.refusal(
    "attachment that does not wait",
    "",
    "IncorrectState",
    "{attachment} is in invalid state",
    f"{GUIDE}acceptance-tgw-attach.html",
    WORDS,
)


def _decide(call: Call, state: str) -> Values:
    """Only the owner of the gateway accepts or rejects an attachment."""
    attachment = attachment_of(call)
    if call.account != attachment.gateway.owner:
        raise _NOT_FOUND.error({"attachment": attachment.id})
    if attachment.state != "pendingAcceptance":
        raise _NOT_WAITING.error({"attachment": attachment.id})
    attachment.state = state
    return {"TransitGatewayVpcAttachment": _shown(call, attachment)}


@EC2.operation("AcceptTransitGatewayVpcAttachment")
def _accept(call: Call) -> Values:
    accepted = _decide(call, "available")
    _use_defaults(call, attachment_of(call))
    return accepted


@EC2.operation("RejectTransitGatewayVpcAttachment")
def _reject(call: Call) -> Values:
    return _decide(call, "rejected")


@EC2.operation("DeleteTransitGatewayVpcAttachment")
def _delete(call: Call) -> Values:
    """Its association and its propagations go with it; static routes to it become blackholes, and so do routes of the VPC.

    github.com/floci-io/floci/pull/2347
    Assumption: the owner of the gateway may delete it too.
    """
    attachment = attachment_of(call)
    for table in things(call.region, Table):
        table.propagations = [one for one in table.propagations if one is not attachment]
        table.routes = {block: None if to is attachment else to for block, to in table.routes.items()}
    drop(call, attachment)
    return {"TransitGatewayVpcAttachment": _shown(call, attachment) | {"State": "deleting"}}
