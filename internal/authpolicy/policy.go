package authpolicy

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// Policy is a policy document.
type Policy struct {
	document   assembly.Value
	statements []statement
	// unread says why the document may have other statements than these; "" if it does not.
	unread string
	settle assembly.Settlement
	// hasVariables says whether ${…} is a policy variable, which it is not in documents of the older version.
	hasVariables Tristate
	// texts are the texts of values of the document, which every evaluation compares.
	texts sync.Map
	// arns are the segments of texts of principals, for the same reason.
	arns sync.Map
}

// arnText is the text of an ARN, in segments.
type arnText struct {
	segments []Text
	isArn    bool
}

// arn is the text of a value of the document, and its segments if it is an ARN.
func (p *Policy) arn(v assembly.Value) (Text, arnText) {
	text := p.text(v)
	if known, ok := p.arns.Load(v); ok {
		return text, known.(arnText)
	}
	var arn arnText
	arn.segments, arn.isArn = text.segments()
	p.arns.Store(v, arn)
	return text, arn
}

// text is the text of a value of the document.
func (p *Policy) text(v assembly.Value) Text {
	if known, ok := p.texts.Load(v); ok {
		return known.(Text)
	}
	text := Of(v)
	p.texts.Store(v, text)
	return text
}

// statement is a statement of a policy.
type statement struct {
	index int
	value assembly.Value
	// allows and denies say which effect the statement may have.
	allows, denies bool
	// doubt says why the effect is not known; "" if it is.
	doubt string
}

// name is the statement as messages name it.
func (s statement) name() string { return fmt.Sprintf("statement %d", s.index+1) }

// Read reads a policy document: an object with statements.
func Read(document assembly.Value) *Policy {
	p := &Policy{document: document}
	if document.Kind() != assembly.Map {
		p.unread, p.settle = "the policy is "+describe(document), document.Settle()
		return p
	}
	for _, name := range document.Fields() {
		if !slices.Contains([]string{"Version", "Id", "Statement"}, name) {
			p.unread = fmt.Sprintf("the policy has %s, which is not modelled", name)
		}
	}
	switch version := document.Field("Version"); {
	case Of(version).is("2012-10-17"):
		p.hasVariables = Yes
	case !isAbsentOr(version, "2008-10-17"):
		p.hasVariables = Maybe
	}
	list, isKnown := items(document.Field("Statement"))
	if !isKnown {
		p.unread, p.settle = "the statements are "+describe(document.Field("Statement")), document.Field("Statement").Settle()
		return p
	}
	for i, v := range list {
		p.statements = append(p.statements, readStatement(i, v))
	}
	return p
}

// elements are the elements of statements.
var elements = []string{
	"Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition",
}

func readStatement(index int, v assembly.Value) statement {
	s := statement{index: index, value: v, allows: true, denies: true}
	if v.Kind() != assembly.Map {
		s.doubt = fmt.Sprintf("statement %d is %s", index+1, describe(v))
		return s
	}
	switch effect := Of(v.Field("Effect")); {
	case effect.is("Allow"):
		s.denies = false
	case effect.is("Deny"):
		s.allows = false
	default:
		s.doubt = fmt.Sprintf("the effect of statement %d is %s", index+1, describe(v.Field("Effect")))
	}
	for _, name := range v.Fields() {
		if !slices.Contains(elements, name) {
			s.doubt = fmt.Sprintf("statement %d has %s, which is not modelled", index+1, name)
		}
	}
	return s
}

// items are the items of a list. A single value stands for a list of one. ok is false if the value may be a list of others.
func items(v assembly.Value) (list []assembly.Value, ok bool) {
	switch v.Kind() {
	case assembly.Absent:
		return nil, true
	case assembly.List:
		return v.Items()
	case assembly.Unknown, assembly.Part:
		return []assembly.Value{v}, false
	}
	return []assembly.Value{v}, true
}

func isAbsentOr(v assembly.Value, text string) bool {
	return v.Kind() == assembly.Absent || Of(v).is(text)
}

// describe says what a value is that cannot be read.
func describe(v assembly.Value) string {
	switch {
	case v.Kind() == assembly.Absent:
		return "missing"
	case v.Why() != "":
		return "not known: " + v.Why()
	}
	return "not known: " + v.String()
}

// JSON returns the document as JSON without white space, with numbers as text. What only the deployment decides is empty.
func (p *Policy) JSON() string {
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(plain(p.document)); err != nil {
		return "" // there is none: the document has text, lists and objects alone
	}
	return strings.TrimSuffix(text.String(), "\n")
}

// plain is a value as JSON has it, with text in place of numbers.
func plain(v assembly.Value) any {
	switch v.Kind() {
	case assembly.Literal:
		text, _ := v.Text()
		return text
	case assembly.List:
		list := []any{}
		values, _ := v.Items()
		for _, item := range values {
			list = append(list, plain(item))
		}
		return list
	case assembly.Map:
		fields := map[string]any{}
		for _, name := range v.Fields() {
			fields[name] = plain(v.Field(name))
		}
		return fields
	}
	text := ""
	for _, part := range v.Parts() {
		literal, _ := part.Text()
		text += literal
	}
	return text
}
