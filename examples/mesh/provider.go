package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice/ecstarget"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/mesh"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

const portName = "http" // by which ECS registers tasks with VPC Lattice

// NewProviderStack defines what a team provides: a Fargate service for each of its services, and their front doors.
func NewProviderStack(app awscdk.App, company *company, team *mesh.Provider) mesh.MeshProvider {
	stack := awscdk.NewStack(app, jsii.String("Mesh"+title(team.Name)), &awscdk.StackProps{Env: company.environment(team.Account)})
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
	cluster := awsecs.NewCluster(stack, jsii.String("Cluster"), &awsecs.ClusterProps{Vpc: vpc})
	services := map[string]*mesh.MeshServiceProps{}
	for _, service := range *company.Services {
		if *service.Provider == *team.Name {
			services[*service.Name] = newService(cluster, service, company.transportOf(service))
		}
	}

	certificateArn := awscdk.NewCfnParameter(stack, jsii.String("CertificateArn"), nil) // *.internal.company.com
	return mesh.NewMeshProvider(stack, jsii.String("Mesh"), &mesh.MeshProviderProps{
		Mesh:           company.mesh,
		Provider:       team.Name,
		Vpc:            vpc,
		Services:       &services,
		Certificates:   &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(certificateArn.ValueAsString())},
		PrefixList:     prefixList(stack),
		ShareContracts: jsii.Bool(true), // the apps of other teams read them
	})
}

// newService defines a Fargate service, as the target of a route or of VPC Lattice.
func newService(cluster awsecs.Cluster, service *mesh.Service, transport mesh.Transport) *mesh.MeshServiceProps {
	task := awsecs.NewFargateTaskDefinition(cluster.Stack(), jsii.String(title(service.Name)+"Task"), nil)
	task.AddContainer(jsii.String("app"), &awsecs.ContainerDefinitionOptions{
		Image:        awsecs.ContainerImage_FromRegistry(jsii.String("public.ecr.aws/company/"+*service.Name+":1.0"), nil),
		PortMappings: &[]*awsecs.PortMapping{{Name: jsii.String(portName), ContainerPort: jsii.Number(8080)}},
	})
	target := awsecs.NewFargateService(cluster.Stack(), jsii.String(title(service.Name)), &awsecs.FargateServiceProps{
		Cluster:           cluster,
		TaskDefinition:    task,
		MinHealthyPercent: jsii.Number(100),
		CircuitBreaker:    &awsecs.DeploymentCircuitBreaker{Rollback: jsii.Bool(true)},
	})
	if transport == mesh.Transport_LATTICE {
		return &mesh.MeshServiceProps{Target: ecstarget.New(target, &ecstarget.Options{
			PortName:    jsii.String(portName),
			HealthCheck: &lattice.HealthCheck{Path: jsii.String("/health")},
		})}
	}
	return &mesh.MeshServiceProps{Route: &privateapi.RouteOptions{
		Targets:     &[]elbv2.IApplicationLoadBalancerTarget{target},
		HealthCheck: &elbv2.HealthCheck{Path: jsii.String("/health")},
	}}
}

// prefixList is com.amazonaws.eu-west-1.vpc-lattice, which has one ID in all accounts. cdk.json has it in place of a lookup.
func prefixList(stack awscdk.Stack) awsec2.IPrefixList {
	id := stack.Node().GetContext(jsii.String("latticePrefixList")).(string)
	return awsec2.PrefixList_FromPrefixListId(stack, jsii.String("PrefixList"), &id)
}
