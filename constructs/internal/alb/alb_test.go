package alb_test

import (
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2targets"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/alb"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

func TestMain(m *testing.M) { cdktest.Main(m) }

const (
	typeBalancer = "AWS::ElasticLoadBalancingV2::LoadBalancer"
	typeListener = "AWS::ElasticLoadBalancingV2::Listener"
	typeRule     = "AWS::ElasticLoadBalancingV2::ListenerRule"
	typeGroup    = "AWS::EC2::SecurityGroup"
	typeIngress  = "AWS::EC2::SecurityGroupIngress"
)

type props = map[string]any

func options(scope constructs.Construct) *alb.Options {
	vpc := awsec2.Vpc_FromVpcAttributes(scope, jsii.String("Vpc"), &awsec2.VpcAttributes{
		VpcId: jsii.String("vpc-0123456789abcdef0"), AvailabilityZones: jsii.Strings("eu-west-1a", "eu-west-1b"),
		PrivateSubnetIds: jsii.Strings("subnet-0123456789abcdef0", "subnet-0123456789abcdef1"),
	})
	return &alb.Options{
		Vpc: vpc, Subnets: vpc.PrivateSubnets(), SecurityGroupDescription: "ALB of a routed API", DeletionProtection: true,
		Certificates: &[]elbv2.IListenerCertificate{
			elbv2.ListenerCertificate_FromArn(jsii.String("arn:aws:acm:eu-west-1:222222222222:certificate/01234567-89ab-cdef-0123-456789abcdef")),
		},
	}
}

// An ALB without an NLB in front of it, as APIs have that are reached by route or over VPC Lattice: nothing checks its
// health, so no rule answers health checks, and neither a path nor a priority is taken.
func TestLoadBalancerWithoutHealthCheck(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	r := &rules.Report{}
	plan := alb.NewPlan(r, answers.StackOf(stack), options(stack))
	if r.HasErrors() {
		t.Fatal(r.Err("Stack"))
	}
	scope := constructs.NewConstruct(stack, jsii.String("Api"))
	balancer := plan.Define(scope, onecall.In(scope))
	balancer.AddRoute(jsii.String("Health"), &alb.RouteOptions{
		PathPatterns: jsii.Strings("/privateapi-health"), Priority: jsii.Number(1),
		Targets: &[]elbv2.IApplicationLoadBalancerTarget{awselasticloadbalancingv2targets.NewIpTarget(jsii.String("10.0.0.5"), nil, nil)},
	})
	if balancer.HealthCheck() != nil {
		t.Errorf("health check = %v, want none", balancer.HealthCheck())
	}
	if got := *balancer.SecurityGroup().Object().Node().Path(); got != "Stack/Api/LoadBalancerSecurityGroup" {
		t.Errorf("the security group is %s, want a child of the scope", got)
	}
	template := cdktest.SynthTemplate(t, stack)
	template.Has(t, typeBalancer, props{"Type": "application", "Scheme": "internal"})
	template.Has(t, typeListener, props{"Protocol": "HTTPS", "Port": 443})
	template.Has(t, typeGroup, props{"GroupDescription": "ALB of a routed API", "SecurityGroupIngress": cdktest.Absent})
	template.Only(t, typeListener)
	_, rule := template.Only(t, typeRule)
	if want := (props{"Priority": 1, "Actions": []any{props{"Type": "forward"}}}); !cdktest.Contains(rule.Properties, want) {
		t.Errorf("rule = %v, want %v", rule.Properties, want)
	}
	if got := template.OfType(typeIngress); got != nil {
		t.Errorf("ingress = %v, want none: the load balancer in front adds its own", got)
	}
}
