"""What the model of an API refuses: missing members, lengths, ranges, patterns and values that are not in a list."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import botocore.session


@cache
def _model(service: str) -> Any:
    return botocore.session.get_session().get_service_model(service)


class Violation(NamedTuple):
    """A value that the model of an API does not allow, in the words of most services."""

    value: Any  # None if it is missing
    name: str
    constraint: str

    def __str__(self) -> str:
        value = "null" if self.value is None else self.value
        return f"Value '{value}' at '{self.name}' failed to satisfy constraint: {self.constraint}"


def violation(service: str, operation: str, parameters: dict[str, Any]) -> Violation | None:
    """The first constraint that the parameters of an operation violate."""
    shape = _model(service).operation_model(operation).input_shape
    return next(_violations(parameters, shape, ""), None) if shape else None


def _violations(value: Any, shape: Any, path: str) -> Iterator[Violation]:
    name = path.rstrip(".")
    if shape.type_name == "structure":
        yield from _of_structure(value, shape, path)
    elif shape.type_name == "list":
        yield from _bounds(len(value), shape, value, name, "length")
        for number, item in enumerate(value, start=1):
            yield from _violations(item, shape.member, f"{name}.{number}.")
    elif shape.type_name == "string":
        yield from _of_string(value, shape, name)
    elif shape.type_name in ("integer", "long"):
        yield from _bounds(int(value), shape, value, name, "value")


def _of_structure(value: Any, shape: Any, path: str) -> Iterator[Violation]:
    given = [name for name in shape.members if value.get(name) is not None]
    for name in shape.required_members:
        if name not in given:
            yield Violation(None, f"{path}{name}", "Member must not be null")
    for name in given:
        yield from _violations(value[name], shape.members[name], f"{path}{name}.")


def _of_string(value: str, shape: Any, name: str) -> Iterator[Violation]:
    if getattr(shape, "enum", None) and value not in shape.enum:
        yield Violation(value, name, f"Member must satisfy enum value set: [{', '.join(shape.enum)}]")
    yield from _bounds(len(value), shape, value, name, "length")
    pattern = shape.metadata.get("pattern")
    if pattern and not re.fullmatch(_in_python(pattern), value):
        yield Violation(value, name, f"Member must satisfy regular expression pattern: {pattern}")


def _in_python(pattern: str) -> str:
    """A pattern without the classes of Unicode, which Python does not have."""
    for unicode, python in (("\\p{L}", r"\w"), ("\\p{N}", r"\d"), ("\\p{Z}", r"\s")):
        pattern = pattern.replace(unicode, python)
    return pattern


def _bounds(size: int, shape: Any, value: Any, name: str, what: str) -> Iterator[Violation]:
    low, high = shape.metadata.get("min"), shape.metadata.get("max")
    kind = "Member must have length" if what == "length" else "Member must have value"
    if low is not None and size < low:
        yield Violation(value, name, f"{kind} greater than or equal to {low}")
    if high is not None and size > high:
        yield Violation(value, name, f"{kind} less than or equal to {high}")
