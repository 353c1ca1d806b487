package assembly

import "strings"

const storedType = "AWS::SSM::Parameter"

// StoredKey is the key of an entry of Parameter Store in [Shared.Stored]. The name may begin with a slash, or not.
func StoredKey(account, region, name string) string {
	return account + "/" + region + "/" + strings.TrimPrefix(name, "/")
}

// storedKey is the key of the entry that a parameter of a stack names: by its name, in the account and Region of the stack, or by its ARN. It is
// empty if they are not known.
func (s *scope) storedKey(entry *value) string {
	if !entry.isText() {
		return ""
	}
	account, region, name := s.stack.Account, s.stack.Region, entry.text
	if parts := strings.SplitN(name, ":", 6); len(parts) == 6 && parts[0] == "arn" {
		resource, isParameter := strings.CutPrefix(parts[5], "parameter/")
		if parts[2] != "ssm" || !isParameter {
			return ""
		}
		account, region, name = parts[4], parts[3], resource
	}
	if account == "" || region == "" {
		return ""
	}
	return StoredKey(account, region, name)
}

// stored returns the value of an entry of Parameter Store: that of the one resource of the templates that defines it, or what people gave.
func (s *scope) stored(entry *value) (*value, bool) {
	key := s.storedKey(entry)
	if key == "" {
		return nil, false
	}
	if s.r.stored == nil {
		s.r.indexStored()
	}
	switch found := s.r.stored[key]; len(found) {
	case 0:
		if text, ok := s.r.given[key]; ok {
			return literal(text), true
		}
		return nil, false
	case 1:
		at := found[0].Stack.scope(s.r, "Resources", found[0].ID, "Properties")
		return at.at("Value", found[0].Stack.template.resources.field(found[0].ID).field("Properties").field("Value")), true
	}
	return nil, false
}

// indexStored indexes the entries of Parameter Store that the templates define for certain, under names that they have as text.
func (r *resolver) indexStored() {
	r.stored = map[string][]*Resource{}
	for _, stack := range r.assembly.Stacks {
		for _, res := range stack.resources {
			if res.Type != storedType || stack.Account == "" || stack.Region == "" {
				continue
			}
			v := stack.template.resources.field(res.ID)
			name := v.field("Properties").field("Name")
			if v.field("Condition") == nil && name.isText() {
				key := StoredKey(stack.Account, stack.Region, name.text)
				r.stored[key] = append(r.stored[key], res)
			}
		}
	}
}
