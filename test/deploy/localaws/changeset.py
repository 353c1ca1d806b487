"""What an update would change: resources, properties, and whether a change replaces."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .dependency import creation_order, dependencies
from moto.cloudformation.exceptions import ValidationError
from .resolver import Scope, Unknown
from .resource import CONDITIONAL, IN_PLACE, REPLACE, Deployed, handler_of

_KNOWN_LATER = "{{changeSet:KNOWN_AFTER_APPLY}}"


@dataclass
class Change:
    """A ResourceChange of a change set.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChange.html
    """

    action: str
    logical_resource_id: str
    resource_type: str
    physical_resource_id: str | None = None
    replacement: str | None = None
    scope: list[str] = field(default_factory=list)
    details: list[dict[str, Any]] = field(default_factory=list)


class Preview:
    """A resource as references see it before the update."""

    def __init__(self, name: str, deployed: Deployed | None, attributes: bool) -> None:
        self.name = name
        self.deployed = deployed
        self.attributes = attributes

    @property
    def physical_resource_id(self) -> str:
        if self.deployed is None:
            raise Unknown(self.name)
        return self.deployed.physical_resource_id

    def get_cfn_attribute(self, name: str) -> Any:
        """An attribute of what changes may change with it, and CloudFormation does not foretell it.

        https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChangeDetail.html, Evaluation.
        """
        if self.deployed is None or not self.attributes:
            raise Unknown(f"{self.name}.{name}")
        return self.deployed.get_cfn_attribute(name)


def compare(deployed: dict[str, Deployed], scope: Scope, template: dict[str, Any]) -> list[Change]:
    """The changes from what is deployed to a template, in the order in which they are made."""
    wanted = scope.resources()
    graph = dependencies(wanted)
    changes = []
    for name in creation_order(graph, lambda name: False):
        type_name, old = wanted[name]["Type"], deployed.get(name)
        if old is None:
            changes.append(Change("Add", name, type_name))
            scope.put(name, Preview(name, None, False))
            continue
        if old.cf_resource_type != type_name:
            text = "Update of resource type is not permitted. The new template modifies resource type of the following"
            raise ValidationError(message=f"{text} resources: [{name}]")
        change = _modification(old, wanted[name], scope)
        if change is not None:
            changes.append(change)
        stays = change is None or change.replacement == "False"
        scope.put(name, Preview(name, old if stays else None, change is None))
    for name, old in reversed(deployed.items()):
        if name not in wanted:
            changes.append(Change("Remove", name, old.cf_resource_type, old.physical_resource_id))
    return changes


def _modification(old: Deployed, resource: dict[str, Any], scope: Scope) -> Change | None:
    handler = handler_of(old.cf_resource_type)
    raw = resource.get("Properties", {})
    details, behaviors = [], set()
    for name in sorted(set(raw) | set(old.properties)):
        cause = None
        try:
            new = scope.resolve(raw.get(name))
            if new == old.properties.get(name):
                continue
        except Unknown as error:
            cause = error.cause
        behavior = handler.behavior(name)
        behaviors.add(CONDITIONAL if cause and behavior == REPLACE else behavior)
        details.append(_detail(name, behavior, cause))
    if not details:
        return None
    replacement = "True" if REPLACE in behaviors else "Conditional" if CONDITIONAL in behaviors else "False"
    names = {detail["Target"]["Name"] for detail in details}
    attribute = ["Tags"] if names == {"Tags"} else ["Properties", "Tags"] if "Tags" in names else ["Properties"]
    return Change(
        "Modify", old.logical_resource_id, old.cf_resource_type, old.physical_resource_id, replacement, attribute, details
    )


def _detail(name: str, behavior: str, cause: str | None) -> dict[str, Any]:
    target: dict[str, Any] = {"Attribute": "Properties", "Name": name, "RequiresRecreation": behavior}
    if name == "Tags":
        target = {"Attribute": "Tags", "Name": name, "RequiresRecreation": IN_PLACE}
    if cause is None:
        return {"Target": target, "Evaluation": "Static", "ChangeSource": "DirectModification"}
    target["AfterValue"] = _KNOWN_LATER
    source = "ResourceAttribute" if "." in cause else "ResourceReference"
    return {"Target": target, "Evaluation": "Dynamic", "ChangeSource": source, "CausingEntity": cause}
