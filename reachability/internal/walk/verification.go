package walk

import (
	"fmt"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// verified finds whether the private DNS name of an endpoint's service is verified: by its state, or because a resource of the templates
// waits until it is.
// https://docs.aws.amazon.com/vpc/latest/privatelink/manage-dns-names.html
func (t *trace) verified(e *endpoint) result {
	if c := e.contract; c != nil {
		return assumable(
			fmt.Sprintf("%s is the private DNS name of the contract of %s; whether it is verified is not in it", e.ownName(), c.Service.Name), proof.AssumeVerified, "let the provider verify the name",
		).at(e.PrivateDnsEnabled()).related(cite.Contract(c, "service.privateDnsName", c.Service.PrivateDnsName))
	}
	service := e.found.Service
	name := service.PrivateDnsName()
	if state, ok := stateOf(t.facts.Verifications, service.Resource); ok {
		message := fmt.Sprintf("the private DNS name %s of %s is %s", name.Literal(), network.DisplayName(service.Resource), state)
		if state == "verified" {
			return passes("%s", message).at(name)
		}
		return blocks(message+", so it does not resolve", "publish the TXT record and start the verification").at(name)
	}
	r := assumable(
		fmt.Sprintf("%s is the private DNS name of the service; public DNS decides whether it is verified", name.Literal()),
		proof.AssumeVerified, "publish the TXT record and start the verification",
	).at(name)
	verifications := t.n.VerificationsOf(service)
	if len(verifications) == 0 {
		return r
	}
	return t.verifiedBy(verifications[0], e, r)
}

// verifiedBy finds whether the deployment of a verification proves the name; r is the result if nothing does.
func (t *trace) verifiedBy(v *network.Verification, e *endpoint, r result) result {
	service, name := e.found.Service, network.DisplayName(v.Resource)
	function := v.Function()
	switch wanted := v.PrivateDnsName(); {
	case function == nil:
		r.message = fmt.Sprintf("%s says that it verifies %s, and its code is not one that the proof knows", name, service.PrivateDnsName().Literal())
		return r.related(cite.Resource(v.Resource))
	case network.DomainName(wanted.Value) != network.DomainName(service.PrivateDnsName().Value):
		return blocks(
			fmt.Sprintf("%s waits for the private DNS name %s, and that of the service is %s", name, wanted, service.PrivateDnsName()), "use the name of the service",
		).at(wanted, service.PrivateDnsName())
	case e.Stack == v.Stack && !network.Depends(e.Resource, func(d *network.Resource) bool { return d == v.Resource }):
		return unknown(
			fmt.Sprintf("%s does not wait for %s, and EC2 refuses private DNS until the name is verified", network.DisplayName(e.Resource), name), "let the endpoint depend on it",
		).assumedBy(r.assumption).at(e.PrivateDnsEnabled()).atResource(v.Resource)
	}
	records := t.n.TxtRecordsOf(service)
	for _, record := range records {
		if problem, at, wrong := record.Problem(t.n); wrong {
			return blocks(
				fmt.Sprintf("the TXT record %s %s, so %s waits until it fails", network.DisplayName(record.Resource), problem, name), rules.TxtRecord.Fix,
			).breaks(rules.TxtRecord).at(at)
		}
	}
	if len(records) == 0 {
		r.message = fmt.Sprintf("%s waits until %s is verified, and no template has the TXT record that AWS looks for", name, service.PrivateDnsName().Literal())
		return r.atResource(v.Resource)
	}
	return passes("%s waits until AWS has found the TXT record of %s, and its deployment fails without", name, service.PrivateDnsName().Literal()).
		at(service.PrivateDnsName()).atResource(v.Resource, function, records[0].Resource)
}

// withoutPrivateDNS finds an endpoint that EC2 refuses because it enables a private DNS name that its service does not have.
func (e *endpoint) withoutPrivateDNS() (r result, found bool) {
	service := e.found.Service
	if !e.PrivateDnsEnabled().Is(true) || !service.PrivateDnsName().IsAbsent() || e.n.MayBeChangedByCustomResource(service.Resource) {
		return result{}, false
	}
	return blocks(
		fmt.Sprintf("%s enables private DNS, and %s has no private DNS name", network.DisplayName(e.Resource), network.DisplayName(service.Resource)),
		rules.TemplateFix(rules.PrivateDnsMissing),
	).breaks(rules.PrivateDnsMissing).at(e.PrivateDnsEnabled()).atResource(service.Resource), true
}
