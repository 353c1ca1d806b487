"""The responses to CloudFormation's requests for custom resources: what a function puts to the pre-signed URL of its event.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/crpg-ref-responses.html
"""

import json
import secrets
from typing import Any

from ..client import ENDPOINT
from ..dispatch import route

_PATH = "/_responses/"
_AWAITED: dict[str, dict[str, Any] | None] = {}  # None until the response is there

_LONGEST = 4096

INVALID = "INVALID"
"""The status of what is no response."""


def awaited() -> tuple[str, str]:
    """Await a response: the key of it, and the URL that takes it."""
    key = secrets.token_hex(16)
    _AWAITED[key] = None
    return key, f"{ENDPOINT['url']}{_PATH}{key}"


def taken(key: str) -> dict[str, Any] | None:
    """The response, if there is one. Later ones are refused."""
    return _AWAITED.pop(key)


@route(_PATH)
def _receive(environ: dict[str, Any]) -> tuple[str, str]:
    """A PUT of an object. The URL is signed for an empty content type: AWS's module cfn-response sends that, and S3 refuses
    another one.

    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/cfn-lambda-function-code-cfnresponsemodule.html
    """
    key = environ["PATH_INFO"].removeprefix(_PATH)
    if environ["REQUEST_METHOD"] != "PUT" or key not in _AWAITED or environ.get("CONTENT_TYPE"):
        return "403 Forbidden", "SignatureDoesNotMatch"
    if not environ.get("CONTENT_LENGTH"):
        return "411 Length Required", "MissingContentLength"
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    _AWAITED[key] = _read(body)
    return "200 OK", ""


def _read(body: bytes) -> dict[str, Any]:
    """The response in a body. Assumption: the words on what is invalid."""
    if len(body) > _LONGEST:
        return {"Status": INVALID, "Reason": "Response object is too long."}
    try:
        return json.loads(body)
    except ValueError:
        return {"Status": INVALID, "Reason": "Invalid response object: it is not JSON"}
