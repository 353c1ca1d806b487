"""What policies allow: those of a role, which has neither a boundary nor a session policy here, and those of a resource.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

import json
import operator
from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from moto.iam.models import iam_backends

# The operators that are known here, of a value and of what is wanted. An unknown one does not let a statement allow anything.
_OPERATORS: dict[str, Callable[[str, Any], bool]] = {
    "ArnEquals": fnmatchcase,
    "ArnLike": fnmatchcase,
    "Bool": lambda value, wanted: value == str(wanted).lower(),
    "StringEquals": operator.eq,
    "StringLike": fnmatchcase,
}


def allows(role: str, action: str, resource: str, context: Mapping[str, str]) -> bool:
    """Whether a role may do something with a resource. Context are the values of condition keys."""
    return _allowed(one for one in _statements_of_role(role) if _matches(one, action, resource, context))


def lets(policy: str, service: str, action: str, resource: str, context: Mapping[str, str]) -> bool:
    """Whether the policy of a resource lets a service do something with it. Services call over TLS."""
    known = {"aws:SecureTransport": "true", **context}
    named = (one for one in _statements(policy) if _names(one.get("Principal"), service))
    return _allowed(one for one in named if _matches(one, action, resource, known))


def trusts(role: str, service: str, context: Mapping[str, str] | None = None) -> bool:
    """Whether a service may assume a role."""
    for known in _roles(role):
        document = known.assume_role_policy_document
        statements = _statements(document if isinstance(document, str) else json.dumps(document))
        policy = json.dumps({"Statement": [one | {"Resource": role} for one in statements]})
        return lets(policy, service, "sts:AssumeRole", role, context or {})
    return False


def _allowed(matching: Iterator[dict[str, Any]]) -> bool:
    """Whether one statement allows, and none denies."""
    effects = {one["Effect"] for one in matching}
    return effects == {"Allow"}


def _names(principal: Any, service: str) -> bool:
    """Whether the principal of a statement has a service."""
    if not isinstance(principal, dict):
        return principal == "*"
    return service in _listed(principal.get("Service", [])) or "*" in _listed(principal.get("AWS", []))


def _statements(document: str) -> list[dict[str, Any]]:
    return _listed(json.loads(document)["Statement"])


def _statements_of_role(role: str) -> Iterator[dict[str, Any]]:
    for known in _roles(role):
        managed = [version for policy in known.managed_policies.values() for version in policy.versions if version.is_default]
        for document in [*known.policies.values(), *(version.document for version in managed)]:
            yield from _statements(document)


def _roles(arn: str) -> list[Any]:
    """The role with an ARN, if IAM knows it."""
    _, partition, _, _, account, _ = arn.split(":", 5)
    return [known for known in iam_backends[account][partition].roles.values() if known.arn == arn]


def exists(role: str) -> bool:
    """Whether IAM knows a role. The role by which an organization enters its members is not among them."""
    return bool(_roles(role))


def _matches(statement: Mapping[str, Any], action: str, resource: str, context: Mapping[str, str]) -> bool:
    if not any(fnmatchcase(action.lower(), one.lower()) for one in _listed(statement.get("Action", []))):
        return False
    if not any(fnmatchcase(resource, one) for one in _listed(statement.get("Resource", []))):
        return False
    conditions = statement.get("Condition", {})
    if statement["Effect"] == "Deny" and not set(conditions) <= set(_OPERATORS):
        return True
    return all(_meets(operation, tests, context) for operation, tests in conditions.items())


def _meets(operation: str, tests: Mapping[str, Any], context: Mapping[str, str]) -> bool:
    if operation not in _OPERATORS:
        return False
    values = {key.lower(): value for key, value in context.items()}
    for key, wanted in tests.items():
        value = values.get(key.lower())
        if value is None:
            return False
        if not any(_OPERATORS[operation](value, one) for one in _listed(wanted)):
            return False
    return True


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
