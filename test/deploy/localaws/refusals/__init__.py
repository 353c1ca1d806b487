"""What AWS refuses and moto accepts, and the little that moto answers differently: see overlay.

Each rule has its page of AWS, and what no page says is marked "Assumption:".
"""

# ruff: noqa: F401
from . import (
    cdk,
    connection,
    endpoint,
    endpointservice,
    groupreference,
    identity,
    internet,
    jwt,
    latticenetwork,
    latticepolicy,
    latticeservice,
    latticetarget,
    latticetasks,
    loadbalancer,
    network,
    notification,
    peering,
    privatedns,
    profile,
    record,
    route,
    servicenetworkendpoint,
    sharing,
    ssm,
    targetgroup,
    transitgateway,
    waf,
)
