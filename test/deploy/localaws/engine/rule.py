"""The rules of a template: what must hold of its parameters before anything is created or changed.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-rules.html
"""

from collections.abc import Callable
from typing import Any

from moto.cloudformation.exceptions import ValidationError

Resolve = Callable[[Any], Any]

_FUNCTIONS: dict[str, Callable[..., bool]] = {
    "Fn::And": lambda *conditions: all(conditions),
    "Fn::Contains": lambda values, value: value in values,
    "Fn::EachMemberEquals": lambda values, value: all(one == value for one in values),
    "Fn::EachMemberIn": lambda values, allowed: all(one in allowed for one in values),
    "Fn::Equals": lambda one, other: one == other,
    "Fn::Not": lambda condition: not condition,
    "Fn::Or": lambda *conditions: any(conditions),
}


def check_rules(rules: dict[str, Any], resolve: Resolve) -> None:
    """Refuse an operation unless each assertion of each rule holds.

    Assumption: the words around the descriptions. AWS documents that the operation fails before any resource changes.
    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html
    """
    failed = []
    for name, rule in rules.items():
        if "RuleCondition" in rule and not _holds(rule["RuleCondition"], resolve):
            continue
        for assertion in rule["Assertions"]:
            if not _holds(assertion["Assert"], resolve):
                failed.append(f"{name}: {assertion.get('AssertDescription', 'an assertion failed')}")
    if failed:
        raise ValidationError(message=f"Template rules failed: {'; '.join(failed)}")


def _holds(value: Any, resolve: Resolve) -> bool:
    found = _value(value, resolve)
    if not isinstance(found, bool):
        raise ValidationError(message=f"Template error: {value} in a rule is not a condition")
    return found


def _value(value: Any, resolve: Resolve) -> Any:
    """A value in a rule. Rules refer to parameters and pseudo parameters; there is no resource yet."""
    if isinstance(value, list):
        return [_value(one, resolve) for one in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {"Ref"}:
        return resolve(value)
    ((function, arguments),) = value.items()
    if function not in _FUNCTIONS:
        raise ValidationError(message=f"the local API does not support {function} in a rule")
    return _FUNCTIONS[function](*_value(arguments, resolve))
