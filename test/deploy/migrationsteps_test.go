package deploy_test

import "slices"

// migrationStep leads from a phase to the next one, and back.
type migrationStep struct {
	to string
	// clientsLeaveFirst says that the way back begins with the clients: EC2 deletes no endpoint service that has connections.
	clientsLeaveFirst bool

	pricing, checkout, reports migrationChanges
	networks                   migrationChanges // of each client
}

// migrationChanges are what a step changes in a stack, by the names in its template. None of them replaces a resource.
type migrationChanges struct {
	added, removed, modified []string
	// toAdded and toRemoved are modified, too: they refer to what is added or removed. CloudFormation does not know yet what is added.
	toAdded, toRemoved []string
	listed             []string // for an attribute of what is modified
}

func (c migrationChanges) forth() consequences {
	return sorted(consequences{
		added: c.added, removed: c.removed, modified: slices.Concat(c.modified, c.toRemoved), listed: slices.Concat(c.listed, c.toAdded),
	})
}

func (c migrationChanges) back() consequences {
	return sorted(consequences{
		added: c.removed, removed: c.added, modified: slices.Concat(c.modified, c.toAdded), listed: slices.Concat(c.listed, c.toRemoved),
	})
}

func sorted(c consequences) consequences {
	for _, names := range []*[]string{&c.added, &c.removed, &c.modified, &c.listed} {
		*names = slices.Sorted(slices.Values(*names))
	}
	return c
}

// of returns what the step changes in a stack.
func (s migrationStep) of(stack string) migrationChanges {
	switch stack {
	case migratingPricing:
		return s.pricing
	case "MigrationCheckout":
		return s.checkout
	case "MigrationReports":
		return s.reports
	}
	return s.networks
}

const (
	migrationRecord      = "Migration/Phase"
	ruleOfPublicGroup    = "rule of PublicApi/LoadBalancerSecurityGroup"
	ruleOfInternalGroup  = "rule of Provider/LoadBalancerSecurityGroup"
	ruleOfNetworkGroup   = "rule of Provider/NetworkLoadBalancerSecurityGroup"
	ruleOfTasks          = "rule of Pricing/SecurityGroup"
	overridingZone       = "Pricing/HostedZone-" + migratingDomain
	recordOfEndpoint     = overridingZone + "/A-PrivateLink"
	recordOfInternet     = overridingZone + "/A-the internet"
	webAclOfPublicAlb    = "PublicApi/WebAcl"
	webAclAssociation    = "PublicApi/WebAclAssociation"
	ofMigratingEndpoint  = "Pricing/Endpoint"
	groupOfEndpoint      = "Pricing/SecurityGroup"
	roleForStackOutput   = "Publish/GetStackOutputRole"
	policyForStackOutput = "Publish/GetStackOutputPolicy"
)

// migrationSteps are the steps in their order.
var migrationSteps = []migrationStep{
	{
		to: "ATTACH",
		pricing: migrationChanges{
			added: []string{
				"Provider/EndpointService", "Provider/ListenerTargetGroup", "Provider/NetworkListener", "Provider/NetworkLoadBalancer",
				"Provider/NetworkLoadBalancerSecurityGroup", "Provider/Permissions", "PublicApi/HealthCheckRule", "PublicApi/IpSetPrivateLink",
				ruleOfNetworkGroup, ruleOfPublicGroup,
			},
			modified: []string{migrationRecord}, toAdded: []string{webAclOfPublicAlb}, listed: []string{webAclAssociation},
		},
	},
	{
		to: "DUAL_RUN", clientsLeaveFirst: true,
		pricing: migrationChanges{
			added: []string{policyForStackOutput, roleForStackOutput}, modified: []string{migrationRecord, "Provider/NetworkLoadBalancer"},
		},
		checkout: migrationChanges{added: []string{ofMigratingEndpoint, overridingZone, recordOfEndpoint, recordOfInternet, groupOfEndpoint, ruleOfTasks}},
	},
	{
		to: "WATCH", clientsLeaveFirst: true,
		pricing: migrationChanges{
			added: []string{
				"Provider/HealthCheckRule", "Provider/Listener", "Provider/LoadBalancer", "Provider/LoadBalancerSecurityGroup", "Provider/RouteQuotes",
				"Provider/RouteQuotes/Rule", "Provider/StandbyNetworkListener", "Provider/TargetGroup", ruleOfTasks, ruleOfInternalGroup, ruleOfInternalGroup,
				ruleOfNetworkGroup,
			},
			modified: []string{migrationRecord, roleForStackOutput}, toAdded: []string{"Pricing/Service"},
		},
		checkout: migrationChanges{modified: []string{recordOfEndpoint, recordOfInternet}},
		reports:  migrationChanges{added: []string{ofMigratingEndpoint, overridingZone, recordOfEndpoint, groupOfEndpoint, ruleOfTasks}},
	},
	{
		to: "CLOSE",
		pricing: migrationChanges{
			removed: []string{
				"PublicApi/IpSetCheckout", "PublicApi/IpSetReports", "PublicApi/Record-" + migratingDomain, ruleOfPublicGroup, ruleOfPublicGroup,
				ruleOfPublicGroup, ruleOfPublicGroup,
			},
			modified: []string{
				migrationRecord, "Provider/LoadBalancer", "Provider/NetworkListener", "Provider/StandbyNetworkListener", "PublicApi/LoadBalancer",
			},
			toRemoved: []string{webAclOfPublicAlb}, listed: []string{webAclAssociation},
		},
		checkout: migrationChanges{removed: []string{recordOfInternet}},
		networks: migrationChanges{removed: []string{policyForStackOutput, roleForStackOutput}},
	},
	{
		to: "INTERNAL",
		pricing: migrationChanges{
			removed: []string{
				"Provider/ListenerTargetGroup", "Provider/StandbyNetworkListener", "PublicApi/HealthCheckRule", "PublicApi/IpSetPrivateLink", "PublicApi/Listener",
				"PublicApi/LoadBalancer", "PublicApi/LoadBalancerSecurityGroup", "PublicApi/RouteQuotes", "PublicApi/RouteQuotes/Rule", webAclOfPublicAlb,
				webAclAssociation, ruleOfTasks, ruleOfNetworkGroup, ruleOfPublicGroup, ruleOfPublicGroup,
			},
			modified: []string{migrationRecord}, toRemoved: []string{"Pricing/Service"},
		},
	},
}
