"""Tags of resources."""

from dataclasses import replace

from ..engine.expression import ID, Expression, added, api, evaluate, prop, removed
from ..engine.resource import Request


def tag_map(name: str) -> Expression:
    """A property that is a list of tags, as the map that some APIs take."""
    given = prop(name)
    return Expression(lambda request: {tag["Key"]: tag["Value"] for tag in given.of(request) or []} or None, given.reads)


def added_map(name: str) -> Expression:
    """The tags that the property gains, as a map."""
    gained = added(name)
    return replace(gained, of=lambda request: {tag["Key"]: tag["Value"] for tag in gained.of(request)})


def removed_keys(name: str) -> Expression:
    """The keys that the property loses."""
    lost = removed(name)

    def of(request: Request) -> list[str]:
        kept = {tag["Key"] for tag in (request.new or {}).get(name, [])}
        return [tag["Key"] for tag in lost.of(request) if tag["Key"] not in kept]

    return replace(lost, of=of)


def tags(kind: str) -> Expression:
    """The TagSpecifications by which EC2 tags what it creates; it refuses an empty list."""
    given = prop("Tags")
    specification = [{"ResourceType": kind, "Tags": given}]
    return Expression(lambda request: evaluate(specification, request) if given.of(request) else None, given.reads)


RETAG = (api("ec2.delete_tags", Resources=[ID], Tags=removed("Tags")), api("ec2.create_tags", Resources=[ID], Tags=added("Tags")))
"""The calls that change the tags of an existing resource."""
