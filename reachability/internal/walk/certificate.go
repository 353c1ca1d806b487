package walk

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// certificate finds whether a certificate of the listener covers the domain: one that the templates define, or one whose
// names people gave.
func (t *trace) certificate(listener *network.Listener) result {
	own := listener.Certificates()
	all := slices.Concat(own, t.n.MoreCertificates(listener))
	at := listener.CertificatesProperty()
	switch {
	case len(own) > 1:
		return blocks(
			"the listener has several certificates, and CloudFormation accepts one",
			"keep the first, and add the others with AWS::ElasticLoadBalancingV2::ListenerCertificate",
		).breaks(rules.CertificateRequired).at(at)
	case len(all) == 0:
		return blocks("the HTTPS listener has no certificate", rules.CertificateRequired.Fix).breaks(rules.CertificateRequired).at(at)
	}
	for _, arn := range all {
		if r, wrong := wrongCertificate(arn); wrong {
			return r
		}
	}
	if t.domain == "" {
		return t.withoutName(all).at(at)
	}
	return t.oneCovers(all, at)
}

// oneCovers finds whether one of the certificates covers the domain.
func (t *trace) oneCovers(all []network.Property, at network.Property) result {
	var names []string
	var covers, doubt *result
	for _, arn := range all {
		r, others := t.covers(arn)
		names = append(names, others...)
		switch {
		case r.verdict == proof.Reachable && covers == nil:
			r = r.at(at).restsOn(arn.Resource)
			covers = &r
		case r.verdict == proof.Unknown && doubt == nil:
			doubt = &r
		case r.verdict == proof.Unknown:
			doubt.settle = append(doubt.settle, r.settle...)
		}
	}
	switch {
	case covers != nil:
		return *covers
	case doubt != nil:
		return *doubt
	}
	return blocks(
		fmt.Sprintf("the listener's certificates cover %s, and not %s", strings.Join(names, ", "), t.domain), "add a certificate for "+t.domain,
	).breaks(rules.CertificateRequired).at(at)
}

// withoutName is the result for requests whose name is not known.
func (t *trace) withoutName(certificates []network.Property) result {
	if isAlone(t.expected) {
		r := unknown(
			"no template has the name that clients call, so whether a certificate covers it is unknown",
			"ask about a name, give the names of the certificate as a fact, or load the consumer's templates",
		)
		for _, arn := range certificates {
			if text, ok := arn.Text(); ok {
				r = r.assumedBy(proof.AssumeCertificateNames)
				r.settle = append(r.settle, proof.Settlement{Kind: proof.SettleByCertificate, Subject: text})
			}
		}
		return r
	}
	return unknown("the client calls the endpoint's own name, and no certificate is known to cover it", "add an alias record for the API's name")
}

// wrongCertificate finds a certificate that ELB refuses for a listener.
func wrongCertificate(arn network.Property) (r result, found bool) {
	r, found = wrongCertificateFor(arn, "the listener", "ELB")
	return r.breaks(rules.CertificateRequired), found
}

// wrongCertificateFor finds a certificate that AWS refuses for a listener or a service: a literal that is no ARN of one, or one
// of another Region or account.
func wrongCertificateFor(arn network.Property, user, by string) (r result, found bool) {
	text, ok := arn.Text()
	if !ok {
		return result{}, false
	}
	refused := func(message, fix string) (result, bool) {
		return blocks(message, fix).at(arn), true
	}
	c, ok := rules.ParseCertificateARN(text)
	stack := arn.Resource.Stack
	switch {
	case !ok:
		return refused(fmt.Sprintf("%q is not the ARN of a certificate in ACM or IAM", text), "use arn:aws:acm:<region>:<account>:certificate/<id>")
	case c.Region != "" && stack.Region != "" && c.Region != stack.Region:
		return refused(
			fmt.Sprintf("the certificate is in %s, and %s in %s: %s uses certificates of its own Region", c.Region, user, stack.Region, by),
			"request a certificate in "+stack.Region,
		)
	case stack.Account != "" && c.Account != stack.Account:
		return refused(
			fmt.Sprintf("the certificate is in account %s, and %s in %s: %s uses certificates of its own account", c.Account, user, stack.Account, by),
			"request a certificate in account "+stack.Account,
		)
	}
	return result{}, false
}

// covers finds whether a certificate covers the domain. If it is blocked, the names are those that it covers.
func (t *trace) covers(arn network.Property) (r result, names []string) {
	defined, isDefined := network.CertificateNames(arn.Value)
	if !isDefined {
		return t.givenNamesCover(arn)
	}
	certificate := defined[0].Resource
	var undecidedName *network.Property
	for _, p := range defined {
		name, ok := p.Text()
		switch {
		case !ok:
			undecidedName = &p
		case rules.CertificateCovers(name, t.domain):
			return passes("the certificate covers %s", name).concerning(certificate), nil
		default:
			names = append(names, name)
		}
	}
	if undecidedName != nil {
		return unknownUntil(undecidedName.Value, "what certificate %s covers is unknown: %s", network.DisplayName(certificate), cite.Why(undecidedName.Value)).
			atResource(certificate), nil
	}
	return blocks("", ""), names
}

// givenNamesCover is covers for a certificate that the templates do not define.
func (t *trace) givenNamesCover(arn network.Property) (r result, names []string) {
	text, isText := arn.Text()
	names = t.facts.Certificates[text]
	for _, name := range names {
		if !rules.CertificateCovers(name, t.domain) {
			continue
		}
		if stack := arn.Resource.Stack; stack.Region == "" || stack.Account == "" {
			return unknown(
				"whether the certificate is in the Region and the account of the listener is unknown", "deploy the stack to a named account and Region", environment(stack),
			).at(arn), nil
		}
		return passes("the certificate covers %s, as given", name), nil
	}
	if isText && len(names) > 0 {
		return blocks("", ""), names
	}
	r = assumable(
		fmt.Sprintf("the names of certificate %s are not in the templates", arn), proof.AssumeCertificateNames, "give the names of the certificate",
	).at(arn)
	if isText {
		r.settle = []proof.Settlement{{Kind: proof.SettleByCertificate, Subject: text}}
		return r, nil
	}
	return unknownUntil(arn.Value, "which certificate the listener has is unknown: %s", cite.Why(arn.Value)).at(arn).assumedBy(proof.AssumeCertificateNames), nil
}
