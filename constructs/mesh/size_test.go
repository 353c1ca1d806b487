package mesh_test

import (
	"fmt"
	"testing"

	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/mesh"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	imesh "github.com/cdk-private-api/cdk-private-api-go/internal/mesh"
)

// many is a mesh of one tier with some services, all of which one consumer of another account calls.
func many(transport mesh.Transport, services int) *D {
	return small(func(d *D) {
		d.Tiers = &[]*mesh.Tier{{Name: s("internal"), Transport: transport}}
		d.Services, d.Consumers = &[]*mesh.Service{}, &[]*mesh.Consumer{{Name: s("checkout"), Account: s(cdktest.OtherAccount)}}
		var calls []string
		for i := range services {
			name := fmt.Sprintf("service-%03d", i)
			*d.Services = append(*d.Services, service(name, "internal"))
			calls = append(calls, name)
		}
		(*d.Consumers)[0].Calls = jsii.Strings(calls...)
	})
}

// What a plan counts is what is defined in one stack: the numbers decide how stacks are split. Of a name it counts a second record, which an
// endpoint with two IP address types has.
func TestResources(t *testing.T) {
	defer cdktest.Recover(t)
	for transport, want := range map[mesh.Transport][4]int{
		mesh.Transport_PRIVATELINK: {16 + 4*1, 4 + 2*1, 16 + 4*3, 4 + 2*3},
		mesh.Transport_LATTICE:     {2 + 8*1, 6 + 3*1, 2 + 8*3, 6 + 3*3},
	} {
		var got [4]int
		for i, services := range []int{1, 3} {
			d := many(transport, services)
			a := cdktest.AssemblyIn(assembly(t, d, false))
			provider := len(a.Template(t, "CommerceWorkloads").Resources) - services // the group of each target
			consumer := len(a.Template(t, "CheckoutWorkloads").Resources) - 1        // the group of the client
			plan := mesh.PlanOf(mesh.Mesh_FromDeclaration(d))
			got[2*i], got[2*i+1] = provider, consumer
			secondRecords, network := services, 0
			if transport == mesh.Transport_LATTICE {
				secondRecords, network = 0, imesh.NetworkResources
			}
			if counted := plan.Doors[0].Resources(false); counted != provider {
				t.Errorf("%s, %d services: the plan counts %d resources of the provider, which has %d", transport, services, counted, provider)
			}
			if counted := plan.Connections[0].Resources(1) - secondRecords + network; counted != consumer {
				t.Errorf("%s, %d services: the plan counts %d resources of the consumer, which has %d", transport, services, counted, consumer)
			}
		}
		if got != want {
			t.Errorf("%s: %v, want %v", transport, got, want)
		}
	}
}
