package reachability

import "github.com/cdk-private-api/cdk-private-api-go/internal/assembly"

// Input is one source of what is known: a cloud assembly (Dir), a single template (Template) or the contract of a service (Contract).
type Input struct {
	// Dir is the directory of a cloud assembly, such as cdk.out.
	Dir string
	// Template is a template file, in JSON or YAML.
	Template string
	// Contract is the file of a contract, which stands alone: see [Contract].
	Contract string
	// Name is the stack name of a template. Default: the file name without its extension.
	Name string
	// Account and Region are where a template is deployed. Default: unknown.
	Account, Region string
	// Parameters are values of template parameters, by "Name" or "Stack.Name". The value "@Stack.Output" stands for the
	// output of another stack that is loaded.
	Parameters map[string]string
	// Nested are template files of nested stacks, by "Stack/LogicalID" or by logical ID. They replace templates that the
	// assembly has.
	Nested map[string]string
}

// Assembly returns the input of a cloud assembly.
func Assembly(dir string) Input { return Input{Dir: dir} }

// Template returns the input of one template.
func Template(file string) Input { return Input{Template: file} }

func (in Input) source() assembly.Input {
	return assembly.Input{
		Dir: in.Dir, Template: in.Template, Name: in.Name, Account: in.Account, Region: in.Region, Parameters: in.Parameters, Nested: in.Nested,
	}
}
