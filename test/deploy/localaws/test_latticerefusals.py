"""What VPC Lattice and Resource Access Manager refuse: each refusal is made here once."""

from __future__ import annotations

import json
import unittest
from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError

from .services.api import REFUSED
from .services.lattice import LATTICE
from .services.ram import RAM
from .testaccounts import ANSWER, CONSUMER, OTHER, OUTSIDE, PROVIDER, REGION, LatticeCase, forward

_DOMAIN = "api.company.com"
_NOBODY = f"arn:aws:vpc-lattice:{REGION}:{PROVIDER}:service/svc-0{'0' * 16}"
_ORGANIZATION = "arn:aws:organizations::123456789012"

Deed = Callable[[LatticeCase], Any]
_CASES: list[tuple[str, str, str, Deed]] = []


def refused(name: str, code: str, words: str) -> Callable[[Deed], Deed]:
    """A refusal by its name, its code, and a part of its words. The function does what is refused."""

    def register(deed: Deed) -> Deed:
        _CASES.append((name, code, words, deed))
        return deed

    return register


def case(name: str, code: str, words: str, deed: Deed) -> None:
    _CASES.append((name, code, words, deed))


# Networks


@refused("second service network of a VPC", "ConflictException", "is already associated with service network sn-")
def _second_network(t: LatticeCase) -> None:
    vpc = t.consumer.vpc()
    for name in ("one", "two"):
        t.consumer.attach(t.consumer.network(name)["arn"], vpc)


@refused("VPC of another account", "ValidationException", "The VPC 'vpc-")
def _foreign_vpc(t: LatticeCase) -> None:
    t.consumer.attach(t.consumer.network()["arn"], t.provider.vpc())


@refused("security group of another VPC", "ValidationException", "is not one of the VPC")
def _foreign_group(t: LatticeCase) -> None:
    t.consumer.attach(t.consumer.network()["arn"], t.consumer.vpc(), t.consumer.group(t.consumer.vpc()))


@refused("invalid parameters", "ValidationException", "Member must have length less than or equal to 5")
def _six_groups(t: LatticeCase) -> None:
    vpc = t.consumer.vpc()
    t.consumer.attach(t.consumer.network()["arn"], vpc, *(t.consumer.group(vpc, f"g{number}") for number in range(6)))


@refused("both shared", "AccessDeniedException", "must own either the service svc-")
def _both_shared(t: LatticeCase) -> None:
    network = t.other.network()["arn"]
    t.other.share(network, CONSUMER)
    t.consumer.join(network, t.shared()["arn"])


@refused("associated already", "ConflictException", "is already associated with service network")
def _twice(t: LatticeCase) -> None:
    network, service = t.provider.network()["arn"], t.provider.service()["arn"]
    for _ in range(2):
        t.provider.join(network, service)


@refused("domain taken in the network", "ConflictException", f"custom domain name '{_DOMAIN}'")
def _domain_twice(t: LatticeCase) -> None:
    network = t.consumer.network()["arn"]
    for name in ("one", "two"):
        t.consumer.join(network, t.consumer.service(name, customDomainName=_DOMAIN)["arn"])


@refused("not shared", "AccessDeniedException", "no resource-based policy allows the vpc-lattice:CreateServiceNetworkServiceAss")
def _not_named(t: LatticeCase) -> None:
    t.other.join(t.other.network()["arn"], t.shared()["arn"])


@refused("not found", "ResourceNotFoundException", "The service 'svc-")
def _by_id(t: LatticeCase) -> None:
    """An ID is looked up in the caller's account, even if the service is shared."""
    t.consumer.join(t.consumer.network()["arn"], t.shared()["id"])


@refused("not found", "ResourceNotFoundException", "The service 'arn:aws:vpc-lattice")
def _unknown(t: LatticeCase) -> None:
    t.provider.lattice.get_service(serviceIdentifier=_NOBODY)


case(
    "list without a filter",
    "ValidationException",
    "or a vpc must be specified",
    lambda t: t.consumer.lattice.list_service_network_vpc_associations(),
)


def _delete_network(t: LatticeCase, associate: Callable[[str], Any]) -> None:
    network = t.provider.network()["arn"]
    associate(network)
    t.provider.lattice.delete_service_network(serviceNetworkIdentifier=network)


@refused("network with VPCs", "ConflictException", r"ServiceNetwork sn-\w+ has VPC\(s\) associated")
def _vpc_associated(t: LatticeCase) -> None:
    _delete_network(t, lambda network: t.provider.attach(network, t.provider.vpc()))


@refused("network with services", "ConflictException", r"ServiceNetwork sn-\w+ has service\(s\) associated")
def _service_associated(t: LatticeCase) -> None:
    _delete_network(t, lambda network: t.provider.join(network, t.provider.service()["arn"]))


@refused("network with endpoints", "ConflictException", r"ServiceNetwork sn-\w+ has VPC endpoint\(s\) associated")
def _endpoint_associated(t: LatticeCase) -> None:
    ec2, vpc = t.provider.of("ec2"), t.provider.vpc()
    _delete_network(
        t, lambda network: ec2.create_vpc_endpoint(VpcEndpointType="ServiceNetwork", VpcId=vpc, ServiceNetworkArn=network)
    )


# Services


@refused("service with associations", "ConflictException", r"Service svc-\w+ has service network\(s\) associated")
def _delete_service(t: LatticeCase) -> None:
    service = t.shared()["arn"]
    t.consumer.join(t.consumer.network()["arn"], service)
    t.provider.lattice.delete_service(serviceIdentifier=service)


@refused("name taken", "ConflictException", "A service with the name 'pricing' already exists")
def _same_name(t: LatticeCase) -> None:
    for _ in range(2):
        t.provider.service()


case("invalid parameters", "ValidationException", "regular expression pattern", lambda t: t.provider.service("svc-Pricing"))


@refused("certificate without a domain", "ValidationException", "requires a custom domain name")
def _certificate_alone(t: LatticeCase) -> None:
    t.provider.service(certificateArn=t.provider.certificate())


@refused("certificate", "ValidationException", f"for '{_DOMAIN}'")
def _other_certificate(t: LatticeCase) -> None:
    t.provider.service(customDomainName=_DOMAIN, certificateArn=t.provider.certificate("*.other.com"))


@refused("certificate", "ValidationException", "is not an issued one of this account and Region")
def _certificate_of_another_account(t: LatticeCase) -> None:
    service = t.provider.service(customDomainName=_DOMAIN)["id"]
    t.provider.lattice.update_service(serviceIdentifier=service, certificateArn=t.consumer.certificate())


# Listeners and rules


@refused("HTTPS for a custom domain without a certificate", "ValidationException", "requires a certificate")
def _https(t: LatticeCase) -> None:
    t.provider.listener(t.provider.service(customDomainName=_DOMAIN)["id"], protocol="HTTPS", port=443)


def _passthrough(t: LatticeCase, action: Any = None, **settings: Any) -> tuple[str, str]:
    service = t.provider.service(**settings)["id"]
    given = action or forward(t.provider.targets(protocol="TCP"))
    return service, t.provider.listener(service, protocol="TLS_PASSTHROUGH", port=443, defaultAction=given)


case("passthrough without a domain", "ValidationException", "a service with a custom domain name", _passthrough)
case(
    "response of a passthrough listener",
    "ValidationException",
    "must be a forward action to a TCP target group",
    lambda t: _passthrough(t, ANSWER, customDomainName=_DOMAIN),
)
case(
    "rule of a passthrough listener",
    "ValidationException",
    "The only rule allowed",
    lambda t: t.provider.rule(*_passthrough(t, customDomainName=_DOMAIN)),
)
case(
    "protocol of a target group",
    "ValidationException",
    "is not one that a TLS_PASSTHROUGH listener can forward to",
    lambda t: _passthrough(t, forward(t.provider.targets()), customDomainName=_DOMAIN),
)
case(
    "protocol of a target group",
    "ValidationException",
    "is not one that a HTTP listener can forward to",
    lambda t: t.provider.listener(t.provider.service()["id"], defaultAction=forward(t.provider.targets(protocol="TCP"))),
)
case(
    "fixed response",
    "ValidationException",
    "404 or 500, not 403",
    lambda t: t.provider.listener(t.provider.service()["id"], defaultAction={"fixedResponse": {"statusCode": 403}}),
)


@refused("port of a listener", "ConflictException", "already has a listener on port 80")
def _same_port(t: LatticeCase) -> None:
    service = t.provider.service()["id"]
    for name in ("one", "two"):
        t.provider.listener(service, name)


@refused("name of a listener or of a rule taken", "ConflictException", "A listener with the name 'http' already exists")
def _same_listener(t: LatticeCase) -> None:
    service = t.provider.service()["id"]
    for port in (80, 81):
        t.provider.listener(service, port=port)


@refused("too many listeners", "ServiceQuotaExceededException", "2 listeners per service")
def _three_listeners(t: LatticeCase) -> None:
    service = t.provider.service()["id"]
    for port in (80, 81, 82):
        t.provider.listener(service, f"port{port}", port=port)


def _route(t: LatticeCase, *priorities: int, **settings: Any) -> None:
    service = t.provider.service()["id"]
    listener = t.provider.listener(service)
    for number, priority in enumerate(priorities):
        t.provider.rule(service, listener, priority, f"route{number}", **settings)


case("too many rules", "ServiceQuotaExceededException", "10 rules per listener", lambda t: _route(t, *range(1, 12)))
case("priority of a rule", "ConflictException", "The priority 7 is already used", lambda t: _route(t, 7, 7))
case("invalid parameters", "ValidationException", "less than or equal to 2000", lambda t: _route(t, 2001))
case("rule without a condition", "ValidationException", "must match a method", lambda t: _route(t, 1, match={"httpMatch": {}}))


@refused("target group of another service", "ConflictException", "is already used by another service")
def _group_of_two(t: LatticeCase) -> None:
    group = t.provider.targets()
    for name in ("one", "two"):
        t.provider.listener(t.provider.service(name)["id"], defaultAction=forward(group))


@refused("not shared", "AccessDeniedException", "because no resource-based policy allows the vpc-lattice:CreateListener action")
def _foreign_targets(t: LatticeCase) -> None:
    group = t.consumer.lattice.get_target_group(targetGroupIdentifier=t.consumer.targets())["arn"]
    t.provider.listener(t.provider.service()["id"], defaultAction=forward(group))


@refused("too many target groups", "ServiceQuotaExceededException", "10 target groups per service")
def _eleven_groups(t: LatticeCase) -> None:
    vpc = t.provider.vpc()
    first, *others = (t.provider.targets(f"group{number}", vpcIdentifier=vpc) for number in range(11))
    service = t.provider.service()["id"]
    t.provider.rule(service, t.provider.listener(service, defaultAction=forward(first)), action=forward(*others))


# Target groups


@refused("target group in use", "ConflictException", r"TargetGroup tg-\w+ is used by listener listener-")
def _delete_group(t: LatticeCase) -> None:
    group = t.provider.targets()
    t.provider.listener(t.provider.service()["id"], defaultAction=forward(group))
    t.provider.lattice.delete_target_group(targetGroupIdentifier=group)


case(
    "target group without a configuration",
    "ValidationException",
    "type IP requires a vpcIdentifier",
    lambda t: t.provider.lattice.create_target_group(name="tasks", type="IP", config={"port": 80, "protocol": "HTTP"}),
)
case(
    "target group in another VPC",
    "ValidationException",
    "The VPC 'vpc-",
    lambda t: t.provider.targets(vpcIdentifier=t.consumer.vpc()),
)
case(
    "health check of a load balancer or a function",
    "ValidationException",
    "ALB Target Group does not support health check config",
    lambda t: t.provider.targets(kind="ALB", healthCheck={"enabled": True}),
)
case(
    "health check of a load balancer or a function",
    "ValidationException",
    "Lambda Target Group does not support health check config",
    lambda t: t.provider.lattice.update_target_group(
        targetGroupIdentifier=t.provider.targets(kind="LAMBDA"), healthCheck={"enabled": True}
    ),
)
case(
    "health check of TCP without a protocol",
    "ValidationException",
    "requires a protocol and a protocol version",
    lambda t: t.provider.targets(protocol="TCP", healthCheck={"enabled": True}),
)


# Policies


def _policy(text: str) -> Deed:
    return lambda t: t.provider.lattice.put_auth_policy(resourceIdentifier=t.provider.service()["id"], policy=text)


def _statement(**changes: Any) -> str:
    statement = {"Effect": "Allow", "Principal": "*", "Action": "vpc-lattice-svcs:Invoke", "Resource": "*"} | changes
    return json.dumps({"Statement": [{name: value for name, value in statement.items() if value}]})


case("line in a policy", "ValidationException", "must not contain newlines", _policy("{\n}"))
case("size of a policy", "ValidationException", "exceeds 10 KB", _policy(_statement(Sid="a" * 9_950)))
case("form of a policy", "ValidationException", "The policy is not valid: Expecting value", _policy("a"))
case("form of a policy", "ValidationException", "it has no statement", _policy("{}"))
case("form of a policy", "ValidationException", "a statement has no Principal", _policy(_statement(Principal=None)))
case("form of a policy", "ValidationException", "is not an action of VPC Lattice", _policy(_statement(Action="s3:GetObject")))
case(
    "no policy",
    "ResourceNotFoundException",
    "There is no auth policy",
    lambda t: t.provider.lattice.delete_auth_policy(resourceIdentifier=t.provider.service()["id"]),
)


# Shares


def _share(*principals: str, **settings: Any) -> Deed:
    return lambda t: t.provider.share(t.provider.service()["arn"], *principals, **settings)


case("form of a principal", "InvalidParameterException", "root is malformed", _share(f"arn:aws:iam::{CONSUMER}:root"))
case("unknown organization", "UnknownResourceException", "Organization o-none", _share(f"{_ORGANIZATION}:organization/o-none"))
case(
    "unknown organization",
    "UnknownResourceException",
    "OrganizationalUnit ou-none-0 in unknown organization could not be found.",
    _share(f"{_ORGANIZATION}:ou/o-localaws00/ou-none-0"),
)
case("role or user", "OperationNotPermittedException", "with IAM users or roles", _share(f"arn:aws:iam::{CONSUMER}:role/caller"))
case(
    "outside the organization",
    "OperationNotPermittedException",
    "can only be shared within your AWS Organization",
    _share(OUTSIDE, allowExternalPrincipals=False),
)
case(
    "type that cannot be shared",
    "MalformedArnException",
    "cannot share the selected resource type",
    lambda t: t.provider.share(f"arn:aws:vpc-lattice:{REGION}:{PROVIDER}:targetgroup/tg-0", CONSUMER),
)
case(
    "shared thing shared on",
    "OperationNotPermittedException",
    "which your account does not own",
    lambda t: t.consumer.share(t.shared()["arn"], OTHER),
)
case("unknown resource", "UnknownResourceException", "could not be found", lambda t: t.provider.share(_NOBODY, CONSUMER))
case(
    "network that is not to be shared",
    "OperationNotPermittedException",
    "is disabled",
    lambda t: t.provider.share(t.provider.network(sharingConfig={"enabled": False})["arn"], CONSUMER),
)
case(
    "unknown share",
    "UnknownResourceException",
    "could not be found",
    lambda t: t.consumer.ram.delete_resource_share(resourceShareArn=_share(CONSUMER)(t)["resourceShareArn"]),
)
case(
    "unknown invitation",
    "ResourceShareInvitationArnNotFoundException",
    "could not be found",
    lambda t: t.outside.ram.accept_resource_share_invitation(resourceShareInvitationArn="arn:aws:ram:::none"),
)
case(
    "name of a share", "InvalidParameterException", "can contain only", lambda t: t.provider.ram.create_resource_share(name="a/b")
)
case(
    "unknown permission of a share",
    "UnknownResourceException",
    "permission/none could not be found",
    _share(CONSUMER, permissionArns=[f"arn:aws:ram:{REGION}:{PROVIDER}:permission/none"]),
)
case(
    "unknown permission",
    "UnknownResourceException",
    "could not be found",
    lambda t: t.provider.ram.get_permission(permissionArn=f"arn:aws:ram:{REGION}:{PROVIDER}:permission/none"),
)


@refused("standard parameter", "OperationNotPermittedException", "is not in the advanced tier")
def _standard_parameter(t: LatticeCase) -> None:
    t.provider.of("ssm").put_parameter(Name="/a", Value="a", Type="String")
    t.provider.share(f"arn:aws:ssm:{REGION}:{PROVIDER}:parameter/a", CONSUMER)


case(
    "invalid parameters",
    "InvalidParameterException",
    "Member must satisfy enum value set",
    lambda t: t.provider.ram.list_principals(resourceOwner="ME"),
)


class TestRefusals(LatticeCase):
    def test_refusals(self) -> None:
        for name, code, words, deed in _CASES:
            with self.subTest(name=name, words=words):
                self.clear()
                REFUSED.clear()
                with self.assertRaisesRegex(ClientError, rf"\({code}\).*{words}"):
                    deed(self)
                self.assertEqual({name}, REFUSED)

    def test_each_refusal_has_a_case_and_a_page(self) -> None:
        all_refusals = [*LATTICE.refusals, *RAM.refusals]
        self.assertEqual(set(), {refusal.name for refusal in all_refusals} - {name for name, *_ in _CASES})
        for refusal in all_refusals:
            self.assertTrue(refusal.page.startswith("https://docs.aws.amazon.com/"), refusal.name)

    def test_targets(self) -> None:
        vpc, other = self.provider.vpc(), self.provider.vpc()
        balancers = {name: self.provider.balancer(vpc, name) for name in ("alb", "second")}
        self.provider.internet(vpc)
        public = self.provider.balancer(vpc, "public", "internet-facing")
        for kind, target, words in (
            ("INSTANCE", "i-0", "Instance targets must be in the same VPC"),
            ("LAMBDA", "arn:aws:lambda:eu-west-1:222222222222:function:none", "The Lambda function must be in the account"),
            ("ALB", "arn:none", "must be an Application Load Balancer of the account"),
            ("ALB", public, "must be internal"),
            ("ALB", self.provider.balancer(other, "other"), "must be in the same VPC"),
            ("ALB", self.provider.balancer(vpc, "closed", port=None), "has no listener on port 8080"),
        ):
            with self.subTest(words=words):
                group = self.provider.targets(f"group-{len(words)}", kind, **({} if kind == "LAMBDA" else {"vpcIdentifier": vpc}))
                self.wantFailure(self.provider.register(group, target), words)
        groups = [self.provider.targets(f"g0{number}", "ALB", vpcIdentifier=vpc) for number in range(3)]
        for group in groups[:2]:
            self.assertEqual([], self.provider.register(group, balancers["alb"])["unsuccessful"])
        self.wantFailure(self.provider.register(groups[0], balancers["second"]), "takes one Application Load Balancer")
        self.wantFailure(self.provider.register(groups[2], balancers["alb"]), "can be a target of two target groups")

    def wantFailure(self, answer: dict[str, Any], words: str) -> None:  # noqa: N802 as the methods of unittest
        failed = [(failure["failureCode"], failure["failureMessage"]) for failure in answer["unsuccessful"]]
        self.assertEqual(1, len(failed))
        self.assertEqual("UnsupportedTarget", failed[0][0])
        self.assertIn(words, failed[0][1])


if __name__ == "__main__":
    unittest.main()
