"""Log groups, alarms, dashboards, logs and keys: what a stack makes of their properties."""

from __future__ import annotations

import json
import unittest
from typing import Any

from botocore.exceptions import ClientError

from .testaccounts import LatticeCase, TypeCase
from .testserver import policy

_ALARM = {
    "Namespace": "PrivateApi",
    "MetricName": "Failed",
    "Statistic": "Sum",
    "Period": 300,
    "EvaluationPeriods": 1,
    "ComparisonOperator": "GreaterThanThreshold",
    "Threshold": 0,
}


class TestObservability(LatticeCase, TypeCase):
    def alarm(self, name: str) -> list[Any]:
        return self.provider.of("cloudwatch").describe_alarms(AlarmNames=[name])["MetricAlarms"]

    def test_a_log_group(self) -> None:
        made = self.create("Logs::LogGroup", {"LogGroupClass": "STANDARD", "RetentionInDays": 30})
        name = made.physical_resource_id
        arn = f"arn:aws:logs:eu-west-1:222222222222:log-group:{name}:*"
        self.assertEqual(("Stack-Logical-stack-id", arn), (name, made.get_cfn_attribute("Arn")))
        updated = self.update(made, RetentionInDays=400)
        (found,) = self.provider.of("logs").describe_log_groups()["logGroups"]
        self.assertEqual((name, 400), (found["logGroupName"], found["retentionInDays"]))
        self.delete(updated)
        self.assertEqual([], self.provider.of("logs").describe_log_groups()["logGroups"])

    def test_an_alarm(self) -> None:
        topic = "arn:aws:sns:eu-west-1:222222222222:on-call"
        given = {
            "Namespace": "PrivateApi",
            "MetricName": "Failed",
            "Dimensions": [{"Name": "ServiceId", "Value": "vpce-svc-1"}],
            "Statistic": "Sum",
            "Period": 300,
            "EvaluationPeriods": 1,
            "ComparisonOperator": "GreaterThanThreshold",
            "Threshold": "0",
            "TreatMissingData": "notBreaching",
            "AlarmActions": [topic],
            "OKActions": [topic],
        }
        made = self.create("CloudWatch::Alarm", given)
        (found,) = self.alarm(made.physical_resource_id)
        self.assertEqual((0, [topic], [topic]), (found["Threshold"], found["AlarmActions"], found["OKActions"]))
        self.assertEqual(found["AlarmArn"], made.get_cfn_attribute("Arn"))
        updated = self.update(made, Threshold=2)
        self.assertEqual([2], [one["Threshold"] for one in self.alarm(updated.physical_resource_id)])
        self.delete(updated)
        self.assertEqual([], self.alarm(updated.physical_resource_id))

    def test_a_composite_alarm(self) -> None:
        part = self.create("CloudWatch::Alarm", _ALARM)
        rule, topic = f'ALARM("{part.get_cfn_attribute("Arn")}")', "arn:aws:sns:eu-west-1:222222222222:on-call"
        made = self.create("CloudWatch::CompositeAlarm", {"AlarmName": "both", "AlarmRule": rule, "AlarmActions": [topic]})
        described = self.provider.of("cloudwatch").describe_alarms(AlarmNames=["both"], AlarmTypes=["CompositeAlarm"])
        (found,) = described["CompositeAlarms"]
        self.assertEqual((rule, [topic], []), (found["AlarmRule"], found["AlarmActions"], described["MetricAlarms"]))
        self.assertEqual(found["AlarmArn"], made.get_cfn_attribute("Arn"))
        self.delete(self.update(made, AlarmDescription="one of them"))
        self.assertEqual([part.physical_resource_id], [one["AlarmName"] for one in self.alarm(part.physical_resource_id)])
        self.assertEqual([], self.provider.of("cloudwatch").describe_alarms(AlarmNames=["both"])["CompositeAlarms"])

    def test_a_dashboard(self) -> None:
        cloudwatch = self.provider.of("cloudwatch")
        made = self.create("CloudWatch::Dashboard", {"DashboardBody": '{"widgets": []}'})
        updated = self.update(made, DashboardBody='{"start": "-PT6H", "widgets": []}')
        body = cloudwatch.get_dashboard(DashboardName=made.physical_resource_id)["DashboardBody"]
        self.assertEqual("-PT6H", json.loads(body)["start"])
        self.delete(updated)
        self.assertEqual([], cloudwatch.list_dashboards()["DashboardEntries"])

    def test_a_policy_of_a_log_group(self) -> None:
        principal = {"Service": "delivery.logs.amazonaws.com"}
        document = json.loads(policy(Principal=principal, Action="logs:PutLogEvents", Resource="*"))
        made = self.create("Logs::LogGroup", {"ResourcePolicyDocument": document})
        logs, arn = self.provider.of("logs"), made.get_cfn_attribute("Arn").removesuffix(":*")
        (found,) = logs.describe_resource_policies(resourceArn=arn, policyScope="RESOURCE")["resourcePolicies"]
        self.assertEqual((arn, document), (found["resourceArn"], json.loads(found["policyDocument"])))
        self.assertEqual([], logs.describe_resource_policies()["resourcePolicies"])
        logs.put_resource_policy(policyName="all", policyDocument=json.dumps(document))
        self.assertEqual(["all"], [one["policyName"] for one in logs.describe_resource_policies()["resourcePolicies"]])

    def test_a_query(self) -> None:
        logs = self.provider.of("logs")
        text = {"QueryString": "stats count(*)"}
        made = self.create("Logs::QueryDefinition", text | {"Name": "Checkout/Who", "LogGroupNames": ["a"]})
        self.create("Logs::QueryDefinition", text | {"Name": "Reports/Who"})
        updated = self.update(made, QueryString="stats count(*) by src")
        (found,) = logs.describe_query_definitions(queryDefinitionNamePrefix="Checkout/")["queryDefinitions"]
        self.assertEqual((made.physical_resource_id, "stats count(*) by src"), (found["queryDefinitionId"], found["queryString"]))
        self.assertEqual(["a"], found["logGroupNames"])
        self.delete(updated)
        self.assertEqual(["Reports/Who"], [one["name"] for one in logs.describe_query_definitions()["queryDefinitions"]])

    def test_flow_logs(self) -> None:
        group = self.create("Logs::LogGroup", {"LogGroupName": "flows"})
        vpc, ec2 = self.provider.vpc(), self.provider.of("ec2")
        given = {"ResourceId": vpc, "ResourceType": "VPC", "TrafficType": "REJECT", "LogGroupName": group.physical_resource_id}
        role = {"DeliverLogsPermissionArn": "arn:aws:iam::222222222222:role/flows"}
        made = self.create("EC2::FlowLog", given | role | {"Tags": [{"Key": "Name", "Value": "flows"}]})
        (found,) = ec2.describe_flow_logs()["FlowLogs"]
        self.assertEqual((made.physical_resource_id, vpc), (found["FlowLogId"], found["ResourceId"]))
        self.assertEqual(("flows", "REJECT"), (found["LogGroupName"], found["TrafficType"]))
        self.delete(made)
        self.assertEqual([], ec2.describe_flow_logs()["FlowLogs"])

    def test_a_delivery(self) -> None:
        logs, alb = self.provider.of("logs"), self.provider.balancer(self.provider.vpc())
        group = self.create("Logs::LogGroup", {"LogGroupName": "requests"})
        source = self.create("Logs::DeliverySource", {"Name": "access", "LogType": "ALB_ACCESS_LOGS", "ResourceArn": alb})
        to = {"Name": "access", "OutputFormat": "json", "DestinationResourceArn": group.get_cfn_attribute("Arn")}
        destination = self.create("Logs::DeliveryDestination", to)
        ends = {"DeliverySourceName": "access", "DeliveryDestinationArn": destination.get_cfn_attribute("Arn")}
        made = self.create("Logs::Delivery", ends)
        (found,) = logs.describe_deliveries()["deliveries"]
        self.assertEqual(("access", "CWL"), (found["deliverySourceName"], found["deliveryDestinationType"]))
        self.assertEqual([[alb]], [one["resourceArns"] for one in logs.describe_delivery_sources()["deliverySources"]])
        with self.assertRaisesRegex(ClientError, "not allowed for this LogSource|Cannot access provided service"):
            self.create("Logs::DeliverySource", {"Name": "other", "LogType": "EVENT_LOGS", "ResourceArn": alb})
        self.delete(made, destination, source)
        self.assertEqual([], logs.describe_deliveries()["deliveries"] + logs.describe_delivery_sources()["deliverySources"])

    def test_contributor_insights(self) -> None:
        cloudwatch, vpc = self.provider.of("cloudwatch"), self.provider.vpc()
        subnets = self.provider.subnets(vpc)
        made = self.provider.of("elbv2").create_load_balancer(Name="nlb", Scheme="internal", Subnets=subnets, Type="network")
        nlb = made["LoadBalancers"][0]["LoadBalancerArn"]
        service = self.create("EC2::VPCEndpointService", {"NetworkLoadBalancerArns": [nlb], "ContributorInsightsEnabled": True})
        names = [one["Name"] for one in cloudwatch.describe_insight_rules()["InsightRules"]]
        self.assertEqual(4, len(names))
        self.assertTrue(all(name.endswith(service.physical_resource_id) for name in names))
        service = self.update(service, ContributorInsightsEnabled=None)
        self.assertEqual([], cloudwatch.describe_insight_rules()["InsightRules"])
        service = self.update(service, ContributorInsightsEnabled="true")
        self.delete(service)
        self.assertEqual([], cloudwatch.describe_insight_rules()["InsightRules"])

    def test_a_key(self) -> None:
        document = json.loads(policy(Principal="*", Action="kms:*", Resource="*"))
        tags = [{"Key": "team", "Value": "pricing"}]
        made = self.create("KMS::Key", {"Description": "a", "EnableKeyRotation": True, "KeyPolicy": document, "Tags": tags})
        kms, key = self.provider.of("kms"), made.physical_resource_id
        self.assertTrue(made.get_cfn_attribute("Arn").endswith(f":key/{key}"))
        self.assertTrue(kms.get_key_rotation_status(KeyId=key)["KeyRotationEnabled"])
        self.assertEqual([{"TagKey": "team", "TagValue": "pricing"}], kms.list_resource_tags(KeyId=key)["Tags"])
        changed = json.loads(policy(Principal="*", Action="kms:Decrypt", Resource="*"))
        updated = self.update(made, Description="b", EnableKeyRotation=False, KeyPolicy=changed)
        self.assertEqual("b", kms.describe_key(KeyId=key)["KeyMetadata"]["Description"])
        self.assertFalse(kms.get_key_rotation_status(KeyId=key)["KeyRotationEnabled"])
        self.assertEqual(changed, json.loads(kms.get_key_policy(KeyId=key, PolicyName="default")["Policy"]))
        self.delete(updated)
        self.assertEqual("PendingDeletion", kms.describe_key(KeyId=key)["KeyMetadata"]["KeyState"])


if __name__ == "__main__":
    unittest.main()
