package network

// PublicIP says whether a network interface of a workload has a public IPv4 address in a subnet, and the property that says so or leaves
// it open. Functions have none, and of what has a security group nothing is known.
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc-internet.html
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html
// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing.html
func (n *Network) PublicIP(node Node, subnet Value) (Tristate, Property) {
	switch node.Resource.Type {
	case functionType:
		return No, Whole(node.Resource)
	case ecsServiceType:
		p := property(node.Resource, "NetworkConfiguration", "AwsvpcConfiguration", "AssignPublicIp")
		return isWord(p, "ENABLED", No), orWhole(p)
	case instanceType:
		if uses := n.internet.elasticIPUses.of(node.Resource); len(uses) > 0 {
			return Yes, uses[0].at
		}
		own := property(node.Resource, "NetworkInterfaces", 0, "AssociatePublicIpAddress")
		has, at := boolean(own), own
		if own.IsAbsent() {
			has, at = n.publicAtLaunch(node, subnet)
		}
		if uses := n.internet.elasticIPUses.unplaced(); has == No && len(uses) > 0 {
			return Maybe, uses[0].at
		}
		return has, at
	case autoScalingGroupType:
		return n.publicAtLaunch(node, subnet)
	}
	return Maybe, Whole(node.Resource)
}

// publicAtLaunch says whether an instance gets a public address when it is launched: its launch template wins over its subnet.
func (n *Network) publicAtLaunch(node Node, subnet Value) (Tristate, Property) {
	if template := launchTemplate(node.Resource); template.Resource != nil {
		launched, _, ok := template.Reference()
		if !ok {
			return Maybe, template
		}
		if p := property(launched, "LaunchTemplateData", "NetworkInterfaces", 0, "AssociatePublicIpAddress"); !p.IsAbsent() {
			return boolean(p), p
		}
	}
	s := n.Subnet(subnet)
	if s == nil {
		return Maybe, Whole(node.Resource)
	}
	p := s.MapPublicIpOnLaunch()
	if p.IsAbsent() {
		return No, Whole(s.Resource)
	}
	return boolean(p), p
}

// MapPublicIpOnLaunch says whether instances that are launched into the subnet get public addresses. Default: false.
func (s *Subnet) MapPublicIpOnLaunch() Property { return property(s.Resource, "MapPublicIpOnLaunch") }

// orWhole is a property, or its whole resource if the template leaves it out.
func orWhole(p Property) Property {
	if p.IsAbsent() {
		return Whole(p.Resource)
	}
	return p
}

// boolean says whether a property is true.
func boolean(p Property) Tristate {
	is, ok := p.Bool()
	if !ok {
		return Maybe
	}
	return yesOrNo(is)
}

// isWord says whether a property is a word; byDefault is what AWS takes if it is absent.
func isWord(p Property, word string, byDefault Tristate) Tristate {
	switch {
	case p.IsAbsent():
		return byDefault
	case !p.IsLiteral():
		return Maybe
	}
	return yesOrNo(p.Literal() == word)
}

func yesOrNo(is bool) Tristate {
	if is {
		return Yes
	}
	return No
}
