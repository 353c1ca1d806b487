// Package alb plans and defines an Application Load Balancer with its HTTPS listener, the routes behind it, and what
// answers the health checks of a Network Load Balancer in front of it. It takes the place of an ALB that exists, too.
//
// Every API over HTTP has one, whatever the transport in front is. The constructs are children of the scope that is
// given to [Plan.Define].
package alb

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
)

// Options are what an ALB is planned from. Those that come from properties of a construct have their names, which
// messages name.
type Options struct {
	Vpc awsec2.IVpc

	// Subnets are those of an ALB that is built.
	Subnets *[]awsec2.ISubnet
	// SecurityGroupDescription describes the security group of an ALB that is built.
	SecurityGroupDescription string
	DeletionProtection       bool

	// ListenerPort is 443 by default, or the port of Listener.
	ListenerPort *float64
	// ListenerProtocol is that of an imported Listener, HTTPS by default.
	ListenerProtocol elbv2.ApplicationProtocol

	// Listener is the listener of an ALB that exists. Without it an ALB is built.
	Listener elbv2.IApplicationListener
	// ListenerLoadBalancer is the ALB of an imported Listener.
	ListenerLoadBalancer elbv2.IApplicationLoadBalancer

	// The rest is for an ALB that is built.
	Certificates         *[]elbv2.IListenerCertificate
	SslPolicy            elbv2.SslPolicy
	MutualAuthentication *elbv2.MutualAuthentication
	AccessLogsBucket     awss3.IBucket
	AccessLogsPrefix     *string
	WebAclArn            *string

	// HealthCheck is how a Network Load Balancer in front checks the ALB; nil if there is none.
	HealthCheck *elbv2.HealthCheck
}
