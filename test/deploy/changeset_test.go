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

// template is a template of CDK, with a name of each resource for docs/deploy.md.
type template struct {
	body  string
	names map[string]string // by logical ID
}

// resource is what names a resource: where its construct is, and of a rule the group that it belongs to.
type resource struct {
	Type       string
	Metadata   map[string]any
	Properties struct{ GroupId any }
}

func readTemplate(dir, stack string) (template, error) {
	content, err := os.ReadFile(filepath.Join(dir, stack+".template.json"))
	if err != nil {
		return template{}, err
	}
	parsed := struct{ Resources map[string]resource }{}
	if err := json.Unmarshal(content, &parsed); err != nil {
		return template{}, err
	}
	t := template{body: string(content), names: map[string]string{}}
	for id, r := range parsed.Resources {
		t.names[id] = r.name()
		if t.names[id] == "" {
			return template{}, fmt.Errorf("%s in %s has no construct path", id, dir)
		}
		if group, found := parsed.Resources[r.group()]; found && isRule(r.Type) {
			t.names[id] = "rule of " + group.name()
		}
	}
	return t, nil
}

func isRule(typeName string) bool {
	return typeName == "AWS::EC2::SecurityGroupIngress" || typeName == "AWS::EC2::SecurityGroupEgress"
}

// group returns the logical ID of the security group of a rule: constructs refer to it by Ref or by Fn::GetAtt.
func (r resource) group() string {
	reference, _ := r.Properties.GroupId.(map[string]any)
	if id, ok := reference["Ref"].(string); ok {
		return id
	}
	if path, ok := reference["Fn::GetAtt"].([]any); ok && len(path) > 0 {
		id, _ := path[0].(string)
		return id
	}
	return ""
}

var certificate = regexp.MustCompile(`Certificate[0-9a-f]+-[0-9]+$`) // named by a hash of its ARN

// name is the construct path as far as a reader of the table needs it: without stack, provider, consumer and L1.
func (r resource) name() string {
	path, _ := r.Metadata["aws:cdk:path"].(string)
	_, name, _ := strings.Cut(path, "/")
	name = strings.TrimSuffix(name, "/Resource")
	for _, id := range []string{"Orders/", "OrdersApi/", "Reports/"} {
		name = strings.TrimPrefix(name, id)
	}
	return certificate.ReplaceAllString(name, "Certificate")
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
			found.added = append(found.added, next.names[id])
		case change.Action == cfntypes.ChangeActionRemove:
			found.removed = append(found.removed, old.names[id])
		case change.Action != cfntypes.ChangeActionModify:
			t.Errorf("%s: unexpected action %s", id, change.Action)
		case change.Replacement == cfntypes.ReplacementTrue && isRule(aws.ToString(change.ResourceType)):
			// Whether a rule keeps its logical ID is all the same: it is another rule.
			found.added = append(found.added, next.names[id])
			found.removed = append(found.removed, old.names[id])
		case change.Replacement == cfntypes.ReplacementTrue:
			found.replaced = append(found.replaced, next.names[id])
		case foretold(change):
			found.modified = append(found.modified, next.names[id])
		default:
			found.listed = append(found.listed, next.names[id])
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
