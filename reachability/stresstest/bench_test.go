package stresstest

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/cdk-private-api/cdk-private-api-go/internal/meshtest"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// BenchmarkMesh prints the cost of proving meshes and the example of this repository, as medians of three. Growth is the
// ratio to the row before. Costs that grow as the resources and pairs do are linear.
func BenchmarkMesh(b *testing.B) {
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	defer table.Flush() //nolint:errcheck // for people to read
	row := func(cells ...any) {
		fmt.Fprintln(table, strings.Join(meshCells(cells), "\t")+"\t") //nolint:errcheck // for people to read
	}
	row("", "resources", "pairs", "load ms", "prove ms", "load ns/resource", "prove ns/pair", "MB loaded", "MB proven", "growth: resources", "pairs", "load", "prove", "MB")
	const ofExample = 55 + 32 // the resources of its two stacks
	question := reachability.Question{Facts: exampleFacts()}
	example := medianCost(func() meshCost { return measure(b, ofExample, question, exampleInputs()...) })
	row(append([]any{"example"}, example.cells()...)...)
	var last meshCost
	for _, size := range [][2]int{{25, 5}, {50, 10}, {100, 20}, {200, 20}, {1000, 20}} {
		m := meshtest.New(size[0], size[1])
		input, question := writeMesh(b, m)
		c := medianCost(func() meshCost { return measure(b, m.Resources(), question, input) })
		if c.pairs != size[0]*size[1] {
			b.Errorf("%d pairs, want %d x %d", c.pairs, size[0], size[1])
		}
		cells := append([]any{fmt.Sprintf("%dx%d", size[0], size[1])}, c.cells()...)
		if last.resources > 0 {
			cells = append(cells, c.growth(last)...)
		}
		row(cells...)
		last = c
	}
	overLattice(b, row)
}

// overLattice prints a row for the mesh of 200 x 20 over VPC Lattice, and one over PrivateLink that is measured in turns with it.
func overLattice(b *testing.B, row func(...any)) {
	const apis, consumers = 200, 20
	names := []string{"PrivateLink", "VPC Lattice"}
	costs := map[string][]meshCost{}
	measures := map[string]func() meshCost{}
	for _, name := range names {
		m := transports[name](apis, consumers)
		input, question := writeMesh(b, m)
		measures[name] = func() meshCost { return measure(b, m.Resources(), question, input) }
	}
	for range 3 {
		for _, name := range names {
			costs[name] = append(costs[name], measures[name]())
		}
	}
	for _, name := range names {
		c := medianOf(costs[name])
		if c.pairs != apis*consumers {
			b.Errorf("%d pairs over %s, want %d x %d", c.pairs, name, apis, consumers)
		}
		row(append([]any{fmt.Sprintf("%dx%d over %s", apis, consumers, name)}, c.cells()...)...)
	}
}

func meshCells(values []any) []string {
	cells := make([]string, len(values))
	for i, v := range values {
		if f, ok := v.(float64); ok {
			v = fmt.Sprintf("%.1f", f)
		}
		cells[i] = fmt.Sprint(v)
	}
	return cells
}

// meshCost is the cost of one model. The heap is measured after a collection, once loaded and once proven.
type meshCost struct {
	resources, pairs       int
	load, prove            time.Duration
	loadBytes, provenBytes int
}

func (c meshCost) cells() []any {
	return []any{
		c.resources, c.pairs, c.load.Seconds() * 1e3, c.prove.Seconds() * 1e3,
		int(c.load) / c.resources, int(c.prove) / max(c.pairs, 1), float64(c.loadBytes) / 1e6, float64(c.provenBytes) / 1e6,
	}
}

func (c meshCost) growth(last meshCost) []any {
	times := func(now, before int) float64 { return float64(now) / float64(max(before, 1)) }
	return []any{
		times(c.resources, last.resources), times(c.pairs, last.pairs), times(int(c.load), int(last.load)),
		times(int(c.prove), int(last.prove)), times(c.provenBytes, last.provenBytes),
	}
}

func measure(b *testing.B, resources int, question reachability.Question, inputs ...reachability.Input) meshCost {
	b.Helper()
	before := heap()
	start := time.Now()
	model, err := reachability.Load(inputs...)
	if err != nil {
		b.Fatal(err)
	}
	c := meshCost{resources: resources, load: time.Since(start)}
	c.loadBytes = heap() - before
	start = time.Now()
	report := model.Prove(question)
	c.prove = time.Since(start)
	c.provenBytes = heap() - before
	c.pairs = len(report.Answers)
	if v := report.Verdict(); v != reachability.Reachable {
		b.Errorf("%d resources are %v, want reachable", resources, v)
	}
	runtime.KeepAlive(model)
	return c
}

func heap() int {
	var stats runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&stats)
	return int(stats.HeapAlloc)
}

// medianCost is the median of three measurements, for each figure by itself.
func medianCost(measure func() meshCost) meshCost {
	return medianOf([]meshCost{measure(), measure(), measure()})
}

// medianOf is the median of three measurements, for each figure by itself.
func medianOf(costs []meshCost) meshCost {
	median := func(of func(meshCost) int) int {
		values := []int{of(costs[0]), of(costs[1]), of(costs[2])}
		slices.Sort(values)
		return values[1]
	}
	return meshCost{
		resources:   costs[0].resources,
		pairs:       costs[0].pairs,
		load:        time.Duration(median(func(c meshCost) int { return int(c.load) })),
		prove:       time.Duration(median(func(c meshCost) int { return int(c.prove) })),
		loadBytes:   median(func(c meshCost) int { return c.loadBytes }),
		provenBytes: median(func(c meshCost) int { return c.provenBytes }),
	}
}

// Sixteen times the pairs allocate sixteen times the memory, which unlike time is the same on every machine.
func TestMeshGrowsWithItsPairs(t *testing.T) {
	perPair := func(mesh func(apis, consumers int) *meshtest.Mesh, apis, consumers int) float64 {
		input, question := writeMesh(t, mesh(apis, consumers))
		model, err := reachability.Load(input)
		if err != nil {
			t.Fatal(err)
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		report := model.Prove(question)
		runtime.ReadMemStats(&after)
		return float64(after.TotalAlloc-before.TotalAlloc) / float64(len(report.Answers))
	}
	for name, mesh := range transports {
		small, large := perPair(mesh, 25, 5), perPair(mesh, 100, 20)
		t.Logf("%s: %.0f bytes a pair, and %.0f with 16 times the pairs", name, small, large)
		if large > 1.5*small {
			t.Errorf("%s: a pair takes %.0f bytes, and %.0f with 16 times the pairs: not linear", name, small, large)
		}
	}
}
