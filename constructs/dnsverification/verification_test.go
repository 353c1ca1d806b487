package dnsverification_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/dnsverification"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// join is what CDK makes of texts with tokens.
func join(parts ...any) props { return props{"Fn::Join": []any{"", parts}} }

func TestResources(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	verify(stack)
	template := cdktest.SynthTemplate(t, stack)
	service, _ := template.Only(t, typeService)
	txtName, txtValue := cdktest.GetAtt(service, "PrivateDnsNameConfiguration.Name"), cdktest.GetAtt(service, "PrivateDnsNameConfiguration.Value")
	record := template.Has(t, typeRecord, props{
		"HostedZoneId": zoneID, "Type": "TXT", "TTL": "60", "Name": join(txtName, ".api.pricing.company.com."), "ResourceRecords": []any{join(`"`, txtValue, `"`)},
	})
	logGroup := template.Has(t, typeLogGroup, props{"RetentionInDays": 30})
	role := template.Has(t, typeRole, props{"ManagedPolicyArns": cdktest.Absent, "Policies": []any{props{"PolicyDocument": props{"Statement": []any{
		props{
			"Effect": "Allow", "Action": []any{"ec2:StartVpcEndpointServicePrivateDnsVerification"},
			"Resource": join("arn:", cdktest.Ref("AWS::Partition"), ":ec2:eu-west-1:222222222222:vpc-endpoint-service/", cdktest.Ref(service)),
		},
		props{
			"Effect": "Allow", "Action": []any{"ec2:DescribeVpcEndpointServiceConfigurations"}, "Resource": "*",
			"Condition": props{"StringEquals": props{"ec2:Region": "eu-west-1"}},
		},
		props{"Effect": "Allow", "Action": []any{"logs:CreateLogStream", "logs:PutLogEvents"}, "Resource": cdktest.GetAtt(logGroup, "Arn")},
	}}}}})
	function := template.Has(t, typeFunction, props{
		"Runtime": "nodejs24.x", "Handler": "index.handler", "Timeout": 660, "Role": cdktest.GetAtt(role, "Arn"),
		"LoggingConfig": props{"LogFormat": "JSON", "LogGroup": cdktest.Ref(logGroup)},
	})
	_, resource := template.Only(t, typeResource)
	if want := (props{
		"ServiceToken": cdktest.GetAtt(function, "Arn"), "ServiceTimeout": "720", "ServiceId": cdktest.Ref(service),
		"PrivateDnsName": privateDnsName, "TxtName": txtName, "TxtValue": txtValue,
	}); !cdktest.Contains(resource.Properties, want) {
		t.Errorf("custom resource has %v, want %v", resource.Properties, want)
	}
	if !slices.Contains(resource.DependsOn, record) {
		t.Errorf("the custom resource waits for %v, want the record %s too", resource.DependsOn, record)
	}
}

// The code of the function is the handler as it is, behind what it is told.
func TestCode(t *testing.T) {
	defer cdktest.Recover(t)
	for name, tc := range map[string]struct {
		timeout awscdk.Duration
		config  string
		seconds int
	}{
		"by default": {nil, `const CONFIG = {"timeout":600,"poll":15,"restart":60,"settle":30};`, 660},
		"shortest":   {awscdk.Duration_Seconds(jsii.Number(30)), `const CONFIG = {"timeout":30,"poll":15,"restart":60,"settle":30};`, 90},
		"longest":    {awscdk.Duration_Minutes(jsii.Number(14)), `const CONFIG = {"timeout":840,"poll":15,"restart":60,"settle":30};`, 900},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			verify(stack, func(p *P) { p.VerificationTimeout = tc.timeout })
			template := cdktest.SynthTemplate(t, stack)
			template.Has(t, typeFunction, props{"Timeout": tc.seconds})
			template.Has(t, typeResource, props{"ServiceTimeout": fmt.Sprint(tc.seconds + 60)})
			_, function := template.Only(t, typeFunction)
			code := function.Properties["Code"].(props)["ZipFile"].(string)
			config, handler, _ := strings.Cut(code, "\n")
			if config != tc.config || handler != dnsverification.Handler {
				t.Errorf("code = %q and %d bytes, want %q and the handler", config, len(handler), tc.config)
			}
		})
	}
	if size := len(dnsverification.Handler); size > 4096 {
		t.Errorf("the handler has %d bytes, want at most 4096: goldens show it", size)
	}
}

// The owner of the domain of a wildcard publishes the record under the domain itself.
func TestRecordNames(t *testing.T) {
	defer cdktest.Recover(t)
	for name, tc := range map[string]struct {
		privateDnsName func(awscdk.Stack) *string
		want           []any // behind the name that EC2 gives
	}{
		"a name":     {func(awscdk.Stack) *string { return jsii.String("company.com") }, []any{".company.com."}},
		"a wildcard": {func(awscdk.Stack) *string { return jsii.String("*.pricing.company.com") }, []any{".pricing.company.com."}},
		"a token": {func(stack awscdk.Stack) *string {
			return awscdk.NewCfnParameter(stack, jsii.String("Name"), nil).ValueAsString()
		}, []any{".", cdktest.Ref("Name"), "."}},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			verify(stack, func(p *P) { p.Service = newProvider(stack, "Other", tc.privateDnsName(stack)) })
			template := cdktest.SynthTemplate(t, stack)
			service := template.OfType(typeService)[0]
			template.Has(t, typeRecord, props{"Name": join(slices.Concat([]any{cdktest.GetAtt(service, "PrivateDnsNameConfiguration.Name")}, tc.want)...)})
		})
	}
}

// Without a zone, outputs say which record to publish; once it is published, the function waits without a record of its own.
func TestWithoutZone(t *testing.T) {
	defer cdktest.Recover(t)
	for name, tc := range map[string]struct {
		published *bool
		outputs   bool
		functions int
	}{
		"the record is still to be published": {nil, true, 0},
		"the record is published":             {jsii.Bool(true), false, 1},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			v := verify(stack, func(p *P) { p.HostedZone, p.RecordPublished = nil, tc.published })
			if v.Record() != nil || (v.Function() != nil) != (tc.functions > 0) || (v.Resource() != nil) != (tc.functions > 0) || (v.LogGroup() != nil) != (tc.functions > 0) {
				t.Errorf("record %v, function %v, resource %v, log group %v", v.Record(), v.Function(), v.Resource(), v.LogGroup())
			}
			template := cdktest.SynthTemplate(t, stack)
			for _, kind := range []string{typeFunction, typeRole, typeLogGroup, typeResource} {
				if got := len(template.OfType(kind)); got != tc.functions {
					t.Errorf("%d resources of type %s, want %d", got, kind, tc.functions)
				}
			}
			service, _ := template.Only(t, typeService)
			for id, want := range map[string]any{
				"TxtName":  join(cdktest.GetAtt(service, "PrivateDnsNameConfiguration.Name"), ".api.pricing.company.com"),
				"TxtValue": cdktest.GetAtt(service, "PrivateDnsNameConfiguration.Value"),
			} {
				if got := outputOf(template, "Verification"+id); (got != nil) != tc.outputs || tc.outputs && !cdktest.Contains(got, want) {
					t.Errorf("output %s = %v, want %v: %v", id, got, want, tc.outputs)
				}
			}
		})
	}
}

// outputOf is the value of the output whose ID has a prefix; nil if there is none.
func outputOf(template cdktest.Template, prefix string) any {
	for id, output := range template.Outputs {
		if strings.HasPrefix(id, prefix) {
			return output.(props)["Value"]
		}
	}
	return nil
}

// owned wraps a provider, as a team may do.
type owned struct {
	privateapi.IPrivateLinkProvider
}

// Endpoints that enable the name wait for its verification, in whatever order the two are defined and wherever they stand. Their warning is
// there only where nothing verifies the name.
func TestConsumersWait(t *testing.T) {
	defer cdktest.Recover(t)
	verifyIn := func(stack awscdk.Stack, provider privateapi.IPrivateLinkProvider) {
		dnsverification.NewVerification(stack, jsii.String("Verification"), &P{Service: provider, HostedZone: publicZone(stack, "company.com")})
	}
	type C = privateapi.PrivateApiConsumerProps
	for name, tc := range map[string]struct {
		build func(stack, other awscdk.Stack, provider privateapi.IPrivateLinkProvider)
		want  string // what the endpoint waits for besides the provider: the resource, its stack, or nothing
		warns bool
	}{
		"after the verification": {func(stack, _ awscdk.Stack, provider privateapi.IPrivateLinkProvider) {
			verifyIn(stack, provider)
			consume(stack, provider)
		}, "resource", false},
		"before the verification": {func(stack, _ awscdk.Stack, provider privateapi.IPrivateLinkProvider) {
			consume(stack, provider)
			verifyIn(stack, provider)
		}, "resource", false},
		"in another account": {func(stack, other awscdk.Stack, provider privateapi.IPrivateLinkProvider) {
			consume(other, provider)
			verifyIn(stack, provider)
		}, "stack", false},
		"of a provider that is wrapped": {func(stack, _ awscdk.Stack, provider privateapi.IPrivateLinkProvider) {
			consume(stack, owned{provider})
			verifyIn(stack, owned{provider})
		}, "resource", false},
		"of a verification of one's own": {func(stack, _ awscdk.Stack, provider privateapi.IPrivateLinkProvider) {
			consume(stack, provider)
			provider.VerifyPrivateDnsBy(awscdk.NewCustomResource(stack, jsii.String("Own"), &awscdk.CustomResourceProps{
				ServiceToken: jsii.String("arn:aws:lambda:eu-west-1:222222222222:function:verify"), ResourceType: jsii.String(typeResource),
			}))
		}, "resource", false},
		"a consumer that does not enable the name": {func(stack, _ awscdk.Stack, provider privateapi.IPrivateLinkProvider) {
			verifyIn(stack, provider)
			consume(stack, provider, func(p *C) { p.DnsMode = privateapi.DnsMode_PRIVATE_HOSTED_ZONE })
		}, "", false},
		"without a verification": {func(stack, _ awscdk.Stack, provider privateapi.IPrivateLinkProvider) {
			consume(stack, provider)
		}, "", true},
		"of a record that is still to be published": {func(stack, _ awscdk.Stack, provider privateapi.IPrivateLinkProvider) {
			dnsverification.NewVerification(stack, jsii.String("Verification"), &P{Service: provider})
			consume(stack, provider)
		}, "", true},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			other := cdktest.StackIn(awscdk.App_Of(stack), "Other", cdktest.OtherAccount)
			tc.build(stack, other, newProvider(stack, "Pricing", jsii.String(privateDnsName)))
			assembly := cdktest.Synth(t, stack)
			if got := waitsFor(t, assembly, *stack.StackName(), *other.StackName()); got != tc.want {
				t.Errorf("the endpoint waits for the %q, want %q", got, tc.want)
			}
			if got := strings.Contains(assembly.Manifest(t), rules.PrivateDnsUnverified.ID); got != tc.warns {
				t.Errorf("warns: %v, want %v", got, tc.warns)
			}
		})
	}
}

// waitsFor is how the only endpoint waits for the custom resource.
func waitsFor(t *testing.T, assembly cdktest.Assembly, stack, other string) string {
	t.Helper()
	template := assembly.Template(t, stack)
	if len(template.OfType(typeEndpoint)) == 0 {
		assembly.Template(t, other).Only(t, typeEndpoint)
		if strings.Contains(assembly.Manifest(t), `"dependencies": [
        "`+stack+`"`) {
			return "stack"
		}
		return ""
	}
	_, endpoint := template.Only(t, typeEndpoint)
	for _, id := range template.OfType(typeResource) {
		if slices.Contains(endpoint.DependsOn, id) {
			return "resource"
		}
	}
	return ""
}

// A verification can stand in another stack of the account, such as that of the zone.
func TestInAnotherStack(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	domain := cdktest.StackIn(awscdk.App_Of(stack), "Domain", cdktest.Account)
	zone := awsroute53.NewPublicHostedZone(domain, jsii.String("Zone"), &awsroute53.PublicHostedZoneProps{ZoneName: jsii.String("company.com")})
	verified := cdktest.StackIn(awscdk.App_Of(stack), "Verified", cdktest.Account)
	provider := newProvider(stack, "Pricing", jsii.String(privateDnsName))
	v := dnsverification.NewVerification(verified, jsii.String("Verification"), &P{Service: provider, HostedZone: zone})
	if provider.PrivateDnsVerification() != constructs.IConstruct(v.Resource()) {
		t.Error("the provider does not know what verifies its name")
	}
	template := cdktest.SynthTemplate(t, verified)
	for _, kind := range []string{typeRecord, typeFunction, typeResource} {
		template.Only(t, kind)
	}
	if got := template.OfType(typeService); len(got) > 0 {
		t.Errorf("services %v in the stack of the verification", got)
	}
}

// The attributes are those of the resources, for records of one's own.
func TestAttributes(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	v := verify(stack)
	awscdk.NewCfnOutput(stack, jsii.String("Name"), &awscdk.CfnOutputProps{Value: v.TxtName()})
	awscdk.NewCfnOutput(stack, jsii.String("Value"), &awscdk.CfnOutputProps{Value: v.TxtValue()})
	if v.Record() == nil || v.Function() == nil || v.LogGroup() == nil || v.Resource() == nil {
		t.Error("a resource is nil")
	}
	template := cdktest.SynthTemplate(t, stack)
	service, _ := template.Only(t, typeService)
	for output, want := range map[string]any{
		"Name":  join(cdktest.GetAtt(service, "PrivateDnsNameConfiguration.Name"), "."+privateDnsName),
		"Value": cdktest.GetAtt(service, "PrivateDnsNameConfiguration.Value"),
	} {
		if got := template.Outputs[output].(props)["Value"]; !cdktest.Contains(got, want) {
			t.Errorf("%s = %v, want %v", output, got, want)
		}
	}
}
