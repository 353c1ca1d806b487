package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/compare"
	"github.com/cdk-private-api/cdk-private-api-go/internal/limit"
	"github.com/cdk-private-api/cdk-private-api-go/internal/mesh"
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/prices"
)

const compareCommand = "compare"

// compareUsage has the flags of fields after it.
const compareUsage = `privateapi compare [flags] sets the ways to private APIs side by side for your mesh: which fit, and why the others do not; what each
costs a month, and where another becomes the cheapest; which quota is hit first; and how they differ otherwise.
privateapi explain OPTION, or REASON, has the long form of what it prints.

What is compared for. Flags come first, then files, then templates; what nobody says is assumed, and printed
  --numbers FILE                      a JSON file with the values below, such as {"services": 20, "mayRoute": false}
  --mesh FILE                         the declaration of a mesh
  --assembly DIR                      a cloud assembly; repeat as needed
  --template FILE[=ACCOUNT/REGION]    a template, JSON or YAML, and where it is deployed; repeat as needed
%s
Prices and output
  --prices FILE                       prices that differ from those that come with this command
  --format text|json|markdown         default: text
  --verbose                           text with what costs are made of, and all quotas; the other formats have them always

Exit codes: 0 compared, 3 bad input.
`

// compareFlags are the values of the flags.
type compareFlags struct {
	numbers, mesh, prices, format string
	verbose                       bool
	inputs                        []assembly.Input
	given                         *compare.Numbers
}

// compareOptions sets options side by side.
func compareOptions(args []string, today time.Time) (output writer, code int, err error) {
	o := &compareFlags{given: compare.NewNumbers()}
	if err := o.parse(args); errors.Is(err, flag.ErrHelp) {
		return text(compareHelp()), exitReachable, nil
	} else if err != nil {
		return nil, exitBadInput, fmt.Errorf("compare: %w", err)
	}
	c, book, err := o.compare(today)
	if err != nil {
		return nil, exitBadInput, fmt.Errorf("compare: %w", err)
	}
	return func(w io.Writer) error { return writeComparison(w, c, book, o.format, o.verbose) }, exitReachable, nil
}

// compareHelp is the usage with a line for each field.
func compareHelp() string {
	var b strings.Builder
	for _, f := range compare.Fields() {
		form := f.Form
		if form == "" {
			form = "NUMBER"
		}
		fmt.Fprintf(&b, "  --%-34s%s\n", f.Flag()+" "+form, f.Help)
	}
	return fmt.Sprintf(compareUsage, b.String())
}

func (o *compareFlags) parse(args []string) error {
	f := flag.NewFlagSet(compareCommand, flag.ContinueOnError)
	f.SetOutput(io.Discard)
	for name, value := range map[string]*string{"numbers": &o.numbers, "mesh": &o.mesh, "prices": &o.prices} {
		f.Func(name, "", once(value, "", isAnything))
	}
	f.Func("format", "", once(&o.format, "want text, json or markdown", func(s string) bool { return s == "text" || s == "json" || s == "markdown" }))
	f.BoolVar(&o.verbose, "verbose", false, "")
	f.Func("assembly", "", func(dir string) error {
		if dir == "" {
			return errors.New("want DIR")
		}
		o.inputs = append(o.inputs, assembly.Input{Dir: dir})
		return nil
	})
	f.Func("template", "", func(s string) error {
		read := &options{}
		if err := read.addTemplate(s); err != nil {
			return err
		}
		in := read.inputs[0]
		o.inputs = append(o.inputs, assembly.Input{Template: in.Template, Account: in.Account, Region: in.Region})
		return nil
	})
	for _, field := range compare.Fields() {
		f.Func(field.Flag(), "", func(value string) error {
			o.given.Flag(field, "--"+field.Flag(), value)
			return nil
		})
	}
	err := f.Parse(args)
	switch {
	case err != nil && !errors.Is(err, flag.ErrHelp):
		return fmt.Errorf("%w; privateapi compare -h lists the flags", err)
	case err == nil && f.NArg() > 0:
		return fmt.Errorf("unexpected argument %q; privateapi compare -h lists the flags", f.Arg(0))
	}
	return err
}

// mostOfAFile is the size of the largest file with numbers, a mesh or prices.
const mostOfAFile = 1 << 22

func readSmall(file string) ([]byte, error) {
	content, err := limit.ReadFile(file, mostOfAFile)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return content, nil
}

// compare reads what is given and compares.
func (o *compareFlags) compare(today time.Time) (*compare.Comparison, *prices.Book, error) {
	if o.numbers != "" {
		content, err := readSmall(o.numbers)
		if err != nil {
			return nil, nil, err
		}
		o.given.File(o.numbers, content)
	}
	if err := o.readMesh(); err != nil {
		return nil, nil, err
	}
	if err := o.readTemplates(); err != nil {
		return nil, nil, err
	}
	book, err := o.book()
	if err != nil {
		return nil, nil, err
	}
	m, err := o.given.Mesh()
	if err != nil {
		return nil, nil, fmt.Errorf("%w\nprivateapi compare -h lists the flags", err)
	}
	p, err := compare.NewPricer(book, m.Region)
	if err != nil {
		return nil, nil, err
	}
	return compare.Compare(m, p, today), book, nil
}

func (o *compareFlags) readMesh() error {
	if o.mesh == "" {
		return nil
	}
	content, err := readSmall(o.mesh)
	if err != nil {
		return err
	}
	declaration, err := mesh.Parse(content)
	if err != nil {
		return fmt.Errorf("%s: %w", o.mesh, err)
	}
	o.given.Declaration(declaration)
	return nil
}

func (o *compareFlags) readTemplates() error {
	if len(o.inputs) == 0 {
		return nil
	}
	a, err := assembly.Load(o.inputs...)
	if err != nil {
		return err
	}
	o.given.Templates(network.New(a))
	return nil
}

// book are the prices, with those of a file.
func (o *compareFlags) book() (*prices.Book, error) {
	if o.prices == "" {
		return prices.Default(), nil
	}
	content, err := readSmall(o.prices)
	if err != nil {
		return nil, err
	}
	book, err := prices.Default().With(content)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", o.prices, err)
	}
	return book, nil
}
