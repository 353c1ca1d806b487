"""AWS WAF: what it refuses of IP sets, web ACLs and their associations.

https://docs.aws.amazon.com/waf/latest/APIReference/API_Operations_AWS_WAFV2.html
"""

from __future__ import annotations

import ipaddress
import uuid
from collections.abc import Iterator
from typing import Any

from moto.elbv2.models import ELBv2Backend, elbv2_backends
from moto.wafv2.models import FakeIPSet, WAFV2Backend, wafv2_backends
from moto.wafv2.responses import WAFV2Response

from ..overlay import after, before
from ..services.api import Api, Call, Values

REFERENCE = "https://docs.aws.amazon.com/waf/latest/APIReference/"
WAF = Api(WAFV2Response, "ValidationException")

for _operation in (
    "AssociateWebACL",
    "CreateIPSet",
    "CreateWebACL",
    "DeleteIPSet",
    "DeleteWebACL",
    "UpdateIPSet",
    "UpdateWebACL",
):
    WAF.checks(_operation)

_INVALID = "WAFInvalidParameterException"
_DUPLICATE = "AWS WAF couldn’t perform the operation because some resource in your request is a duplicate of an existing one."
_IN_USE = (
    "AWS WAF couldn’t perform the operation because your resource is being used by another resource or it’s associated with "
    "another resource."
)
_MISSING = "AWS WAF couldn’t perform the operation because your resource doesn’t exist."
_GROUPS = ("ManagedRuleGroupStatement", "RuleGroupReferenceStatement")


@after(WAFV2Response, "__init__")
def _parsed(response: Any, result: None) -> None:
    response.automated_parameter_parsing = True


@after(FakeIPSet, "__init__")
@after(FakeIPSet, "update")
def _token(ip_set: Any, result: None, *arguments: Any) -> None:
    """A token as the API takes it."""
    ip_set.lock_token = str(uuid.uuid4())


def _backend(call: Call) -> Any:
    return wafv2_backends[call.account][call.region]


def _statements(statement: Values) -> Iterator[tuple[str, Values]]:
    """A statement and those in it, by their names."""
    for name, content in statement.items():
        yield name, content
        for inner in content.get("Statements", [content["Statement"]] if "Statement" in content else []):
            yield from _statements(inner)


def _all_statements(rules: list[Values]) -> Iterator[tuple[str, Values]]:
    for rule in rules:
        yield from _statements(rule["Statement"])


# IP sets


@WAF.refuses(
    "address that is no block",
    "CreateIPSet UpdateIPSet",
    _INVALID,
    "Error reason: The parameter contains formatting that is not valid., field: IP_ADDRESS, parameter: {address}",
    f"{REFERENCE}API_CreateIPSet.html",
    "the words before the field",
)
def _address(call: Call) -> Values | None:
    version = call.get("IPAddressVersion") or _ip_set(call).ip_address_version
    for address in call.get("Addresses", []):
        try:
            block = ipaddress.ip_network(address, strict=False)
        except ValueError:
            return {"address": address}
        if "/" not in address or block.prefixlen == 0 or f"IPV{block.version}" != version:
            return {"address": address}
    return None


def _ip_set(call: Call) -> Any:
    return _backend(call).get_ip_set(call.get("Name"), call.get("Scope"), call.get("Id"))


@WAF.refuses(
    "name taken", "CreateIPSet CreateWebACL", "WAFDuplicateItemException", _DUPLICATE, f"{REFERENCE}API_CreateIPSet.html"
)
def _name(call: Call) -> Values | None:
    table = _backend(call).ip_sets if call.operation == "CreateIPSet" else _backend(call).wacls
    return {} if any(one.name == call.get("Name") for one in table.values()) else None


@WAF.refuses("IP set in use", "DeleteIPSet", "WAFAssociatedItemException", _IN_USE, f"{REFERENCE}API_DeleteIPSet.html")
def _used(call: Call) -> Values | None:
    arn = _ip_set(call).arn
    rules = [rule.statement for acl in _backend(call).wacls.values() for rule in acl.rules]
    return {} if any(content.get("ARN") == arn for rule in rules for _, content in _statements(rule)) else None


# Web ACLs

_WRITE = "CreateWebACL UpdateWebACL"


@WAF.refuses("unknown IP set", _WRITE, "WAFNonexistentItemException", _MISSING, f"{REFERENCE}API_CreateWebACL.html")
def _reference(call: Call) -> Values | None:
    named = {content["ARN"] for name, content in _all_statements(call.get("Rules", [])) if name == "IPSetReferenceStatement"}
    return {} if named - set(_backend(call).ip_sets) else None


@WAF.refuses(
    "rules that are alike",
    _WRITE,
    _INVALID,
    "Error reason: You have used the same name or priority for more than one rule., field: RULE, parameter: {name}",
    f"{REFERENCE}API_Rule.html",
    "the words",
)
def _alike(call: Call) -> Values | None:
    names, priorities = set(), set()
    for rule in call.get("Rules", []):
        if rule["Name"] in names or rule["Priority"] in priorities:
            return {"name": rule["Name"]}
        names.add(rule["Name"])
        priorities.add(rule["Priority"])
    return None


@WAF.refuses(
    "rule without its action",
    _WRITE,
    _INVALID,
    "Error reason: You have used none or multiple values for a field that requires exactly one value., field: RULE, parameter: "
    "{name}",
    f"{REFERENCE}API_Rule.html",
    "the words",
)
def _action(call: Call) -> Values | None:
    """A rule that refers to a group overrides the actions of the group; any other has an action of its own."""
    for rule in call.get("Rules", []):
        wanted, other = ("OverrideAction", "Action") if set(rule["Statement"]) & set(_GROUPS) else ("Action", "OverrideAction")
        if not _exactly_one(rule.get(wanted)) or other in rule or not _exactly_one(rule["Statement"]):
            return {"name": rule["Name"]}
    return None


def _exactly_one(value: Values | None) -> bool:
    return value is not None and len(value) == 1


@WAF.refuses("web ACL in use", "DeleteWebACL", "WAFAssociatedItemException", _IN_USE, f"{REFERENCE}API_DeleteWebACL.html")
def _associated(call: Call) -> Values | None:
    acl = _backend(call).get_web_acl(None, call.get("Name"), call.get("Id"))
    return {} if acl.associated_resources else None


@after(WAFV2Backend, "update_web_acl")
def _replaced(backend: Any, result: str, name: str, _id: str, *new: Any) -> None:
    """An update replaces everything that may change; moto keeps what it does not have.

    https://docs.aws.amazon.com/waf/latest/APIReference/API_UpdateWebACL.html
    """
    acl = backend.get_web_acl(None, name, _id)
    _, rules, description, _, _, bodies, captcha, challenge, domains, association = new
    acl.rules, acl.description = acl.rules if rules else [], description or ""
    acl.custom_response_bodies, acl.captcha_config, acl.challenge_config = bodies, captcha, challenge
    acl.token_domains, acl.association_config = domains, association


# Associations


@WAF.refuses(
    "resource that takes no web ACL",
    "AssociateWebACL",
    _INVALID,
    "Error reason: The ARN isn't valid. A valid ARN begins with arn: and includes other information separated by colons or "
    "slashes., field: RESOURCE_ARN, parameter: {arn}",
    f"{REFERENCE}API_AssociateWebACL.html",
    "the words",
)
def _no_application_load_balancer(call: Call) -> Values | None:
    arn = call.get("ResourceArn")
    return None if ":loadbalancer/app/" in arn else {"arn": arn}


@WAF.refuses(
    "unknown load balancer or web ACL",
    "AssociateWebACL",
    "WAFNonexistentItemException",
    _MISSING,
    f"{REFERENCE}API_AssociateWebACL.html",
)
def _unknown(call: Call) -> Values | None:
    balancers = elbv2_backends[call.account][call.region].load_balancers
    is_known = call.get("ResourceArn") in balancers and call.get("WebACLArn") in _backend(call).wacls
    return None if is_known else {}


@before(WAFV2Backend, "associate_web_acl")
def _moved(backend: Any, web_acl_arn: str, resource_arn: str) -> None:
    """A resource has one web ACL: another one takes the place of the first.

    https://docs.aws.amazon.com/waf/latest/APIReference/API_AssociateWebACL.html
    """
    for acl in backend.wacls.values():
        acl.associated_resources = [arn for arn in acl.associated_resources if arn != resource_arn]


@after(ELBv2Backend, "delete_load_balancer")
def _deleted(backend: Any, result: Any, arn: str) -> None:
    for acl in wafv2_backends[backend.account_id][backend.region_name].wacls.values():
        acl.associated_resources = [one for one in acl.associated_resources if one != arn]
