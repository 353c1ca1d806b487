package meshtest_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/meshtest"
)

// Every API has the wanted number of consumers, all connected to it, and no path depends on a value of the deployment. With
// fewer consumers, a benchmark would measure a smaller mesh than it reports.
func TestMesh(t *testing.T) {
	for _, size := range [][2]int{{5, 3}, {25, 5}, {50, 10}} {
		m := meshtest.New(size[0], size[1])
		dir := t.TempDir()
		if err := m.Write(dir); err != nil {
			t.Fatal(err)
		}
		a, err := assembly.Load(assembly.Input{Dir: dir, Parameters: m.Parameters})
		if err != nil {
			t.Fatal(err)
		}
		clients := map[string][]string{} // by API
		for _, rule := range a.OfType("AWS::EC2::SecurityGroupIngress") {
			endpoint := rule.Stack.Resource(rule.ID[:len("Api000")])
			if endpoint == nil || endpoint.Type != "AWS::EC2::VPCEndpoint" {
				continue
			}
			name := a.Stack(endpoint.ID).Output("ServiceName")
			if assembly.Equal(endpoint.Property("ServiceName"), name) != assembly.Yes {
				t.Fatalf("%s has the service %s, want %s", endpoint, endpoint.Property("ServiceName"), name)
			}
			source, _, _ := rule.Property("SourceSecurityGroupId").Reference()
			clients[endpoint.ID] = append(clients[endpoint.ID], source.String())
		}
		for api := range size[0] {
			got := clients[fmt.Sprintf("Api%03d", api)]
			slices.Sort(got)
			if got = slices.Compact(got); len(got) != size[1] {
				t.Errorf("%d APIs of %d consumers each: API %d has %d: %v", size[0], size[1], api, len(got), got)
			}
		}
	}
}
