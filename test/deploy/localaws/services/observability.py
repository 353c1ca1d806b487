"""What moto lacks of CloudWatch and of CloudWatch Logs: composite alarms, managed rules of Contributor Insights, saved queries,
policies of log groups, and deliveries of the logs of Application Load Balancers."""

from __future__ import annotations

import json
import uuid
from typing import Any

from moto.cloudwatch.models import CloudWatchBackend, InsightRule
from moto.cloudwatch.responses import CloudWatchResponse
from moto.core.responses import ActionResult, EmptyResult
from moto.logs.models import DeliverySource, LogsBackend
from moto.logs.responses import LogsResponse

from ..overlay import instead

ALB_LOGS = {"ALB_ACCESS_LOGS", "ALB_CONNECTION_LOGS", "ALB_HEALTH_CHECK_LOGS"}


@instead(CloudWatchResponse, "put_composite_alarm")
def _put_composite_alarm(call: Any) -> EmptyResult:
    """moto's metric alarms can have a rule, and it describes those that do as composite alarms.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
    """
    call.put_metric_alarm()
    return EmptyResult()


@instead(CloudWatchResponse, "put_managed_insight_rules")
def _put_managed_insight_rules(call: Any) -> ActionResult:
    """Enable rules of AWS for a resource.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutManagedInsightRules.html
    Assumption: the names of the rules.
    """
    backend = call.cloudwatch_backend
    for one in call._get_param("ManagedRules"):
        name = f"{one['TemplateName']}-{one['ResourceARN'].rsplit('/', 1)[-1]}"
        rule: Any = InsightRule(call.current_account, call.region, "{}", name, "ENABLED", "", True)
        rule.template_name, rule.resource_arn = one["TemplateName"], one["ResourceARN"]
        backend.insight_rules[name] = rule
    return ActionResult({"Failures": []})


@instead(CloudWatchResponse, "list_managed_insight_rules")
def _list_managed_insight_rules(call: Any) -> ActionResult:
    """The rules of a resource. Assumption: those that nobody has enabled are not among them.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListManagedInsightRules.html
    """
    arn = call._get_param("ResourceARN")
    rules = [one for one in call.cloudwatch_backend.insight_rules.values() if getattr(one, "resource_arn", None) == arn]
    states = [{"RuleName": one.name, "State": one.state} for one in rules]
    return ActionResult(
        {
            "ManagedRules": [
                {"TemplateName": one.template_name, "ResourceARN": arn, "RuleState": state}
                for one, state in zip(rules, states, strict=True)
            ]
        }
    )


@instead(CloudWatchBackend, "delete_insight_rules")
def _delete_insight_rules(backend: Any, rule_names: list[str]) -> list[dict[str, Any]]:
    """Managed rules too, which moto refuses to delete.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DeleteInsightRules.html
    """
    for name in rule_names:
        backend.insight_rules.pop(name, None)
    return []


def _queries(call: Any) -> dict[str, dict[str, Any]]:
    queries: dict[str, dict[str, Any]] = vars(call.logs_backend).setdefault("query_definitions", {})
    return queries


@instead(LogsResponse, "put_query_definition")
def _put_query_definition(call: Any) -> str:
    """Save a query, or another text of one that has an ID.

    https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutQueryDefinition.html
    """
    given = call._get_param("queryDefinitionId") or str(uuid.uuid4())
    names = ("name", "queryString", "logGroupNames", "queryLanguage")
    saved = {name: call._get_param(name) for name in names if call._get_param(name) is not None}
    _queries(call)[given] = saved | {"queryDefinitionId": given}
    return json.dumps({"queryDefinitionId": given})


@instead(LogsResponse, "describe_query_definitions")
def _describe_query_definitions(call: Any) -> str:
    prefix = call._get_param("queryDefinitionNamePrefix") or ""
    return json.dumps({"queryDefinitions": [one for one in _queries(call).values() if one["name"].startswith(prefix)]})


@instead(LogsResponse, "delete_query_definition")
def _delete_query_definition(call: Any) -> str:
    return json.dumps({"success": _queries(call).pop(call._get_param("queryDefinitionId"), None) is not None})


_put_resource_policy: Any = LogsResponse.put_resource_policy
_describe_resource_policies: Any = LogsResponse.describe_resource_policies


@instead(LogsResponse, "put_resource_policy")
def put_resource_policy(call: Any) -> str:
    """A policy of a log group, which the limit of ten policies of an account does not count.

    https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html
    """
    arn = call._get_param("resourceArn")
    if arn is None:
        return str(_put_resource_policy(call))
    policy = {"policyDocument": call._get_param("policyDocument"), "policyScope": "RESOURCE", "resourceArn": arn}
    vars(call.logs_backend).setdefault("group_policies", {})[arn] = policy
    return json.dumps({"resourcePolicy": policy})


@instead(LogsResponse, "describe_resource_policies")
def describe_resource_policies(call: Any) -> str:
    arn = call._get_param("resourceArn")
    if arn is None:
        return str(_describe_resource_policies(call))
    found = vars(call.logs_backend).get("group_policies", {}).get(arn)
    return json.dumps({"resourcePolicies": [found] if found else []})


_put_delivery_source: Any = LogsBackend.put_delivery_source


@instead(LogsBackend, "put_delivery_source")
def put_delivery_source(backend: Any, name: str, resource_arn: str, log_type: str, tags: dict[str, str] | None) -> Any:
    """Logs of an Application Load Balancer too, which moto does not know.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html
    """
    if resource_arn.split(":")[2] != "elasticloadbalancing" or log_type not in ALB_LOGS:
        return _put_delivery_source(backend, name, resource_arn, log_type, tags)
    source = DeliverySource(backend.account_id, backend.region_name, name, resource_arn, log_type, tags)
    backend.delivery_sources[name] = source
    return source
