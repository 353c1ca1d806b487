package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"text/tabwriter"
	"time"

	"github.com/cdk-private-api/cdk-private-api-go/test/bench/measure"
	"github.com/cdk-private-api/cdk-private-api-go/test/bench/scenario"
)

// meshSizes are the numbers of services of the meshes that are measured, each with meshConsumers consumers.
var meshSizes = []int{50, 100, 200}

const meshConsumers = 20

// meshResult is what a mesh costs to synthesise, to prove, to price and to draw.
type meshResult struct {
	services, calls                int // calls that the mesh declares
	stacks, resources, mostOfStack int
	jsiiCalls                      int
	steps                          []time.Duration // of the processor, by meshSteps
}

// meshSteps are what is done with each mesh, after its synthesis.
var meshSteps = [][]string{
	{"prove"},
	{"cost"},
	{"graph", "--matrix"},
}

// meshes measures all meshes and prints a table.
func (b *bench) meshes(w io.Writer) error {
	command := filepath.Join(b.bin, "privateapi")
	build := exec.Command("go", "build", "-o", command, "./cmd/privateapi")
	build.Dir, build.Stderr = filepath.Join("..", ".."), os.Stderr
	if err := build.Run(); err != nil {
		return err
	}
	var results []*meshResult
	for _, services := range meshSizes {
		progress("a mesh of %d services", services)
		result, err := b.mesh(command, services)
		if err != nil {
			return err
		}
		results = append(results, result)
	}
	return printMeshes(w, results)
}

func (b *bench) mesh(command string, services int) (*meshResult, error) {
	dir := filepath.Join(b.dir, fmt.Sprintf("mesh-%d", services))
	if err := os.Mkdir(dir, 0o755); err != nil {
		return nil, err
	}
	d, declaration, facts, out := scenario.Mesh(services, meshConsumers), filepath.Join(dir, "mesh.json"), filepath.Join(dir, "facts.json"), filepath.Join(dir, "cdk.out")
	if err := scenario.WriteMesh(d, declaration, facts); err != nil {
		return nil, err
	}
	r := &meshResult{services: services}
	for _, consumer := range d.Consumers {
		r.calls += len(consumer.Calls)
	}
	app := measure.Command{Path: filepath.Join(b.bin, "mesh"), Args: []string{declaration, out}, Env: append(b.env[:len(b.env):len(b.env)], "CDK_VALIDATION=false")}
	usage, err := measure.Run(app)
	if err != nil {
		return nil, err
	}
	r.steps = append(r.steps, usage.CPU)
	if err := r.count(out); err != nil {
		return nil, err
	}
	for _, step := range meshSteps {
		args := append([]string{step[0], "--assembly", out, "--facts", facts}, step[1:]...)
		usage, err := measure.Run(measure.Command{Path: "sh", Args: append([]string{"-c", `"$0" "$@" > /dev/null; test $? -ne 3`, command}, args...), Env: b.env})
		if err != nil {
			return nil, err
		}
		r.steps = append(r.steps, usage.CPU)
	}
	if err := os.RemoveAll(out); err != nil {
		return nil, err
	}
	calls, err := measure.CountCalls(app)
	if err != nil {
		return nil, err
	}
	r.jsiiCalls = calls.Total()
	return r, os.RemoveAll(dir)
}

// count counts stacks and resources.
func (r *meshResult) count(dir string) error {
	templates, err := filepath.Glob(filepath.Join(dir, "*.template.json"))
	if err != nil {
		return err
	}
	for _, file := range templates {
		template := struct{ Resources map[string]any }{}
		content, err := os.ReadFile(file)
		if err == nil {
			err = json.Unmarshal(content, &template)
		}
		if err != nil {
			return err
		}
		r.stacks++
		r.resources += len(template.Resources)
		r.mostOfStack = max(r.mostOfStack, len(template.Resources))
	}
	return nil
}

func printMeshes(w io.Writer, results []*meshResult) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	rows := "\nservices\tconsumers\tcalls\tstacks\tresources\tmost of a stack\tjsii calls\t\tsynthesise\tprove\tcost\tdraw\t\n"
	for _, r := range results {
		rows += fmt.Sprintf("%d\t%d\t%d\t%d\t%d\t%d\t%d\t\t", r.services, meshConsumers, r.calls, r.stacks, r.resources, r.mostOfStack, r.jsiiCalls)
		for _, took := range r.steps {
			rows += fmt.Sprintf("%.2f s\t", took.Seconds())
		}
		rows += "\n"
	}
	if _, err := io.WriteString(table, rows); err != nil {
		return err
	}
	return table.Flush()
}
