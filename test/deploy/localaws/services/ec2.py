"""EC2: what its API refuses by itself, and what its networks have in common. moto has most of its operations.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from moto.ec2.models import ec2_backends
from moto.ec2.responses import EC2Response

from .api import Api, Call, Values
from .constraints import Violation

Block = ipaddress.IPv4Network | ipaddress.IPv6Network

REFERENCE = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/"
WORDS = "the code and the words"


class _Ec2(Api):
    """EC2 has its own words for what its model does not allow."""

    def __init__(self) -> None:
        super().__init__(EC2Response, "InvalidParameterValue")
        self.refusals.remove(self.invalid)
        self.missing = self.refusal(
            "missing parameter",
            "",
            "MissingParameter",
            "Missing required parameter in request: {name}.",
            f"{REFERENCE}errors-overview.html",  # the words: github.com/hashicorp/terraform-provider-aws/issues/13512
        )
        self.invalid = self.refusal(
            "invalid parameter",
            "",
            "InvalidParameterValue",
            "Value ({value}) for parameter {name} is invalid. {constraint}",
            f"{REFERENCE}errors-overview.html",
            "the words, which are those of other parameters of EC2",
        )

    def violated(self, found: Violation) -> Exception:
        return (self.missing if found.value is None else self.invalid).error(found._asdict())


EC2 = _Ec2()

_FILTER = EC2.refusal(
    "unknown filter",
    "",
    "InvalidParameterValue",
    "The filter '{name}' is invalid",
    f"{REFERENCE}errors-overview.html",
    "the local API knows fewer filters than EC2",
)


def backend_of(account: str, region: str) -> Any:
    return ec2_backends[account][region]


def backends(region: str) -> Iterator[Any]:
    """EC2 in a Region, of all accounts."""
    yield from (regions[region] for regions in list(ec2_backends.values()) if region in regions)


def blocks_of(vpc: Any) -> list[Block]:
    """The CIDR blocks that are associated with a VPC, of IPv4 and of IPv6."""
    associations = [one for one in vpc._cidr_block_association_set.values() if one["cidr_block_state"]["state"] == "associated"]
    return [ipaddress.ip_network(one["cidr_block"], strict=False) for one in associations]


def overlap(some: Iterable[Block], others: Iterable[Block]) -> bool:
    """Whether any of some blocks overlaps any of others."""
    others = list(others)
    return any(one.version == other.version and one.overlaps(other) for one in some for other in others)


def tag(call: Call, resource: str) -> None:
    """Keep the tags of the call that creates a resource."""
    for specification in call.get("TagSpecifications", []):
        tags = {one["Key"]: one.get("Value", "") for one in specification.get("Tags", [])}
        backend_of(call.account, call.region).create_tags([resource], tags)


def tags_of(call: Call, resource: str) -> list[Values]:
    """The tags of a resource in the caller's account: each account has its own."""
    tags = backend_of(call.account, call.region).tags.get(resource, {})
    return [{"Key": key, "Value": value} for key, value in tags.items()]


def filtered(call: Call, items: list[Values], names: Mapping[str, str]) -> list[Values]:
    """The items that a call does not filter out. Names say where an item has the value of a filter."""
    for given in call.get("Filters", []):
        name = given["Name"]
        if name not in names:
            raise _FILTER.error({"name": name})
        items = [one for one in items if str(one.get(names[name])).lower() in [str(value).lower() for value in given["Values"]]]
    return items
