"""Roles and policies of IAM."""

from ..engine.expression import ID, Added, Api, Item, Property, Removed
from ..engine.resourcetype import ResourceType, register
from .names import UNIQUE_NAME

_DETACH = Api("iam.detach_role_policy", "", {"RoleName": ID, "PolicyArn": Item()}, each=Removed("ManagedPolicyArns"))
_DELETE = Api("iam.delete_role_policy", "", {"RoleName": ID, "PolicyName": Item("PolicyName")}, each=Removed("Policies"))

register(
    ResourceType(
        "AWS::IAM::Role",
        replacement="RoleName",
        in_place="AssumeRolePolicyDocument Description ManagedPolicyArns PermissionsBoundary Policies Tags",
        create=[
            Api(
                "iam.create_role",
                "AssumeRolePolicyDocument Description PermissionsBoundary Tags",
                {"RoleName": Property("RoleName", UNIQUE_NAME)},
                result="Role",
            ),
            Api("iam.attach_role_policy", "", {"RoleName": ID, "PolicyArn": Item()}, each=Added("ManagedPolicyArns")),
            Api(
                "iam.put_role_policy",
                "",
                {"RoleName": ID, "PolicyName": Item("PolicyName"), "PolicyDocument": Item("PolicyDocument")},
                each=Added("Policies"),
            ),
        ],
        delete=[_DETACH, _DELETE, Api("iam.delete_role", "", {"RoleName": ID})],
        id="RoleName",
        attributes={"Arn": "Arn", "RoleId": "RoleId"},
    ),
    ResourceType(
        "AWS::IAM::Policy",
        in_place="PolicyDocument PolicyName Roles",
        create=[Api("iam.put_role_policy", "PolicyDocument PolicyName", {"RoleName": Item()}, each=Property("Roles"))],
        delete=[Api("iam.delete_role_policy", "PolicyName", {"RoleName": Item()}, each=Property("Roles"))],
        id=UNIQUE_NAME,
    ),
)
