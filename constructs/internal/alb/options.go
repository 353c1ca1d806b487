// Package alb plans and defines an Application Load Balancer with its HTTPS listener, the routes behind it, and what
// answers the health checks of a Network Load Balancer in front of it. It can also add routes to an ALB that exists.
//
// Every HTTP API has one, whatever the transport in front of it is. [Plan.Define] defines its constructs as children of the
// caller's scope.
package alb

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
)

// Options describe the ALB to plan. Options that are properties of constructs have the names of those properties, which
// appear in messages.
type Options struct {
	Vpc awsec2.IVpc

	// Subnets are those of an ALB that is built.
	Subnets *[]awsec2.ISubnet
	// SecurityGroupDescription describes the security group of an ALB that is built.
	SecurityGroupDescription string
	DeletionProtection       bool
	// InternetFacing is true for an ALB with public addresses that is built.
	InternetFacing bool

	// ListenerPort is 443 by default, or the port of Listener.
	ListenerPort *float64
	// PortProperty is the property that ListenerPort is; ListenerPort by default.
	PortProperty string
	// ListenerProtocol is that of an imported Listener, HTTPS by default.
	ListenerProtocol elbv2.ApplicationProtocol

	// Listener is the listener of an ALB that exists. Without it an ALB is built.
	Listener elbv2.IApplicationListener
	// ListenerLoadBalancer is the ALB of an imported Listener.
	ListenerLoadBalancer elbv2.IApplicationLoadBalancer

	// DomainNames are the names that the certificates must cover.
	DomainNames *[]*string

	// The rest is for an ALB that is built.
	Certificates         *[]elbv2.IListenerCertificate
	SslPolicy            elbv2.SslPolicy
	MutualAuthentication *elbv2.MutualAuthentication
	AccessLogsBucket     awss3.IBucket
	AccessLogsPrefix     *string
	ConnectionLogsBucket awss3.IBucket
	ConnectionLogsPrefix *string
	WebAclArn            *string

	// IdleTimeout is how long connections live without data.
	IdleTimeout             awscdk.Duration
	XffHeaderProcessingMode elbv2.XffHeaderProcessingMode

	// NetworkIdleTimeout is the idle timeout of a Network Load Balancer in front, in seconds; nil for its own.
	NetworkIdleTimeout *float64

	// HealthCheck is how a Network Load Balancer in front checks the ALB; nil if there is none.
	HealthCheck *elbv2.HealthCheck
}
