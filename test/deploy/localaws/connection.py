"""Connections of endpoints to services: their states, and who accepts and rejects them."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.responses.vpc_service_configuration import VPCEndpointServiceConfiguration

from .endpointservice import connections

_FILTERS = {
    "service-id": "ServiceId",
    "vpc-endpoint-state": "VpcEndpointState",
    "vpc-endpoint-owner": "VpcEndpointOwner",
}

# Which states a decision of the owner starts from. An endpoint that is available can still be rejected.
# https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html#accept-reject-connection-requests
# Assumption: a rejected one can still be accepted; AWS does not say.
_FROM = {"available": ("pendingAcceptance", "rejected"), "rejected": ("pendingAcceptance", "available")}


def _decide(state: str) -> Any:
    def decide(self: Any) -> ActionResult:
        service = self.ec2_backend.describe_vpc_endpoint_service_configurations([self._get_param("ServiceId")])[0]
        found = {endpoint.id: endpoint for endpoint in connections(service)}
        failed = []
        for endpoint_id in self._get_param("VpcEndpointIds", []):
            endpoint = found.get(endpoint_id)
            if endpoint is not None and endpoint.state in _FROM[state]:
                endpoint.state = state
                continue
            # Assumption: the code and the words.
            text = f"The Vpc Endpoint Id '{endpoint_id}' does not exist or is in a state that does not allow this"
            failed.append({"ResourceId": endpoint_id, "Error": {"Code": "InvalidVpcEndpointId.NotFound", "Message": text}})
        return ActionResult({"Unsuccessful": failed})

    return decide


def _describe(self: Any) -> ActionResult:
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcEndpointConnections.html"""
    wanted = {f["Name"]: f["Values"] for f in self._get_param("Filters", [])}
    if set(wanted) - set(_FILTERS):
        raise EC2ClientError("InvalidFilter", f"The local API does not support the filters {sorted(wanted)}")
    found = []
    for service in self.ec2_backend.configurations.values():
        for endpoint in connections(service):
            connection = {
                "ServiceId": service.id,
                "VpcEndpointId": endpoint.id,
                "VpcEndpointOwner": endpoint.ec2_backend.account_id,
                "VpcEndpointState": endpoint.state,
                "CreationTimestamp": endpoint.creation_timestamp,
                "NetworkLoadBalancerArns": service.network_load_balancer_arns,
                "VpcEndpointRegion": endpoint.ec2_backend.region_name,
            }
            if all(connection[_FILTERS[name]] in values for name, values in wanted.items()):
                found.append(connection)
    return ActionResult({"VpcEndpointConnections": found})


def install() -> None:
    """Add to moto's EC2 what it lacks."""
    response: Any = VPCEndpointServiceConfiguration
    response.accept_vpc_endpoint_connections = _decide("available")
    response.reject_vpc_endpoint_connections = _decide("rejected")
    response.describe_vpc_endpoint_connections = _describe
