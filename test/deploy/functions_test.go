package deploy_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
)

// logOf returns the lines of JSON in a log group, from the first to the last. The logical ID of the group is a prefix and a hash.
func (s deployedStack) logOf(prefix string) []map[string]any {
	s.t.Helper()
	pages := cloudwatchlogs.NewFilterLogEventsPaginator(cloudwatchlogs.NewFromConfig(s.config), &cloudwatchlogs.FilterLogEventsInput{
		LogGroupName: aws.String(s.physicalOf(prefix)),
	})
	var lines []map[string]any
	for pages.HasMorePages() {
		for _, event := range must(pages.NextPage(s.t.Context()))(s.t).Events {
			line := map[string]any{}
			if err := json.Unmarshal([]byte(aws.ToString(event.Message)), &line); err != nil {
				s.t.Errorf("%q is not JSON: %v", aws.ToString(event.Message), err)
			}
			lines = append(lines, line)
		}
	}
	return lines
}

// waitFor waits until a condition holds, which a function in the background brings about.
func waitFor(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(2 * time.Minute); !holds(); time.Sleep(200 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: not within two minutes", what)
		}
	}
}

var protection = regexp.MustCompile(`("deletion_protection\.enabled",\s*"Value": )"true"`)

// unprotect lets load balancers of an assembly be deleted, as their teams do before they destroy a stack: a rollback cannot delete protected ones.
func unprotect(t *testing.T, assembly, stack string) {
	t.Helper()
	file := filepath.Join(assembly, stack+".template.json")
	content := string(must(os.ReadFile(file))(t))
	changed := protection.ReplaceAllString(content, `$1"false"`)
	if changed == content {
		t.Fatalf("%s protects no load balancer", stack)
	}
	if err := os.WriteFile(file, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
}
