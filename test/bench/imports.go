package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/test/bench/weight"
)

// ImportCount is the number of awscdk packages in a dependency graph.
type ImportCount struct {
	What     string `json:"what"`
	Packages int    `json:"packages"`
}

const core = "constructs/privateapi"

func countImports() ([]ImportCount, error) {
	var all []ImportCount
	count := func(what string, packages ...string) error {
		n, err := weight.Count(packages...)
		all = append(all, ImportCount{what, n})
		return err
	}
	if err := count(core, weight.Core); err != nil {
		return nil, err
	}
	for _, feature := range weight.Features {
		if err := count("with "+strings.TrimPrefix(feature, weight.CDK+"/"), weight.Core, feature); err != nil {
			return nil, err
		}
	}
	return all, count("the hand-written app", weight.HandwrittenApp)
}

// compile prints what imports cost to compile, line by line: it takes minutes.
func (b *bench) compile(w io.Writer) error {
	_, err := fmt.Fprintf(w, "\n%v\n\n| what | CPU | wall | peak |\n|---|---|---|---|\n", newMachine())
	if err != nil {
		return err
	}
	c := weight.Compile{
		Dir: filepath.Join(b.dir, "compile"),
		Env: append(b.env[:len(b.env):len(b.env)], "CDK_VALIDATION=false"),
		Tell: func(c weight.Cost) {
			_, _ = fmt.Fprintf(w, "| %s | %.1f s | %.1f s | %.0f MB |\n", c.What, c.Usage.CPU.Seconds(), c.Usage.Wall.Seconds(), float64(c.Usage.Peak)/1e6)
		},
	}
	return c.Run()
}
