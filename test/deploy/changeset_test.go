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

// template is a template that CDK synthesised, with the names of its resources in docs/deploy.md.
type template struct {
	body  string
	names map[string]string // by logical ID
}

// resource is the part of a resource that gives it its name: its construct path and, for a rule, its security group.
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

// group returns the logical ID of a rule's security group, to which constructs refer by Ref or by Fn::GetAtt.
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

var certificate = regexp.MustCompile(`Certificate[0-9a-f]+-[0-9]+$`) // the name has a hash of the ARN

// name is the construct path as the table has it: without the stack, the provider or consumer, and the L1.
func (r resource) name() string {
	path, _ := r.Metadata["aws:cdk:path"].(string)
	_, name, _ := strings.Cut(path, "/")
	name = strings.TrimSuffix(name, "/Resource")
	for _, id := range []string{"Orders/", "OrdersApi/", "Reports/"} {
		name = strings.TrimPrefix(name, id)
	}
	return certificate.ReplaceAllString(name, "Certificate")
}

// consequences are what a change set does to the resources of a stack, by their names in docs/deploy.md.
type consequences struct {
	added, modified, removed, replaced []string
	// listed are resources that refer to an attribute of one that changes: CloudFormation cannot tell whether they change.
	listed []string
}

// changeSetOf creates a change set for a stack from a template, does not execute it, and returns its changes. Kept are parameters that keep
// their values.
func changeSetOf(t *testing.T, config aws.Config, stack string, next template, kept ...string) []cfntypes.ResourceChange {
	t.Helper()
	id := must(createChangeSet(t.Context(), config, stack, next.body, kept...))(t)
	return must(describeChangeSet(t.Context(), cloudformation.NewFromConfig(config), stack, id))(t)
}

func createChangeSet(ctx context.Context, config aws.Config, stack, body string, kept ...string) (string, error) {
	parameters := []cfntypes.Parameter{}
	for _, name := range kept {
		parameters = append(parameters, cfntypes.Parameter{ParameterKey: &name, UsePreviousValue: aws.Bool(true)})
	}
	made, err := cloudformation.NewFromConfig(config).CreateChangeSet(ctx, &cloudformation.CreateChangeSetInput{
		StackName:     aws.String(stack),
		ChangeSetName: aws.String(fmt.Sprintf("update-%d", time.Now().UnixNano())),
		ChangeSetType: cfntypes.ChangeSetTypeUpdate,
		TemplateBody:  aws.String(body),
		Parameters:    parameters,
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
		return nil, fmt.Errorf("the change set of %s has the status %s: %s", stack, set.Status, aws.ToString(set.StatusReason))
	}
	changes := []cfntypes.ResourceChange{}
	for _, change := range set.Changes {
		changes = append(changes, *change.ResourceChange)
	}
	return changes, nil
}

// consequencesOf groups changes by what they do to resources.
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
			// It does not matter whether a rule keeps its logical ID: it is another rule.
			found.added = append(found.added, next.names[id])
			found.removed = append(found.removed, old.names[id])
		case change.Replacement == cfntypes.ReplacementTrue:
			found.replaced = append(found.replaced, next.names[id])
		case isCertain(change):
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

// isCertain reports whether a property is certain to change.
func isCertain(change cfntypes.ResourceChange) bool {
	return slices.ContainsFunc(change.Details, func(detail cfntypes.ResourceChangeDetail) bool {
		return detail.Evaluation == cfntypes.EvaluationTypeStatic
	})
}
