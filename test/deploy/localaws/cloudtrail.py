"""The trail of API calls, in which the CDK CLI looks for the cause of a failure. Here it is empty."""

from __future__ import annotations

from typing import Any

from moto.cloudtrail.responses import CloudTrailResponse
from moto.core.responses import ActionResult


def install() -> None:
    """Add to moto's CloudTrail what it lacks."""
    response: Any = CloudTrailResponse
    response.lookup_events = lambda self: ActionResult({"Events": []})
