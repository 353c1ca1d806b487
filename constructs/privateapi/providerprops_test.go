package privateapi_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

var word = regexp.MustCompile(`\w+`)

// The documentation of the props names each under a heading, in the order in which they stand.
func TestProviderPropsAreGrouped(t *testing.T) {
	var fields, listed []string
	for _, field := range reflect.VisibleFields(reflect.TypeFor[privateapi.PrivateApiProviderProps]()) {
		fields = append(fields, field.Name)
	}
	_, groups, _ := strings.Cut(docOf(t, "providerprops.go", "PrivateApiProviderProps"), "\n# ")
	for _, name := range word.FindAllString(groups, -1) {
		if slices.Contains(fields, name) {
			listed = append(listed, name)
		}
	}
	if !slices.Equal(listed, fields) {
		t.Errorf("the headings list\n%v\nand the props are\n%v", listed, fields)
	}
}

// docOf returns the documentation of a type.
func docOf(t *testing.T, file, name string) string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	for _, decl := range parsed.Decls {
		if d, ok := decl.(*ast.GenDecl); ok && d.Tok == token.TYPE && d.Specs[0].(*ast.TypeSpec).Name.Name == name {
			return d.Doc.Text()
		}
	}
	t.Fatalf("%s has no type %s", file, name)
	return ""
}
