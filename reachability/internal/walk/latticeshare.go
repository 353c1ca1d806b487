package walk

import (
	"fmt"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// owned is a service or a service network that an account associates.
type owned struct {
	kind string
	// identifier is the property by which the association names it.
	identifier network.Property
	// by is the stack of the association.
	by *network.Stack
	// account is its owner; "" if that is not known. is is itself; nil if the templates do not define it.
	account string
	is      *network.Resource
}

// newOwned is what an identifier names: the owner is the account of its stack, or the one in its ARN. An ID alone is of the
// account that names it.
func newOwned(kind string, identifier network.Property, by *network.Stack, is *network.Resource) owned {
	o := owned{kind: kind, identifier: identifier, by: by, is: is}
	arn, isArn := network.ParseLatticeArn(identifier.Value)
	_, isText := identifier.Text()
	switch {
	case is != nil:
		o.account = is.Stack.Account
	case isArn:
		o.account = arn.Account
	case isText:
		o.account = by.Account
	}
	return o
}

// value names it: the resource itself, where people gave that.
func (o owned) value() network.Value {
	if o.is != nil {
		return o.is.Ref()
	}
	return o.identifier.Value
}

// isOwn reports whether the account that associates it owns it.
func (o owned) isOwn() bool {
	return o.is != nil && o.is.Stack == o.by || o.account != "" && o.account == o.by.Account
}

// shares finds whether the accounts that associate the service and the client's VPC may do so: each of them owns what it
// associates, or the owner shares it. Nobody associates two things of other accounts.
// https://docs.aws.amazon.com/vpc-lattice/latest/ug/sharing.html
func (in networkEntry) shares(t *trace, a *network.ServiceAssociation) result {
	if a == nil {
		return unknown("no association says who shares what", "associate the service with the service network")
	}
	if r, known := t.existing(a); known {
		return r
	}
	sn := t.n.ServiceNetwork(a.ServiceNetworkIdentifier().Value)
	service := newOwned("service", a.ServiceIdentifier(), a.Stack, in.name.service.Resource)
	joined := newOwned("service network", a.ServiceNetworkIdentifier(), a.Stack, resourceOf(sn))
	needed := []owned{service, joined}
	if at := in.at(); at != nil {
		needed = append(needed, newOwned("service network", in.network(), at.Stack, resourceOf(t.n.ServiceNetwork(in.network().Value))))
	}
	if !service.isOwn() && !joined.isOwn() && service.account != "" && joined.account != "" && a.Stack.Account != "" {
		return blocks(
			fmt.Sprintf("account %s associates a service of account %s with a service network of account %s, and must own one of them", a.Stack.Account, service.account, joined.account),
			"associate them in the account of the service or of the service network",
		).at(a.ServiceIdentifier(), a.ServiceNetworkIdentifier())
	}
	worst := passes("each account associates what it owns").at(a.ServiceIdentifier())
	for _, o := range needed {
		if o.isOwn() {
			continue
		}
		if worst.verdict == proof.Reachable {
			worst = t.shared(o)
			continue
		}
		worst = t.worse(worst, t.shared(o))
	}
	return worst
}

func resourceOf(sn *network.ServiceNetwork) *network.Resource {
	if sn == nil {
		return nil
	}
	return sn.Resource
}

// existing replaces the result for shares if the association is there already: RAM decides who may associate, and no longer
// sharing something keeps its associations.
// https://docs.aws.amazon.com/vpc-lattice/latest/ug/sharing.html
func (t *trace) existing(a *network.ServiceAssociation) (r result, known bool) {
	state, ok := stateOf(t.facts.Connections, a.Resource)
	if !ok || !strings.EqualFold(state, "ACTIVE") {
		return result{}, false
	}
	return passes("the association exists, and stays without a share").atResource(a.Resource), true
}

// shared finds whether the owner of something shares it with the account that associates it.
func (t *trace) shared(o owned) result {
	account := o.by.Account
	name := nameOf(o.identifier)
	if _, attribute, ok := o.identifier.Reference(); ok && attribute == "Id" {
		return blocks(fmt.Sprintf("%s is the ID of a %s of another account, where VPC Lattice needs its ARN", o.identifier.Path(), o.kind), "use Fn::GetAtt Arn").at(o.identifier)
	}
	switch {
	case account == "":
		return unknown("the account that associates "+name+" is unknown", "deploy the stack to a named account", environment(o.by)).at(o.identifier)
	case o.is == nil && o.account == "":
		return undecided(o.identifier)
	case o.is != nil && o.account == "":
		return unknown("the account of "+name+" is unknown", "deploy the stack to a named account", environment(o.is.Stack)).at(o.identifier)
	}
	var doubt *result
	for _, share := range t.n.SharesOf(o.value()) {
		r := t.sharedBy(share, o)
		r = r.concerning(share.Resource)
		switch r.verdict {
		case proof.Reachable:
			return r
		case proof.Unknown:
			doubt = t.lesserDoubt(doubt, &r)
		}
	}
	if doubt != nil {
		return *doubt
	}
	if o.is == nil {
		return unknown(
			fmt.Sprintf("no template shares %s of account %s with account %s", name, o.account, account), "share it by AWS::RAM::ResourceShare",
			proof.Settlement{Kind: proof.SettleByTemplate, Subject: "the resource share of " + name},
		).at(o.identifier).assumedBy(proof.AssumeShareAccepted)
	}
	return t.notShared(o)
}

// sharedBy finds whether one resource share shares something with the account that associates it.
func (t *trace) sharedBy(share network.ShareOf, o owned) result {
	account, name := o.by.Account, nameOf(o.identifier)
	if by := share.Stack.Account; by != "" && o.account != "" && by != o.account {
		return blocks("", "") // what is shared with an account cannot be shared on
	}
	var doubt *result
	for _, p := range share.Principals().Items() {
		text, isText := p.Text()
		switch {
		case !isText:
			r := unknownUntil(p.Value, "a principal of %s is unknown: %s", network.DisplayName(share.Resource), cite.Why(p.Value)).at(p, share.Arn)
			doubt = t.lesserDoubt(doubt, &r)
		case text == account:
			return assumable(
				fmt.Sprintf("%s shares %s with account %s, which must be in its organization, or accept the invitation", network.DisplayName(share.Resource), name, account),
				proof.AssumeShareAccepted, "turn on sharing within the organization, or accept the invitation in account "+account,
			).at(p, share.Arn)
		case strings.Contains(text, ":organizations:"):
			r := assumable(
				fmt.Sprintf("%s shares %s with %s; whether account %s is in it is not in the templates", network.DisplayName(share.Resource), name, text, account),
				proof.AssumeOrganization, "make sure that the account is in it, or name the account",
			).at(p, share.Arn)
			doubt = t.lesserDoubt(doubt, &r)
		}
	}
	if doubt != nil {
		return *doubt
	}
	if list := share.Principals(); list.IsUndecided() && !list.IsList() {
		return undecided(list)
	}
	return blocks("", "")
}

// lesserDoubt returns the one of two doubts that is settled with less: one that is assumed, then one that names the account, then
// one that an assumption settles. A share that leaves more open takes nothing from one that leaves less.
func (t *trace) lesserDoubt(a, b *result) *result {
	if a == nil {
		return b
	}
	rank := func(r *result) int {
		switch {
		case r.assumption == "":
			return 3
		case t.assumes(r.assumption):
			return 0
		case r.assumption == proof.AssumeShareAccepted:
			return 1
		}
		return 2
	}
	if rank(b) < rank(a) {
		return b
	}
	return a
}

// notShared is the result for something that no share of the templates is for.
func (t *trace) notShared(o owned) result {
	name := nameOf(o.identifier)
	if policies := t.n.ResourcePoliciesOf(o.value()); len(policies) > 0 {
		return unknown(fmt.Sprintf("the resource policy %s says who may use %s, and is not evaluated", network.DisplayName(policies[0]), name), "share it by AWS::RAM::ResourceShare").
			atResource(policies[0])
	}
	r := blocks(
		fmt.Sprintf("account %s shares %s with others than account %s, in which its association is", o.account, name, o.by.Account),
		fmt.Sprintf("add %q to Principals of the resource share", o.by.Account),
	).breaks(rules.PathResourceShare)
	shares := t.n.SharesOf(o.value())
	if len(shares) == 0 {
		r.message = fmt.Sprintf("account %s does not share %s with account %s, in which its association is", o.account, name, o.by.Account)
		r.fix = fmt.Sprintf("share it by AWS::RAM::ResourceShare with account %s", o.by.Account)
	}
	for _, share := range shares {
		r = r.at(share.Principals())
	}
	return r.at(o.identifier).unless(owners(t.n.UnplacedShares(), func(s network.ShareOf) network.Property { return s.Arn }))
}
