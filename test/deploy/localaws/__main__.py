"""Serves the local AWS API on a free port.

It prints the port as JSON when it listens, and ends with its standard input, so that no server is left behind.
"""

import json
import logging
import os
import sys
import threading

os.environ.setdefault("AWS_EC2_METADATA_DISABLED", "true")

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

from . import client, dispatch, functions, refusals, types  # noqa: F401
from .engine import stack  # noqa: F401


def main() -> None:
    """Serve until the standard input ends."""
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    application = dispatch.OneAtATime(DomainDispatcherApplication(create_backend_app))
    server = make_server("127.0.0.1", 0, application, threaded=True)
    client.ENDPOINT["url"] = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(json.dumps({"port": server.server_port}), flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
