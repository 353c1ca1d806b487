package reachability_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// A value that is not known proves nothing. Whatever the deployment decides, it may be what the template had: so a call
// that was reachable is never blocked, and one that was blocked is never reachable.
func TestTemplatesWithUnknownValues(t *testing.T) {
	all := allTemplateCases()
	for _, name := range []string{
		"fargate-direct: the NLB may end TLS where no ALB is behind it",
		"imports: a path of a route",
		"enforcement: on, and the callers let in",
		"nacl: ephemeral ports are open everywhere",
		"marketplace: the name is that of a service that is loaded",
		"private-dns: verified",
		"nacl: the client's subnet takes no answers",
		"enforcement: on, and only the endpoint let in",
	} {
		t.Run(name, func(t *testing.T) {
			c := all[name]
			answers := prove(t, c).Answers
			if len(answers) == 0 {
				t.Fatal("no answer to begin with")
			}
			was := answers[0]
			c.question.Client, c.question.Domain, c.question.Port, c.question.Path = was.Client, was.Domain, was.Port, was.Path
			for i := range c.inputs {
				withUnknowns(t, c, i, func(spot string, got reachability.Answer) {
					if got.Verdict != was.Verdict && got.Verdict != reachability.Unknown {
						hop := got.Decisive()
						t.Errorf("%s is not known, and what was %s is %s: %s: %s", spot, was.Verdict, got.Verdict, hop.Name, hop.Message)
					}
				})
			}
		})
	}
}

// withUnknowns proves a case once for each value of one of its templates, with that value made unknown.
func withUnknowns(t *testing.T, c templateCase, i int, visit func(spot string, got reachability.Answer)) {
	t.Helper()
	data, err := os.ReadFile(c.inputs[i].Template)
	if err != nil {
		t.Fatal(err)
	}
	var document yaml.Node
	if err := yaml.Unmarshal(data, &document); err != nil {
		t.Fatal(err)
	}
	root := document.Content[0]
	*field(field(root, "Parameters"), "NotKnown") = function("Type", scalar("String"))
	*field(field(root, "Conditions"), "NotDecided") = function("Fn::Equals", function("Ref", scalar("NotKnown")), scalar("yes"))
	file := filepath.Join(t.TempDir(), filepath.Base(c.inputs[i].Template))
	c.inputs = append([]reachability.Input{}, c.inputs...)
	c.inputs[i].Template = file
	eachUnknown(field(root, "Resources"), func(spot string) {
		changed, err := yaml.Marshal(&document)
		if err == nil {
			err = os.WriteFile(file, changed, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, answer := range prove(t, c).Answers {
			visit(filepath.Base(file)+": "+spot, answer)
		}
	})
}

// eachUnknown makes the properties of resources unknown, one at a time, and then whether the resource is there.
func eachUnknown(resources *yaml.Node, visit func(spot string)) {
	for i := 0; i < len(resources.Content); i += 2 {
		id, resource := resources.Content[i].Value, resources.Content[i+1]
		for j := 0; j < len(resource.Content); j += 2 {
			if resource.Content[j].Value == "Properties" {
				unknownBelow(resource.Content[j+1], id, visit)
			}
		}
		was := *resource
		condition := field(resource, "Condition")
		own := *condition
		*condition = scalar("NotDecided")
		visit(id + ".Condition")
		*condition, *resource = own, was
	}
}

func unknownBelow(node *yaml.Node, path string, visit func(spot string)) {
	if isFunction(node) {
		return
	}
	for i, child := range node.Content {
		at := path + "[" + strconv.Itoa(i) + "]"
		if node.Kind == yaml.MappingNode {
			if i%2 == 0 {
				continue
			}
			at = path + "." + node.Content[i-1].Value
		}
		was := *child
		if child.Kind == yaml.ScalarNode && !isFunction(child) {
			*child = function("Ref", scalar("NotKnown"))
		} else {
			*child = function("Fn::If", scalar("NotDecided"), was, function("Ref", scalar("AWS::NoValue")))
		}
		visit(at)
		*child = was
		unknownBelow(child, at, visit)
	}
}

// isFunction reports whether a node is an intrinsic function, in its long or short form.
func isFunction(node *yaml.Node) bool {
	if strings.HasPrefix(node.Tag, "!") && !strings.HasPrefix(node.Tag, "!!") {
		return true
	}
	return node.Kind == yaml.MappingNode && len(node.Content) == 2 &&
		(node.Content[0].Value == "Ref" || strings.HasPrefix(node.Content[0].Value, "Fn::"))
}

// field is the value of a key of a mapping, which is added where it is not there.
func field(node *yaml.Node, key string) *yaml.Node {
	for i := 0; i < len(node.Content); i += 2 {
		if node.Content[i].Value == key {
			return node.Content[i+1]
		}
	}
	name, value := scalar(key), yaml.Node{Kind: yaml.MappingNode}
	node.Content = append(node.Content[:len(node.Content):len(node.Content)], &name, &value)
	return &value
}

func scalar(text string) yaml.Node {
	return yaml.Node{Kind: yaml.ScalarNode, Style: yaml.DoubleQuotedStyle, Value: text}
}

// function is a mapping of one key: to an argument, or to a list of them.
func function(name string, arguments ...yaml.Node) yaml.Node {
	key, list := scalar(name), yaml.Node{Kind: yaml.SequenceNode}
	for i := range arguments {
		list.Content = append(list.Content, &arguments[i])
	}
	value := &list
	if len(arguments) == 1 {
		value = &arguments[0]
	}
	return yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{&key, value}}
}
