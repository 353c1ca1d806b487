// Package prices has what AWS charges, as dated data: each price with its source and with a mark that says how sure it is.
//
// A price that nobody has checked prints a question mark, and marks all sums that it is in. A price that is not there is
// an error that names --prices FILE, never a guess. Arithmetic is exact: amounts are rounded when they are printed only.
package prices
