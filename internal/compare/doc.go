// Package compare sets the ways to a private API side by side for one mesh: which of them fit, and why the others do not; what each costs a
// month, and where another becomes the cheapest; which quota is hit first; and how they differ otherwise.
//
// The vocabulary:
//
//   - A [Mesh] is what is compared for: numbers, such as how many services and consumers there are, and answers, such as whether CIDR
//     blocks overlap. People give them, and templates and declarations have some of them, with [Evidence].
//   - An [Option] is a way, such as VPC Lattice. [Options] has all of them.
//   - A [Reason] is why an option does not fit, or why that depends on something. [Reasons] has all of them, each with its source.
//   - A [Finding] is a reason that holds for an option and a mesh.
//   - A front door is an NLB in front of an ALB with one endpoint service, which the services of one provider and one tier share.
//
// Amounts are exact. An option whose price is not known is never the cheapest.
package compare
