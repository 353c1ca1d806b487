"""The values of a template, by moto's intrinsic functions and those that it lacks. No resource is created for a value."""

import re
from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError
from moto.cloudformation import parsing
from moto.cloudformation.exceptions import ValidationError
from moto.cloudformation.parsing import ResourceMap

from ..client import Clients
from ..overlay import instead
from ..services import permissions, ssm
from .resource import Resource
from .rule import check_rules

_DYNAMIC = re.compile(r"\{\{resolve:ssm:([^}]*)\}\}")
_REFERENCE = re.compile(r"[a-zA-Z0-9_.\-/]+(:\d+)?")


class Unknown(Exception):
    """A value that is known only after the deployment."""

    def __init__(self, cause: str) -> None:
        super().__init__(cause)
        self.cause = cause


class Scope(ResourceMap):
    """The names of a template: parameters, pseudo parameters, and the resources that exist."""

    clients: Clients | None = None

    def load(self) -> None:
        self.imports: set[str] = set()
        self.load_mapping()
        self.check_stored_parameters()
        self.load_parameters()
        self.check_parameters()
        check_rules(self._template.get("Rules", {}), self.resolve)
        self.load_conditions()

    def __getitem__(self, key: str) -> Any:
        if key in self._parsed_resources:
            return self._parsed_resources[key]
        if key in self._resource_json_map:
            raise Unknown(key)
        text = f"Template format error: Unresolved resource dependencies [{key}] in the Resources block of the template"
        raise ValidationError(message=text)

    def __iter__(self) -> Iterator[str]:
        return iter(name for name in self._resource_json_map if isinstance(self._parsed_resources.get(name), Resource))

    def template_resources(self) -> dict[str, Any]:
        """The resources of the template whose conditions hold."""
        return {
            name: resource
            for name, resource in self._resource_json_map.items()
            if "Condition" not in resource or self.lazy_condition_map[resource["Condition"]]
        }

    def put(self, name: str, resource: Any) -> None:
        """Set what a logical ID refers to."""
        self._parsed_resources[name] = resource

    def resolve(self, value: Any) -> Any:
        """A value of the template."""
        try:
            return self._stored(_without_none(parsing.clean_json(value, self)))
        except (IndexError, TypeError, AttributeError) as error:
            raise ValidationError(message=f"Template error: {value} cannot be resolved: {error}") from error

    def _stored(self, value: Any) -> Any:
        """A value with the stored parameters that dynamic references name.

        https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-ssm.html
        """
        if isinstance(value, list):
            return [self._stored(item) for item in value]
        if isinstance(value, dict):
            return {key: self._stored(item) for key, item in value.items()}
        return _DYNAMIC.sub(self._dynamic, value) if isinstance(value, str) else value

    def _dynamic(self, reference: re.Match[str]) -> str:
        """A dynamic reference has a name, and no ARN: "shared parameters … do not currently support … dynamic references" in
        https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-shared-parameters.html
        The words: a label is refused with them. Assumption: an ARN too, as neither has the form of the page.
        """
        if not _REFERENCE.fullmatch(reference[1]):
            text = f"Incorrect format is used in the following SSM reference: [{reference[0]}]"
            raise ValidationError(message=text)
        found = ssm.named(reference[1], self._account_id, self._region_name)
        if not found:
            text = f"Unable to fetch parameters [{reference[1]}] from parameter store for this account."
            raise ValidationError(message=text)
        return found.value

    def check_stored_parameters(self) -> None:
        """Parameters that name one of Systems Manager have its value at the time of the operation.

        https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
        The words on types are those of github.com/aws/aws-cdk/issues/10016, those on access are those of
        github.com/aws-samples/aws-cross-account-cicd-pipeline/issues/33.
        Assumption: CloudFormation looks in its own Region alone, also for an ARN.
        """
        missing, secret = [], []
        for name, declared in self._template.get("Parameters", {}).items():
            if not declared["Type"].startswith("AWS::SSM::Parameter::Value<"):
                continue
            stored = self.input_parameters.get(name, declared.get("Default"))
            place = ssm.place_of(stored or "")
            elsewhere = place is not None and place[1] != self._region_name
            if stored and not elsewhere and not self.may_read(stored):
                raise ValidationError(message="AccessDenied. User doesn't have permission to call ssm:GetParameters")
            found = ssm.named(stored, self._account_id, self._region_name) if stored and not elsewhere else None
            if not found:
                missing.append(str(stored))
            elif found.parameter_type == "SecureString":
                secret.append(str(stored))
        if missing:
            text = f"Unable to fetch parameters [{','.join(missing)}] from parameter store for this account."
            raise ValidationError(message=text)
        if secret:
            text = f"Parameters [{','.join(secret)}] referenced by template have types not supported by CloudFormation."
            raise ValidationError(message=text)

    def may_read(self, name: str) -> bool:
        """Whether the deployment may read a stored parameter: one of another account must be shared with this one."""
        role = self.clients.role if self.clients else None
        own = not ssm.foreign(name, self._account_id)
        return own or (ssm.readable(name, self._account_id) and ssm.permitted(role, "GetParameters", name))

    def check_parameters(self) -> None:
        """https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html"""
        for name, declared in self._template.get("Parameters", {}).items():
            value = str(self.resolved_parameters.get(name))
            allowed, pattern = declared.get("AllowedValues"), declared.get("AllowedPattern")
            refused = allowed is not None and value not in map(str, allowed)
            if refused or (pattern is not None and not re.fullmatch(pattern, value)):
                why = declared.get("ConstraintDescription") or f"must match pattern {pattern}"
                raise ValidationError(message=f"Parameter {name} failed to satisfy constraint: {why}")


def _without_none(value: Any) -> Any:
    """AWS::NoValue removes an item from a list too, where moto leaves it."""
    if isinstance(value, list):
        return [_without_none(item) for item in value if item is not None]
    if isinstance(value, dict):
        return {key: _without_none(item) for key, item in value.items() if item is not None}
    return value


def _stack_output(arguments: dict[str, Any], scope: Scope) -> str:
    """Fn::GetStackOutput, read with the credentials of the deployment, or with those of a role.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html
    """
    wanted = {key: parsing.clean_json(value, scope) for key, value in arguments.items()}
    if scope.clients is None:
        raise Unknown(f"Fn::GetStackOutput of {wanted['StackName']}")
    region = wanted.get("Region", scope.clients.region)
    clients = Clients(scope.clients.credentials, region, scope.clients.role)
    try:
        if "RoleArn" in wanted:
            clients = clients.assume(wanted["RoleArn"], "GetStackOutput", region)
        stack = clients.of("cloudformation").describe_stacks(StackName=wanted["StackName"])["Stacks"][0]
    except ClientError as error:
        # Assumption: the words. AWS documents that the role of the deployment must be allowed to assume the role.
        raise ValidationError(message=f"Fn::GetStackOutput of {wanted['StackName']}: {error}") from error
    _check_describe(clients.role, stack["StackId"])
    for output in stack.get("Outputs", []):
        if output["OutputKey"] == wanted["OutputName"]:
            return str(output["OutputValue"])
    raise ValidationError(message=f"Output {wanted['OutputName']} not found in stack {wanted['StackName']}")


def _check_describe(role: str | None, stack: str) -> None:
    """The role of the function needs cloudformation:DescribeStacks. Assumption: the words, which are those of IAM."""
    action = "cloudformation:DescribeStacks"
    if role and permissions.exists(role) and not permissions.allows(role, action, stack, {}):
        text = f"User: {role} is not authorized to perform: {action} on resource: {stack}"
        raise ValidationError(message=f"Fn::GetStackOutput: {text}")


# The functions that moto resolves; it would leave any other in the properties as it is.
_VALUES = "Base64 FindInMap GetAZs GetAtt If ImportValue Join Select Split Sub ToJsonString"
_CONDITIONS = "And Equals Not Or"
_INTRINSICS = {f"Fn::{name}" for name in f"{_VALUES} {_CONDITIONS}".split()}

_clean_json: Any = parsing.clean_json


def _clean(value: Any, scope: Any) -> Any:
    if isinstance(value, dict) and len(value) == 1:
        ((function, argument),) = value.items()
        if function == "Fn::GetStackOutput":
            return _stack_output(argument, scope)
        if function == "Fn::ImportValue" and isinstance(scope, Scope):
            scope.imports.add(str(parsing.clean_json(argument, scope)))
        elif function == "Fn::GetAtt" and isinstance(argument, list) and len(argument) > 2:
            # moto splits the short form of YAML, !GetAtt Association.DnsEntry.DomainName, at each dot
            value = {function: [argument[0], ".".join(argument[1:])]}
        elif function.startswith("Fn::") and function not in _INTRINSICS:
            raise ValidationError(message=f"the local API does not support {function}")
    return _clean_json(value, scope)


instead(parsing, "clean_json")(_clean)
