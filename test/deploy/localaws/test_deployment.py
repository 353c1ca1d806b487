"""Deployments of stacks: order, updates, replacements and rollbacks."""

from __future__ import annotations

import unittest
from collections.abc import Mapping
from typing import Any
from unittest import mock

from .engine import resourcetype
from .engine.deployment import Deployment, Failed
from .engine.expression import Expression, computed, prop
from .engine.resolver import Scope
from .engine.resource import Properties, Request, Resource
from .engine.resourcetype import ResourceType


class Stack:
    """A stack with resources that are only recorded."""

    account_id, region_name, name, stack_id = "111111111111", "eu-west-1", "Stack", "stack-id"

    def __init__(self) -> None:
        self.existing: dict[str, Resource] = {}
        self.log: list[str] = []

    def record(self, *event: Any) -> None:
        """Ignore events."""

    def deploy(self, resources: Mapping[str, Any]) -> Deployment:
        """Deploy a template with these resources."""
        template = {"Resources": {name: {"Type": "Test::Thing", **resource} for name, resource in resources.items()}}
        scope = Scope("stack-id", "Stack", {}, {}, "eu-west-1", "111111111111", template, {})
        scope.clients = mock.Mock()
        scope.load()
        deployment = Deployment(self, scope)
        deployment.apply()
        return deployment

    def thing(self) -> ResourceType:
        """A resource type whose calls are written to the log. They fail if the property Fails is set."""

        def call(verb: str, reads: str = "") -> Expression:
            def log(request: Request) -> str:
                self.log.append(f"{verb} {request.logical_id}")
                if request.properties.get("Fails") == verb:
                    raise ValueError(verb)
                return f"{request.logical_id}-{len(self.log)}"

            return computed(reads)(log)

        return ResourceType(
            "Test::Thing",
            replacement="Name",
            in_place="Fails Size",
            create=[call("create", "Name Size Fails")],
            update=[call("update", "Size Fails")],
            delete=[call("delete")],
            id="@",
            attributes={"Size": prop("Size")},
        )


class TestDeployment(unittest.TestCase):
    def setUp(self) -> None:
        self.stack = Stack()
        self.enterContext(mock.patch.dict(resourcetype.TYPES, {"Test::Thing": self.stack.thing()}))
        self.enterContext(mock.patch("traceback.print_exception"))

    def test_resources_are_created_after_their_dependencies(self) -> None:
        self.stack.deploy({"A": {"Properties": {"Name": {"Ref": "C"}}}, "B": {"DependsOn": "A"}, "C": {}})
        self.assertEqual(["create C", "create A", "create B"], self.stack.log)
        self.assertEqual({"Name": self.stack.existing["C"].physical_resource_id}, self.stack.existing["A"].properties)

    def test_only_changes_are_made(self) -> None:
        before: dict[str, Properties] = {
            name: {"Properties": {"Name": "a", "Size": 1}} for name in ("Same", "Size", "Name", "Gone")
        }
        self.stack.deploy(before)
        self.stack.log.clear()
        after = {name: before[name] for name in ("Same", "Size", "Name")}
        after["Size"], after["Name"] = {"Properties": {"Name": "a", "Size": 2}}, {"Properties": {"Name": "b", "Size": 1}}
        deployment = self.stack.deploy(after)
        self.assertEqual(["update Size", "create Name"], self.stack.log)
        deployment.clean_up()
        self.assertEqual(["update Size", "create Name", "delete Name", "delete Gone"], self.stack.log)
        self.assertEqual({"Same", "Size", "Name"}, set(self.stack.existing))

    def test_a_failure_is_rolled_back(self) -> None:
        before = {name: {"Properties": {"Name": "a", "Size": 1}} for name in ("Size", "Name", "Zone")}
        self.stack.deploy(before)
        existing = dict(self.stack.existing)
        after = {
            "Size": {"Properties": {"Name": "a", "Size": 2}},
            "Name": {"Properties": {"Name": "b", "Size": 1}},
            "New": {},
            "Zone": {"Properties": {"Name": "a", "Size": 1, "Fails": "update"}, "DependsOn": ["New", "Size", "Name"]},
        }
        self.stack.log.clear()
        failed = Deployment.apply
        deployments: list[Deployment] = []

        def apply(deployment: Deployment) -> None:
            deployments.append(deployment)
            failed(deployment)

        with mock.patch.object(Deployment, "apply", apply), self.assertRaisesRegex(Failed, r"failed to update: \[Zone\]"):
            self.stack.deploy(after)
        self.assertEqual([], deployments[0].roll_back())
        deployments[0].clean_up_rollback()
        want = ["update Size", "create Name", "create New", "update Zone", "delete New", "update Size", "delete Name"]
        self.assertEqual(want, self.stack.log)
        self.assertEqual(existing, self.stack.existing)


if __name__ == "__main__":
    unittest.main()
