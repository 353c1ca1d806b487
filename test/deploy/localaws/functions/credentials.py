"""The keys by which a function calls: those of its role."""

from __future__ import annotations

from typing import Any

from moto.sts.models import sts_backends
from moto.utilities.utils import get_partition

from ..client import ENDPOINT
from ..dispatch import STATE

_FUNCTIONS: dict[str, str] = {}  # the role of a function, by access key


def environment(function: Any) -> dict[str, str]:
    """The variables by which the SDK of a function finds the local API, and the keys of its role.

    https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
    """
    region = function.region
    with STATE:
        session = sts_backends[function.account_id][get_partition(region)].assume_role(
            region, function.function_name, function.role, "", 3600, ""
        )
    _FUNCTIONS[session.access_key_id] = function.role
    return {
        "AWS_ACCESS_KEY_ID": session.access_key_id,
        "AWS_SECRET_ACCESS_KEY": session.secret_access_key,
        "AWS_SESSION_TOKEN": session.session_token,
        "AWS_REGION": region,
        "AWS_DEFAULT_REGION": region,
        "AWS_ENDPOINT_URL": ENDPOINT["url"] or "",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_EXECUTION_ENV": f"AWS_Lambda_{function.run_time}",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory_size),
        "AWS_LAMBDA_FUNCTION_NAME": function.function_name,
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "LAMBDA_TASK_ROOT": "/var/task",
        "_HANDLER": function.handler,
    } | function.environment_vars


def role_of(access_key: str) -> str | None:
    """The role of the function that calls with an access key, if a function does."""
    return _FUNCTIONS.get(access_key)
