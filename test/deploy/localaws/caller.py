"""Who makes a call."""

from typing import Any

from moto.sts.models import sts_backends
from moto.utilities.utils import get_partition


def assumed_role(call: Any) -> str | None:
    """The role with which a call is made, if any."""
    backend = sts_backends[call.current_account][get_partition(call.region)]
    role = backend.get_assumed_role_from_access_key(call.access_key)
    return role.role_arn if role else None
