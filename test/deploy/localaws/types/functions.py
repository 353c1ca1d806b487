"""Permissions to invoke functions."""

from ..engine.expression import ID, Expression, api, prop
from ..engine.resourcetype import ResourceType, register
from .names import GENERATED

_PERMISSION = "Action FunctionName Principal PrincipalOrgID SourceAccount SourceArn"

register(
    ResourceType(
        "AWS::Lambda::Permission",
        replacement=_PERMISSION,
        create=[api("lambda.add_permission", _PERMISSION, StatementId=GENERATED)],
        delete=[api("lambda.remove_permission", FunctionName=prop("FunctionName"), StatementId=ID)],
        id=Expression(GENERATED.of),
        attributes={"Id": ID},
    )
)
