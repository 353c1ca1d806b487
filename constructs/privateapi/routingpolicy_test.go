package privateapi_test

import (
	"slices"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// weightedConsumer moves from a route to PrivateLink, a tenth of the queries first.
func weightedConsumer(app awscdk.App) awscdk.Stack { return routedConsumer(app, weighing(10, 90)) }

// failoverConsumer falls back from PrivateLink to a route.
func failoverConsumer(app awscdk.App) awscdk.Stack {
	return routedConsumer(app, func(p *privateapi.PrivateApiConsumerProps) { p.RoutingPolicy = privateapi.RoutingPolicy_FAILOVER })
}

func routedConsumer(app awscdk.App, edit func(*privateapi.PrivateApiConsumerProps)) awscdk.Stack {
	stack := cdktest.StackIn(app, "Stack", cdktest.OtherAccount)
	movingConsumer(stack, moving{"PrivateLink", "a route"}, edit)
	return stack
}

// weighing makes the records of a consumer weighted. A weight of -1 is left out.
func weighing(weight, previous float64) func(*privateapi.PrivateApiConsumerProps) {
	return func(p *privateapi.PrivateApiConsumerProps) {
		p.RoutingPolicy = privateapi.RoutingPolicy_WEIGHTED
		if weight >= 0 {
			p.Weight = jsii.Number(weight)
		}
		if previous >= 0 {
			p.PreviousWeight = jsii.Number(previous)
		}
	}
}

// recordsOf returns the properties of the records of a template, by logical ID.
func recordsOf(template cdktest.Template) map[string]props {
	records := map[string]props{}
	for _, id := range template.OfType(typeRecord) {
		records[id] = template.Resources[id].Properties
	}
	return records
}

// A weighted record belongs to a transport: whatever its role, it has one logical ID, one SetIdentifier and one target, and only its weight
// changes. A failover record belongs to a role, because Route 53 refuses two primary ones: only its target changes.
func TestRecordsWhileRolesChange(t *testing.T) {
	defer cdktest.Recover(t)
	type C = privateapi.PrivateApiConsumerProps
	zones := map[string]func(*C){
		"in zones of its own": func(p *C) { p.DomainNames = nil }, // a name and the names below it
		"in an existing zone": func(p *C) { p.HostedZone = importedZone(p.Vpc.Stack()) },
		"in an existing zone, of names that are tokens": func(p *C) {
			p.HostedZone, p.DomainNames = importedZone(p.Vpc.Stack()), &[]*string{textToken(p.Vpc.Stack(), "One"), textToken(p.Vpc.Stack(), "Two")}
		},
	}
	for name, zone := range zones {
		for policy, may := range map[privateapi.RoutingPolicy]string{privateapi.RoutingPolicy_WEIGHTED: "Weight", privateapi.RoutingPolicy_FAILOVER: "AliasTarget"} {
			cdktest.Run(t, string(policy)+" "+name, func(t *testing.T) {
				edit := func(p *C) {
					zone(p)
					p.RoutingPolicy = policy
				}
				var all []map[string]props
				for _, step := range []moving{{to: "a route"}, {"PrivateLink", "a route"}, {"a route", "PrivateLink"}, {"PrivateLink", "a route"}, {to: "PrivateLink"}} {
					all = append(all, recordsOf(move(t, step, edit)))
				}
				for i, records := range all[1:] {
					for id, before := range all[i] {
						after, isThere := records[id]
						if !isThere && len(records) >= len(all[i]) {
							t.Errorf("step %d: %s is gone", i+1, id)
						}
						for property, value := range before {
							if isThere && property != may && !cdktest.Contains(after, props{property: value}) {
								t.Errorf("step %d: %s of %s changes from %v to %v", i+1, property, id, value, after[property])
							}
						}
					}
				}
				for id := range all[4] {
					if _, wasThere := all[3][id]; !wasThere {
						t.Errorf("%s is new after the move", id)
					}
				}
				if one, two := len(all[0]), len(all[1]); two != 2*one || len(all[2]) != two || len(all[4]) != one {
					t.Errorf("there are %d, %d, %d, %d and %d records", len(all[0]), len(all[1]), len(all[2]), len(all[3]), len(all[4]))
				}
			})
		}
	}
}

// The logical IDs are part of what a deployment keeps.
func TestLogicalIDsOfRoutedRecords(t *testing.T) {
	defer cdktest.Recover(t)
	for name, tc := range map[string]struct {
		edit func(*privateapi.PrivateApiConsumerProps)
		want []string
	}{
		"weighted": {weighing(1, 1), []string{
			"PricingHostedZoneapipricinginternalcompanycomAPrivateLink", "PricingHostedZoneapipricinginternalcompanycomAaroute",
		}},
		"failover": {func(p *privateapi.PrivateApiConsumerProps) { p.RoutingPolicy = privateapi.RoutingPolicy_FAILOVER }, []string{
			"PricingHostedZoneapipricinginternalcompanycomAPRIMARY", "PricingHostedZoneapipricinginternalcompanycomASECONDARY",
		}},
		"simple": {func(p *privateapi.PrivateApiConsumerProps) { p.RoutingPolicy = privateapi.RoutingPolicy_SIMPLE }, []string{
			"PricingHostedZoneapipricinginternalcompanycomA",
		}},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			movingConsumer(stack, moving{"PrivateLink", "a route"}, tc.edit)
			var got []string
			for _, id := range cdktest.SynthTemplate(t, stack).OfType(typeRecord) {
				got = append(got, id[:len(id)-8]) // without the hash
			}
			if !slices.Equal(got, tc.want) {
				t.Errorf("the records are %q, want %q", got, tc.want)
			}
		})
	}
}

func TestRoutedRecords(t *testing.T) {
	defer cdktest.Recover(t)
	type C = privateapi.PrivateApiConsumerProps
	synth := func(t *testing.T, step moving, edit func(*C)) cdktest.Template { return move(t, step, edit) }
	cdktest.Run(t, "each waits for its own connection, and the zone for both", func(t *testing.T) {
		template := synth(t, moving{"a tunnel", "PrivateLink"}, weighing(10, 90))
		tunnel, _ := template.Only(t, typeTunnel)
		endpoint, _ := template.Only(t, typeEndpoint)
		if record := template.Has(t, typeRecord, props{"SetIdentifier": "a tunnel", "Weight": 10}); !slices.Contains(template.Resources[record].DependsOn, tunnel) {
			t.Errorf("the record waits for %v, want %s", template.Resources[record].DependsOn, tunnel)
		}
		template.Has(t, typeRecord, props{"SetIdentifier": "PrivateLink", "Weight": 90, "AliasTarget": props{"DNSName": firstEntry(endpoint, 1)}})
		zone, _ := template.Only(t, typeZone)
		for _, id := range []string{tunnel, endpoint} {
			if got := template.Resources[zone].DependsOn; !slices.Contains(got, id) {
				t.Errorf("the zone waits for %v, want %s too", got, id)
			}
		}
	})
	cdktest.Run(t, "a zone with a simple record waits for the connection that it leads to", func(t *testing.T) {
		template := synth(t, moving{"a tunnel", "PrivateLink"}, func(*C) {})
		tunnel, _ := template.Only(t, typeTunnel)
		zone, _ := template.Only(t, typeZone)
		if got := template.Resources[zone].DependsOn; !slices.Contains(got, tunnel) {
			t.Errorf("the zone waits for %v, want %s", got, tunnel)
		}
	})
	cdktest.Run(t, "by default, all go to the service", func(t *testing.T) {
		template := synth(t, moving{"a tunnel", "PrivateLink"}, weighing(-1, -1))
		template.Has(t, typeRecord, props{"SetIdentifier": "a tunnel", "Weight": 100})
		template.Has(t, typeRecord, props{"SetIdentifier": "PrivateLink", "Weight": 0})
	})
	cdktest.Run(t, "a failover evaluates the health of its targets", func(t *testing.T) {
		template := synth(t, moving{"a tunnel", "PrivateLink"}, func(p *C) { p.RoutingPolicy = privateapi.RoutingPolicy_FAILOVER })
		for _, role := range []string{"PRIMARY", "SECONDARY"} {
			template.Has(t, typeRecord, props{"SetIdentifier": role, "Failover": role, "AliasTarget": props{"EvaluateTargetHealth": true}})
		}
	})
	cdktest.Run(t, "ECS services wait for both", func(t *testing.T) {
		template := synth(t, moving{"a tunnel", "PrivateLink"}, weighing(10, 90))
		_, service := template.Only(t, "AWS::ECS::Service")
		for _, record := range template.OfType(typeRecord) {
			if !slices.Contains(service.DependsOn, record) {
				t.Errorf("the service does not wait for %s", record)
			}
		}
	})
	cdktest.Run(t, "weights may be tokens", func(t *testing.T) {
		template := synth(t, moving{"a tunnel", "PrivateLink"}, func(p *C) {
			p.RoutingPolicy, p.Weight, p.PreviousWeight = privateapi.RoutingPolicy_WEIGHTED, numberToken(p.Vpc.Stack(), "Share"), numberToken(p.Vpc.Stack(), "Rest")
		})
		template.Has(t, typeRecord, props{"SetIdentifier": "a tunnel", "Weight": cdktest.Ref("Share")})
		template.Has(t, typeRecord, props{"SetIdentifier": "PrivateLink", "Weight": cdktest.Ref("Rest")})
	})
}

// A type of record that one target alone answers leads there if the records are weighted. A failover needs a primary record.
func TestRecordTypesOfTwoTargets(t *testing.T) {
	defer cdktest.Recover(t)
	both := &[]awsroute53.RecordType{awsroute53.RecordType_A, awsroute53.RecordType_AAAA}
	dual := func(scope constructs.Construct) privateapi.IPrivateApiService {
		service := newRoutedService(scope)
		service.names, service.ports, service.connection.Alias.RecordTypes = jsii.Strings(domain), numbers(443), both
		return service
	}
	for name, tc := range map[string]struct {
		policy  privateapi.RoutingPolicy
		isFirst bool // whether the target of both types is Service
		want    []string
	}{
		"weighted, of Service":  {privateapi.RoutingPolicy_WEIGHTED, true, []string{"A PrivateLink", "A a route", "AAAA a route"}},
		"weighted, of Previous": {privateapi.RoutingPolicy_WEIGHTED, false, []string{"A PrivateLink", "A a route", "AAAA a route"}},
		"failover, of Service":  {privateapi.RoutingPolicy_FAILOVER, true, []string{"A PRIMARY", "A SECONDARY", "AAAA PRIMARY"}},
		"failover, of Previous": {privateapi.RoutingPolicy_FAILOVER, false, []string{"A PRIMARY", "A SECONDARY"}},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			newConsumer(stack, func(p *privateapi.PrivateApiConsumerProps) {
				p.RoutingPolicy, p.DomainNames = tc.policy, jsii.Strings(domain)
				p.Service, p.Previous = transports["PrivateLink"](stack), dual(stack)
				if tc.isFirst {
					p.Service, p.Previous = p.Previous, p.Service
				}
			})
			var got []string
			for _, record := range recordsOf(cdktest.SynthTemplate(t, stack)) {
				got = append(got, record["Type"].(string)+" "+record["SetIdentifier"].(string))
			}
			slices.Sort(got)
			if !slices.Equal(got, tc.want) {
				t.Errorf("the records are %q, want %q", got, tc.want)
			}
		})
	}
}

func routingPolicyRefusals() []refusal {
	type C = privateapi.PrivateApiConsumerProps
	bad := func(name string, edit func(*C), broken ...rules.Rule) refusal {
		return refusal{"routing policy: " + name, broken, movingFrom(func(p *C, _ *tunnelService) { edit(p) })}
	}
	alone := func(edit func(*C)) func(*C) {
		return func(p *C) {
			p.Previous = nil
			edit(p)
		}
	}
	return []refusal{
		bad("unknown", func(p *C) { p.RoutingPolicy = "LATENCY" }, rules.KnownValue),
		bad("a weight too high", weighing(256, 1), rules.RecordWeight),
		bad("a negative weight", func(p *C) { weighing(10, 0)(p); p.PreviousWeight = jsii.Number(-1) }, rules.RecordWeight),
		bad("weights that are not whole", weighing(0.5, 99.5), rules.RecordWeight, rules.RecordWeight),
		bad("weights of 0", weighing(0, 0), rules.RecordWeight),
		bad("a weight of 0, and that of Previous left out", weighing(0, -1), rules.RecordWeight),
		bad("a weight of 0 without Previous", alone(weighing(0, -1)), rules.RecordWeight),
		bad("a weight of Previous without Previous", alone(weighing(10, 90)), rules.RecordRoutingPolicy),
		bad("weights of simple records", func(p *C) { p.Weight, p.PreviousWeight = jsii.Number(10), jsii.Number(90) }, rules.RecordRoutingPolicy, rules.RecordRoutingPolicy),
		bad("a weight of failover records", func(p *C) { p.RoutingPolicy, p.Weight = privateapi.RoutingPolicy_FAILOVER, jsii.Number(10) }, rules.RecordRoutingPolicy),
		bad("weighted, without records", alone(func(p *C) {
			weighing(10, -1)(p)
			p.DnsMode = privateapi.DnsMode_NONE
		}), rules.RecordRoutingPolicy),
		bad("failover, by private DNS", alone(func(p *C) {
			p.RoutingPolicy, p.DnsMode = privateapi.RoutingPolicy_FAILOVER, privateapi.DnsMode_PRIVATE_DNS
			p.Service = privateapi.PrivateApiService_FromAttributes(p.Vpc.Stack(), jsii.String("Private"), &privateapi.PrivateApiServiceAttributes{
				ServiceName: jsii.String(serviceName), DomainNames: jsii.Strings(domain), ProvidesPrivateDns: jsii.Bool(true),
			})
		}), rules.RecordRoutingPolicy),
	}
}

func routingPolicyPasses() []passing {
	type C = privateapi.PrivateApiConsumerProps
	good := func(name string, edit func(*C)) passing {
		return passing{"routing policy: " + name, movingFrom(func(p *C, _ *tunnelService) { edit(p) })}
	}
	return []passing{
		good("the highest weight", weighing(255, 0)),
		good("all to Previous", weighing(0, 255)),
		good("a weight of 0, and one that is a token", func(p *C) {
			weighing(0, -1)(p)
			p.PreviousWeight = numberToken(p.Vpc.Stack(), "Rest")
		}),
		good("a weight that is a token, and one of 0", func(p *C) {
			weighing(-1, 0)(p)
			p.Weight = numberToken(p.Vpc.Stack(), "Share")
		}),
		good("weighted without Previous", func(p *C) {
			weighing(10, -1)(p)
			p.Previous = nil
		}),
		good("failover without Previous", func(p *C) { p.RoutingPolicy, p.Previous = privateapi.RoutingPolicy_FAILOVER, nil }),
		good("simple, without records", func(p *C) {
			p.RoutingPolicy, p.DnsMode, p.Previous = privateapi.RoutingPolicy_SIMPLE, privateapi.DnsMode_NONE, nil
		}),
		good("clients in another VPC", func(p *C) {
			weighing(1, 1)(p)
			p.HostedZoneVpcs = &[]awsec2.IVpc{vpcOf(p.Vpc.Stack(), "Peer", "eu-west-1a")}
		}),
	}
}
