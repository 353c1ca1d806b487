package cost

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/constructpath"
	"github.com/cdk-private-api/cdk-private-api-go/internal/jsondoc"
	"github.com/cdk-private-api/cdk-private-api-go/internal/nearest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// UsageVersion is the version of the form of usage files.
const UsageVersion = 1

// Usage is what people expect the resources of a month to do.
type Usage struct {
	// resources are the values by resource and key, and defaults those by type and key.
	resources map[*network.Resource]map[string]*big.Rat
	defaults  map[string]map[string]*big.Rat
}

// of is the value of a key of a resource; nil if nobody gave it.
func (u *Usage) of(r *network.Resource, key string) *big.Rat {
	if u == nil {
		return nil
	}
	if amount := u.resources[r][key]; amount != nil {
		return amount
	}
	return u.defaults[r.Type][key]
}

// given is the value of a key of a resource, by which it is charged; nil if nobody gave it.
func (m *meter) given(r *network.Resource, key string) *big.Rat {
	if m.charged == nil {
		m.charged = map[use]bool{}
	}
	m.charged[use{r, key}] = true
	return m.options.Usage.of(r, key)
}

// use is a key of a resource.
type use struct {
	resource *network.Resource
	key      string
}

// noteUncharged names the usage of resources by which nothing is charged, such as data through a gateway endpoint, which is free.
func (m *meter) noteUncharged() {
	if m.options.Usage == nil {
		return
	}
	var uncharged []string
	for r, values := range m.options.Usage.resources {
		for key := range values {
			if !m.charged[use{r, key}] {
				uncharged = append(uncharged, key+" of "+network.DisplayName(r))
			}
		}
	}
	slices.Sort(uncharged)
	for _, one := range uncharged {
		m.note("%s is in the usage file, and nothing in the bill is charged by it", one)
	}
}

var usageForm = &jsondoc.Form{
	Name: "the file", Rule: rules.Rule{Severity: rules.Error}, MaxSize: 1 << 26, OfVersion: "a usage file of version 1",
}

// The members of a usage file, which infracost's have too.
const (
	byResource = "resource_usage"
	byType     = "resource_type_default_usage"
)

// ParseUsage reads a usage file for the resources of templates. It reports all that is wrong at once.
func ParseUsage(n *network.Network, text []byte) (*Usage, error) {
	report := &rules.Report{}
	u := &Usage{resources: map[*network.Resource]map[string]*big.Rat{}, defaults: map[string]map[string]*big.Rat{}}
	if root, ok := usageForm.Read(report, string(text)); ok {
		root.Only("$schema", "version", byType, byResource)
		if number := root.Amount("version", true); number != nil && number.Cmp(big.NewRat(UsageVersion, 1)) != 0 {
			root.Problem("version", "is %s, but must be %d", number.RatString(), UsageVersion)
		}
		if o, ok := root.Object(byType, false); ok {
			u.readDefaults(o)
		}
		if o, ok := root.Object(byResource, false); ok {
			u.readResources(o, newNames(n))
		}
	}
	var problems []error
	for _, p := range report.Problems() {
		problems = append(problems, fmt.Errorf("%s: %s", p.Property, p.What))
	}
	if len(problems) > 0 {
		return nil, fmt.Errorf("usage: %w", errors.Join(problems...))
	}
	return u, nil
}

func (u *Usage) readDefaults(o *jsondoc.Object) {
	for _, name := range o.Names() {
		if len(pricers[name].keys) == 0 {
			o.Problem(name, "is not a type that is priced by usage%s", didYouMean(name, typesByUsage()))
			continue
		}
		if of, ok := o.Object(name, true); ok {
			u.defaults[name] = readKeys(of, pricers[name].keys)
		}
	}
}

func (u *Usage) readResources(o *jsondoc.Object, known *names) {
	for _, name := range o.Names() {
		r, why := known.find(name)
		if r == nil {
			o.Problem(name, "%s", why)
			continue
		}
		if u.resources[r] != nil {
			o.Problem(name, "is %s, which has another name here too", network.DisplayName(r))
		}
		if of, ok := o.Object(name, true); ok {
			u.resources[r] = readKeys(of, pricers[r.Type].keys)
		}
	}
}

// readKeys reads the values of keys. An unknown key is a problem.
func readKeys(o *jsondoc.Object, keys []string) map[string]*big.Rat {
	values := map[string]*big.Rat{}
	for _, name := range o.Names() {
		if !slices.Contains(keys, name) {
			o.Problem(name, "is not a usage of it%s", cmp.Or(didYouMean(name, keys), "; it has "+strings.Join(keys, ", ")))
			continue
		}
		values[name] = o.Amount(name, true)
	}
	return values
}

func typesByUsage() []string {
	var types []string
	for resourceType, p := range pricers {
		if len(p.keys) > 0 {
			types = append(types, resourceType)
		}
	}
	slices.Sort(types)
	return types
}

// didYouMean is a question for the names that are like a given one; "" if there are none.
func didYouMean(given string, names []string) string {
	found := nearest.Names(given, names)
	if len(found) == 0 {
		return ""
	}
	return "; did you mean " + strings.Join(found, " or ") + "?"
}

// names are the names of the resources that have usage.
type names struct {
	byName map[string][]*network.Resource
	// others are the names of resources without usage, which people may name by mistake.
	others map[string]*network.Resource
	// unknown is how many names were not found.
	unknown int
}

// mostHints is for how many unknown names those that are like them are looked for.
const mostHints = 20

func newNames(n *network.Network) *names {
	known := &names{byName: map[string][]*network.Resource{}, others: map[string]*network.Resource{}}
	for _, stack := range n.Stacks() {
		for _, r := range stack.Resources() {
			for _, name := range namesOf(r) {
				switch {
				case r.Exists == network.No:
				case len(pricers[r.Type].keys) > 0:
					known.byName[name] = append(known.byName[name], r)
				default:
					known.others[name] = r
				}
			}
		}
	}
	return known
}

// namesOf are the names that a person can give a resource: its construct path, its stack and logical ID, or its logical ID.
func namesOf(r *network.Resource) []string {
	all := []string{network.FullName(r), r.Stack.Name + "." + r.ID, r.ID}
	if r.ConstructPath != "" {
		all = append(all, constructpath.Trim(r.ConstructPath))
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// find is the resource of a name, or why there is none.
func (k *names) find(given string) (r *network.Resource, why string) {
	name := constructpath.Trim(given)
	switch found := k.byName[name]; {
	case len(found) == 1:
		return found[0], ""
	case len(found) > 1:
		var full []string
		for _, r := range found {
			full = append(full, network.FullName(r))
		}
		return nil, "is the name of several resources: " + strings.Join(full, ", ")
	}
	if other := k.others[name]; other != nil {
		return nil, fmt.Sprintf("is an %s, which is not priced by usage", other.Type)
	}
	if k.unknown++; k.unknown > mostHints {
		return nil, "is no resource of the templates"
	}
	return nil, "is no resource of the templates" + didYouMean(given, slices.Sorted(maps.Keys(k.byName)))
}
