package localaws

import (
	"context"
	"encoding/json"
	"os/exec"
)

// UpdateBehaviors returns what a change of a property does to its resource in the local API, by type and property: Never,
// Always or Conditionally, as change sets say whether a resource is recreated. dir is the directory test/deploy.
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
