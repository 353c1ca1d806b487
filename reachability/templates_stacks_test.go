package reachability_test

import "github.com/cdk-private-api/cdk-private-api-go/reachability"

// importCases are about stacks that stand on what another one exports.
func importCases() map[string]templateCase {
	const domain = "stock.warehouse.example.com"
	stock := func(files ...string) []reachability.Input {
		var inputs []reachability.Input
		for _, file := range files {
			inputs = append(inputs, handWritten("imports/"+file, consumerAccount, "us-east-2"))
		}
		return inputs
	}
	all := stock("network.yaml", "stock.json", "picking.yaml")
	return map[string]templateCase{
		"imports: network, provider and consumer in three stacks": {
			inputs: all,
			want: []wantAnswer{
				{client: "picking/Picking", domain: domain, path: "/v1/*", verdict: reachability.Reachable},
				{client: "picking/Picking", domain: domain, path: "/v2/*", verdict: reachability.Reachable},
			},
		},
		"imports: a path of a route": {
			inputs: all, question: reachability.Question{Path: "/v2/items/7"},
			want: []wantAnswer{{path: "/v2/items/7", verdict: reachability.Reachable}},
		},
		"imports: a path of no route": {
			inputs: all, question: reachability.Question{Path: "/v3/items/7"},
			want: []wantAnswer{{path: "/v3/items/7", verdict: reachability.Blocked, hop: reachability.HopAlbRule, says: []string{"404"}}},
		},
		"imports: the network is not loaded": {
			inputs:   stock("stock.json", "picking.yaml"),
			question: reachability.Question{Client: "picking/Picking", Domain: domain, Path: "/v1/items"},
			want: []wantAnswer{{
				client: "picking/Picking", verdict: reachability.Unknown, hop: reachability.HopHostedZone, says: []string{"network:Vpc"},
			}},
		},
	}
}

// enforcementCases are about an NLB whose security group may count for PrivateLink traffic: it sees the private addresses
// of the callers, and never a security group of theirs.
func enforcementCases() map[string]templateCase {
	claims := func(parameters ...string) []reachability.Input {
		return []reachability.Input{
			handWritten("enforcement/claims.yaml", consumerAccount, "eu-west-2", parameters...),
			handWritten("enforcement/portal.json", consumerAccount, "eu-west-2"),
		}
	}
	reached := []wantAnswer{{
		client: "portal/Portal", domain: "claims.insurer.example.com", port: 443, path: "/", verdict: reachability.Reachable,
		passes: []string{reachability.HopClientEgress, reachability.HopNlbIngress, reachability.HopNlbEgress, reachability.HopAlbIngress},
	}}
	blocked := []wantAnswer{{
		client: "portal/Portal", verdict: reachability.Blocked, hop: reachability.HopNlbIngress, says: []string{"FrontGroup"},
	}}
	return map[string]templateCase{
		"enforcement: off by default": {inputs: claims(), want: reached},
		"enforcement: on, and nobody let in": {
			inputs: claims("InspectPrivateLink=true"), want: blocked, findings: []string{"privateapi:networkSecurityGroup"},
		},
		"enforcement: on, and the callers let in": {inputs: claims("InspectPrivateLink=true", "CallerCidr=10.20.0.0/16"), want: reached},
		"enforcement: on, and only the endpoint let in": {
			inputs: claims("InspectPrivateLink=true", "CallerCidr=10.20.0.0/24"), want: blocked,
		},
		"enforcement: on, and a security group of the consumer named": {
			inputs: claims("InspectPrivateLink=true", "CallerGroup=sg-0123456789abcdef0"), want: blocked,
		},
	}
}

// environmentCases are about ports and CIDR blocks from a mapping.
func environmentCases() map[string]templateCase {
	tariffs := func(parameters ...string) []reachability.Input {
		return []reachability.Input{handWritten("environments/tariffs.json", consumerAccount, "eu-north-1", parameters...)}
	}
	return map[string]templateCase{
		"environments: dev by default": {
			inputs: tariffs(),
			want:   []wantAnswer{{client: "tariffs/Shop", domain: "tariffs.dev.example.org", port: 443, verdict: reachability.Reachable}},
		},
		"environments: prod has another port": {
			inputs: tariffs("Environment=prod"),
			want:   []wantAnswer{{client: "tariffs/Shop", domain: "tariffs.prod.example.org", port: 8443, verdict: reachability.Reachable}},
		},
		"environments: staging has an ALB on another port than its target group": {
			inputs: tariffs("Environment=staging"),
			want: []wantAnswer{{
				domain: "tariffs.staging.example.org", verdict: reachability.Blocked, hop: reachability.HopNlbTargetGroup, says: []string{"443"},
			}},
			findings: []string{"privateapi:onePort"},
		},
	}
}

// nestedCases are about nested stacks, and about an NLB without security groups in them.
func nestedCases() map[string]templateCase {
	nested := func(parameters ...string) []reachability.Input {
		return []reachability.Input{handWritten("nested/root.yaml", consumerAccount, "ca-central-1", parameters...)}
	}
	return map[string]templateCase{
		"nested: an NLB without security group, told by its addresses": {
			inputs: nested(),
			want: []wantAnswer{{
				client: "root/Caller/Caller", domain: "billing.example.net", verdict: reachability.Reachable,
				passes: []string{reachability.HopNlbIngress, reachability.HopAlbIngress, reachability.HopCertificate},
			}},
			findings: []string{"privateapi:nlbSecurityGroup"},
		},
		"nested: an NLB without security group, told by a group": {
			inputs: nested("TrustBalancerBy=group"),
			want:   []wantAnswer{{client: "root/Caller/Caller", verdict: reachability.Blocked, hop: reachability.HopAlbIngress}},
		},
	}
}

// clientCases are about who calls, and about targets that are machines.
func clientCases() map[string]templateCase {
	const domain = "payroll.people.example.com"
	people := func(parameters ...string) []reachability.Input {
		return []reachability.Input{
			handWritten("instances/payroll.yaml", consumerAccount, "us-west-2", parameters...),
			handWritten("instances/people.json", consumerAccount, "us-west-2"),
		}
	}
	return map[string]templateCase{
		"instances: a function and a machine call machines": {
			inputs: people(),
			want: []wantAnswer{
				{client: "people/Payslips", domain: domain, path: "/api/*", verdict: reachability.Reachable},
				{client: "people/Reporting", domain: domain, path: "/api/*", verdict: reachability.Reachable},
			},
		},
		"instances: a function outside of the VPC is no client": {
			inputs: people(), question: reachability.Question{Client: "people/Reminder", Domain: domain},
		},
		"instances: the health check asks where the ALB answers 403": {
			inputs:   people("HealthPath=/health"),
			want:     []wantAnswer{{verdict: reachability.Blocked, hop: reachability.HopNlbHealthCheck, says: []string{"/health", "403"}}},
			findings: []string{"privateapi:healthCheck"},
		},
	}
}
