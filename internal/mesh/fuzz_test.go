package mesh_test

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/mesh"
)

// Whatever the text is, it is refused with a reason or planned; each call of a plan has one connection, in one stack.
func FuzzParse(f *testing.F) {
	all := readSamples(&testing.T{})
	for i := range all.Samples {
		f.Add(all.text(&testing.T{}, &all.Samples[i]))
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := mesh.Parse([]byte(text))
		if (d == nil) != (err != nil) {
			t.Fatalf("%v, %v", d, err)
		}
		if err != nil {
			return
		}
		plan := planOf(t, d)
		for _, consumer := range d.Consumers {
			calls, doors := 0, map[*mesh.Door]int{}
			for _, connection := range plan.ConnectionsOf(consumer.Name) {
				calls += len(connection.Services)
				doors[connection.Door]++
			}
			if calls != len(consumer.Calls) {
				t.Errorf("%s calls %d services, and is connected to %d", consumer.Name, len(consumer.Calls), calls)
			}
			for _, stack := range plan.StacksOfConsumer(consumer.Name) {
				for _, door := range stack.Doors {
					doors[door]--
				}
			}
			for door, n := range doors {
				if n != 0 {
					t.Errorf("%s: %s has %d connections more than stacks", consumer.Name, door.Name, n)
				}
			}
		}
	})
}
