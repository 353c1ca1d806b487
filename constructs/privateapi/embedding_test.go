package privateapi_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// ownedProvider is a provider as a team may wrap it: with something of its own.
type ownedProvider struct {
	privateapi.PrivateApiProvider
	owner string
}

var _ privateapi.IPrivateLinkService = ownedProvider{}

// A struct that embeds a provider connects its consumers as the bare provider does. Each case is something that a
// consumer can only know from a provider of its own app.
func TestStructsThatEmbedAProvider(t *testing.T) {
	defer cdktest.Recover(t)
	for name, tc := range map[string]struct {
		edit     func(*privateapi.PrivateApiProviderProps)
		consumer func(providerStack awscdk.Stack) awscdk.Stack
		mode     privateapi.DnsMode
		want     string // in what is refused, or in the resources of the consumer's stack
	}{
		"the endpoint waits for the permissions": {
			consumer: func(providerStack awscdk.Stack) awscdk.Stack { return providerStack },
			want:     "AWS::EC2::VPCEndpoint waits for AWS::EC2::VPCEndpointServicePermissions",
		},
		"the account of the consumer must be allowed": {
			consumer: func(providerStack awscdk.Stack) awscdk.Stack {
				return cdktest.StackIn(awscdk.App_Of(providerStack), "Consumer", "999999999999")
			},
			want: rules.ConsumerAllowed.ID,
		},
		"the consumer must be in the same stage": {
			consumer: func(providerStack awscdk.Stack) awscdk.Stack {
				stage := awscdk.NewStage(awscdk.App_Of(providerStack), jsii.String("Prod"), nil)
				return awscdk.NewStack(stage, jsii.String("Consumer"), nil)
			},
			want: rules.CrossStage.ID,
		},
		"the Region of the consumer must be supported": {
			consumer: func(providerStack awscdk.Stack) awscdk.Stack {
				return awscdk.NewStack(awscdk.App_Of(providerStack), jsii.String("Consumer"), &awscdk.StackProps{
					Env: &awscdk.Environment{Account: jsii.String(cdktest.Account), Region: jsii.String("us-east-1")},
				})
			},
			want: rules.ServiceRegion.ID,
		},
		"the zones of the endpoint must be zones of the service": {
			edit: func(p *privateapi.PrivateApiProviderProps) {
				p.Vpc = vpcOf(p.Vpc.Stack(), "Elsewhere", "eu-west-1b", "eu-west-1c")
			},
			consumer: func(providerStack awscdk.Stack) awscdk.Stack { return providerStack },
			want:     rules.ZoneOfService.ID,
		},
		"private DNS of a provider of the app is not verified yet": {
			edit: func(p *privateapi.PrivateApiProviderProps) {
				p.PrivateDnsName, p.DomainNames = jsii.String(domain), jsii.Strings(domain)
			},
			consumer: func(providerStack awscdk.Stack) awscdk.Stack { return providerStack },
			mode:     privateapi.DnsMode_PRIVATE_DNS,
			want:     rules.PrivateDnsUnverified.ID,
		},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			outcome := func(wrap func(privateapi.PrivateApiProvider) privateapi.IPrivateApiService) string {
				providerStack := cdktest.Stack(t)
				provider := newProvider(providerStack, tc.edit)
				return outcomeOf(t, tc.consumer(providerStack), wrap(provider), tc.mode)
			}
			bare := outcome(func(p privateapi.PrivateApiProvider) privateapi.IPrivateApiService { return p })
			embedded := outcome(func(p privateapi.PrivateApiProvider) privateapi.IPrivateApiService {
				return ownedProvider{PrivateApiProvider: p, owner: "pricing"}
			})
			if !strings.Contains(bare, tc.want) {
				t.Errorf("the bare provider gives\n%s\nwant it to contain %q", bare, tc.want)
			}
			if embedded != bare {
				t.Errorf("a struct that embeds a provider gives\n%s\nand the bare one\n%s", embedded, bare)
			}
		})
	}
}

// outcomeOf defines a consumer and synthesises. It returns what is refused; else what the endpoint waits for, and the
// warnings.
func outcomeOf(t *testing.T, stack awscdk.Stack, service privateapi.IPrivateApiService, mode privateapi.DnsMode) (outcome string) {
	t.Helper()
	defer func() {
		if refused := recover(); refused != nil {
			outcome = fmt.Sprint(refused)
		}
	}()
	privateapi.NewPrivateApiConsumer(stack, jsii.String("Checkout"), &privateapi.PrivateApiConsumerProps{
		Vpc: vpcOf(stack, "ConsumerVpc", "eu-west-1a", "eu-west-1b"), Service: service, DnsMode: mode,
	})
	awscdk.App_Of(stack).Synth(nil)
	assembly := cdktest.Synth(t, stack)
	template := assembly.Template(t, *stack.StackName())
	_, endpoint := template.Only(t, typeEndpoint)
	for _, id := range endpoint.DependsOn {
		outcome += fmt.Sprintf("%s waits for %s\n", typeEndpoint, template.Resources[id].Type)
	}
	return outcome + assembly.Manifest(t)
}
