"""VPCs, subnets and route tables."""

from __future__ import annotations

from typing import Any

from moto.ec2.models.vpcs import VPCBackend

from .resource import CONDITIONAL, IN_PLACE, REPLACE, Call, Deployed, Handler, as_bool, handles, tags_for


def _delete(plain: Any) -> Any:
    def delete_vpc(self: Any, vpc_id: str) -> Any:
        """The default network ACL goes with its VPC.

        https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpc.html
        """
        deleted = plain(self, vpc_id)
        for acl in [acl for acl in self.network_acls.values() if acl.vpc_id == vpc_id and acl.default]:
            del self.network_acls[acl.id]
        return deleted

    return delete_vpc


def install() -> None:
    """Lay the rules over moto's EC2."""
    backend: Any = VPCBackend
    backend.delete_vpc = _delete(backend.delete_vpc)


@handles
class Vpc(Handler):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpc.html"""

    type_name = "AWS::EC2::VPC"
    properties = {
        "CidrBlock": REPLACE,
        "EnableDnsHostnames": IN_PLACE,
        "EnableDnsSupport": IN_PLACE,
        "InstanceTenancy": CONDITIONAL,
        "Tags": IN_PLACE,
    }

    def create(self, call: Call) -> Deployed:
        p, ec2 = call.properties, call.client("ec2")
        vpc_id = ec2.create_vpc(
            CidrBlock=p["CidrBlock"],
            InstanceTenancy=p.get("InstanceTenancy", "default"),
            TagSpecifications=tags_for(p, "vpc"),
        )["Vpc"]["VpcId"]
        self.set_dns(ec2, vpc_id, p)
        group = self.default_group(ec2, vpc_id)
        return self.deployed(
            call, vpc_id, VpcId=vpc_id, CidrBlock=p["CidrBlock"], DefaultSecurityGroup=group
        )

    def set_dns(self, ec2: Any, vpc_id: str, p: dict[str, Any]) -> None:
        """Support is on and hostnames are off unless a template says otherwise."""
        ec2.modify_vpc_attribute(VpcId=vpc_id, EnableDnsSupport={"Value": as_bool(p.get("EnableDnsSupport", True))})
        ec2.modify_vpc_attribute(VpcId=vpc_id, EnableDnsHostnames={"Value": as_bool(p.get("EnableDnsHostnames", False))})

    def default_group(self, ec2: Any, vpc_id: str) -> str:
        filters = [{"Name": "vpc-id", "Values": [vpc_id]}, {"Name": "group-name", "Values": ["default"]}]
        return str(ec2.describe_security_groups(Filters=filters)["SecurityGroups"][0]["GroupId"])

    def delete(self, call: Call, old: Deployed) -> None:
        call.client("ec2").delete_vpc(VpcId=old.physical_resource_id)


@handles
class Subnet(Handler):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-subnet.html"""

    type_name = "AWS::EC2::Subnet"
    properties = {
        "AvailabilityZone": REPLACE,
        "CidrBlock": REPLACE,
        "MapPublicIpOnLaunch": IN_PLACE,
        "Tags": IN_PLACE,
        "VpcId": REPLACE,
    }

    def create(self, call: Call) -> Deployed:
        p, ec2 = call.properties, call.client("ec2")
        subnet = ec2.create_subnet(
            VpcId=p["VpcId"],
            CidrBlock=p["CidrBlock"],
            TagSpecifications=tags_for(p, "subnet"),
            **({"AvailabilityZone": p["AvailabilityZone"]} if "AvailabilityZone" in p else {}),
        )["Subnet"]
        if as_bool(p.get("MapPublicIpOnLaunch", False)):
            ec2.modify_subnet_attribute(SubnetId=subnet["SubnetId"], MapPublicIpOnLaunch={"Value": True})
        return self.deployed(
            call,
            subnet["SubnetId"],
            SubnetId=subnet["SubnetId"],
            AvailabilityZone=subnet["AvailabilityZone"],
            AvailabilityZoneId=subnet["AvailabilityZoneId"],
            CidrBlock=p["CidrBlock"],
            VpcId=p["VpcId"],
        )

    def delete(self, call: Call, old: Deployed) -> None:
        call.client("ec2").delete_subnet(SubnetId=old.physical_resource_id)


@handles
class RouteTable(Handler):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-routetable.html"""

    type_name = "AWS::EC2::RouteTable"
    properties = {"VpcId": REPLACE, "Tags": IN_PLACE}

    def create(self, call: Call) -> Deployed:
        p = call.properties
        table = call.client("ec2").create_route_table(VpcId=p["VpcId"], TagSpecifications=tags_for(p, "route-table"))
        table_id = table["RouteTable"]["RouteTableId"]
        return self.deployed(call, table_id, RouteTableId=table_id)

    def delete(self, call: Call, old: Deployed) -> None:
        call.client("ec2").delete_route_table(RouteTableId=old.physical_resource_id)


@handles
class SubnetRouteTableAssociation(Handler):
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-subnetroutetableassociation.html"""

    type_name = "AWS::EC2::SubnetRouteTableAssociation"
    properties = {"RouteTableId": REPLACE, "SubnetId": REPLACE}

    def create(self, call: Call) -> Deployed:
        p = call.properties
        made = call.client("ec2").associate_route_table(RouteTableId=p["RouteTableId"], SubnetId=p["SubnetId"])
        return self.deployed(call, made["AssociationId"], Id=made["AssociationId"])

    def delete(self, call: Call, old: Deployed) -> None:
        call.client("ec2").disassociate_route_table(AssociationId=old.physical_resource_id)
