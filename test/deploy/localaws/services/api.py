"""APIs of services that moto has too little of: operations, and what a service refuses, as data."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from botocore import xform_name
from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult, BaseResponse
from moto.utilities.utils import get_partition

from ..caller import assumed_role
from .constraints import Violation, violation

Values = dict[str, Any]


@dataclass(frozen=True)
class Call:
    """A call of an operation."""

    response: BaseResponse
    operation: str
    parameters: Values

    @property
    def account(self) -> str:
        return self.response.current_account

    @property
    def region(self) -> str:
        return self.response.region

    @property
    def partition(self) -> str:
        return get_partition(self.region)

    @property
    def caller(self) -> str:
        """Who makes the call, as AWS's errors name it."""
        return assumed_role(self.response) or f"arn:{self.partition}:iam::{self.account}:root"

    def get(self, name: str, default: Any = None) -> Any:
        value = self.parameters.get(name)
        return default if value is None else value


@dataclass(frozen=True)
class Refusal:
    """What a service refuses: with which code and words, the page that says so, and what no page says."""

    name: str
    operations: frozenset[str]
    code: str
    words: str
    page: str
    assumed: str

    def error(self, names: Values) -> Exception:
        return Refused(self, self.words.format(**names))


class Refused(ServiceException):
    """A refused call."""

    def __init__(self, refusal: Refusal, text: str) -> None:
        super().__init__(refusal.code, text)
        self.refusal = refusal
        REFUSED.add(refusal.name)


REFUSED: set[str] = set()
"""The names of the refusals that have been made: the tests look for those that never are."""

Check = Callable[[Call], Values | None]


def replaced(service: str, urls: Any) -> type[BaseResponse]:
    """The operations of a service, by their names in Python, instead of moto's."""

    class Response(BaseResponse):
        def __init__(self) -> None:
            super().__init__(service_name=service)
            self.automated_parameter_parsing = True

    urls.url_paths.clear()
    urls.url_paths["{0}/(?P<operation>.+)$"] = Response.dispatch
    return Response


class Api:
    """The API of a service: its operations, and what it refuses."""

    def __init__(self, response: type[BaseResponse], invalid: str) -> None:
        self.refusals: list[Refusal] = []
        self._checks: list[tuple[Refusal, Check]] = []
        self._response = response
        self.invalid = self.refusal(
            "invalid parameters",
            "",
            invalid,
            "1 validation error detected: {violation}",
            "https://docs.aws.amazon.com/general/latest/gr/api-retries.html",
            "the words, which are those of AWS's other services",
        )

    def violated(self, found: Violation) -> Exception:
        """What the API answers to parameters that its model does not allow."""
        return self.invalid.error({"violation": found})

    def refusal(self, name: str, operations: str, code: str, words: str, page: str, assumed: str = "") -> Refusal:
        """A refusal that an operation makes itself. Assumed says what no page says, such as the words."""
        refusal = Refusal(name, frozenset(operations.split()), code, words, page, assumed)
        self.refusals.append(refusal)
        return refusal

    def refuses(self, *refusal_of: str) -> Callable[[Check], Check]:
        """Refuse calls of operations for which a check returns the names in the words. The arguments are those of refusal."""
        refusal = self.refusal(*refusal_of)

        def register(check: Check) -> Check:
            self._checks.append((refusal, check))
            return check

        return register

    def operation(self, name: str) -> Callable[[Callable[[Call], Any]], Callable[[Call], Any]]:
        """Add an operation. Its result has the names of the API; what the API does not have in it is not answered."""

        def register(function: Callable[[Call], Any]) -> Callable[[Call], Any]:
            def respond(response: BaseResponse) -> ActionResult:
                call = Call(response, name, dict(response.params))
                self._check(call)
                return ActionResult(function(call))

            setattr(self._response, xform_name(name), respond)
            return function

        return register

    def checks(self, name: str) -> None:
        """Check the calls of an operation that moto implements."""
        method = xform_name(name)
        plain = getattr(self._response, method)

        def respond(response: BaseResponse) -> Any:
            self._check(Call(response, name, dict(response.params)))
            return plain(response)

        setattr(self._response, method, respond)

    def _check(self, call: Call) -> None:
        found = violation(call.response.boto3_service_name, call.operation, call.parameters)
        if found:
            raise self.violated(found)
        for refusal, check in self._checks:
            if call.operation in refusal.operations:
                names = check(call)
                if names is not None:
                    raise refusal.error(names)


def page(items: list[Any]) -> Values:
    """A page of a list. Everything fits on one: AWS's pages have up to 100 items, and clients follow the token."""
    return {"items": items}


def words_of(kind: str) -> str:
    """A kind of resource in words: "ServiceNetwork" as "service network"."""
    return re.sub(r"(?<!^)([A-Z])", r" \1", kind).lower()
