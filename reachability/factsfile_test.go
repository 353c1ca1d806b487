package reachability_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

func writeFacts(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), reachability.FactsFileName)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

const everyFact = `{"$schema": "x", "zoneIds": {"111111111111": {"eu-west-1a": "euw1-az1"}}, "subnetZoneIds": {"subnet-1": "euw1-az2"},
  "parameters": {"Checkout.Name": "@Pricing.Name"}, "nestedTemplates": {"Checkout/Nested": "nested.yaml"}, "contracts": ["pricing.json"], "services": {"com.x": "Pricing/Service"}, "certificates": {"arn:x": ["api.example.com"]}, "prefixLists": {"pl-1": ["10.1.0.0/24"]}, "zoneNames": {"111111111111/eu-west-1": ["eu-west-1a"]}, "latticePrefixLists": {"eu-west-1": "pl-2"}, "publicAddresses": {"Checkout/Eip": ["203.0.113.7"]}, "connections": {"Checkout/Endpoint": "available"}, "verifications": {"Pricing/Service": "verified"},
  "assumptions": [{"id": "accepted", "reason": "a pipeline accepts it", "date": "2026-11-28"},
    {"id": "unmodelled/AWS::EC2::VPC.VpcEncryptionControl", "reason": "it monitors only", "date": "2026-11-28"}]}`

func TestFactsFile(t *testing.T) {
	file := writeFacts(t, everyFact)
	got, err := reachability.LoadFacts(file)
	if err != nil {
		t.Fatal(err)
	}
	want := &reachability.FactsFile{
		Facts: reachability.Facts{
			ZoneIDs:            map[string]string{"111111111111/eu-west-1a": "euw1-az1", "subnet-1": "euw1-az2"},
			Services:           map[string]string{"com.x": "Pricing/Service"},
			Certificates:       map[string][]string{"arn:x": {"api.example.com"}},
			ZoneNames:          map[string][]string{"111111111111/eu-west-1": {"eu-west-1a"}},
			PrefixLists:        map[string][]string{"pl-1": {"10.1.0.0/24"}},
			LatticePrefixLists: map[string]string{"eu-west-1": "pl-2"},
			PublicAddresses:    map[string][]string{"Checkout/Eip": {"203.0.113.7"}},
			Connections:        map[string]string{"Checkout/Endpoint": "available"},
			Verifications:      map[string]string{"Pricing/Service": "verified"},
			Assume:             []string{"accepted", "unmodelled/AWS::EC2::VPC.VpcEncryptionControl"},
		},
		Parameters: map[string]string{"Checkout.Name": "@Pricing.Name"},
		Nested:     map[string]string{"Checkout/Nested": filepath.Join(filepath.Dir(file), "nested.yaml")},
		Contracts:  []string{filepath.Join(filepath.Dir(file), "pricing.json")},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestFactsFileFails(t *testing.T) {
	const assumption = `{"assumptions": [{"id": "accepted", "reason": "because", "date": "2026-11-28"}]}`
	for name, tc := range map[string]struct{ text, want string }{
		"a field with a typing error":        {`{"zoneIDz": {}}`, `unknown field "zoneIDz"`},
		"an assumption with a typing error":  {strings.Replace(assumption, "accepted", "acepted", 1), `assumptions[0]: "acepted" is not an assumption`},
		"an assumption without a property":   {strings.Replace(assumption, "accepted", "unmodelled/AWS::EC2::VPC", 1), `"unmodelled/AWS::EC2::VPC" is not an assumption`},
		"an assumption without a reason":     {strings.Replace(assumption, "because", " ", 1), "give a reason"},
		"an assumption without a date":       {strings.Replace(assumption, "2026-11-28", "", 1), "is not of the form"},
		"an account that is none":            {`{"zoneIds": {"1": {}}}`, `"1" is not an account ID`},
		"a zone name for a zone ID":          {`{"zoneIds": {"111111111111": {"eu-west-1a": "eu-west-1a"}}}`, "zoneIds.111111111111.eu-west-1a"},
		"a zone name for that of a subnet":   {`{"subnetZoneIds": {"subnet-1": "eu-west-1a"}}`, "subnetZoneIds.subnet-1"},
		"a name for a subnet":                {`{"subnetZoneIds": {"A": "euw1-az1"}}`, `"A" is not a subnet ID`},
		"zones of another Region":            {`{"zoneNames": {"111111111111/eu-west-1": ["us-east-1a"]}}`, "is not a zone of eu-west-1"},
		"a name for a prefix list":           {`{"prefixLists": {"s3": []}}`, `"s3" is not the ID of a prefix list`},
		"a Lattice list of no Region":        {`{"latticePrefixLists": {"ireland": "pl-1"}}`, `"ireland" is not a Region`},
		"a name for a Lattice list":          {`{"latticePrefixLists": {"eu-west-1": "vpc-lattice"}}`, `"vpc-lattice" is not the ID of a prefix list`},
		"an address for a block":             {`{"prefixLists": {"pl-1": ["10.1.0.0/24", "10.1.0.1"]}}`, "prefixLists.pl-1[1]"},
		"a private address":                  {`{"publicAddresses": {"Checkout/Eip": ["10.0.0.4"]}}`, `publicAddresses.Checkout/Eip: "10.0.0.4" is not a public address`},
		"a block for a public address":       {`{"publicAddresses": {"Checkout/Eip": ["203.0.113.7/32"]}}`, `"203.0.113.7/32" is not an IPv4 address`},
		"no public address":                  {`{"publicAddresses": {"Checkout/Eip": []}}`, "there is no address"},
		"an assumption without fields":       {`{"assumptions": [{"id": "accepted"}]}`, "give a reason"},
		"an assumption that is half made":    {`{"assumptions": [{"id": "accepted", "reason": "because", "date": null}]}`, "is not of the form"},
		"a typing error beside a value":      {`{"parameters": {"A": {"value": "x", "comand": "y"}}}`, `unknown field "comand"`},
		"text behind the facts":              {`{} {}`, "more than one JSON value"},
		"no JSON":                            {`x`, "invalid character"},
		"a value of another kind than asked": {`{"parameters": {"A": 1}}`, "cannot unmarshal number"},
	} {
		t.Run(name, func(t *testing.T) {
			file := writeFacts(t, tc.text)
			if _, err := reachability.LoadFacts(file); err == nil || !strings.HasPrefix(err.Error(), file+": ") || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("%v, want %s", err, tc.want)
			}
		})
	}
	for file, want := range map[string]string{"nowhere.json": "no such file", t.TempDir(): "not a regular file"} {
		if _, err := reachability.LoadFacts(file); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// The paths of nested templates are relative to the file, wherever it is read from.
func TestFactsFileHasNestedTemplates(t *testing.T) {
	file := writeFacts(t, `{"nestedTemplates": {"Shop/Nested": "nested.yaml"}}`)
	dir := filepath.Dir(file)
	for name, text := range map[string]string{
		"Shop.yaml":   "Resources: {Nested: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: 'https://example.s3.amazonaws.com/nested.yaml'}}}",
		"nested.yaml": "Resources: {Topic: {Type: AWS::SNS::Topic}}",
		"other.yaml":  "Resources: {",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	facts, err := reachability.LoadFacts(file)
	if err != nil {
		t.Fatal(err)
	}
	in := reachability.Template(filepath.Join(dir, "Shop.yaml"))
	model, err := facts.Load(in)
	if err != nil {
		t.Fatal(err)
	}
	if unread := model.Prove(reachability.Question{}).Inventory.Unread; len(unread) > 0 {
		t.Errorf("%v was not read", unread)
	}
	in.Nested = map[string]string{"Shop/Nested": filepath.Join(dir, "other.yaml")}
	if _, err := facts.Load(in); err == nil || !strings.Contains(err.Error(), "other.yaml") {
		t.Errorf("the template of the input does not come first: %v", err)
	}
}

// The schema and the reader have the same fields.
func TestFactsSchema(t *testing.T) {
	text, err := os.ReadFile("../docs/privateapi.facts.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var schema struct{ Properties map[string]json.RawMessage }
	var every map[string]any
	if err := json.Unmarshal(text, &schema); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(everyFact), &every); err != nil {
		t.Fatal(err)
	}
	var has, reads []string
	for name := range schema.Properties {
		has = append(has, name)
	}
	for name := range every {
		reads = append(reads, name)
	}
	slices.Sort(has)
	slices.Sort(reads)
	if !slices.Equal(has, reads) {
		t.Errorf("the schema has %v, and the reader reads %v", has, reads)
	}
}
