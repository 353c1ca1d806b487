"""Keys of KMS."""

from typing import Any

from ..engine.expression import ID, Expression, api, computed, prop
from ..engine.resource import Request
from ..engine.resourcetype import ResourceType, register, same

_TAGS = prop("Tags")


@computed("EnableKeyRotation")
def _rotate(request: Request) -> None:
    kms, enabled = request.clients.of("kms"), str(request.properties.get("EnableKeyRotation", False)).lower() == "true"
    (kms.enable_key_rotation if enabled else kms.disable_key_rotation)(KeyId=request.physical_id)


def _tags(request: Request) -> list[dict[str, Any]] | None:
    """KMS has names of its own for the parts of a tag."""
    return [{"TagKey": tag["Key"], "TagValue": tag["Value"]} for tag in _TAGS.of(request) or []] or None


register(
    ResourceType(
        "AWS::KMS::Key",
        in_place="Description EnableKeyRotation KeyPolicy PendingWindowInDays Tags",
        create=[
            api(
                "kms.create_key",
                "Description",
                Policy=prop("KeyPolicy"),
                Tags=Expression(_tags, _TAGS.reads),
                result="KeyMetadata",
            )
        ],
        settings=[_rotate],
        update=[
            api("kms.put_key_policy", KeyId=ID, PolicyName="default", Policy=prop("KeyPolicy")),
            api("kms.update_key_description", KeyId=ID, Description=prop("Description", "")),
        ],
        without_effect="PendingWindowInDays",
        read=api("kms.describe_key", KeyId=ID, result="KeyMetadata"),
        delete=[api("kms.schedule_key_deletion", KeyId=ID, PendingWindowInDays=prop("PendingWindowInDays", 30))],
        id="KeyId",
        attributes=same("Arn KeyId"),
    )
)
