"""Stacks: what the API of CloudFormation does with them, in place of moto's own."""

from __future__ import annotations

import contextvars
import threading
from typing import Any, Callable

import moto.cloudformation.models as models
from .changeset import compare
from .client import Clients, Credentials
from .deployment import Deployment, Failed, reason
from .export import importers, set_outputs
from moto.cloudformation.exceptions import ValidationError
from moto.cloudformation.models import ChangeSet, CloudFormationBackend, Event, Stack
from moto.cloudformation.parsing import Export
from moto.cloudformation.responses import CloudFormationResponse
from moto.cloudformation.utils import generate_changeset_id, generate_stack_id, validate_create_change_set
from moto.core.responses import ActionResult, EmptyResult
from .refusal import refusal
from .resolver import Scope, Unknown
from .resource import Deployed

_CALLER: contextvars.ContextVar[str] = contextvars.ContextVar("access key of the caller")

_NO_CHANGES = "The submitted information didn't contain changes. Submit different information to create a change set."


class LocalStack(Stack):
    """A stack with what it deployed. Outputs are those of the last deployment that succeeded."""

    __module__ = Stack.__module__  # moto files its models by their modules

    def __init__(self, **arguments: Any) -> None:
        self.deployed: dict[str, Deployed] = {}
        self.output_list: list[dict[str, Any]] = []
        self.export_list: list[Export] = []
        self.imports: set[str] = set()
        super().__init__(**arguments)

    @property
    def stack_name(self) -> str:
        return self.name

    @property
    def stack_status(self) -> str:
        return self.status

    @property
    def stack_parameters(self) -> dict[str, Any]:
        """Parameters as they were given, which UsePreviousValue repeats: the name of an SSM parameter, not its value."""
        declared = self.template_dict.get("Parameters", {})
        return {name: self.parameters.get(name, parameter.get("Default")) for name, parameter in declared.items()}

    @property
    def parameter_list(self) -> list[dict[str, Any]]:
        return [{"ParameterKey": name, "ParameterValue": value} for name, value in self.stack_parameters.items()]

    @property
    def outputs(self) -> list[dict[str, Any]] | None:
        return self.output_list or None

    @property
    def exports(self) -> list[Export]:
        return self.export_list

    @property
    def stack_resources(self) -> Any:
        return list(self.deployed.values())

    def record(self, status: str, name: str, physical_id: str, type_name: str, why: str | None = None) -> None:
        """Add an event."""
        self.events.append(Event(self.stack_id, self.name, name, physical_id, type_name, status, why, None))

    def turn(self, status: str, why: str | None = None) -> None:
        """Go over to a status, with its event. The event comes first: whoever polls reads events after the status."""
        self._add_stack_event(status, resource_status_reason=why)
        self.stack_status_reason = why
        self.status = status

    def scope(self, template: dict[str, Any], parameters: dict[str, Any], clients: Clients) -> Scope:
        """The names of a template in this stack."""
        found = Scope(
            self.stack_id,
            self.name,
            parameters,
            self.tags,
            account_id=self.account_id,
            region_name=self.region_name,
            template=template,
            cross_stack_resources=_backend_of(self).exports,
        )
        found.clients = clients
        found.load()
        return found


def _backend_of(stack: LocalStack) -> Any:
    return models.cloudformation_backends[stack.account_id][stack.region_name]


def _without(table: dict[str, Any], key: str) -> dict[str, Any]:
    """A dictionary without a key. The old one stays as it is for who goes through it at this moment."""
    return {other: value for other, value in table.items() if other != key}


def _clients(stack: LocalStack) -> Clients:
    """The clients of a deployment: those of the stack's role, or of whoever asked where it has none."""
    own = Clients(Credentials(_CALLER.get()), stack.region_name)
    return own.assume(stack.role_arn, "AWSCloudFormation") if stack.role_arn else own


def _find(backend: Any, name: str) -> LocalStack | None:
    return next((s for s in backend.stacks.values() if name in (s.name, s.stack_id)), None)


def _new(backend: Any, name: str, role_arn: str | None, tags: Any, notification_arns: Any) -> LocalStack:
    stack = LocalStack(
        stack_id=generate_stack_id(name, backend.region_name, backend.account_id),
        name=name,
        template={},
        parameters={},
        account_id=backend.account_id,
        region_name=backend.region_name,
        notification_arns=notification_arns,
        tags=tags,
        role_arn=role_arn,
    )
    stack.status = "REVIEW_IN_PROGRESS"
    backend.stacks = backend.stacks | {stack.stack_id: stack}
    return stack


def create_change_set(
    self: Any,
    stack_name: str,
    change_set_name: str,
    template: str,
    parameters: dict[str, str],
    description: str,
    change_set_type: str,
    notification_arns: list[str] | None = None,
    tags: dict[str, str] | None = None,
    role_arn: str | None = None,
) -> tuple[str, str]:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html"""
    validate_create_change_set(change_set_name)
    stack = _find(self, stack_name)
    if stack is None:
        if change_set_type == "UPDATE":
            raise ValidationError(stack_name)
        stack = _new(self, stack_name, role_arn, tags, notification_arns)
        stack.turn("REVIEW_IN_PROGRESS", "User Initiated")
    if stack.status.endswith("_IN_PROGRESS") and stack.status != "REVIEW_IN_PROGRESS" or stack.status == "ROLLBACK_COMPLETE":
        raise ValidationError(message=f"Stack:{stack.stack_id} is in {stack.status} state and can not be updated.")
    stack.role_arn = role_arn or stack.role_arn
    change_set_id = generate_changeset_id(change_set_name, self.region_name, self.account_id)
    change_set = LocalChangeSet(
        change_set_type=change_set_type,
        change_set_id=change_set_id,
        change_set_name=change_set_name,
        stack=stack,
        template=template,
        parameters=parameters,
        description=description,
        notification_arns=notification_arns,
        tags=tags,
        role_arn=role_arn,
    )
    for old in list(self.change_sets.values()):
        if old.stack is stack and old.change_set_name == change_set_name:
            if old.execution_status == "AVAILABLE":
                text = f"ChangeSet {change_set_name} already exists"
                raise refusal("cloudformation", "AlreadyExistsException", text)
            self.change_sets = _without(self.change_sets, old.change_set_id)  # executed or failed; AWS keeps those apart by their ARNs
    self.change_sets = self.change_sets | {change_set_id: change_set}
    return change_set_id, stack.stack_id


class LocalChangeSet(ChangeSet):
    """A change set that says what would be replaced."""

    __module__ = ChangeSet.__module__

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        same_outputs = self.template_dict.get("Outputs") == self.stack.template_dict.get("Outputs")
        if self.change_set_type == "UPDATE" and not self.changes and same_outputs:
            self.status, self.execution_status, self.status_reason = "FAILED", "UNAVAILABLE", _NO_CHANGES
        else:
            self.status, self.execution_status = "CREATE_COMPLETE", "AVAILABLE"

    def diff(self) -> Any:
        stack: Any = self.stack
        scope = stack.scope(self.template_dict, self.parameters, _clients(stack))
        return compare(stack.deployed, scope, self.template_dict)


def _drop_change_sets(stack: LocalStack, keep: Any = None) -> None:
    """Change sets end with what they were made for: with their stack, and when one of them is executed.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-changesets-execute.html
    """
    backend = _backend_of(stack)
    for change_set in backend.change_sets.values():
        if change_set.stack is stack and change_set is not keep:
            backend.change_sets = _without(backend.change_sets, change_set.change_set_id)


def _change_set(request: Any) -> Any | None:
    """The change set that a request names by its ARN, or by its name and that of its stack."""
    name, stack_name = request._get_param("ChangeSetName"), request._get_param("StackName")
    for change_set in reversed(request.cloudformation_backend.change_sets.values()):
        own = (change_set.change_set_name, change_set.stack_name), (change_set.change_set_name, change_set.stack_id)
        if name == change_set.change_set_id or (name, stack_name) in own:
            return change_set
    return None


def describe_change_set(self: Any) -> ActionResult:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeChangeSet.html"""
    change_set = _change_set(self)
    if change_set is None:
        raise refusal("cloudformation", "ChangeSetNotFound", f"ChangeSet [{self._get_param('ChangeSetName')}] does not exist")
    return ActionResult(change_set)


def delete_change_set(self: Any) -> ActionResult:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteChangeSet.html"""
    change_set = _change_set(self)
    if change_set is not None:
        backend = self.cloudformation_backend
        backend.change_sets = _without(backend.change_sets, change_set.change_set_id)
    return EmptyResult()


def execute_change_set(self: Any) -> ActionResult:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ExecuteChangeSet.html"""
    describe_change_set(self)
    change_set: Any = _change_set(self)
    if change_set.execution_status != "AVAILABLE":
        text = f"ChangeSet [{change_set.change_set_id}] cannot be executed in its current status of [{change_set.status}]"
        raise refusal("cloudformation", "InvalidChangeSetStatus", text)
    change_set.execution_status = "EXECUTE_COMPLETE"
    stack = change_set.stack
    _drop_change_sets(stack, keep=change_set)
    stack.tags = change_set.tags or stack.tags
    _start(stack, change_set.template, change_set.parameters)
    return EmptyResult()


def create_stack(self: Any, name: str, template: str, parameters: dict[str, Any], **options: Any) -> LocalStack:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html"""
    if _find(self, name) is not None:
        raise models.AlreadyExistsException(f"Stack [{name}] already exists")
    stack = _new(self, name, options.get("role_arn"), options.get("tags"), options.get("notification_arns"))
    _start(stack, template, parameters)
    return stack


def update_stack(self: Any, name: str, template: str, role_arn: str | None, parameters: Any, tags: Any) -> LocalStack:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStack.html"""
    stack = self.get_stack(name)
    resolved = {
        given["ParameterKey"]: stack.stack_parameters[given["ParameterKey"]]
        if given.get("UsePreviousValue")
        else given["ParameterValue"]
        for given in parameters or []
    }
    stack.role_arn, stack.tags = role_arn or stack.role_arn, tags or stack.tags
    scope = stack.scope(Stack.parse_template(template), resolved, _clients(stack))
    new = Stack.parse_template(template)
    if not compare(stack.deployed, scope, new) and new.get("Outputs") == stack.template_dict.get("Outputs"):
        raise ValidationError(message="No updates are to be performed.")
    _start(stack, template, resolved)
    return stack


def _in_background(work: Callable[[], None]) -> None:
    """CloudFormation answers at once, and who asked polls: the CDK CLI each five seconds. The answer waits a little, so that
    a short deployment is over when the CLI looks for the first time."""
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(timeout=4)


def _start(stack: LocalStack, template: str, parameters: dict[str, Any]) -> None:
    """Deploy in the background, as CloudFormation does."""
    new = Stack.parse_template(template)
    scope = stack.scope(new, parameters, _clients(stack))
    first = stack.status == "REVIEW_IN_PROGRESS"
    stack.turn("CREATE_IN_PROGRESS" if first else "UPDATE_IN_PROGRESS", "User Initiated")

    def run() -> None:
        deployment = Deployment(stack, scope, stack.deployed, stack.record)
        try:
            deployment.apply()
            outputs = set_outputs(stack, _backend_of(stack), scope, new)
        except Exception as error:
            _roll_back(stack, deployment, first, error)
            return
        stack.template, stack.template_dict, stack.description = template, new, new.get("Description")
        stack.parameters, stack.resource_map = parameters, scope
        stack.imports = scope.imports
        stack.output_list = outputs
        if not first:
            stack.turn("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS")
            deployment.clean_up()
        stack.turn("CREATE_COMPLETE" if first else "UPDATE_COMPLETE")

    _in_background(run)


def _roll_back(stack: LocalStack, deployment: Deployment, first: bool, error: Exception) -> None:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-failure-options.html"""
    prefix = "" if first else "UPDATE_"
    why = str(error) if isinstance(error, Failed) else reason(error)
    stack.turn(f"{prefix}ROLLBACK_IN_PROGRESS", why + ("Rollback requested by user." if first else ""))
    failed = deployment.roll_back()
    if not first and not failed:
        stack.turn("UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS")
        deployment.give_up()
    stack.turn(f"{prefix}ROLLBACK_FAILED" if failed else f"{prefix}ROLLBACK_COMPLETE", "".join(failed) or None)


def delete_stack(self: Any, name_or_stack_id: str) -> None:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStack.html"""
    stack = _find(self, name_or_stack_id)
    if stack is None:
        return
    for export in stack.export_list:
        if users := importers(self, stack, export.name):
            text = f"Export {export.name} cannot be deleted as it is in use by {' and '.join(users)}"
            raise ValidationError(message=text)
    stack.resource_map.clients = _clients(stack)
    stack.turn("DELETE_IN_PROGRESS", "User Initiated")

    def run() -> None:
        deployment = Deployment(stack, stack.resource_map, stack.deployed, stack.record)
        failed = deployment.remove_all(dict(stack.deployed))
        if failed:
            stack.turn("DELETE_FAILED", f"The following resource(s) failed to delete: [{', '.join(failed)}]. ")
            return
        for export in stack.export_list:
            self.exports = _without(self.exports, export.name)
        _drop_change_sets(stack)
        self.deleted_stacks = self.deleted_stacks | {stack.stack_id: stack}
        self.stacks = _without(self.stacks, stack.stack_id)
        stack.turn("DELETE_COMPLETE")

    _in_background(run)


def _remember_caller(action: Any) -> Any:
    def remembered(self: Any) -> Any:
        token = _CALLER.set(self.access_key)
        try:
            return action(self)
        except Unknown as error:
            raise ValidationError(message=reason(error)) from error
        finally:
            _CALLER.reset(token)

    return remembered


def install() -> None:
    """Put these stacks in the place of moto's."""
    models.ResourceMap = Scope  # type: ignore[misc]
    backend: Any = CloudFormationBackend
    for action in (create_change_set, create_stack, update_stack, delete_stack):
        setattr(backend, action.__name__, action)
    response: Any = CloudFormationResponse
    for action in (describe_change_set, delete_change_set, execute_change_set):
        setattr(response, action.__name__, action)
    for name in ("create_change_set", "execute_change_set", "create_stack", "update_stack", "delete_stack"):
        setattr(response, name, _remember_caller(getattr(response, name)))
