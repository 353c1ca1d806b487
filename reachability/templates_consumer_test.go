package reachability_test

import "github.com/cdk-private-api/cdk-private-api-go/reachability"

// swappedZones are the IDs of the zones a and b, whose names are swapped between the two accounts.
func swappedZones(region, prefix string) map[string]string {
	return map[string]string{
		providerAccount + "/" + region + "a": prefix + "-az1", providerAccount + "/" + region + "b": prefix + "-az2",
		consumerAccount + "/" + region + "a": prefix + "-az2", consumerAccount + "/" + region + "b": prefix + "-az1",
	}
}

// vendorCases are about a service of which the consumer has the name alone.
func vendorCases() map[string]templateCase {
	const vendorService = "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0"
	subscriber := handWritten("marketplace/subscriber.yaml", consumerAccount, "us-east-1")
	vendor := func(parameters ...string) []reachability.Input {
		return []reachability.Input{subscriber, handWritten("marketplace/catalogue.json", providerAccount, "us-east-1", parameters...)}
	}
	services, zones := map[string]string{vendorService: "catalogue/EndpointService"}, swappedZones("us-east-1", "use1")
	apart := map[string]string{
		providerAccount + "/us-east-1a": "use1-az1", providerAccount + "/us-east-1b": "use1-az2",
		consumerAccount + "/us-east-1a": "use1-az4", consumerAccount + "/us-east-1b": "use1-az6",
	}
	with := func(services, zones map[string]string) reachability.Question {
		return reachability.Question{Facts: reachability.Facts{Services: services, ZoneIDs: zones}}
	}
	batch := func(verdict reachability.Verdict, hop string, says ...string) []wantAnswer {
		return []wantAnswer{{client: "subscriber/BatchHost", domain: "api.vendor.example.com", verdict: verdict, hop: hop, says: says}}
	}
	return map[string]templateCase{
		"marketplace: the provider is not at hand": {
			inputs: []reachability.Input{subscriber},
			want:   batch(reachability.Unknown, reachability.HopEndpointService, vendorService, "service com.amazonaws.vpce"),
		},
		"marketplace: the provider is at hand, but which service has the name is not said": {
			inputs: vendor(), question: with(nil, zones), want: batch(reachability.Unknown, reachability.HopEndpointService, vendorService),
		},
		"marketplace: the name is that of a service that is loaded": {
			inputs: vendor(), question: with(services, zones), want: batch(reachability.Reachable, ""),
		},
		"marketplace: zone names of two accounts": {
			inputs: vendor(), question: with(services, nil), want: batch(reachability.Unknown, reachability.HopEndpointZones, "us-east-1a"),
		},
		"marketplace: no zone in common": {
			inputs: vendor(), question: with(services, apart), want: batch(reachability.Blocked, reachability.HopEndpointZones, "use1-az4"),
		},
		"marketplace: another account is allowed": {
			inputs: vendor("SubscriberAccount=999999999999"), question: with(services, zones),
			want: batch(reachability.Blocked, reachability.HopAllowedPrincipal, consumerAccount),
		},
	}
}

// consentCases are about what a provider must hand over, allow and accept.
func consentCases() map[string]templateCase {
	archive := func(partner, service string) []reachability.Input {
		editor := handWritten("handover/editor.yaml", consumerAccount, "eu-west-3")
		if service != "" {
			editor.Parameters = map[string]string{"ArchiveServiceName": service}
		}
		return []reachability.Input{editor, handWritten("handover/archive.json", providerAccount, "eu-west-3", "Partner="+partner)}
	}
	facts := func(assume ...string) reachability.Question {
		return reachability.Question{Facts: reachability.Facts{ZoneIDs: swappedZones("eu-west-3", "euw3"), Assume: assume}}
	}
	editor := func(verdict reachability.Verdict, hop string, says ...string) []wantAnswer {
		return []wantAnswer{{client: "editor/EditorMachine", domain: "archive.press.example.com", verdict: verdict, hop: hop, says: says}}
	}
	return map[string]templateCase{
		"handover: nobody has said the name of the service": {
			inputs: archive(consumerAccount, ""), question: facts(),
			want: editor(reachability.Unknown, reachability.HopEndpointService, "output editor.ArchiveServiceName"),
		},
		"handover: nobody has accepted": {
			inputs: archive(consumerAccount, "@archive.ServiceName"), question: facts(),
			want: editor(reachability.Unknown, reachability.HopAcceptance, "accepted"),
		},
		"handover: accepted": {
			inputs: archive(consumerAccount, "@archive.ServiceName"), question: facts("accepted"), want: editor(reachability.Reachable, ""),
		},
		"handover: permissions are missing": {
			inputs: archive("", "@archive.ServiceName"), question: facts("accepted"),
			want:     editor(reachability.Blocked, reachability.HopAllowedPrincipal, consumerAccount),
			findings: []string{"privateapi:nobodyAllowed"},
		},
	}
}

// privateDnsCases are about a name that comes with the endpoint.
func privateDnsCases() map[string]templateCase {
	payments := func(parameters ...string) []reachability.Input {
		checkout := handWritten("private-dns/checkout.json", consumerAccount, "eu-central-1", "PaymentsService=@payments.ServiceName")
		return []reachability.Input{handWritten("private-dns/payments.yaml", providerAccount, "eu-central-1", parameters...), checkout}
	}
	facts := func(assume ...string) reachability.Question {
		return reachability.Question{Facts: reachability.Facts{ZoneIDs: swappedZones("eu-central-1", "euc1"), Assume: assume}}
	}
	checkout := func(verdict reachability.Verdict, hop string, says ...string) []wantAnswer {
		return []wantAnswer{{client: "checkout/Checkout", domain: "api.payments.example.com", verdict: verdict, hop: hop, says: says}}
	}
	return map[string]templateCase{
		"private-dns: whether the name is verified is not known": {
			inputs: payments(), question: facts(), want: checkout(reachability.Unknown, reachability.HopHostedZone, "verified"),
		},
		"private-dns: verified": {inputs: payments(), question: facts("verified"), want: checkout(reachability.Reachable, "")},
		"private-dns: the service has no name": {
			inputs: payments("PrivateDnsName="),
			question: reachability.Question{
				Client: "checkout/Checkout", Domain: "api.payments.example.com", Facts: facts("verified").Facts,
			},
			want:     checkout(reachability.Blocked, reachability.HopHostedZone),
			findings: []string{"privateapi:privateDnsMissing"},
		},
		"private-dns: the certificate does not cover the name": {
			inputs: payments("PrivateDnsName=payments.example.com"), question: facts("verified"),
			want: []wantAnswer{{domain: "payments.example.com", verdict: reachability.Blocked, hop: reachability.HopCertificate}},
		},
	}
}

// sourceCases are about what a rule of a security group takes for a source.
func sourceCases() map[string]templateCase {
	const domain = "claims.insurer.example.com"
	door := func(file string, parameters ...string) []reachability.Input {
		return []reachability.Input{
			handWritten("enforcement/claims.yaml", consumerAccount, "eu-west-2"), handWritten("doors/"+file, consumerAccount, "eu-west-2", parameters...),
		}
	}
	return map[string]templateCase{
		"doors: a parameter decides whether there is a rule": {
			inputs: door("undecided.yaml"),
			want: []wantAnswer{{
				client: "undecided/Centre", verdict: reachability.Unknown, hop: reachability.HopEndpointIngress,
				says: []string{"parameter undecided.CallsClaims"},
			}},
		},
		"doors: the rule is there": {
			inputs: door("undecided.yaml", "CallsClaims=yes"), want: []wantAnswer{{client: "undecided/Centre", verdict: reachability.Reachable}},
		},
		"doors: the rule is not there": {
			inputs:   door("undecided.yaml", "CallsClaims=no"),
			question: reachability.Question{Client: "undecided/Centre", Domain: domain},
			want:     []wantAnswer{{client: "undecided/Centre", verdict: reachability.Blocked, hop: reachability.HopEndpointIngress}},
		},
		"doors: every address of IPv6 is none of IPv4": {
			inputs: door("ipv6-only.json"), question: reachability.Question{Client: "ipv6-only/Surveyor", Domain: domain},
			want:     []wantAnswer{{client: "ipv6-only/Surveyor", verdict: reachability.Blocked, hop: reachability.HopEndpointIngress}},
			findings: []string{"privateapi:openIngress"},
		},
		"doors: a prefix list with the client's subnet": {
			inputs: door("prefix-list.yaml"),
			want: []wantAnswer{{
				client: "prefix-list/Assessor", verdict: reachability.Reachable, passes: []string{reachability.HopEndpointIngress},
			}},
		},
		"doors: a prefix list without the client's subnet": {
			inputs: door("prefix-list.yaml", "LastListed=10.23.8.0/22"), question: reachability.Question{Client: "Assessor"},
			want: []wantAnswer{{client: "prefix-list/Assessor", verdict: reachability.Blocked, hop: reachability.HopEndpointIngress}},
		},
	}
}

// mistakeCases are templates as people get them wrong.
func mistakeCases() map[string]templateCase {
	const domain = "claims.insurer.example.com"
	claims := handWritten("enforcement/claims.yaml", consumerAccount, "eu-west-2")
	portal := handWritten("enforcement/portal.json", consumerAccount, "eu-west-2")
	mistake := func(file string, parameters ...string) reachability.Input {
		return handWritten("mistakes/"+file, consumerAccount, "eu-west-2", parameters...)
	}
	of := func(client string, verdict reachability.Verdict, hop string, says ...string) []wantAnswer {
		return []wantAnswer{{client: client, verdict: verdict, hop: hop, says: says}}
	}
	return map[string]templateCase{
		"mistakes: TLS on the NLB in front of an ALB": {
			inputs:   []reachability.Input{mistake("tls-to-alb.yaml"), portal},
			want:     of("portal/Portal", reachability.Blocked, reachability.HopNlbListener, "TLS"),
			findings: []string{"privateapi:networkListenerTcp"},
		},
		"mistakes: an ALB as the load balancer of the service": {
			inputs:   []reachability.Input{mistake("alb-in-service.json"), portal},
			want:     of("portal/Portal", reachability.Blocked, reachability.HopNlbListener, "no NLB"),
			findings: []string{"privateapi:serviceLoadBalancer"},
		},
		"mistakes: an endpoint in the default group": {
			inputs:   []reachability.Input{claims, mistake("default-group.yaml")},
			question: reachability.Question{Client: "default-group/Broker", Domain: domain},
			want:     of("default-group/Broker", reachability.Blocked, reachability.HopEndpointIngress, "default"),
		},
		"mistakes: a wildcard in a parent zone takes the name": {
			inputs:   []reachability.Input{claims, mistake("parent-zone.json")},
			want:     []wantAnswer{{client: "parent-zone/Agency", domain: domain, verdict: reachability.Reachable}},
			findings: []string{"privateapi:parentZone"},
		},
		"mistakes: a wildcard in a parent zone takes other names too": {
			inputs:   []reachability.Input{claims, mistake("parent-zone.json")},
			question: reachability.Question{Client: "parent-zone/Agency", Domain: "sales.insurer.example.com"},
			want:     of("parent-zone/Agency", reachability.Blocked, reachability.HopCertificate, domain),
		},
		"mistakes: a CNAME below its zone": {
			inputs: []reachability.Input{claims, mistake("cname.yaml")},
			want:   of("cname/Garage", reachability.Reachable, ""), findings: []string{"privateapi:parentZone"},
		},
		"mistakes: a CNAME at the apex of its zone": {
			inputs:   []reachability.Input{claims, mistake("cname.yaml", "ZoneName=claims.insurer.example.com")},
			want:     of("cname/Garage", reachability.Blocked, reachability.HopRecord, "CNAME"),
			findings: []string{"privateapi:cnameAtApex"},
		},
		"mistakes: a VPC without DNS hostnames": {
			inputs:   []reachability.Input{claims, mistake("cname.yaml", "Hostnames=false")},
			want:     of("cname/Garage", reachability.Blocked, reachability.HopHostedZone, "EnableDnsHostnames"),
			findings: []string{"privateapi:vpcDns"},
		},
	}
}
