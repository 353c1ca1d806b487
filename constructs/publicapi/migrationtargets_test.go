package publicapi_test

import (
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2targets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/publicapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// One service is registered with the target group of each ALB of the phase, which ECS changes without replacing the service, and lets
// each ALB in.
func TestMigrationOfService(t *testing.T) {
	defer cdktest.Recover(t)
	for phase, albs := range map[publicapi.Phase]int{
		publicapi.Phase_STATUS_QUO: 1, publicapi.Phase_DUAL_RUN: 1, publicapi.Phase_WATCH: 2, publicapi.Phase_CLOSE: 2, publicapi.Phase_INTERNAL: 1,
	} {
		cdktest.Run(t, string(phase), func(t *testing.T) {
			stack := cdktest.Stack(t)
			var vpc awsec2.IVpc
			m := newMigration(stack, phase, func(p *M) { vpc = p.Provider.Vpc })
			m.AddRoute(jsii.String("Quotes"), &privateapi.RouteOptions{
				PathPatterns: jsii.Strings("/v1/*"), Targets: &[]elbv2.IApplicationLoadBalancerTarget{service(stack, vpc)},
			})
			template := cdktest.SynthTemplate(t, stack)
			_, resource := template.Only(t, "AWS::ECS::Service")
			registered, _ := resource.Properties["LoadBalancers"].([]any)
			groups := map[string]bool{}
			for _, id := range refsIn(resource.Properties["LoadBalancers"]) {
				groups[id] = true
			}
			if len(registered) != albs || len(groups) != albs {
				t.Errorf("the service is registered with %v, want %d target groups", registered, albs)
			}
			if got := template.Find(typeIngress, props{"FromPort": 8080, "ToPort": 8080}); len(got) != albs {
				t.Errorf("rules on the port of the service = %v, want one for each of %d ALBs", got, albs)
			}
		})
	}
}

// A function is invoked by both ALBs.
func TestMigrationOfFunction(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	function := awslambda.NewFunction(stack, jsii.String("Function"), &awslambda.FunctionProps{
		Runtime: awslambda.Runtime_NODEJS_LATEST(), Handler: jsii.String("index.handler"), Code: awslambda.Code_FromInline(jsii.String("exports.handler = () => {}")),
	})
	newMigration(stack, publicapi.Phase_WATCH).AddRoute(jsii.String("Quotes"), &privateapi.RouteOptions{
		PathPatterns: jsii.Strings("/v1/*"), TargetType: elbv2.TargetType_LAMBDA,
		Targets: &[]elbv2.IApplicationLoadBalancerTarget{awselasticloadbalancingv2targets.NewLambdaTarget(function)},
	})
	template := cdktest.SynthTemplate(t, stack)
	if groups := template.Find("AWS::ElasticLoadBalancingV2::TargetGroup", props{"TargetType": "lambda"}); len(groups) != 2 {
		t.Errorf("target groups = %v, want one for each ALB", groups)
	}
	template.Has(t, "AWS::Lambda::Permission", props{"Principal": "elasticloadbalancing.amazonaws.com"})
}

func service(stack awscdk.Stack, vpc awsec2.IVpc) awsecs.FargateService {
	task := awsecs.NewFargateTaskDefinition(stack, jsii.String("Task"), nil)
	task.AddContainer(jsii.String("app"), &awsecs.ContainerDefinitionOptions{
		Image: awsecs.ContainerImage_FromRegistry(jsii.String("app"), nil), PortMappings: &[]*awsecs.PortMapping{{ContainerPort: jsii.Number(8080)}},
	})
	return awsecs.NewFargateService(stack, jsii.String("Service"), &awsecs.FargateServiceProps{
		Cluster:        awsecs.NewCluster(stack, jsii.String("Cluster"), &awsecs.ClusterProps{Vpc: vpc}),
		TaskDefinition: task, MinHealthyPercent: jsii.Number(100),
	})
}
