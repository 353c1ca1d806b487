"""The resource types, as data: one file for each service or part of it."""

# ruff: noqa: F401
from . import (
    custom,
    ecs,
    functions,
    iam,
    internet,
    lattice,
    loadbalancing,
    modeled,
    network,
    peering,
    policies,
    privatelink,
    profile,
    ram,
    route53,
    securitygroup,
    ssm,
    transitgateway,
    waf,
)
