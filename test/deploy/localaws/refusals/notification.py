"""Connection notifications: which topic is told about which events of an endpoint service."""

import secrets
from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.responses.vpc_service_configuration import VPCEndpointServiceConfiguration
from moto.kms.models import kms_backends
from moto.sns.models import sns_backends
from moto.utilities.utils import get_partition

from ..overlay import instead, refusal
from ..services.permissions import lets

_NOTIFICATIONS: dict[str, dict[str, Any]] = {}

# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpointConnectionNotification.html
_EVENTS = {"Accept", "Connect", "Delete", "Reject"}

_PUBLISHER = "vpce.amazonaws.com"


def ring(service: Any, event: str) -> None:
    """Publish an event of a service to the topics that are to be told, where policies let EC2 do so.

    Assumption: the message, which no page of AWS shows, and that what EC2 may not publish is dropped.
    """
    for notification in list(_NOTIFICATIONS.values()):
        if notification["ServiceId"] == service.id and event in notification["ConnectionEvents"]:
            topic = _topic(notification["Owner"], service.ec2_backend.region_name, notification["ConnectionNotificationArn"])
            if topic and _may_publish(topic, service):
                topic.publish(f"{event} at {service.id}")


def _topic(account: str, region: str, arn: str) -> Any:
    return sns_backends[account][region].topics.get(arn)


def _may_publish(topic: Any, service: Any) -> bool:
    """Whether the policies of a topic and of its key let EC2 publish what happens to a service.

    https://docs.aws.amazon.com/vpc/latest/privatelink/create-notification-endpoint-service.html
    https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
    """
    account, region = service.ec2_backend.account_id, service.ec2_backend.region_name
    arn = f"arn:{get_partition(region)}:ec2:{region}:{account}:vpc-endpoint-service/{service.id}"
    context = {"aws:SourceAccount": account, "aws:SourceArn": arn}
    if not lets(topic.policy, _PUBLISHER, "sns:Publish", topic.arn, context):
        return False
    if not topic.kms_master_key_id:
        return True
    name = topic.kms_master_key_id.rsplit("/", 1)[-1]
    key: Any = kms_backends[topic.account_id][region].keys.get(name)  # the key of AWS does not let EC2 use it
    actions = ("kms:Decrypt", "kms:GenerateDataKey")
    return key is not None and all(lets(key.policy, _PUBLISHER, action, key.arn, context) for action in actions)


def _settings(call: Any) -> dict[str, Any]:
    """The topic and the events of a call, if EC2 accepts them.

    https://docs.aws.amazon.com/vpc/latest/privatelink/create-notification-endpoint-service.html
    """
    topic_arn, events = call._get_param("ConnectionNotificationArn"), call._get_param("ConnectionEvents", [])
    topic = _topic(call.current_account, call.region, topic_arn)
    # EC2 must be allowed to publish. Assumption: the words, and that EC2 checks it when the topic is set.
    if topic is None or _PUBLISHER not in topic.policy:
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
