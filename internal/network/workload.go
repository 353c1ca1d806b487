package network

import (
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

const (
	ecsServiceType       = "AWS::ECS::Service"
	functionType         = "AWS::Lambda::Function"
	instanceType         = "AWS::EC2::Instance"
	autoScalingGroupType = "AWS::AutoScaling::AutoScalingGroup"
)

// workloadTypes are what runs behind network interfaces of its own: clients, and targets.
var workloadTypes = []string{ecsServiceType, functionType, instanceType, autoScalingGroupType}

// workload is a workload as a node; ok is false if it has no network interface in a VPC.
func (n *Network) workload(r *Resource) (node Node, ok bool) {
	switch r.Type {
	case ecsServiceType:
		awsvpc := property(r, "NetworkConfiguration", "AwsvpcConfiguration")
		switch awsvpc.Kind() {
		case assembly.Absent:
			return Node{}, false
		case assembly.Map:
			return n.newNode(r, awsvpc.Field("SecurityGroups").Items(), awsvpc.Field("Subnets").Items()), true
		}
		return n.newNode(r, []Property{awsvpc}, []Property{awsvpc}), true
	case functionType:
		subnets := property(r, "VpcConfig", "SubnetIds").Items()
		if len(subnets) == 0 {
			return Node{}, false
		}
		return n.newNode(r, property(r, "VpcConfig", "SecurityGroupIds").Items(), subnets), true
	case instanceType:
		if first := property(r, "NetworkInterfaces", 0); !first.IsAbsent() {
			return n.newNode(r, first.Field("GroupSet").Items(), first.Field("SubnetId").Items()), true
		}
		return n.newNode(r, property(r, "SecurityGroupIds").Items(), property(r, "SubnetId").Items()), true
	case autoScalingGroupType:
		template, _, ok := launchTemplate(r).Reference()
		if !ok {
			return Node{}, false
		}
		groups := property(template, "LaunchTemplateData", "SecurityGroupIds").Items()
		if len(groups) == 0 {
			groups = property(template, "LaunchTemplateData", "NetworkInterfaces", 0, "Groups").Items()
		}
		return n.newNode(r, groups, property(r, "VPCZoneIdentifier").Items()), true
	}
	return Node{}, false
}

// launchTemplate is what an Auto Scaling group launches.
func launchTemplate(r *Resource) Property {
	for _, name := range []string{"LaunchTemplateId", "LaunchTemplateName"} {
		if p := property(r, "LaunchTemplate", name); !p.IsAbsent() {
			return p
		}
	}
	return Property{}
}

// Workloads are the workloads with a network interface in a VPC.
func (n *Network) Workloads() []Node { return n.workloads }

// WorkloadsIn are the workloads of a VPC.
func (n *Network) WorkloadsIn(vpc Value) []Node { return n.workloadsIn[valueKey(vpc)] }

// Holders are the workloads that have a security group, else the group itself as a node.
func (n *Network) Holders(group GroupID) []Node {
	if list := n.workloadsWith[group.key()]; len(list) > 0 {
		return list
	}
	if g := n.DefinedGroup(group.Value); g != nil {
		return []Node{groupNode(g.Resource)}
	}
	return nil
}

// WorkloadsWith are the workloads that have a security group.
func (n *Network) WorkloadsWith(group GroupID) []Node { return n.workloadsWith[group.key()] }

// Members are all that have a security group, workload or not, except for one; the group itself as a node if nothing has
// it and none is excepted.
func (n *Network) Members(group GroupID, except *Resource) []Node {
	var list []Node
	for _, node := range slices.Concat(n.workloadsWith[group.key()], n.othersWith[group.key()]) {
		if node.Resource != except {
			list = append(list, node)
		}
	}
	if len(list) == 0 && except == nil {
		return n.Holders(group)
	}
	return list
}

// Named are the workloads and security groups that a person names.
func (n *Network) Named(name string) []Node {
	var list []Node
	for _, node := range n.workloads {
		if node.IsNamed(name) {
			list = append(list, node)
		}
	}
	for _, g := range n.securityGroups.list {
		if IsNamed(name, g.Resource) {
			list = append(list, groupNode(g.Resource))
		}
	}
	return list
}

// indexWorkloads collects the workloads by security group and by VPC.
func (n *Network) indexWorkloads() {
	n.workloadsWith = map[key][]Node{}
	n.workloadsIn = map[key][]Node{}
	for _, resourceType := range workloadTypes {
		for _, r := range n.OfType(resourceType) {
			node, ok := n.workload(r)
			if !ok {
				continue
			}
			n.workloads = append(n.workloads, node)
			for _, g := range node.Groups {
				n.workloadsWith[g.key()] = append(n.workloadsWith[g.key()], node)
			}
			n.workloadsIn[valueKey(node.VPC)] = append(n.workloadsIn[valueKey(node.VPC)], node)
		}
	}
}

// groupless are the prefixes of types that name security groups, and have no network interfaces that send requests.
var groupless = []string{
	"AWS::EC2::SecurityGroup", "AWS::EC2::VPC", "AWS::CloudFormation::", "Custom::", "AWS::SSM::", "AWS::IAM::", "AWS::CloudWatch::",
	"AWS::Logs::", "AWS::Route53", "AWS::ElasticLoadBalancingV2::Listener", "AWS::ElasticLoadBalancingV2::TargetGroup",
	"AWS::VpcLattice::ServiceNetworkVpcAssociation",
}

// indexOthers collects what has a security group and is not a workload: load balancers, builds, databases and the like.
// Whatever a rule lets in by the group, it lets them in too.
func (n *Network) indexOthers() {
	n.othersWith = map[key][]Node{}
	launched := n.launchedTemplates()
	for _, s := range n.asm.Stacks {
		for _, r := range s.Resources() {
			isOther := !slices.Contains(workloadTypes, r.Type) && !launched[r] && r.Exists != No
			if !isOther || slices.ContainsFunc(groupless, func(prefix string) bool { return strings.HasPrefix(r.Type, prefix) }) {
				continue
			}
			found := map[key]bool{}
			groupsIn(r.Property(), false, found)
			for k := range found {
				n.othersWith[k] = append(n.othersWith[k], Node{Name: DisplayName(r), Resource: r})
			}
		}
	}
}

// launchedTemplates are the launch templates of Auto Scaling groups: what they launch is a workload already.
func (n *Network) launchedTemplates() map[*Resource]bool {
	launched := map[*Resource]bool{}
	for _, r := range n.OfType(autoScalingGroupType) {
		if template, _, ok := launchTemplate(r).Reference(); ok {
			launched[template] = true
		}
	}
	return launched
}

// groupsIn collects the security groups below properties whose names say that they have some.
func groupsIn(v Value, named bool, found map[key]bool) {
	switch v.Kind() {
	case assembly.Map:
		for _, field := range v.Fields() {
			isGroup := strings.Contains(strings.ToLower(field), "securitygroup") || field == "GroupSet" || field == "Groups"
			groupsIn(v.Field(field), named || isGroup, found)
		}
	case assembly.List:
		list, _ := v.Items()
		for _, item := range list {
			groupsIn(item, named, found)
		}
	case assembly.Reference, assembly.Literal:
		if !named {
			return
		}
		if k := (GroupID{Value: v}).key(); k != (key{}) {
			found[k] = true
		}
	}
}

// MayLeaveZonesEmpty reports whether a workload is certain to run fewer tasks or instances than it has subnets. ECS and Auto
// Scaling spread them over Availability Zones, so more of them leave none empty.
func MayLeaveZonesEmpty(r *Resource, subnets int) bool {
	if service := AsEcsService(r); service != nil {
		return service.MayLeaveZonesEmpty(subnets)
	}
	if r == nil || r.Type != autoScalingGroupType {
		return false
	}
	capacity := property(r, "DesiredCapacity")
	if capacity.IsAbsent() {
		capacity = property(r, "MinSize")
	}
	instances, ok := capacity.Number()
	return ok && instances < float64(subnets)
}
