"""Rules of templates, and parameters that name one of Systems Manager."""

from __future__ import annotations

import unittest
from typing import Any

from moto.cloudformation.exceptions import ValidationError

from .engine.resolver import Scope
from .testaccounts import REGION, TypeCase
from .testnetworks import NetworkCase

_NAME = "/migration/phase"
_PHASES = ["STATUS_QUO", "ATTACH", "DUAL_RUN"]
_GUARD = {"Fn::Contains": [["STATUS_QUO", "ATTACH"], {"Ref": "Phase"}]}


def _rule(condition: Any, **rule: Any) -> dict[str, Any]:
    return {"Guard": {"Assertions": [{"Assert": condition, "AssertDescription": "one phase at a time"}], **rule}}


class RuleCase(NetworkCase, TypeCase):
    def scope(self, rules: dict[str, Any], parameters: dict[str, str] | None = None, **declared: Any) -> Scope:
        """The names of a template with rules. Its parameter is the stored one unless another is declared."""
        phase = {"Type": "AWS::SSM::Parameter::Value<String>", "Default": _NAME} | declared
        template = {"Parameters": {"Phase": phase}, "Rules": rules, "Resources": {}}
        scope = Scope("stack-id", "Stack", parameters or {}, {}, REGION, self.provider.id, template, {})
        scope.load()
        return scope

    def store(self, value: str, name: str = _NAME, **settings: Any) -> None:
        self.provider.of("ssm").put_parameter(Name=name, Value=value, **({"Type": "String", "Overwrite": True} | settings))


class TestRules(RuleCase):
    def test_assertions(self) -> None:
        phase = {"Ref": "Phase"}
        region = {"Fn::Equals": [{"Ref": "AWS::Region"}, REGION]}
        other = {"Fn::Equals": [{"Ref": "AWS::Region"}, "us-east-1"]}
        for condition, stored, holds in (
            (_GUARD, "ATTACH", True),
            (_GUARD, "DUAL_RUN", False),
            ({"Fn::Not": [_GUARD]}, "ATTACH", False),
            ({"Fn::Not": [_GUARD]}, "DUAL_RUN", True),
            ({"Fn::And": [_GUARD, region]}, "ATTACH", True),
            ({"Fn::And": [_GUARD, other]}, "ATTACH", False),
            ({"Fn::Or": [other, _GUARD]}, "ATTACH", True),
            ({"Fn::Or": [other, _GUARD]}, "DUAL_RUN", False),
            ({"Fn::EachMemberIn": [[phase], _PHASES]}, "DUAL_RUN", True),
            ({"Fn::EachMemberIn": [[phase], _PHASES]}, "LATER", False),
            ({"Fn::EachMemberEquals": [[phase, phase], "ATTACH"]}, "ATTACH", True),
            ({"Fn::EachMemberEquals": [[phase, "x"], "ATTACH"]}, "ATTACH", False),
        ):
            with self.subTest(condition=condition, stored=stored):
                self.store(stored)
                if holds:
                    self.assertEqual(stored, self.scope(_rule(condition)).resolve(phase))
                    continue
                with self.assertRaisesRegex(ValidationError, "Guard: one phase at a time"):
                    self.scope(_rule(condition))

    def test_a_rule_may_have_a_condition(self) -> None:
        self.store("DUAL_RUN")
        region = {"Ref": "AWS::Region"}
        self.scope(_rule(_GUARD, RuleCondition={"Fn::Equals": [region, "us-east-1"]}))
        with self.assertRaisesRegex(ValidationError, "one phase at a time"):
            self.scope(_rule(_GUARD, RuleCondition={"Fn::Equals": [region, REGION]}))

    def test_what_is_no_condition(self) -> None:
        self.store("ATTACH")
        for condition, words in (
            ({"Ref": "Phase"}, "is not a condition"),
            ({"Fn::ValueOf": ["Phase", "x"]}, "does not support Fn::ValueOf in a rule"),
            ({"Fn::Contains": [["a"], {"Ref": "Vpc"}]}, "Unresolved resource dependencies"),
        ):
            with self.subTest(words=words), self.assertRaisesRegex(ValidationError, words):
                self.scope(_rule(condition))


class TestStoredParameters(RuleCase):
    def test_the_value_is_that_of_the_operation(self) -> None:
        for value in ("STATUS_QUO", "ATTACH"):
            self.store(value)
            self.assertEqual(value, self.scope({}).resolve({"Ref": "Phase"}))
        self.store("other", "/another")
        self.assertEqual("other", self.scope({}, {"Phase": "/another"}).resolve({"Ref": "Phase"}))

    def test_a_parameter_that_is_missing(self) -> None:
        text = rf"Unable to fetch parameters \[{_NAME}\] from parameter store for this account\."
        with self.assertRaisesRegex(ValidationError, text):
            self.scope({})
        with self.assertRaisesRegex(ValidationError, text):
            self.scope(_rule(_GUARD))

    def test_a_parameter_that_is_secret(self) -> None:
        self.store("ATTACH", Type="SecureString")
        with self.assertRaisesRegex(ValidationError, "have types not supported by CloudFormation"):
            self.scope({})

    def test_the_resource(self) -> None:
        created = self.create("SSM::Parameter", {"Name": _NAME, "Type": "String", "Value": "STATUS_QUO", "Tags": {"a": "b"}})
        self.assertEqual((_NAME, "STATUS_QUO"), (created.physical_resource_id, created.get_cfn_attribute("Value")))
        updated = self.update(created, Value="ATTACH")
        self.assertEqual((_NAME, "ATTACH"), (updated.physical_resource_id, updated.get_cfn_attribute("Value")))
        self.scope(_rule(_GUARD))
        self.delete(updated)
        with self.assertRaisesRegex(ValidationError, "Unable to fetch"):
            self.scope({})


if __name__ == "__main__":
    unittest.main()
