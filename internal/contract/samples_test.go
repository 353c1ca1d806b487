package contract_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/cdk-private-api/cdk-private-api-go/internal/contract"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/internal/schematest"
)

// sample is a contract: a base with an edit, and what is wrong with it.
type sample struct {
	Name, Base string
	Edit       map[string]any
	Nulled     string // the member that becomes null, which an edit would remove
	Problems   []string
	Schema     string
}

type samples struct {
	Bases   map[string]any
	Samples []sample
}

func readSamples(t *testing.T) *samples {
	t.Helper()
	text, err := os.ReadFile("testdata/samples.yaml")
	if err != nil {
		t.Fatal(err)
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	var s samples
	if err := decoder.Decode(&s); err != nil {
		t.Fatal(err)
	}
	return &s
}

// text returns a sample as JSON.
func (s *samples) text(t *testing.T, of *sample) string {
	t.Helper()
	text := schematest.Document(t, s.Bases[of.Base], of.Edit)
	if of.Nulled == "" {
		return text
	}
	var top map[string]any
	if err := json.Unmarshal([]byte(text), &top); err != nil {
		t.Fatal(err)
	}
	top[of.Nulled] = nil
	return schematest.Document(t, top, nil)
}

func problems(r *rules.Report) (list []string) {
	for _, p := range r.Problems() {
		list = append(list, fmt.Sprintf("%s: %s [%s]", p.Property, p.What, p.Rule.ID))
	}
	return list
}

func TestParse(t *testing.T) {
	all := readSamples(t)
	for _, tc := range all.Samples {
		t.Run(tc.Name, func(t *testing.T) {
			r := &rules.Report{}
			c := contract.Parse(r, all.text(t, &tc))
			if got, want := strings.Join(problems(r), "\n"), strings.Join(tc.Problems, "\n"); got != want {
				t.Errorf("problems:\n%s\nwant:\n%s", got, want)
			}
			if (c != nil) != (len(tc.Problems) == 0) {
				t.Errorf("the contract is %v, with %d problems", c, len(tc.Problems))
			}
		})
	}
}

// Parser and schema accept the same contracts, apart from what no schema can see, and from what only CDK writes.
func TestSchema(t *testing.T) {
	all := readSamples(t)
	schema := schematest.Read(t, "../../docs/privateapi.contract.schema.json")
	for _, tc := range all.Samples {
		t.Run(tc.Name, func(t *testing.T) {
			var value any
			if err := json.Unmarshal([]byte(all.text(t, &tc)), &value); err != nil {
				t.Fatal(err)
			}
			want := len(tc.Problems) == 0
			switch tc.Schema {
			case "accepts":
				want = true
			case "refuses":
				want = false
			}
			if got := schema.Refuses(value); (got == "") != want {
				t.Errorf("the schema says %q; accepted: want %v", got, want)
			}
			if (tc.Schema != "") != (want != (len(tc.Problems) == 0)) {
				t.Errorf("schema: %q says nothing new", tc.Schema)
			}
		})
	}
}

// What is written is read as it was, and written again as the same text.
func TestMarshal(t *testing.T) {
	all := readSamples(t)
	for _, tc := range all.Samples {
		if len(tc.Problems) > 0 {
			continue
		}
		t.Run(tc.Name, func(t *testing.T) {
			var r rules.Report
			c := contract.Parse(&r, all.text(t, &tc))
			if c == nil {
				t.Fatal(r.Err("contract"))
			}
			text := string(contract.Marshal(c))
			again := contract.Parse(&r, text)
			if again == nil {
				t.Fatal(r.Err("contract"))
			}
			if second := string(contract.Marshal(again)); second != text {
				t.Errorf("written twice:\n%s\n%s", text, second)
			}
			if !strings.HasSuffix(text, "}\n") || strings.Contains(text, "\r") || strings.Contains(text, "null") {
				t.Errorf("%q", text)
			}
			if compact := contract.Compact(c); strings.Contains(compact, "\n") || contract.Parse(&r, compact) == nil {
				t.Errorf("%q", compact)
			}
		})
	}
}

func TestMarshalIsOrdered(t *testing.T) {
	all := readSamples(t)
	tc := sample{Base: "privatelink", Edit: map[string]any{
		"service.supportedRegions": []any{"eu-west-2", "eu-west-1"}, "deployed.availabilityZoneIds": []any{"euw1-az2", "euw1-az1"},
		"service.domainNames": []any{"b.company.com", "a.company.com"}, "service.ports": []any{8443, 443},
	}}
	got := contract.Compact(contract.Parse(&rules.Report{}, all.text(t, &tc)))
	const want = `{"version":1,"service":{"name":"pricing","transport":"privatelink","account":"111111111111","region":"eu-west-1","ports":[8443,443],` +
		`"domainNames":["b.company.com","a.company.com"],"acceptanceRequired":true,"privateDnsName":"api.pricing.company.com","ipAddressTypes":["ipv4"],` +
		`"supportedRegions":["eu-west-1","eu-west-2"]},"deployed":{"serviceName":"com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0",` +
		`"availabilityZoneIds":["euw1-az1","euw1-az2"]}}`
	if got != want {
		t.Errorf("\n%s\nwant\n%s", got, want)
	}
}

// Texts that are no contract at all.
func TestParseText(t *testing.T) {
	for name, tc := range map[string]struct{ text, want string }{
		"empty":           {"", "contract: is not JSON: line 1: unexpected EOF [privateapi:contract]"},
		"no JSON":         {"com.amazonaws", "contract: is not JSON: line 1: invalid character 'c' looking for beginning of value [privateapi:contract]"},
		"half":            {"{\n\"version\": 1,\n", "contract: is not JSON: line 2: unexpected EOF [privateapi:contract]"},
		"two":             {"{} {}", "contract: is not JSON: line 1: there is more than one JSON value [privateapi:contract]"},
		"a list":          {"[1]", "contract: is a list, but must be an object [privateapi:contract]"},
		"null":            {"null", "contract: is null, but must be an object [privateapi:contract]"},
		"a member twice":  {`{"version": 2, "version": 2}`, "version: is there twice [privateapi:contract]\nversion: is 2 [privateapi:contractVersion]"},
		"longer than any": {strings.Repeat(" ", 1<<16+1), "contract: is longer than 64 KiB [privateapi:contract]"},
	} {
		t.Run(name, func(t *testing.T) {
			var r rules.Report
			if c := contract.Parse(&r, tc.text); c != nil || strings.Join(problems(&r), "\n") != tc.want {
				t.Errorf("%v\n%s\nwant\n%s", c, strings.Join(problems(&r), "\n"), tc.want)
			}
		})
	}
}

func TestIsPending(t *testing.T) {
	for text, want := range map[string]string{
		"dummy-value-for-/private-api/pricing/contract":                                             "the parameter /private-api/pricing/contract",
		"dummy-value-for-arn:aws:ssm:eu-west-1:111111111111:parameter/private-api/pricing/contract": "the parameter arn:aws:ssm:eu-west-1:111111111111:parameter/private-api/pricing/contract",
		"":                             "",
		`{"version": 1}`:               "",
		"${Token[TOKEN.12]}":           "",
		` {"a": "dummy-value-for-/x"}`: "",
	} {
		if got, ok := contract.IsPending(text); got != want || ok != (want != "") {
			t.Errorf("IsPending(%q) = %q, %v, want %q", text, got, ok, want)
		}
	}
}
