// Package cost adds up what the resources of templates cost in a month, from dated prices: the fixed part, and what a
// given usage adds. Each charge has its resource, its stack and the account that pays.
//
// It never guesses. What it does not price it lists by type; a count that only the deployment decides is a range; usage that
// nobody gave shows its unit price and is in no total; a price that nobody has checked marks every total that it is in.
package cost
