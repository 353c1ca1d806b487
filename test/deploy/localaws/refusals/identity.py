"""Callers, and the roles that trust them."""

import json
import sys
from typing import Any

from moto.iam.models import iam_backends
from moto.sts.responses import TokenResponse
from moto.utilities.utils import get_partition

from ..caller import assumed_role
from ..overlay import before, refusal

# The role through which the management account of an organization enters its members: the tests enter the second account
# by it before anything is bootstrapped there.
# https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access-cross-account-role.html
_MEMBER_ROLE = "OrganizationAccountAccessRole"


def principals_of(call: Any) -> set[str]:
    """The ARNs that allow the caller: its role, its account, and everybody.

    https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html#add-remove-permissions
    """
    role = assumed_role(call)
    return {"*", f"arn:{get_partition(call.region)}:iam::{call.current_account}:root"} | ({role} if role else set())


def _trusts(policy: dict[str, Any], call: Any) -> bool:
    """Whether a trust policy allows the caller.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    """
    for statement in policy.get("Statement", []):
        principal = statement.get("Principal", {})
        named = principal if isinstance(principal, str) else principal.get("AWS", [])
        named = {named} if isinstance(named, str) else set(named)
        if statement["Effect"] == "Allow" and named & (principals_of(call) | {call.current_account}):
            return True
    return False


@before(TokenResponse, "assume_role")
def _assume_role(call: Any) -> None:
    """CloudFormation assumes a role as a service; here it does so with the credentials of its caller."""
    arn = call._get_param("RoleArn")
    account, name = arn.split(":")[4], arn.rsplit("/", 1)[1]
    if name == _MEMBER_ROLE:
        return
    roles = iam_backends[account][get_partition(call.region)].roles.values()
    document: Any = next((role.assume_role_policy_document for role in roles if role.arn == arn), None)
    policy = json.loads(document) if isinstance(document, str) else document
    by_service = call._get_param("RoleSessionName") == "AWSCloudFormation"
    if policy and ((by_service and "cloudformation.amazonaws.com" in str(policy)) or _trusts(policy, call)):
        return
    caller = assumed_role(call) or f"the account {call.current_account}"
    text = f"User: {caller} is not authorized to perform: sts:AssumeRole on resource: {arn}"
    print(
        f"{text}; its trust policy is {policy}; the caller is {sorted(principals_of(call))}", file=sys.stderr
    )  # the CLI hides it
    raise refusal("sts", "AccessDenied", text)
