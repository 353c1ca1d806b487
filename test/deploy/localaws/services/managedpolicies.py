"""AWS's managed policies, read once for all accounts. moto reads the 1,400 of them for each account, for a second of the
processor, and again whenever its state is reset. So AttachmentCount of such a policy counts what all accounts attach."""

from types import SimpleNamespace
from typing import Any

from moto.iam.models import IAMBackend

from ..overlay import instead

_read: Any = IAMBackend._init_aws_policies
_POLICIES: dict[str, list[Any]] = {}
_BY_ARN: dict[str, dict[str, Any]] = {}


@instead(IAMBackend, "_init_aws_policies")
def _shared(self: Any) -> list[Any]:
    """The policies of a partition; none where moto is told to load none."""
    policies = _POLICIES.get(self.region_name) or _read(SimpleNamespace(region_name=self.region_name, account_id=""))
    _POLICIES[self.region_name] = policies
    return list(policies)


@instead(IAMBackend, "_init_managed_policies")
def _by_arn(self: Any) -> dict[str, Any]:
    """The policies by ARN, to which an account adds its own."""
    known = _BY_ARN.setdefault(self.region_name, {})
    if len(known) != len(self.aws_managed_policies):
        known.update({policy.arn: policy for policy in self.aws_managed_policies})
    return dict(known)
