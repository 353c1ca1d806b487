package walk

import (
	"fmt"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
)

// refusedPolicy finds a routing policy that Route 53 does not accept for a record: CIDR routing in a private zone, and
// multivalue answers by an alias or a CNAME.
// https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy.html
// https://docs.aws.amazon.com/Route53/latest/APIReference/API_ResourceRecordSet.html
func refusedPolicy(r network.Record, z *network.HostedZone) (refused result, found bool) {
	_, isAlias := r.Target()
	switch cidr, multivalue := r.CidrRoutingConfig(), r.MultiValueAnswer(); {
	case !cidr.IsAbsent() && z != nil && !z.IsPublic:
		return blocks("the record has CIDR routing, which Route 53 refuses in a private hosted zone", "use another routing policy").at(cidr), true
	case multivalue.Is(true) && (isAlias || r.Type().Literal() == "CNAME"):
		return blocks(
			"the record has multivalue answers, which Route 53 refuses for an alias and for a CNAME", "remove MultiValueAnswer",
		).at(multivalue), true
	case isAlias && multivalue.IsUndecided() && !multivalue.Is(false) && !multivalue.IsLiteral():
		return undecided(multivalue), true
	}
	return result{}, false
}

// routed are the records of one name among which Route 53 chooses for a client: by their weights, and by the Region of the
// client's VPC. If none answers there, the result says so.
func (t *trace) routed(list []network.Record) ([]network.Record, *result) {
	list = withoutStandby(withWeight(list))
	region := t.client.Resource.Stack.Region
	if here := filtered(list, func(r network.Record) bool { return region != "" && r.Region().Literal() == region }); len(here) > 0 {
		return here, nil // the Region with the lowest latency is the client's own
	}
	if len(filtered(list, func(r network.Record) bool { return !r.GeoLocation().IsAbsent() })) == 0 {
		return list, nil
	}
	return byLocation(list, region)
}

// byLocation are the records with the most specific location of a Region: in a private zone, the Region of the VPC is where
// a query comes from.
// https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-geo-phz.html
func byLocation(list []network.Record, region string) ([]network.Record, *result) {
	place, isKnown := places[region]
	best := -1
	var answering []network.Record
	for _, r := range list {
		at := r.GeoLocation()
		for _, field := range []string{"ContinentCode", "CountryCode", "SubdivisionCode"} {
			if p := at.Field(field); p.IsUndecided() {
				doubt := undecided(p)
				return nil, &doubt
			}
		}
		if at.IsUnknown() {
			doubt := undecided(at)
			return nil, &doubt
		}
		if !isKnown && at.Field("CountryCode").Literal() != "*" {
			doubt := unknown("where queries from the client's Region come from is unknown, and the record is for one location", "add a record for every location, or use another routing policy").at(at)
			return nil, &doubt
		}
		switch depth := place.depth(at); {
		case depth > best:
			best, answering = depth, []network.Record{r}
		case depth == best && depth >= 0:
			answering = append(answering, r)
		}
	}
	if len(answering) > 0 {
		return answering, nil
	}
	r := blocks(
		fmt.Sprintf("no record of the name is for the location of %s, from where the client's queries come", region),
		"add a record for that location, or a default record with CountryCode *",
	).at(list[0].GeoLocation())
	return nil, &r
}

// place is where a Region is, in the codes of Route 53.
type place struct{ continent, country, subdivision string }

// depth is how specific the location of a record is for a place; -1 if it is for other places.
func (p place) depth(location network.Property) int {
	continent, country, subdivision := location.Field("ContinentCode").Literal(), location.Field("CountryCode").Literal(), location.Field("SubdivisionCode").Literal()
	switch {
	case country == "*":
		return 0
	case subdivision != "" && country == p.country && subdivision == p.subdivision:
		return 3
	case subdivision == "" && country != "" && country == p.country:
		return 2
	case country == "" && continent != "" && continent == p.continent:
		return 1
	}
	return -1
}

var places = map[string]place{
	"us-east-1": {"NA", "US", "VA"}, "us-east-2": {"NA", "US", "OH"}, "us-west-1": {"NA", "US", "CA"}, "us-west-2": {"NA", "US", "OR"},
	"ca-central-1": {"NA", "CA", ""}, "ca-west-1": {"NA", "CA", ""}, "mx-central-1": {"NA", "MX", ""}, "sa-east-1": {"SA", "BR", ""},
	"eu-west-1": {"EU", "IE", ""}, "eu-west-2": {"EU", "GB", ""}, "eu-west-3": {"EU", "FR", ""}, "eu-central-1": {"EU", "DE", ""},
	"eu-central-2": {"EU", "CH", ""}, "eu-north-1": {"EU", "SE", ""}, "eu-south-1": {"EU", "IT", ""}, "eu-south-2": {"EU", "ES", ""},
	"af-south-1": {"AF", "ZA", ""}, "me-south-1": {"AS", "BH", ""}, "me-central-1": {"AS", "AE", ""}, "il-central-1": {"AS", "IL", ""},
	"ap-east-1": {"AS", "HK", ""}, "ap-south-1": {"AS", "IN", ""}, "ap-south-2": {"AS", "IN", ""}, "ap-northeast-1": {"AS", "JP", ""},
	"ap-northeast-2": {"AS", "KR", ""}, "ap-northeast-3": {"AS", "JP", ""}, "ap-southeast-1": {"AS", "SG", ""},
	"ap-southeast-2": {"OC", "AU", ""}, "ap-southeast-3": {"AS", "ID", ""}, "ap-southeast-4": {"OC", "AU", ""},
	"ap-southeast-5": {"AS", "MY", ""}, "ap-southeast-7": {"AS", "TH", ""},
}

// withoutStandby leaves out the secondary record of a failover if the primary one cannot fail: it has no health check and
// does not evaluate its target.
func withoutStandby(list []network.Record) []network.Record {
	alwaysUp := func(r network.Record) bool {
		return r.Failover().Literal() == "PRIMARY" && r.HealthCheckId().IsAbsent() && r.Resource.Exists == network.Yes &&
			(r.AliasTarget().IsAbsent() || r.AliasTarget().Field("EvaluateTargetHealth").IsAbsent() || r.AliasTarget().Field("EvaluateTargetHealth").Is(false))
	}
	if !slices.ContainsFunc(list, alwaysUp) {
		return list
	}
	return filtered(list, func(r network.Record) bool { return r.Failover().Literal() != "SECONDARY" })
}

func filtered(list []network.Record, keep func(network.Record) bool) []network.Record {
	var kept []network.Record
	for _, r := range list {
		if keep(r) {
			kept = append(kept, r)
		}
	}
	return kept
}

// isChosenAtRunTime reports whether Route 53 chooses among records by what only run time tells: health, or latency.
func isChosenAtRunTime(list []network.Record) bool {
	return len(list) > 1 && !slices.ContainsFunc(list, func(r network.Record) bool {
		return r.Failover().IsAbsent() && r.Region().IsAbsent() && r.GeoProximityLocation().IsAbsent()
	})
}
