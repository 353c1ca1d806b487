"""The engine of the resource types: which calls it makes, and what it refuses."""

from __future__ import annotations

import functools
import unittest
from typing import Any

import boto3
from botocore.exceptions import ClientError
from moto.cloudformation.exceptions import ValidationError

from .client import Clients
from .engine.expression import ID, added, api, attributes, item, prop, removed
from .engine.resource import NotSupported, Properties, Request, Resource
from .engine.resourcetype import ResourceType, resource_type


@functools.cache
def real_client(service: str) -> Any:
    """A client of boto, for the model of its service."""
    session = boto3.Session(region_name="eu-west-1", aws_access_key_id="unused", aws_secret_access_key="unused")
    return session.client(service)


GROUP = ResourceType(
    "Test::Group",
    replacement="Name Port",
    in_place="Attributes Enabled Path Policies Tags Targets",
    create=[
        api("elbv2.create_target_group", "Name Port Tags", Protocol=prop("Protocol", "TCP"), result="TargetGroups[0]"),
        api("iam.put_role_policy", each=prop("Policies"), RoleName=ID, PolicyName=item("Name"), PolicyDocument=item("Document")),
    ],
    settings=[
        api("elbv2.modify_target_group", TargetGroupArn=ID, HealthCheckEnabled=prop("Enabled", True)),
        api("elbv2.modify_target_group_attributes", TargetGroupArn=ID, Attributes=attributes("Attributes")),
        api("elbv2.deregister_targets", TargetGroupArn=ID, Targets=removed("Targets")),
        api("elbv2.register_targets", TargetGroupArn=ID, Targets=added("Targets")),
    ],
    update=[api("elbv2.modify_target_group", TargetGroupArn=ID, HealthCheckPath=prop("Path"))],
    delete=[api("elbv2.delete_target_group", TargetGroupArn=ID)],
    id="TargetGroupArn",
    attributes={"Arn": ID, "Zones": "Zones"},
    conditional="Protocol",
)


class Recorder(Clients):
    """Clients that make no call, but keep it."""

    def __init__(self, fails: str = "", **answers: Any) -> None:
        super().__init__({}, "eu-west-1")
        self.fails = fails
        self.answers = {"create_target_group": {"TargetGroups": [{"TargetGroupArn": "arn"}]}} | answers
        self.calls: list[tuple[str, dict[str, Any]]] = []

    def of(self, service: str) -> Any:
        recorder, real = self, real_client(service)

        class Client:
            meta, exceptions = real.meta, real.exceptions

            def __getattr__(self, method: str) -> Any:
                def call(**parameters: Any) -> Any:
                    recorder.calls.append((method, parameters))
                    if method == recorder.fails:
                        raise ClientError({"Error": {"Code": "Refused", "Message": method}}, method)
                    return recorder.answers.get(method, {})

                return call

        return Client()


def request(clients: Clients, old: Properties, new: Properties | None) -> Request:
    physical_id = "arn" if old else ""
    return Request(clients, "111111111111", "eu-west-1", "Stack", "stack-id", "Logical", old, new, physical_id)


class TestEngine(unittest.TestCase):
    def calls(self, old: Properties, new: Properties) -> list[tuple[str, dict[str, Any]]]:
        """The calls of a creation, or of an update."""
        clients = Recorder()
        if old:
            GROUP.update_resource(request(clients, old, new), {})
        else:
            GROUP.create_resource(request(clients, old, new))
        return clients.calls

    def test_calls(self) -> None:
        enabled = ("modify_target_group", {"TargetGroupArn": "arn", "HealthCheckEnabled": True})
        one, two = {"Id": "10.0.0.1"}, {"Id": "10.0.0.2"}
        base = {"Name": "a", "Targets": [one]}
        cases: dict[str, tuple[Properties, Properties, list[tuple[str, dict[str, Any]]]]] = {
            "numbers and booleans are text in a template, and properties have defaults": (
                {},
                {"Name": "a", "Port": "443", "Enabled": "false"},
                [
                    ("create_target_group", {"Name": "a", "Port": 443, "Protocol": "TCP"}),
                    ("modify_target_group", {"TargetGroupArn": "arn", "HealthCheckEnabled": False}),
                ],
            ),
            "a call for each item, and a document as text": (
                {},
                {"Name": "a", "Policies": [{"Name": "p", "Document": {"Version": "1"}}]},
                [
                    ("create_target_group", {"Name": "a", "Protocol": "TCP"}),
                    ("put_role_policy", {"RoleName": "arn", "PolicyName": "p", "PolicyDocument": '{"Version": "1"}'}),
                    enabled,
                ],
            ),
            "all items are added on creation": (
                {},
                base,
                [
                    ("create_target_group", {"Name": "a", "Protocol": "TCP"}),
                    enabled,
                    ("register_targets", {"TargetGroupArn": "arn", "Targets": [one]}),
                ],
            ),
            "items are added and removed by an update": (
                base,
                {"Name": "a", "Targets": [two]},
                [
                    ("deregister_targets", {"TargetGroupArn": "arn", "Targets": [one]}),
                    ("register_targets", {"TargetGroupArn": "arn", "Targets": [two]}),
                ],
            ),
            "an update calls for what has changed alone": (
                base,
                base | {"Path": "/health"},
                [("modify_target_group", {"TargetGroupArn": "arn", "HealthCheckPath": "/health"})],
            ),
            "a property with a default can be removed": (base | {"Enabled": False}, base, [enabled]),
        }
        for name, (old, new, want) in cases.items():
            with self.subTest(name):
                self.assertEqual(want, self.calls(old, new))

    def test_refusals(self) -> None:
        base = {"Name": "a", "Path": "/", "Attributes": [{"Key": "k", "Value": "v"}]}
        cases = {
            "no call changes it": (base | {"Policies": []}, "an update of Policies of Test::Group"),
            "its default is unknown": ({"Name": "a", "Attributes": base["Attributes"]}, "an update of Path of Test::Group"),
            "the default of a key is unknown": (base | {"Attributes": []}, "the default of k"),
        }
        for name, (new, want) in cases.items():
            with self.subTest(name), self.assertRaisesRegex(NotSupported, want):
                self.calls(base, new)

    def test_unknown_names(self) -> None:
        with self.assertRaisesRegex(NotSupported, "does not support Path, Unheard of Test::Group"):
            GROUP.check({"Name": "a", "Path": "/", "Unheard": 1})  # Path is known, but no call of a creation reads it
        with self.assertRaisesRegex(ValidationError, "does not know what a change of Unheard does"):
            GROUP.behavior("Unheard")
        with self.assertRaisesRegex(NotSupported, "the resource type Test::Unheard"):
            resource_type("Test::Unheard")
        with self.assertRaisesRegex(ValueError, "does not say what a change of Size does"):
            ResourceType("Test::Undeclared", create=[api("ec2.create_vpc", "Size")])
        with self.assertRaisesRegex(ValidationError, "does not support attribute type Unheard"):
            Resource("Logical", "Test::Group", "arn", {}, {"Arn": "arn"}).get_cfn_attribute("Unheard")

    def test_behaviors(self) -> None:
        self.assertEqual(["Always", "Never", "Conditionally"], [GROUP.behavior(name) for name in ("Name", "Path", "Protocol")])

    def test_attributes(self) -> None:
        created = GROUP.create_resource(request(Recorder(), {}, {"Name": "a"}))
        self.assertEqual(("arn", {"Arn": "arn"}), (created.physical_resource_id, created.attributes))

    def test_nothing_is_left_of_a_failed_creation(self) -> None:
        clients = Recorder(fails="register_targets")
        with self.assertRaisesRegex(ClientError, "register_targets"):
            GROUP.create_resource(request(clients, {}, {"Name": "a", "Targets": [{"Id": "10.0.0.1"}]}))
        self.assertEqual(("delete_target_group", {"TargetGroupArn": "arn"}), clients.calls[-1])

    def test_unsuccessful_items_fail_a_call(self) -> None:
        clients = Recorder(delete_target_group={"Unsuccessful": [{"Error": {"Code": "InUse", "Message": "no"}}]})
        with self.assertRaisesRegex(ClientError, "InUse"):
            GROUP.delete_resource(request(clients, {"Name": "a"}, None))


if __name__ == "__main__":
    unittest.main()
