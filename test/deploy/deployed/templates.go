// Package deployed reads the deployed state of accounts and Regions, and proves it with the evaluator that proves
// templates: package reachability.
//
//	provider, err := deployed.Read(ctx, cfg, "222222222222", "eu-west-1")
//	consumer, err := deployed.Read(ctx, other, "111111111111", "eu-west-1")
//	…
//	templates, err := deployed.Write(dir, provider, consumer)
//	report, err := templates.Prove(reachability.Question{})
//
// A state becomes a template. Properties are literals, but the IDs, ARNs and names of resources that were read too are
// references. The logical ID of a resource is its ID, or the last part of its ARN, and its stack is named after the
// account and the Region: "111111111111/eu-west-1/vpce-0123". The states of connections, of attachments and of private DNS names,
// which templates do not have, are facts.
//
// The configuration is proven; targets that are unhealthy at the moment are listed beside the proof. DNS firewalls, resolver
// rules, the rules of network firewalls, and tasks that do not belong to an ECS service are not read.
package deployed

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// Templates are deployed states as input of package reachability.
type Templates struct {
	// Inputs are the templates, one for each state.
	Inputs []reachability.Input
	// Facts are what was read and templates do not have.
	Facts reachability.Facts
	// Unread lists what is deployed but not in the templates, and may affect a path: the proof does not cover it.
	Unread []string
}

// Write writes the templates of states to a directory.
func Write(dir string, states ...*State) (*Templates, error) {
	w := &writer{
		locations: map[string]location{}, dnsEntries: map[string]dnsEntry{}, balancers: map[string]balancerName{}, latticeEntries: map[string][]latticeEntry{},
		networksOf: map[string]map[string]bool{}, written: map[string]bool{},
	}
	for _, s := range states {
		w.unread = append(w.unread, s.Unread...)
		w.templates = append(w.templates, &template{
			name: s.name(), Parameters: object{}, Resources: object{}, Outputs: object{}, arguments: map[string]string{},
		})
	}
	for i, s := range states {
		w.resources(w.templates[i], s)
	}
	for i, s := range states {
		w.associations(w.templates[i], s, states)
		w.peerings(w.templates[i], s, states)
		w.attachments(w.templates[i], s, states)
	}
	for i, s := range states {
		w.gatewayRoutes(w.templates[i], s, states)
		w.registered(w.templates[i], s)
		w.latticeRegistered(w.templates[i], s)
		w.zones(w.templates[i], s)
	}
	for i, s := range states {
		w.foreignZones(w.templates[i], s)
		w.profiles(w.templates[i], s, states)
	}
	for i, s := range states {
		w.profileAssociations(w.templates[i], s)
	}
	for _, t := range w.templates {
		w.link(t, t.Resources)
	}
	d := &Templates{Facts: w.facts(states), Unread: w.unread}
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
			Template: file, Name: s.name(), Account: s.Account, Region: s.Region, Parameters: w.templates[i].arguments,
		})
	}
	return d, nil
}

// name is the name of a state's stack.
func (s *State) name() string { return s.Account + "/" + s.Region }

// resources writes the resources of a state, except those that refer to resources of other states.
func (w *writer) resources(t *template, s *State) {
	w.network(t, s)
	w.internet(t, s)
	w.securityGroups(t, s)
	w.transitGateways(t, s)
	w.endpoints(t, s)
	w.services(t, s)
	w.loadBalancers(t, s)
	w.targetGroups(t, s)
	w.webAcls(t, s)
	w.workloads(t, s)
	w.lattice(t, s)
	w.shares(t, s)
	w.roles(t, s)
}

// Prove answers a question about the deployed state. Facts of the question override those that were read.
func (t *Templates) Prove(q reachability.Question) (*reachability.Report, error) {
	model, err := reachability.Load(t.Inputs...)
	if err != nil {
		return nil, err
	}
	q.Facts = t.Facts.With(q.Facts)
	return model.Prove(q), nil
}

// values are strings as a list of a template, without empty ones.
func values[T ~string](list ...T) []any {
	result := make([]any, 0, len(list))
	for _, v := range list {
		if v != "" {
			result = append(result, string(v))
		}
	}
	return slices.Clip(result)
}
