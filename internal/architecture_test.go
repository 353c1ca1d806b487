package internal_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/cdk-private-api/cdk-private-api-go/"

// layers are directories from the top to the bottom. A package belongs to the longest one that it lies in, and imports
// packages of its own layer and of those below.
var layers = [][]string{
	{"cmd", "examples"},
	{"constructs/mesh"},
	{
		"constructs/lattice", "constructs/vpcpeering", "constructs/transitgateway", "constructs/publicapi",
		"constructs/contract", "constructs/route53profile", "constructs/acceptance", "constructs/dnsverification",
	},
	{"constructs/routedapi"},
	{"constructs"},
	{"constructs/internal"},
	{"reachability"},
	{"reachability/internal"},
	{"reachability/proof"},
	{"internal"},
}

// mayImport limits what packages import of this module.
var mayImport = map[string][]string{
	"reachability/proof":      {"internal/rules", "internal/constructpath"},
	"internal/network":        {"internal/assembly", "internal/contract", "internal/rules", "internal/constructpath", "internal/parallel", "internal/placeholder"},
	"internal/assembly":       {"internal/rules", "internal/constructpath", "internal/limit", "internal/placeholder"},
	"internal/cost":           {"internal/network", "internal/assembly", "internal/prices", "internal/constructpath", "internal/jsondoc", "internal/nearest", "internal/rules"},
	"internal/authpolicy":     {"internal/assembly", "internal/rules"},
	"internal/contract":       {"internal/rules", "internal/placeholder", "internal/jsondoc"},
	"internal/jsondoc":        {"internal/rules", "internal/placeholder"},
	"internal/rules":          {},
	"internal/awserrors":      {"internal/rules"},
	"internal/docscommands":   {},
	"internal/constructpath":  {},
	"internal/growthtest":     {},
	"internal/placeholder":    {},
	"internal/limit":          {},
	"internal/nearest":        {},
	"internal/cloudwatch":     {},
	"internal/mesh":           {"internal/rules", "internal/jsondoc", "internal/nearest"},
	"internal/picture":        {},
	"internal/parallel":       {},
	"internal/casetest":       {},
	"internal/prices":         {"internal/jsondoc", "internal/nearest", "internal/rules"},
	"internal/compare":        {"internal/jsondoc", "internal/mesh", "internal/network", "internal/prices", "internal/rules"},
	"internal/prices/refresh": {"internal/prices"},
	"internal/lock":           {"internal/assembly", "internal/jsondoc", "internal/rules"},
	"internal/lock/refresh":   {},
}

// usesCDK are the directories that need Node: they import awscdk and jsii. No other package does, not even by another.
var usesCDK = []string{"constructs", "examples", "internal/cdktest"}

var cdk = []string{"github.com/aws/aws-cdk-go/", "github.com/aws/constructs-go/", "github.com/aws/jsii-runtime-go"}

// unimportable are the directories that no package imports.
var unimportable = []string{"examples", "cmd"}

// pkg is a package as go list has it.
type pkg struct {
	ImportPath                               string
	Imports, TestImports, XTestImports, Deps []string
}

func TestArchitecture(t *testing.T) {
	list := exec.Command("go", "list", "-json=ImportPath,Imports,TestImports,XTestImports,Deps", "./...")
	list.Dir = ".."
	output, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	decoder, count := json.NewDecoder(bytes.NewReader(output)), 0
	for {
		var p pkg
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		count++
		for _, violation := range violations(p) {
			t.Error(violation)
		}
	}
	if count < 10 {
		t.Errorf("only %d packages", count)
	}
}

// violations are the imports of a package that go against the architecture.
func violations(p pkg) (found []string) {
	name := strings.TrimPrefix(p.ImportPath, module)
	say := func(format string, args ...any) { found = append(found, name+" "+fmt.Sprintf(format, args...)) }
	for _, path := range p.Imports {
		imported, ours := strings.CutPrefix(path, module)
		if !ours {
			continue
		}
		if layerOf(imported) < layerOf(name) {
			say("imports %s, which is above it", imported)
		}
		if allowed, limited := mayImport[name]; limited && !slices.Contains(allowed, imported) {
			say("imports %s, and may import only %v", imported, allowed)
		}
	}
	all := slices.Concat(p.Imports, p.TestImports, p.XTestImports)
	for _, path := range all {
		if imported, ours := strings.CutPrefix(path, module); ours && in(imported, unimportable) {
			say("imports %s, which nothing imports", imported)
		}
	}
	for _, path := range slices.Concat(all, p.Deps) {
		isCDK := slices.ContainsFunc(cdk, func(prefix string) bool { return strings.HasPrefix(path, prefix) })
		if isCDK && !in(name, usesCDK) {
			say("depends on %s", path)
			break
		}
	}
	return found
}

// in reports whether a package lies in one of the directories.
func in(name string, directories []string) bool {
	return slices.ContainsFunc(directories, func(dir string) bool { return strings.HasPrefix(name+"/", dir+"/") })
}

// layerOf is the index of the layer of a package.
func layerOf(name string) int {
	found, longest := len(layers), ""
	for i, layer := range layers {
		for _, dir := range layer {
			if in(name, []string{dir}) && len(dir) > len(longest) {
				found, longest = i, dir
			}
		}
	}
	return found
}

func TestViolationsAreFound(t *testing.T) {
	for name, tc := range map[string]struct {
		p    pkg
		want string
	}{
		"nothing": {pkg{ImportPath: "constructs/privateapi", Imports: []string{module + "reachability", cdk[0]}}, ""},
		"a construct that imports its example": {
			pkg{ImportPath: "constructs/privateapi", Imports: []string{module + "examples/pricing-checkout"}}, "which is above it",
		},
		"an API that imports the network over which it is reached": {
			pkg{ImportPath: "constructs/routedapi", Imports: []string{module + "constructs/vpcpeering"}}, "which is above it",
		},
		"what constructs share imports a construct": {
			pkg{ImportPath: "constructs/internal/tokens", Imports: []string{module + "constructs/privateapi"}}, "which is above it",
		},
		"the walk imports the facade": {
			pkg{ImportPath: "reachability/internal/walk", Imports: []string{module + "reachability"}}, "which is above it",
		},
		"the proof's words import the walk": {
			pkg{ImportPath: "reachability/proof", Imports: []string{module + "reachability/internal/walk"}}, "which is above it",
		},
		"the proof's words import assemblies": {
			pkg{ImportPath: "reachability/proof", Imports: []string{module + "internal/assembly"}}, "may import only",
		},
		"the network imports what tests share": {
			pkg{ImportPath: "internal/network", Imports: []string{module + "internal/meshtest"}}, "may import only",
		},
		"a test that imports an example": {
			pkg{ImportPath: "constructs/privateapi", XTestImports: []string{module + "examples/pricing-checkout"}}, "which nothing imports",
		},
		"the command imports jsii":            {pkg{ImportPath: "cmd/privateapi", Imports: []string{cdk[2]}}, "depends on"},
		"a proof that needs Node by another":  {pkg{ImportPath: "reachability", Deps: []string{cdk[0] + "awscdk/v2"}}, "depends on"},
		"a test of the proof that needs Node": {pkg{ImportPath: "reachability", TestImports: []string{cdk[1]}}, "depends on"},
		"a package beside cdktest":            {pkg{ImportPath: "internal/cdktests", Imports: []string{cdk[0]}}, "depends on"},
	} {
		t.Run(name, func(t *testing.T) {
			tc.p.ImportPath = module + tc.p.ImportPath
			found := strings.Join(violations(tc.p), "\n")
			if !strings.Contains(found, tc.want) || tc.want == "" && found != "" {
				t.Errorf("found %q, want %q", found, tc.want)
			}
		})
	}
}
