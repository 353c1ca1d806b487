package casetest

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"testing"

	"go.yaml.in/yaml/v3"
)

// Text is a text on one line of a file, which can be rewritten there.
type Text struct {
	Value string

	line, column int
	now          string // the new text; "" if it stays as it is
}

// UnmarshalYAML remembers the line of the text.
func (w *Text) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind != yaml.ScalarNode || node.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		return fmt.Errorf("line %d: want words on one line", node.Line)
	}
	w.Value, w.line, w.column = node.Value, node.Line, node.Column
	return nil
}

// Entry is a finding or an exposure. Key is the rule or hop and the evidence, such as "openIngress at Provider/AppGroup".
type Entry struct {
	Key   string
	Words Text
}

// UnmarshalYAML reads a mapping of one key.
func (e *Entry) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind != yaml.MappingNode || len(node.Content) != 2 {
		return fmt.Errorf("line %d: want one key, with words for it", node.Line)
	}
	e.Key = node.Content[0].Value
	return e.Words.UnmarshalYAML(node.Content[1])
}

// Check fails a test if the words differ. Under UPDATE_GOLDEN=1 it keeps the new ones for [File.Rewrite] instead.
func (w *Text) Check(t testing.TB, got string) {
	t.Helper()
	if got == w.Value {
		return
	}
	if os.Getenv("UPDATE_GOLDEN") == "1" {
		w.now = got
		return
	}
	t.Errorf("the words are\n  %s\nwant\n  %s\nUPDATE_GOLDEN=1 rewrites them", got, w.Value)
}

// Rewrite writes the words that have changed into the file, and changes nothing else in it.
func (f *File) Rewrite() error {
	lines := bytes.SplitAfter(f.text, []byte("\n"))
	for _, w := range f.texts() {
		if w.now == "" {
			continue
		}
		text, err := yaml.Marshal(w.now) // on one line, in quotes where they are needed
		if err != nil {
			return err
		}
		lines[w.line-1] = append(slices.Clip(lines[w.line-1][:w.column-1]), text...)
	}
	if rewritten := bytes.Join(lines, nil); !bytes.Equal(rewritten, f.text) {
		return os.WriteFile(f.path, rewritten, 0o600)
	}
	return nil
}

func (f *File) texts() (all []*Text) {
	for _, c := range f.Cases {
		for _, o := range c.Outcomes() {
			all = append(all, o.Words, o.Fix, o.Note)
		}
		for _, list := range []*[]Entry{c.Findings, c.Others} {
			if list == nil {
				continue
			}
			for i := range *list {
				all = append(all, &(*list)[i].Words)
			}
		}
	}
	return slices.DeleteFunc(all, func(w *Text) bool { return w == nil })
}
