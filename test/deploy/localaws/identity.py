"""Who calls, and whom a role trusts."""

from __future__ import annotations

import json
import sys
from typing import Any

from moto.iam.models import iam_backends
from moto.sts.models import sts_backends
from moto.sts.responses import TokenResponse
from moto.utilities.utils import get_partition

from .refusal import refusal

# The role through which an organization's management account enters its members. It is how the tests get into the
# second account before anything is bootstrapped there.
# https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access-cross-account-role.html
_MEMBER_ROLE = "OrganizationAccountAccessRole"


def assumed_role(request: Any) -> str | None:
    """The role as which a request is made, if it is one."""
    backend = sts_backends[request.current_account][get_partition(request.region)]
    role = backend.get_assumed_role_from_access_key(request.access_key)
    return role.role_arn if role else None


def principals_of(request: Any) -> set[str]:
    """The ARNs under which the caller can be listed: its role, its account, and everybody.

    https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html#add-remove-permissions
    """
    partition = get_partition(request.region)
    found = {"*", f"arn:{partition}:iam::{request.current_account}:root"}
    role = assumed_role(request)
    return found | {role} if role else found


def trusts(document: dict[str, Any], caller: set[str], account: str) -> bool:
    """Whether a trust policy lets a caller in. CloudFormation comes as a service, with the credentials of who asked.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    """
    for statement in document.get("Statement", []):
        principal = statement.get("Principal", {})
        named = principal if isinstance(principal, str) else principal.get("AWS", [])
        named = {named} if isinstance(named, str) else set(named)
        if statement["Effect"] == "Allow" and named & (caller | {account}):
            return True
    return False


def _assume(plain: Any) -> Any:
    def assume_role(self: Any) -> Any:
        arn = self._get_param("RoleArn")
        account, name = arn.split(":")[4], arn.rsplit("/", 1)[1]
        role = next((r for r in iam_backends[account][get_partition(self.region)].roles.values() if r.arn == arn), None)
        service = self._get_param("RoleSessionName") == "AWSCloudFormation"
        if name != _MEMBER_ROLE and (role is None or not (service and _for_service(role) or _for_caller(self, role))):
            caller = assumed_role(self) or f"the account {self.current_account}"
            text = f"User: {caller} is not authorized to perform: sts:AssumeRole on resource: {arn}"
            trusted = "there is no such role" if role is None else f"it trusts {_document(role)}"
            print(f"{text}; {trusted}; the caller is {sorted(principals_of(self))}", file=sys.stderr)  # for whoever looks for why
            raise refusal("sts", "AccessDenied", text)
        return plain(self)

    return assume_role


def _document(role: Any) -> dict[str, Any]:
    document = role.assume_role_policy_document
    return document if isinstance(document, dict) else json.loads(document)


def _for_service(role: Any) -> bool:
    return "cloudformation.amazonaws.com" in str(_document(role))


def _for_caller(request: Any, role: Any) -> bool:
    return trusts(_document(role), principals_of(request), request.current_account)


def install() -> None:
    """Lay the rules over moto's STS."""
    response: Any = TokenResponse
    response.assume_role = _assume(response.assume_role)
