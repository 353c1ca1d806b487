"""Schedules of EventBridge Scheduler, and their groups."""

from ..engine.expression import ID, api, prop
from ..engine.resourcetype import ResourceType, register, same
from .names import GENERATED

_GROUP = prop("GroupName", "default")
_SCHEDULE = (
    "Description EndDate FlexibleTimeWindow KmsKeyArn ScheduleExpression ScheduleExpressionTimezone StartDate State Target"
)

register(
    ResourceType(
        "AWS::Scheduler::Schedule",
        replacement="Name",
        in_place=f"{_SCHEDULE} GroupName",
        create=[api("scheduler.create_schedule", _SCHEDULE, Name=prop("Name", GENERATED), GroupName=_GROUP)],
        update=[api("scheduler.update_schedule", _SCHEDULE, Name=ID, GroupName=_GROUP)],
        read=api("scheduler.get_schedule", Name=ID, GroupName=_GROUP),
        delete=[api("scheduler.delete_schedule", Name=ID, GroupName=_GROUP)],
        id=prop("Name", GENERATED),
        attributes=same("Arn"),
    ),
    ResourceType(
        "AWS::Scheduler::ScheduleGroup",
        replacement="Name",
        in_place="Tags",
        create=[api("scheduler.create_schedule_group", "Tags", Name=prop("Name", GENERATED))],
        read=api("scheduler.get_schedule_group", Name=ID),
        delete=[api("scheduler.delete_schedule_group", Name=ID)],
        id=prop("Name", GENERATED),
        attributes=same("Arn State"),
    ),
)
