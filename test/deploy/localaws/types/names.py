"""Names that CloudFormation generates where a template has none.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html
"""

import re
import secrets

from ..engine.expression import Expression, computed
from ..engine.resource import Request

GENERATED = Expression(lambda request: f"{request.stack_name}-{request.logical_id}-{request.stack_id[-12:]}")

UNIQUE = Expression(lambda request: f"{request.stack_name}-{request.logical_id}"[:50] + f"-{secrets.token_hex(6)}")
"""A different one each time: IAM does not reuse the name of a role before it is deleted."""


@computed()
def SHORT(request: Request) -> str:  # noqa: N802 a constant as the others
    """At most 32 characters, as Elastic Load Balancing requires; a different one each time, also for a replacement."""
    return f"{request.stack_name[:5].strip('-')}-{request.logical_id[:12]}-{secrets.token_hex(6)}"


def hyphened(longest: int) -> Expression:
    """Small letters, digits and single hyphens, as VPC Lattice requires; a different one each time.

    https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_CreateService.html
    """

    def name(request: Request) -> str:
        words = re.sub(r"[^a-z0-9]+", "-", f"{request.stack_name}-{request.logical_id}".lower())
        return f"{words[: longest - 13].strip('-')}-{secrets.token_hex(6)}"

    return Expression(name)
