"""Clients of the local API, with the credentials of a deployment."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import Any

import boto3
from botocore.config import Config

ENDPOINT = {"url": ""}  # set by the server as soon as it listens

_SESSION = boto3.session.Session()
_CREATING = Lock()  # a session must not create two clients at once
_CONFIG = Config(retries={"max_attempts": 0}, parameter_validation=True)


@dataclass(frozen=True)
class Credentials:
    """Temporary credentials, or the access key of an account. moto knows a caller by the access key alone."""

    access_key: str
    secret_key: str = "unused"
    token: str | None = None


class Clients:
    """The clients of one deployment."""

    def __init__(self, credentials: Credentials, region: str) -> None:
        self.credentials = credentials
        self.region = region
        self._clients: dict[str, Any] = {}

    def of(self, service: str) -> Any:
        """The client of a service."""
        if service not in self._clients:
            with _CREATING:
                self._clients[service] = _SESSION.client(
                    service,
                    region_name=self.region,
                    endpoint_url=ENDPOINT["url"],
                    aws_access_key_id=self.credentials.access_key,
                    aws_secret_access_key=self.credentials.secret_key,
                    aws_session_token=self.credentials.token,
                    config=_CONFIG,
                )
        return self._clients[service]

    def assume(self, role_arn: str, session: str, region: str | None = None) -> Clients:
        """Clients with the credentials of a role."""
        assumed = self.of("sts").assume_role(RoleArn=role_arn, RoleSessionName=session)["Credentials"]
        credentials = Credentials(assumed["AccessKeyId"], assumed["SecretAccessKey"], assumed["SessionToken"])
        return Clients(credentials, region or self.region)
