"""Parameter Store of Systems Manager: parameters by name and by ARN, their tiers, and what is shared. moto keeps them.

https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-shared-parameters.html
"""

from __future__ import annotations

from typing import Any

from moto.ssm.models import SimpleSystemManagerBackend, ssm_backends
from moto.ssm.responses import SimpleSystemManagerResponse

from ..overlay import after, instead
from . import permissions
from .api import Api
from .ram import shared_with

SSM = Api(SimpleSystemManagerResponse, "ValidationException")

GUIDE = "https://docs.aws.amazon.com/systems-manager/latest/userguide/"
REFERENCE = "https://docs.aws.amazon.com/systems-manager/latest/APIReference/"

STANDARD, ADVANCED, EITHER = "Standard", "Advanced", "Intelligent-Tiering"
STANDARD_SIZE, ADVANCED_SIZE = 4096, 8192


@after(SimpleSystemManagerResponse, "__init__")
def _parse(response: Any, result: None, *arguments: Any, **named: Any) -> None:
    """Refusals see the parameters of a call by its model."""
    response.automated_parameter_parsing = True


for _operation in ("GetParameter", "GetParameters", "PutParameter"):
    SSM.checks(_operation)


def place_of(name: str) -> tuple[str, str] | None:
    """The account and the Region of a parameter that is named by its ARN."""
    parts = name.split(":", 5)
    if len(parts) < 6 or parts[:3:2] != ["arn", "ssm"]:
        return None
    return parts[4], parts[3]


def foreign(name: str, account: str) -> bool:
    """Whether a name is the ARN of a parameter of another account."""
    place = place_of(name)
    return place is not None and place[0] != account


def named(name: str, account: str, region: str) -> Any | None:
    """The parameter that an account names, if it exists: its own one by the name or the ARN, that of another by the ARN."""
    owner, there = place_of(name) or (account, region)
    return _get_parameter(ssm_backends[owner][there], name)


def readable(name: str, account: str) -> bool:
    """Whether an account may read a parameter: its own one, or one that is shared with it.

    Each permission of a share allows that: see permissions sets in the guide.
    """
    arn = ":".join(name.split(":")[:6])  # without a version or a label
    return not foreign(name, account) or shared_with(arn, account)


def permitted(role: str | None, action: str, arn: str) -> bool:
    """Whether the policies of a caller allow to read a parameter of another account. IAM knows no policies of an unknown role."""
    return role is None or not permissions.exists(role) or permissions.allows(role, f"ssm:{action}", arn, {})


_get_parameter: Any = SimpleSystemManagerBackend.get_parameter


@instead(SimpleSystemManagerBackend, "get_parameter")
def get_parameter(backend: Any, name: str) -> Any | None:
    """By the ARN of another account too. What may not be read has been refused."""
    return named(name, backend.account_id, backend.region_name)


@instead(SimpleSystemManagerBackend, "get_parameters")
def get_parameters(backend: Any, names: list[str]) -> dict[str, Any]:
    """By ARN too, which moto does not find."""
    found = {name: get_parameter(backend, name) for name in names}
    return {name: parameter for name, parameter in found.items() if parameter is not None}


_put_parameter: Any = SimpleSystemManagerBackend.put_parameter


@instead(SimpleSystemManagerBackend, "put_parameter")
def put_parameter(backend: Any, name: str, *arguments: Any, **named: Any) -> Any:
    """A parameter has one of two tiers: Parameter Store chooses it where the request does not."""
    made = _put_parameter(backend, name, *arguments, **named)
    if made.tier == EITHER:
        earlier = backend._parameters[name][:-1]
        needed = made.policies or len(made.value) > STANDARD_SIZE or (earlier and earlier[-1].tier == ADVANCED)
        made.tier = ADVANCED if needed else STANDARD
    return made
