"""Custom resources of functions: the requests that CloudFormation sends, and what it makes of the responses."""

from __future__ import annotations

import json
import time
import unittest
from contextlib import suppress
from typing import Any

from botocore.exceptions import ClientError

from .functions.response import _read
from .testserver import ServerCase
from .types.custom import _checked

# It writes each request, and answers as the property Answers says for the type of the request.
SOURCE = """
exports.handler = async (event) => {
  const { RequestType, PhysicalResourceId, ResourceProperties, OldResourceProperties } = event;
  console.log(JSON.stringify([RequestType, PhysicalResourceId, ResourceProperties.Size, OldResourceProperties?.Size]));
  const { StackId, RequestId, LogicalResourceId } = event;
  const answer = JSON.parse(ResourceProperties.Answers)[RequestType] ?? {};
  if (answer === 'silence') return;
  const base = { Status: 'SUCCESS', PhysicalResourceId: PhysicalResourceId ?? 'first', StackId, RequestId, LogicalResourceId };
  const body = Buffer.from(JSON.stringify({ ...base, ...answer }));
  const response = await fetch(event.ResponseURL, { method: 'PUT', body, headers: ResourceProperties.Headers });
  if (!response.ok) console.log(await response.text());
};
"""


class TestCustomResources(ServerCase):
    def setUp(self) -> None:
        super().setUp()
        self.function(SOURCE)
        self.cloudformation = self.provider.of("cloudformation")
        self.seen = 0

    def template(self, size: Any, after: bool = True, answers: Any = None, **properties: Any) -> str:
        """A template with a custom resource and, after it, a parameter that fails if `after` is false."""
        token = "arn:aws:lambda:eu-west-1:222222222222:function:function"
        thing = {"ServiceToken": token, "Size": size, "Answers": json.dumps(answers or {})} | properties
        parameter = {"Name": "/after", "Type": "String", "Value": "x" if after else {"Fn::GetAtt": ["Thing", "Absent"]}}
        return json.dumps(
            {
                "Resources": {
                    "Thing": {"Type": "Custom::Thing", "Properties": thing},
                    "After": {"Type": "AWS::SSM::Parameter", "Properties": parameter, "DependsOn": "Thing"},
                },
                "Outputs": {"Id": {"Value": {"Ref": "Thing"}}},
            }
        )

    def deploy(self, verb: str, *template: Any, **settings: Any) -> str:
        """The status of the stack after a deployment."""
        body = self.template(*template, **settings)
        getattr(self.cloudformation, f"{verb}_stack")(StackName="Stack", TemplateBody=body)
        return self.stack()["StackStatus"]

    def stack(self) -> dict[str, Any]:
        """The stack at the end of what happens to it."""
        while True:
            found = self.cloudformation.describe_stacks(StackName="Stack")["Stacks"][0]
            if not found["StackStatus"].endswith("_IN_PROGRESS"):
                return found
            time.sleep(0.1)

    def destroy(self) -> None:
        self.cloudformation.delete_stack(StackName="Stack")
        with suppress(ClientError):
            self.stack()

    def requests(self) -> list[Any]:
        """The requests since the last look: type, physical ID, and the new and the old size."""
        lines = [line.split("\t")[-1] for line in self.log() if "\tINFO\t" in line]
        new, self.seen = lines[self.seen :], len(lines)
        return [json.loads(line) if line.startswith("[") else line for line in new]

    def reasons(self) -> list[str]:
        events = self.cloudformation.describe_stack_events(StackName="Stack")["StackEvents"]
        return [event["ResourceStatusReason"] for event in events if event["ResourceStatus"].endswith("_FAILED")]

    def test_a_life(self) -> None:
        self.assertEqual("CREATE_COMPLETE", self.deploy("create", 5))
        self.assertEqual([["Create", None, "5", None]], self.requests())
        self.assertEqual("first", self.stack()["Outputs"][0]["OutputValue"])
        self.assertEqual("UPDATE_COMPLETE", self.deploy("update", True))
        self.assertEqual([["Update", "first", "true", "5"]], self.requests())
        self.assertEqual("UPDATE_COMPLETE", self.deploy("update", 6, answers={"Update": {"PhysicalResourceId": "second"}}))
        self.assertEqual([["Update", "first", "6", "true"], ["Delete", "first", "true", None]], self.requests())
        self.assertEqual("second", self.stack()["Outputs"][0]["OutputValue"])
        self.destroy()
        self.assertEqual([["Delete", "second", "6", None]], self.requests())

    def test_attributes(self) -> None:
        body = json.loads(self.template(1, answers={"Create": {"Data": {"Name": "a", "Deep.Name": "b"}}}))
        body["Outputs"] = {name.replace(".", ""): {"Value": {"Fn::GetAtt": ["Thing", name]}} for name in ("Name", "Deep.Name")}
        self.cloudformation.create_stack(StackName="Stack", TemplateBody=json.dumps(body))
        outputs = {one["OutputKey"]: one["OutputValue"] for one in self.stack()["Outputs"]}
        self.assertEqual({"Name": "a", "DeepName": "b"}, outputs)

    def test_a_creation_that_fails(self) -> None:
        said = r"^Received response status \[FAILED\] from custom resource. Message returned: no record \(RequestId: .*\)$"
        cases: dict[str, tuple[Any, str, str]] = {
            "the function says so": ({"Status": "FAILED", "Reason": "no record"}, "first", said),
            "no response": ("silence", "Stack-Thing-", "^CloudFormation did not receive a response from your custom resource."),
        }
        for name, (answer, physical_id, why) in cases.items():
            with self.subTest(name):
                self.assertEqual("ROLLBACK_COMPLETE", self.deploy("create", 1, answers={"Create": answer}))
                created, deleted = self.requests()
                self.assertEqual(["Create", None, "1", None], created)
                self.assertEqual(["Delete", "1", None], [deleted[0], *deleted[2:]])
                self.assertTrue(deleted[1].startswith(physical_id), deleted)
                self.assertRegex(self.reasons()[0], why)
                self.destroy()
                self.assertEqual([], self.requests())

    def test_responses_that_the_url_refuses(self) -> None:
        self.assertEqual("ROLLBACK_FAILED", self.deploy("create", 1, Headers={"content-type": "application/json"}))
        self.assertEqual("SignatureDoesNotMatch", self.requests()[1])

    def test_a_rollback_of_another_resource(self) -> None:
        self.assertEqual("ROLLBACK_COMPLETE", self.deploy("create", 1, False))
        self.assertEqual([["Create", None, "1", None], ["Delete", "first", "1", None]], self.requests())
        self.destroy()
        self.deploy("create", 1)
        self.requests()
        self.assertEqual("UPDATE_ROLLBACK_COMPLETE", self.deploy("update", 2, False))
        self.assertEqual([["Update", "first", "2", "1"], ["Update", "first", "1", "2"]], self.requests())
        replaced = {"Update": {"PhysicalResourceId": "second"}}
        self.assertEqual("UPDATE_ROLLBACK_COMPLETE", self.deploy("update", 3, False, replaced))
        # The function answers the rollback without an ID of its own, so the second one stays.
        self.assertEqual([["Update", "first", "3", "1"], ["Update", "second", "1", "3"]], self.requests())

    def test_a_replacement_that_is_rolled_back(self) -> None:
        back = {"Update": {"PhysicalResourceId": "first"}}
        self.deploy("create", 1, answers=back)
        self.requests()
        self.deploy("update", 2, False, {"Update": {"PhysicalResourceId": "second"}})
        expected = [["Update", "first", "2", "1"], ["Update", "second", "1", "2"], ["Delete", "second", "2", None]]
        self.assertEqual(expected, self.requests())

    def test_an_update_that_fails(self) -> None:
        self.deploy("create", 1)
        self.requests()
        failed = {"Update": {"Status": "FAILED", "Reason": "no"}}
        self.assertEqual("UPDATE_ROLLBACK_COMPLETE", self.deploy("update", 2, answers=failed))
        self.assertEqual([["Update", "first", "2", "1"], ["Update", "first", "1", "2"]], self.requests())
        self.assertIn("Message returned: no", self.reasons()[0])

    def test_another_function(self) -> None:
        self.deploy("create", 1)
        self.function(SOURCE, FunctionName="other")
        token = "arn:aws:lambda:eu-west-1:222222222222:function:other"
        self.assertEqual("UPDATE_ROLLBACK_COMPLETE", self.deploy("update", 1, ServiceToken=token))
        self.assertIn("Modifying service token is not allowed.", self.reasons()[0])

    def test_a_function_that_is_missing(self) -> None:
        token = "arn:aws:lambda:eu-west-1:222222222222:function:missing"
        self.assertEqual("ROLLBACK_COMPLETE", self.deploy("create", 1, ServiceToken=token))
        self.assertIn("Function not found", self.reasons()[0])


class TestResponses(unittest.TestCase):
    def test_what_is_no_response(self) -> None:
        event = {"StackId": "stack", "RequestId": "request", "LogicalResourceId": "Thing"}
        good = event | {"Status": "SUCCESS", "PhysicalResourceId": "id"}
        self.assertEqual(good, _checked(_read(json.dumps(good).encode()), event))
        for name, body, why in (
            ("another request", json.dumps(good | {"RequestId": "other"}), "RequestId is not that of the request"),
            ("no stack", json.dumps({"Status": "SUCCESS"}), "StackId is not that of the request"),
            ("no JSON", "SUCCESS", "it is not JSON"),
            ("more than 4096 bytes", json.dumps(good | {"Reason": "x" * 4096}), "Response object is too long."),
        ):
            with self.subTest(name):
                found = _checked(_read(body.encode()), event)
                self.assertNotEqual("SUCCESS", found["Status"])
                self.assertIn(why, found["Reason"])


if __name__ == "__main__":
    unittest.main()
