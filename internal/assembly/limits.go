package assembly

import "fmt"

// What hostile input may cost. CloudFormation's own limits are far below: 1 MB and 500 resources a template.
const (
	maxFile     = 64 << 20  // bytes of a file
	maxYAML     = 8 << 20   // bytes of a YAML file, whose nodes cost more
	maxNodes    = 4_000_000 // values of a file
	maxDepth    = 200       // of values in each other, in a file
	maxChain    = 5_000     // of values that refer to each other, through parameters, outputs and exports
	maxStacks   = 10_000    // of one load, nested ones included
	maxText     = 1 << 20   // bytes of one text that is put together
	maxErrors   = 20        // that are told
	stepsAlways = 5_000_000 // that resolving may take, and
	stepsNode   = 16        // more for every value that was read
	textAlways  = 64 << 20  // bytes that may be put together, and
	textByte    = 16        // more for every byte that was read
)

// nodes hands out the nodes of a file in blocks, and counts them.
type nodes struct {
	block []value
	count int
}

func (n *nodes) take() (*value, error) {
	if n.count++; n.count > maxNodes {
		return nil, fmt.Errorf("more than %d values", maxNodes)
	}
	if len(n.block) == 0 {
		n.block = make([]value, min(max(n.count, 8), 512))
	}
	v := &n.block[0]
	n.block = n.block[1:]
	return v, nil
}
