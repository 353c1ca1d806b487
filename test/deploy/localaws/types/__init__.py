"""The resource types, as data: one file for each service or part of it."""

from . import custom, ecs, iam, internet, loadbalancing, modeled, network, policies, privatelink, route53, securitygroup  # noqa: F401
