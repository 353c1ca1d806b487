"""Log groups, and alarms and dashboards of CloudWatch."""

from moto.utilities.utils import get_partition

from ..engine.expression import ID, api, computed, prop
from ..engine.resource import Request
from ..engine.resourcetype import ResourceType, register
from .names import GENERATED
from .tags import tag_map

_ALARM = (
    "ActionsEnabled AlarmActions AlarmDescription ComparisonOperator DatapointsToAlarm Dimensions "
    "EvaluateLowSampleCountPercentile EvaluationPeriods "
    "ExtendedStatistic InsufficientDataActions MetricName Metrics Namespace OKActions Period Statistic "
    "Threshold TreatMissingData Unit"
)
_COMPOSITE = "ActionsEnabled AlarmActions AlarmDescription AlarmRule InsufficientDataActions OKActions"


@computed()
def _group(request: Request) -> str:
    """The ARN of a log group, as a policy of it takes it: that of Fn::GetAtt ends with ":*"."""
    return f"arn:{get_partition(request.region)}:logs:{request.region}:{request.account}:log-group:{request.physical_id}"


register(
    ResourceType(
        "AWS::Logs::LogGroup",
        replacement="LogGroupName",
        in_place="KmsKeyId LogGroupClass ResourcePolicyDocument RetentionInDays Tags",
        create=[
            api(
                "logs.create_log_group",
                "KmsKeyId LogGroupClass",
                logGroupName=prop("LogGroupName", GENERATED),
                tags=tag_map("Tags"),
            )
        ],
        settings=[
            api("logs.put_retention_policy", logGroupName=ID, retentionInDays=prop("RetentionInDays")),
            api("logs.put_resource_policy", resourceArn=_group, policyDocument=prop("ResourcePolicyDocument")),
        ],
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
    ResourceType(
        "AWS::CloudWatch::CompositeAlarm",
        replacement="AlarmName",
        in_place=_COMPOSITE,
        create=[api("cloudwatch.put_composite_alarm", _COMPOSITE, AlarmName=prop("AlarmName", GENERATED))],
        update=[api("cloudwatch.put_composite_alarm", _COMPOSITE, AlarmName=ID)],
        read=api("cloudwatch.describe_alarms", AlarmNames=[ID], AlarmTypes=["CompositeAlarm"], result="CompositeAlarms[0]"),
        delete=[api("cloudwatch.delete_alarms", AlarmNames=[ID])],
        id=prop("AlarmName", GENERATED),
        attributes={"Arn": "AlarmArn"},
    ),
    ResourceType(
        "AWS::CloudWatch::Dashboard",
        replacement="DashboardName",
        in_place="DashboardBody",
        create=[api("cloudwatch.put_dashboard", "DashboardBody", DashboardName=prop("DashboardName", GENERATED))],
        update=[api("cloudwatch.put_dashboard", "DashboardBody", DashboardName=ID)],
        delete=[api("cloudwatch.delete_dashboards", DashboardNames=[ID])],
        id=prop("DashboardName", GENERATED),
    ),
)
