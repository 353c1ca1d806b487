"""What an update would change: resources, their properties, and whether the change replaces them."""

from dataclasses import dataclass, field
from typing import Any

from moto.cloudformation.exceptions import ValidationError

from .dependency import creation_order, dependencies
from .resolver import Scope, Unknown
from .resource import Resource
from .resourcetype import CONDITIONAL, IN_PLACE, REPLACEMENT, ResourceType, resource_type


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


@dataclass
class Preview:
    """A resource as references see it before the update: what it will be is unknown where it may change."""

    name: str
    resource: Resource | None  # None if it is going to be created or replaced
    changes: bool

    @property
    def physical_resource_id(self) -> str:
        if self.resource is None:
            raise Unknown(self.name)
        return self.resource.physical_resource_id

    def get_cfn_attribute(self, name: str) -> Any:
        """An attribute may change with any property; CloudFormation does not predict it.

        https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChangeDetail.html, Evaluation.
        """
        if self.resource is None or self.changes:
            raise Unknown(f"{self.name}.{name}")
        return self.resource.get_cfn_attribute(name)


def compare(existing: dict[str, Resource], scope: Scope) -> list[Change]:
    """The changes that lead from the existing resources to a template, in the order in which they are made."""
    wanted = scope.template_resources()
    changes = []
    for name in creation_order(dependencies(wanted)):
        type_name, old = wanted[name]["Type"], existing.get(name)
        if old is None:
            changes.append(Change("Add", name, type_name))
            scope.put(name, Preview(name, None, True))
            continue
        if old.cf_resource_type != type_name:
            text = "Update of resource type is not permitted. The new template modifies resource type of the following"
            raise ValidationError(message=f"{text} resources: [{name}]")
        change = _modification(old, wanted[name], scope)
        if change is not None:
            changes.append(change)
        stays = change is None or change.replacement == "False"
        scope.put(name, Preview(name, old if stays else None, change is not None))
    for name, old in reversed(existing.items()):
        if name not in wanted:
            changes.append(Change("Remove", name, old.cf_resource_type, old.physical_resource_id))
    return changes


def _modification(old: Resource, resource: dict[str, Any], scope: Scope) -> Change | None:
    raw, found = resource.get("Properties", {}), resource_type(old.cf_resource_type)
    details, behaviors = [], set()
    for name in sorted(set(raw) | set(old.properties)):
        before, cause, behavior = old.properties.get(name), None, ""
        try:
            after = scope.resolve(raw.get(name))
            if after == before:
                continue
            behavior = found.behavior_of(name, before, after)
        except Unknown as error:
            cause, behavior = error.cause, _unknown(found, name, before, raw[name], scope)
        behaviors.add(CONDITIONAL if cause and behavior == REPLACEMENT else behavior)
        details.append(_detail(name, behavior, cause))
    if not details:
        return None
    replacement = "True" if REPLACEMENT in behaviors else "Conditional" if CONDITIONAL in behaviors else "False"
    attributes = {detail["Target"]["Attribute"] for detail in details}
    name, type_name, physical_id = old.logical_resource_id, old.cf_resource_type, old.physical_resource_id
    return Change("Modify", name, type_name, physical_id, replacement, sorted(attributes), details)


def _unknown(found: ResourceType, name: str, before: Any, raw: Any, scope: Scope) -> str:
    """What a change to a value that is not known does. It may replace the resource if it is in a part that does."""
    for part in found.replacement_within.get(name, "").split():
        try:
            if scope.resolve(raw.get(part)) != (before or {}).get(part):
                return REPLACEMENT
        except Unknown:
            return REPLACEMENT
    return found.behavior(name)


def _detail(name: str, behavior: str, cause: str | None) -> dict[str, Any]:
    target = {"Attribute": "Properties", "Name": name, "RequiresRecreation": behavior}
    if name == "Tags":
        target = {"Attribute": "Tags", "Name": name, "RequiresRecreation": IN_PLACE}
    if cause is None:
        return {"Target": target, "Evaluation": "Static", "ChangeSource": "DirectModification"}
    target["AfterValue"] = "{{changeSet:KNOWN_AFTER_APPLY}}"
    source = "ResourceAttribute" if "." in cause else "ResourceReference"
    return {"Target": target, "Evaluation": "Dynamic", "ChangeSource": source, "CausingEntity": cause}
