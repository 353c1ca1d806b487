"""A deployment of one stack: its resources in order, and a rollback when one of them fails."""

import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

from botocore.exceptions import ClientError, ParamValidationError
from moto.core.exceptions import ServiceException

from .dependency import creation_order, dependencies
from .resolver import Scope, Unknown
from .resource import Incomplete, Invalid, NotStabilized, NotSupported, Properties, Request, Resource, changed
from .resourcetype import CONDITIONAL, REPLACEMENT, TYPES, ResourceType, resource_type


class Failed(Exception):
    """A resource that could not be created, updated or deleted."""

    def __init__(self, name: str, verb: str) -> None:
        super().__init__(f"The following resource(s) failed to {verb}: [{name}]. ")


def reason(error: Exception) -> str:
    """The ResourceStatusReason of a failure. Assumption: the form, which differs between AWS's own handlers."""
    if isinstance(error, ClientError):
        found = error.response.get("Error", {})
        return f'Resource handler returned message: "{found.get("Message")}" (Error Code: {found.get("Code")})'
    if isinstance(error, ServiceException):
        return f'Resource handler returned message: "{error.message}" (Error Code: {error.code})'
    if isinstance(error, NotSupported | ParamValidationError):
        return f"Not supported: {error}"
    if isinstance(error, Incomplete | Invalid | NotStabilized):
        return str(error)
    if isinstance(error, Unknown):
        return f"Unresolved: {error.cause}"
    traceback.print_exception(error)
    return f"Internal failure of the local API: {type(error).__name__}: {error}"


class Deployment:
    """One run over the resources of a stack: it changes the dictionary of those that exist as it proceeds."""

    def __init__(self, stack: Any, scope: Scope) -> None:
        self.stack = stack
        self.scope = scope
        self.existing: dict[str, Resource] = stack.existing
        self.undo: list[Callable[[], None]] = []
        self.replaced: list[Resource] = []  # deleted when the deployment has succeeded
        self.abandoned: list[Resource] = []  # replacements, deleted when the rollback has succeeded

    def request(self, name: str, old: Properties, new: Properties | None, physical_id: str = "") -> Request:
        stack, clients = self.stack, self.scope.clients
        assert clients is not None
        return Request(clients, stack.account_id, stack.region_name, stack.name, stack.stack_id, name, old, new, physical_id)

    def apply(self) -> None:
        """Create and update the resources of the template. Old ones are deleted later, when all new ones exist."""
        wanted = self.scope.template_resources()
        graph = dependencies(wanted)
        for old in self.existing.values():
            self.scope.put(old.logical_resource_id, old)

        def eager(name: str) -> bool:
            found = TYPES.get(wanted[name]["Type"])
            return found is not None and found.eager

        for name in creation_order(graph, eager):
            resource = self.create_or_update(name, wanted[name])
            resource.depends_on = graph[name]
            resource.retained = str(wanted[name].get("DeletionPolicy", "Delete")) == "Retain"
            self.existing[name] = resource
            self.scope.put(name, resource)

    def create_or_update(self, name: str, wanted: dict[str, Any]) -> Resource:
        """Make one resource what the template says."""
        old, type_name = self.existing.get(name), wanted["Type"]
        try:
            found = resource_type(type_name)
            properties = self.scope.resolve(wanted.get("Properties", {}))
            found.check(properties)
            found.validate(name, properties)
            return self.create(found, name, properties) if old is None else self.change(found, old, properties)
        except Exception as error:
            verb, physical_id = ("CREATE", "") if old is None else ("UPDATE", old.physical_resource_id)
            self.stack.record(f"{verb}_FAILED", name, physical_id, type_name, reason(error))
            raise Failed(name, verb.lower()) from error

    def create(self, found: ResourceType, name: str, properties: Properties) -> Resource:
        self.stack.record("CREATE_IN_PROGRESS", name, "", found.name)
        try:
            created = found.create_resource(self.request(name, {}, properties))
        except Incomplete as error:
            incomplete = error.resource
            self.undo.append(lambda: self.remove(incomplete))
            raise
        self.stack.record("CREATE_COMPLETE", name, created.physical_resource_id, found.name)
        self.undo.append(lambda: self.remove(created))
        return created

    def change(self, found: ResourceType, old: Resource, new: Properties) -> Resource:
        name, physical_id = old.logical_resource_id, old.physical_resource_id
        differences = changed(old.properties, new)
        if not differences:
            return old
        behaviors = {found.behavior_of(key, old.properties.get(key), new.get(key)) for key in differences}
        if CONDITIONAL in behaviors:
            names = ", ".join(sorted(differences))
            raise NotSupported(f"the local API does not know whether a change of {names} replaces {found.name}")
        self.stack.record("UPDATE_IN_PROGRESS", name, physical_id, found.name)
        if REPLACEMENT in behaviors:
            updated = found.create_resource(self.request(name, {}, new))
            self.replaced.append(old)
            self.undo.append(lambda: self.restore(old, updated))
        else:
            updated = self.update(found, old, new)
        self.stack.record("UPDATE_COMPLETE", name, updated.physical_resource_id, found.name)
        return updated

    def update(self, found: ResourceType, old: Resource, new: Properties) -> Resource:
        """Update in place. A custom resource may answer with another physical ID: then it has replaced the old one.

        https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/crpg-ref-requesttypes-update.html
        """
        name, physical_id = old.logical_resource_id, old.physical_resource_id
        failed: Incomplete | None = None
        try:
            updated = found.update_resource(self.request(name, old.properties, new, physical_id), old.attributes)
        except Incomplete as error:
            failed, updated = error, error.resource
        if updated.physical_resource_id != physical_id:
            self.replaced.append(old)
        back = self.request(name, new, old.properties, updated.physical_resource_id)
        self.undo.append(lambda: self.change_back(found, back, old))
        if failed:
            raise failed
        return updated

    def change_back(self, found: ResourceType, request: Request, old: Resource) -> None:
        """Undo an update in place."""
        restored = found.update_resource(request, old.attributes)
        restored.depends_on, restored.retained = old.depends_on, old.retained
        self.existing[old.logical_resource_id] = restored
        if old in self.replaced:
            self.replaced.remove(old)
        if restored.physical_resource_id != request.physical_id:
            self.abandoned.append(replace(restored, physical_resource_id=request.physical_id, properties=request.old))

    def restore(self, old: Resource, replacement: Resource) -> None:
        """Go back to the resource that was replaced. The replacement is deleted when all old resources are back."""
        self.existing[old.logical_resource_id] = old
        self.replaced.remove(old)
        self.abandoned.append(replacement)

    def roll_back(self) -> list[str]:
        """Undo everything, the last change first. Returns the reasons why something could not be undone."""
        failed = []
        while self.undo:
            try:
                self.undo.pop()()
            except Failed as error:
                failed.append(str(error))
            except Exception as error:
                self.stack.record("UPDATE_FAILED", self.stack.name, "", "AWS::CloudFormation::Stack", reason(error))
                failed.append(reason(error))
        return failed

    def clean_up(self) -> None:
        """Delete the resources that were replaced, and those that the template does not have any more."""
        wanted = self.scope.template_resources()
        self._delete_replaced(self.replaced[::-1])
        self.remove_all({name: old for name, old in self.existing.items() if name not in wanted})

    def clean_up_rollback(self) -> None:
        """Delete the replacements, after a rollback."""
        self._delete_replaced(self.abandoned)

    def _delete_replaced(self, resources: list[Resource]) -> None:
        """UPDATE_COMPLETE_CLEANUP_IN_PROGRESS and UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS in
        https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-describing-stacks.html
        Assumption: a resource that cannot be deleted stays behind with a DELETE_FAILED, and the stack goes on without it.
        """
        for resource in resources:
            with suppress(Failed):
                self.delete(resource)

    def remove_all(self, removed: dict[str, Resource]) -> list[str]:
        """Delete resources in reverse order of their dependencies. What one that fails depends on stays as well."""
        graph = {name: resource.depends_on & set(removed) for name, resource in removed.items()}
        blocked: set[str] = set()
        failed = []
        for name in reversed(creation_order(graph)):
            if name not in blocked:
                try:
                    self.remove(removed[name])
                    continue
                except Failed:
                    failed.append(name)
            blocked |= graph[name]
        return failed

    def remove(self, resource: Resource) -> None:
        self.delete(resource)
        if self.existing.get(resource.logical_resource_id) is resource:
            del self.existing[resource.logical_resource_id]

    def delete(self, resource: Resource) -> None:
        name, type_name, physical_id = resource.logical_resource_id, resource.cf_resource_type, resource.physical_resource_id
        if resource.retained:
            self.stack.record("DELETE_SKIPPED", name, physical_id, type_name)
            return
        self.stack.record("DELETE_IN_PROGRESS", name, physical_id, type_name)
        try:
            resource_type(type_name).delete_resource(self.request(name, resource.properties, None, physical_id))
        except Exception as error:
            self.stack.record("DELETE_FAILED", name, physical_id, type_name, reason(error))
            raise Failed(name, "delete") from error
        self.stack.record("DELETE_COMPLETE", name, physical_id, type_name)
