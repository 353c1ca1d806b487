//go:build !onecall_one_by_one

package onecall

// oneByOne makes each item by a call of its own, as CDK's Go packages do. It is the way back: apps build with
// -tags onecall_one_by_one if the module does not work with their CDK.
const oneByOne = false
