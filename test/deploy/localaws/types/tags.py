"""Tags of EC2's resources."""

from typing import Any

from ..engine.expression import ID, Added, Api, Computed, Expression, Property, Removed


def tags(kind: str) -> dict[str, Expression]:
    """The parameter by which EC2 tags what it creates. EC2 refuses an empty list."""

    def specification(request: Any) -> Any:
        given = request.properties.get("Tags")
        return [{"ResourceType": kind, "Tags": given}] if given else None

    return {"TagSpecifications": Computed(specification, Property("Tags").reads)}


RETAG = [
    Api("ec2.delete_tags", "", {"Resources": [ID], "Tags": Removed("Tags")}),
    Api("ec2.create_tags", "", {"Resources": [ID], "Tags": Added("Tags")}),
]
"""The calls that change the tags of an existing resource."""
