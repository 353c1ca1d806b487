package mesh_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/mesh"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// calls sets what a consumer calls.
func calls(consumer int, names ...string) func(*D) {
	return func(d *D) { (*d.Consumers)[consumer].Calls = jsii.Strings(names...) }
}

// changes are edits of a mesh. testdata/changes.txt has what each changes in the templates: what belongs to it, and nothing else.
var changes = []struct {
	name string
	edit func(*D)
}{
	{"a service behind a front door, at the front of the list", func(d *D) { *d.Services = slices.Insert(*d.Services, 0, service("orders", "internal")) }},
	{"a service over VPC Lattice, at the front of the list", func(d *D) { *d.Services = slices.Insert(*d.Services, 0, service("audit", "payments")) }},
	{"no service refunds", func(d *D) { *d.Services = (*d.Services)[:3] }},
	{"a call to a second service of a front door", calls(1, "pricing", "stock")},
	{"a first call over VPC Lattice", calls(1, "stock", "refunds")},
	{"one call less", calls(0, "stock", "ledger")},
	{"no call", calls(1)},
	{"a consumer, at the front of the list", func(d *D) {
		*d.Consumers = slices.Insert(*d.Consumers, 0, &mesh.Consumer{Name: s("search"), Account: s("333333333333"), Calls: jsii.Strings("stock")})
	}},
	{"no consumer reports", func(d *D) { *d.Consumers = (*d.Consumers)[:1] }},
	{"a tier, at the end of the list", func(d *D) {
		*d.Tiers = append(*d.Tiers, &mesh.Tier{Name: s("public"), Transport: mesh.Transport_PRIVATELINK})
		*d.Services = append(*d.Services, service("media", "public"))
		calls(0, "pricing", "stock", "ledger", "media")(d)
	}},
	{"a provider, at the end of the list", func(d *D) {
		*d.Providers = append(*d.Providers, &mesh.Provider{Name: s("travel"), Account: s(cdktest.Account)})
		trips := service("trips", "internal")
		trips.Provider = s("travel")
		*d.Services = append(*d.Services, trips)
		calls(0, "pricing", "stock", "ledger", "trips")(d)
	}},
	{"everything in another order", func(d *D) {
		slices.Reverse(*d.Services)
		slices.Reverse(*d.Consumers)
		slices.Reverse(*(*d.Consumers)[1].Calls)
	}},
}

func TestChanges(t *testing.T) {
	defer cdktest.Recover(t)
	for name, splits := range map[string]bool{"split": true, "whole": false} {
		cdktest.Run(t, name, func(t *testing.T) {
			before := cdktest.AssemblyIn(assembly(t, small(), splits))
			var text strings.Builder
			for _, change := range changes {
				after := cdktest.AssemblyIn(assembly(t, small(change.edit), splits))
				list := strings.TrimSpace(cdktest.Changes(t, before, after))
				if isMore := strings.HasPrefix(change.name, "a "); isMore && strings.Contains(list, "\n  - ") {
					t.Errorf("%s removes something:\n%s", change.name, list)
				}
				if strings.Contains(change.name, "order") && list != "" {
					t.Errorf("%s changes something:\n%s", change.name, list)
				}
				fmt.Fprintf(&text, "# %s\n%s\n", change.name, list)
			}
			cdktest.GoldenText(t, "changes-"+name+".txt", text.String())
		})
	}
}
