package deploy_test

// change is something that a team changes in a deployed API or caller, and the consequences for its stacks. The tables of
// docs/deploy.md are made of changes.
type change struct {
	name string // of the assembly that test/deploy/apps/everyday writes
	text string
	note string

	// Nil if the template of the stack stays the same.
	provider, consumer *consequences
}

// everyday are the changes that do not replace a load balancer, an endpoint service or an endpoint.
var everyday = []change{
	{name: "route", text: "A route is added", provider: &consequences{
		added: []string{"RouteV3", "RouteV3/Rule", "rule of LoadBalancerSecurityGroup", "rule of ThirdTasks"},
	}},
	{name: "noRoute", text: "A route is removed", provider: &consequences{
		removed: []string{"RouteV2", "RouteV2/Rule", "rule of LoadBalancerSecurityGroup", "rule of SecondTasks"},
	}, note: "Other routes keep their priorities, which are derived from their ids"},
	{name: "routePath", text: "A route's path changes", provider: &consequences{modified: []string{"RouteV1/Rule"}}},
	{name: "routeTargets", text: "A route's targets change", provider: &consequences{
		added:   []string{"rule of LoadBalancerSecurityGroup", "rule of ThirdTasks"},
		removed: []string{"rule of FirstTasks", "rule of LoadBalancerSecurityGroup"},
	}, note: "An ECS service that joins or leaves has its own `LoadBalancers` modified in place; IP addresses are `Targets` of the route, modified in place"},
	{name: "consumer", text: "A consumer is added", consumer: &consequences{
		added: []string{
			"Endpoint", "HostedZone-api.orders.internal.company.com", "HostedZone-api.orders.internal.company.com/A",
			"SecurityGroup", "rule of Report", "rule of SecurityGroup",
		},
	}, note: "If its account is already allowed, the provider deploys nothing"},
	{name: "client", text: "A client is added to a consumer", consumer: &consequences{
		added: []string{"rule of Batch", "rule of SecurityGroup"},
	}},
	{name: "principal", text: "An allowed principal is added", provider: &consequences{modified: []string{"Permissions"}}},
	{
		name: "noPrincipal", text: "An allowed principal is removed", provider: &consequences{modified: []string{"Permissions"}},
		note: "[Existing connections stay](https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html#add-remove-permissions); reject them to end them",
	},
	{name: "domainName", text: "A domain name is added to both sides", consumer: &consequences{
		added: []string{"HostedZone-orders.internal.company.com", "HostedZone-orders.internal.company.com/A"},
	}, note: "The provider's template stays the same; its certificate must cover the name first"},
	{name: "certificate", text: "A second certificate is added", provider: &consequences{added: []string{"Listener/Certificate"}}},
	{name: "healthCheck", text: "The interval of the health check changes", provider: &consequences{modified: []string{"TargetGroup"}}},
	{name: "tlsPolicy", text: "The TLS policy changes", provider: &consequences{modified: []string{"Listener"}}},
	{name: "deletionProtection", text: "Deletion protection is switched off", provider: &consequences{
		modified: []string{"LoadBalancer", "NetworkLoadBalancer"},
	}},
	{name: "accessLogs", text: "Access logs are switched on", provider: &consequences{
		added: []string{"Logs/Policy"}, modified: []string{"LoadBalancer"},
	}, note: "`Logs` is the bucket of this app"},
	{name: "idleTimeout", text: "The TCP idle timeout changes", provider: &consequences{modified: []string{"NetworkListener"}}},
	{name: "acceptance", text: "Acceptance is switched on", provider: &consequences{modified: []string{"EndpointService"}}},
	{name: "privateDnsName", text: "The service gets a private DNS name", provider: &consequences{
		modified: []string{"EndpointService"},
	}, note: "Consumers can enable it once [it is verified](https://docs.aws.amazon.com/vpc/latest/privatelink/manage-dns-names.html)"},
	{name: "tag", text: "A tag is added to the provider", provider: &consequences{
		modified: []string{
			"EndpointService", "HealthCheckRule", "Listener", "LoadBalancer", "LoadBalancerSecurityGroup", "NetworkListener",
			"NetworkLoadBalancer", "NetworkLoadBalancerSecurityGroup", "RouteV1", "RouteV1/Rule", "RouteV2", "RouteV2/Rule", "TargetGroup",
		},
		listed: []string{
			"rule of FirstTasks", "rule of LoadBalancerSecurityGroup", "rule of LoadBalancerSecurityGroup",
			"rule of LoadBalancerSecurityGroup", "rule of NetworkLoadBalancerSecurityGroup", "rule of SecondTasks",
		},
	}},
	{name: "supportedRegion", text: "A supported Region is added", provider: &consequences{modified: []string{"EndpointService"}}},
	{name: "crossZone", text: "Cross-zone load balancing is switched on", provider: &consequences{modified: []string{"NetworkLoadBalancer"}}},
	{name: "zone", text: "An Availability Zone is added", provider: &consequences{
		modified: []string{"LoadBalancer", "NetworkLoadBalancer"},
	}, note: "Consumers can use the zone once the NLB is associated with the endpoint service anew, see below. It cannot be undone: [the NLB keeps its subnets while endpoints are connected](https://docs.aws.amazon.com/elasticloadbalancing/latest/network/availability-zones.html)"},
}

// disruptive are the changes that docs/deploy.md warns about.
var disruptive = []change{
	{name: "scheme", text: "The NLB gets another scheme, by an escape hatch", provider: &consequences{
		replaced: []string{"NetworkLoadBalancer"}, listed: []string{"EndpointService", "NetworkListener"},
	}, note: "Also deployed: ELB refuses the target groups for a second NLB, as EC2 refuses to swap the NLB of a service while endpoints are connected; the stack rolls back, and the new NLB stays behind if it is protected from deletion"},
	{name: "listenerPort", text: "`ListenerPort` changes", provider: &consequences{
		added:    []string{"rule of LoadBalancerSecurityGroup", "rule of NetworkLoadBalancerSecurityGroup"},
		modified: []string{"Listener"},
		removed:  []string{"rule of LoadBalancerSecurityGroup", "rule of NetworkLoadBalancerSecurityGroup"},
		replaced: []string{"TargetGroup"},
		listed:   []string{"NetworkListener"},
	}, note: "The NLB stays; requests fail from the change of the listener until the NLB forwards to the new target group"},
	{name: "routePort", text: "A route's port changes", provider: &consequences{
		added:    []string{"rule of FirstTasks", "rule of LoadBalancerSecurityGroup"},
		removed:  []string{"rule of FirstTasks", "rule of LoadBalancerSecurityGroup"},
		replaced: []string{"RouteV1"},
		listed:   []string{"RouteV1/Rule"},
	}, note: "The load balancers stay; instead, add a second route on the new port and move clients to it"},
	{
		name: "port", text: "`Port` changes",
		provider: &consequences{modified: []string{"NetworkListener"}},
		consumer: &consequences{
			added:   []string{"rule of SecurityGroup", "rule of Tasks"},
			removed: []string{"rule of SecurityGroup", "rule of Tasks"},
		},
		note: "Nothing is replaced, but clients fail until they use the new port",
	},
	{name: "providerVpc", text: "The provider gets another VPC", provider: &consequences{
		modified: []string{"LoadBalancer", "NetworkLoadBalancer"},
		replaced: []string{
			"FirstTasks", "LoadBalancerSecurityGroup", "NetworkLoadBalancerSecurityGroup", "RouteV1", "RouteV2", "SecondTasks",
			"TargetGroup", "ThirdTasks",
		},
		listed: []string{
			"NetworkListener", "RouteV1/Rule", "RouteV2/Rule", "rule of FirstTasks", "rule of LoadBalancerSecurityGroup",
			"rule of LoadBalancerSecurityGroup", "rule of LoadBalancerSecurityGroup", "rule of NetworkLoadBalancerSecurityGroup",
			"rule of SecondTasks",
		},
	}, note: "The change set claims to move the load balancers in place, but a load balancer cannot leave its VPC: expect a refusal. Define a second provider instead"},
	{name: "consumerVpc", text: "A consumer gets another VPC", consumer: &consequences{
		added:    []string{"rule of Report", "rule of SecurityGroup"},
		modified: []string{"HostedZone-api.orders.internal.company.com"},
		removed:  []string{"rule of SecurityGroup", "rule of Tasks"},
		replaced: []string{"Endpoint", "SecurityGroup"},
		listed:   []string{"HostedZone-api.orders.internal.company.com/A"},
	}, note: "The new endpoint has to be accepted again where acceptance is on"},
	{name: "otherDomainName", text: "A domain name is replaced by another", consumer: &consequences{
		added:   []string{"HostedZone-orders.internal.company.com", "HostedZone-orders.internal.company.com/A"},
		removed: []string{"HostedZone-api.orders.internal.company.com", "HostedZone-api.orders.internal.company.com/A"},
	}, note: "The endpoint stays, the old name is removed; instead, add the new name, move clients to it, then remove the old one"},
	{name: "serviceName", text: "A consumer gets the name of another service", consumer: &consequences{
		replaced: []string{"Endpoint"}, listed: []string{"HostedZone-api.orders.internal.company.com/A"},
	}},
}
