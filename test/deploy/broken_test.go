package deploy_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// object is a resource of a template.
type object = map[string]any

// TestBrokenConstruct deploys what a construct with a defect would synthesise. It shows that the deployment tests can fail:
// it is not enough that a template looks right.
func TestBrokenConstruct(t *testing.T) {
	f := deployApi(t, "NotAllowed")

	// https://docs.aws.amazon.com/elasticloadbalancing/latest/network/application-load-balancer-target.html
	t.Run("the target group does not wait for the listener of the ALB", func(t *testing.T) {
		assembly := edited(t, f.assembly, "Broken", func(resources map[string]object) int {
			edits := 0
			for _, r := range resources {
				properties, _ := r["Properties"].(map[string]any)
				if r["Type"] == "AWS::ElasticLoadBalancingV2::TargetGroup" && properties["TargetType"] == "alb" && r["DependsOn"] != nil {
					delete(r, "DependsOn")
					edits++
				}
			}
			return edits
		})
		refusal{
			as: f.api, assembly: assembly, stack: "Broken", resource: "AWS::ElasticLoadBalancingV2::TargetGroup",
			reason: "the target must have at least one listener that matches the target group port",
		}.want(t, f)
	})

	// The API itself deploys then, and its consumers fail.
	// https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html
	t.Run("the permissions are missing", func(t *testing.T) {
		assembly := edited(t, f.assembly, "Broken", func(resources map[string]object) int {
			edits := 0
			for id, r := range resources {
				if r["Type"] == "AWS::EC2::VPCEndpointServicePermissions" {
					delete(resources, id)
					edits++
				}
			}
			return edits
		})
		must(f.deploy(t, f.api, assembly, "Broken"))(t)
		name := must(output(t.Context(), f.api, "Broken", "ServiceName"))(t)
		f.refusedEndpoint("CallerOfBroken", name, noSuchService(name)).want(t, f)
	})
}

// edited copies an assembly and edits the template of a stack; edit returns how many resources it edited. Templates are
// named by their hash in the bucket of bootstrap, where an object with the same name would not be replaced.
func edited(t *testing.T, assembly, stack string, edit func(map[string]object) int) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "assembly")
	if err := os.CopyFS(dir, os.DirFS(assembly)); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, stack+".template.json")
	old := must(os.ReadFile(file))(t)
	template, resources := map[string]json.RawMessage{}, map[string]object{}
	if err := json.Unmarshal(old, &template); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(template["Resources"], &resources); err != nil {
		t.Fatal(err)
	}
	want(t, "the number of resources to edit", edit(resources), 1)
	template["Resources"] = must(json.Marshal(resources))(t)
	text := must(json.Marshal(template))(t)
	rewrite(t, file, func([]byte) []byte { return text })
	before, after := fmt.Appendf(nil, "%x", sha256.Sum256(old)), fmt.Appendf(nil, "%x", sha256.Sum256(text))
	for _, manifest := range []string{"manifest.json", stack + ".assets.json"} {
		rewrite(t, filepath.Join(dir, manifest), func(content []byte) []byte {
			if !bytes.Contains(content, before) {
				t.Errorf("%s does not have the hash of the template", manifest)
			}
			return bytes.ReplaceAll(content, before, after)
		})
	}
	return dir
}

func rewrite(t *testing.T, file string, edit func([]byte) []byte) {
	t.Helper()
	content := edit(must(os.ReadFile(file))(t))
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
}
