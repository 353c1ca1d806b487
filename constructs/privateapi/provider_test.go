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

// providerTemplate is the template of one provider.
func providerTemplate(t *testing.T, edit ...func(*privateapi.PrivateApiProviderProps)) cdktest.Template {
	t.Helper()
	stack := cdktest.Stack(t)
	newProvider(stack, edit...)
	return cdktest.SynthTemplate(t, stack)
}

func TestProviderEndpointService(t *testing.T) {
	defer cdktest.Recover(t)
	cdktest.Run(t, "publishes the NLB and lists the principals", func(t *testing.T) {
		template := providerTemplate(t)
		nlb, _ := balancer(t, template, "network")
		service := template.Has(t, typeService, props{
			"NetworkLoadBalancerArns": []any{cdktest.Ref(nlb)}, "AcceptanceRequired": false,
			"PrivateDnsName": cdktest.Absent, "SupportedRegions": cdktest.Absent, "PayerResponsibility": cdktest.Absent,
		})
		template.Has(t, typePermissions, props{"ServiceId": cdktest.Ref(service), "AllowedPrincipals": []any{root(cdktest.OtherAccount)}})
	})
	cdktest.Run(t, "has all its properties", func(t *testing.T) {
		template := providerTemplate(t, func(p *privateapi.PrivateApiProviderProps) {
			p.PrivateDnsName = jsii.String("api.pricing.company.com")
			p.SupportedRegions = jsii.Strings("eu-central-1")
			p.SupportedIpAddressTypes = &[]awsec2.IpAddressType{awsec2.IpAddressType_IPV4, awsec2.IpAddressType_IPV6}
			p.PayerResponsibility = privateapi.PayerResponsibility_SERVICE_OWNER
			p.ContributorInsights = jsii.Bool(true)
		})
		template.Has(t, typeService, props{
			"PrivateDnsName": "api.pricing.company.com", "SupportedRegions": []any{"eu-central-1"},
			"SupportedIpAddressTypes": []any{"ipv4", "ipv6"}, "PayerResponsibility": "ServiceOwner", "ContributorInsightsEnabled": true,
		})
		template.Has(t, typeBalancer, props{"Type": "network", "IpAddressType": "dualstack"})
		template.Has(t, typeBalancer, props{"Type": "application", "IpAddressType": "ipv4"})
	})
	cdktest.Run(t, "names no payer if the owners of endpoints pay: EC2 has no such value", func(t *testing.T) {
		template := providerTemplate(t, func(p *privateapi.PrivateApiProviderProps) {
			p.PayerResponsibility = privateapi.PayerResponsibility_ENDPOINT_OWNER
		})
		template.Has(t, typeService, props{"PayerResponsibility": cdktest.Absent})
	})
	cdktest.Run(t, "has a name with its Region and ID", func(t *testing.T) {
		stack := cdktest.Stack(t)
		awscdk.NewCfnOutput(stack, jsii.String("Name"), &awscdk.CfnOutputProps{Value: newProvider(stack).ServiceName()})
		template := cdktest.SynthTemplate(t, stack)
		service, _ := template.Only(t, typeService)
		want := map[string]any{"Value": map[string]any{"Fn::Join": []any{"", []any{"com.amazonaws.vpce.eu-west-1.", cdktest.Ref(service)}}}}
		if got := template.Outputs["Name"]; !cdktest.Contains(got, want) {
			t.Errorf("name = %v, want %v", got, want)
		}
	})
	cdktest.Run(t, "carries tags", func(t *testing.T) {
		stack := cdktest.Stack(t)
		awscdk.Tags_Of(newProvider(stack)).Add(jsii.String("team"), jsii.String("pricing"), nil)
		template := cdktest.SynthTemplate(t, stack)
		for _, resourceType := range []string{typeService, typeTargets} {
			template.Has(t, resourceType, props{"Tags": []any{map[string]any{"Key": "team", "Value": "pricing"}}})
		}
	})
}

// root is an account's root as templates have it.
func root(account string) map[string]any {
	return map[string]any{"Fn::Join": []any{"", []any{"arn:", cdktest.Ref("AWS::Partition"), ":iam::" + account + ":root"}}}
}

func TestProviderAcceptance(t *testing.T) {
	defer cdktest.Recover(t)
	everyone := func(p *privateapi.PrivateApiProviderProps) {
		p.AllowedPrincipals = &[]awsiam.ArnPrincipal{awsiam.NewAnyPrincipal()}
	}
	for name, tc := range map[string]struct {
		edit []func(*privateapi.PrivateApiProviderProps)
		want bool
	}{
		"is not required of named principals": {nil, false},
		"is not required of accounts": {[]func(*privateapi.PrivateApiProviderProps){func(p *privateapi.PrivateApiProviderProps) {
			p.AllowedPrincipals, p.AllowedAccounts = nil, jsii.Strings("333333333333")
		}}, false},
		"is required of everyone, with accounts beside": {[]func(*privateapi.PrivateApiProviderProps){everyone, func(p *privateapi.PrivateApiProviderProps) {
			p.AllowedAccounts = jsii.Strings("333333333333")
		}}, true},
		"is required of everyone": {[]func(*privateapi.PrivateApiProviderProps){everyone}, true},
		"is not required if it is turned off": {[]func(*privateapi.PrivateApiProviderProps){everyone, func(p *privateapi.PrivateApiProviderProps) {
			p.AcceptanceRequired, p.AllowEveryoneWithoutAcceptance = jsii.Bool(false), jsii.Bool(true)
		}}, false},
		"is required if it is turned on": {[]func(*privateapi.PrivateApiProviderProps){func(p *privateapi.PrivateApiProviderProps) {
			p.AcceptanceRequired = jsii.Bool(true)
		}}, true},
		"is required if no principal is named": {[]func(*privateapi.PrivateApiProviderProps){func(p *privateapi.PrivateApiProviderProps) {
			p.AllowedPrincipals, p.AllowNoPrincipals = nil, jsii.Bool(true)
		}}, true},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			providerTemplate(t, tc.edit...).Has(t, typeService, props{"AcceptanceRequired": tc.want})
		})
	}
}

func TestProviderAllowedAccounts(t *testing.T) {
	defer cdktest.Recover(t)
	template := providerTemplate(t, func(p *privateapi.PrivateApiProviderProps) {
		p.AllowedPrincipals = &[]awsiam.ArnPrincipal{arn("ec2.amazonaws.com")}
		p.AllowedAccounts = jsii.Strings("444444444444", "333333333333")
	})
	_, permissions := template.Only(t, typePermissions)
	want := props{"AllowedPrincipals": []any{root("333333333333"), root("444444444444"), "ec2.amazonaws.com"}}
	if !cdktest.Contains(permissions.Properties, want) {
		t.Errorf("permissions = %v, want %v", permissions.Properties, want)
	}
}

func TestProviderAllowPrincipal(t *testing.T) {
	defer cdktest.Recover(t)
	cdktest.Run(t, "adds no account that AllowedAccounts has", func(t *testing.T) {
		stack := cdktest.Stack(t)
		provider := newProvider(stack, func(p *privateapi.PrivateApiProviderProps) {
			p.AllowedPrincipals, p.AllowedAccounts = nil, jsii.Strings("333333333333")
		})
		provider.AllowPrincipal(account("333333333333"))
		provider.AllowPrincipal(arn("states.amazonaws.com"))
		cdktest.SynthTemplate(t, stack).Has(t, typePermissions, props{"AllowedPrincipals": []any{root("333333333333"), "states.amazonaws.com"}})
	})
	cdktest.Run(t, "adds to the one list, which is sorted", func(t *testing.T) {
		stack := cdktest.Stack(t)
		provider := newProvider(stack)
		provider.AllowPrincipal(arn("arn:aws:iam::333333333333:role/deploy"))
		provider.AllowPrincipal(arn("000000000000"))
		_, permissions := cdktest.SynthTemplate(t, stack).Only(t, typePermissions)
		want := props{"AllowedPrincipals": []any{root("000000000000"), root(cdktest.OtherAccount), "arn:aws:iam::333333333333:role/deploy"}}
		if !cdktest.Contains(permissions.Properties, want) {
			t.Errorf("permissions = %v, want %v", permissions.Properties, want)
		}
	})
	cdktest.Run(t, "defines the list if there was none", func(t *testing.T) {
		stack := cdktest.Stack(t)
		newProvider(stack, func(p *privateapi.PrivateApiProviderProps) { p.AllowedPrincipals = nil }).AllowPrincipal(account("333333333333"))
		cdktest.SynthTemplate(t, stack).Has(t, typePermissions, props{"AllowedPrincipals": []any{root("333333333333")}})
	})
	cdktest.Run(t, "defines no list if nobody is allowed on purpose", func(t *testing.T) {
		template := providerTemplate(t, func(p *privateapi.PrivateApiProviderProps) {
			p.AllowedPrincipals, p.AllowNoPrincipals = nil, jsii.Bool(true)
		})
		if got := template.OfType(typePermissions); got != nil {
			t.Errorf("permissions = %v, want none", got)
		}
	})
}

func TestProviderAvailabilityZoneIds(t *testing.T) {
	defer cdktest.Recover(t)
	cdktest.Run(t, "come from the subnets of this app", func(t *testing.T) {
		stack := awscdk.NewStack(cdktest.App(t, nil), jsii.String("Stack"), nil)
		provider := newProvider(stack, func(p *privateapi.PrivateApiProviderProps) { p.Vpc = awsec2.NewVpc(stack, jsii.String("Own"), nil) })
		awscdk.NewCfnOutput(stack, jsii.String("Zones"), &awscdk.CfnOutputProps{Value: awscdk.Fn_Join(jsii.String(","), provider.AvailabilityZoneIds())})
		template := cdktest.SynthTemplate(t, stack)
		first := template.Find("AWS::EC2::Subnet", props{"MapPublicIpOnLaunch": false})
		want := props{"Value": props{"Fn::Join": []any{",", []any{cdktest.GetAtt(first[0], "AvailabilityZoneId"), cdktest.GetAtt(first[1], "AvailabilityZoneId")}}}}
		if got := template.Outputs["Zones"]; !cdktest.Contains(got, want) {
			t.Errorf("zones = %v, want %v", got, want)
		}
	})
	cdktest.Run(t, "are unknown for imported subnets", func(t *testing.T) {
		if got := newProvider(cdktest.Stack(t)).AvailabilityZoneIds(); got != nil {
			t.Errorf("zones = %v, want nil", got)
		}
	})
}

// The name and the value of the TXT record are attributes of the service.
func TestProviderPrivateDnsTxt(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	provider := newProvider(stack, func(p *privateapi.PrivateApiProviderProps) { p.PrivateDnsName = jsii.String("api.pricing.company.com") })
	awscdk.NewCfnOutput(stack, jsii.String("Name"), &awscdk.CfnOutputProps{Value: provider.PrivateDnsTxtName()})
	awscdk.NewCfnOutput(stack, jsii.String("Value"), &awscdk.CfnOutputProps{Value: provider.PrivateDnsTxtValue()})
	template := cdktest.SynthTemplate(t, stack)
	service, _ := template.Only(t, typeService)
	for output, attribute := range map[string]string{"Name": "PrivateDnsNameConfiguration.Name", "Value": "PrivateDnsNameConfiguration.Value"} {
		if got, want := template.Outputs[output], (props{"Value": cdktest.GetAtt(service, attribute)}); !cdktest.Contains(got, want) {
			t.Errorf("%s = %v, want %v", output, got, want)
		}
	}
	if without := newProvider(cdktest.Stack(t)); without.PrivateDnsTxtName() != nil || without.PrivateDnsTxtValue() != nil {
		t.Error("there is a TXT record without a PrivateDnsName")
	}
}

// ELB's default timeout of 10 seconds is longer than a short interval.
func TestProviderHealthCheckWithShortInterval(t *testing.T) {
	defer cdktest.Recover(t)
	template := providerTemplate(t, func(p *privateapi.PrivateApiProviderProps) {
		p.HealthCheck = &elbv2.HealthCheck{Interval: awscdk.Duration_Seconds(jsii.Number(5))}
	})
	template.Has(t, typeTargets, props{"HealthCheckIntervalSeconds": 5, "HealthCheckTimeoutSeconds": 4})
	template = providerTemplate(t, func(p *privateapi.PrivateApiProviderProps) {
		p.HealthCheck = &elbv2.HealthCheck{Interval: awscdk.Duration_Seconds(jsii.Number(11))}
	})
	template.Has(t, typeTargets, props{"HealthCheckIntervalSeconds": 11, "HealthCheckTimeoutSeconds": cdktest.Absent})
}

func TestProviderHealthCheck(t *testing.T) {
	defer cdktest.Recover(t)
	template := providerTemplate(t, func(p *privateapi.PrivateApiProviderProps) {
		p.HealthCheck = &elbv2.HealthCheck{
			Path: jsii.String("/up"), HealthyHttpCodes: jsii.String("200-299"), Interval: awscdk.Duration_Seconds(jsii.Number(10)),
			Timeout: awscdk.Duration_Seconds(jsii.Number(5)), HealthyThresholdCount: jsii.Number(2), UnhealthyThresholdCount: jsii.Number(3),
		}
	})
	template.Has(t, typeTargets, props{
		"HealthCheckPath": "/up", "Matcher": map[string]any{"HttpCode": "200-299"}, "HealthCheckIntervalSeconds": 10,
		"HealthCheckTimeoutSeconds": 5, "HealthyThresholdCount": 2, "UnhealthyThresholdCount": 3,
	})
	template.Has(t, typeRule, props{"Conditions": []any{map[string]any{"PathPatternConfig": map[string]any{"Values": []any{"/up"}}}}})
}
