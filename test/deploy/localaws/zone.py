"""Availability Zones by their IDs, which are the same in all accounts, as their names are not."""

from __future__ import annotations

from typing import Any

from moto.ec2.models import ec2_backends


def zone_ids(account: str, region: str, subnet_ids: list[str]) -> dict[str, str]:
    """The zone ID of each subnet.

    https://docs.aws.amazon.com/ram/latest/userguide/working-with-az-ids.html
    """
    backend: Any = ec2_backends[account][region]
    return {subnet_id: backend.get_subnet(subnet_id).availability_zone_id for subnet_id in subnet_ids}
