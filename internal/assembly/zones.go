package assembly

// zones identifies the Availability Zones that Fn::GetAZs returns: those of an account in a Region.
type zones struct {
	stack  *Stack // the outermost one
	region string // empty for the Region of the stack if that is not known
}

func (s *scope) getAZs(arg *value) *value {
	of := s.resolve(arg)
	top := s.stack.top()
	region := top.Region
	switch {
	case of.is(Literal) && of.text != "":
		region = of.text
	case of.is(Literal), of.is(Unknown) && isRegion(arg):
	case of == nil, of.is(List), of.is(Map):
		return s.fail("Fn::GetAZs takes a Region")
	default:
		return s.opaque("Fn::GetAZs", arg)
	}
	where := "in " + region
	if region == "" {
		where = "of stack " + top.Name
	}
	v := unknown("Fn::GetAZs: the Availability Zones "+where+" are not known before deployment", Settlement{})
	v.about.zones = &zones{top, region}
	return v
}

// Zones are the account and the Region of the list that Fn::GetAZs returns, as far as they are known; ok is false for any
// other value.
func (v Value) Zones() (account, region string, ok bool) {
	if v.Kind() != Unknown || v.v.about.zones == nil {
		return "", "", false
	}
	z := v.v.about.zones
	return z.stack.Account, z.region, true
}

// isRegion reports whether a node is a reference to AWS::Region.
func isRegion(v *value) bool {
	ref := v.field("Ref")
	return ref.isText() && ref.text == "AWS::Region"
}

func zonesOf(v *value) *zones {
	if of := v.items[0]; of.is(Unknown) && v.pos >= 0 {
		return of.about.zones
	}
	return nil
}

func equalZone(a, b *zones, sameIndex bool) Tristate {
	sameRegion := a.region != "" && a.region == b.region || a.region == b.region && a.stack == b.stack
	sameAccount := a.stack == b.stack || a.stack.Account != "" && a.stack.Account == b.stack.Account
	switch {
	case a.region != "" && b.region != "" && a.region != b.region:
		return No
	case sameRegion && sameAccount:
		return yesOrNo(sameIndex)
	}
	return Maybe
}
