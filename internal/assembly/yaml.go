package assembly

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"
)

// parseYAML parses one YAML document into nodes, as CloudFormation does: short forms of functions become long forms, and
// plain scalars other than the booleans of YAML 1.1, null and decimals are text. An alias shares everything below the node that it
// refers to.
func parseYAML(data []byte) (v *value, count int, err error) {
	if len(data) > maxYAML {
		return nil, 0, fmt.Errorf("more than %d bytes of YAML", maxYAML)
	}
	defer func() {
		// A panic in the YAML package must not end the program.
		if r := recover(); r != nil {
			err = fmt.Errorf("invalid YAML: %v", r)
		}
	}()
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var document, next yaml.Node
	if err := decoder.Decode(&document); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, 0, errors.New("the file is empty")
		}
		return nil, 0, yamlError(err)
	}
	if err := decoder.Decode(&next); err == nil {
		return nil, 0, fmt.Errorf("line %d: more than one document", next.Line)
	} else if !errors.Is(err, io.EOF) {
		return nil, 0, yamlError(err)
	}
	if len(document.Content) == 0 {
		return nil, 0, errors.New("the file is empty")
	}
	p := &yamlParser{anchors: map[*yaml.Node]*anchored{}}
	node, err := p.value(document.Content[0], 0)
	return node.v, p.expanded, err
}

func yamlError(err error) error {
	return errors.New(strings.TrimPrefix(err.Error(), "yaml: "))
}

// sized is a node with its height and the number of its values, with aliases expanded.
type sized struct {
	v      *value
	height int
	size   int
}

type anchored struct {
	sized
	done bool
}

type yamlParser struct {
	nodes    nodes
	anchors  map[*yaml.Node]*anchored
	expanded int // values, with aliases expanded
}

func (p *yamlParser) value(n *yaml.Node, depth int) (sized, error) {
	if depth > maxDepth {
		return sized{}, fmt.Errorf("line %d: nested deeper than %d", n.Line, maxDepth)
	}
	if n.Kind == yaml.AliasNode {
		return p.alias(n, depth)
	}
	var a *anchored
	if n.Anchor != "" {
		a = &anchored{}
		p.anchors[n] = a
	}
	s, err := p.tagged(n, depth)
	if err != nil {
		return sized{}, err
	}
	if a != nil {
		a.sized, a.done = s, true
	}
	return s, nil
}

func (p *yamlParser) alias(n *yaml.Node, depth int) (sized, error) {
	a := p.anchors[n.Alias]
	if a == nil && n.Alias.Kind == yaml.ScalarNode {
		return p.value(n.Alias, depth) // the anchor of a key
	}
	if a == nil || !a.done {
		return sized{}, fmt.Errorf("line %d: the alias *%s is inside the node that it refers to", n.Line, n.Value)
	}
	if depth+a.height > maxDepth {
		return sized{}, fmt.Errorf("line %d: nested deeper than %d", n.Line, maxDepth)
	}
	v, err := p.nodes.take()
	if err != nil {
		return sized{}, fmt.Errorf("line %d: %w", n.Line, err)
	}
	*v = *a.v // it has a line of its own
	return sized{v, a.height, a.size}, p.count(n, a.size)
}

func (p *yamlParser) count(n *yaml.Node, size int) error {
	if p.expanded += size; p.expanded > maxNodes {
		return fmt.Errorf("line %d: more than %d values, aliases included", n.Line, maxNodes)
	}
	return nil
}

// tagged parses a node. If its tag is the short form of a function, the node is its argument.
func (p *yamlParser) tagged(n *yaml.Node, depth int) (sized, error) {
	function, err := functionOf(n)
	if err != nil {
		return sized{}, err
	}
	if function == "" {
		return p.untagged(n, depth, false)
	}
	arg, err := p.untagged(n, depth+1, true)
	if err != nil {
		return sized{}, err
	}
	v, err := p.take(n)
	if err != nil {
		return sized{}, err
	}
	v.kind, v.fields, v.items = uint8(Map), &fields{keys: []string{function}}, []*value{arg.v}
	return sized{v, arg.height + 1, arg.size + 1}, nil
}

// functionOf returns the long form of the function in a tag, or "" if there is none.
func functionOf(n *yaml.Node) (string, error) {
	if n.Style&yaml.TaggedStyle == 0 || n.Tag == "!" {
		return "", nil
	}
	name, custom := strings.CutPrefix(n.Tag, "!")
	switch {
	case n.Tag == "!Ref", n.Tag == "!Condition":
		return name, nil
	case custom && name != "" && name[0] != '!':
		return "Fn::" + name, nil
	}
	switch n.Tag {
	case "!!str", "!!int", "!!float", "!!bool", "!!null", "!!map", "!!seq":
		return "", nil
	}
	return "", fmt.Errorf("line %d: CloudFormation has no tag %s", n.Line, n.Tag)
}

func (p *yamlParser) take(n *yaml.Node) (*value, error) {
	v, err := p.nodes.take()
	if err != nil {
		return nil, fmt.Errorf("line %d: %w", n.Line, err)
	}
	return v, p.count(n, 1)
}

func (p *yamlParser) untagged(n *yaml.Node, depth int, text bool) (sized, error) {
	v, err := p.take(n)
	if err != nil {
		return sized{}, err
	}
	s := sized{v, 1, 1}
	switch n.Kind {
	case yaml.ScalarNode:
		v.kind, v.text = uint8(Literal), n.Value
		if !text {
			v.scalar, v.text = plain(n)
		}
	case yaml.SequenceNode:
		v.kind = uint8(List)
		err = p.sequence(&s, n, depth)
	case yaml.MappingNode:
		v.kind, v.fields = uint8(Map), &fields{}
		err = p.mapping(&s, n, depth)
	default:
		err = fmt.Errorf("line %d: not a value", n.Line)
	}
	return s, err
}

func (p *yamlParser) sequence(s *sized, n *yaml.Node, depth int) error {
	for _, item := range n.Content {
		if err := p.child(s, item, item.Line, depth); err != nil {
			return err
		}
	}
	return nil
}

func (p *yamlParser) mapping(s *sized, n *yaml.Node, depth int) error {
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if key.Kind == yaml.AliasNode {
			key = key.Alias
		}
		switch {
		case key.Kind != yaml.ScalarNode:
			return fmt.Errorf("line %d: a key must be text", key.Line)
		case key.Tag == "!!merge":
			return fmt.Errorf("line %d: CloudFormation has no merge keys (<<)", key.Line)
		case !s.v.fields.add(key.Value):
			return duplicateKey(s.v, key.Value, key.Line)
		}
		if err := p.child(s, n.Content[i+1], n.Content[i].Line, depth); err != nil {
			return err
		}
	}
	return nil
}

// child parses a value into a sequence or a mapping. The line of a field is that of its key.
func (p *yamlParser) child(s *sized, n *yaml.Node, line, depth int) error {
	c, err := p.value(n, depth+1)
	if err != nil {
		return err
	}
	c.v.pos = int32(line)
	s.v.items = append(s.v.items, c.v)
	s.height = max(s.height, c.height+1)
	s.size += c.size
	return nil
}

var decimal = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?$`)

// booleans are the words that are booleans in YAML 1.1. It has the letters y and n too, but parsers leave them out.
var booleans = map[string]string{"true": "true", "yes": "true", "on": "true", "false": "false", "no": "false", "off": "false"}

// boolOf returns the value of a boolean. It is written in lower case, in upper case or with one capital letter.
func boolOf(word string) (text string, ok bool) {
	lower := strings.ToLower(word)
	if text, ok = booleans[lower]; !ok {
		return "", false
	}
	return text, word == lower || word == strings.ToUpper(word) || word == strings.ToUpper(word[:1])+lower[1:]
}

// plain returns the type and the text of a scalar. Account IDs with a leading zero and dates are text.
func plain(n *yaml.Node) (scalar, string) {
	bare := n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) == 0
	if !bare || n.Style&yaml.TaggedStyle != 0 && (n.Tag == "!!str" || n.Tag == "!") {
		return str, n.Value
	}
	if text, ok := boolOf(n.Value); ok {
		return boolean, text
	}
	switch n.Value {
	case "", "~", "null", "Null", "NULL":
		return null, n.Value
	}
	if decimal.MatchString(n.Value) {
		return number, n.Value
	}
	return str, n.Value
}
