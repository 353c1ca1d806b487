"""Fn::GetStackOutput: outputs of stacks of other accounts and Regions."""

from __future__ import annotations

import json
import unittest
from typing import Any

from moto.cloudformation.exceptions import ValidationError

from .client import Clients
from .dispatch import CALLER
from .engine import stack  # noqa: F401
from .engine.resolver import Scope
from .testaccounts import CONSUMER, OTHER, PROVIDER, REGION, LatticeCase

_FAR = "eu-central-1"
_STACK = f"arn:aws:cloudformation:{_FAR}:{PROVIDER}:stack/Pricing/*"


def _allow(resource: str) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": "cloudformation:DescribeStacks", "Resource": resource}


class TestStackOutput(LatticeCase):
    def setUp(self) -> None:
        super().setUp()
        template = {"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}, "Outputs": {"Name": {"Value": "service"}}}
        CALLER.set(self.provider.clients.credentials["aws_access_key_id"])
        cloudformation = Clients(self.provider.clients.credentials, _FAR).of("cloudformation")
        cloudformation.create_stack(StackName="Pricing", TemplateBody=json.dumps(template))

    def read(self, clients: Clients, **arguments: str) -> Any:
        """The output, as a template of an account reads it."""
        scope = Scope("stack-id", "Stack", {}, {}, REGION, CONSUMER, {"Resources": {}}, {})
        scope.clients = clients
        scope.load()
        return scope.resolve({"Fn::GetStackOutput": {"StackName": "Pricing", "OutputName": "Name"} | arguments})

    def test_of_another_account_and_region(self) -> None:
        role = self.provider.trusting(CONSUMER, _allow(_STACK))
        self.assertEqual("service", self.read(self.consumer.clients, Region=_FAR, RoleArn=role))
        self.assertEqual("service", self.read(self.provider.clients, Region=_FAR))

    def test_refusals(self) -> None:
        role = self.provider.trusting(CONSUMER, _allow(_STACK))
        for what, clients, arguments, words in (
            ("the Region of the reader", self.consumer.clients, {"RoleArn": role}, "does not exist"),
            ("no role", self.consumer.clients, {"Region": _FAR}, "does not exist"),
            (
                "another output",
                self.provider.clients,
                {"Region": _FAR, "OutputName": "None"},
                "Output None not found in stack Pricing",
            ),
            (
                "another account",
                self.other.clients,
                {"Region": _FAR, "RoleArn": role},
                "is not authorized to perform: sts:AssumeRole",
            ),
            (
                "a role of another stack",
                self.consumer.clients,
                {"Region": _FAR, "RoleArn": self.provider.trusting(CONSUMER, _allow(_STACK.replace("Pricing", "Orders")))},
                "is not authorized to perform: cloudformation:DescribeStacks",
            ),
            (
                "a role that does not trust",
                self.consumer.clients,
                {"Region": _FAR, "RoleArn": self.provider.trusting(OTHER, _allow(_STACK))},
                "is not authorized to perform: sts:AssumeRole",
            ),
        ):
            with self.subTest(what), self.assertRaisesRegex(ValidationError, words):
                self.read(clients, **arguments)


if __name__ == "__main__":
    unittest.main()
