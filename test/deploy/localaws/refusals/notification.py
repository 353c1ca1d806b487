"""Connection notifications: which topic is told about which events of an endpoint service. Nothing is published here."""

import secrets
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.responses.vpc_service_configuration import VPCEndpointServiceConfiguration
from moto.sns.models import sns_backends

from ..overlay import instead, refusal

_NOTIFICATIONS: dict[str, dict[str, Any]] = {}

# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpointConnectionNotification.html
_EVENTS = {"Accept", "Connect", "Delete", "Reject"}


def _settings(call: Any) -> dict[str, Any]:
    """The topic and the events of a call, if EC2 accepts them.

    https://docs.aws.amazon.com/vpc/latest/privatelink/create-notification-endpoint-service.html
    """
    topic_arn, events = call._get_param("ConnectionNotificationArn"), call._get_param("ConnectionEvents", [])
    topic: Any = sns_backends[call.current_account][call.region].topics.get(topic_arn)
    # EC2 must be allowed to publish. Assumption: the words, and that EC2 checks it when the topic is set.
    if topic is None or "vpce.amazonaws.com" not in str(topic.policy):
        text = f"{topic_arn} does not exist or does not allow vpce.amazonaws.com to publish"
        raise refusal("ec2", "InvalidParameter", text)
    if not events or set(events) - _EVENTS:
        raise refusal("ec2", "InvalidParameter", f"Invalid connection events {events}")  # Assumption: the words
    return {"ConnectionNotificationArn": topic_arn, "ConnectionEvents": events}


def _own(call: Any, notification_id: str) -> dict[str, Any]:
    found = _NOTIFICATIONS.get(notification_id, {})
    if found.get("Owner") != call.current_account:
        # Assumption: the code and the words.
        text = f"The connection notification '{notification_id}' does not exist"
        raise refusal("ec2", "InvalidConnectionNotification.NotFound", text)
    return found


@instead(VPCEndpointServiceConfiguration, "create_vpc_endpoint_connection_notification")
def _create(call: Any) -> ActionResult:
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpointConnectionNotification.html"""
    service = call.ec2_backend.describe_vpc_endpoint_service_configurations([call._get_param("ServiceId")])[0]
    notification = _settings(call) | {
        "ConnectionNotificationId": f"vpce-nfn-{secrets.token_hex(8)}",
        "ServiceId": service.id,
        "ConnectionNotificationType": "Topic",
        "ConnectionNotificationState": "Enabled",
        "Owner": call.current_account,
    }
    _NOTIFICATIONS[notification["ConnectionNotificationId"]] = notification
    return ActionResult({"ConnectionNotification": notification})


@instead(VPCEndpointServiceConfiguration, "modify_vpc_endpoint_connection_notification")
def _modify(call: Any) -> ActionResult:
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcEndpointConnectionNotification.html"""
    _own(call, call._get_param("ConnectionNotificationId")).update(_settings(call))
    return ActionResult({"ReturnValue": True})


@instead(VPCEndpointServiceConfiguration, "describe_vpc_endpoint_connection_notifications")
def _describe(call: Any) -> ActionResult:
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcEndpointConnectionNotifications.html"""
    wanted = call._get_param("ConnectionNotificationId")
    if wanted is not None:
        return ActionResult({"ConnectionNotificationSet": [_own(call, wanted)]})
    own = [notification for notification in _NOTIFICATIONS.values() if notification["Owner"] == call.current_account]
    return ActionResult({"ConnectionNotificationSet": own})


@instead(VPCEndpointServiceConfiguration, "delete_vpc_endpoint_connection_notifications")
def _delete(call: Any) -> ActionResult:
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpcEndpointConnectionNotifications.html"""
    for notification_id in call._get_param("ConnectionNotificationIds", []):
        del _NOTIFICATIONS[_own(call, notification_id)["ConnectionNotificationId"]]
    return ActionResult({"Unsuccessful": []})
