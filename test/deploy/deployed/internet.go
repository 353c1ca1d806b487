package deployed

import (
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	ec2 "github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// internet writes the ways to the internet and from there.
func (w *writer) internet(t *template, s *State) {
	for _, gateway := range s.InternetGateways {
		id := aws.ToString(gateway.InternetGatewayId)
		w.add(t, id, "AWS::EC2::InternetGateway", object{}, id)
		for _, attachment := range gateway.Attachments {
			if vpc := aws.ToString(attachment.VpcId); attachment.State == "available" || attachment.State == ec2.AttachmentStatusAttached {
				w.add(t, vpc+" "+id, "AWS::EC2::VPCGatewayAttachment", object{"VpcId": vpc, "InternetGatewayId": id})
			}
		}
	}
	for _, address := range s.Addresses {
		w.address(t, s, address)
	}
	for _, gateway := range s.NatGateways {
		w.natGateway(t, gateway)
	}
	w.blockPublicAccess(t, s)
}

// address writes an Elastic IP address. That of a NAT gateway is named by the gateway.
func (w *writer) address(t *template, s *State, address ec2.Address) {
	id := aws.ToString(address.AllocationId)
	w.add(t, id, "AWS::EC2::EIP", object{"Domain": "vpc", "Address": aws.ToString(address.PublicIp)})
	w.locations[id] = location{t, id, "AllocationId"}
	if address.AssociationId == nil || isOfNatGateway(s, id) {
		return
	}
	properties := object{"AllocationId": id, "InstanceId": aws.ToString(address.InstanceId)}
	if address.InstanceId == nil {
		properties["NetworkInterfaceId"] = aws.ToString(address.NetworkInterfaceId)
	}
	w.add(t, *address.AssociationId, "AWS::EC2::EIPAssociation", properties)
}

func isOfNatGateway(s *State, allocation string) bool {
	for _, gateway := range s.NatGateways {
		for _, address := range gateway.NatGatewayAddresses {
			if aws.ToString(address.AllocationId) == allocation {
				return true
			}
		}
	}
	return false
}

// natGateway writes a NAT gateway, unless it is deleted: EC2 describes it for a while. A route to it is a blackhole.
func (w *writer) natGateway(t *template, gateway ec2.NatGateway) {
	id := aws.ToString(gateway.NatGatewayId)
	switch gateway.State {
	case ec2.NatGatewayStateAvailable:
	case ec2.NatGatewayStateDeleted, ec2.NatGatewayStateDeleting:
		return
	default:
		w.addUnread("NAT gateway %s is %s", id, gateway.State)
		return
	}
	var allocations []string
	for _, address := range gateway.NatGatewayAddresses {
		if address.AllocationId != nil {
			allocations = append(allocations, *address.AllocationId)
		}
	}
	properties := object{
		"ConnectivityType": string(gateway.ConnectivityType), "SubnetId": aws.ToString(gateway.SubnetId),
		"AvailabilityMode": string(gateway.AvailabilityMode),
	}
	if len(allocations) > 0 {
		properties["AllocationId"], properties["SecondaryAllocationIds"] = allocations[0], values(allocations[1:]...)
	}
	w.add(t, id, "AWS::EC2::NatGateway", properties, id)
}

// blockPublicAccess writes VPC Block Public Access where it is on, and what it excludes.
// https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html
func (w *writer) blockPublicAccess(t *template, s *State) {
	if s.BlockPublicAccess == nil || s.BlockPublicAccess.InternetGatewayBlockMode == ec2.InternetGatewayBlockModeOff {
		return
	}
	w.add(t, "BlockPublicAccess", "AWS::EC2::VPCBlockPublicAccessOptions", object{
		"InternetGatewayBlockMode": string(s.BlockPublicAccess.InternetGatewayBlockMode),
	})
	for _, exclusion := range s.Exclusions {
		if exclusion.State != ec2.VpcBlockPublicAccessExclusionStateCreateComplete && exclusion.State != ec2.VpcBlockPublicAccessExclusionStateUpdateComplete {
			continue
		}
		kind, of, _ := strings.Cut(idOf(aws.ToString(exclusion.ResourceArn)), "/")
		property := map[string]string{"vpc": "VpcId", "subnet": "SubnetId"}[kind]
		w.add(t, aws.ToString(exclusion.ExclusionId), "AWS::EC2::VPCBlockPublicAccessExclusion", object{
			"InternetGatewayExclusionMode": string(exclusion.InternetGatewayExclusionMode), property: of,
		})
	}
}
