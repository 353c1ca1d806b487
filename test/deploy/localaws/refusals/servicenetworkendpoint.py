"""Endpoints of type ServiceNetwork, which moto takes for gateway endpoints.

https://docs.aws.amazon.com/vpc/latest/privatelink/access-with-service-network-endpoint.html
"""

import ipaddress
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.models import ec2_backends
from moto.ec2.models.vpcs import VPCEndPoint
from moto.ec2.responses.vpcs import VPCs

from ..overlay import after, before, instead, refusal
from ..services.lattice import entities
from ..services.ram import shared_with

TYPE = "ServiceNetwork"


def _network(call: Any) -> Any | None:
    """The service network of a call, if the caller owns it or it is shared with the caller."""
    arn = call._get_param("ServiceNetworkArn")
    for network in entities(call.region, TYPE):
        if network.arn == arn and (network.owner == call.current_account or shared_with(arn, call.current_account)):
            return network
    return None


@before(VPCs, "create_vpc_endpoint")
def _found(call: Any) -> None:
    """Assumption: the codes and the words."""
    given = call._get_param("ServiceNetworkArn")
    if (call._get_param("VpcEndpointType") == TYPE) != bool(given) or (given and call._get_param("ServiceName")):
        text = f"An endpoint of type {TYPE} requires a service network, and no service"
        raise refusal("ec2", "InvalidParameter", text)
    if given and _network(call) is None:
        raise refusal("ec2", "InvalidServiceNetworkArn.NotFound", f"The service network '{given}' does not exist")


@before(VPCs, "create_vpc_endpoint")
def _addresses(call: Any) -> None:
    """A contiguous block of 16 addresses in each subnet.

    https://docs.aws.amazon.com/vpc/latest/privatelink/access-with-service-network-endpoint.html
    Assumption: the code and the words, and that a subnet of a /28 or more has it; EC2 looks for free addresses.
    """
    for subnet_id in call._get_param("SubnetIds", []) if call._get_param("VpcEndpointType") == TYPE else []:
        subnet = ec2_backends[call.current_account][call.region].get_subnet(subnet_id)
        if ipaddress.ip_network(subnet.cidr_block).prefixlen > 28:
            text = f"Subnet {subnet_id} has no contiguous /28 block of free addresses"
            raise refusal("ec2", "InsufficientFreeAddressesInSubnet", text)


@after(VPCs, "create_vpc_endpoint")
def _created(call: Any, result: ActionResult) -> None:
    """Assumption: it has no DNS entries of its own, and nothing here needs its network interfaces. The names of services are
    those of their associations: github.com/hashicorp/terraform-provider-aws/issues/41398.
    """
    endpoint: Any = result.result["VpcEndpoint"]  # type: ignore[index]
    endpoint.service_network_arn = call._get_param("ServiceNetworkArn")


instead(VPCEndPoint, "service_network_arn")(None)
