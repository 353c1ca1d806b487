"""A deployment of one stack: resources in order, and everything undone when one fails."""

from __future__ import annotations

import traceback
from typing import Any, Callable

from botocore.exceptions import ClientError
from .dependency import creation_order, dependencies
from moto.core.exceptions import ServiceException
from .resolver import Scope, Unknown
from .resource import CONDITIONAL, HANDLERS, REPLACE, Call, Deployed, Handler, Refused, handler_of

Record = Callable[..., None]


class Failed(Exception):
    """A resource that could not be created, changed or deleted."""

    def __init__(self, name: str, verb: str) -> None:
        super().__init__(f"The following resource(s) failed to {verb}: [{name}]. ")


def reason(error: Exception) -> str:
    """The ResourceStatusReason of a failure. Assumption: the form, which differs between AWS's own handlers."""
    if isinstance(error, ClientError):
        found = error.response["Error"]
        return f'Resource handler returned message: "{found["Message"]}" (Error Code: {found["Code"]})'
    if isinstance(error, ServiceException):
        return f'Resource handler returned message: "{error.message}" (Error Code: {error.code})'
    if isinstance(error, Refused):
        return f"Not supported: {error}"
    if isinstance(error, Unknown):
        return f"Unresolved: {error.cause}"
    traceback.print_exception(error)
    return f"Internal failure of the local API: {type(error).__name__}: {error}"


class Deployment:
    """One run over the resources of a stack. Those that exist are in a dictionary that the run changes as it goes."""

    def __init__(self, stack: Any, scope: Scope, deployed: dict[str, Deployed], record: Record) -> None:
        self.stack = stack
        self.scope = scope
        self.deployed = deployed
        self.record = record
        self.undo: list[Callable[[], None]] = []
        self.replaced: list[Deployed] = []
        self.given_up: list[Deployed] = []

    def call(self, name: str, properties: dict[str, Any]) -> Call:
        stack = self.stack
        return Call(
            self.scope.clients, stack.account_id, stack.region_name, stack.name, stack.stack_id, name, properties
        )  # type: ignore[arg-type]

    def apply(self) -> None:
        """Create and change what the template asks for; old things go later, when all new ones stand."""
        wanted = self.scope.resources()
        graph = dependencies(wanted)
        for old in self.deployed.values():
            self.scope.put(old.logical_resource_id, old)

        def eager(name: str) -> bool:
            handler = HANDLERS.get(wanted[name]["Type"])
            return handler is not None and handler.eager

        for name in creation_order(graph, eager):
            self.settle(name, wanted[name], graph[name])

    def settle(self, name: str, resource: dict[str, Any], waits_for: frozenset[str]) -> None:
        """Make one resource what the template says."""
        old, type_name = self.deployed.get(name), resource["Type"]
        verb = "CREATE" if old is None else "UPDATE"
        physical_id = old.physical_resource_id if old else ""
        try:
            handler = handler_of(type_name)
            properties = self.scope.resolve(resource.get("Properties", {}))
            call = self.call(name, properties)
            handler.check(call)
            made = self.create(handler, call) if old is None else self.change(handler, call, old)
        except Exception as error:
            self.record(f"{verb}_FAILED", name, physical_id, type_name, reason(error))
            raise Failed(name, verb.lower()) from error
        made.depends_on = waits_for
        made.retained = str(resource.get("DeletionPolicy", "Delete")) == "Retain"
        self.deployed[name] = made
        self.scope.put(name, made)

    def create(self, handler: Handler, call: Call) -> Deployed:
        self.record("CREATE_IN_PROGRESS", call.logical_id, "", handler.type_name)
        made = handler.create(call)
        self.record("CREATE_COMPLETE", call.logical_id, made.physical_resource_id, handler.type_name)
        self.undo.append(lambda: self.remove(made))
        return made

    def change(self, handler: Handler, call: Call, old: Deployed) -> Deployed:
        was, now = old.properties, call.properties
        changed = {key for key in set(was) | set(now) if was.get(key) != now.get(key)}
        if not changed:
            return old
        name, type_name = call.logical_id, handler.type_name
        behaviors = {handler.behavior(key) for key in changed}
        if CONDITIONAL in behaviors:
            raise Refused(f"the local API does not know whether {', '.join(sorted(changed))} of {type_name} replaces it")
        self.record("UPDATE_IN_PROGRESS", name, old.physical_resource_id, type_name)
        if REPLACE in behaviors:
            made = handler.create(call)
            self.replaced.append(old)
            self.undo.append(lambda: self.restore(old, made))
        else:
            made = handler.update(call, old, changed)
            back = self.call(name, was)
            self.undo.append(lambda: self.deployed.update({name: handler.update(back, made, changed)}))
        self.record("UPDATE_COMPLETE", name, made.physical_resource_id, type_name)
        return made

    def restore(self, old: Deployed, made: Deployed) -> None:
        """Go back to the resource that was replaced. The new one is deleted when all old ones are back."""
        self.deployed[old.logical_resource_id] = old
        self.replaced.remove(old)
        self.given_up.append(made)

    def roll_back(self) -> list[str]:
        """Undo everything, last things first. Returns the resources that could not be undone."""
        failed = []
        while self.undo:
            try:
                self.undo.pop()()
            except Failed as error:
                failed.append(str(error))
            except Exception as error:
                self.record("UPDATE_FAILED", self.stack.name, "", "AWS::CloudFormation::Stack", reason(error))
                failed.append(reason(error))
        return failed

    def give_up(self) -> None:
        """Delete what was to replace something, after a rollback.

        UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS in
        https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-describing-stacks.html
        Assumption: what cannot be deleted stays behind with a DELETE_FAILED, and the stack goes on without it.
        """
        for made in self.given_up:
            try:
                self.delete(made)
            except Failed:
                continue

    def clean_up(self) -> list[str]:
        """Delete what was replaced, and what the template has no longer."""
        wanted = set(self.scope.resources())
        gone = {name: old for name, old in self.deployed.items() if name not in wanted}
        failed = []
        for old in reversed(self.replaced):
            try:
                self.delete(old)
            except Failed as error:
                failed.append(str(error))
        return failed + self.remove_all(gone)

    def remove_all(self, gone: dict[str, Deployed]) -> list[str]:
        """Delete resources in reverse order of their dependencies. What a failed one waits for stays as well."""
        graph = {name: old.depends_on & set(gone) for name, old in gone.items()}
        blocked: set[str] = set()
        failed = []
        for name in reversed(creation_order(graph, lambda name: False)):
            if name in blocked:
                blocked |= graph[name]
                continue
            try:
                self.remove(gone[name])
            except Failed:
                failed.append(name)
                blocked |= graph[name]
        return failed

    def remove(self, old: Deployed) -> None:
        self.delete(old)
        if self.deployed.get(old.logical_resource_id) is old:
            del self.deployed[old.logical_resource_id]

    def delete(self, old: Deployed) -> None:
        name, type_name = old.logical_resource_id, old.cf_resource_type
        if old.retained:
            self.record("DELETE_SKIPPED", name, old.physical_resource_id, type_name)
            return
        self.record("DELETE_IN_PROGRESS", name, old.physical_resource_id, type_name)
        try:
            handler_of(type_name).delete(self.call(name, old.properties), old)
        except Exception as error:
            self.record("DELETE_FAILED", name, old.physical_resource_id, type_name, reason(error))
            raise Failed(name, "delete") from error
        self.record("DELETE_COMPLETE", name, old.physical_resource_id, type_name)
