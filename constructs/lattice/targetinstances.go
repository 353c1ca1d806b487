package lattice

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsvpclattice"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// InstanceTargetOptions say how VPC Lattice reaches instances. Required is Vpc.
type InstanceTargetOptions struct {
	// The VPC of the instances.
	//
	// Required.
	Vpc awsec2.IVpc

	// The port of the instances.
	//
	// Default: - 443 for TargetProtocol_HTTPS and TargetProtocol_TCP, else 80.
	Port *float64

	// What VPC Lattice speaks to the instances.
	//
	// Default: TargetProtocol_HTTP; TargetProtocol_TCP for an API with ListenerProtocol_TLS_PASSTHROUGH.
	Protocol TargetProtocol

	// The version of HTTP.
	//
	// Default: ProtocolVersion_HTTP1.
	ProtocolVersion ProtocolVersion

	// How the instances are checked.
	//
	// Default: - over HTTP on their port for ProtocolVersion_HTTP1, else not at all.
	HealthCheck *HealthCheck
}

type instanceTarget struct {
	instances []awsec2.IInstance
	options   InstanceTargetOptions
}

// Target_FromInstances returns a target of EC2 instances. Their security groups are opened to VPC Lattice.
func Target_FromInstances(instances *[]awsec2.IInstance, options *InstanceTargetOptions) ITarget {
	return &instanceTarget{prop.Elements(instances), *prop.Or(options, &InstanceTargetOptions{})}
}

// PlanTarget implements [ITarget].
func (t *instanceTarget) PlanTarget(options *TargetOptions) *TargetPlan {
	r, property := options.Report, options.Property
	before := len(r.Problems())
	check.Embedded(r, property, &t.options)
	check.Embedded(r, property, &t.instances)
	check.NoNil(r, property, &t.instances)
	if len(t.instances) == 0 {
		r.AddWithFix(rules.Required, property, "supply the instances", "has no instance")
	}
	checkVpcGiven(r, property, t.options.Vpc)
	if len(r.Problems()) > before {
		return nil
	}
	stack := answers.StackOf(options.Scope)
	registered, peers := []*awsvpclattice.CfnTargetGroup_TargetProperty{}, []awsec2.IConnectable{}
	for i, instance := range t.instances {
		if vpc, isOwn := t.options.Vpc.(awsec2.Vpc); isOwn && answers.StackOf(instance) != stack && answers.StackOf(vpc) == stack {
			r.Add(rules.StackCycle, fmt.Sprintf("%s[%d]", property, i), "is in a stack that needs the VPC in the stack of the API, which needs the instance")
		}
		registered = append(registered, &awsvpclattice.CfnTargetGroup_TargetProperty{Id: answers.Of(stack, instance, "ID", instance.InstanceId)})
		peers = append(peers, instance)
	}
	protocol := protocolOr(t.options.Protocol, options)
	return &TargetPlan{
		Type: TargetType_INSTANCE, Vpc: t.options.Vpc, Targets: &registered, Peers: &peers, HealthCheck: prop.Copy(t.options.HealthCheck),
		Port: portOr(t.options.Port, protocol), Protocol: protocol, ProtocolVersion: t.options.ProtocolVersion,
	}
}
