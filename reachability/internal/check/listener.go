package check

import (
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// portRange finds a number that is not a port.
func portRange(p *pass) {
	for _, l := range p.listeners {
		p.number(l.Port(), rules.CheckPort)
	}
	for _, tg := range p.targetGroups {
		for _, port := range tg.Ports() {
			p.number(port, rules.CheckPort)
		}
	}
}

// certificateRequired finds an HTTPS or TLS listener without a certificate.
func certificateRequired(p *pass) {
	for _, l := range p.listeners {
		protocol := l.Protocol().Literal()
		if (protocol == "HTTPS" || protocol == rules.TLS) && l.CertificatesProperty().IsEmpty() {
			p.report(at{l.CertificatesProperty()}, "the %s listener has no certificate", protocol)
		}
	}
}

// certificateArn finds a certificate that its listener cannot use.
func certificateArn(p *pass) {
	for _, l := range p.listeners {
		env := rules.Environment{Account: l.Stack.Account, Region: l.Stack.Region}
		for _, arn := range append(l.Certificates(), p.MoreCertificates(l)...) {
			p.text(arn, func(report *rules.Report, property, arn string) { rules.CheckCertificate(report, property, arn, env) })
		}
	}
}

// certificateQuota warns of an ALB with more certificates than it has by default.
func certificateQuota(p *pass) {
	for _, lb := range p.loadBalancers {
		count := 0
		for _, l := range p.ListenersOf(lb) {
			count += len(p.MoreCertificates(l))
		}
		p.values(network.Whole(lb.Resource), func(report *rules.Report, property string) { rules.CheckCertificateCount(report, property, count) })
	}
}

// trustStore finds a trust store that its listener cannot use.
func trustStore(p *pass) {
	for _, l := range p.listeners {
		p.text(l.TrustStoreArn(), func(report *rules.Report, property, arn string) {
			rules.CheckTrustStore(report, property, arn, l.Stack.Region)
		})
	}
}

// networkListenerTCP finds a listener and a target group in front of an ALB whose protocol is not TCP.
func networkListenerTCP(p *pass) {
	for _, l := range p.listeners {
		if isTCP(l.Protocol()) {
			continue
		}
		for _, f := range l.DefaultActions.Forwards {
			if tg := p.TargetGroup(f.TargetGroup.Value); tg != nil && network.IsCertain(tg.Resource) && isForALB(tg) {
				p.report(at{l.Protocol(), f.TargetGroup, tg.TargetType()}, "the listener's protocol is %s, but it forwards to a target group of type alb", l.Protocol())
			}
		}
	}
	for _, tg := range p.targetGroups {
		if isForALB(tg) && !isTCP(tg.Protocol()) {
			p.report(at{tg.Protocol(), tg.TargetType()}, "the protocol of a target group of type alb is %s", tg.Protocol())
		}
	}
}

// isTCP reports whether a protocol is TCP, or may be.
func isTCP(protocol network.Property) bool {
	return protocol.Literal() == "" || protocol.Literal() == "TCP"
}
