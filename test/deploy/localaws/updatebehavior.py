"""Prints as JSON what change sets take a change of each property of each resource type to do."""

from __future__ import annotations

import json

from . import __main__ as server
from .resource import HANDLERS


def main() -> None:
    """Register all types, as the server does, and print them."""
    for module in server.RULES:
        module.install()
    print(json.dumps({name: {**handler.planned, **handler.properties} for name, handler in HANDLERS.items()}))


if __name__ == "__main__":
    main()
