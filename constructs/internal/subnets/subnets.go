// Package subnets selects the subnets of load balancers and endpoints, one in each Availability Zone.
package subnets

import (
	"encoding/json"
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/internal/placeholder"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Selector selects subnets of a VPC for a construct.
type Selector struct {
	Stack    *answers.Stack // of the construct
	Vpc      awsec2.IVpc
	Property string // by which the caller selects subnets
	Selected *awsec2.SubnetSelection
}

// Selection is the subnets that were selected.
type Selection struct {
	Subnets *[]awsec2.ISubnet
	Zones   Zones
}

// Select selects private subnets, one in each zone, unless the caller selects others. It reports a selection that CDK
// cannot make, and one with two subnets in a zone. It returns nil if there is no selection.
func (s Selector) Select(r *rules.Report) *Selection {
	if s.Vpc == nil {
		return nil
	}
	selected := s.selected(r)
	if selected == nil {
		return nil
	}
	zones := zonesOf(selected)
	zones.checkOnePerZone(r, s.Property)
	if prop.IsTrue(selected.HasPublic) && !s.selectsByName() {
		r.AddWithFix(rules.PrivateSubnets, "Vpc", "add private subnets to the VPC, or select subnets by "+s.Property, "has no private subnets")
	}
	return &Selection{Subnets: selected.Subnets, Zones: zones}
}

// selectsByName reports whether the caller names subnets, and not only how many to take.
func (s Selector) selectsByName() bool {
	g := s.Selected
	return g != nil && (g.Subnets != nil || g.SubnetType != "" || g.SubnetGroupName != nil || g.SubnetFilters != nil || g.AvailabilityZones != nil)
}

func (s Selector) selected(r *rules.Report) (selected *awsec2.SelectedSubnets) {
	given := awsec2.SubnetSelection{}
	if s.Selected != nil {
		given = *s.Selected
	}
	if given.Subnets != nil {
		if slices.Contains(*given.Subnets, nil) {
			r.Add(rules.Required, s.Property+".Subnets", "has a nil subnet")
			return nil
		}
		return s.these(*given.Subnets)
	}
	defer func() {
		if problem := recover(); problem != nil {
			r.Add(rules.SubnetSelection, s.Property, "%v", problem)
		}
	}()
	ask := func() *awsec2.SelectedSubnets { return s.ask(given) }
	text, err := json.Marshal(given)
	if given.SubnetFilters != nil || err != nil { // filters are objects, which have no text
		return ask()
	}
	return answers.Of(s.Stack, s.Vpc, "subnets "+string(text), ask)
}

func (s Selector) ask(given awsec2.SubnetSelection) *awsec2.SelectedSubnets {
	onePerZone := given
	onePerZone.OnePerAz = prop.Or(given.OnePerAz, jsii.Bool(true))
	selected := s.Vpc.SelectSubnets(&onePerZone)
	switch {
	case prop.IsTrue(selected.IsPendingLookup):
	case len(*selected.Subnets) == 0 && slices.ContainsFunc(*s.Vpc.AvailabilityZones(), isPlaceholder):
		return s.Vpc.SelectSubnets(nil) // until the lookup is done, any subnets will do
	case zonesOf(selected).Unknown && given.OnePerAz == nil:
		return s.Vpc.SelectSubnets(&given) // if the zones are one token, CDK would select the first subnet only
	}
	return selected
}

// these selects exactly these subnets. An imported one may not know its zone, and CDK's own selection would fail on it.
func (s Selector) these(list []awsec2.ISubnet) *awsec2.SelectedSubnets {
	var names []*string
	for _, subnet := range list {
		name := answers.Of(s.Stack, subnet, "zone", func() *string { return zoneOf(subnet) })
		if name == nil {
			return &awsec2.SelectedSubnets{Subnets: &list}
		}
		names = append(names, name)
	}
	return &awsec2.SelectedSubnets{Subnets: &list, AvailabilityZones: &names}
}

func isPlaceholder(zone *string) bool { return placeholder.IsZone(*zone) }

func zoneOf(subnet awsec2.ISubnet) (name *string) {
	defer func() {
		if recover() != nil {
			name = nil
		}
	}()
	return subnet.AvailabilityZone()
}
