"""Log groups, and alarms of CloudWatch."""

from ..engine.expression import ID, api, prop
from ..engine.resourcetype import ResourceType, register
from .names import GENERATED
from .tags import tag_map

_ALARM = (
    "ActionsEnabled AlarmActions AlarmDescription ComparisonOperator DatapointsToAlarm Dimensions EvaluationPeriods "
    "ExtendedStatistic InsufficientDataActions MetricName Metrics Namespace OKActions Period Statistic "
    "Threshold TreatMissingData Unit"
)

register(
    ResourceType(
        "AWS::Logs::LogGroup",
        replacement="LogGroupName",
        in_place="KmsKeyId LogGroupClass RetentionInDays Tags",
        create=[
            api(
                "logs.create_log_group",
                "KmsKeyId LogGroupClass",
                logGroupName=prop("LogGroupName", GENERATED),
                tags=tag_map("Tags"),
            )
        ],
        settings=[api("logs.put_retention_policy", logGroupName=ID, retentionInDays=prop("RetentionInDays"))],
        read=api("logs.describe_log_groups", logGroupNamePrefix=ID, result="logGroups[0]"),
        delete=[api("logs.delete_log_group", logGroupName=ID)],
        id=prop("LogGroupName", GENERATED),
        attributes={"Arn": "arn"},
    ),
    ResourceType(
        "AWS::CloudWatch::Alarm",
        replacement="AlarmName",
        in_place=_ALARM,
        create=[api("cloudwatch.put_metric_alarm", _ALARM, AlarmName=prop("AlarmName", GENERATED))],
        update=[api("cloudwatch.put_metric_alarm", _ALARM, AlarmName=ID)],
        read=api("cloudwatch.describe_alarms", AlarmNames=[ID], result="MetricAlarms[0]"),
        delete=[api("cloudwatch.delete_alarms", AlarmNames=[ID])],
        id=prop("AlarmName", GENERATED),
        attributes={"Arn": "AlarmArn"},
    ),
)
