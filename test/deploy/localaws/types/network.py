"""VPCs, subnets, route tables, routes and peering connections."""

from ..client import Clients
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


@computed(_DESTINATION)
def _destination(request: Request) -> str:
    return next(request.properties[name] for name in _DESTINATION.split() if name in request.properties)


@computed("PeerRegion PeerRoleArn")
def _accept_peering(request: Request) -> None:
    """CloudFormation accepts the connection too: in another account, with a role of that account.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/peer-with-vpc-in-another-account.html
    """
    role, region = request.properties.get("PeerRoleArn"), request.properties.get("PeerRegion", request.region)
    own = Clients(request.clients.credentials, region)
    peer = request.clients.assume(role, "AWSCloudFormation", region) if role else own
    peer.of("ec2").accept_vpc_peering_connection(VpcPeeringConnectionId=request.physical_id)


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
    ResourceType(
        "AWS::EC2::Route",
        replacement=f"{_DESTINATION} RouteTableId",
        in_place=_ROUTE_TARGET,
        create=[api("ec2.create_route", f"RouteTableId {_DESTINATION} {_ROUTE_TARGET}")],
        delete=[api("ec2.delete_route", f"RouteTableId {_DESTINATION}")],
        id=Expression(lambda request: f"{request.properties['RouteTableId']}|{_destination.of(request)}"),
        attributes={"CidrBlock": _destination},
    ),
    ResourceType(
        "AWS::EC2::VPCPeeringConnection",
        replacement="PeerOwnerId PeerRegion PeerRoleArn PeerVpcId VpcId",
        in_place="Tags",
        create=[
            api(
                "ec2.create_vpc_peering_connection",
                "PeerOwnerId PeerRegion PeerVpcId VpcId",
                TagSpecifications=tags("vpc-peering-connection"),
                result="VpcPeeringConnection",
            ),
            _accept_peering,
        ],
        update=RETAG,
        delete=[api("ec2.delete_vpc_peering_connection", VpcPeeringConnectionId=ID)],
        id="VpcPeeringConnectionId",
        attributes={"Id": ID},
    ),
)
