"""Tags of EC2's resources."""

from ..engine.expression import ID, Expression, added, api, evaluate, prop, removed


def tags(kind: str) -> Expression:
    """The TagSpecifications by which EC2 tags what it creates; it refuses an empty list."""
    given = prop("Tags")
    specification = [{"ResourceType": kind, "Tags": given}]
    return Expression(lambda request: evaluate(specification, request) if given.of(request) else None, given.reads)


RETAG = (api("ec2.delete_tags", Resources=[ID], Tags=removed("Tags")), api("ec2.create_tags", Resources=[ID], Tags=added("Tags")))
"""The calls that change the tags of an existing resource."""
