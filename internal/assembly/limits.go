package assembly

import (
	"fmt"

	"github.com/cdk-private-api/cdk-private-api-go/internal/limit"
)

// Limits bound what one load may cost, all of its inputs together. A field that is 0 has its default.
type Limits struct {
	// Files is the number of files that may be read.
	//
	// Default: 20,000.
	Files int

	// Bytes is the number of bytes that may be read. A template that several stacks share is read once, but counts for
	// each of them, as do the names of nested stacks.
	//
	// Default: 256 MiB.
	Bytes int

	// Values is the number of values that may be parsed and that Fn::ForEach may repeat. The values of a template that
	// several stacks share count for each of them.
	//
	// Default: 16,000,000, which take about 1 GiB of memory.
	Values int

	// Stages is the number of cloud assemblies that may be read, including those of stages.
	//
	// Default: 1,000.
	Stages int

	// Stacks is the number of stacks that may be loaded, including nested stacks.
	//
	// Default: 10,000.
	Stacks int
}

// withDefaults replaces what is 0 by its default.
func (l Limits) withDefaults() Limits {
	for _, one := range []struct {
		value    *int
		fallback int
	}{
		{&l.Files, 20_000},
		{&l.Bytes, 256 << 20},
		{&l.Values, 16_000_000},
		{&l.Stages, 1_000},
		{&l.Stacks, 10_000},
	} {
		if *one.value == 0 {
			*one.value = one.fallback
		}
	}
	return l
}

// within returns an error if a load costs more than a limit allows. The error names the limit.
func within(cost, most int, what, name string) error {
	return limit.Check(cost, limit.Error{Most: most, Of: what, In: "load", Field: name})
}

// Limits on single files and on the work of resolving. CloudFormation's own limits are far lower: 1 MB and 500 resources
// per template.
const (
	maxFile   = 64 << 20  // bytes in a file
	maxYAML   = 8 << 20   // bytes in a YAML file, whose nodes cost more
	maxNodes  = 4_000_000 // values in a file
	maxDepth  = 200       // levels of nested values in a file
	maxStages = 16        // levels of nested cloud assemblies
	maxChain  = 5_000     // levels of values that refer to each other through parameters, outputs and exports
	maxText   = 1 << 20   // bytes in one text that functions build
	maxErrors = 20        // errors that are reported

	baseSteps     = 5_000_000 // steps that resolving may take, plus
	stepsPerValue = 16        // for each value of a stack
	baseText      = 64 << 20  // bytes of text that functions may build, plus
	textPerByte   = 4         // for each byte of the template of a stack

	valuesPerRepeat = 16 // values that an entry counts for that Fn::ForEach repeats: its key is new
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
