"""Internet gateways and NAT gateways: the order in which EC2 takes them; and public addresses."""

import random
from typing import Any

from moto.ec2.models import EC2Backend, elastic_ip_addresses
from moto.elbv2.models import elbv2_backends

from ..overlay import before, instead, refusal


@instead(elastic_ip_addresses, "random_ip")
def public_address() -> str:
    """An address of AWS in eu-west-1; moto's are those of one machine, 127.0.0.0/8.

    https://docs.aws.amazon.com/vpc/latest/userguide/aws-ip-ranges.html
    """
    return f"3.{random.randrange(248, 256)}.{random.randrange(256)}.{random.randrange(1, 255)}"


def has_internet_gateway(ec2: Any, vpc: str) -> bool:
    """Whether an internet gateway is attached to a VPC."""
    return any(gateway.vpc and gateway.vpc.id == vpc for gateway in ec2.internet_gateways.values())


@before(EC2Backend, "create_nat_gateway")
def _gateway(ec2: Any, subnet_id: str, allocation_id: str, *others: Any, connectivity_type: str = "public", **named: Any) -> None:
    """https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html
    Assumption: the call is refused with what becomes the failure of the gateway. AWS creates one that fails at once.
    """
    if connectivity_type == "private":
        return
    vpc = ec2.get_subnet(subnet_id).vpc_id
    if not has_internet_gateway(ec2, vpc):
        raise refusal("ec2", "Gateway.NotAttached", f"Network {vpc} has no Internet gateway attached")
    for address in ec2.address_by_allocation([allocation_id]):
        if address.association_id and any(_has(gateway, allocation_id) for gateway in ec2.nat_gateways.values()):
            text = f"Elastic IP address [{allocation_id}] is already associated"
            raise refusal("ec2", "Resource.AlreadyAssociated", text)


def _has(gateway: Any, allocation_id: str) -> bool:
    """Whether a NAT gateway that exists has an Elastic IP address."""
    return gateway.state != "deleted" and any(one.get("allocationId") == allocation_id for one in gateway.address_set)


@before(EC2Backend, "detach_internet_gateway")
def _mapped(ec2: Any, internet_gateway_id: str, vpc_id: str) -> None:
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DetachInternetGateway.html
    "The VPC must not contain any running instances with Elastic IP addresses or public IPv4 addresses."
    """
    gateways = (gateway for gateway in ec2.nat_gateways.values() if gateway.state != "deleted" and gateway.vpc_id == vpc_id)
    balancers = elbv2_backends[ec2.account_id][ec2.region_name].load_balancers.values()
    is_public = any(balancer.vpc_id == vpc_id and balancer.scheme != "internal" for balancer in balancers)
    if is_public or any(gateway.connectivity_type == "public" for gateway in gateways):
        text = f"Network {vpc_id} has some mapped public address(es). Please unmap those public address(es) before detaching the"
        raise refusal("ec2", "DependencyViolation", f"{text} gateway.")
