package authpolicy

import (
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Text is text of which the deployment decides some parts, such as the ARN of a service that a template defines. The zero
// value is text of which nothing is known.
type Text struct{ parts []part }

// part is a part of a text.
type part struct {
	kind partKind
	// text is a literal, or how messages name the part.
	text string
	// of is what decides a part that is not literal.
	of origin
	// value is the value of an open part, if it comes from a template.
	value assembly.Value
}

type partKind uint8

const (
	// literal is known text.
	literal partKind = iota
	// fixed is an ID, a name or an account that the deployment decides: it has no colon, slash or wildcard.
	fixed
	// open is anything.
	open
)

// origin identifies what the deployment decides: an attribute of a resource, or the account of a stack.
type origin struct {
	resource  *assembly.Resource
	stack     *assembly.Stack
	attribute string
}

// Literal returns text that is known.
func Literal(text string) Text {
	if text == "" {
		return Text{[]part{}}
	}
	return Text{[]part{{text: text}}}
}

// Pattern returns text that is known but for its asterisks, each of which stands for any text, such as the path of a call
// to /v1/*.
func Pattern(pattern string) Text {
	t := Text{[]part{}}
	for i, text := range strings.Split(pattern, "*") {
		if i > 0 {
			t.parts = append(t.parts, part{kind: open, text: "*"})
		}
		t = t.join(Literal(text))
	}
	return t
}

// Of returns the text that a value is. An absent value is text of which nothing is known.
func Of(v assembly.Value) Text {
	switch v.Kind() {
	case assembly.Absent:
		return Text{}
	case assembly.Literal:
		text, _ := v.Text()
		return Literal(text)
	case assembly.Text:
		t := Text{[]part{}}
		for _, p := range v.Parts() {
			t = t.join(Of(p))
		}
		return t
	case assembly.Reference:
		r, attribute, _ := v.Reference()
		return Attribute(r, attribute)
	}
	name := "(undecided)"
	if v.Why() == "" {
		name = v.String()
	}
	return Text{[]part{{kind: open, text: name, value: v}}}
}

// Attribute returns an attribute of a resource. That of ARNs has the parts that the template decides.
func Attribute(r *assembly.Resource, attribute string) Text {
	id := func(name string) Text {
		return Text{[]part{{kind: fixed, text: r.String() + "." + name, of: origin{resource: r, attribute: name}}}}
	}
	switch key := r.Type + "." + attribute; key {
	case "AWS::VpcLattice::Service.Arn", "AWS::VpcLattice::Service.Ref":
		return arn(r, "vpc-lattice", "service/").join(id("Id"))
	case "AWS::VpcLattice::ServiceNetwork.Arn", "AWS::VpcLattice::ServiceNetwork.Ref":
		return arn(r, "vpc-lattice", "servicenetwork/").join(id("Id"))
	case "AWS::IAM::Role.Arn":
		return arn(r, "iam", "role").join(identityPath(r), nameOr(r.Property("RoleName"), id("Ref")))
	case "AWS::IAM::User.Arn":
		return arn(r, "iam", "user").join(identityPath(r), nameOr(r.Property("UserName"), id("Ref")))
	case "AWS::EC2::VPC.Ref", "AWS::EC2::VPC.VpcId":
		return id("VpcId")
	case "AWS::VpcLattice::Service.Id", "AWS::VpcLattice::ServiceNetwork.Id", "AWS::IAM::Role.Ref", "AWS::IAM::User.Ref":
		return id(attribute)
	}
	return Text{[]part{{kind: open, text: r.String() + "." + attribute, of: origin{resource: r, attribute: attribute}}}}
}

// Account returns the account of a stack.
func Account(s *assembly.Stack) Text { return ofStack(s, s.Account, "AWS::AccountId") }

// ofStack is what a stack has, or decides at deployment.
func ofStack(s *assembly.Stack, known, name string) Text {
	if known != "" {
		return Literal(known)
	}
	return Text{[]part{{kind: fixed, text: name + " of stack " + s.Name, of: origin{stack: s, attribute: name}}}}
}

// arn is the beginning of an ARN of a resource, up to its ID.
func arn(r *assembly.Resource, service, before string) Text {
	region, partition := ofStack(r.Stack, r.Stack.Region, "AWS::Region"), ""
	if r.Stack.Region != "" {
		partition = rules.Partition(r.Stack.Region)
	}
	if service == "iam" {
		region = Literal("")
	}
	return Literal("arn:").join(ofStack(r.Stack, partition, "AWS::Partition"),
		Literal(":"+service+":"), region, Literal(":"), Account(r.Stack), Literal(":"+before))
}

// identityPath is the path of a role or a user, with the slashes around it.
func identityPath(r *assembly.Resource) Text { return nameOr(r.Property("Path"), Literal("/")) }

func nameOr(v assembly.Value, otherwise Text) Text {
	if v.Kind() == assembly.Absent {
		return otherwise
	}
	return Of(v)
}

// join appends texts. Adjacent literals become one.
func (t Text) join(others ...Text) Text {
	parts := append([]part{}, t.known()...)
	for _, other := range others {
		for _, p := range other.known() {
			if last := len(parts) - 1; p.kind == literal && last >= 0 && parts[last].kind == literal {
				parts[last].text += p.text
				continue
			}
			parts = append(parts, p)
		}
	}
	return Text{parts}
}

// known are the parts of a text; one open part if nothing is known of it.
func (t Text) known() []part {
	if t.parts == nil {
		return []part{{kind: open, text: "unknown"}}
	}
	return t.parts
}

// endsInWildcard reports whether the text, as a pattern, matches whatever more a text has at its end.
func (t Text) endsInWildcard() bool {
	n := len(t.parts)
	return n > 0 && t.parts[n-1].kind == literal && strings.HasSuffix(t.parts[n-1].text, "*")
}

// IsGiven reports whether anything is known of the text.
func (t Text) IsGiven() bool { return t.parts != nil }

// literal is the text if all of it is known.
func (t Text) literal() (text string, ok bool) {
	switch {
	case t.parts == nil || len(t.parts) > 1:
		return "", false
	case len(t.parts) == 0:
		return "", true
	}
	return t.parts[0].text, t.parts[0].kind == literal
}

// is reports whether the text is known, and this one.
func (t Text) is(want string) bool {
	text, ok := t.literal()
	return ok && text == want
}

// String returns the text as messages have it.
func (t Text) String() string {
	var text strings.Builder
	parts := t.known()
	for _, p := range parts {
		if p.kind == literal || len(parts) == 1 || p.text == "*" {
			text.WriteString(p.text)
			continue
		}
		text.WriteString("${" + p.text + "}")
	}
	return text.String()
}

// segments splits an ARN at its first five colons; ok is false if it has fewer, or may have a colon in a part that the
// deployment decides.
func (t Text) segments() (list []Text, ok bool) {
	if text, isLiteral := t.literal(); isLiteral {
		split := strings.SplitN(text, ":", 6)
		all := make([]part, len(split))
		for i, text := range split {
			all[i].text = text
			list = append(list, Text{all[i : i+min(len(text), 1)]})
		}
		return list, len(list) == 6
	}
	list = []Text{{[]part{}}}
	for _, p := range t.known() {
		if p.kind != literal {
			if p.kind == open && len(list) < 6 {
				return nil, false
			}
			list[len(list)-1] = list[len(list)-1].join(Text{[]part{p}})
			continue
		}
		for i, text := range strings.SplitN(p.text, ":", 7-len(list)) {
			if i > 0 {
				list = append(list, Text{[]part{}})
			}
			list[len(list)-1] = list[len(list)-1].join(Literal(text))
		}
	}
	return list, len(list) == 6
}

// hasPlainSegments reports whether a pattern has wildcards in the last segment of an ARN only, so that none can match across segments.
func (t Text) hasPlainSegments() bool {
	colons := 0
	for _, p := range t.parts {
		for _, c := range p.text {
			switch {
			case p.kind != literal:
			case c == '*' || c == '?':
				return colons >= 5
			case c == ':':
				colons++
			}
		}
	}
	return colons >= 5
}

// identical reports whether two parts are the same part.
func (p part) identical(other part) bool {
	switch {
	case p.kind != other.kind:
		return false
	case p.kind == literal:
		return p.text == other.text
	case p.of != (origin{}):
		return p.of == other.of
	}
	return p.value.Kind() != assembly.Absent && assembly.Same(p.value, other.value) == Yes
}

// isSameKind reports whether two fixed parts are the same attribute of resources of one type: each is then as long as the
// other, or ends where the other does.
func (p part) isSameKind(other part) bool {
	a, b := p.of, other.of
	return a.resource != nil && b.resource != nil && a.resource.Type == b.resource.Type && a.attribute == b.attribute
}

// differs reports whether two fixed parts of one kind are certain to differ: the IDs of two resources do, unless their
// stacks may be one stack that was loaded twice.
func (p part) differs(other part) bool {
	a, b := p.of.resource, other.of.resource
	if a == b {
		return false
	}
	isTwice := a.Stack != b.Stack && a.Stack.Name == b.Stack.Name && maybeSame(a.Stack.Account, b.Stack.Account) && maybeSame(a.Stack.Region, b.Stack.Region)
	return !isTwice
}

func maybeSame(a, b string) bool { return a == "" || b == "" || a == b }
