package check

import (
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// targetHealthCheck finds a health check of an ALB's targets that AWS does not accept.
func targetHealthCheck(p *pass) {
	for _, tg := range p.targetGroups {
		isFunction := tg.TargetType().Literal() == rules.LambdaTargets
		if isForALB(tg) || !isHTTP(tg.Protocol()) && !isFunction {
			continue
		}
		p.healthCheckNumbers(tg, rules.CheckTargetHealthCheckNumber)
		p.targetHealthCheckValues(tg)
		p.targetHealthCheckTimes(tg)
	}
}

func (p *pass) targetHealthCheckValues(tg *network.TargetGroup) {
	p.text(tg.HealthCheckPath(), rules.CheckTargetHealthCheckPath)
	p.text(tg.HealthCheckProtocol(), rules.CheckTargetHealthCheckProtocol)
	if kind := tg.TargetType(); tg.HealthCheckEnabled().Is(false) && !kind.IsUndecided() {
		p.values(tg.HealthCheckEnabled(), func(report *rules.Report, property string) {
			rules.CheckTargetHealthCheckOff(report, property, kind.Literal())
		})
	}
	version := tg.ProtocolVersion()
	if version.IsUndecided() {
		return
	}
	p.text(tg.HTTPCodes(), func(report *rules.Report, property, codes string) {
		rules.CheckTargetHTTPCodes(report, property, codes, version.Literal())
	})
	p.text(tg.GRPCCodes(), func(report *rules.Report, property, codes string) {
		rules.CheckTargetGRPCCodes(report, property, codes, version.Literal())
	})
}

// targetHealthCheckTimes reports an interval that is not longer than the timeout, of which either may be ELB's default.
func (p *pass) targetHealthCheckTimes(tg *network.TargetGroup) {
	if tg.TargetType().IsUndecided() {
		return
	}
	interval, timeout := rules.TargetHealthCheckTimes(tg.TargetType().Literal())
	of := tg.HealthCheckIntervalSeconds()
	interval, intervalOk := numberOr(of, interval)
	timeout, timeoutOk := numberOr(tg.HealthCheckTimeoutSeconds(), timeout)
	if !intervalOk || !timeoutOk {
		return
	}
	p.values(of, func(report *rules.Report, property string) {
		rules.CheckTargetHealthCheckTimes(report, property, interval, timeout)
	})
}

// numberOr returns the number of a property, or its default; ok is false if it is unknown.
func numberOr(property network.Property, byDefault float64) (number float64, ok bool) {
	if property.IsAbsent() {
		return byDefault, true
	}
	return property.Number()
}
