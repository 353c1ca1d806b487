"""Clients of the local API, with the credentials of a deployment."""

from __future__ import annotations

from threading import Lock
from typing import Any

import boto3
from botocore.config import Config

ENDPOINT: dict[str, str | None] = {"url": None}  # set by the server as soon as it listens

_SESSION = boto3.Session()
_CREATING = Lock()  # a session must not create two clients at once
_CONFIG = Config(retries={"max_attempts": 0})


class Clients:
    """The clients of one deployment. Credentials are the aws_ parameters of a boto client, of a role or of an account."""

    def __init__(self, credentials: dict[str, str], region: str, role: str | None = None) -> None:
        self.credentials = credentials
        self.region = region
        self.role = role
        self._clients: dict[str, Any] = {}

    def of(self, service: str) -> Any:
        """The client of a service."""
        if service not in self._clients:
            options: dict[str, Any] = {"endpoint_url": ENDPOINT["url"], "config": _CONFIG} | self.credentials
            with _CREATING:
                self._clients[service] = _SESSION.client(service, self.region, **options)
        return self._clients[service]

    def assume(self, role_arn: str, session: str, region: str | None = None) -> Clients:
        """Clients with the credentials of a role."""
        assumed = self.of("sts").assume_role(RoleArn=role_arn, RoleSessionName=session)["Credentials"]
        credentials = {
            "aws_access_key_id": assumed["AccessKeyId"],
            "aws_secret_access_key": assumed["SecretAccessKey"],
            "aws_session_token": assumed["SessionToken"],
        }
        return Clients(credentials, region or self.region, role_arn)
