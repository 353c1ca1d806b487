"""Permissions of Resource Access Manager: what a share lets accounts do with its resources.

https://docs.aws.amazon.com/ram/latest/userguide/security-ram-permissions.html
"""

from __future__ import annotations

import json
from fnmatch import fnmatchcase
from typing import Any

from moto.core.utils import utcnow
from moto.ram.models import ResourceAccessManagerBackend, ram_backends

from ..overlay import after
from .api import Call, Values
from .ram import RAM, REFERENCE, Share, shares, type_of

_READ_PARAMETER = "ssm:DescribeParameters ssm:GetParameter ssm:GetParameters"
_READ_PROFILE = "GetProfile GetProfileResourceAssociation ListProfileResourceAssociations AssociateProfile DisassociateProfile"

# What AWS's own permissions allow, of those types whose operations ask for it.
# https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-shared-parameters.html#sharing-permissions
# https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/sharing-profiles.html#sharing-perms
_MANAGED = {
    "AWSRAMDefaultPermissionSSMParameterReadOnly": _READ_PARAMETER.split(),
    "AWSRAMPermissionSSMParameterReadOnlyWithHistory": [*_READ_PARAMETER.split(), "ssm:GetParameterHistory"],
    "AWSRAMPermissionRoute53ProfileAllowAssociation": [f"route53profiles:{name}" for name in _READ_PROFILE.split()],
}


@after(ResourceAccessManagerBackend, "__init__")
def _empty(backend: Any, result: None, *arguments: Any, **named: Any) -> None:
    """The table lies in moto's backend, so that it is empty whenever moto is."""
    backend.customer_permissions = {}


def permits(arn: str, account: str, action: str) -> bool:
    """Whether a share of a resource lets an account do something with it."""
    return any(
        fnmatchcase(action.lower(), one.lower())
        for share in shares(arn.split(":")[3])
        if arn in share.resources and share.reaches(account)
        for one in _actions(share, arn)
    )


def _actions(share: Share, arn: str) -> list[str]:
    """The actions that a share allows with a resource: by the permission for its type, or by the default one."""
    kind, default = type_of(arn) or ("", "")
    for name in share.permissions:
        customer = permission(name)
        if customer and customer["resourceType"] == kind:
            actions = json.loads(customer["permission"])["Action"]
            return [actions] if isinstance(actions, str) else actions
        if kind.split(":")[1] in name and ":aws:permission/" in name:
            return _MANAGED.get(name.rsplit("/", 1)[1], [])
    return _MANAGED.get(default, [])


def permission(arn: str) -> Values | None:
    """A customer managed permission."""
    _, _, _, region, account, *_ = [*arn.split(":", 5), *[""] * 6][:6]
    backend: Any = ram_backends[account].get(region) if account.isdigit() and account in ram_backends else None
    return backend.customer_permissions.get(arn) if backend else None


_UNKNOWN = RAM.refusal(
    "unknown permission",
    "",
    "UnknownResourceException",
    "Permission {permission} could not be found.",
    f"{REFERENCE}API_GetPermission.html",
    "the words",
)


def _own(call: Call) -> Values:
    found = permission(call.get("permissionArn"))
    if found is None or call.get("permissionArn").split(":")[4] != call.account:
        raise _UNKNOWN.error({"permission": call.get("permissionArn")})
    return found


@RAM.operation("CreatePermission")
def _create(call: Call) -> Values:
    now, name = utcnow(), call.get("name")
    values = {
        "arn": f"arn:{call.partition}:ram:{call.region}:{call.account}:permission/{name}",
        "version": "1",
        "defaultVersion": True,
        "name": name,
        "resourceType": call.get("resourceType"),
        "permission": call.get("policyTemplate"),
        "status": "ATTACHABLE",
        "creationTime": now,
        "lastUpdatedTime": now,
        "isResourceTypeDefault": False,
        "permissionType": "CUSTOMER_MANAGED",
        "featureSet": "STANDARD",
        "tags": call.get("tags", []),
    }
    backend: Any = ram_backends[call.account][call.region]
    backend.customer_permissions[values["arn"]] = values
    return {"permission": values}


@RAM.operation("GetPermission")
def _get(call: Call) -> Values:
    return {"permission": _own(call)}


@RAM.operation("DeletePermission")
def _delete(call: Call) -> Values:
    backend: Any = ram_backends[call.account][call.region]
    del backend.customer_permissions[_own(call)["arn"]]
    return {"returnValue": True, "permissionStatus": "DELETED"}
