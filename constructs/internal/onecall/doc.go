// Package onecall defines all resources of a construct in one call to CDK.
//
// Each call from Go to CDK is a round trip between processes that takes longer than what CDK does in it (ADR 10). A [Batch]
// collects what a construct consists of, in the types of CDK, and makes it in one call:
//
//	p.batch = onecall.Begin(p, &p.Construct, scope, id)
//	group := onecall.Add(p.batch, awsec2.NewCfnSecurityGroup, "Group", &awsec2.CfnSecurityGroupProps{VpcId: vpc})
//	onecall.Add(p.batch, elbv2.NewCfnLoadBalancer, "LoadBalancer", &elbv2.CfnLoadBalancerProps{SecurityGroups: &[]any{group.Placeholder()}})
//	p.batch.Flush()
//
// An [Item] stands for what is made: [Item.Placeholder] in the properties of other items, before it is made, and [Item.Object] for people.
// Constructors and methods of CDK are named as Go functions, so the compiler checks their names, arguments and results.
//
// In Node, a small jsii module runs the steps of a batch: the JavaScript in the folder module. It knows no resource.
package onecall
