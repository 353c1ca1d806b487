package docgen

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"strings"
)

// Function returns a function of a Go file. Of an Example function, it returns the body without the last paragraph, which
// prints the output.
func Function(source []byte, function string) (string, error) {
	file, err := parser.ParseFile(token.NewFileSet(), "", source, parser.ParseComments)
	if err != nil {
		return "", err
	}
	for _, declaration := range file.Decls {
		f, isFunction := declaration.(*ast.FuncDecl)
		if !isFunction || f.Name.Name != function {
			continue
		}
		text := source[f.Pos()-1 : f.End()-1]
		if strings.HasPrefix(function, "Example") {
			text = exampleBody(source[f.Body.Lbrace : f.Body.Rbrace-1])
		}
		formatted, err := format.Source(bytes.TrimSpace(text))
		return strings.TrimSpace(string(formatted)), err
	}
	return "", fmt.Errorf("no function %s", function)
}

func exampleBody(body []byte) []byte {
	before, _, hasOutput := bytes.Cut(body, []byte("// Output:"))
	if !hasOutput {
		return body
	}
	if at := bytes.LastIndex(bytes.TrimSpace(before), []byte("\n\n")); at >= 0 {
		before = bytes.TrimSpace(before)[:at]
	}
	return before
}
