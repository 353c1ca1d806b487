// Package constructpath compares names that people give with the paths of CDK constructs.
package constructpath

import (
	"slices"
	"strings"
)

// defaultChildren are the IDs by which the L2 constructs of the CDK name the resource that they wrap: most of them
// Resource or Default, an ECS service Service, and an Auto Scaling group ASG.
var defaultChildren = []string{"Resource", "Default", "Service", "ASG"}

// Names reports whether a name that a person gave is the path of a resource: that of its L1, or Node().Path() of the L2
// that wraps it. A path can lack a final Resource or Default, as [Trim] removes it.
func Names(given, path string) bool {
	if given == "" || path == "" {
		return false
	}
	path = Trim(path)
	if Trim(given) == path {
		return true
	}
	at := strings.LastIndexByte(path, '/')
	// The parent of a resource that is not in an L2 is its stack, or a construct of the app.
	return at > 0 && given == path[:at] && strings.Contains(given, "/") && slices.Contains(defaultChildren, path[at+1:])
}

// Trim returns a path without a final Resource or Default.
func Trim(path string) string {
	trimmed, ok := strings.CutSuffix(path, "/Resource")
	if !ok {
		trimmed = strings.TrimSuffix(path, "/Default")
	}
	return trimmed
}
