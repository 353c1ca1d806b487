"""Records of Route 53: routing policies, and which records a zone refuses."""

from __future__ import annotations

import unittest
from typing import Any

from botocore.exceptions import ClientError

from .engine.resource import NotSupported, Resource
from .testaccounts import TypeCase
from .testnetworks import NetworkCase

_NAME = "api.company.com"
_BALANCERS = "Z32O12XQLNTSW2"


def alias(to: str = "alb.elb.amazonaws.com", health: bool = False) -> dict[str, Any]:
    return {"AliasTarget": {"DNSName": to, "HostedZoneId": _BALANCERS, "EvaluateTargetHealth": health}}


def weighted(name: str = "a", weight: int = 100) -> dict[str, Any]:
    return alias() | {"SetIdentifier": name, "Weight": weight}


def failover(role: str = "PRIMARY", name: str = "a", health: bool = True) -> dict[str, Any]:
    return alias(health=health) | {"SetIdentifier": name, "Failover": role}


class RecordCase(NetworkCase, TypeCase):
    def setUp(self) -> None:
        super().setUp()
        self.zone = self.public()

    def public(self) -> str:
        return self.create("Route53::HostedZone", {"Name": "company.com."}).physical_resource_id

    def record(self, given: dict[str, Any], name: str = _NAME, kind: str = "A", zone: str = "") -> Resource:
        return self.create("Route53::RecordSet", {"HostedZoneId": zone or self.zone, "Name": name, "Type": kind} | given)

    def records(self, name: str = _NAME) -> list[dict[str, Any]]:
        found = self.provider.of("route53").list_resource_record_sets(HostedZoneId=self.zone)["ResourceRecordSets"]
        return [record for record in found if record["Name"] == f"{name}."]

    def weights(self) -> dict[str, int]:
        return {record["SetIdentifier"]: record["Weight"] for record in self.records()}

    def change(self, action: str, record: dict[str, Any]) -> None:
        change = {"Action": action, "ResourceRecordSet": {"Name": _NAME, "Type": "A"} | record}
        self.provider.of("route53").change_resource_record_sets(HostedZoneId=self.zone, ChangeBatch={"Changes": [change]})


class TestZones(RecordCase):
    def test_a_public_zone(self) -> None:
        zone = self.provider.of("route53").get_hosted_zone(Id=self.zone)
        self.assertFalse(zone["HostedZone"]["Config"]["PrivateZone"])
        self.assertEqual(4, len(zone["DelegationSet"]["NameServers"]))
        found = self.provider.of("route53").list_resource_record_sets(HostedZoneId=self.zone)["ResourceRecordSets"]
        self.assertEqual({("company.com.", "NS"), ("company.com.", "SOA")}, {(one["Name"], one["Type"]) for one in found})

    def test_a_zone_with_records_is_not_deleted(self) -> None:
        self.record(alias())
        with self.assertRaisesRegex(ClientError, "HostedZoneNotEmpty"):
            self.provider.of("route53").delete_hosted_zone(Id=self.zone)


class TestRecords(RecordCase):
    def test_weights_change_in_place(self) -> None:
        first, second = self.record(weighted("a", 255)), self.record(weighted("b", 0))
        self.assertEqual({"a": 255, "b": 0}, self.weights())
        first, second = self.update(first, Weight=0), self.update(second, Weight=255)
        self.assertEqual({"a": 0, "b": 255}, self.weights())
        self.delete(first)
        self.assertEqual({"b": 255}, self.weights())
        self.delete(second)
        self.assertEqual([], self.records())

    def test_failover(self) -> None:
        first = self.record(failover())
        self.record(failover("SECONDARY", "b", health=False))
        self.assertEqual({"PRIMARY", "SECONDARY"}, {record["Failover"] for record in self.records()})
        self.update(first, **alias("other.elb.amazonaws.com", health=True))
        targets = {record["SetIdentifier"]: record["AliasTarget"]["DNSName"] for record in self.records()}
        self.assertEqual({"a": "other.elb.amazonaws.com", "b": "alb.elb.amazonaws.com"}, targets)

    def test_a_private_zone_takes_policies(self) -> None:
        vpc = {"VPCId": self.provider.network(1), "VPCRegion": "eu-west-1"}
        zone = self.create("Route53::HostedZone", {"Name": "company.com", "VPCs": [vpc]}).physical_resource_id
        self.record(weighted(), zone=zone)
        self.record(failover(), "orders.company.com", zone=zone)

    def test_a_batch_is_made_as_a_whole(self) -> None:
        self.record(alias())
        changes = [
            {"Action": "DELETE", "ResourceRecordSet": {"Name": _NAME, "Type": "A"} | alias()},
            {"Action": "CREATE", "ResourceRecordSet": {"Name": _NAME, "Type": "A"} | weighted()},
        ]
        route53 = self.provider.of("route53")
        with self.assertRaisesRegex(ClientError, "a non-weighted set exists"):
            route53.change_resource_record_sets(HostedZoneId=self.zone, ChangeBatch={"Changes": changes[1:] + changes[:1]})
        self.assertEqual([None], [record.get("Weight") for record in self.records()])
        route53.change_resource_record_sets(HostedZoneId=self.zone, ChangeBatch={"Changes": changes})
        self.assertEqual({"a": 100}, self.weights())


_TAKEN = r"\(InvalidChangeBatch\).*RRSet with DNS name api.company.com., type A"
_INPUT = r"\(InvalidInput\).*"


class TestRefusals(RecordCase):
    def test_records_beside_others(self) -> None:
        for name, first, second, words in (
            (
                "weighted beside simple",
                alias(),
                weighted(),
                f"{_TAKEN}, SetIdentifier a cannot be created as a non-weighted set exists",
            ),
            (
                "failover beside simple",
                alias(),
                failover(),
                f"{_TAKEN}, SetIdentifier a cannot be created as a non-failover set exists",
            ),
            (
                "simple beside weighted",
                weighted(),
                alias(),
                f"{_TAKEN} cannot be created as other RRSets exist with the same name and type",
            ),
            ("weighted beside failover", failover(), weighted("b"), "a non-weighted set exists with the same name and type"),
            (
                "an identifier twice",
                weighted(),
                weighted(weight=1),
                r"Tried to create .*set-identifier='a'\] but it already exists",
            ),
            (
                "a simple one twice",
                alias(),
                alias("b"),
                r"Tried to create resource record set \[name='api.company.com.', type='A'\]",
            ),
            ("two primaries", failover(), failover(name="b"), "a failover PRIMARY set exists"),
        ):
            with self.subTest(name=name):
                self.zone = self.public()
                self.record(first)
                with self.assertRaisesRegex(ClientError, words):
                    self.record(second)
                self.assertEqual(1, len(self.records()))

    def test_a_policy_does_not_change_in_place(self) -> None:
        gone = {"SetIdentifier": None, "Weight": None, "Failover": None}
        for name, first, second, words in (
            ("simple to weighted", alias(), weighted(), "a non-weighted set exists"),
            ("weighted to simple", weighted(), gone, "other RRSets exist"),
            ("weighted to failover", weighted(), gone | failover(), "a non-failover set exists"),
        ):
            with self.subTest(name=name):
                self.zone = self.public()
                created = self.record(first)
                with self.assertRaisesRegex(ClientError, words):
                    self.update(created, **second)
        self.zone = self.public()
        with self.assertRaisesRegex(NotSupported, "an update of SetIdentifier"):
            self.update(self.record(weighted()), SetIdentifier="b")

    def test_names(self) -> None:
        with self.assertRaisesRegex(ClientError, "is not permitted in zone company.com."):
            self.record(alias(), "api.mycompany.com")
        self.record({"ResourceRecords": ["alb.company.com"], "TTL": "60"}, kind="CNAME")
        with self.assertRaisesRegex(ClientError, "conflicts with other records with the same DNS name in zone company.com."):
            self.record(alias())

    def test_what_a_record_must_have(self) -> None:
        for name, given, words in (
            ("primary without health", failover(health=False), r"\(InvalidChangeBatch\).*failover PRIMARY needs a health check"),
            ("weight that is too large", weighted(weight=256), f"{_INPUT}Value '256' .* less than or equal to 255"),
            ("policy without identifier", alias() | {"Weight": 1}, f"{_INPUT}Missing field 'SetIdentifier'"),
            ("identifier without policy", alias() | {"SetIdentifier": "a"}, f"{_INPUT}exactly one of .Weight, .* but found none"),
            ("two policies", weighted() | {"Failover": "SECONDARY"}, f"{_INPUT}exactly one of .Weight, .* more than one"),
            ("no value", {}, f"{_INPUT}exactly one of .AliasTarget, .* but found none"),
            ("two values", alias() | {"ResourceRecords": ["192.0.2.1"], "TTL": "60"}, f"{_INPUT}AliasTarget, .* more than one"),
        ):
            with self.subTest(name=name), self.assertRaisesRegex(ClientError, words):
                self.record(given)

    def test_deletions(self) -> None:
        with self.assertRaisesRegex(ClientError, "but it was not found"):
            self.change("DELETE", alias())
        self.record(weighted())
        with self.assertRaisesRegex(ClientError, "but the values provided do not match the current values"):
            self.change("DELETE", weighted(weight=1))
        with self.assertRaisesRegex(ClientError, "but it was not found"):
            self.change("DELETE", alias())


if __name__ == "__main__":
    unittest.main()
