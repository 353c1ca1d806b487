// Package walk follows requests through the network, hop by hop.
//
//	resolve the name → cross the transports → enter a front door → forward → reach a target
//
// The vocabulary:
//
//   - A question asks whether a client reaches a name, a port and a path. What it leaves open is expanded with what the
//     templates have (expand.go).
//   - A trace is one request on its way, with the hops that it has taken (trace.go). A trace can split, such as over the
//     target groups of a rule: every branch must pass, and the worst one is reported.
//   - A part is a stretch of a path that is the same for many clients, such as everything behind an NLB. It is followed once
//     (shared.go), so requests can be followed at the same time and in any order.
//   - A result is the finding at one hop: it passes, blocks, or is unknown, with its evidence (result.go). It rests on
//     resources: if one of them may not be deployed, the result is unknown.
//   - A destination is where a name leads, such as an interface endpoint (destination.go).
//   - A transport carries a request from the client toward the API (local.go, privatelink.go, latticenetwork.go). A destination
//     has its transports in order: PrivateLink is reached over the local network of the client's VPC, and a service network of
//     VPC Lattice over the association of the client's VPC, or over an endpoint.
//   - A front is what receives requests behind a destination: front doors, or a service of VPC Lattice (lattice.go).
//   - A front door is the load balancer at which a request enters the API (networkloadbalancer.go). Behind an NLB the
//     request enters the ALB (applicationloadbalancer.go), as it will from any other front door.
//   - A forwarder is a listener, or one of its rules, that forwards the request to target groups (forward.go).
//   - A target is what is registered in a target group, and answers the request (target.go, function.go).
//   - A filter decides between two nodes whether packets pass: security groups (securitygroup.go), network ACLs
//     (networkacl.go).
//
// To add a transport: write its file with a destination and a transport, add the destinations to [destinations], and add
// its hops to the catalogue in package proof. Nothing else knows where a path begins.
package walk
