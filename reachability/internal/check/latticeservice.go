package check

import (
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// latticeCertificate finds a service whose certificate cannot be that of its custom domain name, or that has none and an HTTPS
// listener.
func latticeCertificate(p *pass) {
	for _, s := range p.lattice.services {
		arn, name := s.CertificateArn(), s.CustomDomainName()
		if arn.IsAbsent() {
			for _, l := range p.certainListenersOf(s) {
				if l.Protocol().Literal() == rules.LatticeHTTPS && !name.IsAbsent() && !name.IsUnknown() {
					p.report(at{arn, name, l.Protocol()}, "the service has the custom domain name %s and an HTTPS listener, but no certificate", name)
					break
				}
			}
			continue
		}
		p.text(arn, func(report *rules.Report, property, text string) {
			rules.CheckLatticeCertificate(report, property, text, environment(s.Resource))
		})
		if c, _, ok := arn.Reference(); ok && differ(c.Stack.Region, s.Stack.Region) {
			p.reportWithFix("use a certificate in "+s.Stack.Region, at{arn}, "%s is in %s, but the service is in %s", network.DisplayName(c), c.Stack.Region, s.Stack.Region)
		}
		if names, ok := namesOfCertificate(arn.Value); ok {
			p.text(name, func(report *rules.Report, property, domain string) {
				rules.CheckLatticeCertificateNames(report, property, strings.ToLower(domain), names)
			})
		}
	}
}

// latticeIdleTimeout finds an idle timeout that no service accepts.
func latticeIdleTimeout(p *pass) {
	for _, s := range p.lattice.services {
		p.number(s.IdleTimeoutSeconds(), rules.CheckLatticeIdleTimeout)
	}
}

// latticeLogs finds a destination to which no service writes access logs.
func latticeLogs(p *pass) {
	for _, s := range p.AccessLogSubscriptions() {
		if network.IsCertain(s.Resource) {
			p.text(s.DestinationArn(), func(report *rules.Report, property, arn string) {
				rules.CheckLatticeLogs(report, property, arn, s.Stack.Region)
			})
		}
	}
}

// latticeName finds a name that VPC Lattice does not accept.
func latticeName(p *pass) {
	check := func(r *network.Resource, prefix string, length rules.Range) {
		p.text(network.LatticeName(r), func(report *rules.Report, property, name string) {
			rules.CheckLatticeName(report, property, name, prefix, length)
		})
	}
	for _, s := range p.lattice.services {
		check(s.Resource, "svc", rules.Range{Low: 3, High: 40})
	}
	for _, sn := range p.lattice.serviceNetworks {
		check(sn.Resource, "sn", rules.Range{Low: 3, High: 63})
	}
	for _, l := range p.lattice.listeners {
		check(l.Resource, "listener", rules.Range{Low: 3, High: 63})
	}
	for _, r := range p.lattice.rules {
		check(r.Resource, "rule", rules.Range{Low: 3, High: 63})
	}
	for _, tg := range p.lattice.targetGroups {
		check(tg.Resource, "tg", rules.Range{Low: 3, High: 128})
	}
}
