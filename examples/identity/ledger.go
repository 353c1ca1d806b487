package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecr"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

const (
	taskPort = 8080
	issuer   = "https://login.company.com"
)

// ledger is what the three ways share.
type ledger struct {
	stack        awscdk.Stack
	vpc          awsec2.Vpc
	cluster      awsecs.Cluster
	certificates *[]elbv2.IListenerCertificate
}

// NewLedgerStack defines the API, in the account that owns it.
func NewLedgerStack(app awscdk.App) {
	stack := awscdk.NewStack(app, jsii.String("IdentityLedger"), &awscdk.StackProps{Env: ledgerEnv})
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
	certificateArn := parameter(stack, "CertificateArn")
	l := &ledger{
		stack: stack, vpc: vpc, cluster: awsecs.NewCluster(stack, jsii.String("Cluster"), &awsecs.ClusterProps{Vpc: vpc}),
		certificates: &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(certificateArn)},
	}
	l.verify()
	l.passThrough()
	l.tokens()
}

// verify lets the ALB reject clients without a certificate of the trust store. The task gets the subject.
func (l *ledger) verify() {
	provider := l.newProvider("Verified", verifiedDomain, &elbv2.MutualAuthentication{
		MutualAuthenticationMode: elbv2.MutualAuthenticationMode_VERIFY,
		TrustStore:               elbv2.TrustStore_FromTrustStoreArn(l.stack, jsii.String("TrustStore"), parameter(l.stack, "TrustStoreArn")),
	})
	provider.AddRoute(jsii.String("All"), l.route("VerifiedTask", map[string]*string{
		"IDENTITY": jsii.String("verify"), "CALLERS": jsii.String("CN=checkout,O=Company"),
	}))
}

// passThrough lets every client in that has a certificate, of whomever. The task gets the chain, and verifies it.
func (l *ledger) passThrough() {
	provider := l.newProvider("Presented", presentedDomain, &elbv2.MutualAuthentication{
		MutualAuthenticationMode: elbv2.MutualAuthenticationMode_PASS_THROUGH,
	})
	provider.AddRoute(jsii.String("All"), l.route("PresentedTask", map[string]*string{
		"IDENTITY": jsii.String("passthrough"), "CLIENT_CA": parameter(l.stack, "ClientCa"),
	}))
}

// tokens lets the ALB reject requests without a valid token for the API. The task gets the token. The ALB fetches the keys of the issuer from
// the internet, through the NAT gateways of the VPC.
func (l *ledger) tokens() {
	route := l.route("TokenTask", map[string]*string{"IDENTITY": jsii.String("token"), "ISSUER": jsii.String(issuer)})
	route.JwtIssuer, route.JwtJwksEndpoint, route.JwksPeer = jsii.String(issuer), jsii.String(issuer+"/.well-known/jwks.json"), awsec2.Peer_AnyIpv4()
	route.JwtAdditionalClaims = &[]*elbv2.CfnListenerRule_JwtValidationActionAdditionalClaimProperty{
		{Name: jsii.String("aud"), Format: jsii.String("single-string"), Values: jsii.Strings("https://" + tokenDomain)},
	}
	l.newProvider("Token", tokenDomain, nil).AddRoute(jsii.String("All"), route)
}

func (l *ledger) newProvider(id, domain string, authentication *elbv2.MutualAuthentication) privateapi.PrivateApiProvider {
	provider := privateapi.NewPrivateApiProvider(l.stack, jsii.String(id), &privateapi.PrivateApiProviderProps{
		Vpc: l.vpc, DomainNames: jsii.Strings(domain), Certificates: l.certificates, MutualAuthentication: authentication,
		AllowedAccounts: &[]*string{checkoutEnv.Account},
	})
	awscdk.NewCfnOutput(l.stack, jsii.String(id+"ServiceName"), &awscdk.CfnOutputProps{Value: provider.ServiceName()})
	return provider
}

// route leads all requests to a service of its own, which knows callers in one way alone.
func (l *ledger) route(id string, environment map[string]*string) *privateapi.RouteOptions {
	task := awsecs.NewFargateTaskDefinition(l.stack, jsii.String(id), nil)
	task.AddContainer(jsii.String("task"), &awsecs.ContainerDefinitionOptions{
		Image:        awsecs.ContainerImage_FromEcrRepository(awsecr.Repository_FromRepositoryName(l.stack, jsii.String(id+"Repository"), jsii.String("ledger/task")), jsii.String("v1")),
		PortMappings: &[]*awsecs.PortMapping{{ContainerPort: jsii.Number(taskPort)}},
		Environment:  &environment,
		Logging:      awsecs.LogDrivers_AwsLogs(&awsecs.AwsLogDriverProps{StreamPrefix: jsii.String("task")}),
	})
	service := awsecs.NewFargateService(l.stack, jsii.String(id+"s"), &awsecs.FargateServiceProps{
		Cluster: l.cluster, TaskDefinition: task, MinHealthyPercent: jsii.Number(100),
		CircuitBreaker: &awsecs.DeploymentCircuitBreaker{Rollback: jsii.Bool(true)},
	})
	return &privateapi.RouteOptions{
		PathPatterns: jsii.Strings("/*"),
		Targets:      &[]elbv2.IApplicationLoadBalancerTarget{service},
		Port:         jsii.Number(taskPort),
		HealthCheck:  &elbv2.HealthCheck{Path: jsii.String("/health")},
	}
}

func parameter(stack awscdk.Stack, id string) *string {
	return awscdk.NewCfnParameter(stack, jsii.String(id), nil).ValueAsString()
}
