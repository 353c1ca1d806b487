"""The resource types, as data: one file for each service or part of it."""

# ruff: noqa: F401
from . import (
    custom,
    ecs,
    functions,
    iam,
    internet,
    keys,
    lattice,
    loadbalancing,
    logs,
    messages,
    modeled,
    network,
    observability,
    peering,
    policies,
    privatelink,
    profile,
    ram,
    route53,
    schedules,
    securitygroup,
    ssm,
    transitgateway,
    waf,
)
