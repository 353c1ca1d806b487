"""Policies of buckets and topics."""

from ..engine.expression import Api, Computed, Item, Property
from ..engine.resourcetype import ResourceType, register

_NO_STATEMENT = {"Version": "2012-10-17", "Statement": []}
_LOGICAL_ID = Computed(lambda request: request.logical_id)


def _topic_policy(document: object) -> Api:
    parameters = {"TopicArn": Item(), "AttributeName": "Policy", "AttributeValue": document}
    return Api("sns.set_topic_attributes", "", parameters, each=Property("Topics"))


register(
    ResourceType(
        "AWS::S3::BucketPolicy",
        replacement="Bucket",
        in_place="PolicyDocument",
        create=[Api("s3.put_bucket_policy", "Bucket", {"Policy": Property("PolicyDocument")})],
        delete=[Api("s3.delete_bucket_policy", "Bucket")],
        attributes={"Id": _LOGICAL_ID},
    ),
    ResourceType(
        "AWS::SNS::TopicPolicy",
        in_place="PolicyDocument Topics",
        create=[_topic_policy(Property("PolicyDocument"))],
        delete=[_topic_policy(_NO_STATEMENT)],
        attributes={"Id": _LOGICAL_ID},
    ),
)
