package deploy_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
)

// template is a template of CDK, with the construct path of each resource.
type template struct {
	body  string
	paths map[string]string // of constructs, by logical ID
}

func readTemplate(dir, stack string) (template, error) {
	content, err := os.ReadFile(filepath.Join(dir, stack+".template.json"))
	if err != nil {
		return template{}, err
	}
	parsed := struct {
		Resources map[string]struct{ Metadata map[string]any }
	}{}
	if err := json.Unmarshal(content, &parsed); err != nil {
		return template{}, err
	}
	t := template{body: string(content), paths: map[string]string{}}
	for id, resource := range parsed.Resources {
		path, ok := resource.Metadata["aws:cdk:path"].(string)
		if !ok {
			return template{}, fmt.Errorf("%s in %s has no construct path", id, dir)
		}
		t.paths[id] = path
	}
	return t, nil
}

// consequences are what a change set says of the resources of a stack, by the names that docs/deploy.md has for them.
type consequences struct {
	added, modified, removed, replaced []string
	// listed are resources that refer to an attribute of one that changes: CloudFormation does not foretell it.
	listed []string
}

// changeSetOf creates a change set for a stack from a template, and returns its changes. It is not executed.
func changeSetOf(t *testing.T, config aws.Config, stack string, next template) []cfntypes.ResourceChange {
	t.Helper()
	id := must(createChangeSet(t.Context(), config, stack, next.body))(t)
	return must(describeChangeSet(t.Context(), cloudformation.NewFromConfig(config), stack, id))(t)
}

func createChangeSet(ctx context.Context, config aws.Config, stack, body string) (string, error) {
	made, err := cloudformation.NewFromConfig(config).CreateChangeSet(ctx, &cloudformation.CreateChangeSetInput{
		StackName:     aws.String(stack),
		ChangeSetName: aws.String(fmt.Sprintf("update-%d", time.Now().UnixNano())),
		ChangeSetType: cfntypes.ChangeSetTypeUpdate,
		TemplateBody:  aws.String(body),
		Capabilities:  []cfntypes.Capability{cfntypes.CapabilityCapabilityNamedIam},
	})
	if err != nil {
		return "", err
	}
	return aws.ToString(made.Id), nil
}

func describeChangeSet(ctx context.Context, client *cloudformation.Client, stack, name string) ([]cfntypes.ResourceChange, error) {
	set, err := client.DescribeChangeSet(ctx, &cloudformation.DescribeChangeSetInput{
		StackName: aws.String(stack), ChangeSetName: aws.String(name),
	})
	if err != nil {
		return nil, err
	}
	if set.Status != cfntypes.ChangeSetStatusCreateComplete {
		return nil, fmt.Errorf("the change set of %s is %s: %s", stack, set.Status, aws.ToString(set.StatusReason))
	}
	changes := []cfntypes.ResourceChange{}
	for _, change := range set.Changes {
		changes = append(changes, *change.ResourceChange)
	}
	return changes, nil
}

// consequencesOf puts changes under what they do to resources.
func consequencesOf(t *testing.T, changes []cfntypes.ResourceChange, old, next template) consequences {
	t.Helper()
	found := consequences{}
	for _, change := range changes {
		id := aws.ToString(change.LogicalResourceId)
		switch {
		case change.Action == cfntypes.ChangeActionAdd:
			found.added = append(found.added, nameOf(next.paths[id]))
		case change.Action == cfntypes.ChangeActionRemove:
			found.removed = append(found.removed, nameOf(old.paths[id]))
		case change.Action != cfntypes.ChangeActionModify:
			t.Errorf("%s: unexpected action %s", id, change.Action)
		case change.Replacement == cfntypes.ReplacementTrue:
			found.replaced = append(found.replaced, nameOf(next.paths[id]))
		case foretold(change):
			found.modified = append(found.modified, nameOf(next.paths[id]))
		default:
			found.listed = append(found.listed, nameOf(next.paths[id]))
		}
	}
	for _, names := range []*[]string{&found.added, &found.modified, &found.removed, &found.replaced, &found.listed} {
		slices.Sort(*names)
	}
	return found
}

// foretold tells whether a property changes for sure.
func foretold(change cfntypes.ResourceChange) bool {
	return slices.ContainsFunc(change.Details, func(detail cfntypes.ResourceChangeDetail) bool {
		return detail.Evaluation == cfntypes.EvaluationTypeStatic
	})
}

var (
	ruleOfGroup = regexp.MustCompile(`^(.*)/(from|to) .*$`)
	certificate = regexp.MustCompile(`Certificate[0-9a-f]+-[0-9]+$`) // named by a hash of its ARN
)

// nameOf shortens a construct path to what a reader of the table needs: neither stack, provider, consumer nor L1, and of a
// rule of a security group no more than whose it is.
func nameOf(path string) string {
	_, name, _ := strings.Cut(path, "/")
	name = strings.TrimSuffix(name, "/Resource")
	for _, id := range []string{"Orders/", "OrdersApi/", "Reports/"} {
		name = strings.TrimPrefix(name, id)
	}
	name = ruleOfGroup.ReplaceAllString(name, "rule of $1")
	return certificate.ReplaceAllString(name, "Certificate")
}
