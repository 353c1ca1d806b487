"""Stacks, and what the API of CloudFormation does with them, instead of moto's own."""

import threading
from collections.abc import Callable
from typing import Any

from moto.cloudformation import models
from moto.cloudformation.exceptions import ValidationError
from moto.cloudformation.models import ChangeSet, CloudFormationBackend, Event, Stack
from moto.cloudformation.responses import CloudFormationResponse
from moto.cloudformation.utils import generate_changeset_id, generate_stack_id, validate_create_change_set
from moto.core.responses import ActionResult, EmptyResult

from ..client import Clients
from ..dispatch import CALLER
from ..overlay import instead, refusal
from .changeset import compare
from .deployment import Deployment, Failed, reason
from .export import importers, set_outputs
from .resolver import Scope
from .resource import Resource

instead(models, "ResourceMap")(Scope)


class LocalStack(Stack):
    """A stack and its resources. The outputs are those of the last deployment that succeeded."""

    __module__ = Stack.__module__  # moto finds its models by their modules

    outputs: Any = None
    exports: Any = ()

    def __init__(self, **arguments: Any) -> None:
        self.existing: dict[str, Resource] = {}
        self.imports: set[str] = set()
        super().__init__(**arguments)
        self.status = "REVIEW_IN_PROGRESS"

    @property
    def stack_parameters(self) -> dict[str, Any]:
        """Parameters as they were given, for UsePreviousValue: the name of an SSM parameter, not its value."""
        declared = self.template_dict.get("Parameters", {})
        return {name: self.parameters.get(name, parameter.get("Default")) for name, parameter in declared.items()}

    @property
    def parameter_list(self) -> list[dict[str, Any]]:
        return [{"ParameterKey": name, "ParameterValue": value} for name, value in self.stack_parameters.items()]

    @property
    def stack_resources(self) -> Any:
        return list(self.existing.values())

    @property
    def backend(self) -> Any:
        return models.cloudformation_backends[self.account_id][self.region_name]

    def record(self, status: str, name: str, physical_id: str, type_name: str, why: str | None = None) -> None:
        """Add an event."""
        self.events.append(Event(self.stack_id, self.name, name, physical_id, type_name, status, why, None))  # type: ignore[arg-type]

    def enter(self, status: str, why: str | None = None) -> None:
        """Enter a status, with its event. The event comes first: clients that poll read events after the status."""
        self._add_stack_event(status, resource_status_reason=why)
        self.stack_status_reason = why
        self.status = status

    def clients(self) -> Clients:
        """The clients of a deployment: those of the stack's role, or of the caller if it has none."""
        own = Clients({"aws_access_key_id": CALLER.get(), "aws_secret_access_key": "unused"}, self.region_name)
        return own.assume(self.role_arn, "AWSCloudFormation") if self.role_arn else own

    def scope(self, template: dict[str, Any], parameters: dict[str, Any]) -> Scope:
        """The names of a template in this stack."""
        scope = Scope(
            self.stack_id,
            self.name,
            parameters,
            self.tags,
            account_id=self.account_id,
            region_name=self.region_name,
            template=template,
            cross_stack_resources=self.backend.exports,
        )
        scope.clients = self.clients()
        scope.load()
        return scope

    def changes(self, template: dict[str, Any], parameters: dict[str, Any]) -> list[Any] | None:
        """What a template would change; None if not even an output."""
        changes = compare(self.existing, self.scope(template, parameters))
        return None if not changes and template.get("Outputs") == self.template_dict.get("Outputs") else changes

    def deploy(self, template: str, parameters: dict[str, Any]) -> None:
        """Deploy in the background, as CloudFormation does."""
        new = Stack.parse_template(template)
        deployment = Deployment(self, self.scope(new, parameters))
        first = self.status == "REVIEW_IN_PROGRESS"
        self.enter("CREATE_IN_PROGRESS" if first else "UPDATE_IN_PROGRESS", "User Initiated")

        def run() -> None:
            try:
                deployment.apply()
                outputs = set_outputs(self, self.backend, deployment.scope, new)
            except Exception as error:
                self.roll_back(deployment, first, error)
                return
            self.template, self.template_dict, self.description = template, new, new.get("Description")
            self.parameters, self.resource_map = parameters, deployment.scope
            self.imports, self.outputs = deployment.scope.imports, outputs or None
            if not first:
                self.enter("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS")
                deployment.clean_up()
            self.enter("CREATE_COMPLETE" if first else "UPDATE_COMPLETE")

        _in_background(run)

    def roll_back(self, deployment: Deployment, first: bool, error: Exception) -> None:
        """https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-failure-options.html"""
        prefix = "" if first else "UPDATE_"
        why = str(error) if isinstance(error, Failed) else reason(error)
        self.enter(f"{prefix}ROLLBACK_IN_PROGRESS", why + ("Rollback requested by user." if first else ""))
        failed = deployment.roll_back()
        if not first and not failed:
            self.enter("UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS")
            deployment.clean_up_rollback()
        self.enter(f"{prefix}ROLLBACK_FAILED" if failed else f"{prefix}ROLLBACK_COMPLETE", "".join(failed) or None)

    def destroy(self) -> None:
        """Delete the stack in the background."""
        scope: Any = self.resource_map
        scope.clients = self.clients()
        self.enter("DELETE_IN_PROGRESS", "User Initiated")

        def run() -> None:
            failed = Deployment(self, scope).remove_all(dict(self.existing))
            if failed:
                self.enter("DELETE_FAILED", f"The following resource(s) failed to delete: [{', '.join(failed)}]. ")
                return
            backend = self.backend
            for export in self.exports:
                backend.exports = _without(backend.exports, export.name)
            self.drop_change_sets()
            backend.deleted_stacks = backend.deleted_stacks | {self.stack_id: self}
            backend.stacks = _without(backend.stacks, self.stack_id)
            self.enter("DELETE_COMPLETE")

        _in_background(run)

    def drop_change_sets(self, keep: Any = None) -> None:
        """Change sets are deleted with their stack, and when another one of the stack is executed.

        https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-changesets-execute.html
        """
        for change_set in self.backend.change_sets.values():
            if change_set.stack is self and change_set is not keep:
                self.backend.change_sets = _without(self.backend.change_sets, change_set.change_set_id)


class LocalChangeSet(ChangeSet):
    """A change set that says what an update would replace."""

    __module__ = ChangeSet.__module__

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.status, self.execution_status = "CREATE_COMPLETE", "AVAILABLE"
        if self.change_set_type == "UPDATE" and self.changes is None:
            self.status, self.execution_status = "FAILED", "UNAVAILABLE"
            text = "The submitted information didn't contain changes."
            self.status_reason = f"{text} Submit different information to create a change set."
        self.changes = self.changes or []  # moto describes no others

    def diff(self) -> Any:
        stack: Any = self.stack
        return stack.changes(self.template_dict, self.parameters)


def _without(table: dict[str, Any], key: str) -> dict[str, Any]:
    """A dictionary without a key. The old one is not changed: another thread may iterate over it."""
    return {other: value for other, value in table.items() if other != key}


def _in_background(work: Callable[[], None]) -> None:
    """CloudFormation answers at once, and its clients poll: the CDK CLI every five seconds. The answer waits a little, so
    that a short deployment is complete when the CLI looks for the first time."""
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(timeout=4)


def _find(backend: Any, name: str) -> LocalStack | None:
    return next((stack for stack in backend.stacks.values() if name in (stack.name, stack.stack_id)), None)


def _new(backend: Any, name: str, options: dict[str, Any]) -> LocalStack:
    account, region = backend.account_id, backend.region_name
    stack: Any = LocalStack(
        stack_id=generate_stack_id(name, region, account),
        name=name,
        template={},
        parameters={},
        account_id=account,
        region_name=region,
        **{option: options.get(option) for option in ("notification_arns", "role_arn", "tags")},
    )
    backend.stacks = backend.stacks | {stack.stack_id: stack}
    return stack


@instead(CloudFormationBackend, "create_change_set")
def create_change_set(backend: Any, stack_name: str, change_set_name: str, **arguments: Any) -> tuple[str, str]:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html"""
    validate_create_change_set(change_set_name)
    known, role_arn = _find(backend, stack_name), arguments["role_arn"]
    stack = known
    if stack is None:
        if arguments["change_set_type"] == "UPDATE":
            raise ValidationError(stack_name)
        stack = _new(backend, stack_name, arguments)
        stack.enter("REVIEW_IN_PROGRESS", "User Initiated")
    busy = stack.status.endswith("_IN_PROGRESS") and stack.status != "REVIEW_IN_PROGRESS"
    if busy or stack.status == "ROLLBACK_COMPLETE":
        raise ValidationError(message=f"Stack:{stack.stack_id} is in {stack.status} state and can not be updated.")
    stack.role_arn = role_arn or stack.role_arn
    change_set_id = generate_changeset_id(change_set_name, backend.region_name, backend.account_id)
    try:
        change_set = LocalChangeSet(change_set_id=change_set_id, change_set_name=change_set_name, stack=stack, **arguments)
    except ValidationError:
        if known is None:  # what is refused leaves no stack
            backend.stacks = _without(backend.stacks, stack.stack_id)
        raise
    for old in list(backend.change_sets.values()):
        if old.stack is stack and old.change_set_name == change_set_name:
            if old.execution_status == "AVAILABLE":
                text = f"ChangeSet {change_set_name} already exists"
                raise refusal("cloudformation", "AlreadyExistsException", text)
            # It was executed or has failed. AWS keeps it, under its ARN.
            backend.change_sets = _without(backend.change_sets, old.change_set_id)
    backend.change_sets = backend.change_sets | {change_set_id: change_set}
    return change_set_id, stack.stack_id


@instead(CloudFormationBackend, "create_stack")
def create_stack(backend: Any, name: str, template: str, parameters: dict[str, Any], **options: Any) -> LocalStack:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html"""
    if _find(backend, name) is not None:
        raise refusal("cloudformation", "AlreadyExistsException", f"Stack [{name}] already exists")
    stack = _new(backend, name, options)
    try:
        stack.deploy(template, parameters)
    except ValidationError:  # what is refused leaves no stack
        backend.stacks = _without(backend.stacks, stack.stack_id)
        raise
    return stack


@instead(CloudFormationBackend, "update_stack")
def update_stack(backend: Any, name: str, template: str, role_arn: str | None, parameters: Any, tags: Any) -> LocalStack:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStack.html"""
    stack = backend.get_stack(name)
    resolved = {
        given["ParameterKey"]: stack.stack_parameters[given["ParameterKey"]]
        if given.get("UsePreviousValue")
        else given["ParameterValue"]
        for given in parameters or []
    }
    stack.role_arn, stack.tags = role_arn or stack.role_arn, tags or stack.tags
    if stack.changes(Stack.parse_template(template), resolved) is None:
        raise ValidationError(message="No updates are to be performed.")
    stack.deploy(template, resolved)
    return stack


@instead(CloudFormationBackend, "delete_stack")
def delete_stack(backend: Any, name_or_stack_id: str) -> None:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStack.html"""
    stack = _find(backend, name_or_stack_id)
    if stack is None:
        return
    for export in stack.exports:
        if users := importers(backend, stack, export.name):
            text = f"Export {export.name} cannot be deleted as it is in use by {' and '.join(users)}"
            raise ValidationError(message=text)
    stack.destroy()


def _change_set(call: Any) -> Any | None:
    """The change set that a call names by its ARN, or by its name and that of its stack."""
    name, stack_name = call._get_param("ChangeSetName"), call._get_param("StackName")
    for change_set in reversed(call.cloudformation_backend.change_sets.values()):
        own = (change_set.change_set_name, change_set.stack_name), (change_set.change_set_name, change_set.stack_id)
        if name == change_set.change_set_id or (name, stack_name) in own:
            return change_set
    return None


def _existing_change_set(call: Any) -> Any:
    change_set = _change_set(call)
    if change_set is None:
        text = f"ChangeSet [{call._get_param('ChangeSetName')}] does not exist"
        raise refusal("cloudformation", "ChangeSetNotFound", text)
    return change_set


@instead(CloudFormationResponse, "describe_change_set")
def describe_change_set(call: Any) -> ActionResult:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeChangeSet.html"""
    return ActionResult(_existing_change_set(call))


@instead(CloudFormationResponse, "delete_change_set")
def delete_change_set(call: Any) -> ActionResult:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteChangeSet.html"""
    change_set, backend = _change_set(call), call.cloudformation_backend
    if change_set is not None:
        backend.change_sets = _without(backend.change_sets, change_set.change_set_id)
    return EmptyResult()


@instead(CloudFormationResponse, "execute_change_set")
def execute_change_set(call: Any) -> ActionResult:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ExecuteChangeSet.html"""
    change_set = _existing_change_set(call)
    if change_set.execution_status != "AVAILABLE":
        text = f"ChangeSet [{change_set.change_set_id}] cannot be executed in its current status of [{change_set.status}]"
        raise refusal("cloudformation", "InvalidChangeSetStatus", text)
    change_set.execution_status = "EXECUTE_COMPLETE"
    stack = change_set.stack
    stack.drop_change_sets(keep=change_set)
    stack.tags = change_set.tags or stack.tags
    stack.deploy(change_set.template, change_set.parameters)
    return EmptyResult()
