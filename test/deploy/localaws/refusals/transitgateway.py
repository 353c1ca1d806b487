"""What a transit gateway holds on to."""

from ..services.api import Call, Values
from ..services.ec2 import EC2, REFERENCE
from ..services.transitgateway import Attachment, things

EC2.checks("DeleteSubnet")


@EC2.refuses(
    "subnet of an attachment",
    "DeleteSubnet",
    "DependencyViolation",
    "The subnet '{subnet}' has dependencies and cannot be deleted.",
    f"{REFERENCE}errors-overview.html",
)
def _attached(call: Call) -> Values | None:
    """The gateway has a network interface in the subnet. A VPC cannot be deleted before its subnets."""
    subnet = call.get("SubnetId")
    return {"subnet": subnet} if any(subnet in one.subnets for one in things(call.region, Attachment)) else None
