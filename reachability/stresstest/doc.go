// Package stresstest proves meshes of hundreds of APIs and measures what that costs, and proves templates that were cut
// up and put together at random.
//
// It has nothing but tests.
package stresstest
