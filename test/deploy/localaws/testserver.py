"""The local API with its server in this process, for tests of what calls it: functions that Node runs."""

from __future__ import annotations

import json
import threading
from typing import Any
from unittest import mock

from moto import mock_aws
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

from . import client, dispatch
from .engine import stack  # noqa: F401
from .testaccounts import CONSUMER, PROVIDER, Account, TypeCase

LOGS = ["logs:CreateLogStream", "logs:PutLogEvents"]


class ServerCase(TypeCase):
    """A test with two accounts of a server."""

    def setUp(self) -> None:
        self.enterContext(mock_aws())
        application = dispatch.OneAtATime(DomainDispatcherApplication(create_backend_app))
        server = make_server("127.0.0.1", 0, application, threaded=True)
        self.enterContext(mock.patch("logging.Logger.info"))  # werkzeug logs each request
        self.enterContext(mock.patch.dict(client.ENDPOINT, {"url": f"http://127.0.0.1:{server.server_port}"}))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        self.addCleanup(server.server_close)
        self.addCleanup(thread.join)
        self.addCleanup(server.shutdown)
        self.provider, self.consumer = Account(PROVIDER), Account(CONSUMER)

    def role(self, name: str, *actions: str, service: str = "lambda.amazonaws.com", resource: str = "*") -> str:
        """A role that trusts a service, and allows actions."""
        iam = self.provider.of("iam")
        trust = policy(Principal={"Service": service}, Action="sts:AssumeRole")
        made = iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust)["Role"]["Arn"]
        if actions:
            iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=policy(Action=list(actions), Resource=resource))
        return made

    def function(self, source: str, *actions: str, **properties: Any) -> Any:
        """A function of the provider with a log group, whose role allows actions."""
        name = properties.pop("FunctionName", "function")
        self.provider.of("logs").create_log_group(logGroupName=f"/aws/lambda/{name}")
        settings = {"FunctionName": name, "Runtime": "nodejs24.x", "Handler": "index.handler", "Code": {"ZipFile": source}}
        return self.create("Lambda::Function", settings | {"Role": self.role(f"role-{name}", *LOGS, *actions)} | properties)

    def invoke(self, event: Any = None, name: str = "function", account: Account | None = None) -> tuple[Any, bool]:
        """The answer of a function, and whether it failed."""
        answer = (account or self.provider).of("lambda").invoke(FunctionName=name, Payload=json.dumps(event))
        return json.loads(answer["Payload"].read()), "FunctionError" in answer

    def log(self, name: str = "function") -> list[str]:
        """The events in the log group of a function."""
        found = self.provider.of("logs").filter_log_events(logGroupName=f"/aws/lambda/{name}")
        return [event["message"] for event in found["events"]]


def policy(**statement: Any) -> str:
    """A policy that allows."""
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **statement}]})
