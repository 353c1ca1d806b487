package reachability_test

import "github.com/cdk-private-api/cdk-private-api-go/reachability"

// straightCases are about an NLB without an ALB behind it.
func straightCases() map[string]templateCase {
	quotes := func(parameters ...string) []reachability.Input {
		return []reachability.Input{handWritten("fargate-direct/quotes.yaml", consumerAccount, "us-east-1", parameters...)}
	}
	ledger := func(parameters ...string) []reachability.Input {
		return []reachability.Input{handWritten("two-nlbs/ledger.json", consumerAccount, "ap-southeast-2", parameters...)}
	}
	straight := []string{
		reachability.HopHostedZone, reachability.HopRecord, reachability.HopEndpointIngress, reachability.HopEndpointZones,
		reachability.HopNlbListener, reachability.HopTargetGroup, reachability.HopTargetIngress, reachability.HopTarget,
	}
	return map[string]templateCase{
		"fargate-direct: TCP from the NLB to the tasks": {
			inputs: quotes(),
			want: []wantAnswer{{
				client: "quotes/Desk", domain: "quotes.trading.example.com", port: 443, path: "/", verdict: reachability.Reachable, passes: straight,
			}},
		},
		"fargate-direct: the NLB may end TLS where no ALB is behind it": {
			inputs: quotes("EdgeTls=yes"),
			want:   []wantAnswer{{client: "quotes/Desk", verdict: reachability.Reachable, passes: straight}},
		},
		"fargate-direct: a name that no zone has": {
			inputs:   quotes(),
			question: reachability.Question{Client: "quotes/Desk", Domain: "prices.trading.example.com"},
			want:     []wantAnswer{{client: "quotes/Desk", verdict: reachability.Blocked, hop: reachability.HopHostedZone}},
		},
		"two-nlbs: both take the call": {
			inputs: ledger(),
			want: []wantAnswer{{
				client: "ledger/Reports", domain: "ledger.example.net", port: 443, verdict: reachability.Reachable, passes: straight,
			}},
		},
		"two-nlbs: EC2 may pick the one that does not listen": {
			inputs: ledger("SpareListenerPort=8443"),
			want: []wantAnswer{{
				client: "ledger/Reports", port: 443, verdict: reachability.Blocked, hop: reachability.HopNlbListener,
				says: []string{"SpareBalancer", "443"},
			}},
		},
	}
}

// networkAclCases are about rules that know no state: what goes out is not let back in by itself.
func networkAclCases() map[string]templateCase {
	with := func(more ...reachability.Input) []reachability.Input {
		return append([]reachability.Input{
			handWritten("nacl/orders.json", consumerAccount, "eu-west-1"), handWritten("nacl/kiosk.yaml", consumerAccount, "eu-west-1"),
		}, more...)
	}
	acls := func(file string, parameters ...string) reachability.Input {
		return handWritten("nacl/"+file, consumerAccount, "eu-west-1", parameters...)
	}
	blocked := func(hop, acl string) []wantAnswer {
		return []wantAnswer{{client: "kiosk/Kiosk", verdict: reachability.Blocked, hop: hop, says: []string{acl}}}
	}
	return map[string]templateCase{
		"nacl: none but the default ones": {
			inputs: with(),
			want:   []wantAnswer{{client: "kiosk/Kiosk", domain: "orders.retail.example.com", verdict: reachability.Reachable}},
		},
		"nacl: ephemeral ports are open everywhere": {
			inputs: with(acls("kiosk-acls.json"), acls("orders-acls.yaml")),
			want: []wantAnswer{{client: "kiosk/Kiosk", verdict: reachability.Reachable, passes: []string{
				reachability.HopClientNacl, reachability.HopNlbNacl, reachability.HopTargetNacl,
			}}},
		},
		"nacl: the client's subnet takes no answers": {
			inputs: with(acls("kiosk-acls-one-way.json")), want: blocked(reachability.HopClientNacl, "KioskAcl"),
		},
		"nacl: the NLB's subnets take no answers": {
			inputs: with(acls("orders-acls.yaml", "EdgeReturnPorts=443-443")), want: blocked(reachability.HopNlbNacl, "EdgeAcl"),
		},
		"nacl: the NLB's subnets take the answers that Linux would want, not an NLB": {
			inputs: with(acls("orders-acls.yaml", "EdgeReturnPorts=32768-60999")), want: blocked(reachability.HopNlbNacl, "EdgeAcl"),
		},
		"nacl: the tasks' subnets let no answer out": {
			inputs: with(acls("kiosk-acls.json"), acls("orders-acls.yaml", "TasksMayAnswer=no")),
			want:   blocked(reachability.HopTargetNacl, "TaskAcl"),
		},
	}
}

// abroadCases are about a service of another Region, whose name is the output of a stack there.
func abroadCases() map[string]templateCase {
	abroad := func(parameters ...string) []reachability.Input {
		return []reachability.Input{
			handWritten("abroad/weather.yaml", consumerAccount, "us-east-1", parameters...),
			handWritten("abroad/airport.json", consumerAccount, "eu-west-1"),
		}
	}
	return map[string]templateCase{
		"abroad: the service supports the Region": {
			inputs: abroad("Live=yes"),
			want: []wantAnswer{{
				client: "airport/Airport", domain: "weather.example.org", verdict: reachability.Reachable,
				passes: []string{reachability.HopEndpointZones, reachability.HopEndpointService, reachability.HopTarget},
			}},
		},
		"abroad: the service does not support the Region": {
			inputs:   abroad("Live=yes", "OtherRegion=eu-west-2"),
			want:     []wantAnswer{{verdict: reachability.Blocked, hop: reachability.HopEndpointService, says: []string{"eu-west-1"}}},
			findings: []string{"privateapi:serviceRegion"},
		},
		"abroad: whether there are tasks is not decided": {
			inputs: abroad(),
			want:   []wantAnswer{{verdict: reachability.Unknown, hop: reachability.HopTarget, says: []string{"parameter weather.Live"}}},
		},
		"abroad: the tasks are not there": {
			inputs: abroad("Live=no"),
			want:   []wantAnswer{{verdict: reachability.Unknown, hop: reachability.HopTarget, says: []string{"targets"}}},
		},
	}
}
