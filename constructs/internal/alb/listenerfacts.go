package alb

import (
	"fmt"

	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
)

// ListenerFacts are what an app knows of a listener that it defines, and of its ALB.
type ListenerFacts struct {
	LoadBalancer     elbv2.IApplicationLoadBalancer
	IsInternetFacing bool
	IsInternal       bool // false too if only the deployment knows
	SubnetIDs        *[]*string
	Port             *float64
	Protocol         elbv2.ApplicationProtocol

	loadBalancer elbv2.CfnLoadBalancer
	listener     elbv2.ApplicationListener
	resource     elbv2.CfnListener
}

// ReadListener reads a listener of this app.
func ReadListener(listener elbv2.ApplicationListener) *ListenerFacts {
	owner := listener.LoadBalancer()
	facts := &ListenerFacts{LoadBalancer: owner, Port: listener.Port(), Protocol: listener.Protocol(), listener: listener}
	jsii.UnsafeCast(owner.Node().DefaultChild(), &facts.loadBalancer)
	jsii.UnsafeCast(listener.Node().DefaultChild(), &facts.resource)
	facts.SubnetIDs = facts.loadBalancer.Subnets()
	scheme, isLiteral := token.Literal(facts.loadBalancer.Scheme())
	facts.IsInternetFacing = isLiteral && scheme == "internet-facing"
	facts.IsInternal = isLiteral && scheme == "internal"
	return facts
}

// VerifiesClients reports whether the listener rejects clients without a certificate.
func (f *ListenerFacts) VerifiesClients() bool {
	given := f.resource.MutualAuthentication()
	if given == nil {
		return false
	}
	settings, _ := f.listener.Stack().Resolve(given).(map[string]any)
	return settings["mode"] == "verify"
}

// HasCertificate reports whether an ARN, which may be a token, is that of the listener's default certificate.
func (f *ListenerFacts) HasCertificate(arn string) bool {
	certificates := elementsOf(f.listener.Stack().Resolve(f.resource.Certificates()))
	if len(certificates) == 0 {
		return false
	}
	first, _ := certificates[0].(map[string]any)
	return fmt.Sprint(first["certificateArn"]) == fmt.Sprint(f.listener.Stack().Resolve(arn))
}

// Attribute returns an attribute of the ALB; "" if it is not set.
func (f *ListenerFacts) Attribute(key string) string {
	for _, attribute := range elementsOf(f.listener.Stack().Resolve(f.loadBalancer.LoadBalancerAttributes())) {
		if pair, _ := attribute.(map[string]any); pair["key"] == key {
			value, _ := pair["value"].(string)
			return value
		}
	}
	return ""
}
