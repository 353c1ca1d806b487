package contract

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/jsondoc"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Publication is a contract as the template of a stack has it in its Metadata: the half that synthesis knows, and which outputs of the
// stack have the rest.
type Publication struct {
	// Name is the name of the contract.
	Name string
	// Service is the half that synthesis knows, as JSON.
	Service json.RawMessage
	// Outputs are the names of the stack's outputs, by the member of the deployed half. The output of a list is joined by commas.
	Outputs map[string]string
	// AtDeploy are the paths of what the service has, and synthesis does not know.
	AtDeploy []string
}

// Publications returns the contracts that a template publishes, by their names.
func Publications(template []byte) ([]*Publication, error) {
	var parsed struct {
		Metadata map[string]json.RawMessage
	}
	if err := json.Unmarshal(template, &parsed); err != nil {
		return nil, err
	}
	var found []*Publication
	for _, key := range slices.Sorted(maps.Keys(parsed.Metadata)) {
		name, isContract := strings.CutPrefix(key, MetadataPrefix)
		if !isContract {
			continue
		}
		var entry struct {
			Version  int
			Service  json.RawMessage
			Outputs  map[string]string
			AtDeploy []string
		}
		if err := json.Unmarshal(parsed.Metadata[key], &entry); err != nil {
			return nil, fmt.Errorf("Metadata.%s: %w", key, err)
		}
		if entry.Version != Version {
			return nil, fmt.Errorf("Metadata.%s: version %d is not known", key, entry.Version)
		}
		found = append(found, &Publication{Name: name, Service: entry.Service, Outputs: entry.Outputs, AtDeploy: entry.AtDeploy})
	}
	return found, nil
}

// Contract returns the contract, with the deployed half if outputs are those of the stack; nil outputs are unknown. It reports what is wrong
// with it, and returns nil then.
func (p *Publication) Contract(r *rules.Report, outputs map[string]string) *Contract {
	for _, path := range p.AtDeploy {
		r.AddWithFix(rules.ContractDeployed, path, "set Env of the stack and literal properties, or read the contract from its SSM parameter", "is known only at deploy time")
	}
	whole := map[string]any{"version": Version, "service": p.Service}
	if outputs != nil {
		whole["deployed"] = p.deployed(r, outputs)
	}
	if r.HasErrors() {
		return nil
	}
	text, err := json.Marshal(whole)
	if err != nil {
		r.Add(rules.ContractForm, root, "is not JSON: %v", err)
		return nil
	}
	return Parse(r, string(text))
}

func (p *Publication) deployed(r *rules.Report, outputs map[string]string) *Deployed {
	d := &Deployed{}
	for _, member := range slices.Sorted(maps.Keys(p.Outputs)) {
		path, output := jsondoc.Join("deployed", member), p.Outputs[member]
		value, ok := outputs[output]
		switch {
		case !ok:
			r.AddWithFix(rules.ContractDeployed, path, "deploy the stack, and write its outputs: cdk deploy --outputs-file outputs.json", "has no output %s", output)
		case !d.Set(member, value):
			r.Add(rules.ContractForm, path, "is not a member of a contract of version 1")
		}
	}
	return d
}
