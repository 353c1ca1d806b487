package ecstarget

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsvpclattice"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Options say which port of a service gets the requests, and how.
type Options struct {
	// The container that has the port.
	//
	// Default: - the container with the port mapping PortName; without PortName, the default container of the task definition.
	ContainerName *string

	// The name of the port mapping.
	//
	// Default: - the name of the first port mapping of the container.
	PortName *string

	// What VPC Lattice speaks to the tasks.
	//
	// Default: lattice.TargetProtocol_HTTP; lattice.TargetProtocol_TCP for an API with lattice.ListenerProtocol_TLS_PASSTHROUGH.
	Protocol lattice.TargetProtocol

	// The version of HTTP.
	//
	// Default: lattice.ProtocolVersion_HTTP1.
	ProtocolVersion lattice.ProtocolVersion

	// How VPC Lattice checks the tasks. A port of its own is opened too.
	//
	// Default: - over HTTP on the port of the container for lattice.ProtocolVersion_HTTP1, else not at all.
	HealthCheck *lattice.HealthCheck

	// The role by which ECS registers the tasks: ecs.amazonaws.com may assume it, and it has the managed policy
	// AmazonECSInfrastructureRolePolicyForVpcLattice.
	//
	// Default: - one role for all targets of the service.
	InfrastructureRole awsiam.IRole
}

type target struct {
	service awsecs.BaseService
	options Options
}

// New returns a target that is a Fargate service, or one on instances with the network mode awsvpc. The tasks' security groups are opened to
// VPC Lattice on the port of the container. ECS registers the tasks by its own integration with VPC Lattice: VpcLatticeConfigurations of the
// service, which CDK has on its L1 only.
//
// The service may be in another stack than the API, which it then depends on.
func New(service awsecs.BaseService, options *Options) lattice.ITarget {
	return &target{service, *prop.Or(options, &Options{})}
}

// PlanTarget implements [lattice.ITarget].
func (t *target) PlanTarget(options *lattice.TargetOptions) *lattice.TargetPlan {
	r, property := options.Report, options.Property
	before := len(r.Problems())
	check.Embedded(r, property, &t.service)
	check.Embedded(r, property, &t.options)
	if t.service == nil {
		r.AddWithFix(rules.Required, property, "supply the ECS service", "has no service")
	}
	if len(r.Problems()) > before {
		return nil // what is nil cannot be asked for more
	}
	mapping := t.portMapping(r, property)
	if mapping == nil {
		return nil
	}
	t.checkPlace(r, options)
	protocol := lattice.TargetProtocol_HTTP
	if options.Protocol == lattice.ListenerProtocol_TLS_PASSTHROUGH {
		protocol = lattice.TargetProtocol_TCP
	}
	return &lattice.TargetPlan{
		Type: lattice.TargetType_IP, Vpc: t.service.Cluster().Vpc(), Port: mapping.ContainerPort, Protocol: prop.EnumOr(t.options.Protocol, protocol),
		ProtocolVersion: t.options.ProtocolVersion, HealthCheck: prop.Copy(t.options.HealthCheck), Peers: &[]awsec2.IConnectable{t.service},
		Attach: func(_ constructs.Construct, group awsvpclattice.CfnTargetGroup) { t.register(mapping.Name, group) },
	}
}

// portMapping returns the port mapping that gets the requests; nil if there is none, which it reports.
func (t *target) portMapping(r *rules.Report, property string) *awsecs.PortMapping {
	definition := t.service.TaskDefinition()
	container := definition.DefaultContainer()
	if name := t.options.ContainerName; name != nil {
		if container = definition.FindContainer(name); container == nil {
			r.AddWithFix(rules.LatticePortName, property+".ContainerName", "use the name of a container of the task definition", "%q is not a container of the task definition", *name)
			return nil
		}
	} else if name := t.options.PortName; name != nil {
		if mapping := definition.FindPortMappingByName(name); mapping != nil {
			return mapping
		}
	}
	if container == nil {
		r.AddWithFix(rules.LatticePortName, property, "add a container with a named port mapping", "has a task definition without containers")
		return nil
	}
	return t.portMappingOf(r, property, container)
}

func (t *target) portMappingOf(r *rules.Report, property string, container awsecs.ContainerDefinition) *awsecs.PortMapping {
	mappings := prop.Elements(container.PortMappings())
	for _, mapping := range mappings {
		if t.options.PortName != nil && (mapping.Name == nil || *mapping.Name != *t.options.PortName) {
			continue
		}
		if mapping.Name == nil {
			r.Add(rules.LatticePortName, property, "has a container %s whose port mapping has no Name", *container.ContainerName())
			return nil
		}
		return mapping
	}
	if t.options.PortName != nil {
		r.Add(rules.LatticePortName, property+".PortName", "%q is not the name of a port mapping", *t.options.PortName)
	} else {
		r.Add(rules.LatticePortName, property, "has a container %s without port mappings", *container.ContainerName())
	}
	return nil
}

// checkPlace reports a service of another account or Region, and one that the API needs: its stack depends on that of the API.
func (t *target) checkPlace(r *rules.Report, options *lattice.TargetOptions) {
	own, of := answers.StackOf(options.Scope), answers.StackOf(t.service)
	if !of.SharesEnvironment(own) {
		r.AddWithFix(rules.LatticeTarget, options.Property, "define the API in the account and Region of the service", "is an ECS service of another account or Region")
	}
	if vpc, isOwn := t.service.Cluster().Vpc().(awsec2.Vpc); isOwn && of != own && answers.StackOf(vpc) == of {
		r.AddWithFix(rules.StackCycle, options.Property, "define the API in the stack of the service, or the VPC in a stack of its own",
			"is in a stack with the VPC that the target group needs, and the service needs the target group")
	}
}

// registration is what is kept of a service for its targets.
type registration struct {
	role           awsiam.IRole
	configurations []any
}

// register lets ECS register the tasks with a target group. A service may be a target of several APIs.
func (t *target) register(portName *string, group awsvpclattice.CfnTargetGroup) {
	kept := answers.Of(answers.StackOf(t.service), t.service, "VPC Lattice", func() *registration { return &registration{} })
	role := t.options.InfrastructureRole
	if role == nil {
		if kept.role == nil {
			kept.role = awsiam.NewRole(t.service, jsii.String("VpcLatticeRole"), &awsiam.RoleProps{
				Description:     jsii.String("ECS registers tasks with VPC Lattice"),
				AssumedBy:       awsiam.NewServicePrincipal(jsii.String("ecs.amazonaws.com"), nil),
				ManagedPolicies: &[]awsiam.IManagedPolicy{awsiam.ManagedPolicy_FromAwsManagedPolicyName(jsii.String("AmazonECSInfrastructureRolePolicyForVpcLattice"))},
			})
		}
		role = kept.role
	}
	kept.configurations = append(kept.configurations, &awsecs.CfnService_VpcLatticeConfigurationProperty{
		PortName: portName, RoleArn: role.RoleArn(), TargetGroupArn: group.AttrArn(),
	})
	var resource awsecs.CfnService
	jsii.UnsafeCast(t.service.Node().DefaultChild(), &resource)
	resource.SetVpcLatticeConfigurations(&kept.configurations)
}
