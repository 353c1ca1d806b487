package rules_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// The rules of hops are in the catalogue of package proof.
func TestEveryRuleIsListedOnce(t *testing.T) {
	var got, want []string
	for _, rule := range slices.Concat(rules.OfConstructs(), rules.Template(), rules.Lock()) {
		got = append(got, rule.ID)
	}
	for _, file := range sources(t) {
		ast.Inspect(file, func(n ast.Node) bool {
			if variable, isVariable := n.(*ast.ValueSpec); isVariable {
				want = append(want, ruleIDs(t, variable)...)
			}
			return true
		})
	}
	want = slices.DeleteFunc(want, func(id string) bool { return strings.HasPrefix(id, "privateapi:path") })
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("The lists have the rules\n%v\nand the source has\n%v", got, want)
	}
	if len(slices.Compact(want)) != len(got) {
		t.Error("two rules have one ID")
	}
}

// ruleIDs returns the IDs of the rules that a variable is set to: one of X = Rule{ID: "..."}, none of others.
func ruleIDs(t *testing.T, variable *ast.ValueSpec) (ids []string) {
	t.Helper()
	for _, value := range variable.Values {
		lit, isLit := value.(*ast.CompositeLit)
		if !isLit {
			continue
		}
		if typ, isName := lit.Type.(*ast.Ident); !isName || typ.Name != "Rule" {
			continue
		}
		for _, element := range lit.Elts {
			if field := element.(*ast.KeyValueExpr); field.Key.(*ast.Ident).Name == "ID" {
				id, err := strconv.Unquote(field.Value.(*ast.BasicLit).Value)
				if err != nil {
					t.Fatal(err)
				}
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// The proofs over templates use the package without jsii, which takes seconds to start.
func TestImportsAreOfTheStandardLibrary(t *testing.T) {
	for _, file := range sources(t) {
		for _, imported := range file.Imports {
			if host, _, _ := strings.Cut(imported.Path.Value, "/"); strings.Contains(host, ".") {
				t.Errorf("package %s imports %s", file.Name, imported.Path.Value)
			}
		}
	}
}

// sources parses the files of the package, without its tests.
func sources(t *testing.T) []*ast.File {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	if len(files) == 0 {
		t.Fatal("no source files here")
	}
	return files
}
