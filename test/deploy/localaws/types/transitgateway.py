"""Transit gateways, attachments of VPCs, and the route tables of gateways.

https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html
"""

from typing import Any

from ..engine.expression import ID, Expression, added, api, prop, removed
from ..engine.resource import Request
from ..engine.resourcetype import ResourceType, register
from .tags import RETAG, tags

_SWITCHES = (
    "AutoAcceptSharedAttachments DefaultRouteTableAssociation DefaultRouteTablePropagation DnsSupport "
    "SecurityGroupReferencingSupport VpnEcmpSupport"
)
_DEFAULTS = {
    "AutoAcceptSharedAttachments": "disable",
    "DefaultRouteTableAssociation": "enable",
    "DefaultRouteTablePropagation": "enable",
    "DnsSupport": "enable",
    "SecurityGroupReferencingSupport": "disable",
    "VpnEcmpSupport": "enable",
}
_OPTIONS: dict[str, Any] = {name: prop(name, _DEFAULTS[name]) for name in _SWITCHES.split()}

_PAIR = "TransitGatewayAttachmentId TransitGatewayRouteTableId"
_ROUTE = "DestinationCidrBlock TransitGatewayRouteTableId"
_ATTACHED: dict[str, Any] = {"TransitGatewayAttachmentId": ID}


def _joined(*names: str) -> Expression:
    """The physical ID of a resource that has a compound identifier."""

    def of(request: Request) -> str:
        return "|".join(request.properties[name] for name in names)

    return Expression(of)


_RESIZE = "ec2.modify_transit_gateway_vpc_attachment"


def _attachment(name: str, replacement: str, in_place: str, **calls: list[Expression]) -> ResourceType:
    """One of the two types of attachments. They differ in how subnets change.

    Assumption: CloudFormation does not wait for the owner of the gateway to accept the attachment; no page of AWS says.
    """
    return ResourceType(
        name,
        replacement=f"TransitGatewayId VpcId {replacement}",
        in_place=f"Options Tags {in_place}",
        create=[
            api(
                "ec2.create_transit_gateway_vpc_attachment",
                "Options SubnetIds TransitGatewayId VpcId",
                TagSpecifications=tags("transit-gateway-attachment"),
                result="TransitGatewayVpcAttachment",
            )
        ],
        settings=calls.get("settings", []),
        update=[*calls.get("update", []), api(_RESIZE, "Options", **_ATTACHED), *RETAG],
        delete=[api("ec2.delete_transit_gateway_vpc_attachment", **_ATTACHED)],
        id="TransitGatewayAttachmentId",
        attributes={"Id": ID},
    )


register(
    ResourceType(
        "AWS::EC2::TransitGateway",
        replacement="AmazonSideAsn MulticastSupport",
        in_place=f"{_SWITCHES} AssociationDefaultRouteTableId Description PropagationDefaultRouteTableId Tags",
        create=[
            api(
                "ec2.create_transit_gateway",
                "Description",
                Options=_OPTIONS | {name: prop(name) for name in ("AmazonSideAsn", "MulticastSupport")},
                TagSpecifications=tags("transit-gateway"),
                result="TransitGateway",
            )
        ],
        update=[api("ec2.modify_transit_gateway", "Description", TransitGatewayId=ID, Options=_OPTIONS), *RETAG],
        delete=[api("ec2.delete_transit_gateway", TransitGatewayId=ID)],
        id="TransitGatewayId",
        attributes={"Id": ID, "TransitGatewayArn": "TransitGatewayArn"},
    ),
    _attachment(
        "AWS::EC2::TransitGatewayAttachment",
        "",
        "SubnetIds",
        update=[api(_RESIZE, **_ATTACHED, AddSubnetIds=added("SubnetIds"), RemoveSubnetIds=removed("SubnetIds"))],
    ),
    # Assumption: subnets to add and to remove have an effect on creation too.
    _attachment(
        "AWS::EC2::TransitGatewayVpcAttachment",
        "SubnetIds",
        "AddSubnetIds RemoveSubnetIds",
        settings=[api(_RESIZE, **_ATTACHED, AddSubnetIds=added("AddSubnetIds"), RemoveSubnetIds=added("RemoveSubnetIds"))],
    ),
    ResourceType(
        "AWS::EC2::TransitGatewayRouteTable",
        replacement="Tags TransitGatewayId",
        create=[
            api(
                "ec2.create_transit_gateway_route_table",
                "TransitGatewayId",
                TagSpecifications=tags("transit-gateway-route-table"),
                result="TransitGatewayRouteTable",
            )
        ],
        delete=[api("ec2.delete_transit_gateway_route_table", TransitGatewayRouteTableId=ID)],
        id="TransitGatewayRouteTableId",
        attributes={"TransitGatewayRouteTableId": ID},
    ),
    # A change of its table fails, as it is created before the old one is deleted:
    # github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/702.
    ResourceType(
        "AWS::EC2::TransitGatewayRouteTableAssociation",
        replacement=_PAIR,
        create=[api("ec2.associate_transit_gateway_route_table", _PAIR)],
        delete=[api("ec2.disassociate_transit_gateway_route_table", _PAIR)],
        id=_joined("TransitGatewayRouteTableId", "TransitGatewayAttachmentId"),
    ),
    ResourceType(
        "AWS::EC2::TransitGatewayRouteTablePropagation",
        replacement=_PAIR,
        create=[api("ec2.enable_transit_gateway_route_table_propagation", _PAIR)],
        delete=[api("ec2.disable_transit_gateway_route_table_propagation", _PAIR)],
        id=_joined("TransitGatewayRouteTableId", "TransitGatewayAttachmentId"),
    ),
    ResourceType(
        "AWS::EC2::TransitGatewayRoute",
        replacement=f"{_ROUTE} Blackhole TransitGatewayAttachmentId",
        create=[api("ec2.create_transit_gateway_route", f"{_ROUTE} Blackhole TransitGatewayAttachmentId")],
        delete=[api("ec2.delete_transit_gateway_route", _ROUTE)],
        id=_joined("TransitGatewayRouteTableId", "DestinationCidrBlock"),
    ),
)
