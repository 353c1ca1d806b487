package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/contract"
	"github.com/cdk-private-api/cdk-private-api-go/internal/limit"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

const contractCommand = "contract"

const contractUsage = `privateapi contract [flags] writes the contract of a service, which a NewServiceContract publishes in the templates of
a cloud assembly. Commit it where the other team has its app: PrivateApiService_FromContract and its siblings read it.

  --assembly DIR     the cloud assembly. Default: cdk.out
  --outputs FILE     the outputs of the deployment, as cdk deploy --outputs-file FILE writes them. Without them the
                     contract has the half that synthesis knows, and a consumer needs the name of the service besides
  --name NAME        the contract, if there are several
  --stack NAME       its stack, if several publish a contract of that name
  --out FILE         where to write it. Default: standard output

Exit codes: 0 written, 3 bad input.
`

// contractFlags are the values of the flags.
type contractFlags struct {
	assembly, outputs, name, stack, out string
}

// published is a contract, and the stack that publishes it.
type published struct {
	*contract.Publication
	stack *assembly.Stack
}

// writeContract writes the contract of a service.
func writeContract(args []string) (output writer, code int, err error) {
	o := &contractFlags{}
	if err := o.parse(args); errors.Is(err, flag.ErrHelp) {
		return text(contractUsage), exitReachable, nil
	} else if err != nil {
		return nil, exitBadInput, fmt.Errorf("contract: %w", err)
	}
	c, err := o.contract()
	if err != nil {
		return nil, exitBadInput, fmt.Errorf("contract: %w", err)
	}
	file := string(contract.Marshal(c))
	if o.out == "" {
		return text(file), exitReachable, nil
	}
	if err := os.WriteFile(o.out, []byte(file), 0o644); err != nil { //nolint:gosec // it has no secrets, and is checked in
		return nil, exitBadInput, fmt.Errorf("contract: %w", err)
	}
	return text(o.out + ": " + halves(c) + "\n"), exitReachable, nil
}

func halves(c *contract.Contract) string {
	of := fmt.Sprintf("the contract of %s, %s", c.Service.Name, c.Service.Transport)
	if c.Deployed == nil {
		return of + ", without what only a deployment knows: --outputs adds it"
	}
	return of
}

func (o *contractFlags) parse(args []string) error {
	f := flag.NewFlagSet(contractCommand, flag.ContinueOnError)
	f.SetOutput(io.Discard)
	for name, value := range map[string]*string{"assembly": &o.assembly, "outputs": &o.outputs, "name": &o.name, "stack": &o.stack, "out": &o.out} {
		f.Func(name, "", func(s string) error {
			switch {
			case s == "":
				return errors.New("is empty; omit the flag for its default")
			case *value != "":
				return errors.New("given twice")
			}
			*value = s
			return nil
		})
	}
	err := f.Parse(args)
	switch {
	case err != nil && !errors.Is(err, flag.ErrHelp):
		return fmt.Errorf("%w; privateapi contract -h lists the flags", err)
	case err == nil && f.NArg() > 0:
		return fmt.Errorf("unexpected argument %q; privateapi contract -h lists the flags", f.Arg(0))
	}
	return err
}

// contract reads the contract, and fills in the outputs.
func (o *contractFlags) contract() (*contract.Contract, error) {
	found, err := o.published()
	if err != nil {
		return nil, err
	}
	p, err := o.choose(found)
	if err != nil {
		return nil, err
	}
	var outputs map[string]string
	if o.outputs != "" {
		if outputs, err = readOutputs(o.outputs, p.stack); err != nil {
			return nil, fmt.Errorf("%s: %w", o.outputs, err)
		}
	}
	r := &rules.Report{}
	c := p.Contract(r, outputs)
	return c, r.Err(p.String())
}

func (p *published) String() string { return p.Name + " of stack " + p.stack.Name }

// published returns all contracts of the assembly.
func (o *contractFlags) published() ([]*published, error) {
	dir := o.assembly
	if dir == "" {
		dir = defaultAssembly
	}
	a, err := assembly.Load(assembly.Input{Dir: dir})
	if err != nil {
		if _, missing := os.Stat(dir); o.assembly == "" && missing != nil {
			return nil, fmt.Errorf("no %s here: run cdk synth, or use --assembly DIR", dir)
		}
		return nil, err
	}
	var all []*published
	for _, stack := range a.Stacks {
		template, err := os.ReadFile(stack.File)
		if err != nil {
			return nil, err
		}
		found, err := contract.Publications(template)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", stack.File, err)
		}
		for _, p := range found {
			all = append(all, &published{p, stack})
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%s: no stack publishes a contract: define a contract.NewServiceContract beside the service", dir)
	}
	return all, nil
}

// choose returns the contract that the flags name.
func (o *contractFlags) choose(all []*published) (*published, error) {
	matching := slices.DeleteFunc(slices.Clone(all), func(p *published) bool {
		return o.name != "" && p.Name != o.name || o.stack != "" && p.stack.Name != o.stack
	})
	switch len(matching) {
	case 1:
		return matching[0], nil
	case 0:
		return nil, fmt.Errorf("there is no such contract; there are %s", listed(all))
	}
	return nil, fmt.Errorf("choose one by --name and --stack; there are %s", listed(matching))
}

func listed(all []*published) string {
	var names []string
	for _, p := range all {
		names = append(names, p.String())
	}
	return strings.Join(names, ", ")
}

// maxOutputs is the size of the largest file with outputs.
const maxOutputs = 1 << 24

// readOutputs reads the outputs of a stack from the file that the CDK CLI writes: values by output, by stack.
func readOutputs(file string, stack *assembly.Stack) (map[string]string, error) {
	content, err := limit.ReadFile(file, maxOutputs)
	if err != nil {
		return nil, err
	}
	var outputs map[string]map[string]string
	if err := json.Unmarshal(content, &outputs); err != nil {
		return nil, err
	}
	of, ok := outputs[stack.Name]
	if !ok {
		return nil, fmt.Errorf("has no outputs of stack %s: deploy it with cdk deploy --outputs-file", stack.Name)
	}
	return of, nil
}
