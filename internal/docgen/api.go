package docgen

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// API is the documented part of packages. Types of the first have their own names, such as Props, and those of the others that of their
// package too: lattice.Props.
type API struct {
	structs    map[string][]property
	interfaces map[string][]method
	names      map[string]map[string]bool // what is shown as code, by package
	first      string                     // the package of types without one
}

// property is a field of a struct.
type property struct {
	name, section, doc string
}

// method is a method of an interface, or an interface that is embedded.
type method struct {
	signature, text, embeds string
}

// ReadAPI reads the exported structs and interfaces of directories, which are named as their packages.
func ReadAPI(dirs ...string) (*API, error) {
	api := &API{map[string][]property{}, map[string][]method{}, map[string]map[string]bool{}, filepath.Base(dirs[0])}
	for _, dir := range dirs {
		if err := api.readDir(dir); err != nil {
			return nil, err
		}
	}
	return api, nil
}

func (api *API) readDir(dir string) error {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return err
	}
	api.names[filepath.Base(dir)] = map[string]bool{}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		if err := api.read(os.DirFS(dir), filepath.Base(dir), filepath.Base(name)); err != nil {
			return err
		}
	}
	return nil
}

// nameOf is the name of a type of a package.
func (api *API) nameOf(pkg, name string) string {
	if pkg == api.first {
		return name
	}
	return pkg + "." + name
}

func (api *API) read(dir fs.FS, pkg, name string) error {
	source, err := fs.ReadFile(dir, name)
	if err != nil {
		return err
	}
	file, err := parser.ParseFile(token.NewFileSet(), name, source, parser.ParseComments)
	if err != nil {
		return err
	}
	for _, declaration := range file.Decls {
		general, isGeneral := declaration.(*ast.GenDecl)
		if !isGeneral {
			continue
		}
		for _, spec := range general.Specs {
			t, isType := spec.(*ast.TypeSpec)
			if !isType || !t.Name.IsExported() {
				continue
			}
			api.names[pkg][t.Name.Name] = true
			switch kind := t.Type.(type) {
			case *ast.StructType:
				api.addStruct(file, pkg, api.nameOf(pkg, t.Name.Name), kind)
			case *ast.InterfaceType:
				api.addInterface(source, pkg, api.nameOf(pkg, t.Name.Name), kind)
			}
		}
	}
	return nil
}

// addStruct adds the properties of a struct. A comment that stands alone between two fields begins a section.
func (api *API) addStruct(file *ast.File, pkg, name string, s *ast.StructType) {
	api.structs[name] = []property{}
	documented := map[*ast.CommentGroup]bool{}
	for _, field := range s.Fields.List {
		documented[field.Doc] = true
	}
	sectionAt := func(pos token.Pos) (section string) {
		for _, group := range file.Comments {
			if group.Pos() > s.Pos() && group.Pos() < pos && !documented[group] {
				section = strings.TrimSpace(group.Text())
			}
		}
		return section
	}
	for _, field := range s.Fields.List {
		for _, ident := range field.Names {
			if !ident.IsExported() {
				continue
			}
			api.names[pkg][ident.Name] = true
			api.structs[name] = append(api.structs[name], property{ident.Name, sectionAt(field.Pos()), field.Doc.Text()})
		}
	}
}

// split splits the comment of a property into its text and its default, which is its last paragraph.
func (p property) split() (text, fallback string, err error) {
	paragraphs := strings.Split(strings.TrimSpace(p.doc), "\n\n")
	last := strings.Join(strings.Fields(paragraphs[len(paragraphs)-1]), " ")
	text = strings.Join(strings.Fields(strings.Join(paragraphs[:len(paragraphs)-1], " ")), " ")
	switch {
	case text == "":
		return "", "", fmt.Errorf("%s has no comment of two paragraphs", p.name)
	case last == "Required.":
		return text, "required", nil
	case strings.HasPrefix(last, "Default: "):
		return text, strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(last, "Default: "), "- "), "."), nil
	}
	return "", "", fmt.Errorf("the comment of %s ends neither with Default nor with Required", p.name)
}

func (api *API) addInterface(source []byte, pkg, name string, i *ast.InterfaceType) {
	api.interfaces[name] = []method{}
	for _, m := range i.Methods.List {
		if len(m.Names) == 0 {
			switch embedded := m.Type.(type) {
			case *ast.Ident:
				api.interfaces[name] = append(api.interfaces[name], method{embeds: api.nameOf(pkg, embedded.Name)})
			case *ast.SelectorExpr: // of another package, which is perhaps not read
				other := string(source[embedded.X.Pos()-1 : embedded.X.End()-1])
				api.interfaces[name] = append(api.interfaces[name], method{embeds: api.nameOf(other, embedded.Sel.Name)})
			}
			continue
		}
		var parameters []string
		for _, field := range m.Type.(*ast.FuncType).Params.List {
			for _, ident := range field.Names {
				parameters = append(parameters, string(source[ident.Pos()-1:ident.End()-1]))
			}
		}
		method := method{text: strings.Join(strings.Fields(strings.TrimPrefix(m.Doc.Text(), m.Names[0].Name+" ")), " ")}
		method.signature = m.Names[0].Name + "(" + strings.Join(parameters, ", ") + ")"
		api.names[pkg][m.Names[0].Name] = true
		api.interfaces[name] = append(api.interfaces[name], method)
	}
}

// Structs returns the names of the structs whose fields users set: each has a default or is required.
func (api *API) Structs() []string {
	var names []string
	for name, properties := range api.structs {
		isSet := func(p property) bool {
			_, _, err := p.split()
			return err == nil
		}
		if slices.ContainsFunc(properties, isSet) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// Properties returns the properties of a struct: a table of each section.
func (api *API) Properties(name string) (string, error) {
	properties, known := api.structs[name]
	if !known {
		return "", fmt.Errorf("no struct %s", name)
	}
	var b strings.Builder
	for len(properties) > 0 {
		section := properties[0].section
		var rows [][]string
		for len(properties) > 0 && properties[0].section == section {
			text, fallback, err := properties[0].split()
			if err != nil {
				return "", err
			}
			rows = append(rows, []string{"`" + properties[0].name + "`", api.markdown(name, fallback), api.markdown(name, text)})
			properties = properties[1:]
		}
		if section != "" {
			b.WriteString("\n**" + section + "**\n\n")
		}
		b.WriteString(table([]string{"Property", "Default", ""}, rows))
	}
	return b.String(), nil
}

// Methods returns a table of the methods of an interface, and of those that it embeds.
func (api *API) Methods(name string) (string, error) {
	if _, known := api.interfaces[name]; !known {
		return "", fmt.Errorf("no interface %s", name)
	}
	return table([]string{"Method", ""}, api.methodRows(name)), nil
}

func (api *API) methodRows(name string) (rows [][]string) {
	for _, m := range api.interfaces[name] {
		if m.embeds != "" {
			rows = append(rows, api.methodRows(m.embeds)...)
			continue
		}
		if !ast.IsExported(m.signature) {
			continue
		}
		text := api.markdown(name, m.text)
		rows = append(rows, []string{"`" + m.signature + "`", strings.ToUpper(text[:1]) + text[1:]})
	}
	return rows
}

var (
	docLink = regexp.MustCompile(`\[([A-Za-z.]+)\]`)
	word    = regexp.MustCompile(`^([("]*)(.*?)([).,;:"]*)$`)
)

// markdown returns the text of a comment in a type as Markdown, with the names of code as code: those of the type's package and of the first.
func (api *API) markdown(of, text string) string {
	pkg, _, _ := strings.Cut(of, ".")
	words := strings.Split(docLink.ReplaceAllString(text, "$1"), " ")
	for i, w := range words {
		part := word.FindStringSubmatch(w)
		if api.isCode(pkg, part[2]) {
			code, rest := closed(part[2], part[3])
			words[i] = part[1] + "`" + code + "`" + rest
		}
	}
	return strings.ReplaceAll(strings.Join(words, " "), "|", `\|`)
}

// closed returns code with the quotes and parentheses that close those in it, and what is left of the punctuation behind it.
func closed(code, punctuation string) (closed, rest string) {
	for punctuation != "" && (strings.Count(code, "(") > strings.Count(code, ")") || strings.Count(code, `"`)%2 == 1) {
		code, punctuation = code+punctuation[:1], punctuation[1:]
	}
	return code, punctuation
}

var severalHumps = regexp.MustCompile(`[a-z][A-Z]`)

// isCode reports whether a word is code: a name of the package, or of the first, that is no word of English too, or what Markdown would read
// as markup.
func (api *API) isCode(pkg, word string) bool {
	isName := api.names[pkg][word] || api.names[api.first][word] || strings.Contains(word, ".")
	return strings.ContainsAny(word, "_<*") || severalHumps.MatchString(word) && isName
}
