package reachability

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// throughListener walks from a port of an ALB through its listener and rules. The ALB sees the NLB's addresses.
func (t *trail) throughListener(alb party, nlb party, port int) {
	listener, s := t.albListener(alb.resource, port)
	if !t.take(HopAlbListener, s) || listener == nil {
		return
	}
	if text(listener, "Protocol") == "HTTPS" && !t.take(HopCertificate, t.certificate(listener)) {
		return
	}
	q := asked{host: t.domain, path: t.path, route: t.route, sources: t.m.blocksOf(nlb)}
	t.oneOf(alb, listener, t.m.outcomes(listener, q))
}

// oneOf walks on by the outcomes of a listener, of which one happens: where they differ, it is not known what happens.
func (t *trail) oneOf(alb party, listener *assembly.Resource, outcomes []outcome) {
	var branches []trail
	blocked := 0
	for _, o := range outcomes {
		branch := *t
		branch.hops = nil
		branch.byRule(alb, listener, o)
		branches = append(branches, branch)
		if branch.verdict() == Blocked {
			blocked++
		}
	}
	if blocked == 0 || blocked == len(outcomes) {
		each(t, branches, func(t *trail, branch trail) { t.hops = branch.hops })
		return
	}
	doubt := outcomes[0].why
	for _, branch := range branches {
		if branch.verdict() == Blocked {
			doubt.message += "; one way is blocked: " + Answer{Hops: branch.hops}.Decisive().Message
			break
		}
	}
	t.take(HopAlbRule, doubt)
}

// albListener returns the listener of a port.
func (t *trail) albListener(alb *assembly.Resource, port int) (*assembly.Resource, step) {
	var near []Evidence
	for _, listener := range t.m.listenersOf[resourceKey(alb)] {
		n, ok := listener.Property("Port").Number()
		if !ok {
			continue
		}
		if int(n) != port {
			near = append(near, evidence(listener, "Port"))
			continue
		}
		protocol, ok := listener.Property("Protocol").Text()
		switch {
		case !ok:
			return nil, undecided(listener, "Protocol")
		case protocol == "HTTP" && t.port == 443:
			return nil, blocks("clients speak TLS to port 443, and the ALB answers plain HTTP", "give the listener protocol HTTPS and a certificate").
				breaks(rules.CertificateRequired.ID).at(listener, "Protocol")
		}
		if mode := listener.Property("MutualAuthentication", "Mode"); isUndecided(mode) {
			return listener, undecided(listener, "MutualAuthentication", "Mode")
		}
		webAcl := t.webAcl(alb)
		if text(listener, "MutualAuthentication", "Mode") == "verify" && (webAcl == nil || !t.assumes(proof.AssumeMutualTLS)) {
			return listener, assumable("the listener lets in clients with a certificate of its trust store only", proof.AssumeMutualTLS, "give the client such a certificate").at(listener, "MutualAuthentication", "Mode")
		}
		if webAcl != nil {
			return listener, assumable("a web ACL looks at each request; what it lets pass is not in the model", proof.AssumeWebACL, "see that it lets the client's requests pass").at(webAcl)
		}
		return listener, passes(fmt.Sprintf("%s %d", protocol, port)).at(listener, "Port").at(alb)
	}
	if t.m.unknownPort(alb) {
		return nil, doubts("the port of a listener of the ALB is not known", "write it into the template").at(alb)
	}
	s := blocks(
		fmt.Sprintf("%s has no listener on port %d", displayName(alb), port), fmt.Sprintf("give its listener port %d, or let the target group name the listener's port", port),
	).breaks(rules.OnePort.ID).near(near...).near(evidence(alb))
	return nil, unless(s, t.m.listenersOf, "LoadBalancerArn")
}

// webAcl is what associates a web ACL with an ALB, or may; nil if nothing does.
func (t *trail) webAcl(alb *assembly.Resource) *assembly.Resource {
	list := slices.Concat(t.m.webAclsOf[resourceKey(alb)], t.m.webAclsOf[unplaced])
	if len(list) == 0 {
		return nil
	}
	return list[0]
}

// certificate finds whether a certificate of the listener covers the name, where the templates say what it covers.
func (t *trail) certificate(listener *assembly.Resource) step {
	arns := certificatesOf(listener)
	for _, more := range t.m.certificatesOf[resourceKey(listener)] {
		arns = append(arns, certificatesOf(more)...)
	}
	if len(certificatesOf(listener)) > 1 {
		return blocks("the listener has several certificates, and CloudFormation takes one", "keep the first, and add the others by AWS::ElasticLoadBalancingV2::ListenerCertificate").
			breaks(rules.CertificateRequired.ID).at(listener, "Certificates")
	}
	if len(arns) == 0 {
		return blocks("the HTTPS listener has no certificate", rules.CertificateRequired.Fix).breaks(rules.CertificateRequired.ID).at(listener, "Certificates")
	}
	var names []string
	var doubt, imported *step
	for _, arn := range arns {
		covered, undecidedAt, known := certificateNames(arn)
		for _, name := range covered {
			if t.domain == "" || covers(name, t.domain) {
				return passes("the certificate covers "+name).at(listener, "Certificates")
			}
		}
		names = append(names, covered...)
		switch {
		case undecidedAt != nil:
			doubt = undecidedAt
		case !known:
			s := passes(fmt.Sprintf("what certificate %s covers is not in the templates: see that %s is among its names", arn, t.domain)).at(listener, "Certificates")
			imported = &s
		}
	}
	switch {
	case imported != nil:
		return *imported
	case doubt != nil:
		return *doubt
	}
	return blocks(
		fmt.Sprintf("no certificate of the listener covers %s, but %s", t.domain, strings.Join(names, ", ")), "add a certificate for "+t.domain,
	).breaks(rules.CertificateRequired.ID).at(listener, "Certificates")
}

func certificatesOf(r *assembly.Resource) []assembly.Value {
	var arns []assembly.Value
	list := r.Property("Certificates")
	if list.Kind() != assembly.List && list.Kind() != assembly.Absent {
		return []assembly.Value{list}
	}
	for i := range list.Len() {
		arns = append(arns, r.Property("Certificates", i, "CertificateArn"))
	}
	return arns
}

// certificateNames returns the names of a certificate of the templates, and a doubt about one that is not known.
func certificateNames(arn assembly.Value) (names []string, doubt *step, known bool) {
	r, _, ok := arn.Reference()
	if !ok || r.Type != "AWS::CertificateManager::Certificate" {
		return nil, nil, false
	}
	for _, v := range append([]assembly.Value{r.Property("DomainName")}, items(r, "SubjectAlternativeNames")...) {
		name, ok := v.Text()
		if !ok {
			s := awaits("what certificate "+displayName(r)+" covers is not known: "+why(v), v).at(r)
			doubt = &s
			continue
		}
		names = append(names, name)
	}
	return names, doubt, true
}

// covers reports whether a name of a certificate is for a domain: a star stands for one label.
func covers(name, domain string) bool {
	name, domain = strings.ToLower(name), strings.ToLower(domain)
	if suffix, ok := strings.CutPrefix(name, "*."); ok {
		_, parent, _ := strings.Cut(domain, ".")
		return parent == suffix
	}
	return name == domain
}

// byRule walks on by what the listener does with the request.
func (t *trail) byRule(alb party, listener *assembly.Resource, o outcome) {
	kind, i := o.signsIn()
	if kind != "" {
		if !t.take(HopAlbRule, assumable(fmt.Sprintf("%s lets pass only requests with credentials (%s)", displayName(o.resource), kind), proof.AssumeAuthentication, "let the client send them").at(o.resource, o.property, i)) {
			return
		}
	}
	if code, answers, _ := o.code(); answers {
		t.take(HopAlbRule, t.answered(listener, o, code))
		return
	}
	groups, s := forwardsTo(o.resource, o.property)
	if s.verdict != Reachable {
		t.take(HopAlbRule, s)
		return
	}
	if o.resource != t.route && t.route != nil {
		own, _ := forwardsTo(t.route, "Actions")
		if !slices.EqualFunc(own, groups, func(a, b assembly.Value) bool { return assembly.Equal(a, b) == assembly.Yes }) {
			t.take(HopAlbRule, t.shadowed(o))
			return
		}
	}
	if kind == "" {
		says := fmt.Sprintf("%s takes %s%s", displayName(o.resource), t.domain, t.path)
		if o.resource == listener {
			says = "the listener's default action takes " + t.domain + t.path
		}
		t.take(HopAlbRule, passes(says).at(o.resource, o.property))
	}
	t.forward(o.resource, o.property, groups, func(t *trail, group assembly.Value) {
		tg, _, ok := group.Reference()
		if !ok {
			t.take(HopTargetGroup, awaits(fmt.Sprintf("target group %s is not in the templates", group), group).at(o.resource, o.property))
			return
		}
		t.toTargets(alb, o.resource, tg)
	})
}

// answered is a request that the listener answers itself.
func (t *trail) answered(listener *assembly.Resource, o outcome, code string) step {
	what := fmt.Sprintf("%s answers %s%s with %s itself", displayName(o.resource), t.domain, t.path, code)
	if o.resource == listener {
		what = fmt.Sprintf("no rule takes %s%s, and the listener's default action answers with %s", t.domain, t.path, code)
		var near []Evidence
		for _, rule := range t.m.rulesOf[resourceKey(listener)] {
			if len(near) < 3 {
				near = append(near, evidence(rule, "Conditions"))
			}
		}
		return blocks(what, "add a rule that forwards this host and path").at(listener, "DefaultActions").near(near...)
	}
	if t.route != nil && o.resource != t.route {
		return t.shadowed(o)
	}
	return blocks(what, "give the rule an action of type forward").at(o.resource, o.property)
}

// shadowed is a route that another rule takes the requests of.
func (t *trail) shadowed(o outcome) step {
	return blocks(
		fmt.Sprintf("%s comes first and takes what %s is for", displayName(o.resource), displayName(t.route)),
		"give "+displayName(t.route)+" a lower number as priority",
	).at(o.resource, "Priority").at(t.route, "Priority")
}
