package proof

// IsNamedAfter is for tests.
var IsNamedAfter = isNamedAfter
