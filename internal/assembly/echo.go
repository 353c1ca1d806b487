package assembly

import "strings"

// echo is the source of an attribute that returns what a property sets.
type echo struct {
	// property is the name of the property, and path leads to a value inside it.
	property string
	path     []any

	// of is the attribute of the resource that the property refers to, such as the VpcId of a subnet. If it is
	// empty, the property itself is the value.
	of string

	// only reports whether the attribute returns a value unchanged; nil if it does so with all values.
	only func(*value) bool
}

// echoes lists the attributes, and the results of Ref, that return what a property sets, by resource type. Where
// there are several sources, the first one that is set counts.
//
// Attributes that identify a resource are not listed, even if a property sets them: the PrivateIp of an instance
// says which instance it is. Neither are attributes that AWS rewrites, such as the DomainName of a resolver rule,
// which gets a trailing dot.
//
// Source: "Return values" of each type in the AWS CloudFormation Template Reference Guide,
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
var echoes = map[string]map[string][]echo{
	"AWS::EC2::Instance": {
		"AvailabilityZone": {{property: "AvailabilityZone"}, {property: "SubnetId", of: "AvailabilityZone"}},
		"VpcId":            {{property: "SubnetId", of: "VpcId"}},
	},
	"AWS::EC2::NetworkInterface": {
		"VpcId": {{property: "SubnetId", of: "VpcId"}},
	},
	"AWS::EC2::Route": {
		"CidrBlock": from("DestinationCidrBlock"),
	},
	"AWS::EC2::SecurityGroup": {
		"VpcId": from("VpcId"), // a group without one belongs to the default VPC
	},
	"AWS::EC2::Subnet": {
		"AvailabilityZone":   from("AvailabilityZone"),
		"AvailabilityZoneId": from("AvailabilityZoneId"),
		"CidrBlock":          from("CidrBlock"),
		"OutpostArn":         from("OutpostArn"),
		"VpcId":              from("VpcId"),
	},
	"AWS::EC2::VPC": {
		"CidrBlock": from("CidrBlock"), // a VPC without one gets its block from IPAM
	},
	"AWS::ECS::Service": {
		"Name": from("ServiceName"),
	},
	"AWS::ElasticLoadBalancingV2::LoadBalancer": {
		"LoadBalancerName": from("Name"),
		"SecurityGroups":   {{property: "SecurityGroups", only: isListOfOne}}, // the order of several is not documented
	},
	"AWS::ElasticLoadBalancingV2::TargetGroup": {
		"TargetGroupName": from("Name"),
	},
	"AWS::Route53::RecordSet": {
		"Ref": {{property: "Name", only: hasNoTrailingDot}}, // the documentation does not say whether Ref keeps the dot
	},
	"AWS::Route53Resolver::ResolverEndpoint": {
		"Direction":             from("Direction"),
		"HostVPCId":             {{property: "IpAddresses", path: []any{0, "SubnetId"}, of: "VpcId"}},
		"Name":                  from("Name"),
		"OutpostArn":            from("OutpostArn"),
		"PreferredInstanceType": from("PreferredInstanceType"),
		"ResolverEndpointType":  from("ResolverEndpointType"),
	},
	"AWS::Route53Resolver::ResolverRule": {
		"Name":               from("Name"),
		"ResolverEndpointId": from("ResolverEndpointId"),
	},
	"AWS::Route53Resolver::ResolverRuleAssociation": {
		"Name":           from("Name"),
		"ResolverRuleId": from("ResolverRuleId"),
		"VPCId":          from("VPCId"),
	},
	"AWS::SNS::Topic": {
		"TopicName": from("TopicName"),
	},
	"AWS::SSM::Parameter": {
		"Type":  from("Type"),
		"Value": from("Value"),
	},
	"AWS::VpcLattice::ServiceNetworkVpcAssociation": {
		"VpcId": from("VpcIdentifier"),
	},
}

func from(property string) []echo { return []echo{{property: property}} }

func isListOfOne(v *value) bool { return v.is(List) && len(v.items) == 1 && !v.optional }

func hasNoTrailingDot(v *value) bool { return v.is(Literal) && !strings.HasSuffix(v.text, ".") }

// echo returns the value that the template sets for an attribute. It is absent if the template does not set it for
// certain: AWS then chooses the value.
//
// The condition of the resource does not matter. CloudFormation rejects references to a resource whose condition is
// false, so wherever the attribute is used, the resource and its property exist.
func (s *scope) echo(r *Resource, attribute string) *value {
	for _, e := range echoes[r.Type][attribute] {
		v := s.property(r, e.property)
		for _, step := range e.path {
			v = v.at(step)
		}
		if e.of != "" {
			v = s.echoOf(v, e.of)
		}
		if !mayBeAbsent(v) && (e.only == nil || e.only(v)) {
			return v
		}
	}
	return nil
}

// echoOf returns the value that the template sets for an attribute of the resource that v identifies.
func (s *scope) echoOf(v *value, attribute string) *value {
	if !v.is(Reference) || canonical(v.about.resource, v.text) != "Ref" {
		return nil
	}
	return s.echo(v.about.resource, attribute)
}

// propertyKey names a property of a resource of a stack.
type propertyKey struct{ id, property string }

// property resolves one property of a resource for an attribute that returns it. A property that gets its value back
// through the attribute is an error, except in a branch that may not be taken.
func (s *scope) property(r *Resource, name string) *value {
	template := r.Stack.template.resources.field(r.ID).field("Properties")
	if !template.is(Map) || template.field(name) == nil {
		return nil
	}
	sc := r.Stack.scope(s.r, "Resources", r.ID, "Properties")
	if function, _ := sc.function(template); function != "" {
		return nil
	}
	if r.properties != nil {
		return r.properties.field(name)
	}
	m := r.Stack.echoMemo(propertyKey{r.ID, name})
	if m.state == started && s.r.undecided > 0 {
		return nil
	}
	return s.once(m, func() *value { return sc.at(name, template.field(name)) })
}

func (s *Stack) echoMemo(key propertyKey) *memo {
	if s.echoed == nil {
		s.echoed = map[propertyKey]*memo{}
	}
	if s.echoed[key] == nil {
		s.echoed[key] = &memo{}
	}
	return s.echoed[key]
}

// keepEchoed replaces properties of a resource by the values that attributes have already returned, so that an
// unknown property and the attribute that returns it are the same unknown.
func (r *Resource) keepEchoed(template *value) {
	if len(r.Stack.echoed) == 0 || !r.properties.is(Map) || r.properties == template {
		return
	}
	for i, name := range r.properties.fields.keys {
		if m := r.Stack.echoed[propertyKey{r.ID, name}]; m != nil && m.state == done {
			r.properties.items[i] = m.value
		}
	}
}
