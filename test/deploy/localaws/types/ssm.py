"""Parameters of Systems Manager."""

from ..engine.expression import ID, Expression, api, prop
from ..engine.resourcetype import ResourceType, register
from .names import GENERATED

_PARAMETER = "AllowedPattern DataType Description Policies Tier Type Value"
_TAGS = prop("Tags")


def _tags(tags: dict[str, str] | None) -> list[dict[str, str]] | None:
    """The property is a map; the API takes a list."""
    return [{"Key": key, "Value": value} for key, value in tags.items()] if tags else None


register(
    ResourceType(
        "AWS::SSM::Parameter",
        replacement="Name",
        in_place=f"{_PARAMETER} Tags",
        create=[
            api(
                "ssm.put_parameter",
                _PARAMETER,
                Name=prop("Name", GENERATED),
                Tags=Expression(lambda request: _tags(_TAGS.of(request)), _TAGS.reads),
            )
        ],
        update=[api("ssm.put_parameter", _PARAMETER, Name=ID, Overwrite=True)],
        delete=[api("ssm.delete_parameter", Name=ID)],
        read=api("ssm.get_parameter", Name=ID, result="Parameter"),
        id=prop("Name", GENERATED),
        attributes={"Arn": "ARN", "Type": "Type", "Value": "Value"},
    )
)
