package scenario_test

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/test/bench/scenario"
)

// Each mesh can be planned, and every consumer calls a quarter of its services.
func TestMesh(t *testing.T) {
	for _, services := range []int{40, 100, 200} {
		d := scenario.Mesh(services, 20)
		plan, err := d.Plan()
		if err != nil {
			t.Fatal(err)
		}
		if len(plan.Doors) < 10 || len(d.Services) != services || len(d.Consumers) != 20 {
			t.Errorf("%d services: %d doors of %d services, and %d consumers", services, len(plan.Doors), len(d.Services), len(d.Consumers))
		}
		for _, consumer := range d.Consumers {
			if got := len(consumer.Calls); got != services/4 {
				t.Errorf("%s calls %d of %d services", consumer.Name, got, services)
			}
		}
	}
}
