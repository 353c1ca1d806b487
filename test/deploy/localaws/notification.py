"""Notifications of connections: which topic hears of which events of a service. Nothing is published here."""

from __future__ import annotations

import secrets
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.responses.vpc_service_configuration import VPCEndpointServiceConfiguration
from moto.sns.models import sns_backends

from .resource import IN_PLACE, REPLACE, Call, Deployed, Handler, handles

_NOTIFICATIONS: dict[str, dict[str, Any]] = {}

# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpointConnectionNotification.html
_EVENTS = {"Accept", "Connect", "Delete", "Reject"}


def _settings(request: Any) -> dict[str, Any]:
    """The topic and the events of a request, if EC2 takes them.

    https://docs.aws.amazon.com/vpc/latest/privatelink/create-notification-endpoint-service.html
    """
    topic_arn, events = request._get_param("ConnectionNotificationArn"), request._get_param("ConnectionEvents", [])
    topic = sns_backends[request.current_account][request.region].topics.get(topic_arn)
    # EC2 must be allowed to publish. Assumption: the words, and that EC2 looks when it learns of the topic.
    if topic is None or "vpce.amazonaws.com" not in str(topic.policy):
        text = f"{topic_arn} does not exist or does not allow vpce.amazonaws.com to publish"
        raise EC2ClientError("InvalidParameter", text)
    if not events or set(events) - _EVENTS:
        raise EC2ClientError("InvalidParameter", f"Invalid connection events {events}")  # Assumption: the words
    return {"ConnectionNotificationArn": topic_arn, "ConnectionEvents": events}


def _create(self: Any) -> ActionResult:
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpointConnectionNotification.html"""
    service = self.ec2_backend.describe_vpc_endpoint_service_configurations([self._get_param("ServiceId")])[0]
    notification = _settings(self) | {
        "ConnectionNotificationId": f"vpce-nfn-{secrets.token_hex(8)}",
        "ServiceId": service.id,
        "ConnectionNotificationType": "Topic",
        "ConnectionNotificationState": "Enabled",
        "Owner": self.current_account,
    }
    _NOTIFICATIONS[notification["ConnectionNotificationId"]] = notification
    return ActionResult({"ConnectionNotification": notification})


def _own(request: Any, notification_id: str) -> dict[str, Any]:
    found = _NOTIFICATIONS.get(notification_id, {})
    if found.get("Owner") != request.current_account:
        # Assumption: the code and the words.
        text = f"The connection notification '{notification_id}' does not exist"
        raise EC2ClientError("InvalidConnectionNotification.NotFound", text)
    return found


def _modify(self: Any) -> ActionResult:
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcEndpointConnectionNotification.html"""
    _own(self, self._get_param("ConnectionNotificationId")).update(_settings(self))
    return ActionResult({"ReturnValue": True})


def _describe(self: Any) -> ActionResult:
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcEndpointConnectionNotifications.html"""
    wanted = self._get_param("ConnectionNotificationId")
    if wanted is not None:
        return ActionResult({"ConnectionNotificationSet": [_own(self, wanted)]})
    own = [n for n in _NOTIFICATIONS.values() if n["Owner"] == self.current_account]
    return ActionResult({"ConnectionNotificationSet": own})


def _delete(self: Any) -> ActionResult:
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpcEndpointConnectionNotifications.html"""
    for notification_id in self._get_param("ConnectionNotificationIds", []):
        del _NOTIFICATIONS[_own(self, notification_id)["ConnectionNotificationId"]]
    return ActionResult({"Unsuccessful": []})


def install() -> None:
    """Add to moto's EC2 what it lacks."""
    response: Any = VPCEndpointServiceConfiguration
    response.create_vpc_endpoint_connection_notification = _create
    response.modify_vpc_endpoint_connection_notification = _modify
    response.describe_vpc_endpoint_connection_notifications = _describe
    response.delete_vpc_endpoint_connection_notifications = _delete


@handles
class ConnectionNotification(Handler):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpcendpointconnectionnotification.html"""

    type_name = "AWS::EC2::VPCEndpointConnectionNotification"
    eager = True  # only DependsOn puts the policy of the topic first
    properties = {"ConnectionEvents": IN_PLACE, "ConnectionNotificationArn": IN_PLACE, "ServiceId": REPLACE}

    def create(self, call: Call) -> Deployed:
        made = call.client("ec2").create_vpc_endpoint_connection_notification(**call.properties)
        return self.known(call, made["ConnectionNotification"]["ConnectionNotificationId"])

    def known(self, call: Call, notification_id: str) -> Deployed:
        return self.deployed(call, notification_id, VPCEndpointConnectionNotificationId=notification_id)

    def update(self, call: Call, old: Deployed, changed: set[str]) -> Deployed:
        settings = {key: value for key, value in call.properties.items() if key != "ServiceId"}
        notification_id = old.physical_resource_id
        call.client("ec2").modify_vpc_endpoint_connection_notification(ConnectionNotificationId=notification_id, **settings)
        return self.known(call, notification_id)

    def delete(self, call: Call, old: Deployed) -> None:
        ids = [old.physical_resource_id]
        call.client("ec2").delete_vpc_endpoint_connection_notifications(ConnectionNotificationIds=ids)
