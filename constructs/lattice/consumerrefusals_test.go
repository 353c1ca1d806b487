package lattice_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// joinRefusal builds something of a consumer that must be refused, and has the rules that it breaks.
type joinRefusal struct {
	name   string
	broken []rules.Rule
	build  func(awscdk.Stack)
}

func importRefusals() []joinRefusal {
	type A = lattice.ApiAttributes
	bad := func(name string, edit func(*A), broken ...rules.Rule) joinRefusal {
		return joinRefusal{"API: " + name, broken, func(stack awscdk.Stack) { importApi(stack, "Pricing", edit) }}
	}
	return []joinRefusal{
		{"API: nothing given", []rules.Rule{rules.Required, rules.Required}, func(stack awscdk.Stack) { lattice.Api_FromAttributes(stack, jsii.String("Pricing"), nil) }},
		bad("the ID of a service", func(a *A) { a.ServiceArn = jsii.String("svc-0123456789abcdef0") }, rules.LatticeArn),
		bad("the ARN of a service network", func(a *A) { a.ServiceArn = jsii.String(existingNetworkArn) }, rules.LatticeArn),
		bad("another Region", func(a *A) {
			a.ServiceArn = jsii.String("arn:aws:vpc-lattice:us-east-1:111111111111:service/svc-0123456789abcdef0")
		}, rules.LatticeRegion),
		bad("a name that is none", func(a *A) { a.DomainName = jsii.String("Pricing") }, rules.DomainNameForm),
		bad("a port and ports", func(a *A) { a.Port, a.Ports = jsii.Number(443), &[]*float64{jsii.Number(80)} }, rules.Contradiction),
		bad("the name of a prefix list", func(a *A) {
			a.PrefixList = awsec2.PrefixList_FromPrefixListId(a.PrefixList.Stack(), jsii.String("Named"), jsii.String("com.amazonaws.eu-west-1.vpc-lattice"))
		}, rules.LatticePrefixList),
	}
}

func networkRefusals() []joinRefusal {
	bad := func(name string, edit func(*networkProps, awscdk.Stack), broken ...rules.Rule) joinRefusal {
		return joinRefusal{"service network: " + name, broken, func(stack awscdk.Stack) {
			newNetwork(stack, func(p *networkProps) { p.Vpc = newVpc(stack, "ConsumerVpc"); edit(p, stack) })
		}}
	}
	groups := func(stack awscdk.Stack, vpc awsec2.IVpc, n int) *[]awsec2.ISecurityGroup {
		list := []awsec2.ISecurityGroup{}
		for i := range n {
			list = append(list, closedClient(stack, fmt.Sprint("Group", i), vpc))
		}
		return &list
	}
	return []joinRefusal{
		{"service network: nothing given", []rules.Rule{rules.Required}, func(stack awscdk.Stack) { lattice.NewServiceNetwork(stack, jsii.String("Network"), nil) }},
		bad("the ID of one that exists", func(p *networkProps, _ awscdk.Stack) { p.ServiceNetworkArn = jsii.String("sn-0123456789abcdef0") }, rules.LatticeArn),
		bad("one that exists in another Region", func(p *networkProps, _ awscdk.Stack) {
			p.ServiceNetworkArn = jsii.String("arn:aws:vpc-lattice:us-east-1:222222222222:servicenetwork/sn-0123456789abcdef0")
		}, rules.LatticeRegion),
		bad("a policy for one that exists", func(p *networkProps, _ awscdk.Stack) {
			p.ServiceNetworkArn, p.AuthPolicy = jsii.String(existingNetworkArn), networkPolicy()
		}, rules.Contradiction),
		bad("a policy that allows nobody", func(p *networkProps, _ awscdk.Stack) { p.AuthPolicy = awsiam.NewPolicyDocument(nil) }, rules.LatticeAuth),
		bad("no security groups", func(p *networkProps, _ awscdk.Stack) { p.SecurityGroups = &[]awsec2.ISecurityGroup{} }, rules.LatticeAssociation),
		bad("six security groups", func(p *networkProps, stack awscdk.Stack) { p.SecurityGroups = groups(stack, p.Vpc, 6) }, rules.LatticeAssociation),
		bad("a security group of another VPC", func(p *networkProps, stack awscdk.Stack) {
			p.SecurityGroups = groups(stack, awsec2.Vpc_FromVpcAttributes(stack, jsii.String("Other"), &awsec2.VpcAttributes{
				VpcId: jsii.String("vpc-0fedcba9876543210"), AvailabilityZones: jsii.Strings("eu-west-1a"),
			}), 1)
		}, rules.EndpointSecurityGroup),
		bad("a nil security group", func(p *networkProps, _ awscdk.Stack) { p.SecurityGroups = &[]awsec2.ISecurityGroup{nil} }, rules.Required),
		bad("subnets of an association", func(p *networkProps, _ awscdk.Stack) { p.Subnets = &awsec2.SubnetSelection{} }, rules.Contradiction),
		bad("an unknown connection", func(p *networkProps, _ awscdk.Stack) { p.Connection = "PEERING" }, rules.KnownValue),
		{"service network: a second one of a VPC", []rules.Rule{rules.LatticeServiceNetwork}, func(stack awscdk.Stack) {
			newNetwork(stack)
			lattice.NewServiceNetwork(stack, jsii.String("Second"), &networkProps{Vpc: newVpc(stack, "SameVpc")})
		}},
		{"service network: one that a consumer defined", []rules.Rule{rules.LatticeServiceNetwork}, func(stack awscdk.Stack) {
			join(stack)
			newNetwork(stack, func(p *networkProps) { p.Vpc = newVpc(stack, "SameVpc") })
		}},
		{"imported service network: nothing given", []rules.Rule{rules.Required, rules.Required, rules.Required}, func(stack awscdk.Stack) {
			lattice.ServiceNetwork_FromAttributes(stack, jsii.String("Network"), nil)
		}},
		{"imported service network: a second one of a VPC", []rules.Rule{rules.LatticeServiceNetwork}, func(stack awscdk.Stack) {
			network := newNetwork(stack)
			lattice.ServiceNetwork_FromAttributes(stack, jsii.String("Second"), &lattice.ServiceNetworkAttributes{
				Vpc: newVpc(stack, "SameVpc"), ServiceNetworkArn: jsii.String(existingNetworkArn), SecurityGroups: network.SecurityGroups(),
			})
		}},
	}
}

func joinRefusals() []joinRefusal {
	type C = privateapi.PrivateApiConsumerProps
	bad := func(name string, edit func(*C, awscdk.Stack), broken ...rules.Rule) joinRefusal {
		return joinRefusal{"consumer: " + name, broken, func(stack awscdk.Stack) { join(stack, func(p *C) { edit(p, stack) }) }}
	}
	return []joinRefusal{
		bad("another name", func(p *C, _ awscdk.Stack) { p.DomainNames = jsii.Strings("api.company.com") }, rules.LatticeDomain),
		bad("a name below that of the API", func(p *C, _ awscdk.Stack) { p.DomainNames = jsii.Strings(domain, "*."+domain) }, rules.LatticeDomain),
		bad("a name for an API without one", func(p *C, stack awscdk.Stack) {
			p.DomainNames, p.Service = jsii.Strings(domain), importApi(stack, "Unnamed", func(a *lattice.ApiAttributes) { a.DomainName = nil })
		}, rules.LatticeDomain),
		bad("an API without a name", func(p *C, stack awscdk.Stack) {
			p.Service = importApi(stack, "Unnamed", func(a *lattice.ApiAttributes) { a.DomainName = nil })
		}, rules.Required),
		bad("private DNS", func(p *C, _ awscdk.Stack) { p.DnsMode = privateapi.DnsMode_PRIVATE_DNS }, rules.PrivateDnsMissing),
		bad("what an endpoint takes", func(p *C, _ awscdk.Stack) { p.Subnets = &awsec2.SubnetSelection{} }, rules.Contradiction),
		{"consumer: no VPC", []rules.Rule{rules.Required}, func(stack awscdk.Stack) {
			privateapi.NewPrivateApiConsumer(stack, jsii.String("Pricing"), &C{Service: importApi(stack, "PricingApi")})
		}},
		bad("an endpoint to the service network, and a zone", func(p *C, stack awscdk.Stack) {
			p.Vpc = newVpc(stack, "ConsumerVpc")
			newNetwork(stack, func(n *networkProps) { n.Vpc, n.Connection = p.Vpc, lattice.ServiceNetworkConnection_VPC_ENDPOINT })
		}, rules.LatticeEndpointNames),
		bad("a service and a service network that are both shared", func(p *C, stack awscdk.Stack) {
			p.Vpc = newVpc(stack, "ConsumerVpc")
			newNetwork(stack, func(n *networkProps) {
				n.Vpc, n.ServiceNetworkArn = p.Vpc, jsii.String("arn:aws:vpc-lattice:eu-west-1:333333333333:servicenetwork/sn-0123456789abcdef0")
			})
		}, rules.LatticeBothShared),
		bad("an API of another Region", func(p *C, stack awscdk.Stack) {
			far := awscdk.NewStack(awscdk.App_Of(stack), jsii.String("Far"), &awscdk.StackProps{Env: &awscdk.Environment{Region: jsii.String("us-east-1")}})
			p.Service = importApi(far, "Far", func(a *lattice.ApiAttributes) {
				a.ServiceArn = jsii.String("arn:aws:vpc-lattice:us-east-1:111111111111:service/svc-0123456789abcdef0")
			})
		}, rules.LatticeRegion),
		{"consumer: an API of this app in another Region", []rules.Rule{rules.LatticeRegion}, func(stack awscdk.Stack) {
			far := awscdk.NewStack(awscdk.App_Of(stack), jsii.String("Far"), &awscdk.StackProps{
				Env: &awscdk.Environment{Account: jsii.String(cdktest.Account), Region: jsii.String("us-east-1")},
			})
			api := newApi(far, func(p *P) { p.Certificate, p.DomainName = nil, nil })
			join(stack, func(p *C) { p.Service, p.DnsMode = api, privateapi.DnsMode_NONE })
		}},
		{"consumer: an API of another stage", []rules.Rule{rules.CrossStage}, func(stack awscdk.Stack) {
			stage := awscdk.NewStage(awscdk.App_Of(stack), jsii.String("Prod"), nil)
			api := newApi(cdktest.StackIn(stage, "Stack", cdktest.Account))
			join(stack, func(p *C) { p.Service = api })
		}},
		{"consumer: an API that another consumer of the VPC calls", []rules.Rule{rules.LatticeServiceTwice, rules.HostedZoneTwice}, func(stack awscdk.Stack) {
			join(stack)
			joinAs(stack, "Again", func(p *C) { p.Vpc = newVpc(stack, "SameVpc") })
		}},
		{"consumer: another API of the same name", []rules.Rule{rules.LatticeServiceTwice, rules.HostedZoneTwice}, func(stack awscdk.Stack) {
			join(stack)
			joinAs(stack, "Again", func(p *C) {
				p.Vpc = newVpc(stack, "SameVpc")
				p.Service = importApi(stack, "Other", func(a *lattice.ApiAttributes) { a.ServiceArn = jsii.String(otherServiceArn) })
			})
		}},
		{"consumer: a VPC for which a consumer of another stack defined a service network", []rules.Rule{rules.LatticeServiceNetwork}, func(stack awscdk.Stack) {
			join(cdktest.StackIn(awscdk.App_Of(stack), "First", cdktest.Account))
			joinAs(stack, "Orders", func(p *C) {
				p.Service = importApi(stack, "Other", func(a *lattice.ApiAttributes) {
					a.ServiceArn, a.DomainName = jsii.String(otherServiceArn), jsii.String("api.orders.internal.company.com")
				})
			})
		}},
		{"consumer: a service network of another stage", []rules.Rule{rules.CrossStage}, func(stack awscdk.Stack) {
			newNetwork(stack)
			stage := awscdk.NewStage(awscdk.App_Of(stack), jsii.String("Prod"), nil)
			join(awscdk.NewStack(stage, jsii.String("Stack"), nil))
		}},
	}
}

func TestConsumerRefusals(t *testing.T) {
	defer cdktest.Recover(t)
	var text strings.Builder
	for _, tc := range slices.Concat(importRefusals(), networkRefusals(), joinRefusals()) {
		cdktest.Run(t, tc.name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			message := cdktest.Panic(t, func() { tc.build(stack) })
			var got, want []string
			for line := range strings.SplitSeq(message, "\n") {
				if i := strings.LastIndex(line, "[privateapi:"); i >= 0 && strings.HasPrefix(line, "- ") {
					got = append(got, strings.TrimSuffix(line[i+1:], "]"))
				}
			}
			for _, rule := range tc.broken {
				want = append(want, rule.ID)
			}
			if !slices.Equal(got, want) {
				t.Errorf("rules = %v, want %v in\n%s", got, want, message)
			}
			fmt.Fprintf(&text, "# %s\n%s\n\n", tc.name, message)
		})
	}
	if !t.Failed() {
		cdktest.Run(t, "Golden", func(t *testing.T) { cdktest.GoldenText(t, "consumer-refusals.txt", text.String()) })
	}
}

// Values that only the deployment knows, and placeholders of lookups, pass.
func TestConsumerPasses(t *testing.T) {
	defer cdktest.Recover(t)
	type A = lattice.ApiAttributes
	type C = privateapi.PrivateApiConsumerProps
	for name, build := range map[string]func(stack awscdk.Stack, text func(string) *string){
		"tokens": func(stack awscdk.Stack, text func(string) *string) {
			vpc := newVpc(stack, "ConsumerVpc")
			newNetwork(stack, func(p *networkProps) { p.Vpc, p.ServiceNetworkArn = vpc, text("NetworkArn") })
			join(stack, func(p *C) {
				p.Vpc, p.DomainNames = vpc, jsii.Strings(domain)
				p.Service = importApi(stack, "Api", func(a *A) {
					a.ServiceArn, a.DomainName = text("Service"), text("Name")
					a.PrefixList = awsec2.PrefixList_FromPrefixListId(stack, jsii.String("List"), text("PrefixList"))
				})
			})
		},
		"placeholders": func(stack awscdk.Stack, _ func(string) *string) {
			for _, id := range []string{"One", "Two"} { // VPCs with one ID, until they are looked up
				vpc := awsec2.Vpc_FromLookup(stack, jsii.String(id+"Vpc"), &awsec2.VpcLookupOptions{VpcName: jsii.String(id)})
				joinAs(stack, id, func(p *C) {
					p.Vpc = vpc
					p.Service = importApi(stack, id+"Api", func(a *A) {
						a.PrefixList = awsec2.PrefixList_FromLookup(stack, jsii.String(id+"List"), &awsec2.PrefixListLookupOptions{PrefixListName: jsii.String("com.amazonaws.eu-west-1.vpc-lattice")})
					})
				})
			}
		},
		"a VPC of this app, in two stacks": func(stack awscdk.Stack, _ func(string) *string) {
			vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
			for i, id := range []string{"One", "Two"} {
				joinAs(cdktest.StackIn(awscdk.App_Of(stack), id, cdktest.Account), id, func(p *C) {
					p.Vpc = vpc
					p.Service = importApi(stack, id, func(a *A) {
						a.ServiceArn, a.DomainName = jsii.String([]string{importedArn, otherServiceArn}[i]), jsii.String(strings.ToLower(id)+".company.com")
					})
				})
			}
		},
		"a service network for a VPC that two stacks import": func(stack awscdk.Stack, _ func(string) *string) {
			newNetwork(cdktest.StackIn(awscdk.App_Of(stack), "Network", cdktest.Account))
			join(stack)
			joinAs(cdktest.StackIn(awscdk.App_Of(stack), "Second", cdktest.Account), "Orders", func(p *C) {
				p.Service = importApi(stack, "Other", func(a *A) {
					a.ServiceArn, a.DomainName = jsii.String(otherServiceArn), jsii.String("api.orders.internal.company.com")
				})
			})
		},
		"a shared service network, and a service of this account": func(stack awscdk.Stack, _ func(string) *string) {
			vpc := newVpc(stack, "ConsumerVpc")
			newNetwork(stack, func(p *networkProps) {
				p.Vpc, p.ServiceNetworkArn = vpc, jsii.String("arn:aws:vpc-lattice:eu-west-1:333333333333:servicenetwork/sn-0123456789abcdef0")
			})
			join(stack, func(p *C) {
				p.Vpc = vpc
				p.Service = importApi(stack, "Own", func(a *A) {
					a.ServiceArn = jsii.String("arn:aws:vpc-lattice:eu-west-1:222222222222:service/svc-0123456789abcdef0")
				})
			})
		},
		"an API without a name, without DNS": func(stack awscdk.Stack, _ func(string) *string) {
			join(stack, func(p *C) {
				p.DnsMode, p.Service = privateapi.DnsMode_NONE, importApi(stack, "Unnamed", func(a *A) { a.DomainName = nil })
			})
		},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			cdktest.Check(t, func() {
				build(stack, func(id string) *string { return awscdk.NewCfnParameter(stack, &id, nil).ValueAsString() })
			})
			if metadata := cdktest.Synth(t, stack).Manifest(t); strings.Contains(metadata, "privateapi:") {
				t.Error("there are annotations of ours, want none")
			}
		})
	}
}
