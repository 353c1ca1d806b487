package described

import (
	"encoding/json"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	ec2 "github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// endpoints makes the endpoints of a state. Those that are deleted are there too, as long as EC2 has them: what leads to
// them is blocked by their state.
func (w *writer) endpoints(t *template, s *State) {
	for _, e := range s.Endpoints {
		id := aws.ToString(e.VpcEndpointId)
		var groups []any
		for _, group := range e.Groups {
			groups = append(groups, aws.ToString(group.GroupId))
		}
		properties := object{
			"ServiceName": aws.ToString(e.ServiceName), "VpcId": aws.ToString(e.VpcId), "VpcEndpointType": string(e.VpcEndpointType),
			"SubnetIds": values(e.SubnetIds...), "SecurityGroupIds": groups, "PrivateDnsEnabled": plain(e.PrivateDnsEnabled),
			"IpAddressType": string(e.IpAddressType), "ServiceRegion": aws.ToString(e.ServiceRegion),
		}
		if e.DnsOptions != nil {
			properties["DnsOptions"] = object{"DnsRecordIpType": string(e.DnsOptions.DnsRecordIpType)}
		}
		if policy := aws.ToString(e.PolicyDocument); policy != "" {
			var document any
			if err := json.Unmarshal([]byte(policy), &document); err != nil {
				w.isUnread("the policy of %s: %v", id, err)
			}
			properties["PolicyDocument"] = document
		}
		w.add(t, id, "AWS::EC2::VPCEndpoint", properties, id)
		for i, found := range e.DnsEntries {
			if name := dnsName(aws.ToString(found.DnsName)); strings.HasPrefix(name, id) { // a private DNS name is known in its VPC alone
				w.entries[name] = entry{of: thing{t, id, "DnsEntries"}, index: i, zone: aws.ToString(found.HostedZoneId)}
			}
		}
	}
}

// services makes the endpoint services of a state. One that is not available is left out, so that no proof rests on it.
func (w *writer) services(t *template, s *State) {
	for _, service := range s.Services {
		id := aws.ToString(service.ServiceId)
		if service.ServiceState != ec2.ServiceStateAvailable {
			w.isUnread("endpoint service %s is %s", id, service.ServiceState)
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
			"AcceptanceRequired": plain(service.AcceptanceRequired), "NetworkLoadBalancerArns": values(service.NetworkLoadBalancerArns...),
			"GatewayLoadBalancerArns": values(service.GatewayLoadBalancerArns...), "PrivateDnsName": aws.ToString(service.PrivateDnsName),
			"SupportedIpAddressTypes": values(service.SupportedIpAddressTypes...), "SupportedRegions": regions,
		}, id)
		w.things[aws.ToString(service.ServiceName)] = thing{t, id, "ServiceName"}
		if len(principals) > 0 {
			w.add(t, id+" permissions", "AWS::EC2::VPCEndpointServicePermissions", object{"ServiceId": id, "AllowedPrincipals": principals})
		}
	}
}

// facts are the states of connections and of private DNS names.
func (w *writer) facts(states []*State) reachability.Facts {
	facts := reachability.Facts{Connections: map[string]string{}, Verifications: map[string]string{}}
	accepted := map[string]string{} // what providers say, by endpoint
	for _, s := range states {
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
		for _, e := range s.Endpoints {
			theirs, isListed := accepted[aws.ToString(e.VpcEndpointId)]
			if state, ok := stateOf(string(e.State), theirs, isListed); ok {
				facts.Connections[s.name()+"/"+aws.ToString(e.VpcEndpointId)] = state
			}
		}
	}
	return facts
}

// stateOf is the state of a connection by what its two sides say. It is available only if both say so: without the word
// of the provider, the settings of the service decide.
func stateOf(own, theirs string, isListed bool) (string, bool) {
	if own != "" && !strings.EqualFold(own, "available") {
		return own, true
	}
	return theirs, isListed && (own != "" || !strings.EqualFold(theirs, "available"))
}
