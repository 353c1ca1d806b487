// Package reachability proves from synthesised templates that a client reaches a private API over AWS PrivateLink, hop
// by hop, or names the hop that blocks it. It reads cloud assemblies and CloudFormation templates, whoever made them,
// and needs neither AWS nor Node.
//
//	model, err := reachability.Load(reachability.Assembly("cdk.out"))
//	…
//	report := model.Prove(reachability.Question{})
//	fmt.Print(report)
//
// An answer is reachable, blocked, or unknown where a value is decided only at deploy time. An unknown never becomes
// reachable: the answer names the value and what would settle it. Package proof defines these words and has the catalogue of
// hops.
package reachability
