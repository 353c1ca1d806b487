package deployed

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/arn"
	"github.com/aws/aws-sdk-go-v2/service/vpclattice"
	"github.com/aws/aws-sdk-go-v2/service/vpclattice/types"
)

// The attributes that have the DNS name of a service, or of an association, and the hosted zone of the name.
const latticeName, latticeZone = "DnsEntry.DomainName", "DnsEntry.HostedZoneId"

// lattice writes the services, target groups and service networks of a state, except services that are not active: no proof
// must rest on them.
func (w *writer) lattice(t *template, s *State) {
	for _, service := range s.LatticeServices {
		w.latticeService(t, service)
	}
	for _, group := range s.LatticeTargetGroups {
		id := aws.ToString(group.Id)
		w.add(t, id, "AWS::VpcLattice::TargetGroup", object{"Type": string(group.Type), "Config": configOf(group.Config)}, aws.ToString(group.Arn), id)
	}
	for _, network := range s.ServiceNetworks {
		id := aws.ToString(network.Id)
		properties := object{"AuthType": string(network.AuthType)}
		if c := network.SharingConfig; c != nil {
			properties["SharingConfig"] = object{"enabled": aws.ToBool(c.Enabled)}
		}
		w.add(t, id, "AWS::VpcLattice::ServiceNetwork", properties, aws.ToString(network.Arn), id)
		w.authPolicy(t, id, network.Policy)
	}
	for _, association := range s.VpcAssociations {
		vpc := aws.ToString(association.VpcId)
		if w.networksOf[vpc] == nil {
			w.networksOf[vpc] = map[string]bool{}
		}
		w.networksOf[vpc][aws.ToString(association.ServiceNetworkArn)] = true
	}
}

func (w *writer) latticeService(t *template, service LatticeService) {
	id, name := aws.ToString(service.Id), aws.ToString(service.Arn)
	if service.Status != types.ServiceStatusActive {
		w.addUnread("service %s is %s", id, service.Status)
		return
	}
	w.add(t, id, "AWS::VpcLattice::Service", object{
		"AuthType": string(service.AuthType), "CustomDomainName": aws.ToString(service.CustomDomainName),
		"CertificateArn": aws.ToString(service.CertificateArn),
	}, name, id)
	w.authPolicy(t, id, service.Policy)
	w.addLatticeEntry(t, id, "", service.DnsEntry)
	for _, l := range service.Listeners {
		listener := aws.ToString(l.Id)
		w.add(t, listener, "AWS::VpcLattice::Listener", object{
			"ServiceIdentifier": name, "Protocol": string(l.Protocol), "Port": int(aws.ToInt32(l.Port)), "DefaultAction": actionOf(l.DefaultAction),
		}, aws.ToString(l.Arn), listener)
		for _, rule := range l.Rules {
			w.add(t, aws.ToString(rule.Id), "AWS::VpcLattice::Rule", object{
				"ServiceIdentifier": name, "ListenerIdentifier": aws.ToString(l.Arn), "Priority": int(aws.ToInt32(rule.Priority)),
				"Match": matchOf(rule.Match), "Action": actionOf(rule.Action),
			})
		}
	}
}

// authPolicy writes the policy of a service or of a service network.
func (w *writer) authPolicy(t *template, id string, policy *vpclattice.GetAuthPolicyOutput) {
	if policy == nil {
		return
	}
	w.add(t, id+" policy", "AWS::VpcLattice::AuthPolicy", object{
		"ResourceIdentifier": id, "Policy": w.policyDocument(t, "of "+id, aws.ToString(policy.Policy)),
	})
}

func (w *writer) addLatticeEntry(t *template, id, network string, entry *types.DnsEntry) {
	if entry == nil {
		return
	}
	name := dnsName(aws.ToString(entry.DomainName))
	w.latticeEntries[name] = append(w.latticeEntries[name], latticeEntry{t, id, network, aws.ToString(entry.HostedZoneId)})
}

// latticeEntryOf returns what a record of a zone leads to: an association of the service network of one of the zone's VPCs, or
// else another association, or else the service. All of them have the same DNS name.
func (w *writer) latticeEntryOf(zone Zone, target string) (latticeEntry, bool) {
	entries := w.latticeEntries[dnsName(target)]
	for _, entry := range entries {
		for _, vpc := range zone.VPCs {
			if w.networksOf[aws.ToString(vpc.VPCId)][entry.network] {
				return entry, true
			}
		}
	}
	if i := slices.IndexFunc(entries, func(e latticeEntry) bool { return e.network != "" }); i >= 0 {
		return entries[i], true
	}
	if len(entries) > 0 {
		return entries[0], true
	}
	return latticeEntry{}, false
}

// latticeAlias is an alias to a service, with its name and its hosted zone as references.
func (w *writer) latticeAlias(t *template, entry latticeEntry, zone string) object {
	alias := object{"DNSName": w.reference(t, location{entry.in, entry.id, latticeName}), "HostedZoneId": zone}
	if zone == entry.zone {
		alias["HostedZoneId"] = w.reference(t, location{entry.in, entry.id, latticeZone})
	}
	return alias
}

// associations writes the associations of a state. One that two states have is written for the account that created it.
func (w *writer) associations(t *template, s *State, states []*State) {
	isElsewhere := func(id, creator *string) bool {
		return w.written[aws.ToString(id)] || aws.ToString(creator) != s.Account && slices.ContainsFunc(states, func(other *State) bool {
			return other.Account == aws.ToString(creator) && other.Region == s.Region
		})
	}
	for _, a := range s.VpcAssociations {
		if isElsewhere(a.Id, a.CreatedBy) {
			continue
		}
		w.written[aws.ToString(a.Id)] = true
		if a.Status != types.ServiceNetworkVpcAssociationStatusActive && a.Status != types.ServiceNetworkVpcAssociationStatusUpdateInProgress {
			w.addUnread("association %s of %s is %s", aws.ToString(a.Id), aws.ToString(a.VpcId), a.Status)
			continue
		}
		w.add(t, aws.ToString(a.Id), "AWS::VpcLattice::ServiceNetworkVpcAssociation", object{
			"ServiceNetworkIdentifier": aws.ToString(a.ServiceNetworkArn), "VpcIdentifier": aws.ToString(a.VpcId),
			"SecurityGroupIds": values(a.SecurityGroupIds...),
		})
	}
	for _, a := range s.ServiceAssociations {
		if isElsewhere(a.Id, a.CreatedBy) {
			continue
		}
		w.written[aws.ToString(a.Id)] = true
		if a.Status != types.ServiceNetworkServiceAssociationStatusActive {
			w.addUnread("association %s of %s is %s", aws.ToString(a.Id), aws.ToString(a.ServiceId), a.Status)
			continue
		}
		w.add(t, aws.ToString(a.Id), "AWS::VpcLattice::ServiceNetworkServiceAssociation", object{
			"ServiceNetworkIdentifier": aws.ToString(a.ServiceNetworkArn), "ServiceIdentifier": aws.ToString(a.ServiceArn),
		})
		w.addLatticeEntry(t, aws.ToString(a.Id), aws.ToString(a.ServiceNetworkArn), a.DnsEntry)
	}
}

// latticeRegistered adds the targets of target groups, except the tasks of ECS services: a service names its target groups
// itself.
func (w *writer) latticeRegistered(t *template, s *State) {
	for _, g := range s.LatticeTargetGroups {
		vpc := ""
		if g.Config != nil {
			vpc = aws.ToString(g.Config.VpcIdentifier)
		}
		var targets []any
		for _, target := range g.Targets {
			id := aws.ToString(target.Id)
			if target.Status == types.TargetStatusDraining {
				continue // it receives no new requests
			}
			if target.Status == types.TargetStatusUnhealthy || target.Status == types.TargetStatusInitial {
				w.addUnread("target %s of %s is %s: %s", idOf(id), aws.ToString(g.Id), target.Status, aws.ToString(target.ReasonCode))
			}
			if isLatticeTask(s, g, id) {
				continue
			}
			one := object{"Id": id}
			if g.Type == types.TargetGroupTypeIp {
				one["Id"] = w.target(t, s, vpc, id)
			}
			if target.Port != nil {
				one["Port"] = int(*target.Port)
			}
			targets = append(targets, one)
		}
		resource, _ := t.Resources[aws.ToString(g.Id)].(object)
		if properties, ok := resource["Properties"].(object); ok && len(targets) > 0 {
			properties["Targets"] = targets
		}
	}
}

// isLatticeTask reports whether a target is a task of an ECS service that registers its tasks in the target group.
func isLatticeTask(s *State, g LatticeTargetGroup, id string) bool {
	return slices.ContainsFunc(s.EcsServices, func(service EcsService) bool {
		if !slices.Contains(service.Addresses, id) {
			return false
		}
		for _, c := range latticeConfigurations(service) {
			if name := aws.ToString(c.TargetGroupArn); name == aws.ToString(g.Arn) {
				return true
			}
		}
		return false
	})
}

// actionOf is an action as CloudFormation has it.
func actionOf(action types.RuleAction) any {
	switch a := action.(type) {
	case *types.RuleActionMemberFixedResponse:
		return object{"FixedResponse": object{"StatusCode": int(aws.ToInt32(a.Value.StatusCode))}}
	case *types.RuleActionMemberForward:
		return object{"Forward": fromSDK(a.Value)}
	}
	return nil
}

// matchOf is what a rule asks for, as CloudFormation has it.
func matchOf(match types.RuleMatch) any {
	m, ok := match.(*types.RuleMatchMemberHttpMatch)
	if !ok {
		return nil
	}
	http := object{"Method": aws.ToString(m.Value.Method)}
	if p := m.Value.PathMatch; p != nil {
		http["PathMatch"] = object{"Match": textMatchOf(p.Match), "CaseSensitive": aws.ToBool(p.CaseSensitive)}
	}
	var headers []any
	for _, h := range m.Value.HeaderMatches {
		headers = append(headers, object{"Name": aws.ToString(h.Name), "Match": textMatchOf(h.Match), "CaseSensitive": aws.ToBool(h.CaseSensitive)})
	}
	http["HeaderMatches"] = headers
	return object{"HttpMatch": prune(http)}
}

// textMatchOf is how a path or a header is compared. The SDK has a type for each way.
func textMatchOf(match any) any {
	switch m := match.(type) {
	case *types.PathMatchTypeMemberExact:
		return object{"Exact": m.Value}
	case *types.PathMatchTypeMemberPrefix:
		return object{"Prefix": m.Value}
	case *types.HeaderMatchTypeMemberExact:
		return object{"Exact": m.Value}
	case *types.HeaderMatchTypeMemberPrefix:
		return object{"Prefix": m.Value}
	case *types.HeaderMatchTypeMemberContains:
		return object{"Contains": m.Value}
	}
	return nil
}

// configOf is the configuration of a target group. The SDK has a type for the matcher of its health check.
func configOf(config *types.TargetGroupConfig) any {
	if config == nil {
		return nil
	}
	result, _ := fromSDK(config).(object)
	if check := config.HealthCheck; check != nil {
		if m, ok := check.Matcher.(*types.MatcherMemberHttpCode); ok {
			properties, _ := result["HealthCheck"].(object)
			properties["Matcher"] = object{"HttpCode": m.Value}
		}
	}
	return result
}

// accountOf returns the account of an ARN; "" if it is none.
func accountOf(name string) string {
	parsed, err := arn.Parse(name)
	if err != nil {
		return ""
	}
	return parsed.AccountID
}
