"""Resource shares of Resource Access Manager, and their permissions."""

from typing import Any

from ..engine.expression import ID, added, api, prop, removed
from ..engine.resourcetype import ResourceType, register
from .tags import removed_keys

_SHARE: dict[str, Any] = {"resourceShareArn": ID}

register(
    ResourceType(
        "AWS::RAM::ResourceShare",
        in_place="AllowExternalPrincipals Name PermissionArns Principals ResourceArns ResourceShareConfiguration Sources Tags",
        create=[
            api(
                "ram.create_resource_share",
                name=prop("Name"),
                allowExternalPrincipals=prop("AllowExternalPrincipals", True),
                resourceArns=prop("ResourceArns"),
                principals=prop("Principals"),
                permissionArns=prop("PermissionArns"),
                tags=prop("Tags"),
                result="resourceShare",
            )
        ],
        update=[
            api(
                "ram.update_resource_share",
                **_SHARE,
                name=prop("Name"),
                allowExternalPrincipals=prop("AllowExternalPrincipals", True),
            ),
            api("ram.disassociate_resource_share", **_SHARE, resourceArns=removed("ResourceArns")),
            api("ram.associate_resource_share", **_SHARE, resourceArns=added("ResourceArns")),
            api("ram.disassociate_resource_share", **_SHARE, principals=removed("Principals")),
            api("ram.associate_resource_share", **_SHARE, principals=added("Principals")),
            api("ram.untag_resource", **_SHARE, tagKeys=removed_keys("Tags")),
            api("ram.tag_resource", **_SHARE, tags=added("Tags")),
        ],
        read=api("ram.get_resource_shares", resourceOwner="SELF", resourceShareArns=[ID], result="resourceShares[0]"),
        delete=[api("ram.delete_resource_share", **_SHARE)],
        id="resourceShareArn",
        attributes={
            "Arn": "resourceShareArn",
            "CreationTime": "creationTime",
            "FeatureSet": "featureSet",
            "LastUpdatedTime": "lastUpdatedTime",
            "OwningAccountId": "owningAccountId",
            "Status": "status",
        },
    ),
    ResourceType(
        "AWS::RAM::Permission",
        replacement="Name PolicyTemplate ResourceType",
        in_place="Tags",
        create=[
            api(
                "ram.create_permission",
                name=prop("Name"),
                policyTemplate=prop("PolicyTemplate"),
                resourceType=prop("ResourceType"),
                tags=prop("Tags"),
                result="permission",
            )
        ],
        delete=[api("ram.delete_permission", permissionArn=ID)],
        id="arn",
        attributes={
            "Arn": "arn",
            "IsResourceTypeDefault": "isResourceTypeDefault",
            "PermissionType": "permissionType",
            "Version": "version",
        },
    ),
)
