"""Connections of endpoints to services: their states, and the owner's decisions about them."""

from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.responses.vpc_service_configuration import VPCEndpointServiceConfiguration

from ..overlay import instead, refusal
from .endpointservice import connections
from .notification import ring

_FILTERS = {
    "service-id": "ServiceId",
    "vpc-endpoint-id": "VpcEndpointId",
    "vpc-endpoint-owner": "VpcEndpointOwner",
    "vpc-endpoint-region": "VpcEndpointRegion",
    "vpc-endpoint-state": "VpcEndpointState",
}


def _decide(call: Any, state: str, current_states: tuple[str, str], event: str) -> ActionResult:
    """Accept or reject connections that are in one of the states from which this is possible."""
    service = call.ec2_backend.describe_vpc_endpoint_service_configurations([call._get_param("ServiceId")])[0]
    found = {endpoint.id: endpoint for endpoint in connections(service)}
    failed = []
    for endpoint_id in call._get_param("VpcEndpointIds", []):
        endpoint = found.get(endpoint_id)
        if endpoint is not None and endpoint.state in current_states:
            endpoint.state = state
            ring(service, event)
            continue
        # Assumption: the code and the words.
        text = f"The Vpc Endpoint Id '{endpoint_id}' does not exist or is in a state that does not allow this"
        failed.append({"ResourceId": endpoint_id, "Error": {"Code": "InvalidVpcEndpointId.NotFound", "Message": text}})
    return ActionResult({"Unsuccessful": failed})


# https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html#accept-reject-connection-requests


@instead(VPCEndpointServiceConfiguration, "accept_vpc_endpoint_connections")
def _accept(call: Any) -> ActionResult:
    """Assumption: a connection that was rejected can still be accepted; AWS does not say."""
    return _decide(call, "available", ("pendingAcceptance", "rejected"), "Accept")


@instead(VPCEndpointServiceConfiguration, "reject_vpc_endpoint_connections")
def _reject(call: Any) -> ActionResult:
    """An available connection can still be rejected."""
    return _decide(call, "rejected", ("pendingAcceptance", "available"), "Reject")


@instead(VPCEndpointServiceConfiguration, "describe_vpc_endpoint_connections")
def _describe(call: Any) -> ActionResult:
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcEndpointConnections.html"""
    wanted = {given["Name"]: given["Values"] for given in call._get_param("Filters", [])}
    if set(wanted) - set(_FILTERS):
        raise refusal("ec2", "InvalidFilter", f"The local API does not support the filters {sorted(wanted)}")
    all_connections = [
        {
            "ServiceId": service.id,
            "VpcEndpointId": endpoint.id,
            "VpcEndpointOwner": endpoint.ec2_backend.account_id,
            "VpcEndpointState": endpoint.state,
            "CreationTimestamp": endpoint.creation_timestamp,
            "NetworkLoadBalancerArns": service.network_load_balancer_arns,
            "VpcEndpointRegion": endpoint.ec2_backend.region_name,
        }
        for service in call.ec2_backend.configurations.values()
        for endpoint in connections(service)
    ]
    found = [each for each in all_connections if all(each[_FILTERS[name]] in values for name, values in wanted.items())]
    return ActionResult({"VpcEndpointConnections": found})
