"""Log groups, alarms and keys: what a stack makes of their properties."""

from __future__ import annotations

import json
import unittest
from typing import Any

from .testaccounts import LatticeCase, TypeCase
from .testserver import policy


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
