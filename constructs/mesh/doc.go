// Package mesh connects many services and many consumers by one declaration.
//
// A [Mesh] says which services there are, who provides them, in which trust tier, and which consumers call them. The app of each team reads it,
// from the same file or from the same Go values, and builds its own part:
//
//   - A [MeshProvider] builds the front doors of a team. Over PrivateLink, all services of a team in a tier are behind one endpoint service, NLB
//     and ALB, and listener rules tell them apart by their names. Over VPC Lattice each service is its own.
//   - A [MeshConsumer] connects a VPC to the front doors that it calls, and gives each service that it calls a private hosted zone of exactly its
//     name.
//
// Tiers are the boundary: an endpoint service has one list of principals, so who may connect to a front door reaches every service behind it.
// Only the accounts of consumers that call one of the services may connect.
//
// Below an App or a Stage, both split into stacks by themselves: one for each front door of a provider, and a few for each tier of a consumer.
// What belongs to which stack, and each construct ID, is derived from names, and never from the order or the number of services and consumers.
// So adding a service changes what belongs to it, and nothing else. docs/mesh.md has the details.
package mesh
