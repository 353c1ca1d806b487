// Package check finds rules that templates break, whatever is asked of the proof: values that AWS refuses, and values
// that deploy and then surprise.
//
// A [check] is a rule and a function that reports where the network breaks it. The list [checks] has one for each rule,
// in the order of a request's path. To add a check, write its function next to its relatives and add one entry to the
// list.
//
// A check reports only what is certain. It reads the facts that are deployed for sure, as the templates have them, and it
// passes over a property whose value the deployment decides. Whatever may be deployed still counts as present: an endpoint
// service has permissions if a resource may list some.
package check
