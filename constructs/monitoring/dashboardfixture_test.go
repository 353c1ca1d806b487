package monitoring_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	elbtargets "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2targets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/monitoring"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/routedapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/transitgateway"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/metricstest"
)

const (
	typeDashboard = "AWS::CloudWatch::Dashboard"

	pricingDomain = "api.pricing.internal.company.com"
	pricingCert   = "arn:aws:acm:eu-west-1:222222222222:certificate/01234567-89ab-cdef-0123-456789abcdef"
	thirdAccount  = "333333333333"
	endpointID    = "vpce-0123456789abcdef0"
	serviceName   = "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"
)

// dashboardVpc imports a VPC, so that templates have only our resources.
func dashboardVpc(scope constructs.Construct, id string) awsec2.IVpc {
	return awsec2.Vpc_FromVpcAttributes(scope, &id, &awsec2.VpcAttributes{
		VpcId: jsii.String("vpc-0123456789abcdef0"), VpcCidrBlock: jsii.String("10.0.0.0/16"),
		AvailabilityZones:          jsii.Strings("eu-west-1a", "eu-west-1b"),
		PrivateSubnetIds:           jsii.Strings("subnet-0123456789abcdef0", "subnet-0123456789abcdef1"),
		PrivateSubnetRouteTableIds: jsii.Strings("rtb-0123456789abcdef0", "rtb-0123456789abcdef1"),
	})
}

// pricing defines a provider, of an ALB, that requires acceptance.
func pricing(scope constructs.Construct) privateapi.PrivateApiProvider {
	return privateapi.NewPrivateApiProvider(scope, jsii.String("Pricing"), &privateapi.PrivateApiProviderProps{
		Vpc: dashboardVpc(scope, "Vpc"), DomainNames: jsii.Strings(pricingDomain), AcceptanceRequired: jsii.Bool(true),
		Certificates:      &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(jsii.String(pricingCert))},
		AllowedPrincipals: &[]awsiam.ArnPrincipal{awsiam.NewAccountPrincipal(jsii.String(cdktest.OtherAccount))},
	})
}

// orders defines a provider without an ALB.
func orders(scope constructs.Construct) privateapi.PrivateNlbProvider {
	provider := privateapi.NewPrivateNlbProvider(scope, jsii.String("Orders"), &privateapi.PrivateNlbProviderProps{
		Vpc: dashboardVpc(scope, "OrdersVpc"), AllowedPrincipals: &[]awsiam.ArnPrincipal{awsiam.NewAccountPrincipal(jsii.String(cdktest.OtherAccount))},
	})
	provider.AddListener(jsii.String("Postgres"), &privateapi.NlbListenerOptions{
		Port: jsii.Number(5432), Targets: &[]elbv2.INetworkLoadBalancerTarget{elbtargets.NewIpTarget(jsii.String("10.0.0.10"), nil, nil)},
	})
	return provider
}

// checkout defines a consumer.
func checkout(scope constructs.Construct, id string, service privateapi.IPrivateApiService) privateapi.PrivateApiConsumer {
	return privateapi.NewPrivateApiConsumer(scope, &id, &privateapi.PrivateApiConsumerProps{
		Vpc: dashboardVpc(scope, id+"Vpc"), Service: service, DnsMode: privateapi.DnsMode_NONE,
	})
}

func consumersOf(list ...*monitoring.DashboardConsumer) *[]*monitoring.DashboardConsumer {
	return &list
}

// described is a consumer elsewhere, of which the endpoint is known.
func described(label string) *monitoring.DashboardConsumer {
	return &monitoring.DashboardConsumer{
		Label: &label, VpcEndpointId: jsii.String(endpointID), VpcId: jsii.String("vpc-0123456789abcdef0"), Account: jsii.String(thirdAccount),
		ServiceName: jsii.String(serviceName),
	}
}

// row is a line of a graph: what identifies the metric, and its options.
type row struct {
	words   []string
	options map[string]any
}

// shown is a dashboard as CloudWatch gets it, with "unknown" for what a deployment knows.
type shown struct {
	Start, End, PeriodOverride string
	Widgets                    []struct {
		Type                string
		X, Y, Width, Height int
		Properties          struct {
			Title, Markdown, Region, View string
			Alarms                        []string
			Metrics                       [][]any
		}
	}
}

// show reads the only dashboard of a template, which CloudWatch must take, and whose metrics AWS must publish.
func show(t *testing.T, template cdktest.Template) (d shown) {
	t.Helper()
	metricstest.Check(t, template.Section("Resources"))
	_, resource := template.Only(t, typeDashboard)
	text, ok := metricstest.Text(resource.Properties["DashboardBody"])
	if !ok {
		t.Fatalf("the body cannot be read: %v", resource.Properties)
	}
	if err := json.Unmarshal([]byte(text), &d); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	checkGrid(t, d)
	checkLines(t, d)
	return d
}

// graph returns the lines of the first graph of a title.
func (d shown) graph(t *testing.T, section, title string) (rows []row) {
	t.Helper()
	inSection := false
	for _, w := range d.Widgets {
		if w.Type == "text" {
			inSection = w.Properties.Markdown == "## "+section
		}
		if !inSection || w.Properties.Title != title {
			continue
		}
		for _, metric := range w.Properties.Metrics {
			r := row{}
			for _, element := range metric {
				if options, isOptions := element.(map[string]any); isOptions {
					r.options = options
				} else {
					r.words = append(r.words, fmt.Sprint(element))
				}
			}
			rows = append(rows, r)
		}
		return rows
	}
	t.Fatalf("no graph %q in section %q", title, section)
	return nil
}

// sections returns the headings below the first.
func (d shown) sections() (titles []string) {
	for _, w := range d.Widgets[1:] {
		if w.Type == "text" {
			titles = append(titles, w.Properties.Markdown)
		}
	}
	return titles
}

// importedPricing is the service of another app.
func importedPricing(scope constructs.Construct) privateapi.IPrivateApiService {
	return privateapi.PrivateApiService_FromAttributes(scope, jsii.String("PricingService"), &privateapi.PrivateApiServiceAttributes{
		ServiceName: jsii.String(serviceName), DomainNames: jsii.Strings(pricingDomain),
	})
}

// routedPricing is an API by route.
func routedPricing(scope constructs.Construct, vpc awsec2.IVpc) routedapi.Api {
	return routedapi.NewApi(scope, jsii.String("Routed"), &routedapi.ApiProps{
		Vpc: vpc, DomainNames: jsii.Strings(pricingDomain),
		Certificates: &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(jsii.String(pricingCert))},
		AllowedCidrs: jsii.Strings("10.0.0.0/8"),
	})
}

// routedCheckout is a consumer by route, which has no endpoint.
func routedCheckout(scope constructs.Construct) privateapi.IPrivateApiConsumer {
	vpc := dashboardVpc(scope, "RoutedVpc")
	return privateapi.NewPrivateApiConsumer(scope, jsii.String("RoutedCheckout"), &privateapi.PrivateApiConsumerProps{Vpc: vpc, Service: routedPricing(scope, vpc)})
}

// latticePricing is an API over VPC Lattice.
func latticePricing(scope constructs.Construct) lattice.Api {
	return lattice.NewApi(scope, jsii.String("Lattice"), &lattice.ApiProps{
		DomainName: jsii.String(pricingDomain), Certificate: elbv2.ListenerCertificate_FromArn(jsii.String(pricingCert)),
		PrefixList:        awsec2.PrefixList_FromPrefixListId(scope, jsii.String("PrefixList"), jsii.String("pl-0721453c7ac4ec009")),
		Target:            lattice.Target_FromFunctionArn(jsii.String("arn:aws:lambda:eu-west-1:222222222222:function:pricing")),
		AllowedPrincipals: &[]awsiam.IPrincipal{awsiam.NewAccountPrincipal(jsii.String(cdktest.OtherAccount))},
		ShareWith:         jsii.Strings(cdktest.OtherAccount),
	})
}

// checkoutSpoke imports a spoke, with its VPC.
func checkoutSpoke(scope constructs.Construct) (transitgateway.ISpoke, awsec2.IVpc) {
	vpc := dashboardVpc(scope, "SpokeVpc")
	hub := transitgateway.Hub_FromAttributes(scope, jsii.String("Hub"), &transitgateway.HubAttributes{
		TransitGatewayId: jsii.String("tgw-0123456789abcdef0"), Account: jsii.String(cdktest.Account),
		Segments: &[]*transitgateway.SegmentAttributes{{Name: jsii.String("shops"), RouteTableId: jsii.String("tgw-rtb-0123456789abcdef0")}},
	})
	return transitgateway.Spoke_FromAttributes(scope, jsii.String("Spoke"), &transitgateway.SpokeAttributes{
		Hub: hub, Vpc: vpc, TransitGatewayAttachmentId: jsii.String("tgw-attach-0123456789abcdef0"), Segment: jsii.String("shops"),
	}), vpc
}
