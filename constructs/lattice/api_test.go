package lattice_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Nothing is open by default.
func TestClosedByDefault(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	newApi(stack, func(p *P) { p.Target, p.ShareWith = nil, nil })
	template := cdktest.SynthTemplate(t, stack)
	template.Has(t, typeService, props{"AuthType": "AWS_IAM"})
	template.Has(t, typeListener, props{"Protocol": "HTTPS", "Port": 443, "DefaultAction": props{"FixedResponse": props{"StatusCode": 404}}})
	template.Has(t, typePolicy, props{})
	for _, none := range []string{typeShare, typeTargets, typeRule, typeLogs, typeIngress} {
		if ids := template.OfType(none); len(ids) > 0 {
			t.Errorf("%s: %v", none, ids)
		}
	}
}

func TestAnyCaller(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	newApi(stack, anyCaller)
	template := cdktest.SynthTemplate(t, stack)
	template.Has(t, typeService, props{"AuthType": "NONE"})
	if ids := template.OfType(typePolicy); len(ids) > 0 {
		t.Errorf("policies %v, which would be inactive", ids)
	}
}

// A service without callers would deny every request, and one that consumers cannot associate would fail their deployment.
func TestConsentAtSynth(t *testing.T) {
	defer cdktest.Recover(t)
	of := func(edit func(*P), account string) func(awscdk.Stack) {
		return func(stack awscdk.Stack) {
			consume(newApi(stack, edit), cdktest.StackIn(awscdk.App_Of(stack), "Consumer", account))
		}
	}
	for name, tc := range map[string]struct {
		build  func(awscdk.Stack)
		broken *rules.Rule
	}{
		"nobody is allowed":                            {func(stack awscdk.Stack) { newApi(stack, func(p *P) { p.AllowedPrincipals = nil }) }, &rules.LatticeCallers},
		"nobody is allowed on purpose":                 {func(stack awscdk.Stack) { newApi(stack, allowNobody) }, nil},
		"nobody is allowed on purpose, and a consumer": {of(allowNobody, cdktest.OtherAccount), &rules.LatticeConsumerAllowed},
		"a caller comes later": {func(stack awscdk.Stack) {
			newApi(stack, func(p *P) { p.AllowedPrincipals = nil }).AllowVpcAccount(jsii.String(cdktest.OtherAccount))
		}, nil},
		"a VPC comes later": {func(stack awscdk.Stack) {
			newApi(stack, func(p *P) { p.AllowedPrincipals = nil }).AllowVpc(newVpc(stack, "Client"))
		}, nil},
		"a consumer that may":       {of(nil, cdktest.OtherAccount), nil},
		"shared with nobody":        {of(func(p *P) { p.ShareWith = nil }, cdktest.OtherAccount), &rules.LatticeConsumerShared},
		"shared with another":       {of(func(p *P) { p.ShareWith = jsii.Strings("333333333333") }, cdktest.OtherAccount), &rules.LatticeConsumerShared},
		"shared with organizations": {of(func(p *P) { p.ShareWith = jsii.Strings(organization) }, cdktest.OtherAccount), nil},
		"allows another account": {of(func(p *P) {
			p.AllowedPrincipals = &[]awsiam.IPrincipal{account("333333333333")}
		}, cdktest.OtherAccount), &rules.LatticeConsumerAllowed},
		"allows an organization": {of(func(p *P) {
			p.AllowedPrincipals = &[]awsiam.IPrincipal{awsiam.NewOrganizationPrincipal(jsii.String("o-abcdefghij"))}
		}, cdktest.OtherAccount), nil},
		"allows everybody":           {of(anyCaller, cdktest.OtherAccount), nil},
		"of the API's own account":   {of(func(p *P) { p.ShareWith, p.AllowedPrincipals = nil, &[]awsiam.IPrincipal{account(cdktest.Account)} }, cdktest.Account), nil},
		"not allowed in its account": {of(func(p *P) { p.ShareWith = nil }, cdktest.Account), &rules.LatticeConsumerAllowed},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			tc.build(stack)
			if tc.broken == nil {
				cdktest.Check(t, func() { awscdk.App_Of(stack).Synth(nil) })
				return
			}
			cdktest.WantPanic(t, "["+tc.broken.ID+"]", func() { awscdk.App_Of(stack).Synth(nil) })
		})
	}
}

// The association of a consumer waits for what the service needs to answer, also for what comes later.
func TestConsumersWait(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	api := newApi(stack, func(p *P) { p.AllowedVpcAccounts = jsii.Strings(cdktest.Account) })
	api.AddRoute(jsii.String("Early"), &R{Path: jsii.String("/early"), FixedResponse: jsii.Number(404)})
	consume(api, stack)
	api.AddRoute(jsii.String("Late"), &R{Path: jsii.String("/late"), FixedResponse: jsii.Number(404)})
	template := cdktest.SynthTemplate(t, stack)
	want := slices.Concat(template.OfType(typeListener), template.OfType(typePolicy), template.OfType(typeShare), template.OfType(typeRule))
	slices.Sort(want)
	if _, association := template.Only(t, typeAssociation); !slices.Equal(association.DependsOn, want) {
		t.Errorf("the association waits for %v, want %v", association.DependsOn, want)
	}
	t.Run("in another account", func(t *testing.T) {
		app := cdktest.App(t, nil)
		api := newApi(cdktest.StackIn(app, "Provider", cdktest.Account))
		consumer := cdktest.StackIn(app, "Consumer", cdktest.OtherAccount)
		consume(api, consumer)
		cdktest.Synth(t, consumer) // which is when CDK orders stacks
		if dependencies := *consumer.Dependencies(); len(dependencies) != 1 || *dependencies[0].StackName() != "Provider" {
			t.Errorf("the consumer's stack depends on %d stacks, want that of the API", len(dependencies))
		}
	})
}

func TestGrants(t *testing.T) {
	defer cdktest.Recover(t)
	invoke := func(t *testing.T, template cdktest.Template) {
		t.Helper()
		template.Has(t, typeIamPolicy, props{"PolicyDocument": props{"Statement": []any{props{"Action": "vpc-lattice-svcs:Invoke", "Effect": "Allow"}}}})
	}
	cdktest.Run(t, "a role of the stack", func(t *testing.T) {
		stack := cdktest.Stack(t)
		api := newApi(stack, func(p *P) { p.AllowedPrincipals = nil })
		api.GrantInvoke(newRole(stack, "Caller", ""))
		api.GrantInvoke(newRole(stack, "Other", "")).AssertSuccess()
		template := cdktest.SynthTemplate(t, stack)
		if n := len(template.OfType(typeIamPolicy)); n != 2 {
			t.Errorf("%d policies of roles, want 2", n)
		}
		_, policy := template.Only(t, typePolicy)
		statement := policy.Properties["Policy"].(props)["Statement"].([]any)
		if principals := statement[0].(props)["Principal"].(props)["AWS"].([]any); len(statement) != 1 || len(principals) != 2 {
			t.Errorf("auth policy = %v, want both roles in one statement", statement)
		}
	})
	for name, account := range map[string]string{"of another account": cdktest.OtherAccount, "of another stack": cdktest.Account} {
		cdktest.Run(t, "a named role "+name, func(t *testing.T) {
			app := cdktest.App(t, nil)
			provider, consumer := cdktest.StackIn(app, "Provider", cdktest.Account), cdktest.StackIn(app, "Consumer", account)
			api := newApi(provider)
			api.GrantInvoke(newRole(consumer, "Caller", "checkout-task"))
			consume(api, consumer)
			assembly := cdktest.Synth(t, provider)
			_, policy := assembly.Template(t, "Provider").Only(t, typePolicy)
			if text := describe(policy.Properties["Policy"]); !strings.Contains(text, ":iam::"+account+":role/checkout-task") {
				t.Errorf("auth policy = %s, want the role by its name", text)
			}
			invoke(t, assembly.Template(t, "Consumer"))
		})
	}
	cdktest.Run(t, "under AllowAnyCaller", func(t *testing.T) {
		stack := cdktest.Stack(t)
		newApi(stack, anyCaller).GrantInvoke(newRole(stack, "Caller", ""))
		invoke(t, cdktest.SynthTemplate(t, stack))
	})
}

// The health port of its own is opened too, and nothing else.
func TestTargetsAreOpenedOnBothPorts(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	newApi(stack, func(p *P) { p.Target = addresses(stack, "Checked", fullHealthCheck) })
	template := cdktest.SynthTemplate(t, stack)
	for _, port := range []int{8080, 8081} {
		template.Has(t, typeIngress, props{"FromPort": port, "ToPort": port, "IpProtocol": "tcp", "SourcePrefixListId": prefixListID})
	}
	if ids := template.OfType(typeIngress); len(ids) != 2 {
		t.Errorf("rules %v, want two", ids)
	}
}

func TestInstances(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	vpc := newVpc(stack, "Fleet")
	newApi(stack, func(p *P) {
		p.Target = lattice.Target_FromInstances(&[]awsec2.IInstance{newInstance(stack, vpc)}, &lattice.InstanceTargetOptions{Vpc: vpc, Protocol: lattice.TargetProtocol_HTTPS})
	})
	template := cdktest.SynthTemplate(t, stack)
	template.Has(t, typeTargets, props{"Type": "INSTANCE", "Config": props{"Port": 443, "Protocol": "HTTPS"}})
	template.Has(t, typeIngress, props{"FromPort": 443, "SourcePrefixListId": prefixListID})
}

// The ALB of another app is opened by the security group of its import.
func TestImportedListener(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	const arn = "arn:aws:elasticloadbalancing:eu-west-1:222222222222:loadbalancer/app/pricing/0123456789abcdef"
	newApi(stack, func(p *P) { p.Target = importedListener(stack, arn, newVpc(stack, "AlbVpc")) })
	template := cdktest.SynthTemplate(t, stack)
	template.Has(t, typeTargets, props{"Type": "ALB", "Config": props{"Port": 443, "Protocol": "HTTPS"}, "Targets": []any{props{"Id": arn}}})
	template.Has(t, typeIngress, props{"GroupId": "sg-0123456789abcdef0", "FromPort": 443, "SourcePrefixListId": prefixListID})
}

// A service that consumers are connected to must never be replaced: its logical ID is a contract.
func TestLogicalIDs(t *testing.T) {
	defer cdktest.Recover(t)
	template := cdktest.SynthTemplate(t, fullApi(cdktest.App(t, nil)))
	want := []string{"PricingServiceE0224084", "PricingListenerC6BC475E", "PricingShareB46D7B37", "PricingAuthPolicyF393747A"}
	if got := slices.Concat(template.OfType(typeService), template.OfType(typeListener), template.OfType(typeShare), template.OfType(typePolicy)); !slices.Equal(got, want) {
		t.Errorf("IDs = %v, want %v", got, want)
	}
}

// A route with a priority that is renamed keeps its rule: a rule of another construct could not have the priority before the old one is gone.
func TestRenamedRoutesKeepTheirRules(t *testing.T) {
	defer cdktest.Recover(t)
	rule := func(id string, priority *float64) string {
		stack := cdktest.Stack(t)
		newApi(stack).AddRoute(jsii.String(id), &R{Path: jsii.String("/v1"), Priority: priority, FixedResponse: jsii.Number(404)})
		ids := cdktest.SynthTemplate(t, stack).OfType(typeRule)
		return ids[0]
	}
	if before, after := rule("Old", jsii.Number(5)), rule("New", jsii.Number(5)); before != after {
		t.Errorf("a renamed route moves its rule from %s to %s", before, after)
	}
	if before, after := rule("Old", nil), rule("New", nil); before == after {
		t.Error("routes with derived priorities share a rule")
	}
}

func TestRefusedApisLeaveNothing(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	cdktest.WantPanic(t, rules.LatticeShare.ID, func() { newApi(stack, func(p *P) { p.ShareWith = jsii.Strings("*") }) })
	if child := stack.Node().TryFindChild(jsii.String("Pricing")); child != nil {
		t.Errorf("%s is in the tree", *child.Node().Path())
	}
}

// What fails leaves nothing behind, and its ID is free again.
func TestRefusedRoutesLeaveNothing(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	api := newApi(stack)
	cdktest.WantPanic(t, "privateapi:latticeMethod", func() {
		api.AddRoute(jsii.String("Quotes"), &R{Method: jsii.String("PATCH"), Target: addresses(stack, "Quotes")})
	})
	api.AddRoute(jsii.String("Quotes"), &R{Method: jsii.String("PUT"), Target: addresses(stack, "More")})
	template := cdktest.SynthTemplate(t, stack)
	template.Has(t, typeRule, props{"Match": props{"HttpMatch": props{"Method": "PUT"}}})
	if ids := template.OfType(typeTargets); len(ids) != 2 {
		t.Errorf("target groups %v, want that of the API and that of the route", ids)
	}
}

// Values that only the deployment knows pass.
func TestTokensPass(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	text := func(id string) *string { return awscdk.NewCfnParameter(stack, jsii.String(id), nil).ValueAsString() }
	number := func(id string) *float64 {
		return awscdk.NewCfnParameter(stack, jsii.String(id), &awscdk.CfnParameterProps{Type: jsii.String("Number")}).ValueAsNumber()
	}
	vpc := newVpc(stack, "Vpc")
	api := lattice.NewApi(stack, jsii.String("Pricing"), &P{
		DomainName: text("Domain"), Certificate: elbv2.ListenerCertificate_FromArn(text("Certificate")), Port: number("Port"),
		PrefixList:  awsec2.PrefixList_FromPrefixListId(stack, jsii.String("List"), text("PrefixList")),
		IdleTimeout: awscdk.Duration_Seconds(number("IdleTimeout")), ShareWith: &[]*string{text("Share")},
		AllowedPrincipals:  &[]awsiam.IPrincipal{awsiam.NewArnPrincipal(text("Principal")), awsiam.NewAccountPrincipal(text("Account"))},
		AllowedVpcAccounts: &[]*string{text("VpcAccount")}, LogDestinations: &[]*string{text("Logs")},
		Target: lattice.Target_FromIpAddresses(&[]*string{text("Address")}, &lattice.IpTargetOptions{
			Vpc: vpc, Port: number("TargetPort"), Peers: &[]awsec2.IConnectable{newGroup(stack, "Targets", vpc)},
			HealthCheck: &lattice.HealthCheck{Path: text("Path"), Port: number("HealthPort"), HealthyHttpCodes: text("Codes"), Interval: awscdk.Duration_Seconds(number("Interval"))},
		}),
	})
	api.AddRoute(jsii.String("Quotes"), &R{
		PathPrefix: text("Prefix"), Method: text("Method"), Headers: &[]*lattice.HeaderMatch{{Name: text("Header"), Exact: text("Value")}},
		Targets: &[]*lattice.WeightedTarget{{Id: jsii.String("Blue"), Target: lattice.Target_FromFunctionArn(text("Function")), Weight: number("Weight")}},
	})
	api.AddRoute(jsii.String("Gone"), &R{Path: text("Gone"), FixedResponse: number("Status")})
	template := cdktest.SynthTemplate(t, stack)
	template.Has(t, typeRule, props{"Match": props{"HttpMatch": props{"Method": props{"Ref": "Method"}, "PathMatch": props{"Match": props{"Prefix": props{"Ref": "Prefix"}}}}}})
	template.Has(t, typeService, props{"CustomDomainName": props{"Ref": "Domain"}, "IdleTimeoutSeconds": props{"Ref": "IdleTimeout"}})
	template.Has(t, typeShare, props{"Principals": []any{props{"Ref": "Share"}}})
	template.Has(t, typePermission, props{"FunctionName": props{"Ref": "Function"}})
}

// A placeholder of a lookup that has no answer yet passes too: the next synthesis checks the answer.
func TestPendingPrefixListPasses(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	newApi(stack, func(p *P) {
		p.PrefixList = awsec2.PrefixList_FromLookup(stack, jsii.String("Lookup"), &awsec2.PrefixListLookupOptions{PrefixListName: jsii.String("com.amazonaws.eu-west-1.vpc-lattice")})
	})
	cdktest.Synth(t, stack)
}

func allowNobody(p *P) { p.AllowedPrincipals, p.AllowNoCallers = nil, jsii.Bool(true) }

// An API that nobody may call denies every request, until somebody may.
func TestAllowNoCallers(t *testing.T) {
	defer cdktest.Recover(t)
	effects := func(later ...string) (effects []string) {
		stack := cdktest.Stack(t)
		api := newApi(stack, allowNobody)
		for _, account := range later {
			api.AllowVpcAccount(&account)
		}
		for _, resource := range cdktest.SynthTemplate(t, stack).Resources {
			if resource.Type != typePolicy {
				continue
			}
			for _, statement := range resource.Properties["Policy"].(props)["Statement"].([]any) {
				effects = append(effects, statement.(props)["Effect"].(string))
			}
		}
		return effects
	}
	if got := effects(); !slices.Equal(got, []string{"Deny"}) {
		t.Errorf("with nobody: %v", got)
	}
	if got := effects(cdktest.OtherAccount); !slices.Equal(got, []string{"Allow"}) {
		t.Errorf("with an account: %v", got)
	}
}
