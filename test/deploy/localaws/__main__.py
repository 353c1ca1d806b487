"""Serves the local AWS API: moto's server under an overlay of what its CloudFormation, EC2 and load balancers lack.

It prints its port as JSON when it listens, and ends when its standard input does, so that none is left behind.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import threading

os.environ.setdefault("AWS_EC2_METADATA_DISABLED", "true")

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app  # noqa: E402
from werkzeug.serving import make_server  # noqa: E402

from . import (  # noqa: E402
    client,
    cloudtrail,
    connection,
    containerservice,
    customresource,
    endpointservice,
    hostedzone,
    iam,
    identity,
    listener,
    loadbalancer,
    motomodel,
    notification,
    privatedns,
    resolver,
    resourcepolicy,
    securitygroup,
    stack,
    targetgroup,
    turn,
    vpc,
    vpcendpoint,
    zone,
)

RULES = (resolver, stack, motomodel, identity, endpointservice, connection, vpcendpoint, loadbalancer, targetgroup)
RULES += (resourcepolicy, cloudtrail, vpc, zone, privatedns, notification)
TYPES = (containerservice, customresource, hostedzone, iam, listener, securitygroup)  # they register themselves


def main() -> None:
    """Serve until nobody holds the standard input any more."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    for module in RULES:
        module.install()
    application = turn.OneAtATime(DomainDispatcherApplication(create_backend_app))
    server = make_server("127.0.0.1", 0, application, threaded=True)
    client.ENDPOINT["url"] = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(json.dumps({"port": server.server_port}), flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
