package deployed

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	ec2 "github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// securityGroups writes the security groups of a state, including the default ones of VPCs.
func (w *writer) securityGroups(t *template, s *State) {
	for _, group := range s.SecurityGroups {
		id := aws.ToString(group.GroupId)
		out := rulesOf(s, group.IpPermissionsEgress, "Destination")
		if len(out) == 0 {
			out = []any{noEgress()}
		}
		w.add(t, id, "AWS::EC2::SecurityGroup", object{
			"VpcId": aws.ToString(group.VpcId), "SecurityGroupIngress": rulesOf(s, group.IpPermissions, "Source"), "SecurityGroupEgress": out,
		}, id)
	}
}

// noEgress is the egress rule of a security group in a template that allows no outbound traffic: a group without a rule
// has EC2's default, which allows all of it.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html
func noEgress() object { return object{"IpProtocol": "-1", "CidrIp": "127.0.0.1/32"} }

// rulesOf returns permissions as CloudFormation has them: one rule for each peer. Only an inbound rule has the account of a
// group of another one.
func rulesOf(s *State, permissions []ec2.IpPermission, side string) []any {
	var list []any
	for _, p := range permissions {
		add := func(property, peer string) object {
			rule := object{"IpProtocol": aws.ToString(p.IpProtocol), property: peer}
			if p.FromPort != nil {
				rule["FromPort"] = int(*p.FromPort)
			}
			if p.ToPort != nil {
				rule["ToPort"] = int(*p.ToPort)
			}
			list = append(list, rule)
			return rule
		}
		for _, peer := range p.UserIdGroupPairs {
			rule := add(side+"SecurityGroupId", aws.ToString(peer.GroupId))
			if owner := aws.ToString(peer.UserId); side == "Source" && owner != "" && owner != s.Account {
				rule["SourceSecurityGroupOwnerId"] = owner
			}
		}
		for _, peer := range p.IpRanges {
			add("CidrIp", aws.ToString(peer.CidrIp))
		}
		for _, peer := range p.Ipv6Ranges {
			add("CidrIpv6", aws.ToString(peer.CidrIpv6))
		}
		for _, peer := range p.PrefixListIds {
			add(side+"PrefixListId", aws.ToString(peer.PrefixListId))
		}
	}
	return list
}
