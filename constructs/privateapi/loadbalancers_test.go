package privateapi_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscertificatemanager"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

func balancer(t *testing.T, template cdktest.Template, kind string) (string, cdktest.Resource) {
	t.Helper()
	id := template.Has(t, typeBalancer, props{"Type": kind})
	return id, template.Resources[id]
}

func groupOf(t *testing.T, balancer cdktest.Resource) string {
	t.Helper()
	groups, ok := balancer.Properties["SecurityGroups"].([]any)
	if !ok || len(groups) != 1 {
		t.Fatalf("SecurityGroups = %v, want one", balancer.Properties["SecurityGroups"])
	}
	return referencesOf(groups)[0]
}

// groupRef returns how the template refers to the security group of a load balancer.
func groupRef(t *testing.T, balancer cdktest.Resource) any {
	t.Helper()
	groupOf(t, balancer)
	return balancer.Properties["SecurityGroups"].([]any)[0]
}

func TestProviderNetworkLoadBalancer(t *testing.T) {
	defer cdktest.Recover(t)
	template := providerTemplate(t)
	id, nlb := balancer(t, template, "network")

	cdktest.Run(t, "is internal, in both zones", func(t *testing.T) {
		want := props{"Scheme": "internal", "Subnets": []any{subnetID("Vpc", "eu-west-1a"), subnetID("Vpc", "eu-west-1b")}, "Name": cdktest.Absent}
		if !cdktest.Contains(nlb.Properties, want) {
			t.Errorf("NLB = %v, want %v", nlb.Properties, want)
		}
	})
	cdktest.Run(t, "has a security group from the start, whose rules PrivateLink bypasses", func(t *testing.T) {
		if got := nlb.Properties["EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic"]; got != "off" {
			t.Errorf("enforcement = %v, want off", got)
		}
		if got := template.Resources[groupOf(t, nlb)].Properties["SecurityGroupIngress"]; got != nil {
			t.Errorf("inline ingress = %v, want none", got)
		}
		if got := template.Find(typeIngress, props{"GroupId": groupRef(t, nlb)}); got != nil {
			t.Errorf("ingress = %v, want none", got)
		}
	})
	cdktest.Run(t, "sends to the ALB only, on one port", func(t *testing.T) {
		_, alb := balancer(t, template, "application")
		template.Has(t, typeEgress, props{
			"GroupId": groupRef(t, nlb), "DestinationSecurityGroupId": groupRef(t, alb),
			"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443,
		})
		if got := len(template.OfType(typeEgress)); got != 1 {
			t.Errorf("%d egress rules, want 1", got)
		}
	})
	cdktest.Run(t, "is protected from deletion and stays in its zone", func(t *testing.T) {
		wantAttributes(t, nlb, map[string]string{"deletion_protection.enabled": "true", "load_balancing.cross_zone.enabled": "false"})
	})
	cdktest.Run(t, "forwards TCP to the ALB, after the ALB listens and answers health checks", func(t *testing.T) {
		albID, _ := balancer(t, template, "application")
		listener := template.Has(t, typeListener, props{"LoadBalancerArn": cdktest.Ref(albID)})
		rule, _ := template.Only(t, typeRule)
		group, resource := template.Only(t, typeTargets)
		template.Has(t, typeTargets, props{
			"TargetType": "alb", "Protocol": "TCP", "Port": 443, "Targets": []any{target(cdktest.Ref(albID), 443)},
			"HealthCheckProtocol": "HTTPS", "HealthCheckPath": "/privateapi-health", "HealthCheckPort": "traffic-port",
			"TargetGroupAttributes": cdktest.Absent, "Name": cdktest.Absent,
		})
		if want := []string{rule, listener}; !slices.Equal(resource.DependsOn, want) {
			t.Errorf("the target group depends on %v, want %v", resource.DependsOn, want)
		}
		template.Has(t, typeListener, props{
			"LoadBalancerArn": cdktest.Ref(id), "Protocol": "TCP", "Port": 443, "Certificates": cdktest.Absent, "SslPolicy": cdktest.Absent,
			"DefaultActions": []any{map[string]any{"Type": "forward", "TargetGroupArn": cdktest.Ref(group)}},
		})
	})
}

func target(id any, port int) map[string]any { return map[string]any{"Id": id, "Port": port} }

func wantAttributes(t *testing.T, balancer cdktest.Resource, want map[string]string) {
	t.Helper()
	got := map[string]string{}
	for _, a := range balancer.Properties["LoadBalancerAttributes"].([]any) {
		attribute := a.(map[string]any)
		value, _ := attribute["Value"].(string)
		got[attribute["Key"].(string)] = value
	}
	for key, value := range want {
		if got[key] != value {
			t.Errorf("%s = %q, want %q", key, got[key], value)
		}
	}
}

func TestProviderLoadBalancer(t *testing.T) {
	defer cdktest.Recover(t)
	template := providerTemplate(t)
	id, alb := balancer(t, template, "application")

	cdktest.Run(t, "is internal and hardened", func(t *testing.T) {
		if got := alb.Properties["Scheme"]; got != "internal" {
			t.Errorf("Scheme = %v", got)
		}
		wantAttributes(t, alb, map[string]string{
			"deletion_protection.enabled": "true", "routing.http.drop_invalid_header_fields.enabled": "true",
			"routing.http.desync_mitigation_mode": "defensive",
		})
	})
	cdktest.Run(t, "allows traffic from the NLB only", func(t *testing.T) {
		_, nlb := balancer(t, template, "network")
		template.Has(t, typeIngress, props{
			"GroupId": groupRef(t, alb), "SourceSecurityGroupId": groupRef(t, nlb),
			"FromPort": 443, "ToPort": 443,
		})
		if got := len(template.OfType(typeIngress)); got != 1 {
			t.Errorf("%d ingress rules, want 1", got)
		}
		for _, group := range template.OfType(typeGroup) {
			if got := template.Resources[group].Properties["SecurityGroupIngress"]; got != nil {
				t.Errorf("%s has ingress %v", group, got)
			}
		}
	})
	cdktest.Run(t, "speaks TLS 1.3 and answers 404 by default", func(t *testing.T) {
		template.Has(t, typeListener, props{
			"LoadBalancerArn": cdktest.Ref(id), "Protocol": "HTTPS", "Port": 443, "SslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
			"Certificates":   []any{map[string]any{"CertificateArn": certificateArn}},
			"DefaultActions": []any{map[string]any{"Type": "fixed-response", "FixedResponseConfig": map[string]any{"StatusCode": "404"}}},
		})
	})
	cdktest.Run(t, "answers health checks for any host", func(t *testing.T) {
		_, rule := template.Only(t, typeRule)
		want := props{
			"Priority":   1,
			"Conditions": []any{map[string]any{"Field": "path-pattern", "PathPatternConfig": map[string]any{"Values": []any{"/privateapi-health"}}}},
			"Actions":    []any{map[string]any{"Type": "fixed-response", "FixedResponseConfig": map[string]any{"StatusCode": "200"}}},
		}
		if !cdktest.Contains(rule.Properties, want) {
			t.Errorf("rule = %v, want %v", rule.Properties, want)
		}
	})
}

func TestProviderEnforcesInboundRulesForConsumerCidrs(t *testing.T) {
	defer cdktest.Recover(t)
	template := providerTemplate(t, func(p *privateapi.PrivateApiProviderProps) {
		p.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic = jsii.Bool(true)
		p.ConsumerCidrs = jsii.Strings("10.1.0.0/16", "fd00::/64")
		p.SupportedIpAddressTypes = &[]awsec2.IpAddressType{awsec2.IpAddressType_IPV4, awsec2.IpAddressType_IPV6}
	})
	_, nlb := balancer(t, template, "network")
	if got := nlb.Properties["EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic"]; got != "on" {
		t.Errorf("enforcement = %v, want on", got)
	}
	want := props{"SecurityGroupIngress": []any{
		map[string]any{"CidrIp": "10.1.0.0/16", "FromPort": 443, "ToPort": 443}, map[string]any{"CidrIpv6": "fd00::/64", "FromPort": 443},
	}}
	if got := template.Resources[groupOf(t, nlb)].Properties; !cdktest.Contains(got, want) {
		t.Errorf("group = %v, want %v", got, want)
	}
}

func TestProviderPorts(t *testing.T) {
	defer cdktest.Recover(t)
	template := providerTemplate(t, func(p *privateapi.PrivateApiProviderProps) {
		p.Port, p.ListenerPort, p.TcpIdleTimeout = jsii.Number(8443), jsii.Number(9443), awscdk.Duration_Minutes(jsii.Number(10))
	})
	template.Has(t, typeListener, props{
		"Protocol": "TCP", "Port": 8443,
		"ListenerAttributes": []any{map[string]any{"Key": "tcp.idle_timeout.seconds", "Value": "600"}},
	})
	template.Has(t, typeListener, props{"Protocol": "HTTPS", "Port": 9443})
	template.Has(t, typeTargets, props{"TargetType": "alb", "Port": 9443})
	template.Has(t, typeEgress, props{"FromPort": 9443, "ToPort": 9443})
	template.Has(t, typeIngress, props{"FromPort": 9443, "ToPort": 9443})
}

func TestProviderMutualTLS(t *testing.T) {
	defer cdktest.Recover(t)
	template := providerTemplate(t, withTrustStore)
	alb, resource := balancer(t, template, "application")

	cdktest.Run(t, "asks clients for a certificate", func(t *testing.T) {
		template.Has(t, typeListener, props{"Protocol": "HTTPS", "MutualAuthentication": map[string]any{"Mode": "verify"}})
	})
	cdktest.Run(t, "answers health checks on a port that needs no client certificate", func(t *testing.T) {
		template.Has(t, typeListener, props{"LoadBalancerArn": cdktest.Ref(alb), "Protocol": "HTTP", "Port": 8080})
		template.Has(t, typeTargets, props{"TargetType": "alb", "Port": 443, "HealthCheckProtocol": "HTTP", "HealthCheckPort": "8080"})
		if got := template.OfType(typeRule); got != nil {
			t.Errorf("rules = %v, want none", got)
		}
	})
	cdktest.Run(t, "registers the ALB after both listeners exist", func(t *testing.T) {
		id := template.Has(t, typeTargets, props{"TargetType": "alb"})
		if got := len(template.Resources[id].DependsOn); got != 2 {
			t.Errorf("the target group depends on %v, want both listeners", template.Resources[id].DependsOn)
		}
	})
	cdktest.Run(t, "moves health checks if the port is taken", func(t *testing.T) {
		template := providerTemplate(t, withTrustStore, func(p *privateapi.PrivateApiProviderProps) { p.ListenerPort = jsii.Number(8080) })
		template.Has(t, typeTargets, props{"TargetType": "alb", "Port": 8080, "HealthCheckProtocol": "HTTP", "HealthCheckPort": "8081"})
		template.Has(t, typeListener, props{"Protocol": "HTTP", "Port": 8081})
	})
	cdktest.Run(t, "needs no second listener if certificates are passed through", func(t *testing.T) {
		template := providerTemplate(t, func(p *privateapi.PrivateApiProviderProps) {
			p.MutualAuthentication = &elbv2.MutualAuthentication{MutualAuthenticationMode: elbv2.MutualAuthenticationMode_PASS_THROUGH}
		})
		template.Has(t, typeTargets, props{"TargetType": "alb", "HealthCheckProtocol": "HTTPS", "HealthCheckPort": "traffic-port"})
	})
	cdktest.Run(t, "opens both ports to the NLB only", func(t *testing.T) {
		for _, port := range []int{443, 8080} {
			template.Has(t, typeIngress, props{"GroupId": groupRef(t, resource), "FromPort": port, "ToPort": port})
			template.Has(t, typeEgress, props{"FromPort": port, "ToPort": port})
		}
		if got := len(template.OfType(typeIngress)); got != 2 {
			t.Errorf("%d ingress rules, want 2", got)
		}
	})
}

func withTrustStore(p *privateapi.PrivateApiProviderProps) {
	store := elbv2.TrustStore_FromTrustStoreArn(p.Vpc.Stack(), jsii.String("TrustStore"),
		jsii.String("arn:aws:elasticloadbalancing:eu-west-1:222222222222:truststore/clients/0123456789abcdef"))
	p.MutualAuthentication = &elbv2.MutualAuthentication{
		MutualAuthenticationMode: elbv2.MutualAuthenticationMode_VERIFY, TrustStore: store,
	}
}

func TestProviderOptionsOfLoadBalancers(t *testing.T) {
	defer cdktest.Recover(t)
	template := providerTemplate(t, func(p *privateapi.PrivateApiProviderProps) {
		p.DeletionProtection, p.CrossZoneEnabled = jsii.Bool(false), jsii.Bool(true)
		p.SslPolicy = elbv2.SslPolicy_TLS13_13
		p.AccessLogsBucket = awss3.NewBucket(p.Vpc.Stack(), jsii.String("Logs"), nil)
		p.AccessLogsPrefix = jsii.String("alb")
		p.ConnectionLogsBucket, p.ConnectionLogsPrefix = p.AccessLogsBucket, jsii.String("tls")
		p.IdleTimeout, p.XffHeaderProcessingMode = seconds(30), elbv2.XffHeaderProcessingMode_PRESERVE
		p.WebAclArn = jsii.String("arn:aws:wafv2:eu-west-1:222222222222:regional/webacl/pricing/0123")
	})
	_, nlb := balancer(t, template, "network")
	id, alb := balancer(t, template, "application")
	wantAttributes(t, nlb, map[string]string{"deletion_protection.enabled": "false", "load_balancing.cross_zone.enabled": "true"})
	wantAttributes(t, alb, map[string]string{
		"deletion_protection.enabled": "false", "access_logs.s3.enabled": "true", "access_logs.s3.prefix": "alb",
		"connection_logs.s3.enabled": "true", "connection_logs.s3.prefix": "tls",
		"idle_timeout.timeout_seconds": "30", "routing.http.xff_header_processing.mode": "preserve",
	})
	template.Has(t, typeListener, props{"Protocol": "HTTPS", "SslPolicy": "ELBSecurityPolicy-TLS13-1-3-2021-06"})
	template.Has(t, "AWS::WAFv2::WebACLAssociation", props{
		"ResourceArn": cdktest.Ref(id), "WebACLArn": "arn:aws:wafv2:eu-west-1:222222222222:regional/webacl/pricing/0123",
	})
	_, policy := template.Only(t, "AWS::S3::BucketPolicy")
	for _, prefix := range []string{"/alb/AWSLogs/", "/tls/AWSLogs/"} {
		if text := fmt.Sprint(policy.Properties); !strings.Contains(text, prefix) {
			t.Errorf("the bucket policy does not let ELB write to %s: %s", prefix, text)
		}
	}
}

// A number that only the deployment knows is not written as the number by which CDK encodes it.
func TestProviderIdleTimeoutsThatAreTokens(t *testing.T) {
	defer cdktest.Recover(t)
	template := providerTemplate(t, func(p *privateapi.PrivateApiProviderProps) {
		p.IdleTimeout = awscdk.Duration_Seconds(numberToken(p.Vpc.Stack(), "Idle"))
		p.TcpIdleTimeout = awscdk.Duration_Seconds(numberToken(p.Vpc.Stack(), "TcpIdle"))
	})
	template.Has(t, typeListener, props{"ListenerAttributes": []any{map[string]any{"Key": "tcp.idle_timeout.seconds", "Value": cdktest.Ref("TcpIdle")}}})
	_, alb := balancer(t, template, "application")
	attributes, _ := alb.Properties["LoadBalancerAttributes"].([]any)
	if want := (props{"Key": "idle_timeout.timeout_seconds", "Value": cdktest.Ref("Idle")}); !slices.ContainsFunc(attributes, func(a any) bool { return reflect.DeepEqual(a, want) }) {
		t.Errorf("attributes = %v, want one to be %v", attributes, want)
	}
}

// Adding or removing a certificate unbinds no other.
func TestProviderCertificates(t *testing.T) {
	defer cdktest.Recover(t)
	of := func(names ...string) map[string]any {
		template := providerTemplate(t, func(p *privateapi.PrivateApiProviderProps) {
			var list []elbv2.IListenerCertificate
			for _, name := range names {
				list = append(list, elbv2.ListenerCertificate_FromArn(jsii.String("arn:aws:acm:eu-west-1:222222222222:certificate/"+name)))
			}
			p.Certificates = &list
		})
		template.Has(t, typeListener, props{"Protocol": "HTTPS", "Certificates": []any{props{"CertificateArn": "arn:aws:acm:eu-west-1:222222222222:certificate/" + names[0]}}})
		return certificatesByID(template)
	}
	wantKept(t, of("a", "b", "c"), of("a", "c"))
}

func TestProviderCertificatesOfThisApp(t *testing.T) {
	defer cdktest.Recover(t)
	of := func(names ...string) map[string]any {
		stack := cdktest.Stack(t)
		list := *certificates()
		for _, name := range names {
			list = append(list, awscertificatemanager.NewCertificate(stack, jsii.String(name), &awscertificatemanager.CertificateProps{DomainName: jsii.String(name + ".company.com")}))
		}
		newProvider(stack, func(p *privateapi.PrivateApiProviderProps) { p.Certificates = &list })
		return certificatesByID(cdktest.SynthTemplate(t, stack))
	}
	wantKept(t, of("a", "b"), of("b"))
}

func certificatesByID(template cdktest.Template) map[string]any {
	byID := map[string]any{}
	for _, id := range template.OfType("AWS::ElasticLoadBalancingV2::ListenerCertificate") {
		byID[id] = template.Resources[id].Properties["Certificates"]
	}
	return byID
}

// wantKept fails t unless the one resource that is left has not changed.
func wantKept(t *testing.T, all, fewer map[string]any) {
	t.Helper()
	if len(all) != 2 || len(fewer) != 1 {
		t.Fatalf("certificates = %v, then %v", all, fewer)
	}
	for id, certificates := range fewer {
		if !reflect.DeepEqual(all[id], certificates) {
			t.Errorf("%s has %v, and had %v", id, certificates, all[id])
		}
	}
}
