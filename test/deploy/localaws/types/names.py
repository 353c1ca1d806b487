"""Names that CloudFormation generates for resources whose template has none.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html
"""

import hashlib
import secrets

from ..engine.expression import Computed
from ..engine.resource import Request

GENERATED_NAME = Computed(lambda request: f"{request.stack_name}-{request.logical_id}-{request.stack_id[-12:]}")


def _short(request: Request) -> str:
    unique = hashlib.sha256(f"{request.stack_id}/{request.logical_id}".encode()).hexdigest()[:12]
    return f"{request.stack_name[:5].strip('-')}-{request.logical_id[:12]}-{unique}"


SHORT_NAME = Computed(_short)
"""At most 32 characters, as names of load balancers and target groups are."""

UNIQUE_NAME = Computed(lambda request: f"{request.stack_name}-{request.logical_id}"[:50] + f"-{secrets.token_hex(6)}")
"""Another one each time: a name of IAM is taken until what had it is deleted."""
