"""VPCs, subnets and route tables."""

from ..engine.expression import ID, Api, Property
from ..engine.resourcetype import ResourceType, register, same
from .tags import RETAG, tags

_DEFAULT_GROUP = Api(
    "ec2.describe_security_groups",
    parameters={"Filters": [{"Name": "vpc-id", "Values": [ID]}, {"Name": "group-name", "Values": ["default"]}]},
    result="SecurityGroups[0].GroupId",
)

register(
    ResourceType(
        "AWS::EC2::VPC",
        replacement="CidrBlock",
        in_place="EnableDnsHostnames EnableDnsSupport Tags",
        conditional="InstanceTenancy",
        create=[Api("ec2.create_vpc", "CidrBlock InstanceTenancy", tags("vpc"), result="Vpc")],
        settings=[  # without them, names resolve and hosts have none
            Api("ec2.modify_vpc_attribute", "", {"VpcId": ID, "EnableDnsSupport": {"Value": Property("EnableDnsSupport", True)}}),
            Api("ec2.modify_vpc_attribute", "", {"VpcId": ID, "EnableDnsHostnames": {"Value": Property("EnableDnsHostnames", False)}}),
        ],
        update=RETAG,
        delete=[Api("ec2.delete_vpc", "", {"VpcId": ID})],
        id="VpcId",
        attributes=same("VpcId CidrBlock") | {"DefaultSecurityGroup": _DEFAULT_GROUP},
    ),
    ResourceType(
        "AWS::EC2::Subnet",
        replacement="AvailabilityZone CidrBlock VpcId",
        in_place="MapPublicIpOnLaunch Tags",
        create=[Api("ec2.create_subnet", "AvailabilityZone CidrBlock VpcId", tags("subnet"), result="Subnet")],
        settings=[
            Api("ec2.modify_subnet_attribute", "", {"SubnetId": ID, "MapPublicIpOnLaunch": {"Value": Property("MapPublicIpOnLaunch")}})
        ],
        update=RETAG,
        delete=[Api("ec2.delete_subnet", "", {"SubnetId": ID})],
        id="SubnetId",
        attributes=same("SubnetId AvailabilityZone AvailabilityZoneId CidrBlock VpcId"),
    ),
    ResourceType(
        "AWS::EC2::RouteTable",
        replacement="VpcId",
        in_place="Tags",
        create=[Api("ec2.create_route_table", "VpcId", tags("route-table"), result="RouteTable")],
        update=RETAG,
        delete=[Api("ec2.delete_route_table", "", {"RouteTableId": ID})],
        id="RouteTableId",
        attributes=same("RouteTableId"),
    ),
    ResourceType(
        "AWS::EC2::SubnetRouteTableAssociation",
        replacement="RouteTableId SubnetId",
        create=[Api("ec2.associate_route_table", "RouteTableId SubnetId")],
        delete=[Api("ec2.disassociate_route_table", "", {"AssociationId": ID})],
        id="AssociationId",
        attributes={"Id": "AssociationId"},
    ),
)
