package privateapi_test

import (
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// Every property that can be a token is a token here.
func TestTokensPass(t *testing.T) {
	defer cdktest.Recover(t)
	stack := awscdk.NewStack(cdktest.App(t, nil), jsii.String("Stack"), nil) // its account and Region are tokens too
	text := func(id string) *string {
		return awscdk.NewCfnParameter(stack, jsii.String(id), nil).ValueAsString()
	}
	number := func(id string) *float64 {
		return awscdk.NewCfnParameter(stack, jsii.String(id), &awscdk.CfnParameterProps{Type: jsii.String("Number")}).ValueAsNumber()
	}
	list := func(id string) *[]*string {
		return awscdk.NewCfnParameter(stack, jsii.String(id), &awscdk.CfnParameterProps{Type: jsii.String("CommaDelimitedList")}).ValueAsList()
	}
	var provider privateapi.PrivateApiProvider
	cdktest.Check(t, func() {
		vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil) // its zones are tokens
		provider = privateapi.NewPrivateApiProvider(stack, jsii.String("Provider"), &privateapi.PrivateApiProviderProps{
			Vpc:               vpc,
			AllowedPrincipals: &[]awsiam.ArnPrincipal{awsiam.NewAccountRootPrincipal(), awsiam.NewAccountPrincipal(text("Account")), awsiam.NewArnPrincipal(text("Arn"))},
			DomainNames:       list("Domains"),
			PrivateDnsName:    text("PrivateDnsName"),
			SupportedRegions:  list("Regions"),
			Port:              number("Port"),
			ListenerPort:      number("ListenerPort"),
			ConsumerCidrs:     &[]*string{text("Cidr")},
			EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: jsii.Bool(true),
			Certificates: &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(text("Certificate"))},
			WebAclArn:    text("WebAcl"),
			HealthCheck: &elbv2.HealthCheck{
				Path: text("Path"), Port: text("HealthPort"), HealthyHttpCodes: text("Codes"),
				Interval: awscdk.Duration_Seconds(number("Interval")), HealthyThresholdCount: number("Healthy"),
			},
		})
		provider.AddRoute(jsii.String("Quote"), &privateapi.RouteOptions{
			PathPatterns: &[]*string{text("RoutePath")}, HostHeaders: &[]*string{text("RouteHost")}, Port: number("RoutePort"),
			Targets: targets(ipTarget(*text("Address"))),
		})
		privateapi.NewPrivateApiConsumer(stack, jsii.String("Consumer"), &privateapi.PrivateApiConsumerProps{
			Vpc: vpc,
			Service: privateapi.PrivateApiService_FromAttributes(stack, jsii.String("Imported"), &privateapi.PrivateApiServiceAttributes{
				ServiceName: text("ServiceName"), ServiceRegion: text("ServiceRegion"), Port: number("ServicePort"),
				DomainNames: &[]*string{text("Domain")}, AvailabilityZoneIds: list("Zones"),
			}),
			Clients: &[]awsec2.IConnectable{newClient(stack, vpc)},
		})
	})
	template := cdktest.SynthTemplate(t, stack)
	for _, tc := range []struct {
		resourceType string
		want         props
	}{
		{typeService, props{"PrivateDnsName": cdktest.Ref("PrivateDnsName"), "SupportedRegions": cdktest.Ref("Regions")}},
		{typePermissions, props{"AllowedPrincipals": []any{cdktest.Ref("Arn"), props{}, props{}}}},
		{typeListener, props{"Protocol": "TCP", "Port": cdktest.Ref("Port")}},
		{typeListener, props{"Protocol": "HTTPS", "Port": cdktest.Ref("ListenerPort"), "Certificates": []any{props{"CertificateArn": cdktest.Ref("Certificate")}}}},
		{typeTargets, props{
			"TargetType": "alb", "Port": cdktest.Ref("ListenerPort"), "HealthCheckPath": cdktest.Ref("Path"), "HealthCheckPort": cdktest.Ref("HealthPort"),
			"HealthCheckIntervalSeconds": cdktest.Ref("Interval"), "HealthyThresholdCount": cdktest.Ref("Healthy"), "Matcher": props{"HttpCode": cdktest.Ref("Codes")},
		}},
		{typeTargets, props{"TargetType": "ip", "Port": cdktest.Ref("RoutePort")}},
		{typeRule, props{"Conditions": []any{
			props{"HostHeaderConfig": props{"Values": []any{cdktest.Ref("RouteHost")}}}, props{"PathPatternConfig": props{"Values": []any{cdktest.Ref("RoutePath")}}},
		}}},
		{typeEndpoint, props{"ServiceName": cdktest.Ref("ServiceName")}},
		{typeZone, props{"Name": props{"Fn::Join": []any{"", []any{cdktest.Ref("Domain"), "."}}}}},
		{typeRecord, props{"Name": cdktest.Ref("Domain")}},
	} {
		template.Has(t, tc.resourceType, tc.want)
	}
}
