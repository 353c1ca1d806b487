package localaws

import (
	"context"
	"encoding/json"
	"os/exec"
)

// UpdateBehaviors returns what the local API takes a change of a property to do to its resource, by type and property:
// Never, Always or Conditionally, as change sets say whether it is created anew. dir is that of test/deploy.
func UpdateBehaviors(ctx context.Context, dir string) (map[string]map[string]string, error) {
	python, err := Python(dir)
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, python, "-B", "-m", "localaws.updatebehavior")
	cmd.Dir = dir
	output, err := cmd.Output()
	if err != nil {
		return nil, err
	}
	behaviors := map[string]map[string]string{}
	return behaviors, json.Unmarshal(output, &behaviors)
}
