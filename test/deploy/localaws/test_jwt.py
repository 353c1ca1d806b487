"""Rules that validate JSON Web Tokens, on moto."""

import unittest
from typing import Any

from botocore.exceptions import ClientError
from moto import mock_aws

from . import refusals, types  # noqa: F401
from .client import Clients

_CREDENTIALS = {"aws_access_key_id": "unused", "aws_secret_access_key": "unused"}
_JWT = {"Issuer": "https://login.company.com", "JwksEndpoint": "https://login.company.com/jwks.json"}
_END = {"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "204"}}


@mock_aws
class TestJwt(unittest.TestCase):
    def setUp(self) -> None:
        clients = Clients(_CREDENTIALS, "eu-west-1")
        ec2, self.elb = clients.of("ec2"), clients.of("elbv2")
        subnets = [zone["SubnetId"] for zone in ec2.describe_subnets()["Subnets"][:2]]
        balancer = self.elb.create_load_balancer(Name="alb", Scheme="internal", Subnets=subnets)["LoadBalancers"][0][
            "LoadBalancerArn"
        ]
        certificate = clients.of("acm").request_certificate(DomainName="api.company.com")["CertificateArn"]
        self.https = self.listener(balancer, Port=443, Protocol="HTTPS", Certificates=[{"CertificateArn": certificate}])
        self.http = self.listener(balancer, Port=80, Protocol="HTTP")

    def listener(self, balancer: str, **settings: Any) -> str:
        created = self.elb.create_listener(LoadBalancerArn=balancer, DefaultActions=[_END], **settings)
        return created["Listeners"][0]["ListenerArn"]

    def rule(self, listener: str, *actions: dict[str, Any]) -> Any:
        conditions = [{"Field": "path-pattern", "Values": ["/v1/*"]}]
        return self.elb.create_rule(ListenerArn=listener, Priority=1, Conditions=conditions, Actions=list(actions))["Rules"][0]

    def jwt(self, **config: Any) -> list[dict[str, Any]]:
        return [{"Type": "jwt-validation", "Order": 1, "JwtValidationConfig": _JWT | config}, {**_END, "Order": 2}]

    def claim(self, **claim: Any) -> list[dict[str, Any]]:
        return self.jwt(AdditionalClaims=[{"Name": "scope", "Format": "space-separated-values", "Values": ["read"]} | claim])

    def test_rule_has_what_it_was_given(self) -> None:
        created = self.rule(self.https, *self.claim())
        found = self.elb.describe_rules(RuleArns=[created["RuleArn"]])["Rules"][0]["Actions"]
        self.assertEqual(self.claim()[0], found[0])
        self.elb.modify_rule(RuleArn=created["RuleArn"], Actions=self.jwt(Issuer="https://id.company.com"))
        found = self.elb.describe_rules(RuleArns=[created["RuleArn"]])["Rules"][0]["Actions"]
        self.assertEqual("https://id.company.com", found[0]["JwtValidationConfig"]["Issuer"])
        with self.assertRaisesRegex(ClientError, "full URL"):
            self.elb.modify_rule(RuleArn=created["RuleArn"], Actions=self.jwt(JwksEndpoint="http://id.company.com/jwks"))

    def test_refused(self) -> None:
        long = "x" * 257
        for text, listener, actions in (
            ("requires an HTTPS listener", self.http, self.jwt()),
            ("An order must be specified", self.https, [{**action, "Order": None} for action in self.jwt()]),
            ("The last action", self.https, self.jwt()[:1]),
            ("The last action", self.https, [{**action, "Order": 3 - action["Order"]} for action in self.jwt()]),
            ("The Issuer must have", self.https, self.jwt(Issuer=long)),
            ("The JwksEndpoint must have", self.https, self.jwt(JwksEndpoint=f"https://company.com/{long}")),
            ("full URL", self.https, self.jwt(JwksEndpoint="http://company.com/jwks")),
            ("full URL", self.https, self.jwt(JwksEndpoint="https://company.com")),
            ("At most 10 additional claims", self.https, self.jwt(AdditionalClaims=self.claims(11))),
            ("validated by default", self.https, self.claim(Name="iss")),
            ("The Format of a claim", self.https, self.claim(Format="list")),
            ("from 1 to 10 values", self.https, self.claim(Values=["v"] * 11)),
            ("The value of a claim must have", self.https, self.claim(Values=[long])),
            ("can't include spaces", self.https, self.claim(Values=["read write"])),
        ):
            with self.subTest(text=text), self.assertRaisesRegex(ClientError, text):
                self.rule(listener, *({k: v for k, v in action.items() if v is not None} for action in actions))

    def test_refused_as_default_action(self) -> None:
        balancer = self.elb.describe_load_balancers()["LoadBalancers"][0]["LoadBalancerArn"]
        with self.assertRaisesRegex(ClientError, "requires an HTTPS listener"):
            self.elb.create_listener(LoadBalancerArn=balancer, Port=81, Protocol="HTTP", DefaultActions=self.jwt())

    def claims(self, count: int) -> list[dict[str, Any]]:
        return [{"Name": f"claim{number}", "Format": "single-string", "Values": ["v"]} for number in range(count)]


if __name__ == "__main__":
    unittest.main()
