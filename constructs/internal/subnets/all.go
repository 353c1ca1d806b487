package subnets

import (
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// SelectAll selects all private subnets of the VPC, isolated ones too, unless the caller selects others: however many of a zone. It reports a
// selection that CDK cannot make, and one without subnets. It returns nil if there is no selection.
func (s Selector) SelectAll(r *rules.Report) *Selection {
	if s.Vpc == nil {
		return nil
	}
	var selected *awsec2.SelectedSubnets
	if s.Selected == nil {
		selected = s.these(answers.Of(s.Stack, s.Vpc, "private and isolated subnets", func() []awsec2.ISubnet {
			return slices.Concat(*s.Vpc.PrivateSubnets(), *s.Vpc.IsolatedSubnets())
		}))
	} else {
		all := *s.Selected
		all.OnePerAz = prop.Or(all.OnePerAz, jsii.Bool(false))
		selected = Selector{s.Stack, s.Vpc, s.Property, &all}.selected(r)
	}
	if selected == nil {
		return nil
	}
	if len(*selected.Subnets) == 0 {
		r.AddWithFix(rules.PrivateSubnets, s.Property, "add private subnets to the VPC, or select others by "+s.Property, "selects no subnet")
		return nil
	}
	return &Selection{Subnets: selected.Subnets, Zones: zonesOf(selected)}
}

// Missing returns the zones of others that are not among these, as messages have them. Names that are tokens compare within one VPC.
func (z Zones) Missing(others Zones) []string {
	if z.Unknown || others.Unknown {
		return nil
	}
	var missing []string
	for _, name := range others.Distinct() {
		if !slices.Contains(z.Names, name) {
			missing = append(missing, display(name))
		}
	}
	return missing
}

// Distinct returns the names of the zones, each once, in order.
func (z Zones) Distinct() []string {
	var names []string
	for _, name := range z.Names {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}
