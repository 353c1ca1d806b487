// Package described reads what is deployed in accounts and Regions, and proves it by the evaluator that proves
// templates: package reachability.
//
//	provider, err := described.Read(ctx, cfg, "222222222222", "eu-west-1")
//	consumer, err := described.Read(ctx, other, "111111111111", "eu-west-1")
//	…
//	deployed, err := described.Write(dir, provider, consumer)
//	report, err := deployed.Prove(reachability.Question{})
//
// A state becomes a template: the described properties are literals, and the IDs, ARNs and names of what is described
// too are references. So a resource has its ID, or what its ARN ends with, as its logical ID, in a stack that is named
// by account and Region: "111111111111/eu-west-1/vpce-0123". What a template cannot say is handed over as facts: the
// states of connections and of private DNS names.
//
// It is the configuration that is proven; targets that are not healthy at this moment are named beside the proof. Web
// ACLs, DNS firewalls, resolver rules, Route 53 profiles, the rules of network firewalls, and tasks that no ECS service
// runs are not there: nothing asks AWS for them.
package described

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// Description is what package reachability takes of states.
type Description struct {
	// Inputs are a template for each state.
	Inputs []reachability.Input
	// Facts are what was described and no template says.
	Facts reachability.Facts
	// Unread is what is there and not in the templates, and may matter to a path. A proof without it is a proof of less.
	Unread []string
}

// Write writes the templates of states to a directory.
func Write(dir string, states ...*State) (*Description, error) {
	w := &writer{things: map[string]thing{}, entries: map[string]entry{}}
	for _, s := range states {
		w.unread = append(w.unread, s.Unread...)
		w.templates = append(w.templates, &template{
			name: s.name(), Parameters: object{}, Resources: object{}, Outputs: object{}, given: map[string]string{},
		})
	}
	for i, s := range states {
		w.describe(w.templates[i], s)
	}
	for i, s := range states {
		w.registered(w.templates[i], s)
		w.zones(w.templates[i], s)
	}
	for i, s := range states {
		w.zonesElsewhere(w.templates[i], s)
	}
	for _, t := range w.templates {
		w.link(t, t.Resources)
	}
	d := &Description{Facts: w.facts(states), Unread: w.unread}
	for i, s := range states {
		file := filepath.Join(dir, fmt.Sprintf("%s-%s.json", s.Account, s.Region))
		data, err := json.MarshalIndent(w.templates[i], "", "  ")
		if err != nil {
			return nil, err
		}
		if err := os.WriteFile(file, data, 0o600); err != nil {
			return nil, err
		}
		d.Inputs = append(d.Inputs, reachability.Input{
			Template: file, Name: s.name(), Account: s.Account, Region: s.Region, Parameters: w.templates[i].given,
		})
	}
	return d, nil
}

// name is the stack that a state is read as.
func (s *State) name() string { return s.Account + "/" + s.Region }

// describe makes the resources of a state, but for those that name what other states have.
func (w *writer) describe(t *template, s *State) {
	w.network(t, s)
	w.securityGroups(t, s)
	w.endpoints(t, s)
	w.services(t, s)
	w.loadBalancers(t, s)
	w.targetGroups(t, s)
	w.workloads(t, s)
}

// Prove answers a question about what is deployed. The facts of the question come on top of the described ones.
func (d *Description) Prove(q reachability.Question) (*reachability.Report, error) {
	model, err := reachability.Load(d.Inputs...)
	if err != nil {
		return nil, err
	}
	q.Facts.Connections = union(d.Facts.Connections, q.Facts.Connections)
	q.Facts.Verifications = union(d.Facts.Verifications, q.Facts.Verifications)
	return model.Prove(q), nil
}

func union(base, more map[string]string) map[string]string {
	all := maps.Clone(base)
	maps.Copy(all, more)
	return all
}

// values are the strings that pointers point to, as a list of a template.
func values[T ~string](list ...T) []any {
	result := make([]any, 0, len(list))
	for _, v := range list {
		if v != "" {
			result = append(result, string(v))
		}
	}
	return slices.Clip(result)
}
