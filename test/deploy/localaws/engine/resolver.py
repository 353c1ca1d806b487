"""The values of a template, by moto's intrinsic functions and those that it lacks. No resource is created for a value."""

import re
from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError
from moto.cloudformation import parsing
from moto.cloudformation.exceptions import ValidationError
from moto.cloudformation.parsing import ResourceMap
from moto.ssm.models import ssm_backends

from ..client import Clients
from ..overlay import instead
from .resource import Resource
from .rule import check_rules


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
            return _without_none(parsing.clean_json(value, self))
        except (IndexError, TypeError, AttributeError) as error:
            raise ValidationError(message=f"Template error: {value} cannot be resolved: {error}") from error

    def check_stored_parameters(self) -> None:
        """Parameters that name one of Systems Manager have its value at the time of the operation.

        https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
        The words on types are those of github.com/aws/aws-cdk/issues/10016.
        """
        missing, secret = [], []
        for name, declared in self._template.get("Parameters", {}).items():
            if not declared["Type"].startswith("AWS::SSM::Parameter::Value<"):
                continue
            stored = self.input_parameters.get(name, declared.get("Default"))
            found = stored and ssm_backends[self._account_id][self._region_name].get_parameter(stored)
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
    clients = Clients(scope.clients.credentials, region)
    try:
        if "RoleArn" in wanted:
            clients = clients.assume(wanted["RoleArn"], "GetStackOutput", region)
        stack = clients.of("cloudformation").describe_stacks(StackName=wanted["StackName"])["Stacks"][0]
    except ClientError as error:
        # Assumption: the words. AWS documents that the role of the deployment must be allowed to assume the role.
        raise ValidationError(message=f"Fn::GetStackOutput of {wanted['StackName']}: {error}") from error
    for output in stack.get("Outputs", []):
        if output["OutputKey"] == wanted["OutputName"]:
            return str(output["OutputValue"])
    raise ValidationError(message=f"Output {wanted['OutputName']} not found in stack {wanted['StackName']}")


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
