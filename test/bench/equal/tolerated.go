package equal

import "strings"

// Tolerated lists the differences that do not count, each with its reason.
var Tolerated = []string{
	"logical IDs, and how a text or a reference to another stack is put together: the same value results",
	"tags, descriptions, comments and metadata: they change nothing that AWS does",
	"the dot at the end of a record's name: Route 53 treats a name with and without it as the same",
	"Ref of a security group instead of its attribute GroupId: in a VPC, both are its ID",
	"a rule of a security group inside the group or as a resource of its own in the same stack: EC2 has the same rule",
	"the rule by which CDK closes a security group, beside another egress rule in the same stack: no packet has its address, " +
		"and any egress rule keeps EC2 from adding one to everywhere",
	"DependsOn of an alb target group on rules and target groups: CDK's AlbListenerTarget waits for everything below the " +
		"listener, but only the listener itself is needed",
}

const elbv2 = "AWS::ElasticLoadBalancingV2::"

// tolerate drops what does not count from a resource.
func tolerate(kind string, resource map[string]any) {
	properties, _ := resource["Properties"].(map[string]any)
	for _, property := range []string{"Tags", "Description", "GroupDescription"} {
		delete(properties, property)
	}
	dropDescriptions(properties["SecurityGroupIngress"])
	dropDescriptions(properties["SecurityGroupEgress"])
	if config, ok := properties["HostedZoneConfig"].(map[string]any); ok && kind == "AWS::Route53::HostedZone" {
		delete(config, "Comment")
		if len(config) == 0 {
			delete(properties, "HostedZoneConfig")
		}
	}
	if name, ok := properties["Name"].(string); ok && kind == "AWS::Route53::RecordSet" {
		properties["Name"] = strings.TrimSuffix(name, ".")
	}
}

// dropDescriptions drops the descriptions of rules inside a security group.
func dropDescriptions(rules any) {
	list, _ := rules.([]any)
	for _, rule := range list {
		if rule, ok := rule.(map[string]any); ok {
			delete(rule, "Description")
		}
	}
}

// refOf returns what the Ref of a resource is, as an attribute.
func refOf(kind string) string {
	if kind == securityGroup {
		return "GroupId"
	}
	return "Ref"
}

func toleratedDependency(from, to string) bool {
	return from == elbv2+"TargetGroup" && (to == elbv2+"ListenerRule" || to == elbv2+"TargetGroup")
}
