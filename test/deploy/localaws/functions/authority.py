"""Who may invoke a function, and what a function may call.

https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
"""

import json
from typing import Any

from moto.awslambda.models import LambdaBackend
from moto.core.responses import ActionResult, BaseResponse
from moto.utilities.utils import get_partition

from ..caller import assumed_role
from ..overlay import before, instead, refusal
from ..services.permissions import allows, exists, lets, trusts
from .credentials import role_of

_INVOKE = "lambda:InvokeFunction"

# The operations by which functions work on the path, and the parameter that names the resource in policies: those without
# one are allowed on "*" alone.
# https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
_SERVICE = "vpc-endpoint-service"
_RESOURCES = {
    "AcceptVpcEndpointConnections": _SERVICE,
    "DescribeVpcEndpointConnections": "",
    "DescribeVpcEndpointServiceConfigurations": "",
    "RejectVpcEndpointConnections": _SERVICE,
    "StartVpcEndpointServicePrivateDnsVerification": _SERVICE,
}


def role_may_invoke(role: str, arn: str) -> bool:
    """Whether a role may invoke a function, by its policies. The role that enters a member of an organization may."""
    return not exists(role) or allows(role, _INVOKE, arn, {})


def service_may_invoke(service: str, function: Any, source: str) -> bool:
    """Whether a service may invoke a function for a resource, such as a topic, by the policy of the function."""
    if not function.policy.statements:
        return False
    policy = json.dumps(function.policy.get_policy()["Policy"])
    context = {"aws:SourceArn": source, "aws:SourceAccount": source.split(":")[4]}
    return lets(policy, service, _INVOKE, function.function_arn, context)


def refuse_invoke(call: Any, arn: str) -> None:
    """Refuse a call of Invoke by a role that may not."""
    role = assumed_role(call)
    if role and not role_may_invoke(role, arn):
        text = f"User: {role} is not authorized to perform: {_INVOKE} on resource: {arn}"
        raise refusal("lambda", "AccessDeniedException", f"{text} because no identity-based policy allows the {_INVOKE} action")


@before(LambdaBackend, "create_function")
def _role(backend: Any, spec: dict[str, Any]) -> None:
    """Lambda must be able to assume the role.

    https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html, and for the words
    https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-deployment.html
    """
    if not trusts(spec["Role"], "lambda.amazonaws.com"):
        text = "The role defined for the function cannot be assumed by Lambda."
        raise refusal("lambda", "InvalidParameterValueException", text)


def _refused(call: Any, role: str) -> Exception | None:
    """Why a function may not make a call: the policies of its role do not allow it.

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html, UnauthorizedOperation
    """
    action, service = call._get_action(), call.boto3_service_name
    if service != "ec2" or action not in _RESOURCES:
        text = f"the local API does not know what {service}:{action} needs, so no function may call it"
        return refusal(service, "AccessDenied", text)
    resource = "*"
    if _RESOURCES[action]:
        account, region = call.current_account, call.region
        resource = f"arn:{get_partition(region)}:ec2:{region}:{account}:{_RESOURCES[action]}/{call._get_param('ServiceId')}"
    if allows(role, f"ec2:{action}", resource, {"ec2:Region": call.region}):
        return None
    text = f"You are not authorized to perform this operation. User: {role} is not authorized to perform: ec2:{action} on"
    return refusal("ec2", "UnauthorizedOperation", f"{text} resource: {resource} because no identity-based policy allows it")


_call_action = BaseResponse.call_action


@instead(BaseResponse, "call_action")
def _checked(call: Any) -> Any:
    """Answer a call, unless a function makes it and may not."""
    role = role_of(call.access_key)
    error = _refused(call, role) if role else None
    if error is None:
        return _call_action(call)
    status, headers, body = call.serialized(ActionResult(error))
    return status, headers | {"status": status}, body
