package reachability

import "github.com/cdk-private-api/cdk-private-api-go/internal/assembly"

// Input is one source of templates: a cloud assembly (Dir) or a template (Template).
type Input struct {
	// Dir is a cloud assembly, such as cdk.out.
	Dir string
	// Template is a template file, JSON or YAML.
	Template string
	// Name is the name of a template's stack. Default: the file's name without its extension.
	Name string
	// Account and Region are where a template is deployed. Default: not known.
	Account, Region string
	// Parameters are values of parameters, by "Name" or "Stack.Name". A value "@Stack.Output" is the output of another
	// stack that is loaded.
	Parameters map[string]string
}

// Assembly is the input of a cloud assembly.
func Assembly(dir string) Input { return Input{Dir: dir} }

// Template is the input of one template.
func Template(file string) Input { return Input{Template: file} }

func (in Input) source() assembly.Input {
	return assembly.Input{
		Dir: in.Dir, Template: in.Template, Name: in.Name, Account: in.Account, Region: in.Region, Parameters: in.Parameters,
	}
}
