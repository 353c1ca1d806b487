package cost

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"slices"
	"testing"
)

const schemaFile = "../../docs/privateapi.usage.schema.json"

type schema = map[string]any

// keySchema is an object that may have some keys.
func keySchema(keys []string) schema {
	properties := schema{}
	for _, key := range keys {
		properties[key] = schema{"$ref": "#/$defs/" + key}
	}
	return schema{"type": "object", "additionalProperties": false, "properties": properties}
}

// keyWords say what each key counts.
var keyWords = map[string]string{
	dataKey:        "GB that it processes in a month.",
	crossZoneKey:   "GB that it sends to other Availability Zones in a month.",
	requestsKey:    "Requests in a month.",
	queriesKey:     "DNS queries in a month, without those for aliases of AWS's resources.",
	eventsKey:      "Events that match the rule in a month.",
	ingestedKey:    "GB that it takes in in a month.",
	deliveredKey:   "GB that it delivers in a month, to S3 or Firehose.",
	scannedKey:     "GB that queries scan in a month.",
	newKey:         "New connections, or flows, a second, on average.",
	activeKey:      "Connections, or flows, at a time, on average.",
	bytesKey:       "GB that it processes in a month.",
	evaluationsKey: "Rules that it evaluates a second, on average: requests a second times the rules that each passes, without the first ten.",
}

func usageSchema() schema {
	all, types := map[string]bool{}, schema{}
	for resourceType, p := range pricers {
		if len(p.keys) == 0 {
			continue
		}
		types[resourceType] = keySchema(p.keys)
		for _, key := range p.keys {
			all[key] = true
		}
	}
	defs := schema{}
	for key := range all {
		defs[key] = schema{"type": "number", "minimum": 0, "description": keyWords[key]}
	}
	return schema{
		"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Usage of privateapi cost", "type": "object",
		"additionalProperties": false, "required": []string{"version"},
		"properties": schema{
			"$schema": schema{"type": "string"},
			"version": schema{"const": UsageVersion},
			byType: schema{
				"type": "object", "additionalProperties": false, "properties": types, "description": "What each resource of a type does in a month, unless it is named below.",
			},
			byResource: schema{
				"type": "object", "additionalProperties": keySchema(slices.Sorted(maps.Keys(all))),
				"description": "What a resource does in a month, by its construct path, or by its stack and logical ID as Stack/LogicalId or Stack.LogicalId.",
			},
		},
		"$defs": defs,
	}
}

// The schema has what the parser takes.
func TestGoldenUsageSchema(t *testing.T) {
	for key, words := range keyWords {
		if words == "" {
			t.Errorf("nothing says what %s is", key)
		}
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(usageSchema()); err != nil {
		t.Fatal(err)
	}
	if os.Getenv("UPDATE_GOLDEN") != "" {
		if err := os.WriteFile(schemaFile, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if text, err := os.ReadFile(schemaFile); err != nil || !bytes.Equal(text, b.Bytes()) {
		t.Errorf("%s is not what usage files have; make snapshot writes it (%v)", schemaFile, err)
	}
}
