"""Connections of endpoints to services: their states, who accepts and rejects them, and notifications of them."""

from __future__ import annotations

import secrets
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.responses.vpc_service_configuration import VPCEndpointServiceConfiguration
from moto.sns.models import sns_backends

from .endpointservice import connections
from .resource import IN_PLACE, REPLACE, Call, Deployed, Handler, handles

_NOTIFICATIONS: dict[str, dict[str, Any]] = {}

_FILTERS = {
    "service-id": "ServiceId",
    "vpc-endpoint-state": "VpcEndpointState",
    "vpc-endpoint-owner": "VpcEndpointOwner",
}

# Which states a decision of the owner starts from. An accepted endpoint can be rejected, a rejected one accepted.
# https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html#accept-reject-connection-requests
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


def _create_notification(self: Any) -> ActionResult:
    """https://docs.aws.amazon.com/vpc/latest/privatelink/create-notification-endpoint-service.html"""
    topic_arn = self._get_param("ConnectionNotificationArn")
    topic = sns_backends[self.current_account][self.region].topics.get(topic_arn)
    # EC2 must be allowed to publish. Assumption: the words, and that EC2 looks when the notification is created.
    if topic is None or "vpce.amazonaws.com" not in str(topic.policy):
        text = f"{topic_arn} does not exist or does not allow vpce.amazonaws.com to publish"
        raise EC2ClientError("InvalidParameter", text)
    notification = {
        "ConnectionNotificationId": f"vpce-nfn-{secrets.token_hex(8)}",
        "ServiceId": self._get_param("ServiceId"),
        "ConnectionNotificationType": "Topic",
        "ConnectionNotificationArn": topic_arn,
        "ConnectionEvents": self._get_param("ConnectionEvents", []),
        "ConnectionNotificationState": "Enabled",
        "Owner": self.current_account,
    }
    _NOTIFICATIONS[notification["ConnectionNotificationId"]] = notification
    return ActionResult({"ConnectionNotification": notification})


def _describe_notifications(self: Any) -> ActionResult:
    wanted = self._get_param("ConnectionNotificationId")
    own = [n for n in _NOTIFICATIONS.values() if n["Owner"] == self.current_account]
    return ActionResult({"ConnectionNotificationSet": [n for n in own if wanted in (None, n["ConnectionNotificationId"])]})


def _delete_notifications(self: Any) -> ActionResult:
    for notification_id in self._get_param("ConnectionNotificationIds", []):
        _NOTIFICATIONS.pop(notification_id, None)
    return ActionResult({"Unsuccessful": []})


def install() -> None:
    """Add to moto's EC2 what it lacks."""
    response: Any = VPCEndpointServiceConfiguration
    response.accept_vpc_endpoint_connections = _decide("available")
    response.reject_vpc_endpoint_connections = _decide("rejected")
    response.describe_vpc_endpoint_connections = _describe
    response.create_vpc_endpoint_connection_notification = _create_notification
    response.describe_vpc_endpoint_connection_notifications = _describe_notifications
    response.delete_vpc_endpoint_connection_notifications = _delete_notifications


@handles
class ConnectionNotification(Handler):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpcendpointconnectionnotification.html"""

    type_name = "AWS::EC2::VPCEndpointConnectionNotification"
    eager = True  # only DependsOn puts the policy of the topic first
    properties = {"ConnectionEvents": IN_PLACE, "ConnectionNotificationArn": IN_PLACE, "ServiceId": REPLACE}

    def create(self, call: Call) -> Deployed:
        made = call.client("ec2").create_vpc_endpoint_connection_notification(**call.properties)
        notification_id = made["ConnectionNotification"]["ConnectionNotificationId"]
        return self.deployed(call, notification_id, VPCEndpointConnectionNotificationId=notification_id)

    def delete(self, call: Call, old: Deployed) -> None:
        ids = [old.physical_resource_id]
        call.client("ec2").delete_vpc_endpoint_connection_notifications(ConnectionNotificationIds=ids)
