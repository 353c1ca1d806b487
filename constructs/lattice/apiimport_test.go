package lattice_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// Of an API of another account, the policy of the caller is all that this side can write.
func TestGrantInvokeOfAnImport(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	role := awsiam.NewRole(stack, jsii.String("Caller"), &awsiam.RoleProps{AssumedBy: awsiam.NewServicePrincipal(jsii.String("ecs-tasks.amazonaws.com"), nil)})
	grant := importApi(stack, "Api").GrantInvoke(role)
	if !*grant.Success() {
		t.Error("the grant changed nothing")
	}
	cdktest.SynthTemplate(t, stack).Has(t, "AWS::IAM::Policy", props{"PolicyDocument": props{"Statement": []any{
		props{"Effect": "Allow", "Action": "vpc-lattice-svcs:Invoke", "Resource": importedArn + "/*"},
	}}})
}

func TestImportReturnsWhatItWasGiven(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	list := listOfLattice(stack, "List")
	ports := &[]*float64{jsii.Number(443), jsii.Number(80)}
	api := lattice.Api_FromAttributes(stack, jsii.String("Api"), &lattice.ApiAttributes{ServiceArn: jsii.String(importedArn), Ports: ports, PrefixList: list})
	if *api.ServiceArn() != importedArn || api.DomainNames() != nil || len(*api.Ports()) != 2 || api.PrefixList() != list {
		t.Errorf("the import has %s, %v and %v", *api.ServiceArn(), api.DomainNames(), api.Ports())
	}
	(*ports)[0] = jsii.Number(8443)
	*(*api.Ports())[1] = 1
	if got := *api.Ports(); *got[0] != 443 || *got[1] != 80 {
		t.Error("the ports of the import changed")
	}
	if named := importApi(stack, "Named"); *(*named.DomainNames())[0] != domain || *(*named.Ports())[0] != 443 {
		t.Errorf("the import has %v and %v", named.DomainNames(), named.Ports())
	}
}

// ECS services that call wait for both associations, the rules, the zone and the record.
func TestConsumersClientsWait(t *testing.T) {
	defer cdktest.Recover(t)
	path := []string{"EC2::SecurityGroupEgress", "EC2::SecurityGroupEgress", "EC2::SecurityGroupIngress"}
	network := []string{"VpcLattice::ServiceNetworkServiceAssociation", "VpcLattice::ServiceNetworkVpcAssociation"}
	for name, tc := range map[string]struct {
		edit func(*privateapi.PrivateApiConsumerProps)
		want []string
	}{
		"with names":    {func(*privateapi.PrivateApiConsumerProps) {}, slices.Concat(path, []string{"Route53::HostedZone", "Route53::RecordSet"}, network)},
		"without names": {func(p *privateapi.PrivateApiConsumerProps) { p.DnsMode = privateapi.DnsMode_NONE }, slices.Concat(path, network)},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			vpc := newVpc(stack, "ConsumerVpc")
			task := awsecs.NewFargateTaskDefinition(stack, jsii.String("Task"), nil)
			task.AddContainer(jsii.String("app"), &awsecs.ContainerDefinitionOptions{Image: awsecs.ContainerImage_FromRegistry(jsii.String("app"), nil)})
			service := awsecs.NewFargateService(stack, jsii.String("Caller"), &awsecs.FargateServiceProps{
				Cluster: awsecs.NewCluster(stack, jsii.String("Cluster"), &awsecs.ClusterProps{Vpc: vpc}), TaskDefinition: task,
				SecurityGroups: &[]awsec2.ISecurityGroup{closedClient(stack, "Client", vpc)}, MinHealthyPercent: jsii.Number(100),
			})
			join(stack, func(p *privateapi.PrivateApiConsumerProps) { p.Vpc, p.Clients = vpc, &[]awsec2.IConnectable{service} }, tc.edit)
			template := cdktest.SynthTemplate(t, stack)
			_, caller := template.Only(t, "AWS::ECS::Service")
			var got []string
			for _, id := range caller.DependsOn {
				if kind := template.Resources[id].Type; kind != "AWS::IAM::Role" { // of the task, by CDK
					got = append(got, strings.TrimPrefix(kind, "AWS::"))
				}
			}
			slices.Sort(got)
			if !slices.Equal(got, tc.want) {
				t.Errorf("the service waits for %v, want %v", got, tc.want)
			}
		})
	}
}

// A security group that joins a consumer could only join the association, which all consumers share: that is not a consumer's to change.
func TestSecurityGroupsThatJoinAConsumer(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	vpc := newVpc(stack, "ConsumerVpc")
	join(stack, func(p *privateapi.PrivateApiConsumerProps) { p.Vpc = vpc }).Connections().AddSecurityGroup(closedClient(stack, "Later", vpc))
	cdktest.WantPanic(t, "Connections: have the security group Stack/Later, which is attached to nothing", func() { awscdk.App_Of(stack).Synth(nil) })
}
