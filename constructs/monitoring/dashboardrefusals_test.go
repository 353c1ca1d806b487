package monitoring_test

import (
	"fmt"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/monitoring"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

type (
	dashboardProps    = monitoring.DashboardProps
	dashboardProvider = monitoring.DashboardProvider
	dashboardConsumer = monitoring.DashboardConsumer
)

// badDashboard is a dashboard that is refused by these rules in this order.
func badDashboard(name string, make func(awscdk.Stack) *dashboardProps, broken ...rules.Rule) cdktest.Refusal {
	return cdktest.Refusal{Name: name, Broken: broken, Prepare: func(t *testing.T) func() {
		stack := cdktest.Stack(t)
		props := make(stack)
		return func() { monitoring.NewDashboard(stack, jsii.String("Dashboard"), props) }
	}}
}

// badDashboardFrame is a dashboard of a provider that is edited.
func badDashboardFrame(name string, edit func(*dashboardProps), broken ...rules.Rule) cdktest.Refusal {
	return badDashboard(name, func(awscdk.Stack) *dashboardProps {
		props := &dashboardProps{Provider: &dashboardProvider{ServiceId: jsii.String("vpce-svc-0123456789abcdef0")}}
		edit(props)
		return props
	}, broken...)
}

// badDashboardConsumer is a dashboard of one consumer that is edited.
func badDashboardConsumer(name string, edit func(awscdk.Stack, *dashboardConsumer), broken ...rules.Rule) cdktest.Refusal {
	return badDashboard(name, func(stack awscdk.Stack) *dashboardProps {
		consumer := described("checkout")
		edit(stack, consumer)
		return &dashboardProps{Consumers: consumersOf(consumer)}
	}, broken...)
}

// dashboardApart is a dashboard in another stack than what it shows.
func dashboardApart(name string, make func(app awscdk.App, other awscdk.Stack) (awscdk.Stack, *dashboardProps), broken ...rules.Rule) cdktest.Refusal {
	return cdktest.Refusal{Name: name, Broken: broken, Prepare: func(t *testing.T) func() {
		app := cdktest.App(t, nil)
		stack, props := make(app, cdktest.StackIn(app, "Other", cdktest.Account))
		return func() { monitoring.NewDashboard(stack, jsii.String("Dashboard"), props) }
	}}
}

func TestDashboardRefusals(t *testing.T) {
	defer cdktest.Recover(t)
	ofService := func(service privateapi.IPrivateApiService) *dashboardProps {
		return &dashboardProps{Provider: &dashboardProvider{Service: service}}
	}
	many := func(count int) (list []*dashboardConsumer) {
		for i := range count {
			list = append(list, described(fmt.Sprint("consumer ", i)))
		}
		return list
	}
	const word = "pricing"
	cdktest.RefusalsIn(t, "dashboard-refusals.txt", []cdktest.Refusal{
		badDashboard("nothing", func(awscdk.Stack) *dashboardProps { return nil }, rules.DashboardEmpty),
		badDashboard("no consumer", func(awscdk.Stack) *dashboardProps { return &dashboardProps{Consumers: consumersOf()} }, rules.DashboardEmpty),
		badDashboardFrame("a name with a dot", func(p *dashboardProps) { p.DashboardName = jsii.String("api.pricing") }, rules.DashboardName),
		badDashboardFrame("a start without a sign", func(p *dashboardProps) { p.Start = jsii.String("PT6H") }, rules.DashboardTime),
		badDashboardFrame("a start that is not known", func(p *dashboardProps) { p.Start = awscdk.Aws_REGION() }, rules.DashboardTime),
		badDashboardFrame("an override as the body has it", func(p *dashboardProps) { p.PeriodOverride = "inherit" }, rules.KnownValue),
		badDashboardFrame("an alarm that is nil", func(p *dashboardProps) { p.AlarmArns = &[]*string{nil} }, rules.Required),
		badDashboardFrame("an alarm by its name", func(p *dashboardProps) { p.AlarmArns = jsii.Strings("unavailable") }, rules.DashboardResource),
		badDashboardFrame("lists that are not known", func(p *dashboardProps) {
			list := awscdk.Fn_Split(jsii.String(","), awscdk.Aws_REGION(), nil)
			p.AlarmArns, p.Provider.CertificateArns, p.Provider.DomainNames = list, list, list
		}, rules.DashboardResource, rules.DashboardResource, rules.DashboardResource),
		badDashboardFrame("a name that could end its code", func(p *dashboardProps) { p.Provider.DomainNames = jsii.Strings("api`.company.com") }, rules.DomainNameForm),
		badDashboardFrame("a certificate that is nil", func(p *dashboardProps) { p.Provider.CertificateArns = &[]*string{nil} }, rules.Required),
		badDashboardFrame("a provider of nothing", func(p *dashboardProps) { p.Provider = &dashboardProvider{} }, rules.DashboardService),
		badDashboardFrame("names as IDs", func(p *dashboardProps) {
			p.Provider = &dashboardProvider{
				ServiceId: jsii.String(word), NetworkLoadBalancerFullName: jsii.String(word), LoadBalancerFullName: jsii.String(word),
				LatticeServiceId: jsii.String(word), Account: jsii.String(word), Region: jsii.String(word),
			}
		}, rules.DashboardResource, rules.RegionForm, rules.DashboardResource, rules.DashboardResource, rules.DashboardResource, rules.DashboardResource),
		badDashboardFrame("acceptance of an NLB", func(p *dashboardProps) {
			p.Provider = &dashboardProvider{NetworkLoadBalancerFullName: jsii.String("net/pricing/0123456789abcdef"), Acceptance: jsii.Bool(true)}
		}, rules.DashboardService),
		badDashboardFrame("more certificates than a graph takes", func(p *dashboardProps) {
			arns := make([]*string, 501)
			for i := range arns {
				arns[i] = jsii.String(pricingCert)
			}
			p.Provider.CertificateArns = &arns
		}, rules.DashboardSize),
		badDashboardFrame("more consumers than a dashboard takes", func(p *dashboardProps) { p.Consumers = consumersOf(many(300)...) }, rules.DashboardSize),
		badDashboard("a service and its ID", func(stack awscdk.Stack) *dashboardProps {
			props := ofService(pricing(stack))
			props.Provider.ServiceId, props.Provider.DomainNames = jsii.String("vpce-svc-0123456789abcdef0"), jsii.Strings(pricingDomain)
			return props
		}, rules.Contradiction, rules.Contradiction),
		badDashboard("a service of this app elsewhere", func(stack awscdk.Stack) *dashboardProps {
			props := ofService(pricing(stack))
			props.Provider.Account, props.Provider.Region = jsii.String(cdktest.OtherAccount), jsii.String("eu-central-1")
			return props
		}, rules.Contradiction, rules.Contradiction),
		badDashboardFrame("certificates that are not of ACM", func(p *dashboardProps) {
			p.Provider.CertificateArns = jsii.Strings("arn:aws:iam::222222222222:server-certificate/pricing", word)
		}, rules.DashboardResource, rules.DashboardResource),
		badDashboard("a service that is not of this module", func(stack awscdk.Stack) *dashboardProps {
			return ofService(struct{ privateapi.IPrivateApiService }{importedPricing(stack)})
		}, rules.DashboardService),
		badDashboard("a service of AWS", func(stack awscdk.Stack) *dashboardProps {
			return ofService(privateapi.PrivateApiService_FromAwsService(stack, jsii.String("Kms"), awsec2.InterfaceVpcEndpointAwsService_KMS(), nil))
		}, rules.DashboardService),
		badDashboard("a service that embeds nil", func(awscdk.Stack) *dashboardProps {
			return ofService(&struct{ privateapi.IPrivateApiService }{})
		}, rules.Required),
		badDashboardConsumer("a consumer without a label", func(_ awscdk.Stack, c *dashboardConsumer) { c.Label = nil }, rules.Required),
		badDashboardConsumer("a label of a space", func(_ awscdk.Stack, c *dashboardConsumer) { c.Label = jsii.String(" ") }, rules.Required),
		badDashboardConsumer("a service in another Region", func(_ awscdk.Stack, c *dashboardConsumer) {
			c.ServiceName = jsii.String("com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0")
		}, rules.DashboardConsumer),
		badDashboardConsumer("a label that is not known", func(_ awscdk.Stack, c *dashboardConsumer) { c.Label = awscdk.Aws_REGION() }, rules.DashboardLabel),
		badDashboardConsumer("a label of two lines", func(_ awscdk.Stack, c *dashboardConsumer) { c.Label = jsii.String("check\nout") }, rules.DashboardLabel),
		badDashboardConsumer("words as IDs", func(_ awscdk.Stack, c *dashboardConsumer) {
			c.VpcEndpointId, c.VpcId, c.ServiceName, c.Account, c.Region = jsii.String(word), jsii.String(word), jsii.String(word), jsii.String(word), jsii.String(word)
		}, rules.DashboardResource, rules.RegionForm, rules.EndpointID, rules.DashboardResource, rules.ServiceName),
		badDashboardConsumer("a consumer of nothing", func(_ awscdk.Stack, c *dashboardConsumer) { *c = dashboardConsumer{Label: c.Label} }, rules.Required),
		badDashboardConsumer("a consumer and its endpoint", func(stack awscdk.Stack, c *dashboardConsumer) {
			c.Consumer = checkout(stack, "Checkout", importedPricing(stack))
		}, rules.Contradiction, rules.Contradiction, rules.Contradiction, rules.Contradiction),
		badDashboardConsumer("a consumer without an endpoint", func(stack awscdk.Stack, c *dashboardConsumer) {
			*c = dashboardConsumer{Label: c.Label, Consumer: routedCheckout(stack)}
		}, rules.DashboardConsumer),
		badDashboardConsumer("a stack as a spoke", func(stack awscdk.Stack, c *dashboardConsumer) {
			*c = dashboardConsumer{Label: c.Label, Spoke: stack, TransitGatewayAttachmentId: jsii.String("tgw-attach-0123456789abcdef0")}
		}, rules.Contradiction, rules.DashboardConsumer),
		badDashboardConsumer("a spoke elsewhere", func(stack awscdk.Stack, c *dashboardConsumer) {
			*c = dashboardConsumer{Label: c.Label, Spoke: alarmedSpoke(stack), Account: jsii.String(cdktest.OtherAccount), VpcId: jsii.String("vpc-0123456789abcdef0")}
		}, rules.Contradiction, rules.Contradiction),
		badDashboardFrame("a consumer in another Region than the service", func(p *dashboardProps) {
			p.Consumers = consumersOf(described("checkout"))
			(*p.Consumers)[0].Region = jsii.String("eu-central-1")
		}, rules.DashboardConsumer),
		badDashboard("a consumer that is nil", func(awscdk.Stack) *dashboardProps { return &dashboardProps{Consumers: consumersOf(nil)} }, rules.Required),
		badDashboard("a label twice", func(awscdk.Stack) *dashboardProps {
			return &dashboardProps{Consumers: consumersOf(described("checkout"), described("checkout"))}
		}, rules.DashboardLabel),
		dashboardApart("a provider in another account", func(app awscdk.App, other awscdk.Stack) (awscdk.Stack, *dashboardProps) {
			return cdktest.StackIn(app, "Monitoring", cdktest.OtherAccount), ofService(pricing(other))
		}, rules.DashboardPlace),
		dashboardApart("a provider in another stage", func(app awscdk.App, other awscdk.Stack) (awscdk.Stack, *dashboardProps) {
			stage := awscdk.NewStage(app, jsii.String("Stage"), nil)
			return awscdk.NewStack(stage, jsii.String("Monitoring"), nil), ofService(pricing(other))
		}, rules.DashboardPlace),
		dashboardApart("a consumer in another account", func(app awscdk.App, other awscdk.Stack) (awscdk.Stack, *dashboardProps) {
			consumer := checkout(other, "Checkout", importedPricing(other))
			return cdktest.StackIn(app, "Monitoring", cdktest.OtherAccount), &dashboardProps{
				Consumers: consumersOf(&dashboardConsumer{Label: jsii.String("checkout"), Consumer: consumer}),
			}
		}, rules.DashboardPlace),
		dashboardApart("both ends in the stack of the provider", func(app awscdk.App, other awscdk.Stack) (awscdk.Stack, *dashboardProps) {
			provider := pricing(other)
			props := ofService(provider)
			consumer := checkout(cdktest.StackIn(app, "Consumer", cdktest.Account), "Checkout", provider)
			props.Consumers = consumersOf(&dashboardConsumer{Label: jsii.String("checkout"), Consumer: consumer})
			return other, props
		}, rules.DashboardStack),
	}, rules.Dashboards())
}
