"""Prints as JSON what the AWS CLI has of operations, each an argument such as "ec2 describe-vpc-endpoints", by the models of botocore.

The CLI makes its options from them: https://github.com/aws/aws-cli/blob/develop/awscli/clidriver.py
"""

import json
import re
import sys

import botocore
import botocore.session
from botocore import xform_name

FILTER = re.compile(r"<li> <p> <code>([a-z0-9./:-]+)(?:&lt;key&gt;)?</code>")


def cli(name):
    return "--" + xform_name(name, "-")


def members(shape, found, seen):
    if shape is None or shape.name in seen:
        return found
    seen.add(shape.name)
    if shape.type_name == "structure":
        for name, member in shape.members.items():
            found.add(name)
            members(member, found, seen)
    elif shape.type_name == "list":
        members(shape.member, found, seen)
    elif shape.type_name == "map":
        members(shape.value, found, seen)
    return found


def options(shape):
    found = {}
    for name, member in (shape.members if shape else {}).items():
        found[cli(name)] = name in shape.required_members
        if member.type_name == "boolean":
            found["--no-" + cli(name)[2:]] = False
    return found


def filters(shape):
    member = shape and shape.members.get("Filters")
    return sorted(set(FILTER.findall(member.documentation))) if member else []


session = botocore.session.get_session()
operations = {}
for given in sys.argv[1:]:
    service, name = given.split(" ")
    if service not in session.get_available_services():
        continue
    model = session.get_service_model(service)
    names = {xform_name(each, "-"): each for each in model.operation_names}
    if name not in names:
        continue
    operation = model.operation_model(names[name])
    operations[given] = {
        "options": options(operation.input_shape),
        "filters": filters(operation.input_shape),
        "members": sorted(members(operation.output_shape, set(), set())),
    }
print(json.dumps({"botocore": botocore.__version__, "operations": operations}))
