"""Peering connections of VPCs."""

from ..client import Clients
from ..engine.expression import ID, api, computed
from ..engine.resource import NotStabilized, Request
from ..engine.resourcetype import ResourceType, register
from .tags import RETAG, tags


@computed("AssumeRoleRegion PeerOwnerId PeerRegion PeerRoleArn")
def _accept(request: Request) -> None:
    """CloudFormation accepts the connection too: in another account, with a role of that account.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/peer-with-vpc-in-another-account.html
    AWS's words: github.com/aws/aws-cdk/issues/17383, and https://repost.aws/knowledge-center/cloudformation-vpc-peering-error
    """
    properties, ec2 = request.properties, request.clients.of("ec2")
    status = ec2.describe_vpc_peering_connections(VpcPeeringConnectionIds=[request.physical_id])
    if status["VpcPeeringConnections"][0]["Status"]["Code"] == "failed":
        raise NotStabilized("VpcPeeringConnection failed to stabilize")
    role, region = properties.get("PeerRoleArn"), properties.get("PeerRegion", request.region)
    own = Clients(request.clients.credentials, region)
    peer = request.clients.assume(role, "AWSCloudFormation", region) if role else own
    peer.of("ec2").accept_vpc_peering_connection(VpcPeeringConnectionId=request.physical_id)


register(
    ResourceType(
        "AWS::EC2::VPCPeeringConnection",
        replacement="PeerOwnerId PeerRegion PeerRoleArn PeerVpcId VpcId",
        in_place="AssumeRoleRegion Tags",
        create=[
            api(
                "ec2.create_vpc_peering_connection",
                "PeerOwnerId PeerRegion PeerVpcId VpcId",
                TagSpecifications=tags("vpc-peering-connection"),
                result="VpcPeeringConnection",
            ),
            _accept,
        ],
        update=RETAG,
        delete=[api("ec2.delete_vpc_peering_connection", VpcPeeringConnectionId=ID)],
        id="VpcPeeringConnectionId",
        attributes={"Id": ID},
    )
)
