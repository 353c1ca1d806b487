package network_test

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
)

// present are types that the package names without reading properties that decide a hop: their presence alone counts.
var present = map[string]string{
	"AWS::ApplicationAutoScaling::ScalableTarget":        "its presence",
	"AWS::CloudFormation::CustomResource":                "what it refers to",
	"AWS::EC2::GatewayRouteTableAssociation":             "its presence at an internet gateway, which is to be assumed",
	"AWS::Route53Resolver::ResolverQueryLoggingConfig":   "its presence in a profile, which changes no answer",
	"AWS::Route53Resolver::ResolverRule":                 "its presence in a profile, which is to be assumed",
	"AWS::Route53Resolver::FirewallRuleGroupAssociation": "its presence in a VPC, which is to be assumed",
	"AWS::Route53Resolver::ResolverRuleAssociation":      "its presence in a VPC, which is to be assumed",
	"AWS::WAFRegional::WebACLAssociation":                "its presence at a load balancer, which is to be assumed",
	"AWS::WAFv2::WebACLAssociation":                      "its presence at a load balancer, which is to be assumed",
}

// A type that the facts are made of has its properties classified.
func TestTypesAreClassified(t *testing.T) {
	classified := map[string]bool{}
	for _, c := range network.ClassifiedTypes() {
		classified[c.Name] = true
	}
	paths, err := filepath.Glob("*.go")
	if err != nil || len(paths) == 0 {
		t.Fatal("no source files", err)
	}
	found := 0
	typeName := regexp.MustCompile(`"(AWS::\w+::\w+)"`)
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		for _, match := range typeName.FindAllStringSubmatch(string(text), -1) {
			found++
			if !classified[match[1]] && present[match[1]] == "" {
				t.Errorf("%s: properties.txt has no %s", path, match[1])
			}
		}
	}
	if found < 30 {
		t.Errorf("the source has only %d types", found)
	}
}

// The CDK CLI has CloudFormation's schemas. A property that a newer one adds must be classified: until then, the proof
// takes it as not modelled.
func TestPropertiesAreClassified(t *testing.T) {
	schemas := readSchemas(t)
	checked := 0
	for _, c := range network.ClassifiedTypes() {
		schema, ok := schemas.resources[c.Name]
		if !ok {
			t.Errorf("CloudFormation has no type %s", c.Name)
			continue
		}
		checked += schemas.check(t, c, "", schema)
		for _, p := range c.Properties {
			if path, _, isKeyed := strings.Cut(p.Path, "["); !isKeyed && !schemas.has(schema, strings.Split(path, ".")) && !documented[c.Name+"."+p.Path] {
				t.Errorf("%s has no property %s", c.Name, p.Path)
			}
		}
	}
	if checked < 500 {
		t.Errorf("only %d properties are checked", checked)
	}
}

// documented are properties that CloudFormation's documentation has, and its schemas do not.
var documented = map[string]bool{
	"AWS::Route53::RecordSet.GeoProximityLocation":    true,
	"AWS::Route53::RecordSetGroup.RecordSets.Comment": true,
}

// schemas are CloudFormation's resource types and the types of their properties.
type schemas struct {
	resources map[string]properties
	types     map[string]properties
}

type properties map[string]struct{ Type json.RawMessage }

var reference = regexp.MustCompile(`"\$ref":\s*"([^"]+)"`)

// below are the properties below a property, if it has some.
func (s schemas) below(raw json.RawMessage) properties {
	all := properties{}
	for _, match := range reference.FindAllSubmatch(raw, -1) {
		for name, p := range s.types[string(match[1])] {
			all[name] = p
		}
	}
	return all
}

// check goes through the properties at a path, and through those below if some of them have classes of their own.
func (s schemas) check(t *testing.T, c *network.ClassifiedType, prefix string, list properties) int {
	checked := 0
	for name, p := range list {
		path := prefix + name
		checked++
		below := s.below(p.Type)
		isKeyed := slices.ContainsFunc(c.Properties, func(p network.ClassifiedProperty) bool { return strings.HasPrefix(p.Path, path+"[") })
		switch _, ok := c.Class(path); {
		case isKeyed:
		case len(below) > 0 && c.HasClassBelow(path):
			checked += s.check(t, c, path+".", below)
		case !ok:
			t.Errorf("%s.%s is in no class: add it to properties.txt", c.Name, path)
		}
	}
	return checked
}

func (s schemas) has(list properties, path []string) bool {
	p, ok := list[path[0]]
	if !ok || len(path) == 1 {
		return ok
	}
	return s.has(s.below(p.Type), path[1:])
}

func readSchemas(t *testing.T) schemas {
	t.Helper()
	path := filepath.Join("..", "..", "node_modules", "aws-cdk", "db.json.gz")
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) && os.Getenv("CI") == "" {
		t.Skip("the schemas come with the CDK CLI: run make setup")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }() // only read
	content, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	type entities struct {
		Entities []struct {
			CloudFormationType string
			ID                 string `json:"$id"`
			Properties         properties
		}
	}
	db := struct {
		Schema struct{ Resource, TypeDefinition entities }
	}{}
	if err := json.NewDecoder(content).Decode(&db); err != nil {
		t.Fatal(err)
	}
	s := schemas{map[string]properties{}, map[string]properties{}}
	for _, e := range db.Schema.Resource.Entities {
		s.resources[e.CloudFormationType] = e.Properties
	}
	for _, e := range db.Schema.TypeDefinition.Entities {
		s.types[e.ID] = e.Properties
	}
	return s
}
