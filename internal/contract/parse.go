package contract

import (
	"github.com/cdk-private-api/cdk-private-api-go/internal/jsondoc"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// root is the path of the whole contract.
const root = "contract"

// form is the form of contracts. A text that is larger than an SSM parameter takes is none.
var form = &jsondoc.Form{
	Name: root, Rule: rules.ContractForm, MaxSize: 1 << 16, OfVersion: "a contract of version 1",
	Missing: "take the whole contract",
	Unknown: "remove it, or update this module if the contract is of a newer one",
}

// Parse reads a contract. It reports all that is wrong, each under the path of its field, such as service.ports[1], and returns nil then.
// The text must not be pending: see [IsPending].
func Parse(r *rules.Report, text string) *Contract {
	own := &rules.Report{}
	c := parse(own, text)
	for _, problem := range own.Problems() {
		r.AddProblem(problem)
	}
	if own.HasErrors() {
		return nil
	}
	return c
}

func parse(r *rules.Report, text string) *Contract {
	top, ok := form.Read(r, text)
	if !ok || !top.HasVersion(Version, rules.ContractVersion) { // another version may have any members
		return nil
	}
	c := &Contract{Version: Version}
	top.Only("$schema", "version", "service", "deployed")
	service, ok := top.Object("service", true)
	if !ok {
		return nil
	}
	transport, ok := readTransport(r, service)
	if !ok {
		return nil
	}
	c.Service = transport.readService(r, service)
	if deployed, ok := top.Object("deployed", false); ok {
		c.Deployed = transport.readDeployed(deployed)
		c.checkHalves(r)
	}
	return c
}

// readTransport reads the member on which all others depend.
func readTransport(r *rules.Report, service *jsondoc.Object) (*transport, bool) {
	name, ok := service.Text("transport", true)
	if !ok {
		return nil, false
	}
	for _, t := range transports {
		if t.name == name {
			return t, true
		}
	}
	r.AddWithFix(rules.ContractTransport, service.Path("transport"), "use privatelink, lattice or routed; update this module if the contract is of a newer one",
		"%q is not a transport that this module knows", name)
	return nil, false
}

// readPorts reads a list of ports. Those that are tokens are not checked.
func readPorts(r *rules.Report, o *jsondoc.Object, name string) (ports []float64) {
	for i, element := range o.List(name, true) {
		at := jsondoc.At(o.Path(name), i)
		port, ok := jsondoc.AsNumber(element)
		if !ok {
			r.Add(rules.ContractForm, at, "is %s, but must be a number", jsondoc.Show(element))
			continue
		}
		if isKnownNumber(port) {
			rules.CheckPort(r, at, port)
		}
		ports = append(ports, port)
	}
	return ports
}
