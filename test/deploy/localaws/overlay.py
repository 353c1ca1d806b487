"""How the local API lays what AWS does over what moto does."""

from collections.abc import Callable
from typing import Any

from moto.core.exceptions import ServiceException
from moto.ec2.exceptions import EC2ClientError

Function = Callable[..., Any]

_CHECKS: dict[tuple[type, str], list[Function]] = {}  # those before a method, in the order of the source


def before(owner: type, name: str) -> Callable[[Function], Function]:
    """Run a check before a method of moto, with its arguments. The check raises what AWS would refuse with."""

    def decorate(check: Function) -> Function:
        checks = _CHECKS.setdefault((owner, name), [])
        checks.append(check)
        plain = getattr(owner, name)

        def checked(self: Any, *args: Any, **kwargs: Any) -> Any:
            for each in checks:
                each(self, *args, **kwargs)
            return plain(self, *args, **kwargs)

        if len(checks) == 1:
            setattr(owner, name, checked)
        return check

    return decorate


def after(owner: type, name: str) -> Callable[[Function], Function]:
    """Run a function after a method of moto, with its result and its arguments."""

    def decorate(function: Function) -> Function:
        plain = getattr(owner, name)

        def followed(self: Any, *args: Any, **kwargs: Any) -> Any:
            result = plain(self, *args, **kwargs)
            function(self, result, *args, **kwargs)
            return result

        setattr(owner, name, followed)
        return function

    return decorate


def instead(owner: Any, name: str) -> Callable[[Any], Any]:
    """Replace a method, a property or a function of moto, or add one."""

    def decorate(member: Any) -> Any:
        setattr(owner, name, member)
        return member

    return decorate


def refusal(service: str, code: str, text: str) -> Exception:
    """What a service refuses a call with."""
    if service == "ec2":
        return EC2ClientError(code, text)
    # moto finds the model of an error by the module of its class
    return type("Refusal", (ServiceException,), {"__module__": f"moto.{service}.exceptions"})(code, text)
