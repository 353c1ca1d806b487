package assembly

import (
	"fmt"
	"strings"
)

// export is an output that other stacks can refer to.
type export struct {
	stack  *Stack
	output string
}

// indexExports indexes all exports by name. An import in the name of an export cannot be resolved at this point, so it
// is unknown. In that case, everything that was resolved so far is resolved again later.
func (r *resolver) indexExports() {
	r.exports = map[string][]export{}
	r.indexing = true
	r.readExports()
	r.indexing = false
	if r.early {
		for _, stack := range r.assembly.Stacks {
			stack.prepare()
		}
	}
}

func (r *resolver) readExports() {
	for _, stack := range r.assembly.Stacks {
		stack.template.outputs.each(func(output string, v *value) {
			exported := v.field("Export")
			if exported == nil {
				return
			}
			if tristate(stack.scope(r, "Outputs", output).exists(v.field("Condition"))) == No {
				return
			}
			s := stack.scope(r, "Outputs", output, "Export")
			if exported.field("Name") == nil {
				s.fail("an export must be an object with a Name")
				return
			}
			if name := s.at("Name", exported.field("Name")); name.is(Literal) {
				r.exports[name.text] = append(r.exports[name.text], export{stack, output})
			}
		})
	}
}

func (s *scope) importValue(arg *value) *value {
	name := s.resolve(arg)
	switch {
	case name.is(Text), name.is(Part), name.is(Reference), name.is(Unknown):
		if u := s.unknown(name); u != nil {
			return u
		}
		return unknown("the name of the import, "+name.short()+", is not known before deployment", Settlement{})
	case !name.is(Literal):
		return s.fail("Fn::ImportValue takes the name of an export")
	case s.r.indexing:
		s.r.early = true
		return unknown("the import of "+short(name.text)+" is part of the name of an export", Settlement{})
	}
	found, err := s.pick(s.r.exports[name.text], s.stack.Account, s.stack.Region)
	switch {
	case err != "":
		return s.fail("Fn::ImportValue: %s both export %s", err, short(name.text))
	case found == nil:
		return s.notExported(name.text)
	}
	return s.imported(*found)
}

// notExported returns the value of an import that no stack exports here.
func (s *scope) notExported(name string) *value {
	export := short(name)
	elsewhere := s.r.exports[name]
	if len(elsewhere) == 0 {
		return unknown("no stack that is loaded exports "+export, byTemplate("the assembly that exports "+export))
	}
	of := elsewhere[0].stack
	what, there, here := "account", of.Account, s.stack.Account
	if possibly(there, here) {
		what, there, here = "Region", of.Region, s.stack.Region
	}
	why := fmt.Sprintf("stack %s exports %s in %s %s, but exports do not cross %ss", of.Name, export, what, there, what)
	return unknown(why, byTemplate(fmt.Sprintf("the assembly that exports %s in %s %s", export, what, here)))
}

// imported returns the output of another stack. If this stack is deployed at all, the output exists.
func (s *scope) imported(e export) *value {
	v := s.r.output(e.stack, e.output)
	if v == nil {
		what := "the output " + e.output + " of stack " + e.stack.Name
		return unknown(what+" does not exist: its condition is false", Settlement{})
	}
	if v.optional {
		kept := *v
		kept.optional = false
		return &kept
	}
	return v
}

// pick returns the export in an account and a Region. An export whose account or Region is not known is possible, but
// one that matches for certain has precedence. If there are two equally good ones, err names their templates.
func (s *scope) pick(all []export, account, region string) (*export, string) {
	var certain, possible []export
	for _, e := range all {
		s.r.step()
		switch {
		case !possibly(e.stack.Account, account) || !possibly(e.stack.Region, region):
		case e.stack.Account == account && e.stack.Region == region && account != "" && region != "":
			certain = append(certain, e)
		default:
			possible = append(possible, e)
		}
	}
	candidates := certain
	if len(certain) == 0 {
		candidates = possible
	}
	switch len(candidates) {
	case 0:
		return nil, ""
	case 1:
		return &candidates[0], ""
	}
	return nil, candidates[0].stack.File + " and " + candidates[1].stack.File
}

func possibly(a, b string) bool { return a == b || a == "" || b == "" }

// stackOutput resolves Fn::GetStackOutput, which reads an output from any account and Region.
func (s *scope) stackOutput(arg *value) *value {
	read := map[string]string{}
	for _, key := range []string{"StackName", "OutputName", "Region", "RoleArn"} {
		v := s.args(arg.field(key))
		switch {
		case v.is(Literal):
			read[key] = v.text
		case key == "RoleArn" && v != nil:
			read[key] = s.outline(v)
		case v.is(Unknown):
			return v.derived()
		case v != nil || key != "Region" && key != "RoleArn":
			return s.fail("Fn::GetStackOutput takes a StackName and an OutputName")
		}
	}
	account, region := s.stack.Account, s.stack.Region
	if read["Region"] != "" {
		region = read["Region"]
	}
	if arg.field("RoleArn") != nil {
		account = accountOf(read["RoleArn"])
	}
	var stacks []export
	for _, stack := range s.r.stacks[read["StackName"]] {
		if stack.Parent == nil {
			stacks = append(stacks, export{stack, read["OutputName"]})
		}
	}
	found, err := s.pick(stacks, account, region)
	what := "stack " + short(read["StackName"])
	switch {
	case err != "":
		return s.fail("Fn::GetStackOutput: %s both define %s", err, what)
	case found == nil:
		return unknown("no "+what+" is loaded", byTemplate("the assembly with "+what))
	case found.stack.outputs[found.output] == nil:
		return unknown(what+", as it is loaded, has no output "+short(found.output), byTemplate("the assembly in which "+what+" has the output "+short(found.output)))
	}
	return s.imported(*found)
}

// outline returns a text with a question mark for each part that is not literal, such as the partition of an ARN.
func (s *scope) outline(v *value) string {
	if !v.is(Text) {
		return ""
	}
	s.charge(v)
	var b strings.Builder
	for _, p := range v.items {
		if p.is(Literal) {
			b.WriteString(p.text)
		} else {
			b.WriteString("?")
		}
	}
	return b.String()
}

// accountOf returns the account in the ARN of a role, or "" if it is not known.
func accountOf(arn string) string {
	fields := strings.Split(arn, ":")
	if len(fields) < 6 || strings.Trim(fields[4], "0123456789") != "" {
		return ""
	}
	return fields[4]
}
