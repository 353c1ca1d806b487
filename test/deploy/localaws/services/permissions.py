"""What the policies of a role allow: those that it has, of an identity; nothing here has a boundary or a session policy.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

import json
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

from moto.iam.models import iam_backends

# The operators that are known here, and whether they match patterns. An unknown one does not let a statement allow anything.
_OPERATORS = {"ArnEquals": True, "ArnLike": True, "StringEquals": False, "StringLike": True}


def allows(role: str, action: str, resource: str, context: Mapping[str, str]) -> bool:
    """Whether a role may do something with a resource. Context are the values of condition keys."""
    matching = [one for one in _statements(role) if _matches(one, action, resource, context)]
    return bool(matching) and all(one["Effect"] == "Allow" for one in matching)


def _statements(role: str) -> Iterator[dict[str, Any]]:
    _, partition, _, _, account, _ = role.split(":", 5)
    for known in iam_backends[account][partition].roles.values():
        if known.arn == role:
            managed = [version for policy in known.managed_policies.values() for version in policy.versions if version.is_default]
            for document in [*known.policies.values(), *(version.document for version in managed)]:
                statements = json.loads(document)["Statement"]
                yield from statements if isinstance(statements, list) else [statements]


def exists(role: str) -> bool:
    """Whether IAM knows a role. The role by which an organization enters its members is not among them."""
    _, partition, _, _, account, _ = role.split(":", 5)
    return any(known.arn == role for known in iam_backends[account][partition].roles.values())


def _matches(statement: Mapping[str, Any], action: str, resource: str, context: Mapping[str, str]) -> bool:
    if not any(fnmatchcase(action.lower(), one.lower()) for one in _listed(statement.get("Action", []))):
        return False
    if not any(fnmatchcase(resource, one) for one in _listed(statement.get("Resource", []))):
        return False
    conditions = statement.get("Condition", {})
    if statement["Effect"] == "Deny" and not set(conditions) <= set(_OPERATORS):
        return True
    return all(_meets(operator, tests, context) for operator, tests in conditions.items())


def _meets(operator: str, tests: Mapping[str, Any], context: Mapping[str, str]) -> bool:
    if operator not in _OPERATORS:
        return False
    values = {key.lower(): value for key, value in context.items()}
    for key, wanted in tests.items():
        value = values.get(key.lower())
        if value is None:
            return False
        if not any(fnmatchcase(value, one) if _OPERATORS[operator] else value == one for one in _listed(wanted)):
            return False
    return True


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]
