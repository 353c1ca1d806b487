"""Services that moto has too little of: their APIs, over tables of what they keep.

api            what an operation and a refusal are
block*         VPC Block Public Access
constraints    what the model of an API refuses
ec2            EC2's refusals, over moto's operations
lattice*       VPC Lattice
managed*       the managed policies of AWS
observability  CloudWatch and CloudWatch Logs, over moto's operations
permissions    what the policies of a role allow
profile        Route 53 Profiles
ram*           Resource Access Manager, and the organization
ssm            Parameter Store, over moto's operations
transit*       transit gateways
"""

# ruff: noqa: F401
from . import (
    blockpublicaccess,
    latticenetwork,
    latticepolicy,
    latticeservice,
    latticetarget,
    managedpolicies,
    observability,
    profile,
    ram,
    rampermission,
    ssm,
    transitgateway,
    transitgatewayattachment,
    transitgatewayroutes,
)
