package reachability_test

import "github.com/cdk-private-api/cdk-private-api-go/reachability"

// undecided leaves a value to a parameter that nobody gives.
func undecided(stack func(...change) edit, id, path string) mutation {
	return mutation{
		name: "a parameter is the " + path,
		edit: stack(putSection("Parameters.Undecided", object{"Type": "String"}), put(id, path, ref("Undecided"))),
		says: "Undecided", unknown: true,
	}
}

// perhaps leaves to such a parameter whether a resource is deployed.
func perhaps(stack func(...change) edit, name, id string) mutation {
	return mutation{
		name: "a parameter decides whether there is " + name,
		edit: stack(
			putSection("Parameters.Undecided", object{"Type": "String"}),
			putSection("Conditions.Perhaps", object{"Fn::Equals": array{ref("Undecided"), "yes"}}),
			putPart(id, "Condition", "Perhaps"),
		),
		says: "Undecided", unknown: true,
	}
}

// quietly is for what also tells the proof that there is such a call.
func quietly(m mutation) mutation {
	m.quiet = true
	return m
}

// with does something else first.
func with(first edit, m mutation) mutation {
	m.edit = edits(first, m.edit)
	return m
}

// What only the deployment decides is never taken for reachable, and the reason names what would decide it.
var undecidedMutations = byHop{
	reachability.HopHostedZone: {
		undecided(checkout, zone, "VPCs.0.VPCId"),
		undecided(checkout, vpc, "EnableDnsSupport"),
		quietly(undecided(checkout, zone, "Name")),
		perhaps(checkout, "a zone", zone),
	},
	reachability.HopRecord: {
		quietly(undecided(checkout, record, "AliasTarget.DNSName")),
		quietly(undecided(checkout, record, "Name")),
		perhaps(checkout, "a record", record),
	},
	reachability.HopRoute: {
		perhaps(checkout, "an endpoint", endpoint),
	},
	reachability.HopClientEgress: {
		undecided(checkout, clientEgress, "ToPort"),
		undecided(checkout, clientEgress, "DestinationSecurityGroupId"),
		quietly(undecided(checkout, clientService, vpcConfig+".SecurityGroups")),
		perhaps(checkout, "a rule", clientEgress),
	},
	reachability.HopEndpointIngress: {
		undecided(checkout, endpointIngress, "IpProtocol"),
		undecided(checkout, endpointIngress, "SourceSecurityGroupId"),
		undecided(checkout, endpointIngress, "GroupId"),
		perhaps(checkout, "a rule", endpointIngress),
	},
	reachability.HopEndpointZones: {
		undecided(checkout, subnet1, "AvailabilityZone"),
		undecided(pricing, nlb, "Subnets"),
	},
	reachability.HopEndpointService: {
		undecided(checkout, endpoint, "ServiceName"),
		undecided(checkout, endpoint, "ServiceRegion"),
		perhaps(pricing, "a service", service),
	},
	reachability.HopAllowedPrincipal: {
		undecided(pricing, permissions, "AllowedPrincipals"),
		undecided(pricing, permissions, "AllowedPrincipals.0"),
		undecided(pricing, permissions, "ServiceId"),
		perhaps(pricing, "a permission", permissions),
	},
	reachability.HopAcceptance: {
		undecided(pricing, service, "AcceptanceRequired"),
	},
	reachability.HopNlbIngress: {
		undecided(pricing, nlb, enforcement),
		perhaps(pricing, "an NLB", nlb),
	},
	reachability.HopNlbListener: {
		undecided(pricing, nlbListener, "Port"),
		undecided(pricing, nlbListener, "Protocol"),
		undecided(pricing, nlbListener, "LoadBalancerArn"),
		perhaps(pricing, "a listener", nlbListener),
	},
	reachability.HopNlbTargetGroup: {
		undecided(pricing, nlbTargets, "Targets.0.Port"),
		undecided(pricing, nlbTargets, "Targets.0.Id"),
		undecided(pricing, nlbListener, "DefaultActions.0.TargetGroupArn"),
		perhaps(pricing, "a target group", nlbTargets),
		perhaps(pricing, "an ALB", alb),
	},
	reachability.HopNlbHealthCheck: {
		undecided(pricing, nlbTargets, "HealthCheckProtocol"),
		undecided(pricing, nlbTargets, "HealthCheckPath"),
		undecided(pricing, nlbTargets, "HealthCheckPort"),
		undecided(pricing, nlbTargets, "Matcher.HttpCode"),
		undecided(pricing, healthRule, "Actions.0.FixedResponseConfig.StatusCode"),
		undecided(pricing, healthRule, "Conditions.0.PathPatternConfig.Values.0"),
		undecided(pricing, healthRule, "Actions"),
		undecided(pricing, healthRule, "ListenerArn"),
		perhaps(pricing, "a rule", healthRule),
	},
	reachability.HopNlbEgress: {
		undecided(pricing, nlbEgress, "FromPort"),
		undecided(pricing, nlbEgress, "DestinationSecurityGroupId"),
		// If the rule is on the group of the NLB, it takes away the egress that EC2 gives a group without rules.
		with(pricing(peer(nlbEgress, "DestinationSecurityGroupId", groupID(v1Group))), undecided(pricing, nlbEgress, "GroupId")),
		perhaps(pricing, "a rule", nlbEgress),
	},
	reachability.HopAlbIngress: {
		undecided(pricing, albIngress, "SourceSecurityGroupId"),
		perhaps(pricing, "a rule", albIngress),
	},
	reachability.HopAlbListener: {
		undecided(pricing, albListener, "Protocol"),
		perhaps(pricing, "a listener", albListener),
	},
	reachability.HopAlbRule: {
		undecided(pricing, v1Rule, "Conditions.0.PathPatternConfig.Values.0"),
		undecided(pricing, v1Rule, "Priority"),
		undecided(pricing, v1Rule, "Actions"),
		quietly(undecided(pricing, v1Rule, "ListenerArn")),
		perhaps(pricing, "a rule", v1Rule),
	},
	reachability.HopTargetGroup: {
		undecided(pricing, v1Rule, "Actions.0.TargetGroupArn"),
		perhaps(pricing, "a target group", v1Targets),
	},
	reachability.HopTargetHealthCheck: {
		undecided(pricing, v1Targets, "HealthCheckPort"),
	},
	reachability.HopLoadBalancerEgress: {
		undecided(pricing, albToV1, "DestinationSecurityGroupId"),
		perhaps(pricing, "a rule", albToV1),
	},
	reachability.HopTargetIngress: {
		undecided(pricing, v1FromAlb, "ToPort"),
		perhaps(pricing, "a rule", v1FromAlb),
	},
	reachability.HopTarget: {
		undecided(pricing, v1Service, "DesiredCount"),
		undecided(pricing, v1Service, registered+".ContainerPort"),
		undecided(pricing, v1Service, registered+".ContainerName"),
		undecided(pricing, v1Task, mapping+".ContainerPort"),
		undecided(pricing, v1Task, "ContainerDefinitions.0.Name"),
		undecided(pricing, v1Task, "ContainerDefinitions.0.PortMappings"),
		undecided(pricing, v1Task, mapping+".Protocol"),
		perhaps(pricing, "a service", v1Service),
		perhaps(pricing, "a task", v1Task),
	},
}
