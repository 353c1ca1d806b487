"""Topics of SNS, and subscriptions."""

from functools import partial

from ..engine.expression import ID, api, item, prop
from ..engine.resourcetype import ResourceType, register
from .names import GENERATED

_set = partial(api, "sns.set_topic_attributes", TopicArn=ID)
_SUBSCRIPTION = "Endpoint Protocol TopicArn"

register(
    ResourceType(
        "AWS::SNS::Topic",
        replacement="TopicName",
        in_place="DisplayName KmsMasterKeyId Subscription Tags",
        create=[
            api("sns.create_topic", "Tags", Name=prop("TopicName", GENERATED)),
            api("sns.subscribe", each=prop("Subscription"), TopicArn=ID, Endpoint=item("Endpoint"), Protocol=item("Protocol")),
        ],
        settings=[
            _set(AttributeName="DisplayName", AttributeValue=prop("DisplayName", "")),
            _set(AttributeName="KmsMasterKeyId", AttributeValue=prop("KmsMasterKeyId", "")),
        ],
        delete=[api("sns.delete_topic", TopicArn=ID)],
        id="TopicArn",
        attributes={"TopicArn": ID, "TopicName": prop("TopicName", GENERATED)},
    ),
    ResourceType(
        "AWS::SNS::Subscription",
        replacement=_SUBSCRIPTION,
        create=[api("sns.subscribe", _SUBSCRIPTION, ReturnSubscriptionArn=True)],
        delete=[api("sns.unsubscribe", SubscriptionArn=ID)],
        id="SubscriptionArn",
        attributes={"Arn": ID},
    ),
)
