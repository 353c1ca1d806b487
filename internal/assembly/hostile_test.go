//go:build unix

package assembly_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// place puts a file that is not a regular one, or a link, into a directory. The kind is "fifo", "dir", or the target of
// a symbolic link.
func place(t *testing.T, file, kind string) {
	t.Helper()
	var err error
	switch kind {
	case "fifo":
		err = syscall.Mkfifo(file, 0o600)
	case "dir":
		err = os.Mkdir(file, 0o700)
	default:
		err = os.Symlink(kind, file)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// A file that is not a regular one, or that is outside of the assembly, is refused before it is opened.
func TestIrregularFiles(t *testing.T) {
	for name, tc := range map[string]struct {
		files      map[string]string
		file, kind string // in the directory cdk.out, or beside it
		want       string
	}{
		"a FIFO as manifest":       {nil, "manifest.json", "fifo", "manifest.json: is not a regular file"},
		"a device as manifest":     {nil, "manifest.json", "/dev/zero", "manifest.json: leads to a file that is outside of DIR"},
		"a FIFO as template":       {map[string]string{"manifest.json": oneStack}, "s.json", "fifo", "s.json: is not a regular file"},
		"a directory as template":  {map[string]string{"manifest.json": oneStack}, "s.json", "dir", "s.json: is not a regular file"},
		"a FIFO as nested stack":   {map[string]string{"manifest.json": oneStack, "s.json": oneNest}, "n.json", "fifo", "n.json: is not a regular file"},
		"a FIFO as asset manifest": {map[string]string{"manifest.json": oneStack, "s.json": oneAsset}, "s.assets.json", "fifo", "s.assets.json: is not a regular file"},
		"a template outside":       {map[string]string{"manifest.json": oneStack, "../x.json": emptyTemplate}, "s.json", "../x.json", "s.json: leads to a file that is outside of DIR"},
		"a nested stack outside":   {map[string]string{"manifest.json": oneStack, "s.json": oneNest, "../x.json": emptyTemplate}, "n.json", "../x.json", "n.json: leads to a file that is outside of DIR"},
		"a stage outside":          {map[string]string{"manifest.json": oneStage, "../x/manifest.json": "{}"}, "stage", "../x", "stage: leads to a directory that is outside of DIR"},
		"a link to itself":         {map[string]string{"manifest.json": oneStack}, "s.json", "s.json", "s.json: "},
		"a stage in itself":        {map[string]string{"manifest.json": oneStage}, "stage", ".", "stage: the cloud assembly is loaded twice"},
	} {
		t.Run(name, func(t *testing.T) {
			files := map[string]string{"cdk.out/x": ""}
			for file, text := range tc.files {
				files["cdk.out/"+file] = text
			}
			dir := filepath.Join(write(t, files), "cdk.out")
			place(t, filepath.Join(dir, tc.file), tc.kind)
			_, err := assembly.Load(assembly.Input{Dir: dir})
			wantErrorIn(t, err, dir, tc.want)
		})
	}
}

func TestIrregularTemplates(t *testing.T) {
	for _, kind := range []string{"fifo", "dir", "/dev/null"} {
		dir := t.TempDir()
		place(t, filepath.Join(dir, "x.yaml"), kind)
		_, err := assembly.Load(in(filepath.Join(dir, "x.yaml")))
		wantError(t, err, dir, "x.yaml: is not a regular file")
	}
}

// Links that stay inside are followed. What the caller names may be a link to anywhere.
func TestLinksThatAreFollowed(t *testing.T) {
	dir := write(t, map[string]string{"out/manifest.json": oneStack, "out/real.json": emptyTemplate, "t/x.yaml": "Resources: {}"})
	place(t, filepath.Join(dir, "out/s.json"), "real.json")
	place(t, filepath.Join(dir, "link"), "out")
	place(t, filepath.Join(dir, "link.yaml"), "t/x.yaml")
	a := load(t, assembly.Input{Dir: filepath.Join(dir, "link")}, assembly.Input{Template: filepath.Join(dir, "link.yaml")})
	if len(a.Stacks) != 2 {
		t.Errorf("stacks = %v", a.Stacks)
	}
}

// Twelve links lead to one template, which is large.
func TestLinksToALargeTemplate(t *testing.T) {
	files := map[string]string{"large.json": `{"Resources": {}, "Metadata": [` + strings.Repeat("0,", 2_000_000) + `0]}`}
	var artifacts []string
	for i := range 12 {
		artifacts = append(artifacts, fmt.Sprintf(`"S%d": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "s%d.json"}}`, i, i))
	}
	files["manifest.json"] = `{"artifacts": {` + strings.Join(artifacts, ",") + `}}`
	dir := write(t, files)
	for i := range 12 {
		place(t, filepath.Join(dir, fmt.Sprintf("s%d.json", i)), "large.json")
	}
	soon(t, func() {
		_, err := assembly.Load(assembly.Input{Dir: dir})
		wantError(t, err, dir, "s7.json: more than 16000000 values in one load; to allow more, raise Limits.Values")
	})
	a, err := assembly.LoadWithin(assembly.Limits{Values: 30_000_000}, assembly.Input{Dir: dir})
	if err != nil || len(a.Stacks) != 12 {
		t.Errorf("with another limit: %v", err)
	}
}

// Each manifest names four stages, each of which leads to the next directory: four to the power of 16 assemblies.
func TestManifestsThatFanOut(t *testing.T) {
	files := map[string]string{}
	for i := range 16 {
		var artifacts []string
		for j := range 4 {
			artifacts = append(artifacts, fmt.Sprintf(`"P%d": {"type": "cdk:cloud-assembly", "properties": {"directoryName": "d"}}`, j))
		}
		files[strings.Repeat("d/", i)+"manifest.json"] = `{"artifacts": {` + strings.Join(artifacts, ",") + `}}`
	}
	files[strings.Repeat("d/", 16)+"manifest.json"] = `{}`
	dir := write(t, files)
	soon(t, func() {
		_, err := assembly.Load(assembly.Input{Dir: dir})
		wantErrorIn(t, err, dir, "d: the cloud assembly is loaded twice")
	})
}

func TestLimits(t *testing.T) {
	stages := map[string]string{"cdk.out/manifest.json": `{"artifacts": {"A": {"type": "cdk:cloud-assembly", "properties": {"directoryName": "a"}},
  "B": {"type": "cdk:cloud-assembly", "properties": {"directoryName": "b"}}}}`, "cdk.out/a/manifest.json": "{}", "cdk.out/b/manifest.json": "{}"}
	stacks := map[string]string{
		"cdk.out/manifest.json": strings.Replace(oneStack, `"S.assets"`, `"R": {"type": "aws:cloudformation:stack", "properties": {"templateFile": "r.json"}}, "S.assets"`, 1),
		"cdk.out/s.json":        emptyTemplate, "cdk.out/r.json": emptyTemplate,
	}
	for name, tc := range map[string]struct {
		files  map[string]string
		limits assembly.Limits
		want   string
	}{
		"of stages": {stages, assembly.Limits{Stages: 2}, "b: more than 2 cloud assemblies in one load; to allow more, raise Limits.Stages"},
		"of files":  {stages, assembly.Limits{Files: 2}, "b/manifest.json: more than 2 files in one load; to allow more, raise Limits.Files"},
		"of bytes":  {stages, assembly.Limits{Bytes: 20}, "manifest.json: more than 20 bytes in one load; to allow more, raise Limits.Bytes"},
		"of values": {stages, assembly.Limits{Values: 5}, "manifest.json: more than 5 values in one load; to allow more, raise Limits.Values"},
		"of stacks": {stacks, assembly.Limits{Stacks: 1}, "r.json: more than 1 stacks in one load; to allow more, raise Limits.Stacks"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(write(t, tc.files), "cdk.out")
			_, err := assembly.LoadWithin(tc.limits, assembly.Input{Dir: dir})
			wantError(t, err, dir, tc.want)
			load(t, assembly.Input{Dir: dir})
		})
	}
}

// A newline in a name does not begin a line of an error.
func TestControlCharactersInErrors(t *testing.T) {
	for name, tc := range map[string]struct {
		file, template, want string
	}{
		"a file":            {"x\n::error.json", `{"Resources": 1}`, `x\n::error.json: not a template: no Resources object`},
		"a logical ID":      {"x.json", `{"Resources": {"A\n::error": 1, "B\u001b[31m": 2}}`, `x.json: Resources.A\n::error: a resource must be an object with a Type` + "\n" + `x.json: Resources.B\x1b[31m: a resource must be an object with a Type`},
		"a duplicate key":   {"x.json", `{"A\n": 1, "A\n": 2}`, `x.json: line 1: duplicate key "A\n", which is also on line 1`},
		"a line of Unicode": {"x.json", "{\"Resources\": {\"A\u2028B\": 1}}", `x.json: Resources.A\u2028B: a resource must be an object with a Type`},
	} {
		t.Run(name, func(t *testing.T) {
			dir := write(t, map[string]string{tc.file: tc.template})
			_, err := assembly.Load(in(filepath.Join(dir, tc.file)))
			wantError(t, err, dir, tc.want)
		})
	}
	_, err := assembly.Load(in("x\ny.json"))
	if !errors.Is(err, fs.ErrNotExist) || err.Error() != `x\ny.json: no such file or directory` {
		t.Errorf("error = %q", err)
	}
}
