"""What EventBridge Scheduler does when the time of a schedule comes. Here a test says when.

https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets.html
"""

import json
from typing import Any

from moto.scheduler.models import EventBridgeSchedulerBackend, scheduler_backends
from moto.utilities.utils import get_partition

from ..dispatch import STATE, route
from ..overlay import before, refusal
from ..services.permissions import trusts
from .authority import role_may_invoke
from .invocation import function_of, invoke

_PATH = "/_schedules/"


def _context(account: str, region: str, group: str) -> dict[str, str]:
    """The condition keys of a schedule: its ARN is not one of them, that of its group is.

    https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
    """
    arn = f"arn:{get_partition(region)}:scheduler:{region}:{account}:schedule-group/{group}"
    return {"aws:SourceAccount": account, "aws:SourceArn": arn}


@before(EventBridgeSchedulerBackend, "create_schedule")
@before(EventBridgeSchedulerBackend, "update_schedule")
def _role(backend: Any, **settings: Any) -> None:
    """https://docs.aws.amazon.com/scheduler/latest/UserGuide/setting-up.html#setting-up-execution-role, and for the words
    github.com/hashicorp/terraform-provider-aws/issues/28261
    """
    context = _context(backend.account_id, backend.region_name, settings["group_name"] or "default")
    if not trusts(settings["target"]["RoleArn"], "scheduler.amazonaws.com", context):
        text = "The execution role you provide must allow AWS EventBridge Scheduler to assume the role."
        raise refusal("scheduler", "ValidationException", text)


@route(_PATH)
def _tick(environ: dict[str, Any]) -> tuple[str, str]:
    """Run a schedule once: a POST to its account, Region, group and name. Its target is a function.

    Assumption: a run that fails is not repeated, whatever the policy for retries says.
    """
    account, region, group, name = environ["PATH_INFO"].removeprefix(_PATH).split("/")
    with STATE:
        schedule = scheduler_backends[account][region].get_schedule(group, name)
        arn, role = schedule.target["Arn"], schedule.target["RoleArn"]
        if schedule.state != "ENABLED":
            return "409 Conflict", f"the schedule {name} is {schedule.state}"
        if not role_may_invoke(role, arn):
            return "403 Forbidden", f"{role} is not authorized to perform: lambda:InvokeFunction on resource: {arn}"
        function = function_of(arn)
    outcome = invoke(function, json.loads(schedule.target.get("Input") or "{}"))
    return ("502 Bad Gateway", json.dumps(outcome.error)) if outcome.error else ("200 OK", json.dumps(outcome.payload))
