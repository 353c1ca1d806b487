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

// Question says what to prove. Each empty field stands for all: the zero Question asks for every client of every API,
// each with the names that lead to the API and the routes that take them.
type Question struct {
	// Client is who calls: its construct path, its logical ID, or its stack and logical ID ("Checkout/Service").
	// It can be an ECS service, a Lambda function, an instance or a security group.
	Client string
	// Domain is the name that it calls.
	Domain string
	// Port is the port that it calls.
	Port int
	// Path is the path that it calls.
	Path string
	// Facts are what no template says.
	Facts Facts
}

// Facts are what only people know before a deployment. Where an answer is unknown, its fix names the fact that is missing.
type Facts struct {
	// ZoneIDs are Availability Zone IDs, such as "euw1-az1", by "account/zone name" ("111111111111/eu-west-1a") or by
	// the ID of a subnet. Zone names mean different zones in different accounts.
	ZoneIDs map[string]string
	// Services are the endpoint services ("Pricing/EndpointService") of service names that were given as text.
	Services map[string]string
	// Connections are the states of connections that are deployed, as EC2 has them ("available", "pendingAcceptance"),
	// by endpoint ("Checkout/Endpoint"). Default: not deployed, so the templates decide what becomes of them.
	Connections map[string]string
	// Verifications are the states of private DNS names, as EC2 has them ("verified", "failed"), by endpoint service.
	Verifications map[string]string
	// Assume are IDs, of those that [Assumptions] lists, of what the proof does not decide and takes as passed.
	Assume []string
}

// Assumptions returns what [Facts.Assume] takes, in the order of a request's way.
func Assumptions() []string {
	return []string{
		"hosted-zone", "public-dns", "dns", "verified", // the name is answered
		"routes", "network-acl", "principal", "accepted", // the endpoint connects
		"mutual-tls", "web-acl", "authentication", // the ALB lets the request pass
		"targets", // something is registered
		"macro",   // a macro leaves what it gets as it is
	}
}
