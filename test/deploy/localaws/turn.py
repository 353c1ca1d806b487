"""One request at a time: moto's state is not made for threads, and deployments run beside each other."""

from __future__ import annotations

import re
import threading
from typing import Any, Callable, Iterable

STATE = threading.RLock()
"""Held by whoever reads or writes moto's state, but for that of CloudFormation."""

_SERVICE = re.compile(r"Credential=[^/]+/\d+/[^/]+/([^/]+)/aws4_request")


class OneAtATime:
    """Requests in turn. Those to CloudFormation are not: they make requests themselves, and would wait forever. Stacks
    keep what they share in dictionaries that are replaced, and never changed."""

    def __init__(self, application: Callable[..., Iterable[bytes]]) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        found = _SERVICE.search(environ.get("HTTP_AUTHORIZATION", ""))
        if found and found.group(1) == "cloudformation":
            return self.application(environ, start_response)
        with STATE:
            return self.application(environ, start_response)
