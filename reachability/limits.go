package reachability

import (
	"cmp"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/limit"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/budget"
)

// Limits bound what a load, and each proof of its model, may cost: templates that nobody should have must not keep a
// machine busy. A field that is 0 has its default, which is far above what AWS accounts hold.
type Limits struct {
	// Files is the number of files that a load may read. Default: 20,000.
	Files int
	// Bytes is the number of bytes that a load may read. A template that several stacks share counts for each of them.
	// Default: 256 MiB.
	Bytes int
	// Values is the number of values that a load may parse. Default: 16,000,000, which take about 1 GiB of memory.
	Values int
	// Stages is the number of cloud assemblies that a load may read, including those of stages. Default: 1,000.
	Stages int
	// Stacks is the number of stacks that a load may have, including nested stacks. Default: 10,000.
	Stacks int

	// Questions is the number of questions that a proof may answer: clients times the names, ports and paths that they call.
	// Default: 500,000.
	Questions int
	// Steps is the number of rules, entries and records that a proof may compare. Default: 1,000,000,000, which take some
	// minutes.
	Steps int
	// Hops is the number of hops that a proof may report. Default: 15,000,000, which take about 2 GiB of memory.
	Hops int
}

// LimitError says which limit a load or a proof exceeded.
type LimitError = limit.Error

// LoadWithin is like [Load], with other limits.
func LoadWithin(limits Limits, inputs ...Input) (*Model, error) {
	return load(limits, assembly.Shared{}, inputs)
}

func (l Limits) ofLoad() assembly.Limits {
	return assembly.Limits{Files: l.Files, Bytes: l.Bytes, Values: l.Values, Stages: l.Stages, Stacks: l.Stacks}
}

func (l Limits) ofProof() budget.Limits {
	return budget.Limits{
		Questions: cmp.Or(l.Questions, 500_000),
		Steps:     cmp.Or(l.Steps, 1_000_000_000),
		Hops:      cmp.Or(l.Hops, 15_000_000),
	}
}
