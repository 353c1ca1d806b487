package deployed_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/acm"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	ecstypes "github.com/aws/aws-sdk-go-v2/service/ecs/types"
	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	route53types "github.com/aws/aws-sdk-go-v2/service/route53/types"
)

// account builds one side of a deployment with the SDK.
type account struct {
	t       *testing.T
	ctx     context.Context
	ec2     *ec2.Client
	elb     *elasticloadbalancingv2.Client
	acm     *acm.Client
	ecs     *ecs.Client
	route53 *route53.Client

	vpc     string
	subnets []string
	callers string // the clients' security group
}

func newAccount(t *testing.T, cfg aws.Config, block string) *account {
	a := &account{
		t: t, ctx: context.Background(), ec2: ec2.NewFromConfig(cfg), elb: elasticloadbalancingv2.NewFromConfig(cfg),
		acm: acm.NewFromConfig(cfg), ecs: ecs.NewFromConfig(cfg), route53: route53.NewFromConfig(cfg),
	}
	vpc := must(a.ec2.CreateVpc(a.ctx, &ec2.CreateVpcInput{CidrBlock: s("10." + block + ".0.0/16")}))(t)
	a.vpc = *vpc.Vpc.VpcId
	on := &ec2types.AttributeBooleanValue{Value: aws.Bool(true)}
	must(a.ec2.ModifyVpcAttribute(a.ctx, &ec2.ModifyVpcAttributeInput{VpcId: &a.vpc, EnableDnsHostnames: on}))(t)
	for i, zone := range []string{"a", "b"} {
		subnet := must(a.ec2.CreateSubnet(a.ctx, &ec2.CreateSubnetInput{
			VpcId: &a.vpc, CidrBlock: s("10." + block + "." + string(rune('0'+i)) + ".0/24"), AvailabilityZone: s(region + zone),
		}))(t)
		a.subnets = append(a.subnets, *subnet.Subnet.SubnetId)
	}
	return a
}

// must returns the answer of a call, or ends the test with its error.
func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// group creates a security group without egress rules.
func (a *account) group(name string) string {
	made := must(a.ec2.CreateSecurityGroup(a.ctx, &ec2.CreateSecurityGroupInput{VpcId: &a.vpc, GroupName: &name, Description: &name}))(a.t)
	must(a.ec2.RevokeSecurityGroupEgress(a.ctx, &ec2.RevokeSecurityGroupEgressInput{GroupId: made.GroupId, IpPermissions: []ec2types.IpPermission{
		{IpProtocol: s("-1"), IpRanges: []ec2types.IpRange{{CidrIp: s("0.0.0.0/0")}}},
	}}))(a.t)
	return *made.GroupId
}

// allow adds the rules by which one group can call another.
func (a *account) allow(from, target string, port int32) {
	must(a.ec2.AuthorizeSecurityGroupEgress(a.ctx, &ec2.AuthorizeSecurityGroupEgressInput{
		GroupId: &from, IpPermissions: []ec2types.IpPermission{to(target, port)},
	}))(a.t)
	must(a.ec2.AuthorizeSecurityGroupIngress(a.ctx, &ec2.AuthorizeSecurityGroupIngressInput{
		GroupId: &target, IpPermissions: []ec2types.IpPermission{to(from, port)},
	}))(a.t)
}

// certificate imports a certificate for the API.
func (a *account) certificate() string {
	key := must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))(a.t)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: domain}, DNSNames: []string{domain},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
	}
	body := must(x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key))(a.t)
	private := must(x509.MarshalPKCS8PrivateKey(key))(a.t)
	encode := func(kind string, body []byte) []byte {
		var text bytes.Buffer
		if err := pem.Encode(&text, &pem.Block{Type: kind, Bytes: body}); err != nil {
			a.t.Fatal(err)
		}
		return text.Bytes()
	}
	out := must(a.acm.ImportCertificate(a.ctx, &acm.ImportCertificateInput{
		Certificate: encode("CERTIFICATE", body), PrivateKey: encode("PRIVATE KEY", private),
	}))(a.t)
	return *out.CertificateArn
}

func (a *account) balancer(name string, kind elb.LoadBalancerTypeEnum, groups ...string) string {
	out := must(a.elb.CreateLoadBalancer(a.ctx, &elasticloadbalancingv2.CreateLoadBalancerInput{
		Name: &name, Type: kind, Scheme: elb.LoadBalancerSchemeEnumInternal, Subnets: a.subnets, SecurityGroups: groups,
	}))(a.t)
	return *out.LoadBalancers[0].LoadBalancerArn
}

func (a *account) targets(name string, kind elb.TargetTypeEnum, protocol, health elb.ProtocolEnum, port int32) string {
	out := must(a.elb.CreateTargetGroup(a.ctx, &elasticloadbalancingv2.CreateTargetGroupInput{
		Name: &name, TargetType: kind, Protocol: protocol, Port: &port, VpcId: &a.vpc, HealthCheckProtocol: health,
		HealthCheckPath: s("/health"), Matcher: &elb.Matcher{HttpCode: s("200")},
	}))(a.t)
	return *out.TargetGroups[0].TargetGroupArn
}

func (a *account) listener(balancer string, protocol elb.ProtocolEnum, actions []elb.Action, certificates ...elb.Certificate) string {
	out := must(a.elb.CreateListener(a.ctx, &elasticloadbalancingv2.CreateListenerInput{
		LoadBalancerArn: &balancer, Port: aws.Int32(443), Protocol: protocol, DefaultActions: actions, Certificates: certificates,
	}))(a.t)
	return *out.Listeners[0].ListenerArn
}

func (a *account) rule(listener string, priority int32, conditions []elb.RuleCondition, actions []elb.Action) {
	must(a.elb.CreateRule(a.ctx, &elasticloadbalancingv2.CreateRuleInput{
		ListenerArn: &listener, Priority: &priority, Conditions: conditions, Actions: actions,
	}))(a.t)
}

// service runs an ECS service, whose tasks are targets if it has a target group.
func (a *account) service(name, group, targets string) {
	must(a.ecs.CreateCluster(a.ctx, &ecs.CreateClusterInput{ClusterName: s("apps")}))(a.t)
	must(a.ecs.RegisterTaskDefinition(a.ctx, &ecs.RegisterTaskDefinitionInput{
		Family: &name, NetworkMode: ecstypes.NetworkModeAwsvpc, Cpu: s("256"), Memory: s("512"),
		RequiresCompatibilities: []ecstypes.Compatibility{ecstypes.CompatibilityFargate},
		ContainerDefinitions: []ecstypes.ContainerDefinition{{
			Name: s("app"), Image: s("app:1"), PortMappings: []ecstypes.PortMapping{{ContainerPort: aws.Int32(8080)}},
		}},
	}))(a.t)
	input := &ecs.CreateServiceInput{
		Cluster: s("apps"), ServiceName: &name, TaskDefinition: &name, DesiredCount: aws.Int32(2), LaunchType: ecstypes.LaunchTypeFargate,
		NetworkConfiguration: &ecstypes.NetworkConfiguration{AwsvpcConfiguration: &ecstypes.AwsVpcConfiguration{
			Subnets: a.subnets, SecurityGroups: []string{group},
		}},
	}
	if targets != "" {
		input.LoadBalancers = []ecstypes.LoadBalancer{{ContainerName: s("app"), ContainerPort: aws.Int32(8080), TargetGroupArn: &targets}}
	}
	must(a.ecs.CreateService(a.ctx, input))(a.t)
}

// publish builds the provider's side for a consumer, and returns the endpoint service. The NLB has no security group: moto
// does not keep the setting that inbound rules are not enforced on PrivateLink traffic.
func (a *account) publish(consumer string) ec2types.ServiceConfiguration {
	albGroup, taskGroup := a.group("alb"), a.group("task")
	a.allow(albGroup, taskGroup, 8080)
	must(a.ec2.AuthorizeSecurityGroupIngress(a.ctx, &ec2.AuthorizeSecurityGroupIngressInput{GroupId: &albGroup, IpPermissions: []ec2types.IpPermission{
		{IpProtocol: s("tcp"), FromPort: aws.Int32(443), ToPort: aws.Int32(443), IpRanges: []ec2types.IpRange{{CidrIp: s("10.2.0.0/16")}}},
	}}))(a.t)
	network, application := a.balancer("nlb", elb.LoadBalancerTypeEnumNetwork), a.balancer("alb", elb.LoadBalancerTypeEnumApplication, albGroup)
	tasks := a.targets("tasks", elb.TargetTypeEnumIp, elb.ProtocolEnumHttp, elb.ProtocolEnumHttp, 8080)
	listener := a.listener(application, elb.ProtocolEnumHttps, answer("404"), elb.Certificate{CertificateArn: s(a.certificate())})
	a.rule(listener, 1, paths("/health"), answer("200"))
	a.rule(listener, 10, append(paths("/v1/*"), elb.RuleCondition{
		Field: s("host-header"), HostHeaderConfig: &elb.HostHeaderConditionConfig{Values: []string{domain}},
	}), forward(tasks))
	chained := a.targets("alb", elb.TargetTypeEnumAlb, elb.ProtocolEnumTcp, elb.ProtocolEnumHttps, 443)
	must(a.elb.RegisterTargets(a.ctx, &elasticloadbalancingv2.RegisterTargetsInput{
		TargetGroupArn: &chained, Targets: []elb.TargetDescription{{Id: &application, Port: aws.Int32(443)}},
	}))(a.t)
	a.listener(network, elb.ProtocolEnumTcp, forward(chained))
	a.service("pricing", taskGroup, tasks)
	out := must(a.ec2.CreateVpcEndpointServiceConfiguration(a.ctx, &ec2.CreateVpcEndpointServiceConfigurationInput{
		NetworkLoadBalancerArns: []string{network}, AcceptanceRequired: aws.Bool(false),
	}))(a.t)
	must(a.ec2.ModifyVpcEndpointServicePermissions(a.ctx, &ec2.ModifyVpcEndpointServicePermissionsInput{
		ServiceId: out.ServiceConfiguration.ServiceId, AddAllowedPrincipals: []string{"arn:aws:iam::" + consumer + ":root"},
	}))(a.t)
	return *out.ServiceConfiguration
}

// connect builds the consumer's side, and returns the security group of the endpoint.
func (a *account) connect(service string) string {
	endpoint := a.group("endpoint")
	a.callers = a.group("client")
	a.allow(a.callers, endpoint, 443)
	a.service("checkout", a.callers, "")
	made := must(a.ec2.CreateVpcEndpoint(a.ctx, &ec2.CreateVpcEndpointInput{
		VpcId: &a.vpc, ServiceName: &service, VpcEndpointType: ec2types.VpcEndpointTypeInterface, SubnetIds: a.subnets,
		SecurityGroupIds: []string{endpoint}, PrivateDnsEnabled: aws.Bool(false),
	}))(a.t).VpcEndpoint
	zone := must(a.route53.CreateHostedZone(a.ctx, &route53.CreateHostedZoneInput{
		Name: s(domain), CallerReference: s("1"), VPC: &route53types.VPC{VPCId: &a.vpc, VPCRegion: region},
		HostedZoneConfig: &route53types.HostedZoneConfig{PrivateZone: true},
	}))(a.t)
	must(a.route53.ChangeResourceRecordSets(a.ctx, &route53.ChangeResourceRecordSetsInput{
		HostedZoneId: zone.HostedZone.Id, ChangeBatch: &route53types.ChangeBatch{Changes: []route53types.Change{{
			Action: route53types.ChangeActionCreate, ResourceRecordSet: &route53types.ResourceRecordSet{
				Name: s(domain), Type: route53types.RRTypeA,
				AliasTarget: &route53types.AliasTarget{DNSName: made.DnsEntries[0].DnsName, HostedZoneId: made.DnsEntries[0].HostedZoneId},
			},
		}}},
	}))(a.t)
	return endpoint
}
