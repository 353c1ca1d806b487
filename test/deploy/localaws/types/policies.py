"""Policies of buckets and topics."""

from typing import Any

from ..engine.expression import Expression, api, item, prop
from ..engine.resourcetype import ResourceType, register

_LOGICAL_ID = Expression(lambda request: request.logical_id)


def _set_topic_policy(document: Any) -> Expression:
    topics = prop("Topics")
    return api("sns.set_topic_attributes", each=topics, TopicArn=item(), AttributeName="Policy", AttributeValue=document)


register(
    ResourceType(
        "AWS::S3::BucketPolicy",
        replacement="Bucket",
        in_place="PolicyDocument",
        create=[api("s3.put_bucket_policy", "Bucket", Policy=prop("PolicyDocument"))],
        delete=[api("s3.delete_bucket_policy", "Bucket")],
        attributes={"Id": _LOGICAL_ID},
    ),
    ResourceType(
        "AWS::SNS::TopicPolicy",
        in_place="PolicyDocument Topics",
        create=[_set_topic_policy(prop("PolicyDocument"))],
        delete=[_set_topic_policy({"Version": "2012-10-17", "Statement": []})],
        attributes={"Id": _LOGICAL_ID},
    ),
)
