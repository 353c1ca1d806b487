package assembly

import "fmt"

// Limits on what hostile input can cost. CloudFormation's own limits are far lower: 1 MB and 500 resources per template.
const (
	maxFile   = 64 << 20  // bytes in a file
	maxYAML   = 8 << 20   // bytes in a YAML file, whose nodes cost more
	maxNodes  = 4_000_000 // values in a file
	maxDepth  = 200       // levels of nested values in a file
	maxChain  = 5_000     // levels of values that refer to each other through parameters, outputs and exports
	maxStacks = 10_000    // stacks in one load, including nested stacks
	maxText   = 1 << 20   // bytes in one text that functions build
	maxErrors = 20        // errors that are reported

	baseSteps     = 5_000_000 // steps that resolving may take, plus
	stepsPerValue = 16        // for each value that was parsed
	baseText      = 64 << 20  // bytes of text that functions may build, plus
	textPerByte   = 16        // for each byte that was parsed
)

// nodes allocates the nodes of a file in blocks and counts them.
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
