"""Ways to the internet: internet gateways, Elastic IP addresses and NAT gateways."""

from ..engine.expression import ID, Expression, api, prop
from ..engine.resourcetype import ResourceType, register, same
from .tags import RETAG, tags

_ALLOCATION = api("ec2.describe_addresses", PublicIps=[ID], result="Addresses[0].AllocationId")

register(
    ResourceType(
        "AWS::EC2::InternetGateway",
        in_place="Tags",
        create=[api("ec2.create_internet_gateway", TagSpecifications=tags("internet-gateway"), result="InternetGateway")],
        update=RETAG,
        delete=[api("ec2.delete_internet_gateway", InternetGatewayId=ID)],
        id="InternetGatewayId",
        attributes={"InternetGatewayId": ID},
    ),
    ResourceType(
        "AWS::EC2::VPCGatewayAttachment",
        replacement="VpcId",
        in_place="InternetGatewayId VpnGatewayId",
        create=[api("ec2.attach_internet_gateway", "InternetGatewayId VpcId")],
        delete=[api("ec2.detach_internet_gateway", "InternetGatewayId VpcId")],
        id=Expression(lambda request: f"IGW|{request.properties['VpcId']}"),
        attributes={"AttachmentType": Expression(lambda request: "IGW")},
    ),
    ResourceType(
        "AWS::EC2::EIP",
        replacement="Domain",
        in_place="Tags",
        create=[api("ec2.allocate_address", "Domain", TagSpecifications=tags("elastic-ip"))],
        update=RETAG,
        delete=[api("ec2.release_address", AllocationId=_ALLOCATION)],
        id="PublicIp",
        attributes=same("AllocationId PublicIp"),
    ),
    ResourceType(
        "AWS::EC2::NatGateway",
        eager=True,  # only a DependsOn attaches the internet gateway first
        replacement="AllocationId ConnectivityType SubnetId",
        in_place="Tags",
        create=[
            api(
                "ec2.create_nat_gateway",
                "AllocationId SubnetId",
                ConnectivityType=prop("ConnectivityType", "public"),
                TagSpecifications=tags("natgateway"),
                result="NatGateway",
            )
        ],
        update=RETAG,
        delete=[api("ec2.delete_nat_gateway", NatGatewayId=ID)],
        id="NatGatewayId",
        attributes={"NatGatewayId": ID},
    ),
)
