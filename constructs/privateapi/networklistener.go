package privateapi

import (
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

func (p *privateApiProvider) NetworkListener() elbv2.CfnListener {
	p.validateHop()
	return p.networkListener.Object()
}

func (p *privateApiProvider) TargetGroup() elbv2.CfnTargetGroup {
	p.validateHop()
	return p.targetGroup.Object()
}

// validateHop makes synthesis check the listener and the target group once they are handed out.
func (p *privateApiProvider) validateHop() {
	if !p.hopIsValidated {
		p.hopIsValidated = true
		p.Node().AddValidation(&hopToLoadBalancer{p.networkListener.Object(), p.targetGroup.Object(), p.loadBalancer.Port()})
	}
}

// hopToLoadBalancer validates at synthesis the NLB's listener and target group: a caller may have changed them to what an
// ALB target does not allow.
type hopToLoadBalancer struct {
	listener    elbv2.CfnListener
	targetGroup elbv2.CfnTargetGroup
	port        *float64 // of the ALB
}

var _ constructs.IValidation = (*hopToLoadBalancer)(nil)

// Validate implements [constructs.IValidation].
func (v *hopToLoadBalancer) Validate() *[]*string {
	r := &rules.Report{}
	checkTCP(r, "NetworkListener.Protocol", v.listener.Protocol())
	checkTCP(r, "TargetGroup.Protocol", v.targetGroup.Protocol())
	if v.listener.Certificates() != nil {
		r.Add(rules.NetworkListenerTCP, "NetworkListener.Certificates", "is set")
	}
	port, ok := token.LiteralNumber(v.targetGroup.Port())
	if want, wantOk := token.LiteralNumber(v.port); ok && wantOk && port != want {
		r.AddWithFix(rules.OnePort, "TargetGroup.Port", "set ListenerPort on the provider", "is %v, but the ALB listens on %v", port, want)
	}
	if attributes := v.targetGroup.TargetGroupAttributes(); attributes != nil {
		r.Add(rules.TargetGroupAttributes, "TargetGroup.TargetGroupAttributes", "is set")
	}
	return refusal.Messages(r)
}

func checkTCP(r *rules.Report, property string, protocol *string) {
	if value, ok := token.Literal(protocol); ok && value != string(elbv2.Protocol_TCP) {
		r.Add(rules.NetworkListenerTCP, property, "is %s", value)
	}
}
