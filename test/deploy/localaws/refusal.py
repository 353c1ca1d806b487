"""Refusals of services, in the form in which moto answers with them."""

from __future__ import annotations

from moto.core.exceptions import ServiceException


def refusal(service: str, code: str, text: str) -> ServiceException:
    """An error of a service. moto finds the model of an error by the module of its class."""
    kind = type("Refusal", (ServiceException,), {"__module__": f"moto.{service}.exceptions"})
    error: ServiceException = kind(code, text)
    return error
