"""The invocations of functions: Lambda runs the handler with the rights of the function's role, and keeps what it writes.

https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
"""

from __future__ import annotations

import json
import threading
import uuid
from typing import Any
from urllib.parse import unquote

from moto.awslambda.models import LambdaBackend, LambdaFunction, lambda_backends
from moto.awslambda.responses import LambdaResponse
from moto.core.utils import unix_time_millis, utcnow
from moto.logs.models import logs_backends
from moto.utilities.utils import get_partition

from ..dispatch import STATE
from ..overlay import after, instead, refusal
from ..services.permissions import allows
from .authority import refuse_invoke
from .credentials import environment
from .node import RUNTIME, Outcome, run

_RUNNING: dict[str, threading.Thread] = {}  # by the ID of the request


def function_of(arn: str) -> Any:
    """The function that an ARN names. It must exist."""
    _, _, _, region, account, _, name = arn.split(":")[:7]
    return lambda_backends[account][region].get_function(name)


def invoke(function: Any, event: Any, request: str | None = None) -> Outcome:
    """Invoke a function and wait for it. The lock on the state must not be held: a function calls APIs."""
    with STATE:
        request = request or str(uuid.uuid4())
        group, stream, log_format = _logging(function, request)
        invocation = {
            "context": {
                "awsRequestId": request,
                "functionName": function.function_name,
                "functionVersion": "$LATEST",
                "invokedFunctionArn": function.function_arn,
                "logGroupName": group,
                "logStreamName": stream,
                "memoryLimitInMB": str(function.memory_size),
            },
            "event": event,
            "handler": function.handler,
            "logFormat": log_format,
            "requestId": request,
            "timeout": int(function.timeout),
        }
        archive, digest, variables = function.code_bytes, function.code_digest, environment(function)
    if function.run_time != RUNTIME:
        raise refusal("lambda", "InvalidParameterValueException", f"the local API runs functions of {RUNTIME} alone")
    outcome = run(archive, digest, invocation, variables)
    with STATE:
        _keep(function, group, stream, outcome.lines)
    return outcome


def invoke_later(function: Any, event: Any) -> str:
    """Invoke a function without waiting for it. The answer is the ID of the request.

    Assumption: a function that fails is not invoked again; Lambda tries twice more, after one and two minutes.
    https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
    """
    request = str(uuid.uuid4())

    def run_it() -> None:
        try:
            invoke(function, event, request)
        finally:
            del _RUNNING[request]

    thread = _RUNNING[request] = threading.Thread(target=run_it, daemon=True)
    thread.start()
    return request


def wait_for(request: str) -> None:
    """Wait for the end of an invocation."""
    if thread := _RUNNING.get(request):
        thread.join()


def wait_for_all() -> None:
    """Wait for the end of all invocations that nobody waits for."""
    for request in list(_RUNNING):
        wait_for(request)


def _logging(function: Any, request: str) -> tuple[str, str, str]:
    """The log group, the log stream and the format of a function's logs."""
    config = getattr(function, "logging_config", None) or {}
    group = config.get("LogGroup") or f"/aws/lambda/{function.function_name}"
    stream = f"{utcnow():%Y/%m/%d}/{function.function_name}[$LATEST]{request.replace('-', '')}"
    return group, stream, config.get("LogFormat", "Text")


def _keep(function: Any, group: str, stream: str, lines: tuple[str, ...]) -> None:
    """Keep what a function wrote, if its role allows that: Lambda drops it otherwise, without an error.

    https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html
    """
    region, account = function.region, function.account_id
    logs, arn = logs_backends[account][region], f"arn:{get_partition(region)}:logs:{region}:{account}:log-group:{group}"

    def may(action: str, resource: str) -> bool:
        return allows(function.role, f"logs:{action}", resource, {})

    if group not in logs.groups:
        if not may("CreateLogGroup", f"{arn}:log-stream:"):
            return
        logs.create_log_group(group, {})
    if lines and all(may(action, f"{arn}:log-stream:{stream}") for action in ("CreateLogStream", "PutLogEvents")):
        time = int(unix_time_millis())
        logs.ensure_log_stream(group, stream)
        logs.put_log_events(group, stream, [{"timestamp": time, "message": line} for line in lines])


@after(LambdaBackend, "create_function")
def _created(backend: Any, function: Any, spec: dict[str, Any]) -> None:
    function.logging_config = spec.get("LoggingConfig")


@after(LambdaFunction, "update_configuration")
def _updated(function: Any, result: Any, changes: dict[str, Any]) -> None:
    function.logging_config = changes.get("LoggingConfig", function.logging_config)


@after(LambdaFunction, "get_configuration")
def _described(function: Any, configuration: dict[str, Any], on_create: bool = False) -> None:
    configuration["LoggingConfig"] = getattr(function, "logging_config", None) or {"LogFormat": "Text"}


@instead(LambdaResponse, "invoke")
def _invoke(call: Any) -> tuple[int, dict[str, Any], str]:
    """The request is handled without the lock on the state: see dispatch."""
    with STATE:
        name = unquote(call.path.rsplit("/", 2)[-2])
        function = call.backend.get_function(name if ":" not in name else name.split(":")[6])
        refuse_invoke(call, function.function_arn)
    event = json.loads(call.body or "null")
    kind = call.headers.get("X-Amz-Invocation-Type", "RequestResponse")
    if kind == "Event":
        call.invocation = invoke_later(function, event)
        return 202, {"status": 202}, ""
    if kind != "RequestResponse":
        raise refusal("lambda", "InvalidParameterValueException", f"the local API does not support the invocation type {kind}")
    outcome = invoke(function, event)
    if outcome.error is None:
        return 200, {"status": 200}, json.dumps(outcome.payload)
    return 200, {"status": 200, "X-Amz-Function-Error": "Unhandled"}, json.dumps(outcome.error)


@after(LambdaResponse, "call_action")
def _request_id(call: Any, answer: tuple[int, dict[str, Any], Any]) -> None:
    """The ID of a request is that of its invocation; moto makes up another one."""
    if hasattr(call, "invocation"):
        answer[1]["x-amzn-requestid"] = call.invocation
