package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

const (
	domain   = "api.pricing.internal.company.com"
	checkout = "111111111111"
	reports  = "333333333333"
)

// worked is the example with what a request of Checkout passes, by logical ID, found by following references from hop to
// hop.
type worked struct {
	example
	clientGroup             string
	endpoint, endpointGroup string
	offer                   string
	nlb, nlbGroup           string
	nlbListener, albTargets string
	alb, albGroup           string
	albListener             string
}

func follow(t *testing.T, e example) worked {
	t.Helper()
	w := worked{example: e}
	_, client := e.checkout.theOnly(t, typeService)
	w.clientGroup = taskGroup(t, client)
	w.endpoint = e.checkout.has(t, typeEndpoint, map[string]any{"ServiceName": ref("PricingServiceName")})
	w.endpointGroup = only(t, e.checkout.Resources[w.endpoint].Properties["SecurityGroupIds"])

	id, offer := e.pricing.theOnly(t, typeOffer)
	w.offer, w.nlb = id, only(t, offer.Properties["NetworkLoadBalancerArns"])
	w.nlbGroup = only(t, w.pricingProperty(w.nlb, "SecurityGroups"))
	w.nlbListener = e.pricing.has(t, typeListener, map[string]any{"LoadBalancerArn": ref(w.nlb)})
	w.albTargets = target(t, at(w.pricingProperty(w.nlbListener, "DefaultActions"), 0, "TargetGroupArn"))
	w.alb = target(t, at(w.pricingProperty(w.albTargets, "Targets"), 0, "Id"))
	w.albGroup = only(t, w.pricingProperty(w.alb, "SecurityGroups"))
	w.albListener = e.pricing.has(t, typeListener, map[string]any{"LoadBalancerArn": ref(w.alb)})
	return w
}

func (w worked) pricingProperty(id, property string) any {
	return w.pricing.Resources[id].Properties[property]
}

// TestWorkedConnect reads, in the templates of both teams, every step of a call from Checkout to Pricing, in the order
// in which the teams and then the request take them.
func TestWorkedConnect(t *testing.T) {
	defer failOnPanic(t)
	w := follow(t, synth(t, nil))
	for _, step := range []struct {
		name  string
		check func(*testing.T)
	}{
		{"Pricing lists the account of Checkout, and no other", w.principalListed},
		{"Pricing does not ask for acceptance", w.acceptanceOff},
		{"the endpoint connects to the service name that Pricing hands over", w.serviceNameFits},
		{"the name of the API is a private zone of that very name in the VPC of the client", w.zoneInVpc},
		{"the name leads to the endpoint", w.aliasToEndpoint},
		{"the client reaches the endpoint on 443, and nobody else does", w.clientToEndpoint},
		{"the port of the endpoint is the port of the NLB", w.onePortToNlb},
		{"the NLB forwards TCP to the port on which the ALB listens", w.onePortToAlb},
		{"the NLB reaches the ALB, and nobody else does", w.nlbToAlb},
		{"TLS ends on the ALB", w.tlsOnAlb},
		{"the ALB sends /v1/* to the tasks of v1, which take it on 8080", func(t *testing.T) { w.albToTasks(t, "v1") }},
		{"the ALB sends /v2/* to the tasks of v2, which take it on 8080", func(t *testing.T) { w.albToTasks(t, "v2") }},
		{"nothing of Pricing is on the internet", func(t *testing.T) { wantNoInternet(t, w.pricing) }},
		{"nothing of Checkout is on the internet", func(t *testing.T) { wantNoInternet(t, w.checkout) }},
	} {
		run(t, step.name, step.check)
	}
}

func (w worked) principalListed(t *testing.T) {
	_, permissions := w.pricing.theOnly(t, typePermissions)
	if got := target(t, permissions.Properties["ServiceId"]); got != w.offer {
		t.Errorf("the permissions are those of %s, want %s", got, w.offer)
	}
	principals, _ := permissions.Properties["AllowedPrincipals"].([]any)
	if len(principals) != 1 || !allows(t, w.pricing, checkout) {
		t.Errorf("allowed are %v, want the root of %s alone", principals, checkout)
	}
}

func (w worked) acceptanceOff(t *testing.T) {
	if got := w.pricingProperty(w.offer, "AcceptanceRequired"); got != false {
		t.Errorf("AcceptanceRequired is %v, want false", got)
	}
	if got := answer(t, w.pricing, checkout); got != available {
		t.Errorf("EC2 answers %s, want %s", got, available)
	}
}

func (w worked) serviceNameFits(t *testing.T) {
	pattern := serviceNamePattern(t, w.dir)
	name := outputServiceName(t, w.pricing, w.offer)
	if !pattern.MatchString(name) {
		t.Errorf("the parameter of Checkout refuses %s, the form of the output of Pricing", name)
	}
	for _, wrong := range []string{
		name[strings.LastIndex(name, ".")+1:],
		strings.Replace(name, "eu-west-1", "us-east-1", 1),
		strings.Replace(name, "com.", "com-", 1),
		"com.amazonaws.vpce.eu-west-1.pricing-svc",
		name + ".",
	} {
		if pattern.MatchString(wrong) {
			t.Errorf("the parameter of Checkout accepts %s", wrong)
		}
	}
}

func (w worked) zoneInVpc(t *testing.T) {
	vpc := w.checkout.has(t, typeVpc, map[string]any{"EnableDnsHostnames": true, "EnableDnsSupport": true})
	endpoint := w.checkout.Resources[w.endpoint].Properties
	if want := (map[string]any{"VpcId": ref(vpc), "PrivateDnsEnabled": false}); !contains(endpoint, want) {
		t.Errorf("the endpoint is %v, want %v", endpoint, want)
	}
	_, zone := w.checkout.theOnly(t, typeZone)
	vpcs := []any{map[string]any{"VPCId": ref(vpc), "VPCRegion": "eu-west-1"}}
	if want := (map[string]any{"Name": domain + ".", "VPCs": vpcs}); !contains(zone.Properties, want) {
		t.Errorf("the zone is %v, want %v", zone.Properties, want)
	}
	_, task := w.checkout.theOnly(t, typeTask)
	want := []any{map[string]any{"Name": "PRICING_URL", "Value": "https://" + domain}}
	if got := at(task.Properties, "ContainerDefinitions", 0, "Environment"); !contains(got, want) {
		t.Errorf("the client has the environment %v, want %v", got, want)
	}
}

func (w worked) aliasToEndpoint(t *testing.T) {
	zone, _ := w.checkout.theOnly(t, typeZone)
	_, record := w.checkout.theOnly(t, typeRecord)
	first := map[string]any{"Fn::Select": []any{0, getAtt(w.endpoint, "DnsEntries")}}
	part := func(i int) any {
		return map[string]any{"Fn::Select": []any{i, map[string]any{"Fn::Split": []any{":", first}}}}
	}
	want := map[string]any{
		"HostedZoneId": ref(zone), "Name": domain, "Type": "A",
		"AliasTarget": map[string]any{"HostedZoneId": part(0), "DNSName": part(1)},
	}
	if !contains(record.Properties, want) {
		t.Errorf("the record is %v, want %v", record.Properties, want)
	}
}

func (w worked) clientToEndpoint(t *testing.T) {
	wantHop(t, w.checkout, w.clientGroup, w.endpointGroup, 443)
	wantRules(t, w.checkout, w.clientGroup, 0, 3) // out: the API; ECR and CloudWatch Logs; S3
	wantRules(t, w.checkout, w.endpointGroup, 1, 1)
	nothing := []any{map[string]any{"CidrIp": "255.255.255.255/32"}}
	if got := w.checkout.Resources[w.endpointGroup].Properties["SecurityGroupEgress"]; !contains(got, nothing) {
		t.Errorf("the endpoint may send to %v, want nobody", got)
	}
}

func (w worked) onePortToNlb(t *testing.T) {
	wantHop(t, w.checkout, w.clientGroup, w.endpointGroup, w.pricingProperty(w.nlbListener, "Port"))
}

func (w worked) onePortToAlb(t *testing.T) {
	port := w.pricingProperty(w.albListener, "Port")
	for id, want := range map[string]map[string]any{
		w.nlb:         {"Type": "network", "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic": "off"},
		w.nlbListener: {"Protocol": "TCP", "Certificates": nil},
		w.albTargets: {
			"TargetType": "alb", "Protocol": "TCP", "Port": port, "TargetGroupAttributes": nil,
			"Targets": []any{map[string]any{"Id": ref(w.alb), "Port": port}},
		},
		w.alb: {"Type": "application"},
	} {
		if got := w.pricing.Resources[id].Properties; !contains(got, want) {
			t.Errorf("%s is %v, want %v", id, got, want)
		}
	}
	if got := w.pricing.Resources[w.albTargets].DependsOn; !slices.Contains(got, w.albListener) {
		t.Errorf("the target group waits for %v, want %s: ELB registers an ALB only while it listens", got, w.albListener)
	}
}

func (w worked) nlbToAlb(t *testing.T) {
	wantHop(t, w.pricing, w.nlbGroup, w.albGroup, w.pricingProperty(w.albListener, "Port"))
	wantRules(t, w.pricing, w.nlbGroup, 0, 1)
	wantRules(t, w.pricing, w.albGroup, 1, 2) // out: the tasks of both versions
}

func (w worked) tlsOnAlb(t *testing.T) {
	certificates := []any{map[string]any{"CertificateArn": defaults["pricingCertificateArn"]}}
	want := map[string]any{"Protocol": "HTTPS", "Certificates": certificates}
	if got := w.pricing.Resources[w.albListener].Properties; !contains(got, want) {
		t.Errorf("the listener of the ALB is %v, want %v", got, want)
	}
}

func (w worked) albToTasks(t *testing.T, version string) {
	paths := map[string]any{"Field": "path-pattern", "PathPatternConfig": map[string]any{"Values": []any{"/" + version + "/*"}}}
	rule := w.pricing.has(t, typeRule, map[string]any{
		"ListenerArn": ref(w.albListener),
		"Conditions":  []any{paths},
		"Actions":     []any{map[string]any{"Type": "forward"}},
	})
	targets := target(t, at(w.pricingProperty(rule, "Actions"), 0, "TargetGroupArn"))
	want := map[string]any{"TargetType": "ip", "Protocol": "HTTP", "HealthCheckPath": "/health"}
	if got := w.pricing.Resources[targets].Properties; !contains(got, want) {
		t.Errorf("the target group of %s is %v, want %v", version, got, want)
	}
	service := w.pricing.Resources[w.pricing.has(t, typeService, map[string]any{
		"LoadBalancers": []any{map[string]any{"TargetGroupArn": ref(targets), "ContainerPort": 8080}},
	})]
	task := w.pricing.Resources[target(t, service.Properties["TaskDefinition"])].Properties
	image, _ := at(task, "ContainerDefinitions", 0, "Image", "Fn::Join", 1, 2).(string)
	if image != "/pricing-api:"+version {
		t.Errorf("the tasks of %s run %v", version, at(task, "ContainerDefinitions", 0, "Image"))
	}
	tasks := taskGroup(t, service)
	wantHop(t, w.pricing, w.albGroup, tasks, 8080)
	wantRules(t, w.pricing, tasks, 1, 2) // out: ECR and CloudWatch Logs; S3
}

// TestWorkedFailure shows the two gates of an endpoint service, which are independent of each other. An account that is
// not listed never waits to be accepted: it does not see the service at all.
func TestWorkedFailure(t *testing.T) {
	defer failOnPanic(t)
	for _, tc := range []struct {
		name       string
		acceptance bool
		account    string
		want       string
	}{
		{"listed, no acceptance: connected", false, checkout, available},
		{"listed, acceptance: the endpoint waits", true, checkout, pendingAcceptance},
		{"not listed, no acceptance: no such service", false, reports, invalidServiceName},
		{"not listed, acceptance: no such service, and nothing waits", true, reports, invalidServiceName},
	} {
		run(t, tc.name, func(t *testing.T) {
			if got := answer(t, pricingWith(t, tc.acceptance), tc.account); got != tc.want {
				t.Errorf("EC2 answers %s, want %s", got, tc.want)
			}
		})
	}
	run(t, "an endpoint that waits can have a hosted zone", func(t *testing.T) {
		stack := newStack(newApp(t, cdkContext(t)), "Reports", reports)
		newWaitingConsumer(stack, "")
		template := synthTemplate(t, stack)
		template.has(t, typeEndpoint, map[string]any{"ServiceName": ref("PricingServiceName"), "PrivateDnsEnabled": false})
		template.theOnly(t, typeZone)
	})
	run(t, "an endpoint that waits cannot have private DNS", func(t *testing.T) {
		stack := newStack(newApp(t, cdkContext(t)), "Reports", reports)
		message := panicOf(func() { newWaitingConsumer(stack, privateapi.DnsMode_PRIVATE_DNS) })
		for _, want := range []string{
			"Reports/Pricing: 1 problem\n",
			"[privateapi:privateDnsAcceptance]",
			"Private DNS can only be enabled after the endpoint connection is accepted",
		} {
			if !strings.Contains(message, want) {
				t.Errorf("panicked with\n%s\nwant it to contain\n%s", message, want)
			}
		}
	})
}

// pricingWith returns the template of a provider that lists Checkout alone, with acceptance or without.
func pricingWith(t *testing.T, acceptance bool) template {
	t.Helper()
	stack := newStack(newApp(t, cdkContext(t)), "Pricing", defaults["pricingAccount"])
	certificate := elbv2.ListenerCertificate_FromArn(jsii.String(defaults["pricingCertificateArn"]))
	account := awsiam.NewAccountPrincipal(jsii.String(checkout))
	privateapi.NewPrivateApiProvider(stack, jsii.String("PrivateApi"), &privateapi.PrivateApiProviderProps{
		Vpc:                newPlatform(stack, settings(stack, "pricingAvailabilityZones")).vpc,
		DomainNames:        jsii.Strings(domain),
		Certificates:       &[]elbv2.IListenerCertificate{certificate},
		AllowedPrincipals:  &[]awsiam.ArnPrincipal{account},
		AcceptanceRequired: jsii.Bool(acceptance),
	})
	return synthTemplate(t, stack)
}

// newWaitingConsumer defines a consumer of a service whose owner accepts each connection by hand.
func newWaitingConsumer(stack awscdk.Stack, mode privateapi.DnsMode) {
	platform := newPlatform(stack, settings(stack, "checkoutAvailabilityZones"))
	name := awscdk.NewCfnParameter(stack, jsii.String("PricingServiceName"), nil)
	privateapi.NewPrivateApiConsumer(stack, jsii.String("Pricing"), &privateapi.PrivateApiConsumerProps{
		Vpc:     platform.vpc,
		DnsMode: mode,
		Clients: &[]awsec2.IConnectable{platform.newService("Reports", container{repository: "reports-api", tag: "v1"})},
		Service: privateapi.PrivateApiService_FromAttributes(stack, jsii.String("PricingService"), &privateapi.PrivateApiServiceAttributes{
			ServiceName:        name.ValueAsString(),
			DomainNames:        jsii.Strings(domain),
			AcceptanceRequired: jsii.Bool(true),
			ProvidesPrivateDns: jsii.Bool(true),
		}),
	})
}
