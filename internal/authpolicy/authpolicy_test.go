package authpolicy_test

import (
	"cmp"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/authpolicy"
)

// Each file of testdata/cases has cases in the form of a template's resources; testdata/base.yaml has what they refer to, and
// describes the form.
func TestDecide(t *testing.T) {
	paths, err := filepath.Glob("testdata/cases/*.yaml")
	if err != nil || len(paths) == 0 {
		t.Fatal(paths, err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".yaml"), func(t *testing.T) { checkCases(t, load(t, path)) })
	}
}

// testdata/agnostic.yaml has cases of a stack whose account and Region are not known.
func TestDecideWithoutEnvironment(t *testing.T) {
	cases, err := readCases(write(t, text(t, "testdata/agnostic.yaml")), assembly.Input{})
	if err != nil {
		t.Fatal(err)
	}
	checkCases(t, cases)
}

func checkCases(t *testing.T, cases []*assembly.Resource) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.ID, func(t *testing.T) { checkCase(t, c) })
	}
}

// load reads the cases of a file.
func load(t testing.TB, path string) []*assembly.Resource {
	t.Helper()
	return casesOf(t, text(t, path))
}

// text is a template with the cases of a file.
func text(t testing.TB, path string) []byte {
	t.Helper()
	var text []byte
	for _, part := range []string{"testdata/base.yaml", path} {
		data, err := os.ReadFile(part)
		if err != nil {
			t.Fatal(err)
		}
		text = append(text, data...)
	}
	return text
}

// casesOf reads the cases of a template.
func casesOf(t testing.TB, text []byte) []*assembly.Resource {
	t.Helper()
	cases, err := readCases(write(t, text), environment)
	if err != nil {
		t.Fatal(err)
	}
	return cases
}

// environment is where the stack of the cases is deployed.
var environment = assembly.Input{Account: "111111111111", Region: "eu-west-1"}

func write(t testing.TB, text []byte) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "cases.yaml")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func readCases(path string, in assembly.Input) ([]*assembly.Resource, error) {
	in.Template, in.Name = path, "Shop"
	asm, err := assembly.Load(in)
	if err != nil {
		return nil, err
	}
	return asm.OfType("Custom::Case"), nil
}

func checkCase(t *testing.T, c *assembly.Resource) {
	text := func(path ...any) string {
		text, _ := c.Property(path...).Text()
		return text
	}
	d := callOf(c).Decide()
	if want := text("Want"); d.Verdict.String() != want {
		t.Fatalf("%s by %s: %s, want %s", d.Verdict, d.Layer, d.Why, want)
	}
	if want := text("By"); want != "" && !strings.HasSuffix(d.Layer.String(), want) {
		t.Errorf("by %s, want %s", d.Layer, want)
	}
	if want := text("Why"); d.Why != want {
		t.Errorf("why: %s\nwant: %s", d.Why, want)
	}
	if want, ok := c.Property("Statement").Number(); ok && d.Statement != int(want)-1 {
		t.Errorf("statement %d, want %v", d.Statement+1, want)
	}
	if want := text("Settle"); d.Settle.Subject != want {
		t.Errorf("settled by %q, want %q", d.Settle.Subject, want)
	}
	anyCall := callOf(c)
	anyCall.Request.Path, anyCall.Request.Method, anyCall.Request.Port, anyCall.Request.Headers = authpolicy.Text{}, authpolicy.Text{}, authpolicy.Text{}, nil
	if settled := anyCall.Decide(); settled.IsSettled() && !reflect.DeepEqual(settled, d) {
		t.Errorf("decided without the path, method, port and headers: %+v\nwith them: %+v", settled, d)
	}
}

// callOf is the call of a case, with defaults for what it leaves out.
func callOf(c *assembly.Resource) *authpolicy.Call {
	request := func(name, otherwise string) authpolicy.Text {
		v := c.Property("Request", name)
		if v.Kind() == assembly.Absent {
			return authpolicy.Literal(otherwise)
		}
		return authpolicy.Of(v)
	}
	property := func(name string) assembly.Value { return c.Property("Request", name) }
	isTrue := func(name string) bool { is, _ := property(name).Bool(); return is }
	r := &authpolicy.Request{
		IsAnonymous: isTrue("Anonymous"), IsTCP: isTrue("Tcp"),
		Principal: request("Principal", "arn:aws:iam::222222222222:role/checkout"),
		SourceVpc: request("SourceVpc", "vpc-0a"), SourceVpcOwner: request("SourceVpcOwner", "222222222222"),
		Service:        request("Service", "arn:aws:vpc-lattice:eu-west-1:111111111111:service/svc-0a"),
		ServiceNetwork: request("ServiceNetwork", "arn:aws:vpc-lattice:eu-west-1:222222222222:servicenetwork/sn-0a"),
		Method:         request("Method", "GET"), Port: request("Port", "443"),
		PrincipalOrg: authpolicy.Of(property("PrincipalOrg")),
		Headers:      map[string]authpolicy.Text{}, PrincipalTags: map[string]authpolicy.Text{},
	}
	if isTrue("Unsaid") {
		r = &authpolicy.Request{IsAnonymous: r.IsAnonymous, Service: r.Service}
	}
	if another, ok := property("Another").Text(); ok {
		r.IsAnother = func(arn string) bool { return arn == another }
	}
	path, _ := property("Path").Text()
	r.Path = authpolicy.Pattern(cmp.Or(path, "/v1/prices"))
	for to, of := range map[*map[string]authpolicy.Text]assembly.Value{&r.Headers: property("Headers"), &r.PrincipalTags: property("Tags")} {
		for _, name := range of.Fields() {
			(*to)[name] = authpolicy.Of(of.Field(name))
		}
	}
	call := &authpolicy.Call{Request: r, Network: sideOf(c.Property("Network")), Target: sideOf(c.Property("Service"))}
	if policy := c.Property("Policy"); policy.Kind() != assembly.Absent {
		call.Target = authpolicy.Side{AuthType: assembly.NewText("AWS_IAM"), Policy: authpolicy.Read(policy)}
	}
	if call.Caller.Unread, _ = c.Property("Unread").Text(); c.Property("Identity").Kind() == assembly.Absent {
		call.Caller.Policies = []*authpolicy.Policy{authpolicy.Read(c.Stack.Resource("Everything").Property("Policy"))}
	}
	documents, _ := c.Property("Identity").Items()
	for _, document := range documents {
		call.Caller.Policies = append(call.Caller.Policies, authpolicy.Read(document))
	}
	return call
}

func sideOf(v assembly.Value) authpolicy.Side {
	side := authpolicy.Side{AuthType: v.Field("AuthType")}
	side.Unread, _ = v.Field("Unread").Text()
	if policy := v.Field("Policy"); policy.Kind() != assembly.Absent {
		side.Policy = authpolicy.Read(policy)
	}
	return side
}

// testdata/allowances.yaml has policies, and whom they allow.
func TestAllowances(t *testing.T) {
	for _, c := range load(t, "testdata/allowances.yaml") {
		t.Run(c.ID, func(t *testing.T) {
			var got []string
			for _, a := range authpolicy.Read(c.Property("Policy")).Allowances() {
				text := a.String() + ", anonymous: " + a.Anonymous.String()
				if a.IsOpen {
					text += ", open"
				}
				got = append(got, text)
			}
			var want []string
			items, _ := c.Property("Want").Items()
			for _, item := range items {
				text, _ := item.Text()
				want = append(want, text)
			}
			if strings.Join(got, "\n") != strings.Join(want, "\n") {
				t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		})
	}
}

// testdata/sizes.yaml has policies, and what they are as JSON.
func TestJSON(t *testing.T) {
	for _, c := range load(t, "testdata/sizes.yaml") {
		want, _ := c.Property("Want").Text()
		if got := authpolicy.Read(c.Property("Policy")).JSON(); got != want {
			t.Errorf("%s: %s, want %s", c.ID, got, want)
		}
	}
}
