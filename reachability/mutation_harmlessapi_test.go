package reachability_test

// harmlessAPI is for the service, its load balancers, their rules and the tasks.
var harmlessAPI = []harmless{
	{
		name: "outputs that nobody reads",
		edit: edits(
			pricing(putSection("Outputs.AvailabilityZoneIds", gone), putSection("Outputs.Zones", object{"Value": "two"})),
			checkout(putSection("Outputs.EndpointId", gone), putSection("Outputs.ClusterName", gone)),
		),
	},
	{
		name:  "more accounts may connect",
		edit:  pricing(allow("arn:aws:iam::333333333333:root", "arn:aws:iam::"+consumer+":root")),
		wider: true,
	},
	{name: "a private DNS name that the consumer does not enable", edit: pricing(put(service, "PrivateDnsName", "api.pricing.company.com"))},
	{name: "a certificate for the name", edit: pricing(certificate(domain))},
	{name: "a certificate for the names of one zone", edit: pricing(certificate("pricing.company.com", "*.pricing.internal.company.com"))},
	{name: "the target takes the port of its group", edit: pricing(remove(nlbTargets, "Targets.0.Port"))},
	{name: "more answers are healthy", edit: pricing(put(nlbTargets, "Matcher.HttpCode", "200,201-299"))},
	{
		name: "the rule for health checks takes some paths more",
		edit: pricing(put(healthRule, "Conditions", array{paths("/status", "/privateapi-*")})),
	},
	{name: "one more rule, after the others", edit: pricing(fixed("Last", 50000, "410", paths("/v*")))},
	{name: "one more rule, before the others, for another path", edit: pricing(fixed("First", 2, "410", paths("/v3/*", "/v1")))},
	{name: "one more rule, before the others, for another host", edit: pricing(fixed("First", 2, "410", hosts("*.example.com"), paths("/v1/*")))},
	{
		name: "the conditions of a rule, as they were written before",
		edit: pricing(put(v1Rule, "Conditions", array{object{"Field": "path-pattern", "Values": array{"/v1/*"}}})),
	},
	{
		name: "a rule for the host",
		edit: pricing(put(v1Rule, "Conditions", array{hosts("*.Pricing.internal.company.com", "*.example.com"), paths("/v1/*")})),
	},
	{name: "a forward with weights", edit: pricing(weighted(v1Targets, 1))},
	{name: "one more listener on another port", edit: pricing(otherListener)},
	{name: "as many tasks as is the default", edit: pricing(remove(v1Service, "DesiredCount"))},
	{
		name: "no tasks at first, and a scaling of at least two",
		edit: pricing(put(v1Service, "DesiredCount", 0), add("Scaling", "AWS::ApplicationAutoScaling::ScalableTarget", object{
			"MinCapacity": 2, "MaxCapacity": 4, "ServiceNamespace": "ecs", "ScalableDimension": "ecs:service:DesiredCount",
			"ResourceId": object{"Fn::Join": array{"/", array{"service", ref("ClusterEB0386A7"), att(v1Service, "Name")}}},
		})),
	},
	{name: "the port of the host is that of the container", edit: pricing(put(v1Task, mapping+".HostPort", 8080))},
	{
		name: "another container beside it",
		edit: pricing(func(t template) {
			containers := t.properties(v1Task)["ContainerDefinitions"].(array)
			sidecar := object{"Name": "proxy", "Image": "envoy", "PortMappings": array{object{"ContainerPort": 9901}}}
			t.properties(v1Task)["ContainerDefinitions"] = append(array{sidecar}, containers...)
		}),
	},
	{
		name: "the health check of a route on a port that is open",
		edit: pricing(put(v1Targets, "HealthCheckPort", "8080"), put(v1Targets, "HealthCheckProtocol", "HTTP")),
	},
}
