// Package network has the facts of templates that requests depend on: VPCs, subnets, routes, security groups, network
// ACLs, hosted zones, endpoints, endpoint services, load balancers and workloads. Each resource becomes one typed fact,
// indexed once by what it belongs to. The walk, the checks and the list of exposures all read these facts, and nothing
// below them.
//
// The vocabulary:
//
//   - A fact ([Endpoint], [Listener], …) wraps one resource. Its methods return properties.
//   - A [Property] is a value together with its place in the template, so that every reader can cite it.
//   - A property is decided if the template has its value, and undecided if only the deployment does.
//   - A fact is unplaced if its owner is undecided, such as a listener whose LoadBalancerArn is a parameter. It may
//     belong to any owner, so nothing of its kind can be called missing for certain.
//   - A [Node] is one end of a connection: a workload, an endpoint or a load balancer, with its VPC, its security groups
//     and its subnets.
//   - A fact is certain if it is deployed for sure and no macro can change it.
//
// Facts have no verdicts. Where the templates leave a question open, the answer is [Maybe], with the property that would
// decide it.
package network
