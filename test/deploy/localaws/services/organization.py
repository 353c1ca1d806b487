"""The organization that the accounts of the local API belong to.

Assumption: accounts whose ID begins with 9 are outside the organization, all others are members, and sharing with the
organization is enabled in RAM. AWS knows the members of an organization; nothing here invites accounts.
"""

ID = "o-localaws00"
MANAGEMENT = "123456789012"
UNIT = "ou-loca-members00"
"""The only organizational unit: all members are in it."""


def arn(partition: str) -> str:
    return f"arn:{partition}:organizations::{MANAGEMENT}:organization/{ID}"


def unit_arn(partition: str) -> str:
    return f"arn:{partition}:organizations::{MANAGEMENT}:ou/{ID}/{UNIT}"


def is_member(account: str) -> bool:
    return not account.startswith("9")
