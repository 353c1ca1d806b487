package assembly

import (
	"slices"
	"strings"
)

func (s *scope) ref(arg *value) *value {
	if name := s.computed(arg); name.is(Unknown) {
		return name
	} else if name.isText() {
		return s.name(name.text)
	}
	return s.fail("Ref takes a logical ID")
}

// computed resolves a name for Ref or Fn::GetAtt. The macro AWS::LanguageExtensions allows functions in it.
func (s *scope) computed(name *value) *value {
	if !name.is(Map) || !slices.Contains(s.stack.Transforms, "AWS::LanguageExtensions") {
		return name
	}
	v := s.resolve(name)
	if v.is(Unknown) || v.is(Literal) {
		return v
	}
	if u := s.unknown(v); u != nil {
		return u
	}
	return unknown("the name "+v.short()+" is not known before deployment", s.stack.processed())
}

// name returns the value of Ref for a parameter, a resource or a pseudo parameter.
func (s *scope) name(name string) *value {
	if strings.HasPrefix(name, "AWS::") {
		return s.pseudo(name)
	}
	if s.stack.params[name] != nil {
		return s.r.parameter(s.stack, name)
	}
	r := s.resource(name)
	if r == nil {
		return s.missing("refers to %s, which is neither a parameter nor a resource", name)
	}
	return s.attributeOf(r, "Ref")
}

// attributeOf returns the value of an attribute if the template sets it, otherwise a reference to the attribute.
func (s *scope) attributeOf(r *Resource, attribute string) *value {
	if v := s.echo(r, attribute); v != nil {
		return v
	}
	return reference(r, attribute)
}

// resource returns a resource by logical ID and records that the value refers to it; nil if there is none.
func (s *scope) resource(id string) *Resource {
	r := s.stack.byID[id]
	if r == nil {
		return nil
	}
	if s.inCondition {
		s.fail("a condition cannot refer to a resource, but this one refers to %s", id)
	}
	s.refs = append(s.refs, r)
	return r
}

// missing reports a reference to something that the template does not have: an error, unless what was not read may add it.
func (s *scope) missing(format string, name string) *value {
	adds := s.stack.addsMore()
	if adds == "" {
		return s.fail(format, name)
	}
	return unknown(adds+" decides what "+short(name)+" of stack "+s.stack.Name+" is", s.stack.processed())
}

func (s *scope) getAtt(arg *value) *value {
	if arg.isText() {
		if id, attribute, ok := strings.Cut(arg.text, "."); ok {
			return s.attribute(id, attribute)
		}
	}
	first, name, ok := pair(arg)
	id := s.computed(first)
	if ok && id.is(Unknown) {
		return id
	}
	if !ok || !id.isText() {
		return s.fail("Fn::GetAtt takes a logical ID and an attribute")
	}
	attribute := s.resolve(name)
	switch {
	case attribute.is(Unknown):
		s.attribute(id.text, "")
		return attribute.derived()
	case !attribute.is(Literal):
		return s.fail("Fn::GetAtt takes a logical ID and an attribute")
	}
	return s.attribute(id.text, attribute.text)
}

func (s *scope) attribute(id, attribute string) *value {
	r := s.resource(id)
	if r == nil {
		return s.missing("refers to an attribute of %s, which is not a resource", id)
	}
	if output, ok := strings.CutPrefix(attribute, "Outputs."); ok && nestedTypes[r.Type] != "" {
		return s.nestedOutput(r, output)
	}
	return s.attributeOf(r, attribute)
}

// pseudo returns the value of a pseudo parameter, which CloudFormation sets for every stack.
func (s *scope) pseudo(name string) *value {
	switch name {
	case "AWS::NoValue":
		return nil
	case "AWS::Region":
		return s.environment(s.stack.Region, name)
	case "AWS::AccountId":
		return s.environment(s.stack.Account, name)
	case "AWS::Partition":
		return s.environment(partitionOf(s.stack.Region).name, name)
	case "AWS::URLSuffix":
		return s.environment(partitionOf(s.stack.Region).suffix, name)
	case "AWS::StackName":
		if s.stack.Parent == nil {
			return literal(s.stack.Name)
		}
		return s.stack.undecided(name, "CloudFormation generates the name of nested stack "+s.stack.Name+" during deployment", Settlement{})
	case "AWS::StackId", "AWS::NotificationARNs":
		return s.stack.undecided(name, name+" of stack "+s.stack.Name+" is not known before deployment", Settlement{})
	}
	return s.fail("refers to %s, which is not a pseudo parameter", name)
}

// environment returns a value that depends on the account or the Region.
func (s *scope) environment(known, name string) *value {
	if known != "" {
		return literal(known)
	}
	top := s.stack.top()
	needs := "Region"
	if name == "AWS::AccountId" {
		needs = "account"
	}
	return top.undecided(name, name+" is not known: stack "+top.Name+" has no "+needs, Settlement{ByEnvironment, top.File})
}

// undecided returns an unknown pseudo parameter: the same value wherever the stack refers to it.
func (s *Stack) undecided(name, why string, settle Settlement) *value {
	if s.pseudo[name] == nil {
		if s.pseudo == nil {
			s.pseudo = map[string]*value{}
		}
		s.pseudo[name] = unknown(why, settle)
	}
	return s.pseudo[name]
}

type partition struct{ prefix, name, suffix string }

// partitionOf returns the partition of a Region; empty if the Region is not known.
func partitionOf(region string) partition {
	if region == "" {
		return partition{}
	}
	for _, p := range []partition{
		{"cn-", "aws-cn", "amazonaws.com.cn"},
		{"us-gov-", "aws-us-gov", "amazonaws.com"},
		{"us-iso-", "aws-iso", "c2s.ic.gov"},
		{"us-isob-", "aws-iso-b", "sc2s.sgov.gov"},
		{"us-isof-", "aws-iso-f", "csp.hci.ic.gov"},
		{"eu-isoe-", "aws-iso-e", "cloud.adc-e.uk"},
		{"eusc-", "aws-eusc", "amazonaws.eu"},
	} {
		if strings.HasPrefix(region, p.prefix) {
			return p
		}
	}
	return partition{name: "aws", suffix: "amazonaws.com"}
}
