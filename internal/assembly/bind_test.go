package assembly_test

import (
	"path/filepath"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

const (
	pricing = `
Parameters: {Prefix: {Type: String, Default: com.amazonaws.vpce}, Caller: {Type: String, Default: nobody}}
Conditions: {Never: !Equals [a, b]}
Resources:
  Service: {Type: AWS::EC2::VPCEndpointService}
  A: {Type: AWS::EC2::Subnet}
  B: {Type: AWS::EC2::Subnet}
  Inner: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: inner.yaml}}
Outputs:
  ServiceName: {Value: !Sub "${Prefix}.${AWS::Region}.${Service}"}
  Service: {Value: !Ref Service}
  Literal: {Value: "a, b"}
  Subnets: {Value: !Join [",", [!Ref A, !Ref B]]}
  Echo: {Value: !Ref Caller}
  Never: {Value: x, Condition: Never}
`
	pricingInner = `
Resources: {Group: {Type: AWS::EC2::SecurityGroup}}
Outputs: {Group: {Value: !GetAtt Group.GroupId}}
`
	checkout = `
Parameters:
  Name: {Type: String, Default: "", AllowedPattern: "com[.]amazonaws[.]vpce[.].*", MaxLength: 3}
  Ids: {Type: CommaDelimitedList, Default: none}
  Stored: {Type: "AWS::SSM::Parameter::Value<String>", Default: /name}
Conditions: {Connected: !Not [!Equals [!Ref Name, ""]]}
Resources:
  It: {Type: T, Condition: Connected, Properties: {Name: !Ref Name, Ids: !Ref Ids, Stored: !Ref Stored}}
  Inner: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: checkout-inner.yaml}}
Outputs: {Name: {Value: !Ref Name}}
`
	checkoutInner = `
Parameters: {Deep: {Type: String, Default: none}}
Resources: {It: {Type: T, Properties: {Deep: !Ref Deep}}}
`
)

// bindings loads Pricing, and Checkout with the given parameters.
func bindings(t *testing.T, parameters map[string]string, more ...assembly.Input) (a *assembly.Assembly, dir string, err error) {
	t.Helper()
	dir = write(t, map[string]string{
		"pricing.yaml": pricing, "inner.yaml": pricingInner, "checkout.yaml": checkout, "checkout-inner.yaml": checkoutInner,
	})
	inputs := []assembly.Input{
		{Template: "checkout.yaml", Name: "Checkout", Account: "111111111111", Region: "eu-west-1", Parameters: parameters},
		{Template: "pricing.yaml", Name: "Pricing", Account: "222222222222", Region: "eu-west-1"},
	}
	inputs = append(inputs, more...)
	for i := range inputs {
		inputs[i].Template = filepath.Join(dir, inputs[i].Template)
	}
	a, err = assembly.Load(inputs...)
	return a, dir, err
}

func TestParametersBoundToOutputs(t *testing.T) {
	for name, tc := range map[string]struct {
		given    map[string]string
		property string
		want     string
	}{
		"text of another account": {map[string]string{"Checkout.Name": "@Pricing.ServiceName"}, "Name", "com.amazonaws.vpce.eu-west-1.${Pricing/Service.Ref}"},
		"by the name alone":       {map[string]string{"Name": "@Pricing.Service"}, "Name", "Pricing/Service.Ref"},
		"of a nested stack":       {map[string]string{"Name": "@Pricing/Inner.Group"}, "Name", "Pricing/Inner/Group.GroupId"},
		"a list of text":          {map[string]string{"Ids": "@Pricing.Literal"}, "Ids", `["a", "b"]`},
		"a list of references":    {map[string]string{"Ids": "@Pricing.Subnets"}, "Ids", "[Pricing/A.Ref, Pricing/B.Ref]"},
		"a list of one":           {map[string]string{"Ids": "@Pricing.Service"}, "Ids", "[Pricing/Service.Ref]"},
		"for what is stored":      {map[string]string{"Stored": "@Pricing.Literal"}, "Stored", "a, b"},
		"text with an at sign":    {map[string]string{"Name": "@@Pricing.ServiceName"}, "Name", "@Pricing.ServiceName"},
		"an output that is not there": {
			map[string]string{"Name": "@Pricing.Never"},
			"Name",
			"unknown: the output Never of stack Pricing does not exist: its condition is false",
		},
		"over two stacks": {
			map[string]string{"Ids": "@Pricing.Echo", "Pricing.Caller": "@Checkout.Name", "Name": "me"}, "Ids", `["me"]`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			a, _, err := bindings(t, tc.given)
			if err != nil {
				t.Fatal(err)
			}
			wantString(t, a.Stack("Checkout").Resource("It").Property(tc.property), tc.want)
		})
	}
}

func TestParameterOfNestedStackBound(t *testing.T) {
	a, _, err := bindings(t, map[string]string{"Checkout/Inner.Deep": "@Pricing.Service"})
	if err != nil {
		t.Fatal(err)
	}
	wantString(t, a.Stack("Checkout/Inner").Resource("It").Property("Deep"), "Pricing/Service.Ref")
}

// A parameter that is bound to an output has the value of the output itself: both sides are equal, and conditions can
// use it.
func TestBoundValueIsTheOutput(t *testing.T) {
	a, _, err := bindings(t, map[string]string{"Checkout.Name": "@Pricing.ServiceName"})
	if err != nil {
		t.Fatal(err)
	}
	it := a.Stack("Checkout").Resource("It")
	if got := assembly.Equal(it.Property("Name"), a.Stack("Pricing").Output("ServiceName")); got != assembly.Yes {
		t.Errorf("the parameter equals the output: %v", got)
	}
	if it.Exists != assembly.Yes || len(it.Implicit()) != 0 {
		t.Errorf("exists = %v, implicit = %v; want yes and none", it.Exists, it.Implicit())
	}
}

func TestBoundParametersFail(t *testing.T) {
	const at, of = "checkout.yaml: Parameters.Name: the value ", " of parameter Name of stack Checkout "
	for name, tc := range map[string]struct {
		given map[string]string
		want  string
	}{
		"no such stack":  {map[string]string{"Name": "@Prizing.ServiceName"}, at + "@Prizing.ServiceName" + of + "refers to stack Prizing, which is not loaded"},
		"no such output": {map[string]string{"Name": "@Pricing.Name"}, at + "@Pricing.Name" + of + "refers to output Name, which stack Pricing does not have"},
		"on the way": {
			map[string]string{"Name": "@Pricing.Echo", "Pricing.Caller": "@Checkout/Inner.None"},
			"pricing.yaml: Parameters.Caller: the value @Checkout/Inner.None of parameter Caller of stack Pricing refers to output None, which stack Checkout/Inner does not have",
		},
		"no stack":  {map[string]string{"Name": "@ServiceName"}, at + "@ServiceName" + of + "must be @Stack.Output; to pass it as text, write @@ServiceName"},
		"no output": {map[string]string{"Name": "@Pricing."}, at + "@Pricing." + of + "must be @Stack.Output; to pass it as text, write @@Pricing."},
		"itself":    {map[string]string{"Name": "@Checkout.Name"}, "checkout.yaml: Parameters.Name: refers to itself"},
		"a circle": {
			map[string]string{"Name": "@Pricing.Echo", "Pricing.Caller": "@Checkout.Name"},
			"checkout.yaml: Parameters.Name: refers to itself",
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, dir, err := bindings(t, tc.given)
			wantError(t, err, dir, tc.want)
		})
	}
}

// It is not an error if the template does not have the output: a macro may add it.
func TestBoundToOutputOfMacro(t *testing.T) {
	dir := write(t, map[string]string{"checkout.yaml": checkout, "pricing.yaml": "Transform: M\nResources: {}"})
	checkout := assembly.Input{Template: filepath.Join(dir, "checkout.yaml"), Parameters: map[string]string{"Name": "@pricing.Name"}}
	a := load(t, checkout, assembly.Input{Template: filepath.Join(dir, "pricing.yaml")})
	v := a.Stack("checkout").Output("Name")
	wantString(t, v, "unknown: the macro M may add the output Name to stack pricing")
	if got := v.Settle(); got != (assembly.Settlement{Kind: assembly.ByTemplate, Subject: "the processed template of stack pricing"}) {
		t.Errorf("Settle = %v", got)
	}
}

func TestBoundToOneOfSeveralStacks(t *testing.T) {
	another := func(account, region string) assembly.Input {
		return assembly.Input{Template: "pricing.yaml", Name: "Pricing", Account: account, Region: region}
	}
	for name, tc := range map[string]struct {
		more    []assembly.Input
		account string
	}{
		"that of the account": {[]assembly.Input{another("111111111111", "eu-west-1")}, "111111111111"},
		"that of the Region":  {[]assembly.Input{another("333333333333", "eu-west-2"), another("111111111111", "eu-west-2")}, "222222222222"},
		"two of the Region":   {[]assembly.Input{another("333333333333", "eu-west-1")}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			a, dir, err := bindings(t, map[string]string{"Checkout.Name": "@Pricing.Service"}, tc.more...)
			if tc.account == "" {
				wantErrorIn(t, err, dir, "is ambiguous: pricing.yaml and pricing.yaml both define stack Pricing")
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			r, _, _ := a.Stack("Checkout").Resource("It").Property("Name").Reference()
			if r == nil || r.Stack.Account != tc.account {
				t.Errorf("bound to %v, want the service of account %s", r, tc.account)
			}
		})
	}
}

// The condition of an export may depend on an import. Exports are indexed before imports can be resolved, so what was
// resolved for the index is resolved again.
func TestBoundThroughAnImport(t *testing.T) {
	dir := write(t, map[string]string{
		"a.yaml": "Resources: {S: {Type: T}}\nOutputs: {O: {Value: !Ref S, Export: {Name: service}}}",
		"b.yaml": "Resources: {}\nOutputs: {O: {Value: !ImportValue service}}",
		"c.yaml": `
Parameters: {P: {Type: String}}
Conditions: {C: !Equals [!Ref P, !Ref P]}
Resources: {}
Outputs: {O: {Value: !Ref P, Condition: C, Export: {Name: !Sub "${AWS::StackName}-o"}}}`,
	})
	var inputs []assembly.Input
	for _, name := range []string{"c", "b", "a"} {
		inputs = append(inputs, assembly.Input{Template: filepath.Join(dir, name+".yaml")})
	}
	inputs[0].Parameters = map[string]string{"P": "@b.O"}
	wantString(t, load(t, inputs...).Stack("c").Output("O"), "a/S.Ref")
}

func TestParametersOfOtherInputs(t *testing.T) {
	const stored = "Checkout.Stored"
	for name, tc := range map[string]struct {
		checkout, pricing   map[string]string
		wantStored, wantFor string // the output Echo of Pricing
		fails               string
	}{
		"all given to all":       {map[string]string{stored: "x", "Caller": "y"}, map[string]string{stored: "x", "Caller": "y"}, "x", "y", ""},
		"given to the other":     {map[string]string{"Pricing.Caller": "y"}, map[string]string{stored: "x"}, "x", "y", ""},
		"given by name":          {map[string]string{"Caller": "y"}, nil, "", "y", ""},
		"one's own comes first":  {map[string]string{"Pricing.Caller": "y"}, map[string]string{"Caller": "z"}, "", "z", ""},
		"what nobody has":        {map[string]string{"Pricing.Stored": "x"}, map[string]string{"Color": "red"}, "", "", "the parameter Color is given, but no stack has it\nthe parameter Pricing.Stored is given, but no stack has it"},
		"twice and not the same": {map[string]string{"X": "1"}, map[string]string{"X": "2"}, "", "", "the parameter X has two values, 1 and 2"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := write(t, map[string]string{"pricing.yaml": pricing, "checkout.yaml": checkout})
			a, err := assembly.Load(
				assembly.Input{Template: filepath.Join(dir, "checkout.yaml"), Name: "Checkout", Parameters: tc.checkout},
				assembly.Input{Template: filepath.Join(dir, "pricing.yaml"), Name: "Pricing", Parameters: tc.pricing})
			if tc.fails != "" {
				wantError(t, err, dir, tc.fails)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			wantString(t, a.Stack("Pricing").Output("Echo"), tc.wantFor)
			if tc.wantStored != "" {
				wantString(t, a.Stack("Checkout").Resource("It").Property("Stored"), tc.wantStored)
			}
		})
	}
}

// The name of a stack can contain dots, the name of an output cannot.
func TestBoundToStackWithADot(t *testing.T) {
	a, _, err := bindings(t, map[string]string{"Checkout.Name": "@pricing.v2.Service"}, assembly.Input{Template: "pricing.yaml", Name: "pricing.v2"})
	if err != nil {
		t.Fatal(err)
	}
	wantString(t, a.Stack("Checkout").Resource("It").Property("Name"), "pricing.v2/Service.Ref")
}

// A caller can refer to a nested stack. Fn::GetStackOutput cannot: CloudFormation generates the name of a nested stack.
func TestGetStackOutputOfNestedStack(t *testing.T) {
	dir := write(t, map[string]string{
		"app.yaml":   "Resources: {N: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: inner.yaml}}}",
		"inner.yaml": pricingInner,
		"b.yaml":     `Resources: {It: {Type: T, Properties: {P: {"Fn::GetStackOutput": {StackName: app/N, OutputName: Group}}}}}`,
	})
	a := load(t, assembly.Input{Template: filepath.Join(dir, "app.yaml")}, assembly.Input{Template: filepath.Join(dir, "b.yaml")})
	wantString(t, a.Stack("b").Resource("It").Property("P"), "unknown: no stack app/N is loaded")
}
