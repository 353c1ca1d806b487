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

Handler = Callable[[dict[str, Any]], tuple[str, str]]

_ROUTES: dict[str, Handler] = {}


def route(prefix: str) -> Callable[[Handler], Handler]:
    """Handle the requests to paths that no service has. The answer is the status and the body."""

    def register(handler: Handler) -> Handler:
        _ROUTES[prefix] = handler
        return handler

    return register


def _calls_back(service: str, environ: dict[str, Any]) -> bool:
    """Whether a request makes others, and would wait for ever if they had to wait for it: those to CloudFormation, and
    invocations of functions."""
    return service == "cloudformation" or (service == "lambda" and environ["PATH_INFO"].endswith("/invocations"))


class OneAtATime:
    """Handles requests one after the other, except those that make requests themselves. What stacks share is in
    dictionaries that are replaced and never changed; an invocation holds the lock where it reads or writes the state."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        for prefix, handler in _ROUTES.items():
            if environ["PATH_INFO"].startswith(prefix):
                status, body = handler(environ)
                start_response(status, [("Content-Type", "application/json"), ("Content-Length", str(len(body.encode())))])
                return [body.encode()]
        found = _CREDENTIAL.search(environ.get("HTTP_AUTHORIZATION", ""))
        if found:
            CALLER.set(found.group(1))
            if _calls_back(found.group(2), environ):
                return self.application(environ, start_response)
        with STATE:
            return self.application(environ, start_response)
