package weight

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/test/bench/measure"
)

// Cost is what a Go command took.
type Cost struct {
	What  string
	Usage measure.Usage
}

// Compile measures builds and tests. Unless noted, each starts with a build cache that has only the standard library. The
// caches are below dir. Every measurement is reported.
type Compile struct {
	Dir  string
	Env  []string // GOCACHE is set on top
	Tell func(Cost)

	caches int
}

// userTest is the user's package with one test.
const userTest = "./usertest"

// Run measures everything.
func (c *Compile) Run() error {
	standard, err := c.standardLibrary()
	if err != nil {
		return err
	}
	if err := c.constructs(standard); err != nil {
		return err
	}
	if err := c.apps(standard); err != nil {
		return err
	}
	return c.tests(standard)
}

// standardLibrary returns a build cache of the parts of the standard library that anything here needs.
func (c *Compile) standardLibrary() (string, error) {
	packages, err := list("{{if .Standard}}{{.ImportPath}}{{end}}", []string{"-test", "./...", "testing/internal/testdeps"})
	if err != nil {
		return "", err
	}
	cache := filepath.Join(c.Dir, "standard")
	_, err = c.run(cache, append([]string{"build"}, without(packages, "unsafe")...)...)
	return cache, err
}

func without(all []string, one string) []string {
	var rest []string
	for _, s := range all {
		if s != one && !strings.HasPrefix(s, "vendor/") {
			rest = append(rest, s)
		}
	}
	return rest
}

// constructs measures the core, and what each feature would add to it.
func (c *Compile) constructs(standard string) error {
	cache, err := c.copyOf(standard)
	if err != nil {
		return err
	}
	if err := c.measure("core, cold", cache, "build", Core); err != nil {
		return err
	}
	for _, feature := range Features {
		warm, err := c.copyOf(cache)
		if err != nil {
			return err
		}
		if err := c.measure("more for "+strings.TrimPrefix(feature, CDK+"/"), warm, "build", feature); err != nil {
			return err
		}
		if err := os.RemoveAll(warm); err != nil {
			return err
		}
	}
	return os.RemoveAll(cache)
}

// apps measures how long the two apps take to build: cold, unchanged, and with one file changed.
func (c *Compile) apps(standard string) error {
	for _, app := range []struct{ what, pkg, dir string }{
		{"app on the library", LibraryApp, "library"}, {"hand-written app", HandwrittenApp, "handwritten"},
	} {
		cache, err := c.copyOf(standard)
		if err != nil {
			return err
		}
		binary := filepath.Join(c.Dir, "app")
		if err := c.measure(app.what+", cold", cache, "build", "-o", binary, app.pkg); err != nil {
			return err
		}
		if err := c.measure(app.what+", unchanged", cache, "build", "-o", binary, app.pkg); err != nil {
			return err
		}
		overlay, err := c.changed(filepath.Join("apps", app.dir, "main.go"))
		if err != nil {
			return err
		}
		if err := c.measure(app.what+", one file changed", cache, "build", "-overlay", overlay, "-o", binary, app.pkg); err != nil {
			return err
		}
		if err := os.RemoveAll(cache); err != nil {
			return err
		}
	}
	return nil
}

// tests measures a user's first go test, with vet and without, and the further ones.
func (c *Compile) tests(standard string) error {
	for _, flags := range [][]string{nil, {"-vet=off"}} {
		cache, err := c.copyOf(standard)
		if err != nil {
			return err
		}
		command := append([]string{"test", "-count=1"}, flags...)
		name := strings.Join(append([]string{"go test"}, flags...), " ")
		if err := c.measure(name+", first", cache, append(command, userTest)...); err != nil {
			return err
		}
		if err := c.measure(name+", unchanged", cache, append(command, userTest)...); err != nil {
			return err
		}
		overlay, err := c.changed(filepath.Join("usertest", "usertest_test.go"))
		if err != nil {
			return err
		}
		if err := c.measure(name+", test changed", cache, append(command, "-overlay", overlay, userTest)...); err != nil {
			return err
		}
		if err := os.RemoveAll(cache); err != nil {
			return err
		}
	}
	return nil
}

// changed returns an overlay in which a file has one more declaration. It does not change the file itself.
func (c *Compile) changed(file string) (string, error) {
	path, err := filepath.Abs(file)
	if err != nil {
		return "", err
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	edited := filepath.Join(c.Dir, filepath.Base(file))
	if err := os.WriteFile(edited, append(content, "\n// Changed is new.\nvar Changed = 1\n"...), 0o644); err != nil {
		return "", err
	}
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {path: edited}})
	if err != nil {
		return "", err
	}
	name := filepath.Join(c.Dir, "overlay.json")
	return name, os.WriteFile(name, overlay, 0o644)
}

func (c *Compile) copyOf(cache string) (string, error) {
	c.caches++
	name := filepath.Join(c.Dir, fmt.Sprintf("cache%d", c.caches))
	return name, os.CopyFS(name, os.DirFS(cache))
}

func (c *Compile) measure(what, cache string, arguments ...string) error {
	usage, err := c.run(cache, arguments...)
	if err == nil {
		c.Tell(Cost{what, usage})
	}
	return err
}

func (c *Compile) run(cache string, arguments ...string) (measure.Usage, error) {
	env := append(c.Env[:len(c.Env):len(c.Env)], "GOCACHE="+cache, "GOFLAGS=")
	return measure.Run(measure.Command{Path: "go", Args: arguments, Env: env})
}
