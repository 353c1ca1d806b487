package rules

import (
	"hash/fnv"
	"slices"
	"strings"
)

// LatticeMatch is what a rule of a VPC Lattice listener matches on, and its priority.
type LatticeMatch struct {
	ID            string
	Path          string // empty for any path
	IsPrefix      bool   // Path is the beginning of the path
	CaseSensitive bool
	Method        string   // empty for any method
	Headers       []string // conditions on headers, which all hold, each as one text
	Priority      int
	Explicit      bool // the priority was set, not derived from the ID
	Opaque        bool // a condition is known only at deploy time
}

// DeriveLatticePriority returns a priority that depends on the ID alone, so that adding, removing or reordering routes changes no other route's
// priority.
func DeriveLatticePriority(id string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id)) // never fails
	return 1 + int(h.Sum32()%uint32(LatticePriorities.High))
}

// Overlaps reports whether one request can match both rules. Conditions on headers may keep them apart, and what is not known may not.
func (a LatticeMatch) Overlaps(b LatticeMatch) bool {
	if a.Opaque || b.Opaque {
		return false
	}
	return (a.Method == "" || b.Method == "" || a.Method == b.Method) && (a.coversPath(b) || b.coversPath(a))
}

// Contains reports whether a rule matches every request that another one matches.
func (a LatticeMatch) Contains(b LatticeMatch) bool {
	if a.Opaque || b.Opaque || a.CaseSensitive && !b.CaseSensitive && a.Path != "" {
		return false
	}
	for _, header := range a.Headers {
		if !slices.Contains(b.Headers, header) {
			return false
		}
	}
	return (a.Method == "" || a.Method == b.Method) && a.coversPath(b)
}

// coversPath reports whether a path covers another one, but for their case if it does not matter to one of them.
func (a LatticeMatch) coversPath(b LatticeMatch) bool {
	path, other := a.Path, b.Path
	if !a.CaseSensitive || !b.CaseSensitive {
		path, other = strings.ToLower(path), strings.ToLower(other)
	}
	switch {
	case path == "":
		return true
	case a.IsPrefix:
		return strings.HasPrefix(other, path)
	}
	return path == other && !b.IsPrefix
}
