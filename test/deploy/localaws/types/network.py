"""VPCs, subnets and route tables."""

from ..engine.expression import ID, api, prop
from ..engine.resourcetype import ResourceType, register, same
from .tags import RETAG, tags

_DEFAULT_GROUP = api(
    "ec2.describe_security_groups",
    Filters=[{"Name": "vpc-id", "Values": [ID]}, {"Name": "group-name", "Values": ["default"]}],
    result="SecurityGroups[0].GroupId",
)

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
        attributes=same("VpcId CidrBlock") | {"DefaultSecurityGroup": _DEFAULT_GROUP},
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
)
