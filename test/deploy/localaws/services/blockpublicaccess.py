"""VPC Block Public Access, which is off.

https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html
"""

from .api import Call, Values
from .ec2 import EC2


@EC2.operation("DescribeVpcBlockPublicAccessOptions")
def describe_options(call: Call) -> Values:
    options = {
        "AwsAccountId": call.account,
        "AwsRegion": call.region,
        "State": "default-state",
        "InternetGatewayBlockMode": "off",
        "ManagedBy": "account",
        "ExclusionsAllowed": "allowed",
    }
    return {"VpcBlockPublicAccessOptions": options}


@EC2.operation("DescribeVpcBlockPublicAccessExclusions")
def describe_exclusions(call: Call) -> Values:
    return {"VpcBlockPublicAccessExclusions": []}
