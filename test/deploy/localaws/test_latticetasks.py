"""ECS services whose tasks are targets of VPC Lattice."""

from __future__ import annotations

import unittest
from typing import Any

from botocore.exceptions import ClientError

from .engine.resource import Properties, Request
from .engine.resourcetype import resource_type
from .testaccounts import REGION, LatticeCase


class TestTasks(LatticeCase):
    def setUp(self) -> None:
        super().setUp()
        self.vpc = self.provider.vpc()
        self.ecs = self.provider.of("ecs")
        self.ecs.create_cluster(clusterName="apps")
        mappings = [{"name": "http", "containerPort": 8080}]
        registered = self.ecs.register_task_definition(
            family="pricing",
            networkMode="awsvpc",
            requiresCompatibilities=["FARGATE"],
            cpu="256",
            memory="512",
            containerDefinitions=[{"name": "app", "image": "app:1", "portMappings": mappings}],
        )
        self.definition = registered["taskDefinition"]["taskDefinitionArn"]
        self.group = self.provider.lattice.get_target_group(targetGroupIdentifier=self.provider.targets(vpcIdentifier=self.vpc))[
            "arn"
        ]

    def settings(self, **configuration: Any) -> Properties:
        given = {"PortName": "http", "TargetGroupArn": self.group} | configuration
        return {
            "Cluster": "apps",
            "LaunchType": "FARGATE",
            "DesiredCount": 2,
            "TaskDefinition": self.definition,
            "NetworkConfiguration": {
                "AwsvpcConfiguration": {
                    "Subnets": self.provider.subnets(self.vpc),
                    "SecurityGroups": [self.provider.group(self.vpc)],
                }
            },
            "VpcLatticeConfigurations": [given],
        }

    def test_tasks_are_targets(self) -> None:
        service = resource_type("AWS::ECS::Service")
        properties = self.settings(RoleArn=self.provider.role("ecs.amazonaws.com"))
        service.check(properties)
        request = Request(self.provider.clients, self.provider.id, REGION, "Stack", "stack-id", "Service", {}, properties)
        created = service.create_resource(request)
        self.assertEqual([8080, 8080], [target["port"] for target in self.registered()])
        described = self.ecs.describe_services(cluster="apps", services=[created.physical_resource_id])["services"][0]
        found = [one for deployment in described["deployments"] for one in deployment["vpcLatticeConfigurations"]]
        self.assertEqual([("http", self.group)], [(one["portName"], one["targetGroupArn"]) for one in found])
        request = Request(
            self.provider.clients,
            self.provider.id,
            REGION,
            "Stack",
            "",
            "Service",
            properties,
            None,
            created.physical_resource_id,
        )
        service.delete_resource(request)
        self.assertEqual([], self.registered())

    def registered(self) -> list[dict[str, Any]]:
        return self.provider.lattice.list_targets(targetGroupIdentifier=self.group)["items"]

    def test_refusals(self) -> None:
        foreign = self.consumer.lattice.get_target_group(targetGroupIdentifier=self.consumer.targets())["arn"]
        role = self.provider.role("ecs.amazonaws.com")
        for configuration, words in (
            ({"RoleArn": self.provider.role("ec2.amazonaws.com")}, "unable to assume the role"),
            ({"RoleArn": role, "TargetGroupArn": foreign}, "is not a VPC Lattice target group of type IP of this account"),
            ({"RoleArn": role, "PortName": "other"}, "no port mapping with the name 'other'"),
        ):
            with self.subTest(words=words), self.assertRaisesRegex(ClientError, words):
                given = {"portName": "http", "targetGroupArn": self.group}
                given |= {name[0].lower() + name[1:]: value for name, value in configuration.items()}
                self.ecs.create_service(
                    cluster="apps", serviceName="pricing", taskDefinition=self.definition, vpcLatticeConfigurations=[given]
                )


if __name__ == "__main__":
    unittest.main()
