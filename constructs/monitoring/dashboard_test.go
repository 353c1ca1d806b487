package monitoring_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/monitoring"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

const (
	clientSection  = "Client to endpoint, in the account of the consumer"
	serviceSection = "Endpoint service"
)

// bothEnds is a dashboard of everything, in a stack of its own beside those of provider and consumer.
func bothEnds(app awscdk.App) awscdk.Stack {
	provider := pricing(cdktest.StackIn(app, "Provider", cdktest.Account))
	consumer := checkout(cdktest.StackIn(app, "Consumer", cdktest.Account), "Checkout", provider)
	stack := cdktest.StackIn(app, "Monitoring", cdktest.Account)
	monitoring.NewDashboard(stack, jsii.String("Dashboard"), &monitoring.DashboardProps{
		Provider: &monitoring.DashboardProvider{Service: provider, CertificateArns: jsii.Strings(pricingCert)},
		Consumers: consumersOf(
			&monitoring.DashboardConsumer{Label: jsii.String("checkout"), Consumer: consumer},
			described("reports"),
			&monitoring.DashboardConsumer{Label: jsii.String("search"), Account: jsii.String(cdktest.OtherAccount)},
		),
		AlarmArns:      jsii.Strings("arn:aws:cloudwatch:eu-west-1:222222222222:alarm:unavailable"),
		DashboardName:  jsii.String("pricing"),
		Start:          jsii.String("-PT6H"),
		PeriodOverride: awscloudwatch.PeriodOverride_INHERIT,
	})
	return stack
}

func TestDashboardOfBothEnds(t *testing.T) {
	defer cdktest.Recover(t)
	template := cdktest.SynthTemplate(t, bothEnds(cdktest.App(t, nil)))
	cdktest.Golden(t, "dashboard-both-ends", template)
	d := show(t, template)

	want := []string{
		"## " + clientSection, "## " + serviceSection, "## Network Load Balancer", "## Application Load Balancer", "## Targets",
		"## Acceptance of connections", "## Certificates",
	}
	if got := d.sections(); !slices.Equal(got, want) {
		t.Errorf("sections = %q, want %q", got, want)
	}
	if heading := d.Widgets[0].Properties.Markdown; !strings.Contains(heading, "# `"+pricingDomain+"`") {
		t.Errorf("heading = %q", heading)
	}
	if w := d.Widgets[1]; w.Type != "alarm" || len(w.Properties.Alarms) != 1 {
		t.Errorf("the widget below the heading is %+v, want the status of the alarm", w)
	}
	if d.Start != "-PT6H" || d.PeriodOverride != "inherit" {
		t.Errorf("start = %q, periodOverride = %q", d.Start, d.PeriodOverride)
	}
}

// A line has the label of its consumer, and the account in which its metric is, if that is another.
func TestDashboardTellsConsumersApart(t *testing.T) {
	defer cdktest.Recover(t)
	d := show(t, cdktest.SynthTemplate(t, bothEnds(cdktest.App(t, nil))))
	lines := d.graph(t, clientSection, "New connections")
	if len(lines) != 3 {
		t.Fatalf("%d lines, want one for each consumer: %v", len(lines), lines)
	}
	for i, want := range []struct{ label, account string }{{"checkout", ""}, {"reports", thirdAccount}, {"search", ""}} {
		account, _ := lines[i].options["accountId"].(string)
		if lines[i].options["label"] != want.label || account != want.account {
			t.Errorf("line %d has the options %v, want label %q and account %q", i, lines[i].options, want.label, want.account)
		}
	}
	const search = `SEARCH('{AWS/PrivateLinkEndpoints,"Endpoint Type","Service Name","VPC Endpoint Id","VPC Id"} MetricName="NewConnections" ` +
		`"Endpoint Type"="Interface" "Service Name"="com.amazonaws.vpce.eu-west-1.unknown" :aws.AccountId="` + cdktest.OtherAccount + `"', 'Sum')`
	if got := lines[2].options["expression"]; got != search {
		t.Errorf("of a consumer without an endpoint ID:\n%v\nwant\n%v", got, search)
	}

	var labels []any
	for _, line := range d.graph(t, serviceSection, "New connections") {
		labels = append(labels, line.options["label"])
	}
	if want := []any{"all", "checkout", "reports"}; !slices.Equal(labels, want) {
		t.Errorf("the endpoint service has lines %v, want %v: AWS tells consumers apart by endpoint", labels, want)
	}
}

func TestDashboardOfAProvider(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	ours := struct { // what embeds a provider is one
		privateapi.PrivateNlbProvider
		owners []string
	}{orders(stack), nil}
	dashboard := monitoring.NewDashboard(stack, jsii.String("Dashboard"), &monitoring.DashboardProps{Provider: &monitoring.DashboardProvider{Service: ours}})
	awscdk.NewCfnOutput(stack, jsii.String("Name"), &awscdk.CfnOutputProps{Value: dashboard.DashboardName()})
	template := cdktest.SynthTemplate(t, stack)
	d := show(t, template)
	id, _ := template.Only(t, typeDashboard)
	if output := template.Section("Outputs")["Name"]; !cdktest.Contains(output, map[string]any{"Value": cdktest.Ref(id)}) {
		t.Errorf("the name is %v", output)
	}
	want := []string{"## " + serviceSection, "## Network Load Balancer", "## Targets"}
	if got := d.sections(); !slices.Equal(got, want) {
		t.Errorf("sections = %q, want %q", got, want)
	}
	lines := d.graph(t, serviceSection, "Bytes processed")
	if len(lines) != 2 || !strings.Contains(lines[1].options["expression"].(string), `"VPC Endpoint Id"} MetricName="BytesProcessed" "Service Id"="unknown"'`) {
		t.Errorf("lines = %v, want one for all and a search for each endpoint", lines)
	}
	if got := d.graph(t, "Targets", "Healthy targets")[0].options["expression"].(string); !strings.Contains(got, "{AWS/NetworkELB,LoadBalancer,TargetGroup}") {
		t.Errorf("healthy targets = %v, want those of the NLB", got)
	}
}

// A consumer's own dashboard, in an app that knows nothing of the provider.
func TestDashboardOfAConsumer(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	consumer := checkout(stack, "Checkout", importedPricing(stack))
	monitoring.NewDashboard(stack, jsii.String("Dashboard"), &monitoring.DashboardProps{
		Consumers: consumersOf(&monitoring.DashboardConsumer{Label: jsii.String("checkout"), Consumer: consumer}),
	})
	d := show(t, cdktest.SynthTemplate(t, stack))
	if got, want := d.sections(), []string{"## " + clientSection}; !slices.Equal(got, want) {
		t.Errorf("sections = %q, want %q", got, want)
	}
	if line := d.graph(t, clientSection, "Packets dropped")[0]; !slices.Contains(line.words, "vpc-0123456789abcdef0") || !slices.Contains(line.words, serviceName) {
		t.Errorf("line = %v", line)
	}
}

// A monitoring account knows nothing but IDs, and each side is in an account and a Region of its own.
func TestDashboardOfIDs(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	consumer := described("checkout")
	consumer.VpcId, consumer.ServiceName = nil, nil // the name is that of the provider
	monitoring.NewDashboard(stack, jsii.String("Dashboard"), &monitoring.DashboardProps{
		Provider: &monitoring.DashboardProvider{
			ServiceId: jsii.String("vpce-svc-0123456789abcdef0"), NetworkLoadBalancerFullName: jsii.String("net/pricing/0123456789abcdef"),
			LoadBalancerFullName: jsii.String("app/pricing/0123456789abcdef"), DomainNames: jsii.Strings(pricingDomain),
			Account: jsii.String(cdktest.OtherAccount), Region: jsii.String("eu-central-1"), Acceptance: jsii.Bool(true),
		},
		Consumers: consumersOf(consumer),
	})
	template := cdktest.SynthTemplate(t, stack)
	cdktest.Golden(t, "dashboard-of-ids", template)
	d := show(t, template)
	for _, line := range d.graph(t, "Network Load Balancer", "Flows") {
		if line.options["accountId"] != cdktest.OtherAccount || line.options["region"] != "eu-central-1" {
			t.Errorf("line = %v, want the account and the Region of the provider", line)
		}
	}
	expression, _ := d.graph(t, clientSection, "New connections")[0].options["expression"].(string)
	if !strings.Contains(expression, `"VPC Endpoint Id"="`+endpointID+`" :aws.AccountId="`+thirdAccount+`"`) {
		t.Errorf("expression = %s, want a search for the endpoint, whose VPC is unknown", expression)
	}
}

// Imports are shown as far as they say what they are: a service in the account of its owner, and a consumer by a search for its endpoint.
func TestDashboardOfImports(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	consumer := privateapi.PrivateApiConsumer_FromAttributes(stack, jsii.String("Checkout"), &privateapi.PrivateApiConsumerAttributes{
		VpcEndpointId:  jsii.String(endpointID),
		SecurityGroups: &[]awsec2.ISecurityGroup{awsec2.SecurityGroup_FromSecurityGroupId(stack, jsii.String("Group"), jsii.String("sg-0123456789abcdef0"), nil)},
	})
	monitoring.NewDashboard(stack, jsii.String("Dashboard"), &monitoring.DashboardProps{
		Provider:  &monitoring.DashboardProvider{Service: importedPricing(stack), Account: jsii.String(thirdAccount)},
		Consumers: consumersOf(&monitoring.DashboardConsumer{Label: jsii.String("checkout"), Consumer: consumer}),
	})
	d := show(t, cdktest.SynthTemplate(t, stack))
	if got := d.graph(t, serviceSection, "Connected endpoints")[0].options["accountId"]; got != thirdAccount {
		t.Errorf("the endpoint service is in account %v, want that of its owner", got)
	}
	if got, _ := d.graph(t, clientSection, "New connections")[0].options["expression"].(string); !strings.Contains(got, `"VPC Endpoint Id"="`+endpointID+`"'`) {
		t.Errorf("expression = %s", got)
	}
}

// The account of the dashboard is no other account: without cross-account observability, CloudWatch takes none.
func TestDashboardInTheAccountOfTheProvider(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	alarms := make([]*string, 101)
	for i := range alarms {
		alarms[i] = jsii.String(fmt.Sprint("arn:aws:cloudwatch:eu-west-1:222222222222:alarm:", i))
	}
	monitoring.NewDashboard(stack, jsii.String("Dashboard"), &monitoring.DashboardProps{
		Provider:  &monitoring.DashboardProvider{ServiceId: jsii.String("vpce-svc-0123456789abcdef0"), Account: jsii.String(cdktest.Account)},
		AlarmArns: &alarms,
	})
	d := show(t, cdktest.SynthTemplate(t, stack))
	if options := d.graph(t, serviceSection, "Connected endpoints")[0].options; options["accountId"] != nil {
		t.Errorf("options = %v, want no account", options)
	}
	if first, second := d.Widgets[1].Properties.Alarms, d.Widgets[2].Properties.Alarms; len(first) != 100 || len(second) != 1 {
		t.Errorf("widgets of %d and %d alarms, want 100, which is all that one takes, and 1", len(first), len(second))
	}
}

// Each transport has the sections of what AWS measures of it.
func TestDashboardOfOtherTransports(t *testing.T) {
	defer cdktest.Recover(t)
	for want, define := range map[string]func(awscdk.Stack) *monitoring.DashboardProps{
		"## Service of VPC Lattice, ## Targets": func(stack awscdk.Stack) *monitoring.DashboardProps {
			return &monitoring.DashboardProps{Provider: &monitoring.DashboardProvider{Service: latticePricing(stack)}}
		},
		"## Network to the provider, ## Application Load Balancer, ## Targets": func(stack awscdk.Stack) *monitoring.DashboardProps {
			spoke, vpc := checkoutSpoke(stack)
			api := routedPricing(stack, vpc)
			consumer := privateapi.NewPrivateApiConsumer(stack, jsii.String("Checkout"), &privateapi.PrivateApiConsumerProps{
				Vpc: vpc, Service: api, DnsMode: privateapi.DnsMode_NONE,
			})
			return &monitoring.DashboardProps{
				Provider:  &monitoring.DashboardProvider{Service: api},
				Consumers: consumersOf(&monitoring.DashboardConsumer{Label: jsii.String("checkout"), Consumer: consumer, Spoke: spoke}),
			}
		},
		"## Network to the provider, ## Service of VPC Lattice": func(awscdk.Stack) *monitoring.DashboardProps {
			return &monitoring.DashboardProps{
				Provider: &monitoring.DashboardProvider{LatticeServiceId: jsii.String("svc-0123456789abcdef0")},
				Consumers: consumersOf(&monitoring.DashboardConsumer{
					Label: jsii.String("checkout"), TransitGatewayAttachmentId: jsii.String("tgw-attach-0123456789abcdef0"), Account: jsii.String(thirdAccount),
				}),
			}
		},
	} {
		stack := cdktest.Stack(t)
		monitoring.NewDashboard(stack, jsii.String("Dashboard"), define(stack))
		d := show(t, cdktest.SynthTemplate(t, stack))
		if got := strings.Join(d.sections(), ", "); got != want {
			t.Errorf("sections = %q, want %q", got, want)
		}
	}
}

// What JSON or CloudFormation would read in a label is text.
func TestDashboardLabelsAreText(t *testing.T) {
	defer cdktest.Recover(t)
	labels := []string{`"quoted"`, `back\slash`, `\u0001`, "${AWS::Region}", "${!x}", "${LAST}", "Büro & <Söhne>", "価格", "🙂", "', 'Sum')", `"]],"x":[["`}
	stack := cdktest.Stack(t)
	props := &monitoring.DashboardProps{Consumers: consumersOf()}
	for _, label := range labels {
		*props.Consumers = append(*props.Consumers, described(label))
	}
	search := described("one that is searched for")
	search.Label, search.VpcId = jsii.String(`it's "searched" for`), nil
	*props.Consumers = append(*props.Consumers, search)
	monitoring.NewDashboard(stack, jsii.String("Dashboard"), props)
	lines := show(t, cdktest.SynthTemplate(t, stack)).graph(t, clientSection, "New connections")
	for i, label := range append(labels, *search.Label) {
		if got := lines[i].options["label"]; got != label {
			t.Errorf("label = %q, want %q", got, label)
		}
	}
}

// The stack need not say where it is.
func TestDashboardAnywhere(t *testing.T) {
	defer cdktest.Recover(t)
	stack := awscdk.NewStack(cdktest.App(t, nil), jsii.String("Stack"), nil)
	monitoring.NewDashboard(stack, jsii.String("Dashboard"), &monitoring.DashboardProps{Provider: &monitoring.DashboardProvider{Service: pricing(stack)}})
	if region := show(t, cdktest.SynthTemplate(t, stack)).Widgets[2].Properties.Region; region != "unknown" {
		t.Errorf("region = %q, want the pseudo parameter", region)
	}
}

// CDK's validation and cfn-lint find nothing in what the construct can emit.
func TestDashboardValidation(t *testing.T) {
	defer cdktest.Recover(t)
	cdktest.Validate(t, nil, func(app awscdk.App) { bothEnds(app) })
}
