package deployed

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	ec2 "github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// peerings writes the peering connections of a state: in the account and the Region of the requester, as deployments have
// them, if that was read. Whether a connection is accepted is a fact.
func (w *writer) peerings(t *template, s *State, states []*State) {
	for _, peering := range s.Peerings {
		id, requester, accepter := aws.ToString(peering.VpcPeeringConnectionId), peering.RequesterVpcInfo, peering.AccepterVpcInfo
		if isGone(peering) || requester == nil || accepter == nil || w.written[id] {
			continue
		}
		if in := stateIn(states, requester); in != nil && in != s {
			continue
		}
		w.written[id] = true
		properties := object{"VpcId": aws.ToString(requester.VpcId), "PeerVpcId": aws.ToString(accepter.VpcId)}
		if owner := aws.ToString(accepter.OwnerId); owner != aws.ToString(requester.OwnerId) {
			properties["PeerOwnerId"] = owner
		}
		if region := aws.ToString(accepter.Region); region != aws.ToString(requester.Region) {
			properties["PeerRegion"] = region
		}
		w.add(t, id, "AWS::EC2::VPCPeeringConnection", properties, id)
	}
}

// stateIn returns the state of a side of a peering connection; nil if it was not read.
func stateIn(states []*State, side *ec2.VpcPeeringConnectionVpcInfo) *State {
	for _, s := range states {
		if s.Account == aws.ToString(side.OwnerId) && s.Region == aws.ToString(side.Region) {
			return s
		}
	}
	return nil
}

// isGone reports whether a peering connection has ended or never began. EC2 lists it for a while.
// https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html#vpc-peering-lifecycle
func isGone(peering ec2.VpcPeeringConnection) bool {
	if peering.Status == nil {
		return false
	}
	switch peering.Status.Code {
	case ec2.VpcPeeringConnectionStateReasonCodeDeleted, ec2.VpcPeeringConnectionStateReasonCodeDeleting,
		ec2.VpcPeeringConnectionStateReasonCodeExpired, ec2.VpcPeeringConnectionStateReasonCodeFailed,
		ec2.VpcPeeringConnectionStateReasonCodeRejected:
		return true
	}
	return false
}
