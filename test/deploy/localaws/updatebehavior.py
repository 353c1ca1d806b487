"""Prints as JSON what a change of each property of each resource type does, as change sets have it."""

import json

from . import types  # noqa: F401
from .engine.resourcetype import TYPES

if __name__ == "__main__":
    print(json.dumps({name: resource_type.behaviors for name, resource_type in TYPES.items()}))
