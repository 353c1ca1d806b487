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

// Body returns the body of a function of a Go file. Of an Example function, it leaves out the output, and the last
// paragraph, which prints it.
func Body(source []byte, function string) (string, error) {
	file, err := parser.ParseFile(token.NewFileSet(), "", source, parser.ParseComments)
	if err != nil {
		return "", err
	}
	for _, declaration := range file.Decls {
		f, isFunction := declaration.(*ast.FuncDecl)
		if !isFunction || f.Name.Name != function {
			continue
		}
		body := source[f.Body.Lbrace : f.Body.Rbrace-1]
		if before, _, has := bytes.Cut(body, []byte("// Output:")); has {
			body = before
			if at := bytes.LastIndex(body, []byte("\n\n")); at >= 0 {
				body = body[:at]
			}
		}
		formatted, err := format.Source(bytes.TrimSpace(body))
		return strings.TrimSpace(string(formatted)), err
	}
	return "", fmt.Errorf("no function %s", function)
}
