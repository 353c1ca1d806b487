"""Parameters of Systems Manager: what Parameter Store refuses."""

from ..caller import assumed_role
from ..services.api import Call, Values
from ..services.ssm import (
    ADVANCED,
    ADVANCED_SIZE,
    GUIDE,
    REFERENCE,
    SSM,
    STANDARD,
    STANDARD_SIZE,
    foreign,
    named,
    permitted,
    place_of,
    readable,
)

_READ = "GetParameter GetParameters"
_SHARED = f"{GUIDE}parameter-store-shared-parameters.html"
_TIERS = f"{GUIDE}parameter-store-advanced-parameters.html"


def _names(call: Call) -> list[str]:
    return [call.get("Name")] if call.operation == "GetParameter" else call.get("Names")


@SSM.refuses(
    "parameter of another Region",
    _READ,
    "ValidationException",
    "The parameter {name} is not in {region}",
    _SHARED,
    "the code and the words; a Region has its own parameters, and no page names another one's in a call",
)
def _region(call: Call) -> Values | None:
    for name in _names(call):
        place = place_of(name)
        if place and place[1] != call.region:
            return {"name": name, "region": call.region}
    return None


# A parameter that is not shared and one that does not exist get the same answer.
@SSM.refuses(
    "parameter that is not shared",
    _READ,
    "AccessDeniedException",
    "User: {caller} is not authorized to perform: ssm:{operation} on resource: {name} because no resource-based policy allows "
    "the ssm:{operation} action",
    _SHARED,
    "the words, which are those of IAM: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
)
def _not_shared(call: Call) -> Values | None:
    for name in _names(call):
        if not readable(name, call.account):
            return {"caller": call.caller, "operation": call.operation, "name": name}
    return None


# Access across accounts needs both: the share, and the policies of the caller.
@SSM.refuses(
    "caller that may not read",
    _READ,
    "AccessDeniedException",
    "User: {caller} is not authorized to perform: ssm:{operation} on resource: {name} because no identity-based policy allows "
    "the ssm:{operation} action",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html",
    # the words: github.com/aws-solutions/aws-control-tower-customizations/issues/208
)
def _identity(call: Call) -> Values | None:
    role = assumed_role(call.response)
    for name in _names(call):
        if foreign(name, call.account) and not permitted(role, call.operation, name):
            return {"caller": call.caller, "operation": call.operation, "name": name}
    return None


# "You can't enter the Amazon Resource Name (ARN) for a parameter, only the parameter name itself."
@SSM.refuses(
    "ARN for a name",
    "PutParameter",
    "ValidationException",
    "Parameter name must not be an ARN: {name}",
    f"{REFERENCE}API_PutParameter.html",
    "the words",
)
def _arn(call: Call) -> Values | None:
    name = call.get("Name")
    return {"name": name} if place_of(name) else None


# "You can't include values wrapped in double brackets {{}} or {{ssm:parameter-name}} in a parameter value."
@SSM.refuses(
    "parameter in a parameter",
    "PutParameter",
    "ValidationException",
    'Parameter value can\'t nest another parameter. Do not use "{{{{}}}}" in the value.',
    f"{REFERENCE}API_PutParameter.html",
    "the words",
)
def _nested(call: Call) -> Values | None:
    _, opened, rest = call.get("Value").partition("{{")
    return {} if opened and "}}" in rest else None


# The words: github.com/hashicorp/terraform-provider-aws, internal/service/ssm/parameter.go.
@SSM.refuses(
    "advanced parameter made standard",
    "PutParameter",
    "ValidationException",
    "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier to the "
    "standard-parameter tier. If necessary, you can delete the advanced parameter and recreate it as a standard parameter.",
    _TIERS,
)
def _downgrade(call: Call) -> Values | None:
    old = named(call.get("Name"), call.account, call.region)
    return {} if old and old.tier == ADVANCED and call.get("Tier") == STANDARD else None


# The words: github.com/aws/aws-sdk-net/issues/3157.
@SSM.refuses(
    "size of a standard parameter",
    "PutParameter",
    "ValidationException",
    "Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade "
    f"the parameter to use the advanced-parameter tier. For more information, see {_TIERS}",
    _TIERS,
)
def _standard_size(call: Call) -> Values | None:
    old = named(call.get("Name"), call.account, call.region)
    tier = call.get("Tier") or (old.tier if old else STANDARD)
    return {} if tier == STANDARD and len(call.get("Value")) > STANDARD_SIZE else None


@SSM.refuses(
    "size of an advanced parameter",
    "PutParameter",
    "ValidationException",
    "Advanced tier parameters support a maximum parameter value of 8192 characters.",
    _TIERS,
    "the words, by analogy to those of standard parameters",
)
def _advanced_size(call: Call) -> Values | None:
    return {} if len(call.get("Value")) > ADVANCED_SIZE else None
