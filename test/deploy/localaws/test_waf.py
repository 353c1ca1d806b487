"""AWS WAF: its resource types, and each refusal once."""

from __future__ import annotations

import unittest
from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError

from .engine.resource import Resource
from .refusals.waf import WAF
from .services.api import REFUSED
from .testaccounts import Account, TypeCase
from .testnetworks import NetworkCase

_METRICS = {"SampledRequestsEnabled": True, "CloudWatchMetricsEnabled": True, "MetricName": "metric"}
_BASE = {"Scope": "REGIONAL", "DefaultAction": {"Block": {}}, "VisibilityConfig": _METRICS}


def named(arn: Any, name: str = "clients", priority: int = 0, **changes: Any) -> dict[str, Any]:
    """A rule of a template that lets in an IP set."""
    statement = {"IPSetReferenceStatement": {"Arn": arn}}
    rule = {"Name": name, "Priority": priority, "Action": {"Allow": {}}, "Statement": statement, "VisibilityConfig": _METRICS}
    return {key: value for key, value in (rule | changes).items() if value is not None}


def managed(name: str = "AWSManagedRulesCommonRuleSet", priority: int = 1, **changes: Any) -> dict[str, Any]:
    statement = {"ManagedRuleGroupStatement": {"VendorName": "AWS", "Name": name}}
    return named("", name, priority, Action=None, OverrideAction={"None": {}}, Statement=statement) | changes


class WafCase(NetworkCase, TypeCase):
    def set(self, *addresses: str, **changes: Any) -> Resource:
        given = {"Addresses": list(addresses or ["203.0.113.7/32"]), "IPAddressVersion": "IPV4", "Scope": "REGIONAL"}
        return self.create("WAFv2::IPSet", given | changes)

    def acl(self, *rules: Any, **changes: Any) -> Resource:
        return self.create("WAFv2::WebACL", _BASE | {"Rules": list(rules)} | changes)

    def associate(self, acl: Resource, resource: str) -> Resource:
        given = {"ResourceArn": resource, "WebACLArn": acl.get_cfn_attribute("Arn")}
        return self.create("WAFv2::WebACLAssociation", given)

    def balancer(self, name: str = "alb") -> str:
        return Account.balancer(self.provider, self.provider.vpc(), name)

    def acl_of(self, resource: str) -> str | None:
        found = self.provider.of("wafv2").get_web_acl_for_resource(ResourceArn=resource)
        return (found.get("WebACL") or {}).get("ARN")

    def read(self, resource: Resource, operation: str) -> dict[str, Any]:
        name, uid, scope = resource.physical_resource_id.split("|")
        return getattr(self.provider.of("wafv2"), operation)(Name=name, Id=uid, Scope=scope)


class TestTypes(WafCase):
    def test_an_ip_set_changes_in_place(self) -> None:
        created = self.set(Tags=[{"Key": "a", "Value": "1"}])
        updated = self.update(created, Addresses=["198.51.100.0/24"], Tags=[{"Key": "b", "Value": "2"}])
        self.assertEqual(created.physical_resource_id, updated.physical_resource_id)
        self.assertEqual(created.attributes, updated.attributes)
        self.assertEqual(["198.51.100.0/24"], self.read(updated, "get_ip_set")["IPSet"]["Addresses"])
        tags = self.provider.of("wafv2").list_tags_for_resource(ResourceARN=updated.get_cfn_attribute("Arn"))
        self.assertEqual([{"Key": "b", "Value": "2"}], tags["TagInfoForResource"]["TagList"])

    def test_a_web_acl_changes_in_place(self) -> None:
        clients = self.set().get_cfn_attribute("Arn")
        created = self.acl(named(clients), managed())
        rules = self.read(created, "get_web_acl")["WebACL"]["Rules"]
        self.assertEqual({"IPSetReferenceStatement": {"ARN": clients}}, rules[0]["Statement"])
        updated = self.update(created, Rules=[managed()], DefaultAction={"Allow": {}})
        self.assertEqual(created.physical_resource_id, updated.physical_resource_id)
        found = self.read(updated, "get_web_acl")["WebACL"]
        self.assertEqual(
            (["AWSManagedRulesCommonRuleSet"], {"Allow": {}}), ([r["Name"] for r in found["Rules"]], found["DefaultAction"])
        )
        updated = self.update(updated, Rules=None)
        self.assertEqual([], self.read(updated, "get_web_acl")["WebACL"]["Rules"])
        self.assertEqual(found["ARN"], updated.get_cfn_attribute("Arn"))

    def test_a_load_balancer_has_one_web_acl(self) -> None:
        balancer, first, second = self.balancer(), self.acl(Name="first"), self.acl(Name="second")
        association = self.associate(first, balancer)
        self.assertEqual(first.get_cfn_attribute("Arn"), self.acl_of(balancer))
        self.associate(second, balancer)
        self.assertEqual(second.get_cfn_attribute("Arn"), self.acl_of(balancer))
        self.delete(first)
        self.delete(association)  # which ends the other one: see types.waf
        self.assertIsNone(self.acl_of(balancer))

    def test_an_association_ends_with_the_load_balancer(self) -> None:
        balancer, acl = self.balancer(), self.acl()
        self.associate(acl, balancer)
        self.provider.of("elbv2").delete_load_balancer(LoadBalancerArn=balancer)
        self.delete(acl)


Deed = Callable[[WafCase], Any]
_CASES: list[tuple[str, str, str, Deed]] = [
    ("address that is no block", "WAFInvalidParameterException", f"field: IP_ADDRESS, parameter: {address}", deed)
    for address, deed in (
        ("0.0.0.0/0", lambda t: t.set("0.0.0.0/0")),
        ("0.0.0.0/0", lambda t: t.update(t.set(), Addresses=["0.0.0.0/0"])),
        ("203.0.113.7", lambda t: t.set("203.0.113.7")),
        ("2001:db8::/32", lambda t: t.set("2001:db8::/32")),
        ("nowhere", lambda t: t.set("nowhere")),
    )
] + [
    (
        "name taken",
        "WAFDuplicateItemException",
        "is a duplicate of an existing one",
        lambda t: (t.set(Name="a"), t.set(Name="a")),
    ),
    (
        "name taken",
        "WAFDuplicateItemException",
        "is a duplicate of an existing one",
        lambda t: (t.acl(Name="a"), t.acl(Name="a")),
    ),
    (
        "unknown IP set",
        "WAFNonexistentItemException",
        "doesn’t exist",
        lambda t: t.acl(named("arn:aws:wafv2:::regional/ipset/a/b")),
    ),
    ("rules that are alike", "WAFInvalidParameterException", "parameter: b", lambda t: t.acl(managed("a"), managed("b"))),
    ("rules that are alike", "WAFInvalidParameterException", "parameter: a", lambda t: t.acl(managed("a"), managed("a", 2))),
    (
        "rule without its action",
        "WAFInvalidParameterException",
        "none or multiple values",
        lambda t: t.acl(managed(OverrideAction={})),
    ),
    (
        "rule without its action",
        "WAFInvalidParameterException",
        "none or multiple values",
        lambda t: t.acl(managed(Action={"Allow": {}})),
    ),
    (
        "rule without its action",
        "WAFInvalidParameterException",
        "none or multiple values",
        lambda t: t.acl(named(t.set().get_cfn_attribute("Arn"), Action=None)),
    ),
    (
        "unknown load balancer or web ACL",
        "WAFNonexistentItemException",
        "doesn’t exist",
        lambda t: t.associate(t.acl(), "arn:aws:elasticloadbalancing:eu-west-1:222222222222:loadbalancer/app/none/0"),
    ),
    (
        "resource that takes no web ACL",
        "WAFInvalidParameterException",
        "field: RESOURCE_ARN",
        lambda t: t.associate(t.acl(), "arn:aws:elasticloadbalancing:eu-west-1:222222222222:loadbalancer/net/nlb/0"),
    ),
    ("invalid parameters", "ValidationException", "Member must satisfy enum value set", lambda t: t.set(Scope="NATIONAL")),
]


def case(name: str, code: str, words: str) -> Callable[[Deed], Deed]:
    def register(deed: Deed) -> Deed:
        _CASES.append((name, code, words, deed))
        return deed

    return register


@case("IP set in use", "WAFAssociatedItemException", "is being used by another resource")
def _set_in_use(t: WafCase) -> None:
    clients = t.set()
    inner = named(clients.get_cfn_attribute("Arn"))["Statement"]
    t.acl(named("", Statement={"NotStatement": {"Statement": {"AndStatement": {"Statements": [inner, inner]}}}}))
    t.delete(clients)


@case("web ACL in use", "WAFAssociatedItemException", "is being used by another resource")
def _acl_in_use(t: WafCase) -> None:
    acl = t.acl()
    t.associate(acl, t.balancer())
    t.delete(acl)


class TestRefusals(WafCase):
    def test_refusals(self) -> None:
        for name, code, words, deed in _CASES:
            with self.subTest(name=name, words=words):
                self.doCleanups()
                self.setUp()
                REFUSED.clear()
                with self.assertRaisesRegex(ClientError, rf"\({code}\).*{words}"):
                    deed(self)
                self.assertEqual({name}, REFUSED)

    def test_each_refusal_has_a_case_and_a_page(self) -> None:
        self.assertEqual(set(), {refusal.name for refusal in WAF.refusals} ^ {name for name, *_ in _CASES})
        for refusal in WAF.refusals:
            self.assertTrue(refusal.page.startswith("https://docs.aws.amazon.com/"), refusal.name)


if __name__ == "__main__":
    unittest.main()
