package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/cdk-private-api/cdk-private-api-go/test/bench/equal"
	"github.com/cdk-private-api/cdk-private-api-go/test/bench/frame"
	"github.com/cdk-private-api/cdk-private-api-go/test/bench/measure"
	"github.com/cdk-private-api/cdk-private-api-go/test/bench/scenario"
)

// The apps, in the order in which they run. All ratios are those of the first.
const (
	library     = "library"
	handwritten = "handwritten"
	javascript  = "javascript"
	floor       = "floor"
)

var apps = []string{library, handwritten, javascript, floor}

// titles are the names of the apps in tables.
var titles = map[string]string{library: "library", handwritten: "hand-written Go", javascript: "JavaScript", floor: "floor"}

// bench runs the apps.
type bench struct {
	dir     string
	bin     string
	env     []string
	started time.Time
	stages  int
}

func newBench(dir string) (*bench, error) {
	b := &bench{dir: dir, bin: filepath.Join(dir, "bin"), started: time.Now()}
	return b, b.setEnv()
}

// build builds the Go apps.
func (b *bench) build() error {
	if _, err := os.Stat(filepath.Join("node_modules", "aws-cdk-lib")); err != nil {
		return errors.New("aws-cdk-lib is not installed; make bench installs it")
	}
	progress("building the apps")
	build := exec.Command("go", "build", "-o", b.bin+string(filepath.Separator), "./apps/...")
	build.Stderr = os.Stderr
	return build.Run()
}

// setEnv sets the environment of all runs: the caller's, without the settings of CDK, jsii and Node, and with the context
// that the CDK CLI passes to an app of this repository.
func (b *bench) setEnv() error {
	config := struct{ Context map[string]any }{}
	content, err := os.ReadFile(filepath.Join("..", "..", "cdk.json"))
	if err != nil {
		return err
	}
	if err := json.Unmarshal(content, &config); err != nil {
		return err
	}
	config.Context["aws:cdk:enable-path-metadata"] = true
	context, err := json.Marshal(config.Context)
	if err != nil {
		return err
	}
	temp := filepath.Join(b.dir, "tmp")
	if err := os.Mkdir(temp, 0o755); err != nil {
		return err
	}
	for _, setting := range os.Environ() {
		name, _, _ := strings.Cut(setting, "=")
		if !strings.HasPrefix(name, "CDK_") && !strings.HasPrefix(name, "JSII_") && !strings.HasPrefix(name, "NODE_") {
			b.env = append(b.env, setting)
		}
	}
	b.env = append(b.env, "TMPDIR="+temp, "CDK_CONTEXT_JSON="+string(context))
	return nil
}

// command returns the command that runs an app with a scenario and writes its cloud assembly to the directory.
func (b *bench) command(app, scenario, dir string, validation bool) measure.Command {
	c := measure.Command{Path: filepath.Join(b.bin, app), Args: []string{scenario, dir}, Env: b.env}
	if app == javascript {
		c.Path, c.Args = "node", []string{filepath.Join("apps", "javascript", "main.js"), scenario, dir}
	}
	if !validation {
		c.Env = append(c.Env[:len(c.Env):len(c.Env)], "CDK_VALIDATION=false")
	}
	return c
}

// stage is a scenario that is ready to run.
type stage struct {
	*bench
	file       string
	name       string
	validation bool
}

func (b *bench) stage(s *scenario.Scenario, validation bool) (*stage, error) {
	b.stages++
	st := &stage{bench: b, name: fmt.Sprint(b.stages), validation: validation}
	st.file = filepath.Join(b.dir, st.name+".json")
	return st, s.Write(st.file)
}

// outdir returns the directory for the cloud assembly of an app.
func (s *stage) outdir(app string) string { return filepath.Join(s.dir, s.name+"-"+app) }

func (s *stage) command(app string) measure.Command {
	return s.bench.command(app, s.file, s.outdir(app), s.validation)
}

// run runs an app once, in its own process.
func (s *stage) run(app string) (measure.Usage, []frame.Times, error) {
	if err := os.RemoveAll(s.outdir(app)); err != nil {
		return measure.Usage{}, nil, err
	}
	usage, err := measure.Run(s.command(app))
	if err != nil {
		return usage, nil, err
	}
	lines := strings.Split(strings.TrimSpace(string(usage.Stdout)), "\n")
	var times []frame.Times
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &times); err != nil {
		return usage, nil, fmt.Errorf("%s: %w\n%s", app, err, usage.Stdout)
	}
	return usage, times, nil
}

// compare fails unless the apps' cloud assemblies are equal in substance, and returns how many resources each has.
func (s *stage) compare() (int, error) {
	var assemblies []*equal.Assembly
	for _, app := range apps {
		assembly, err := equal.Load(app, s.outdir(app))
		if err != nil {
			return 0, err
		}
		assemblies = append(assemblies, assembly)
	}
	problems := equal.Compare(assemblies[0], assemblies[1:]...)
	if len(problems) > 0 {
		const shown = 20
		return 0, fmt.Errorf("the templates are not equal in substance, so nothing is measured; %d differences:\n%s",
			len(problems), strings.Join(problems[:min(shown, len(problems))], "\n"))
	}
	return assemblies[0].Resources(), nil
}

// clear removes the cloud assemblies.
func (s *stage) clear() error {
	left, err := filepath.Glob(filepath.Join(s.dir, s.name+"-*"))
	for _, dir := range left {
		err = errors.Join(err, os.RemoveAll(dir))
	}
	return err
}

func progress(format string, arguments ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", arguments...)
}
