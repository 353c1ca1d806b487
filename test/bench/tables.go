package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/test/bench/frame"
)

// print writes the results as Markdown, ratios first.
func (r *Results) print(w io.Writer) error {
	var text strings.Builder
	fmt.Fprintf(&text, "\n%v\n", r.Machine)
	r.ratioTable(&text)
	r.absoluteTable(&text)
	r.phaseTable(&text)
	r.callTable(&text)
	r.growthTable(&text)
	r.testTable(&text)
	r.importTable(&text)
	r.targetTable(&text)
	_, err := io.WriteString(w, text.String())
	return err
}

// table writes a table of Markdown.
func table(w *strings.Builder, title string, columns []string, rows [][]string) {
	fmt.Fprintf(w, "\n%s\n\n| %s |\n|%s\n", title, strings.Join(columns, " | "), strings.Repeat("---|", len(columns)))
	for _, row := range rows {
		fmt.Fprintf(w, "| %s |\n", strings.Join(row, " | "))
	}
}

func (r *Results) ratioTable(w *strings.Builder) {
	columns := []string{"pairs", "stacks", "resources"}
	others := []string{handwritten, javascript, floor}
	for _, other := range others {
		columns = append(columns, "library / "+titles[other])
	}
	columns = append(columns, "hand-written Go / JavaScript", "floor / hand-written Go")
	var rows [][]string
	for _, c := range r.Cases {
		row := []string{c.Case.String(), fmt.Sprint(c.Stacks), fmt.Sprint(c.Resources)}
		for _, other := range others {
			row = append(row, c.both(library, other))
		}
		rows = append(rows, append(row, c.both(handwritten, javascript), c.both(floor, handwritten)))
	}
	table(w, "**Ratios of time to synthesise**, median of the rounds: wall (CPU of all processes)", columns, rows)
}

// both returns the ratio of wall time, with that of CPU time.
func (c *CaseResult) both(of, to string) string {
	return fmt.Sprintf("%.2f (%.2f)", c.ratio(of, to, wall), c.ratio(of, to, cpu))
}

func (r *Results) absoluteTable(w *strings.Builder) {
	columns := []string{"pairs", "rounds"}
	for _, app := range apps {
		columns = append(columns, titles[app])
	}
	var rows [][]string
	for _, c := range r.Cases {
		row := []string{c.Case.String(), fmt.Sprint(c.Rounds)}
		for _, app := range apps {
			runs := c.Apps[app]
			row = append(row, fmt.Sprintf("%.2f s (%.2f s), %.0f MB", median(runs.Wall), median(runs.CPU), median(runs.Peak)))
		}
		rows = append(rows, append(row, fmt.Sprintf("%.1f", c.others())))
	}
	columns = append(columns, "cores busy with other processes, worst run")
	table(w, "**Medians**: wall (CPU of all processes), peak of resident memory of all processes", columns, rows)
}

// phaseTable shows where small and large apps spend their time. The rest is the start and the end of the processes.
func (r *Results) phaseTable(w *strings.Builder) {
	var rows [][]string
	for _, pairs := range []int{1, 100} {
		c := r.find(Case{Pairs: pairs})
		if c == nil {
			continue
		}
		for _, app := range apps {
			runs := c.Apps[app]
			start := runs.phase(func(t frame.Times) float64 { return t.Start })
			build := runs.phase(func(t frame.Times) float64 { return t.Build })
			synth := runs.phase(func(t frame.Times) float64 { return t.Synth })
			rest := 1000*median(runs.Wall) - start - build - synth
			rows = append(rows, []string{
				c.Case.String(), titles[app], fmt.Sprintf("%.0f ms", start), fmt.Sprintf("%.0f ms", build),
				fmt.Sprintf("%.0f ms", synth), fmt.Sprintf("%.0f ms", rest),
			})
		}
	}
	table(w, "**Phases**: medians as the app sees them", []string{"pairs", "app", "kernel and CDK start", "constructs", "synthesis", "rest"}, rows)
}

func (r *Results) callTable(w *strings.Builder) {
	columns := []string{"pair"}
	for _, app := range goApps {
		columns = append(columns, titles[app])
	}
	var rows [][]string
	for _, c := range r.Calls {
		row := []string{c.Pair}
		for _, app := range goApps {
			row = append(row, fmt.Sprintf("%d (%d)", c.PerPair[app], c.Whole[app]))
		}
		rows = append(rows, row)
	}
	table(w, fmt.Sprintf("**jsii calls** of one more pair (of the whole app of %d before)", pairsBefore), columns, rows)
}

func (r *Results) growthTable(w *strings.Builder) {
	var rows [][]string
	for _, app := range apps {
		small, large := r.perPair(app, 20, wall), r.perPair(app, 200, wall)
		if small == 0 || large == 0 {
			return
		}
		rows = append(rows, []string{
			titles[app], fmt.Sprintf("%.2f", large/small), fmt.Sprintf("%.1f ms", 1000*small), fmt.Sprintf("%.1f ms", 1000*large),
			fmt.Sprintf("%.2f", r.perPair(app, 200, cpu)/r.perPair(app, 20, cpu)),
		})
	}
	table(w, "**Growth**: what a pair costs beyond the first", []string{"app", "at 200 / at 20", "at 20", "at 200", "CPU at 200 / at 20"}, rows)
}

func (r *Results) testTable(w *strings.Builder) {
	var rows [][]string
	number := 0
	for _, app := range apps {
		t := r.Tests[app]
		if t == nil {
			return
		}
		number = t.Number
		rows = append(rows, []string{
			titles[app], fmt.Sprintf("%.2f", t.Median/r.Tests[handwritten].Median), fmt.Sprintf("%.0f ms", t.First),
			fmt.Sprintf("%.0f ms", t.Second), fmt.Sprintf("%.1f ms", t.Median), fmt.Sprintf("%.2f s", t.All/1000),
		})
	}
	table(w, "**Snapshot tests of one pair** in one process", []string{
		"app", "further one / hand-written Go", "first", "second", "further one", fmt.Sprintf("all %d", number),
	}, rows)
}

func (r *Results) importTable(w *strings.Builder) {
	var rows [][]string
	for _, i := range r.Imports {
		rows = append(rows, []string{i.What, fmt.Sprint(i.Packages), fmt.Sprintf("%+d", i.Packages-r.Imports[0].Packages)})
	}
	table(w, "**awscdk packages** in the dependency graph", []string{"of", "packages", "against the core"}, rows)
}
