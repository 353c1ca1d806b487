package proof_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// Every kind of fact is in the JSON and in the list: a field that is added must be too.
func TestFactsAreShown(t *testing.T) {
	one := map[string]string{"a": "b"}
	facts := proof.Facts{ZoneIDs: one, ZoneNames: map[string][]string{"a": {"b"}}, Services: one, Certificates: map[string][]string{"a": {"b"}}, PrefixLists: map[string][]string{"a": {"b"}}, LatticePrefixLists: one, PublicAddresses: map[string][]string{"a": {"b"}}, Connections: one, Verifications: one, Assume: []string{"accepted"}}
	text, err := json.Marshal(facts)
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]any
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	if kinds := reflect.TypeFor[proof.Facts]().NumField(); len(all) != kinds || len(facts.List()) != kinds {
		t.Errorf("%s and %v show other than %d kinds of facts", text, facts.List(), kinds)
	}
	want := "zone a = b; zones of a = [b]; service a = b; certificate a = [b]; prefix list a = [b]; prefix list of VPC Lattice in a = b; public addresses of a = [b]; connection a = b; verification a = b; assumption accepted"
	if got := strings.Join(facts.List(), "; "); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if text, _ := json.Marshal(proof.Facts{}); string(text) != "{}" {
		t.Errorf("no facts are %s", text)
	}
}
