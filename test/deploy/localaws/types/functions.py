"""Functions, and permissions to invoke them."""

import io
import zipfile
from typing import Any

from moto.utilities.utils import get_partition

from ..engine.expression import ID, Expression, api, computed, prop
from ..engine.resource import Request
from ..engine.resourcetype import ResourceType, register
from .names import GENERATED
from .tags import added_map, removed_keys, tag_map

_PERMISSION = "Action FunctionName Principal PrincipalOrgID SourceAccount SourceArn"
_CONFIGURATION = "Description Environment Handler LoggingConfig MemorySize Role Runtime Timeout VpcConfig"


@computed("Code Runtime")
def _archive(request: Request) -> bytes | None:
    """Inline source, as the archive that CloudFormation makes of it: one file, named index.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html
    """
    source = request.properties["Code"].get("ZipFile")
    if source is None:
        return None
    archive = io.BytesIO()
    extension = "py" if request.properties["Runtime"].startswith("python") else "js"
    with zipfile.ZipFile(archive, "w") as files:
        files.writestr(zipfile.ZipInfo(f"index.{extension}"), source)
    return archive.getvalue()


@computed()
def _arn(request: Request) -> str:
    partition = get_partition(request.region)
    return f"arn:{partition}:lambda:{request.region}:{request.account}:function:{request.physical_id}"


_CODE: dict[str, Any] = {"S3Bucket": prop("Code.S3Bucket"), "S3Key": prop("Code.S3Key"), "ZipFile": _archive}

register(
    ResourceType(
        "AWS::Lambda::Function",
        replacement="FunctionName",
        in_place=f"Architectures Code {_CONFIGURATION} Tags TracingConfig",
        create=[
            api(
                "lambda.create_function",
                f"Architectures {_CONFIGURATION} TracingConfig",
                Code=_CODE,
                FunctionName=prop("FunctionName", GENERATED),
                Tags=tag_map("Tags"),
            )
        ],
        update=[
            api("lambda.update_function_configuration", _CONFIGURATION, FunctionName=ID),
            api("lambda.update_function_code", FunctionName=ID, **_CODE),
            api("lambda.untag_resource", Resource=_arn, TagKeys=removed_keys("Tags")),
            api("lambda.tag_resource", Resource=_arn, Tags=added_map("Tags")),
        ],
        delete=[api("lambda.delete_function", FunctionName=ID)],
        id="FunctionName",
        attributes={"Arn": _arn},
    ),
    ResourceType(
        "AWS::Lambda::Permission",
        replacement=_PERMISSION,
        create=[api("lambda.add_permission", _PERMISSION, StatementId=GENERATED)],
        delete=[api("lambda.remove_permission", FunctionName=prop("FunctionName"), StatementId=ID)],
        id=Expression(GENERATED.of),
        attributes={"Id": ID},
    ),
)
