"""The data of the resource types against the models of the APIs that they call."""

import functools
import unittest
from collections.abc import Mapping
from typing import Any

import boto3
import jmespath

from . import types  # noqa: F401
from .engine.expression import ApiCall, expressions_in
from .engine.resource import NotSupported
from .engine.resourcetype import TYPES, ResourceType, resource_type
from .test_engine import Recorder, request


@functools.cache
def meta_of(service: str) -> Any:
    """The model of a service."""
    session = boto3.Session(region_name="eu-west-1", aws_access_key_id="unused", aws_secret_access_key="unused")
    return session.client(service).meta


def calls_of(resource_type: ResourceType) -> list[ApiCall]:
    """All calls that a type makes as data."""
    lists = [*resource_type.create, *resource_type.settings, *resource_type.update, *resource_type.delete, resource_type.read]
    return [expression.api for expression in expressions_in([*lists, resource_type.attributes]) if expression.api]


def unknown_names(value: Any, shape: Any) -> list[str]:
    """The names in the parameters of a call that the model of the API does not have."""
    if isinstance(value, list) and shape.type_name == "list":
        return [name for item in value for name in unknown_names(item, shape.member)]
    if not isinstance(value, Mapping) or shape.type_name != "structure":
        return []
    members = {name.lower(): member for name, member in shape.members.items()}
    unknown = [name for name in value if name.lower() not in members]
    return unknown + [name for key in value if key.lower() in members for name in unknown_names(value[key], members[key.lower()])]


def first_name(query: str) -> str | None:
    """The name that a query starts with, if it starts with one."""
    node = jmespath.compile(query).parsed
    while node["type"] != "field" and node["children"]:
        node = node["children"][0]
    return node["value"] if node["type"] == "field" else None


class TestTypes(unittest.TestCase):
    def test_calls_are_those_of_the_apis(self) -> None:
        count = 0
        for kind in TYPES.values():
            for call in calls_of(kind):
                with self.subTest(type=kind.name, operation=call.operation):
                    count += 1
                    service, method = call.operation.split(".")
                    meta = meta_of(service)
                    model = meta.service_model.operation_model(meta.method_to_api_mapping[method])
                    self.assertEqual([], unknown_names(call.parameters, model.input_shape))
                    if name := first_name(call.result):
                        self.assertIn(name, model.output_shape.members)
        self.assertGreater(count, 80)

    def test_types_can_be_created_and_deleted(self) -> None:
        for kind in TYPES.values():
            with self.subTest(type=kind.name):
                self.assertTrue(kind.create or kind.settings)
                self.assertTrue(kind.delete)

    def test_a_record_changes_in_place_but_for_its_type(self) -> None:
        zone, first, second = "Z1", {"DNSName": "first", "HostedZoneId": "Z2"}, {"DNSName": "second", "HostedZoneId": "Z3"}
        old = {"HostedZoneId": zone, "Name": "api.company.com", "Type": "A", "AliasTarget": first}
        record, clients = resource_type("AWS::Route53::RecordSet"), Recorder()
        record.update_resource(request(clients, old, old | {"AliasTarget": second}), {})
        ((method, parameters),) = clients.calls
        self.assertEqual(("change_resource_record_sets", zone), (method, parameters["HostedZoneId"]))
        (change,) = parameters["ChangeBatch"]["Changes"]
        self.assertEqual(("UPSERT", "second"), (change["Action"], change["ResourceRecordSet"]["AliasTarget"]["DNSName"]))
        with self.assertRaisesRegex(NotSupported, "an update of Type of AWS::Route53::RecordSet"):
            record.update_resource(request(Recorder(), old, old | {"Type": "AAAA"}), {})


if __name__ == "__main__":
    unittest.main()
