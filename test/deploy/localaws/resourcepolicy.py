"""Policies that hang on a bucket or a topic."""

from __future__ import annotations

import json
from typing import Any

from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.s3.models import FakeBucket

from .resource import IN_PLACE, REPLACE, Call, Deployed, Handler, handles


class ResourcePolicy(Handler):
    """A policy document that belongs to other resources."""

    def put(self, call: Call, document: str) -> None:
        """Hang the document on every resource; an empty one takes the policy away."""
        raise NotImplementedError

    def create(self, call: Call) -> Deployed:
        self.put(call, json.dumps(call.properties["PolicyDocument"]))
        return self.deployed(call, f"{call.stack_name}-{call.logical_id}", Id=call.logical_id)

    def delete(self, call: Call, old: Deployed) -> None:
        self.put(call, "")


@handles
class BucketPolicy(ResourcePolicy):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucketpolicy.html"""

    type_name = "AWS::S3::BucketPolicy"
    properties = {"Bucket": REPLACE, "PolicyDocument": IN_PLACE}

    def put(self, call: Call, document: str) -> None:
        s3, bucket = call.client("s3"), call.properties["Bucket"]
        if document:
            s3.put_bucket_policy(Bucket=bucket, Policy=document)
        else:
            s3.delete_bucket_policy(Bucket=bucket)


@handles
class TopicPolicy(ResourcePolicy):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topicpolicy.html"""

    type_name = "AWS::SNS::TopicPolicy"
    properties = {"Topics": IN_PLACE, "PolicyDocument": IN_PLACE}

    def put(self, call: Call, document: str) -> None:
        for topic in call.properties["Topics"]:
            value = document or json.dumps({"Version": "2012-10-17", "Statement": []})
            call.client("sns").set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=value)


def _permission(bucket: Any, action: str, resource: str) -> Any:
    """moto denies without a look at conditions, and the bucket of bootstrap denies what is not encrypted in transit.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-securetransport
    Assumption: all requests count as encrypted, though the local API speaks plain HTTP.
    """
    document = json.loads(bucket.policy) if bucket.policy else {"Statement": []}
    insecure = {"Bool": {"aws:SecureTransport": "false"}}
    held = [statement for statement in document["Statement"] if statement.get("Condition") != insecure]
    if not held:
        return PermissionResult.NEUTRAL
    return IAMPolicy(document | {"Statement": held}).is_action_permitted(action, resource)


def install() -> None:
    """Lay the rule over moto's S3."""
    bucket: Any = FakeBucket
    bucket.get_permission = _permission
