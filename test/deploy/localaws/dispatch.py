"""Requests, one at a time: moto's state is not safe for threads, and deployments run at the same time."""

import contextvars
import re
import threading
from collections.abc import Callable, Iterable
from typing import Any

STATE = threading.RLock()
"""Held while moto's state is read or written, except that of CloudFormation."""

CALLER: contextvars.ContextVar[str] = contextvars.ContextVar("CALLER")
"""The access key of the current request, by which moto knows the caller."""

_CREDENTIAL = re.compile(r"Credential=([^/]+)/\d+/[^/]+/([^/]+)/aws4_request")


class OneAtATime:
    """Handles requests one after the other, except those to CloudFormation: they make requests themselves, and would
    wait for ever. What stacks share is in dictionaries that are replaced and never changed."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        found = _CREDENTIAL.search(environ.get("HTTP_AUTHORIZATION", ""))
        if found:
            CALLER.set(found.group(1))
            if found.group(2) == "cloudformation":
                return self.application(environ, start_response)
        with STATE:
            return self.application(environ, start_response)
