package publicapi

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

const (
	webACLType  = "AWS::WAFv2::WebACL"
	ipSetType   = "AWS::WAFv2::IPSet"
	ingressType = "AWS::EC2::SecurityGroupIngress"
	recordType  = "AWS::Route53::RecordSet"
	ruleType    = "AWS::ElasticLoadBalancingV2::ListenerRule"
	albType     = "AWS::ElasticLoadBalancingV2::LoadBalancer"
)

var (
	attached = stage{networkBlocks: *jsii.Strings("10.1.1.0/24", "10.1.2.0/24"), healthCheck: &elbv2.HealthCheck{}}
	closed   = stage{networkBlocks: attached.networkBlocks, healthCheck: attached.healthCheck, isClosed: true}
)

// at defines an API at a stage, and returns its template and the metadata of its construct.
func at(t *testing.T, s stage, edit func(*ApiProps)) (template cdktest.Template, manifest string) {
	t.Helper()
	stack := cdktest.StackIn(cdktest.App(t, nil), "Stage", cdktest.Account)
	p := &ApiProps{
		Vpc: awsec2.Vpc_FromVpcAttributes(stack, jsii.String("Vpc"), &awsec2.VpcAttributes{
			VpcId: jsii.String("vpc-0123456789abcdef0"), AvailabilityZones: jsii.Strings("eu-west-1a", "eu-west-1b"), PublicSubnetIds: jsii.Strings("subnet-a", "subnet-b"),
		}),
		DomainNames: jsii.Strings("api.pricing.company.com"),
		HostedZone: awsroute53.HostedZone_FromHostedZoneAttributes(stack, jsii.String("Zone"), &awsroute53.HostedZoneAttributes{
			HostedZoneId: jsii.String("Z0123456789ABCDEFGHIJ"), ZoneName: jsii.String("company.com"),
		}),
		Certificates:   &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(jsii.String("arn:aws:acm:eu-west-1:222222222222:certificate/01234567-89ab-cdef-0123-456789abcdef"))},
		AllowedClients: &[]*AllowedClient{{Name: jsii.String("Checkout"), CidrBlocks: jsii.Strings("203.0.113.7/32")}},
	}
	if edit != nil {
		edit(p)
	}
	cdktest.Check(t, func() { newApi(stack, jsii.String("Pricing"), p, s) })
	assembly := cdktest.Synth(t, stack)
	return assembly.Template(t, "Stage"), assembly.Manifest(t)
}

// The first phase of a migration adds what lets the NLB in, and changes nothing else.
func TestAttached(t *testing.T) {
	defer cdktest.Recover(t)
	before, _ := at(t, stage{}, nil)
	after, _ := at(t, attached, nil)
	for id, resource := range before.Resources {
		if resource.Type != webACLType && !reflect.DeepEqual(resource, after.Resources[id]) {
			t.Errorf("%s %s changes", resource.Type, id)
		}
	}
	var added []string
	for id, resource := range after.Resources {
		if _, isThere := before.Resources[id]; !isThere {
			added = append(added, resource.Type)
		}
	}
	slices.Sort(added)
	if want := []string{ruleType, ipSetType}; !slices.Equal(added, want) {
		t.Errorf("added %v, want %v", added, want)
	}
	set := after.Has(t, ipSetType, map[string]any{"Addresses": []any{"10.1.1.0/24", "10.1.2.0/24"}})
	wantRules(t, after, "Block", "Checkout", rules.PrivateLinkClient)
	_, acl := after.Only(t, webACLType)
	list := acl.Properties["Rules"].([]any)
	want := map[string]any{"Action": map[string]any{"Allow": map[string]any{}}, "Statement": map[string]any{"IPSetReferenceStatement": map[string]any{"Arn": cdktest.GetAtt(set, "Arn")}}}
	if last := list[len(list)-1]; !cdktest.Contains(last, want) {
		t.Errorf("last rule = %v, want %v", last, want)
	}
	after.Has(t, ruleType, map[string]any{"Priority": 1, "Actions": []any{map[string]any{"Type": "fixed-response"}}})
}

// wantRules checks what follows the managed rule groups of the web ACL, and its default action.
func wantRules(t *testing.T, template cdktest.Template, otherwise string, clients ...string) {
	t.Helper()
	_, acl := template.Only(t, webACLType)
	var names []string
	for _, rule := range acl.Properties["Rules"].([]any) {
		if name := rule.(map[string]any)["Name"].(string); !strings.HasPrefix(name, "AWSManagedRules") {
			names = append(names, name)
		}
	}
	action := slices.Collect(maps.Keys(acl.Properties["DefaultAction"].(map[string]any)))
	if !slices.Equal(names, clients) || !slices.Equal(action, []string{otherwise}) {
		t.Errorf("rules %v, default %v, want %v and %s", names, action, clients, otherwise)
	}
}

// A listener that rejects clients without a certificate gets one beside it for the NLB's health checks, which no client reaches.
func TestAttachedWithClientCertificates(t *testing.T) {
	defer cdktest.Recover(t)
	template, _ := at(t, attached, func(p *ApiProps) {
		p.MutualAuthentication = &elbv2.MutualAuthentication{
			MutualAuthenticationMode: elbv2.MutualAuthenticationMode_VERIFY,
			TrustStore: elbv2.TrustStore_FromTrustStoreArn(p.Vpc.Stack(), jsii.String("TrustStore"),
				jsii.String("arn:aws:elasticloadbalancing:eu-west-1:222222222222:truststore/clients/0123456789abcdef")),
		}
	})
	template.Has(t, "AWS::ElasticLoadBalancingV2::Listener", map[string]any{"Port": 8080, "Protocol": "HTTP"})
	if ingress := template.Find(ingressType, map[string]any{"FromPort": 8080}); len(ingress) > 0 {
		t.Errorf("%v lets clients reach the health check", ingress)
	}
}

// An API without an allow-list needs no entry for the NLB.
func TestAttachedForEveryone(t *testing.T) {
	defer cdktest.Recover(t)
	template, _ := at(t, attached, everyoneIn)
	wantRules(t, template, "Allow")
	if n := len(template.OfType(ipSetType)); n > 0 {
		t.Errorf("%d IP sets, want none", n)
	}
}

func everyoneIn(p *ApiProps) { p.AllowedClients, p.AllowEveryone = nil, jsii.Bool(true) }

// A closed API lets nobody from the internet in, whoever was a client, and can be deleted.
func TestClosed(t *testing.T) {
	defer cdktest.Recover(t)
	for name, edit := range map[string]func(*ApiProps){"named clients": nil, "everyone": everyoneIn} {
		cdktest.Run(t, name, func(t *testing.T) {
			template, _ := at(t, closed, edit)
			wantRules(t, template, "Block", rules.PrivateLinkClient)
			for _, gone := range []string{ingressType, recordType} {
				if left := template.OfType(gone); len(left) > 0 {
					t.Errorf("%v are left", left)
				}
			}
			_, alb := template.Only(t, albType)
			if !slices.ContainsFunc(alb.Properties["LoadBalancerAttributes"].([]any), isUnprotected) {
				t.Errorf("attributes = %v, want no protection from deletion", alb.Properties["LoadBalancerAttributes"])
			}
		})
	}
}

func isUnprotected(attribute any) bool {
	return cdktest.Contains(attribute, map[string]any{"Key": "deletion_protection.enabled", "Value": "false"})
}

// Nobody but its owner knows whether a web ACL lets the NLB in.
func TestAttachedBehindAWebACLOfTheCaller(t *testing.T) {
	defer cdktest.Recover(t)
	_, manifest := at(t, attached, func(p *ApiProps) {
		p.WebAclArn = jsii.String("arn:aws:wafv2:eu-west-1:222222222222:regional/webacl/pricing/01234567-89ab-cdef-0123-456789abcdef")
	})
	if want := "[ack: " + rules.PublicWebAclPrivateLink.ID + "]"; !strings.Contains(manifest, want) {
		t.Errorf("annotations = %s, want %s", manifest, want)
	}
}
