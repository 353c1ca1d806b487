package walk

import (
	"fmt"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/cite"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// profileZone is the private hosted zone of a name that a Route 53 Profile brings into the client's VPC. It answers where no zone of
// that name is associated with the VPC itself, and a zone with a more specific name answers first.
// https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/profiles.html
func (t *trace) profileZone(name string) (*network.HostedZone, result, bool) {
	profiles := t.n.ProfilesOf(t.client.VPC)
	for _, a := range profiles {
		zones := t.n.ZonesInProfile(a.ProfileId().Value, name)
		t.run.left.Steps(len(zones))
		for _, in := range zones {
			z := t.n.ZoneIn(in)
			if z.IsPublic && z.Resource != nil {
				continue // Route 53 associates private zones alone
			}
			if len(profiles) > 1 {
				return z, secondProfile(t.client.VPC, profiles[0], profiles[1]), true
			}
			return z, t.byProfile(z, in, a), true
		}
	}
	return nil, result{}, false
}

// elsewhereByProfile is the result for records in a zone that the templates do not define and that a profile brings into the client's VPC.
func (t *trace) elsewhereByProfile(records []network.Record) (r result, found bool) {
	z := t.n.ZoneOfRecord(records[0])
	for _, record := range records {
		if t.n.ZoneOfRecord(record) != z {
			return result{}, false // one of them may answer, or the other
		}
	}
	for _, a := range t.n.ProfilesOf(t.client.VPC) {
		for _, in := range t.n.ZonesInProfile(a.ProfileId().Value, "") {
			if t.n.ZoneIn(in) == z {
				return t.byProfile(z, in, a), true
			}
		}
	}
	return result{}, false
}

// byProfile finds whether a profile brings a zone into the client's VPC: who may associate them, and in which Region.
func (t *trace) byProfile(z *network.HostedZone, in *network.ProfileResource, a *network.ProfileVPC) result {
	profile := t.n.Profile(a.ProfileId().Value)
	vpc := network.NameOf(t.client.VPC)
	fine := passes("zone %s answers in %s by %s", zoneName(z, in), vpc, nameOf(a.ProfileId())).at(in.ResourceArn(), a.VpcId())
	if z.Resource != nil {
		fine = fine.atResource(z.Resource)
	}
	if r, wrong := t.otherVpcOwner(a); wrong {
		return r
	}
	if z.Resource != nil && differ(z.Stack.Account, in.Stack.Account) {
		return unknown(
			fmt.Sprintf("account %s associates zone %s of account %s with the profile, and whether Route 53 lets it is not in the templates", in.Stack.Account, z.Name, z.Stack.Account),
			"associate the zone in its own account",
		).at(in.ResourceArn())
	}
	if profile == nil { // by ID: whatever else is in it is an assumption of its own
		return fine
	}
	worst := fine.atResource(profile)
	for _, r := range []result{t.usesProfile(profile, a.ProfileId(), a.Stack), t.addsToProfile(profile, in)} {
		worst = t.worse(worst, r.related(fine.evidence...))
	}
	return worst
}

// addsToProfile finds whether an account may associate a zone with a profile: the permission with which AWS RAM shares one, unless the
// share names another, lets other accounts associate VPCs alone.
// https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/sharing-profiles.html
func (t *trace) addsToProfile(profile *network.Resource, in *network.ProfileResource) result {
	r := t.usesProfile(profile, in.ProfileId(), in.Stack)
	if r.verdict == proof.Blocked || !differ(profile.Stack.Account, in.Stack.Account) {
		return r
	}
	for _, share := range t.n.SharesOf(profile.Ref()) {
		if !share.PermissionArns().IsAbsent() {
			return r.concerning(share.Resource)
		}
	}
	return unknown(
		fmt.Sprintf("%s is shared with account %s by the permission of AWS, which lets it associate VPCs, and zones perhaps not", network.DisplayName(profile), in.Stack.Account),
		"associate the zone in the account of the profile, or share it by PermissionArns with a permission for route53profiles:AssociateResourceToProfile",
	).at(in.ProfileId())
}

// usesProfile finds whether an account may use a profile: its own, or one that is shared with it, of its Region.
func (t *trace) usesProfile(profile *network.Resource, id network.Property, by *network.Stack) result {
	if differ(profile.Stack.Region, by.Region) {
		return blocks(
			fmt.Sprintf("%s is in %s, and its association in %s: a profile serves the VPCs of its Region", network.DisplayName(profile), profile.Stack.Region, by.Region),
			"use a profile of the same Region",
		).at(id)
	}
	o := owned{kind: "profile", identifier: id, by: by, is: profile, account: profile.Stack.Account}
	if o.isOwn() {
		return passes("the account owns the profile")
	}
	return t.shared(o)
}

// otherVpcOwner finds an association of a VPC by another account than its own, which Route 53 refuses.
func (t *trace) otherVpcOwner(a *network.ProfileVPC) (r result, found bool) {
	vpc := t.n.VPC(a.VpcId().Value)
	if vpc == nil || !differ(vpc.Stack.Account, a.Stack.Account) {
		return result{}, false
	}
	return blocks(
		fmt.Sprintf("%s is in account %s, and only account %s, which owns %s, can associate it with a profile", network.DisplayName(a.Resource), a.Stack.Account, vpc.Stack.Account, network.DisplayName(vpc.Resource)),
		"associate the VPC in its own account",
	).at(a.VpcId()), true
}

// secondProfile is the result for a VPC that two associations name, of which Route 53 refuses the second.
// https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53profiles_AssociateProfile.html
func secondProfile(vpc network.Value, a, b *network.ProfileVPC) result {
	r := blocks(
		fmt.Sprintf("%s and %s both associate %s with a profile, and Route 53 refuses the second", network.DisplayName(a.Resource), network.DisplayName(b.Resource), network.NameOf(vpc)),
		"keep one of them, and associate the zones of both with its profile",
	).at(a.VpcId(), b.VpcId())
	if a.Exists == network.Yes && b.Exists == network.Yes {
		return r
	}
	r.verdict, r.fix, r.uses = proof.Unknown, "make their conditions exclude each other", nil
	for _, v := range []*network.ProfileVPC{a, b} {
		if v.Exists != network.Yes {
			r.settle = append(r.settle, cite.Settle(v.Existence()))
		}
	}
	return r
}

// unlessProfile downgrades Blocked to Unknown if a profile may bring a further zone into the client's VPC.
func (t *trace) unlessProfile(r result) result {
	profiles := t.n.ProfilesOf(t.client.VPC)
	unplaced := owners(t.n.UnplacedProfileVPCs(), (*network.ProfileVPC).VpcId)
	if len(profiles) > 0 {
		unplaced = append(unplaced, owners(t.n.UnplacedProfileResources(), (*network.ProfileResource).ProfileId)...)
	}
	r = r.unless(unplaced)
	for _, a := range profiles {
		if p, open := t.n.MayHaveZones(a); open && r.verdict == proof.Blocked {
			return unknownUntil(p.Value, "%s, unless %s has one, which the templates do not define", r.message, p).at(p).related(r.evidence...)
		}
	}
	return r
}

// zoneName is a zone as people know it: by its ARN if the templates do not define it.
func zoneName(z *network.HostedZone, in *network.ProfileResource) string {
	if z.Resource == nil {
		return in.ResourceArn().String()
	}
	return z.Name
}

// differ reports whether two values are known and different; "" is an unknown one.
func differ(a, b string) bool { return a != "" && b != "" && a != b }
