package cost_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cost"
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
)

type object = map[string]any

type list = []any

// stack is a template with the resources by logical ID, in an account, or in "account/Region".
type stack struct {
	account   string
	resources object
}

const (
	provider = "222222222222"
	consumer = "111111111111"
)

// today is a day on which no price of the default book is old as a whole.
var today = time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC)

// load writes templates and reads them, in one Region unless they have their own.
func load(t *testing.T, region string, stacks map[string]stack) *network.Network {
	t.Helper()
	dir := t.TempDir()
	var inputs []assembly.Input
	for _, name := range slices.Sorted(maps.Keys(stacks)) {
		text, err := json.Marshal(object{"Resources": stacks[name].resources, "Parameters": object{
			"Any": object{"Type": "String"}, "AnyList": object{"Type": "CommaDelimitedList"},
		}, "Conditions": object{
			"Maybe": object{"Fn::Equals": list{object{"Ref": "Any"}, "yes"}}, "Never": object{"Fn::Equals": list{"a", "b"}},
		}})
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, name+".json")
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
		account, own, _ := strings.Cut(stacks[name].account, "/")
		inputs = append(inputs, assembly.Input{Template: file, Account: account, Region: cmp.Or(own, region)})
	}
	asm, err := assembly.Load(inputs...)
	if err != nil {
		t.Fatal(err)
	}
	return network.New(asm)
}

func resource(resourceType string, properties object) object {
	return object{"Type": resourceType, "Properties": properties}
}

func loadBalancer(kind string) object {
	return resource("AWS::ElasticLoadBalancingV2::LoadBalancer", object{"Type": kind, "Scheme": "internal", "Subnets": list{"subnet-a", "subnet-b"}})
}

func endpoint(subnets int) object {
	var ids list
	for i := range subnets {
		ids = append(ids, fmt.Sprintf("subnet-%d", i))
	}
	return resource("AWS::EC2::VPCEndpoint", object{
		"VpcEndpointType": "Interface", "ServiceName": "com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60001", "VpcId": "vpc-1", "SubnetIds": ids,
	})
}

// bill is the bill of resources in one stack of the consumer in a Region.
func bill(t *testing.T, region string, resources object, o cost.Options) *cost.Bill {
	t.Helper()
	return billOf(t, load(t, region, map[string]stack{"Stack": {consumer, resources}}), o)
}

func billOf(t *testing.T, n *network.Network, o cost.Options) *cost.Bill {
	t.Helper()
	o.Today = today
	b, err := cost.Of(n, o)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func usage(t *testing.T, n *network.Network, text string) *cost.Usage {
	t.Helper()
	u, err := cost.ParseUsage(n, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return u
}
