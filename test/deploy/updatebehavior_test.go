package deploy_test

import (
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/localaws"
)

// TestUpdateBehaviors compares the update behaviors of the local API, which were written from the documentation, with
// CloudFormation's resource schemas in the CDK CLI, by which cdk diff tells what an update replaces.
func TestUpdateBehaviors(t *testing.T) {
	needLocal(t)
	schemas := must(schemasOfCLI())(t)
	names := map[string]string{"": "Never", "no": "Never", "yes": "Always", "maybe": "Conditionally"}
	checked := 0
	for typeName, properties := range must(localaws.UpdateBehaviors(t.Context(), "."))(t) {
		if strings.HasPrefix(typeName, "Custom::") {
			continue
		}
		for property, got := range properties {
			schema, found := schemas[typeName][property]
			if !found {
				t.Errorf("%s has no property %s", typeName, property)
				continue
			}
			checked++
			want(t, "what a change of "+property+" of "+typeName+" does", got, names[schema])
		}
	}
	if checked < 100 {
		t.Errorf("only %d properties are compared", checked)
	}
}

// schemasOfCLI returns whether a change of a property replaces its resource, by type and property.
func schemasOfCLI() (map[string]map[string]string, error) {
	file, err := os.Open(filepath.Join("..", "..", "node_modules", "aws-cdk", "db.json.gz"))
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }() // it is only read
	content, err := gzip.NewReader(file)
	if err != nil {
		return nil, err
	}
	db := struct {
		Schema struct {
			Resource struct {
				Entities []struct {
					CloudFormationType string
					Properties         map[string]struct{ CausesReplacement string }
				}
			}
		}
	}{}
	if err := json.NewDecoder(content).Decode(&db); err != nil {
		return nil, err
	}
	schemas := map[string]map[string]string{}
	for _, resource := range db.Schema.Resource.Entities {
		schemas[resource.CloudFormationType] = map[string]string{}
		for name, property := range resource.Properties {
			schemas[resource.CloudFormationType][name] = property.CausesReplacement
		}
	}
	return schemas, nil
}
