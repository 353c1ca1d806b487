"""What invokes functions: topics that EC2 publishes connections to, and schedules."""

from __future__ import annotations

import json
import unittest
import urllib.error
import urllib.request
from typing import Any

from botocore.exceptions import ClientError

from . import client
from .functions.invocation import wait_for_all
from .testaccounts import Account
from .testserver import ServerCase, policy

SOURCE = "exports.handler = async ({ Records }) => console.log(Records?.[0].Sns.Message ?? 'a schedule');"
EVENTS = ["Accept", "Connect", "Delete", "Reject"]


class TestNotifications(ServerCase):
    def setUp(self) -> None:
        super().setUp()
        self.function_arn = self.function(SOURCE).get_cfn_attribute("Arn")
        self.service = self.endpoint_service()
        self.topic = self.create("SNS::Topic", {"DisplayName": "connections"})
        self.arn = self.topic.physical_resource_id
        source = f"arn:aws:ec2:eu-west-1:222222222222:vpc-endpoint-service/{self.service}"
        self.context = {"ArnEquals": {"aws:SourceArn": source}, "StringEquals": {"aws:SourceAccount": "222222222222"}}
        self.publish = {"Principal": {"Service": "vpce.amazonaws.com"}, "Action": "sns:Publish", "Resource": self.arn}
        self.set_policy(Condition=self.context)

    def subnet(self, account: Account, vpc: str) -> str:
        """A subnet in a zone that has the same name in both accounts."""
        made = account.of("ec2").create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24", AvailabilityZone="eu-west-1a")
        return made["Subnet"]["SubnetId"]

    def endpoint_service(self) -> str:
        """A service of the provider that requires acceptance and allows the consumer."""
        ec2, subnets = self.provider.of("ec2"), [self.subnet(self.provider, self.provider.vpc())]
        balancer = self.provider.of("elbv2").create_load_balancer(Name="nlb", Scheme="internal", Subnets=subnets, Type="network")
        arns = [one["LoadBalancerArn"] for one in balancer["LoadBalancers"]]
        made = ec2.create_vpc_endpoint_service_configuration(NetworkLoadBalancerArns=arns, AcceptanceRequired=True)
        service = made["ServiceConfiguration"]["ServiceId"]
        ec2.modify_vpc_endpoint_service_permissions(ServiceId=service, AddAllowedPrincipals=["*"])
        return service

    def set_policy(self, **statement: Any) -> None:
        document = json.loads(policy(**self.publish | statement))
        self.create("SNS::TopicPolicy", {"Topics": [self.arn], "PolicyDocument": document})

    def subscribe(self) -> None:
        given = {"Action": "lambda:InvokeFunction", "FunctionName": self.function_arn, "Principal": "sns.amazonaws.com"}
        self.permission = self.create("Lambda::Permission", given | {"SourceArn": self.arn})
        subscription = {"TopicArn": self.arn, "Protocol": "lambda", "Endpoint": self.function_arn}
        self.subscription = self.create("SNS::Subscription", subscription)
        notification = {"ServiceId": self.service, "ConnectionEvents": EVENTS, "ConnectionNotificationArn": self.arn}
        self.notification = self.create("EC2::VPCEndpointConnectionNotification", notification)

    def decide(self, verb: str, endpoint: str) -> None:
        decide = getattr(self.provider.of("ec2"), f"{verb}_vpc_endpoint_connections")
        self.assertEqual([], decide(ServiceId=self.service, VpcEndpointIds=[endpoint])["Unsuccessful"])

    def connect(self) -> str:
        ec2, vpc = self.consumer.of("ec2"), self.consumer.vpc()
        name = f"com.amazonaws.vpce.eu-west-1.{self.service}"
        made = ec2.create_vpc_endpoint(
            VpcEndpointType="Interface",
            VpcId=vpc,
            ServiceName=name,
            SubnetIds=[self.subnet(self.consumer, vpc)],
            PrivateDnsEnabled=False,
        )
        return made["VpcEndpoint"]["VpcEndpointId"]

    def messages(self) -> list[str]:
        """What the function was told, in the order of the events."""
        wait_for_all()
        found = [line.rsplit("\t", 1)[-1] for line in self.log()]
        self.provider.of("logs").delete_log_group(logGroupName="/aws/lambda/function")
        self.provider.of("logs").create_log_group(logGroupName="/aws/lambda/function")
        return sorted(found)

    def test_each_event_rings(self) -> None:
        self.subscribe()
        endpoint = self.connect()
        self.decide("accept", endpoint)
        self.decide("reject", endpoint)
        self.consumer.of("ec2").delete_vpc_endpoints(VpcEndpointIds=[endpoint])
        self.assertEqual([f"{event} at {self.service}" for event in EVENTS], self.messages())
        self.update(self.notification, ConnectionEvents=["Reject"])
        self.decide("reject", self.connect())
        self.assertEqual([f"Reject at {self.service}"], self.messages())
        self.delete(self.notification, self.subscription, self.permission)
        self.connect()
        self.assertEqual([], self.messages())

    def test_policies_let_it_ring(self) -> None:
        self.subscribe()
        other = {"StringEquals": {"aws:SourceAccount": "333333333333"}}
        deny = {"Effect": "Deny", "Principal": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
        allowed, refused = policy(Principal=self.publish["Principal"], Action="kms:*", Resource="*"), policy(Action="x")
        kms = {name: self.create("KMS::Key", {"KeyPolicy": json.loads(one)}) for name, one in (("a", allowed), ("r", refused))}
        for name, statement, settings, want in (
            ("it may", {"Condition": self.context}, {}, 1),
            ("another account", {"Condition": other}, {}, 0),
            ("another action", {"Action": "sns:Subscribe"}, {}, 0),
            ("what is not by TLS is denied", deny, {}, 0),
            ("a key that lets it", {}, {"KmsMasterKeyId": kms["a"].get_cfn_attribute("Arn")}, 1),
            ("a key that does not", {}, {"KmsMasterKeyId": kms["r"].get_cfn_attribute("Arn")}, 0),
            ("the key of AWS", {}, {"KmsMasterKeyId": "alias/aws/sns"}, 0),
        ):
            with self.subTest(name):
                self.set_policy(**statement)
                self.update(self.topic, **settings)
                self.connect()
                self.assertEqual(want, len(self.messages()))

    def test_the_function_must_let_sns_invoke_it(self) -> None:
        self.subscribe()
        self.delete(self.permission)
        self.connect()
        self.assertEqual([], self.messages())


class TestSchedules(ServerCase):
    def setUp(self) -> None:
        super().setUp()
        self.function_arn = self.function(SOURCE).get_cfn_attribute("Arn")

    def schedule(self, role: str, **settings: Any) -> Any:
        target = {"Arn": self.function_arn, "RoleArn": role, "RetryPolicy": {"MaximumRetryAttempts": 2}}
        given = {"Name": "tick", "ScheduleExpression": "rate(5 minutes)", "FlexibleTimeWindow": {"Mode": "OFF"}, "Target": target}
        return self.create("Scheduler::Schedule", given | settings)

    def tick(self, group: str = "default") -> tuple[int, str]:
        """The answer to a tick."""
        url = f"{client.ENDPOINT['url']}/_schedules/222222222222/eu-west-1/{group}/tick"
        try:
            with urllib.request.urlopen(urllib.request.Request(url, method="POST")) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def test_a_tick_runs_the_target(self) -> None:
        role = self.role("scheduler", "lambda:InvokeFunction", service="scheduler.amazonaws.com", resource=self.function_arn)
        made = self.schedule(role)
        self.assertEqual("arn:aws:scheduler:eu-west-1:222222222222:schedule/default/tick", made.get_cfn_attribute("Arn"))
        self.assertEqual((200, "null"), self.tick())
        self.assertIn("\tINFO\ta schedule", self.log()[0])
        disabled = self.update(made, State="DISABLED")
        self.assertEqual((409, "the schedule tick is DISABLED"), self.tick())
        enabled = self.update(disabled, State="ENABLED")
        self.provider.of("iam").delete_role_policy(RoleName="scheduler", PolicyName="own")
        status, text = self.tick()
        self.assertEqual(403, status)
        self.assertIn("is not authorized to perform: lambda:InvokeFunction", text)
        self.delete(enabled)

    def test_a_group(self) -> None:
        role = self.role("scheduler", "lambda:InvokeFunction", service="scheduler.amazonaws.com")
        group = self.create("Scheduler::ScheduleGroup", {"Name": "own"})
        made = self.schedule(role, GroupName="own")
        self.assertEqual(200, self.tick("own")[0])
        self.delete(made, group)

    def test_a_role_that_scheduler_cannot_assume(self) -> None:
        role = self.role("scheduler", service="lambda.amazonaws.com")
        with self.assertRaisesRegex(ClientError, "must allow AWS EventBridge Scheduler to assume the role"):
            self.schedule(role)


if __name__ == "__main__":
    unittest.main()
