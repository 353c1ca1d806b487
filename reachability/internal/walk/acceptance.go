package walk

import (
	"fmt"
	"strings"
	"time"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// acceptance finds who accepts the connection of an endpoint: AWS by itself, an acceptor of the templates, or a person.
func (t *trace) acceptance(e *endpoint, service *network.EndpointService) result {
	p := service.AcceptanceRequired()
	required, ok := p.Bool()
	switch {
	case !p.IsAbsent() && !ok:
		return undecided(p)
	case ok && !required:
		return passes("connections are accepted automatically").at(p)
	}
	if e.PrivateDnsEnabled().Is(true) && !t.assumes(proof.AssumeAccepted) {
		return blocks(
			network.DisplayName(e.Resource)+" enables private DNS, and EC2 refuses that until the provider has accepted the connection", rules.TemplateFix(rules.PrivateDnsAcceptance),
		).breaks(rules.PrivateDnsAcceptance).at(e.PrivateDnsEnabled(), p)
	}
	wait := assumable("the provider must accept the connection after the deployment", proof.AssumeAccepted, "accept the connection of "+network.DisplayName(e.Resource)).at(p)
	if p.IsAbsent() {
		wait.message = "AcceptanceRequired is not set, so AWS requires acceptance"
	}
	switch acceptors := t.n.AcceptorsOf(service); len(acceptors) {
	case 0:
		return wait
	case 1:
		return t.acceptedBy(acceptors[0], e, service, wait)
	default:
		return unknown(
			fmt.Sprintf("%s and %s both accept connections to %s, and each may reject what the other accepts", network.DisplayName(acceptors[0].Resource), network.DisplayName(acceptors[1].Resource), network.DisplayName(service.Resource)),
			"list all consumers in one acceptor",
		).assumedBy(proof.AssumeAccepted).atResource(acceptors[0].Resource, acceptors[1].Resource)
	}
}

// acceptedBy finds whether an acceptor accepts the connection of an endpoint; wait is the result if nobody but a person does.
func (t *trace) acceptedBy(a *network.Acceptor, e *endpoint, service *network.EndpointService, wait result) result {
	name, account := network.DisplayName(a.Resource), e.Stack.Account
	waits := func(format string, args ...any) result {
		r := assumable(fmt.Sprintf(format, args...), wait.assumption, wait.fix)
		return r.at(a.Code()).related(wait.evidence...)
	}
	if !a.IsKnown {
		return waits("%s has a list of accounts, and its code is not that of an acceptor that the proof knows", name)
	}
	if why, at, stopped := t.n.NotRunning(a, service); stopped {
		return waits("%s accepts connections by a list, and %s", name, why).related(cite.Property(at))
	}
	switch {
	case a.Unreadable:
		return waits("%s cannot read its list, so it accepts nobody", name)
	case account == "":
		return accountUnknown(e.Stack).at(a.Code())
	}
	listed, found, undecided := listedAs(a, account)
	expired := found && !listed.Expires.IsZero() && !time.Now().Before(listed.Expires)
	switch {
	case found && !expired:
		return passes("%s accepts the connections of account %s, which it lists as %s", name, account, listed.Label).at(a.Code()).restsOn(service.Resource)
	case !found && undecided != nil:
		return unknownUntil(undecided.Undecided, "%s lists %s, and whether that is account %s is unknown: %s", name, undecided.Label, account, cite.Why(undecided.Undecided)).
			assumedBy(wait.assumption).at(a.Code())
	}
	why := fmt.Sprintf("%s does not list account %s", name, account)
	if expired {
		why = fmt.Sprintf("%s lists account %s as %s until %s", name, account, listed.Label, listed.Expires.Format(time.RFC3339))
	}
	if a.CutRemoved {
		return blocks(why+", and rejects what a person accepts", "list the account").at(a.Code()).related(wait.evidence...)
	}
	return waits("%s, so the connection waits for a person", why)
}

// listedAs is the entry of an account on the list of an acceptor, or else the first entry of which it is unknown which account it names.
func listedAs(a *network.Acceptor, account string) (listed network.ListedAccount, found bool, undecided *network.ListedAccount) {
	for i, c := range a.Consumers {
		switch {
		case c.Account == account:
			return c, true, nil
		case c.Account == "" && undecided == nil:
			undecided = &a.Consumers[i]
		}
	}
	return network.ListedAccount{}, false, undecided
}

// accepted replaces the result for acceptance if the state of the connection is known. Assumption: only an available
// connection carries traffic; AWS lists the states and says so of no other.
// https://docs.aws.amazon.com/vpc/latest/privatelink/concepts.html
func (t *trace) accepted(e *endpoint, r result) result {
	state, ok := stateOf(t.facts.Connections, e.Resource)
	if !ok {
		return r
	}
	message := fmt.Sprintf("the connection of %s is %s", network.DisplayName(e.Resource), state)
	accept := "accept the connection in " + providerOf(e)
	switch strings.ToLower(state) {
	case "available":
		r = passes("%s", message)
	case "pendingacceptance":
		wait := r
		r = blocks(message+": the provider has not accepted it", accept)
		if wait.verdict == proof.Reachable && e.found.Service != nil && !e.found.Service.AcceptanceRequired().Is(false) && len(t.n.AcceptorsOf(e.found.Service)) > 0 {
			r = blocks(message+": "+wait.message+", and has not yet", "look for the account in the log of the acceptor, and at its alarms").related(wait.evidence...)
		}
	case "rejected":
		r = blocks(message+": the provider rejected it", accept+"; if EC2 refuses that, create the endpoint again")
	case "expired":
		r = blocks(message+": nobody accepted it in time", "create the endpoint again, and "+accept)
	case "failed":
		r = blocks(message+": AWS could not make the endpoint available", "create the endpoint again")
	case "deleting", "deleted":
		r = blocks(message+": the endpoint does not exist, or not for long", "create the endpoint again")
	default:
		r = unknown(message+", a state that carries no traffic yet, or that the proof does not know", "wait until it is available")
	}
	return r.atResource(e.Resource)
}

// providerOf is the account that accepts connections of an endpoint, as people know it.
func providerOf(e *endpoint) string {
	if e.contract != nil {
		return "account " + e.contract.Service.Account
	}
	if e.found.Service == nil || e.found.Service.Stack.Account == "" {
		return "the provider's account"
	}
	return "account " + e.found.Service.Stack.Account
}
