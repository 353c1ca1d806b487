"""VPCs, their CIDR blocks, subnets, route tables and routes."""

from dataclasses import replace

from ..engine.expression import ID, Expression, api, computed, prop
from ..engine.resource import Request
from ..engine.resourcetype import ResourceType, register, same
from .tags import RETAG, tags

_DEFAULT_GROUP = api(
    "ec2.describe_security_groups",
    Filters=[{"Name": "vpc-id", "Values": [ID]}, {"Name": "group-name", "Values": ["default"]}],
    result="SecurityGroups[0].GroupId",
)

_DESTINATION = "DestinationCidrBlock DestinationIpv6CidrBlock DestinationPrefixListId"
_ROUTE_TARGET = (
    "EgressOnlyInternetGatewayId GatewayId InstanceId NatGatewayId NetworkInterfaceId TransitGatewayId VpcEndpointId "
    "VpcPeeringConnectionId"
)

_ROUTE = f"RouteTableId {_DESTINATION} {_ROUTE_TARGET}"
_REPLACE = replace(api("ec2.replace_route", _ROUTE), removable=frozenset(_ROUTE_TARGET.split()))


@computed(_DESTINATION)
def _destination(request: Request) -> str:
    return next(request.properties[name] for name in _DESTINATION.split() if name in request.properties)


register(
    ResourceType(
        "AWS::EC2::VPC",
        replacement="CidrBlock",
        in_place="EnableDnsHostnames EnableDnsSupport Tags",
        conditional="InstanceTenancy",
        create=[api("ec2.create_vpc", "CidrBlock InstanceTenancy", TagSpecifications=tags("vpc"), result="Vpc")],
        settings=[
            api("ec2.modify_vpc_attribute", VpcId=ID, EnableDnsSupport={"Value": prop("EnableDnsSupport", True)}),
            api("ec2.modify_vpc_attribute", VpcId=ID, EnableDnsHostnames={"Value": prop("EnableDnsHostnames", False)}),
        ],
        update=RETAG,
        delete=[api("ec2.delete_vpc", VpcId=ID)],
        id="VpcId",
        attributes=same("VpcId CidrBlock")
        | {"CidrBlockAssociations": "CidrBlockAssociationSet[].AssociationId", "DefaultSecurityGroup": _DEFAULT_GROUP},
    ),
    ResourceType(
        "AWS::EC2::VPCCidrBlock",
        replacement="AmazonProvidedIpv6CidrBlock CidrBlock Ipv4IpamPoolId Ipv4NetmaskLength Ipv6CidrBlock "
        "Ipv6CidrBlockNetworkBorderGroup Ipv6IpamPoolId Ipv6NetmaskLength Ipv6Pool VpcId",
        create=[
            api(
                "ec2.associate_vpc_cidr_block",
                "AmazonProvidedIpv6CidrBlock CidrBlock VpcId",
                result="[CidrBlockAssociation, Ipv6CidrBlockAssociation] | [?@] | [0]",
            )
        ],
        delete=[api("ec2.disassociate_vpc_cidr_block", AssociationId=ID)],
        id="AssociationId",
        attributes={"Id": "AssociationId"},
    ),
    ResourceType(
        "AWS::EC2::Subnet",
        replacement="AvailabilityZone CidrBlock VpcId",
        in_place="MapPublicIpOnLaunch Tags",
        create=[api("ec2.create_subnet", "AvailabilityZone CidrBlock VpcId", TagSpecifications=tags("subnet"), result="Subnet")],
        settings=[api("ec2.modify_subnet_attribute", SubnetId=ID, MapPublicIpOnLaunch={"Value": prop("MapPublicIpOnLaunch")})],
        update=RETAG,
        delete=[api("ec2.delete_subnet", SubnetId=ID)],
        id="SubnetId",
        attributes=same("SubnetId AvailabilityZone AvailabilityZoneId CidrBlock VpcId"),
    ),
    ResourceType(
        "AWS::EC2::RouteTable",
        replacement="VpcId",
        in_place="Tags",
        create=[api("ec2.create_route_table", "VpcId", TagSpecifications=tags("route-table"), result="RouteTable")],
        update=RETAG,
        delete=[api("ec2.delete_route_table", RouteTableId=ID)],
        id="RouteTableId",
        attributes=same("RouteTableId"),
    ),
    ResourceType(
        "AWS::EC2::SubnetRouteTableAssociation",
        replacement="RouteTableId SubnetId",
        create=[api("ec2.associate_route_table", "RouteTableId SubnetId")],
        delete=[api("ec2.disassociate_route_table", AssociationId=ID)],
        id="AssociationId",
        attributes={"Id": "AssociationId"},
    ),
    ResourceType(
        "AWS::EC2::Route",
        eager=True,  # it refers to a transit gateway, so only a DependsOn creates the attachment first
        replacement=f"{_DESTINATION} RouteTableId",
        in_place=_ROUTE_TARGET,
        exactly_one=_DESTINATION,
        create=[api("ec2.create_route", _ROUTE)],
        update=[_REPLACE],
        delete=[api("ec2.delete_route", f"RouteTableId {_DESTINATION}")],
        id=Expression(lambda request: f"{request.properties['RouteTableId']}|{_destination.of(request)}"),
        attributes={"CidrBlock": _destination},
    ),
)
