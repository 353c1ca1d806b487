package deployed

import (
	"encoding/json"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	ec2 "github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// endpoints writes the endpoints of a state. It includes deleted ones, as long as EC2 lists them: their state blocks the
// paths through them.
func (w *writer) endpoints(t *template, s *State) {
	for _, e := range s.Endpoints {
		id := aws.ToString(e.VpcEndpointId)
		var groups []any
		for _, group := range e.Groups {
			groups = append(groups, aws.ToString(group.GroupId))
		}
		properties := object{
			"ServiceName": aws.ToString(e.ServiceName), "VpcId": aws.ToString(e.VpcId), "VpcEndpointType": string(e.VpcEndpointType),
			"SubnetIds": values(e.SubnetIds...), "SecurityGroupIds": groups, "PrivateDnsEnabled": fromSDK(e.PrivateDnsEnabled),
			"IpAddressType": string(e.IpAddressType), "ServiceRegion": aws.ToString(e.ServiceRegion),
			"ServiceNetworkArn": aws.ToString(e.ServiceNetworkArn), "ResourceConfigurationArn": aws.ToString(e.ResourceConfigurationArn),
		}
		if e.DnsOptions != nil {
			properties["DnsOptions"] = object{"DnsRecordIpType": string(e.DnsOptions.DnsRecordIpType)}
		}
		if policy := aws.ToString(e.PolicyDocument); policy != "" {
			var document any
			if err := json.Unmarshal([]byte(policy), &document); err != nil {
				w.addUnread("the policy of %s: %v", id, err)
			}
			properties["PolicyDocument"] = document
		}
		w.add(t, id, "AWS::EC2::VPCEndpoint", properties, id)
		for i, found := range e.DnsEntries {
			if name := dnsName(aws.ToString(found.DnsName)); strings.HasPrefix(name, id) { // a private DNS name resolves in its own VPC only
				w.dnsEntries[name] = dnsEntry{of: location{t, id, "DnsEntries"}, index: i, zone: aws.ToString(found.HostedZoneId)}
			}
		}
	}
}

// services writes the endpoint services of a state, except those that are not available: no proof must rest on them.
func (w *writer) services(t *template, s *State) {
	for _, service := range s.Services {
		id := aws.ToString(service.ServiceId)
		if service.ServiceState != ec2.ServiceStateAvailable {
			w.addUnread("endpoint service %s is %s", id, service.ServiceState)
			continue
		}
		var regions, principals []any
		for _, region := range service.SupportedRegions {
			regions = append(regions, aws.ToString(region.Region))
		}
		for _, principal := range service.AllowedPrincipals {
			principals = append(principals, aws.ToString(principal.Principal))
		}
		w.add(t, id, "AWS::EC2::VPCEndpointService", object{
			"AcceptanceRequired": fromSDK(service.AcceptanceRequired), "NetworkLoadBalancerArns": values(service.NetworkLoadBalancerArns...),
			"GatewayLoadBalancerArns": values(service.GatewayLoadBalancerArns...), "PrivateDnsName": aws.ToString(service.PrivateDnsName),
			"SupportedIpAddressTypes": values(service.SupportedIpAddressTypes...), "SupportedRegions": regions,
		}, id)
		w.locations[aws.ToString(service.ServiceName)] = location{t, id, "ServiceName"}
		if len(principals) > 0 {
			w.add(t, id+" permissions", "AWS::EC2::VPCEndpointServicePermissions", object{"ServiceId": id, "AllowedPrincipals": principals})
		}
	}
}

// facts returns the states of connections, of associations of services, and of private DNS names, and the prefix lists of VPC
// Lattice with their entries.
func (w *writer) facts(states []*State) reachability.Facts {
	facts := reachability.Facts{
		Connections: map[string]string{}, Verifications: map[string]string{}, PrefixLists: map[string][]string{},
		LatticePrefixLists: map[string]string{},
	}
	accepted := map[string]string{} // the state on the provider's side, by endpoint
	for _, s := range states {
		if list := s.LatticePrefixList; list != nil {
			facts.PrefixLists[list.ID], facts.LatticePrefixLists[s.Region] = list.Blocks, list.ID
		}
		for _, c := range s.Connections {
			accepted[aws.ToString(c.VpcEndpointId)] = string(c.VpcEndpointState)
		}
		for _, service := range s.Services {
			if c := service.PrivateDnsNameConfiguration; c != nil && c.State != "" {
				facts.Verifications[s.name()+"/"+aws.ToString(service.ServiceId)] = string(c.State)
			}
		}
	}
	for _, s := range states {
		for _, a := range s.ServiceAssociations {
			facts.Connections[s.name()+"/"+aws.ToString(a.Id)] = string(a.Status)
		}
		w.routedFacts(facts.Connections, s)
		for _, e := range s.Endpoints {
			providerSide, isListed := accepted[aws.ToString(e.VpcEndpointId)]
			if state, ok := stateOf(string(e.State), providerSide, isListed); ok {
				facts.Connections[s.name()+"/"+aws.ToString(e.VpcEndpointId)] = state
			}
		}
	}
	return facts
}

// routedFacts adds the states of the peering connections and attachments of VPCs to those of connections.
func (w *writer) routedFacts(connections map[string]string, s *State) {
	for _, peering := range s.Peerings {
		if found, ok := w.locations[aws.ToString(peering.VpcPeeringConnectionId)]; ok && peering.Status != nil {
			connections[found.in.name+"/"+found.id] = string(peering.Status.Code)
		}
	}
	for _, attachment := range s.Attachments {
		if found, ok := w.locations[aws.ToString(attachment.TransitGatewayAttachmentId)]; ok {
			connections[found.in.name+"/"+found.id] = string(attachment.State)
		}
	}
}

// stateOf returns the state of a connection from the states on both sides. It is available only if it is on both: without
// the provider's side, the settings of the service decide.
func stateOf(consumerSide, providerSide string, isListed bool) (string, bool) {
	if consumerSide != "" && !strings.EqualFold(consumerSide, "available") {
		return consumerSide, true
	}
	return providerSide, isListed && (consumerSide != "" || !strings.EqualFold(providerSide, "available"))
}
