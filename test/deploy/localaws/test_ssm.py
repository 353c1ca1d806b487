"""Parameter Store: tiers, parameters that are shared with other accounts, and how templates name them."""

from __future__ import annotations

import unittest
from typing import Any

from botocore.exceptions import ClientError
from moto.cloudformation.exceptions import ValidationError

from .client import Clients
from .engine.resolver import Scope
from .services import organization
from .services.ssm import SSM
from .testaccounts import CONSUMER, OTHER, OUTSIDE, PROVIDER, REGION, Account, LatticeCase, TypeCase
from .testrefusals import Table

_NAME = "/private-api/pricing/service-name"
_ARN = f"arn:aws:ssm:{REGION}:{PROVIDER}:parameter{_NAME}"
_VALUE = "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"


def store(account: Account, value: str = _VALUE, **settings: Any) -> dict[str, Any]:
    given = {"Name": _NAME, "Value": value, "Type": "String", "Tier": "Advanced", "Overwrite": True} | settings
    return account.of("ssm").put_parameter(**given)


def read(account: Account, name: str = _ARN) -> str:
    return account.of("ssm").get_parameter(Name=name)["Parameter"]["Value"]


refused = Table()


@refused("parameter that is not shared", "AccessDeniedException", "no resource-based policy allows the ssm:GetParameter action")
def _not_shared(t: LatticeCase) -> None:
    store(t.provider)
    t.provider.share(_ARN, OTHER)
    read(t.consumer)


@refused("parameter that is not shared", "AccessDeniedException", "no resource-based policy allows the ssm:GetParameters action")
def _some_not_shared(t: LatticeCase) -> None:
    store(t.provider)
    t.consumer.of("ssm").get_parameters(Names=[_ARN])


@refused("parameter that is not shared", "AccessDeniedException", "no resource-based policy allows")
def _pending(t: LatticeCase) -> None:
    store(t.provider)
    t.provider.share(_ARN, OUTSIDE)
    read(t.outside)


@refused("parameter that is not shared", "AccessDeniedException", "no resource-based policy allows")
def _unshared(t: LatticeCase) -> None:
    store(t.provider)
    share = t.provider.share(_ARN, CONSUMER)["resourceShareArn"]
    read(t.consumer)
    t.provider.ram.disassociate_resource_share(resourceShareArn=share, resourceArns=[_ARN])
    read(t.consumer)


@refused("caller that may not read", "AccessDeniedException", "no identity-based policy allows the ssm:GetParameter action")
def _no_policy(t: LatticeCase) -> None:
    store(t.provider)
    t.provider.share(_ARN, CONSUMER)
    _as_role(t.consumer, f"{_ARN}-2").of("ssm").get_parameter(Name=_ARN)


refused.case(
    "parameter of another Region",
    "ValidationException",
    f"is not in {REGION}",
    lambda t: read(t.provider, _ARN.replace(REGION, "eu-central-1")),
)
refused.case("ARN for a name", "ValidationException", "must not be an ARN", lambda t: store(t.provider, Name=_ARN))
refused.case("parameter in a parameter", "ValidationException", "can't nest", lambda t: store(t.provider, "a {{ssm:b}}"))
refused.case(
    "size of a standard parameter",
    "ValidationException",
    "Standard tier parameters support a maximum parameter value of 4096 characters",
    lambda t: store(t.provider, "a" * 4097, Name="/standard", Tier="Standard"),
)
refused.case("size of an advanced parameter", "ValidationException", "maximum .* 8192", lambda t: store(t.provider, "a" * 8193))
refused.case("invalid parameters", "ValidationException", "enum value set", lambda t: store(t.provider, Tier="Premium"))


@refused("advanced parameter made standard", "ValidationException", "You can't downgrade a parameter")
def _downgrade(t: LatticeCase) -> None:
    store(t.provider)
    store(t.provider, Tier="Standard")


def _as_role(account: Account, resource: str) -> Clients:
    """A role of an account that may read one parameter."""
    allow = {"Effect": "Allow", "Action": "ssm:GetParameter*", "Resource": resource}
    return account.clients.assume(account.trusting(account.id, allow), "reader")


class SsmCase(LatticeCase, TypeCase):
    def scope(self, default: str, account: Account, region: str = REGION, clients: Clients | None = None) -> Scope:
        """The names of a template of an account, whose parameter has the value of a stored one."""
        template = {"Parameters": {"Name": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": default}}, "Resources": {}}
        scope = Scope("stack-id", "Stack", {}, {}, region, account.id, template, {})
        scope.clients = clients
        scope.load()
        return scope


class TestSsm(SsmCase):
    def test_refusals(self) -> None:
        refused.check(self)

    def test_each_refusal_has_a_case_and_a_page(self) -> None:
        refused.check_complete(self, SSM.refusals)

    def test_tiers(self) -> None:
        self.assertEqual("Standard", store(self.provider, Name="/a", Tier="Intelligent-Tiering")["Tier"])
        self.assertEqual("Advanced", store(self.provider, "a" * 4097, Name="/a", Tier="Intelligent-Tiering")["Tier"])
        self.assertEqual("Advanced", store(self.provider, "a", Name="/a", Tier="Intelligent-Tiering")["Tier"])
        self.assertEqual("Standard", self.provider.of("ssm").put_parameter(Name="/b", Value="b", Type="String")["Tier"])
        store(self.provider, '{"service": {"name": "pricing", "more": {}}}')  # JSON is no reference

    def test_readers_of_a_shared_parameter(self) -> None:
        store(self.provider)
        self.provider.share(_ARN, CONSUMER)
        self.assertEqual((_VALUE, _VALUE), (read(self.consumer), read(self.provider)))
        found = self.consumer.of("ssm").get_parameters(Names=[_ARN, "/none"])
        self.assertEqual(([_ARN], ["/none"]), ([one["ARN"] for one in found["Parameters"]], found["InvalidParameters"]))
        with self.assertRaisesRegex(ClientError, "ParameterNotFound"):
            read(self.consumer, _NAME)
        self.assertEqual(_VALUE, _as_role(self.consumer, _ARN).of("ssm").get_parameter(Name=_ARN)["Parameter"]["Value"])

    def test_organizations_and_invitations(self) -> None:
        store(self.provider)
        self.provider.share(_ARN, organization.arn("aws"))
        self.assertEqual([_VALUE, _VALUE], [read(self.consumer), read(self.other)])
        self.provider.share(_ARN, OUTSIDE)
        invitation = self.outside.ram.get_resource_share_invitations()["resourceShareInvitations"][0]
        self.outside.ram.accept_resource_share_invitation(resourceShareInvitationArn=invitation["resourceShareInvitationArn"])
        self.assertEqual(_VALUE, read(self.outside))

    def test_the_types(self) -> None:
        properties = {"Name": _NAME, "Type": "String", "Tier": "Advanced", "Value": _VALUE}
        parameter = self.create("SSM::Parameter", properties)
        arn = parameter.get_cfn_attribute("Arn")
        self.assertEqual(_ARN, arn)
        self.create("RAM::ResourceShare", {"Name": "pricing", "ResourceArns": [arn], "Principals": [CONSUMER]})
        self.assertEqual(_VALUE, read(self.consumer))
        self.update(parameter, Value="other")
        self.assertEqual("other", read(self.consumer))
        standard = self.create("SSM::Parameter", properties | {"Name": "/standard", "Tier": None, "Value": "a"})
        with self.assertRaisesRegex(ClientError, "not in the advanced tier"):
            self.create(
                "RAM::ResourceShare",
                {"Name": "two", "ResourceArns": [standard.get_cfn_attribute("Arn")], "Principals": [CONSUMER]},
            )


class TestTemplates(SsmCase):
    def test_a_parameter_by_its_arn(self) -> None:
        store(self.provider)
        denied = "AccessDenied. User doesn't have permission to call ssm:GetParameters"
        with self.assertRaisesRegex(ValidationError, denied):
            self.scope(_ARN, self.consumer)
        self.provider.share(_ARN, CONSUMER)
        for account in (self.consumer, self.provider):
            self.assertEqual(_VALUE, self.scope(_ARN, account).resolve({"Ref": "Name"}))
        with self.assertRaisesRegex(ValidationError, rf"Unable to fetch parameters \[{_ARN}\]"):
            self.scope(_ARN, self.consumer, "eu-central-1")
        self.assertEqual(_VALUE, self.scope(_ARN, self.consumer, clients=_as_role(self.consumer, _ARN)).resolve({"Ref": "Name"}))
        with self.assertRaisesRegex(ValidationError, denied):
            self.scope(_ARN, self.consumer, clients=_as_role(self.consumer, f"{_ARN}-2"))
        self.provider.of("ssm").delete_parameter(Name=_NAME)
        with self.assertRaisesRegex(ValidationError, "Unable to fetch"):
            self.scope(_ARN, self.consumer)

    def test_dynamic_references(self) -> None:
        for value in ("first", "second"):
            store(self.provider, value)
        self.provider.share(_ARN, CONSUMER)
        own, other = self.scope(_NAME, self.provider), self.scope(_ARN, self.consumer)
        join = {"Fn::Join": ["", ["{{resolve:ssm:", _NAME, "}}-{{resolve:ssm:", _NAME, ":1}}"]]}
        self.assertEqual({"a": ["second-first"]}, own.resolve({"a": [join]}))
        self.assertEqual("{{resolve:secretsmanager:a}}", own.resolve("{{resolve:secretsmanager:a}}"))
        for name in (_ARN, f"{_NAME}:label"):
            with self.assertRaisesRegex(ValidationError, "Incorrect format is used in the following SSM reference"):
                other.resolve(f"{{{{resolve:ssm:{name}}}}}")
        with self.assertRaisesRegex(ValidationError, r"Unable to fetch parameters \[/none\]"):
            own.resolve("{{resolve:ssm:/none}}")


if __name__ == "__main__":
    unittest.main()
