// Package validation runs CDK's template validation on cloud assemblies that exist. CDK itself runs it in the process of each app, where it
// spends ten seconds on its rules before it reads the first template. Here all assemblies share one engine.
package validation

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/constructs-go/constructs/v10"
)

// engine has CDK's default rules. It lives as long as the jsii kernel.
var engine = sync.OnceValue(func() awscdk.CloudFormationValidatePlugin {
	return awscdk.NewCloudFormationValidatePlugin(nil)
})

// Findings returns what CDK finds in the templates of an assembly, and what the plugins reported that its app ran, such as a proof. What only
// informs, such as that a proof succeeded, is no finding.
func Findings(dir string) ([]string, error) {
	stacks, err := stacksIn(dir)
	if err != nil {
		return nil, err
	}
	findings, err := reported(dir)
	if err != nil {
		return nil, err
	}
	acknowledged, err := acknowledgedIn(dir)
	if err != nil {
		return nil, err
	}
	for _, violation := range *engine().Validate(&templates{stacks: stacks}).Violations {
		if severity := text(violation.Severity); severity != "info" && !acknowledged["CloudFormation-Validate::"+text(violation.RuleName)] {
			findings = append(findings, fmt.Sprintf("%s %s: %s%s", severity, text(violation.RuleName), text(violation.Description), places(violation)))
		}
	}
	return findings, nil
}

// places are the resources of a violation, each with its template.
func places(violation *awscdk.PolicyViolation) string {
	var lines strings.Builder
	for _, resource := range *violation.ViolatingResources {
		name := resource.ResourceLogicalId
		if name == nil {
			name = resource.ConstructPath
		}
		fmt.Fprintf(&lines, "\n  %s in %s", text(name), text(resource.TemplatePath))
	}
	return lines.String()
}

// stacksIn returns the stacks of an assembly with their templates.
func stacksIn(dir string) ([]*awscdk.PolicyValidationStack, error) {
	manifest := struct {
		Artifacts map[string]struct {
			Type, Environment, DisplayName string
			Properties                     struct{ TemplateFile string }
		}
	}{}
	content, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err == nil {
		err = json.Unmarshal(content, &manifest)
	}
	if err != nil {
		return nil, err
	}
	var stacks []*awscdk.PolicyValidationStack
	for id, artifact := range manifest.Artifacts {
		switch artifact.Type {
		case "aws:cloudformation:stack":
			file, err := filepath.Abs(filepath.Join(dir, artifact.Properties.TemplateFile))
			if err != nil {
				return nil, err
			}
			stack := &awscdk.PolicyValidationStack{StackConstructPath: &artifact.DisplayName, TemplatePath: &file}
			if artifact.DisplayName == "" {
				stack.StackConstructPath = &id
			}
			account, region, _ := strings.Cut(strings.TrimPrefix(artifact.Environment, "aws://"), "/")
			if !strings.HasPrefix(account, "unknown") {
				stack.AccountId = &account
			}
			if !strings.HasPrefix(region, "unknown") {
				stack.Region = &region
			}
			stacks = append(stacks, stack)
		case "cdk:cloud-assembly":
			return nil, fmt.Errorf("%s has a stage, %s, whose templates would not be read", dir, id)
		}
	}
	if len(stacks) == 0 {
		return nil, fmt.Errorf("%s has no stack", dir)
	}
	return stacks, nil
}

// acknowledgedIn returns the IDs that constructs of the app acknowledged: CDK's own, for the zones of a stack, or the app's. As in CDK, an
// acknowledgement counts in the whole app.
func acknowledgedIn(dir string) (map[string]bool, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.metadata.json"))
	if err != nil {
		return nil, err
	}
	acknowledged := map[string]bool{}
	for _, file := range files {
		metadata := map[string][]struct {
			Type string
			Data any
		}{}
		content, err := os.ReadFile(file)
		if err == nil {
			err = json.Unmarshal(content, &metadata)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		for _, entries := range metadata {
			for _, entry := range entries {
				if reasons, ok := entry.Data.(map[string]any); ok && entry.Type == "aws:cdk:acknowledged-rules" {
					for id := range reasons {
						acknowledged[id] = true
					}
				}
			}
		}
	}
	return acknowledged, nil
}

// reported returns what the plugins of an app found, from the file of their report: what CDK prints can be lost when its process ends. An app
// without plugins has no file.
func reported(dir string) (findings []string, err error) {
	content, err := os.ReadFile(filepath.Join(dir, "validation-report.json"))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	report := struct {
		PluginReports []struct {
			Violations []struct{ RuleName, Description, Severity string }
		}
	}{}
	if err == nil {
		err = json.Unmarshal(content, &report)
	}
	if err != nil {
		return nil, err
	}
	for _, plugin := range report.PluginReports {
		for _, violation := range plugin.Violations {
			if violation.Severity != "info" {
				findings = append(findings, fmt.Sprintf("%s %s: %s", violation.Severity, violation.RuleName, violation.Description))
			}
		}
	}
	return findings, nil
}

func text(value *string) string {
	if value == nil {
		return ""
	}
	return *value
}

// templates is the context that CDK gives to a plugin, with the stacks alone: the tree of constructs is gone.
type templates struct {
	stacks []*awscdk.PolicyValidationStack
}

func (t *templates) StackTemplates() *[]*awscdk.PolicyValidationStack { return &t.stacks }

func (t *templates) TemplatePaths() *[]*string {
	var paths []*string
	for _, stack := range t.stacks {
		paths = append(paths, stack.TemplatePath)
	}
	return &paths
}

func (t *templates) AppConstruct() constructs.IConstruct { return nil }

func (t *templates) AccountId() *string { return nil }

func (t *templates) Region() *string { return nil }
