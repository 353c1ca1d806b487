"""Roles and policies of IAM."""

from ..engine.expression import ID, Expression, api, item, prop
from ..engine.resourcetype import ResourceType, register, same
from .names import UNIQUE

_MANAGED, _INLINE = prop("ManagedPolicyArns"), prop("Policies")

# A change of the name or of the roles would leave the old policy, so a deployment refuses it.
_PUT_AGAIN = api(
    "iam.put_role_policy",
    "PolicyDocument",
    each=Expression(lambda request: request.properties["Roles"]),
    RoleName=item(),
    PolicyName=Expression(lambda request: request.properties["PolicyName"]),
)

register(
    ResourceType(
        "AWS::IAM::Role",
        replacement="RoleName",
        in_place="AssumeRolePolicyDocument Description ManagedPolicyArns PermissionsBoundary Policies Tags",
        create=[
            api(
                "iam.create_role",
                "AssumeRolePolicyDocument Description PermissionsBoundary Tags",
                RoleName=prop("RoleName", UNIQUE),
                result="Role",
            ),
            api("iam.attach_role_policy", each=_MANAGED, RoleName=ID, PolicyArn=item()),
            api(
                "iam.put_role_policy",
                each=_INLINE,
                RoleName=ID,
                PolicyName=item("PolicyName"),
                PolicyDocument=item("PolicyDocument"),
            ),
        ],
        update=[api("iam.update_assume_role_policy", RoleName=ID, PolicyDocument=prop("AssumeRolePolicyDocument"))],
        delete=[
            api("iam.detach_role_policy", each=_MANAGED, RoleName=ID, PolicyArn=item()),
            api("iam.delete_role_policy", each=_INLINE, RoleName=ID, PolicyName=item("PolicyName")),
            api("iam.delete_role", RoleName=ID),
        ],
        id="RoleName",
        attributes=same("Arn RoleId"),
    ),
    ResourceType(
        "AWS::IAM::Policy",
        in_place="PolicyDocument PolicyName Roles",
        create=[api("iam.put_role_policy", "PolicyDocument PolicyName", each=prop("Roles"), RoleName=item())],
        update=[_PUT_AGAIN],
        delete=[api("iam.delete_role_policy", "PolicyName", each=prop("Roles"), RoleName=item())],
        id=UNIQUE,
    ),
)
