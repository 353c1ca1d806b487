// Package proof holds the words in which the proof speaks. Everything that proves or renders uses them; the package
// itself proves nothing and knows no template.
//
//   - [Question] says what to prove, and [Facts] what no template can say.
//   - [Answer] says whether one client reaches one URL. It is a list of [Hop]: each has a [Verdict], a message, the
//     [Evidence] it rests on, and what to do where it does not pass: a fix, or each [Settlement] that would settle it.
//   - The catalogue ([Catalogue]) is the one definition of every hop: its name, its rule, its [Segment] of the picture,
//     and what it can be assumed by. To add a hop, add its name, its rule and its entry.
//   - [Finding] is a rule that the templates break, [Exposure] something that can reach an API, [Notice] something that
//     the proof does not cover.
//   - [Report] holds all of these. [Report.Groups] puts together the answers that one change settles, and
//     [Report.RequireReachable] and its kin are assertions for tests.
//
// A verdict is Reachable only if the templates prove it. Whatever is decided at deploy time, or is not in the model, is
// Unknown.
package proof
