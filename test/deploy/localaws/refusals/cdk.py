"""What the CDK CLI needs of services that are not about the path."""

import json
from typing import Any

from moto.cloudtrail.responses import CloudTrailResponse
from moto.core.responses import ActionResult
from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.s3.models import FakeBucket

from ..overlay import instead


@instead(CloudTrailResponse, "lookup_events")
def _no_events(call: Any) -> ActionResult:
    """The CLI looks for the cause of a failure in the events of CloudTrail. Here there are none."""
    return ActionResult({"Events": []})


@instead(FakeBucket, "get_permission")
def _permission(bucket: Any, action: str, resource: str) -> Any:
    """moto denies without evaluating conditions, and the bucket of bootstrap denies requests that are not encrypted.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-securetransport
    Assumption: all requests count as encrypted, though the local API speaks plain HTTP.
    """
    document = json.loads(bucket.policy) if bucket.policy else {"Statement": []}
    insecure = {"Bool": {"aws:SecureTransport": "false"}}
    statements = [statement for statement in document["Statement"] if statement.get("Condition") != insecure]
    if not statements:
        return PermissionResult.NEUTRAL
    return IAMPolicy(document | {"Statement": statements}).is_action_permitted(action, resource)
