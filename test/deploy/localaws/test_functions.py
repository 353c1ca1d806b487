"""Functions that run: what they return, write and may call."""

from __future__ import annotations

import unittest
from collections.abc import Callable
from typing import Any
from unittest import mock

from botocore.exceptions import ClientError

from .client import Clients
from .functions import node
from .functions.authority import role_may_invoke, service_may_invoke
from .functions.credentials import environment
from .functions.invocation import function_of
from .testaccounts import REGION
from .testserver import LOGS, ServerCase, policy

ECHO = "exports.handler = async (event) => ({ event, region: process.env.AWS_REGION });"
KEYS = ("access_key_id", "secret_access_key", "session_token")

# It calls EC2 as the SDK does; the local API reads the key in the signature alone.
CALL = """
exports.handler = async () => {
  const { AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID: key, AWS_REGION: region } = process.env;
  const Authorization = `AWS4-HMAC-SHA256 Credential=${key}/20260101/${region}/ec2/aws4_request, SignedHeaders=host, Signature=x`;
  const body = new URLSearchParams({ Action: 'DescribeVpcEndpointConnections', Version: '2016-11-15' });
  return (await fetch(AWS_ENDPOINT_URL, { method: 'POST', headers: { Authorization }, body })).text();
};
"""


class TestCalls(ServerCase):
    def test_a_function_calls_with_the_rights_of_its_role(self) -> None:
        self.function(CALL, "ec2:DescribeVpcEndpointConnections")
        self.assertIn("DescribeVpcEndpointConnectionsResponse", self.invoke()[0])
        self.provider.of("iam").delete_role_policy(RoleName="role-function", PolicyName="own")
        self.assertIn("<Code>UnauthorizedOperation</Code>", self.invoke()[0])

    def test_calls_need_the_rights_of_the_role(self) -> None:
        describe, accept = "DescribeVpcEndpointConnections", "AcceptVpcEndpointConnections"
        service = "arn:aws:ec2:eu-west-1:222222222222:vpc-endpoint-service/vpce-svc-1"
        keys = environment(function_of(self.function(CALL).get_cfn_attribute("Arn")))
        ec2 = Clients({f"aws_{name}": keys[f"AWS_{name.upper()}"] for name in KEYS}, REGION).of("ec2")
        calls: dict[str, Callable[[], Any]] = {
            describe: ec2.describe_vpc_endpoint_connections,
            accept: lambda: ec2.accept_vpc_endpoint_connections(ServiceId="vpce-svc-1", VpcEndpointIds=["vpce-1"]),
            "DeleteVpc": lambda: ec2.delete_vpc(VpcId="vpc-1"),
        }
        refused, missing = "UnauthorizedOperation", "InvalidVpcEndpointServiceId.NotFound"
        for allowed, resource, condition, action, want in (
            (describe, "*", {}, describe, ""),
            (describe, "*", {"StringEquals": {"ec2:Region": "eu-west-1"}}, describe, ""),
            (describe, "*", {"StringEquals": {"ec2:Region": "eu-west-2"}}, describe, refused),
            (describe, service, {}, describe, refused),
            (accept, "*", {}, describe, refused),
            (describe, "*", {}, accept, refused),
            (accept, service, {}, accept, missing),
            (accept, f"{service}2", {}, accept, refused),
            ("*", "*", {}, "DeleteVpc", "AccessDenied"),
        ):
            with self.subTest(allowed=allowed, resource=resource, action=action, condition=condition):
                document, code = policy(Action=f"ec2:{allowed}", Resource=resource, Condition=condition), ""
                self.provider.of("iam").put_role_policy(RoleName="role-function", PolicyName="own", PolicyDocument=document)
                try:
                    calls[action]()
                except ClientError as error:
                    code = error.response["Error"]["Code"]
                self.assertEqual(want, code)

    def test_who_may_invoke(self) -> None:
        arn = self.function(ECHO).get_cfn_attribute("Arn")
        role = self.role("caller", "lambda:InvokeFunction", resource=f"{arn}2")
        self.assertFalse(role_may_invoke(role, arn))
        self.assertTrue(role_may_invoke(role, f"{arn}2"))
        self.assertTrue(role_may_invoke("arn:aws:iam::222222222222:role/OrganizationAccountAccessRole", arn))
        topic, function = "arn:aws:sns:eu-west-1:222222222222:topic", function_of(arn)
        self.assertFalse(service_may_invoke("sns.amazonaws.com", function, topic))
        given = {"Action": "lambda:InvokeFunction", "FunctionName": arn, "Principal": "sns.amazonaws.com", "SourceArn": topic}
        permission = self.create("Lambda::Permission", given)
        self.assertTrue(service_may_invoke("sns.amazonaws.com", function, topic))
        self.assertFalse(service_may_invoke("sns.amazonaws.com", function, f"{topic}2"))
        self.assertFalse(service_may_invoke("scheduler.amazonaws.com", function, topic))
        self.delete(permission)
        self.assertFalse(service_may_invoke("sns.amazonaws.com", function, topic))


class TestInvoke(ServerCase):
    def test_the_code_runs(self) -> None:
        made = self.function(ECHO)
        self.assertEqual(({"event": {"a": 1}, "region": "eu-west-1"}, False), self.invoke({"a": 1}))
        self.assertEqual("arn:aws:lambda:eu-west-1:222222222222:function:function", made.get_cfn_attribute("Arn"))

    def test_an_update_changes_code_and_configuration(self) -> None:
        made = self.function(ECHO, Tags=[{"Key": "a", "Value": "b"}])
        source = "exports.handler = async (_, context) => [context.memoryLimitInMB, process.env.NAME];"
        updated = self.update(made, Code={"ZipFile": source}, MemorySize=256, Environment={"Variables": {"NAME": "x"}}, Tags=[])
        self.assertEqual((["256", "x"], False), self.invoke())
        self.assertEqual(made.physical_resource_id, updated.physical_resource_id)
        self.delete(updated)
        with self.assertRaisesRegex(ClientError, "Function not found"):
            self.invoke()

    def test_what_goes_wrong(self) -> None:
        cases = {
            "exports.handler = async () => { throw new TypeError('no'); };": ("TypeError", "no"),
            "exports.other = 1;": ("Error", "index.handler is undefined or not exported"),
            "exports.handler = async () => process.exit(3);": ("Runtime.ExitError", "Runtime exited without providing a reason"),
            "syntax error": ("SyntaxError", ""),
        }
        made = self.function(ECHO)
        for source, (kind, text) in cases.items():
            with self.subTest(source):
                made = self.update(made, Code={"ZipFile": source})
                error, failed = self.invoke()
                self.assertEqual((kind, True), (error["errorType"], failed))
                self.assertIn(text, error["errorMessage"])

    def test_a_function_that_does_not_end(self) -> None:
        self.function("exports.handler = () => { for (;;); };")
        with mock.patch.object(node, "LONGEST", 1):
            error, _ = self.invoke()
        self.assertEqual("Sandbox.Timedout", error["errorType"])
        self.assertIn("Task timed out after 3.00 seconds", error["errorMessage"])

    def test_waits_take_no_time_but_pass_it(self) -> None:
        source = """
            const { setTimeout: sleep } = require('node:timers/promises');
            exports.handler = async (event, context) => {
              const [start, left] = [Date.now(), context.getRemainingTimeInMillis()];
              await sleep(200000);
              await new Promise((resolve) => setTimeout(resolve, event));
              const passed = new Date().getTime() - start;
              return [Math.floor(passed / 1000), Math.floor((left - context.getRemainingTimeInMillis()) / 1000)];
            };"""
        self.function(source, Timeout=600)
        self.assertEqual(([500, 500], False), self.invoke(300_000))
        error, _ = self.invoke(500_000)
        self.assertEqual("Sandbox.Timedout", error["errorType"])

    def test_logs(self) -> None:
        source = "exports.handler = async () => { process.stdout.write('{\"a\":1}\\n'); console.log('b', 2); };"
        made = self.function(source)
        self.invoke()
        line, prefixed = self.log()
        self.assertEqual('{"a":1}', line)
        self.assertRegex(prefixed, r"^20\d\d-.*Z\t[0-9a-f-]{36}\tINFO\tb 2$")
        made = self.update(made, LoggingConfig={"LogFormat": "JSON", "LogGroup": "/aws/lambda/function"})
        self.invoke()
        self.assertRegex(self.log()[-1], r'^{"timestamp":".*","level":"INFO","requestId":".*","message":"b 2"}$')

    def test_logs_need_the_rights_of_the_role(self) -> None:
        self.function("exports.handler = async () => console.log('a');")
        iam = self.provider.of("iam")
        iam.delete_role_policy(RoleName="role-function", PolicyName="own")
        self.assertEqual((None, False), self.invoke())
        self.assertEqual([], self.log())

    def test_a_role_that_lambda_cannot_assume(self) -> None:
        role = self.role("other", *LOGS, service="ec2.amazonaws.com")
        with self.assertRaisesRegex(ClientError, "cannot be assumed by Lambda"):
            self.function(ECHO, Role=role)

    def test_a_runtime_that_does_not_run(self) -> None:
        self.function(ECHO, Runtime="nodejs20.x")
        with self.assertRaisesRegex(ClientError, "runs functions of nodejs24.x alone"):
            self.invoke()


if __name__ == "__main__":
    unittest.main()
