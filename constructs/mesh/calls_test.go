package mesh_test

import (
	"fmt"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/mesh"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// Every call to CDK is a round trip between two processes, so the numbers of calls are pinned: those of a mesh with a few services, and those of
// each service more, however many there are. Targets and clients are the caller's.
func TestCalls(t *testing.T) {
	const few, more, most = 2, 12, 22
	names := map[mesh.Transport]string{mesh.Transport_PRIVATELINK: "PrivateLink", mesh.Transport_LATTICE: "VPC Lattice"}
	steps := cdktest.Calls(t, func(count func(string, func())) {
		for _, transport := range []mesh.Transport{mesh.Transport_PRIVATELINK, mesh.Transport_LATTICE} { // in this order: the first also loads a module
			name := names[transport]
			for _, services := range []int{few, more, most} {
				d := many(transport, services)
				m, app := mesh.Mesh_FromDeclaration(d), cdktest.App(t, nil)
				own, other := cdktest.StackIn(app, "Workloads", cdktest.Account), cdktest.StackIn(app, "Clients", cdktest.OtherAccount)
				provider := &P{
					Mesh: m, Provider: s("commerce"), Vpc: newVpc(own, "Vpc"), Certificates: certificates(), PrefixList: prefixList(own),
				}
				provider.Services = targetsOf(own, provider.Vpc, d, "commerce")
				consumer := &C{Mesh: m, Consumer: s("checkout"), Vpc: newVpc(other, "Vpc"), PrefixList: prefixList(other)}
				consumer.Clients = &[]awsec2.IConnectable{newGroup(other, "Client", consumer.Vpc)}
				count(fmt.Sprint(name, " provider ", services), func() { consumer.Providers = &[]mesh.MeshProvider{mesh.NewMeshProvider(app, s("Commerce"), provider)} })
				count(fmt.Sprint(name, " consumer ", services), func() { mesh.NewMeshConsumer(app, s("Checkout"), consumer) })
			}
		}
	})
	for step, want := range map[string]struct{ few, service int }{
		"PrivateLink provider": {38, 6}, "PrivateLink consumer": {29, 0}, "VPC Lattice provider": {16, 2}, "VPC Lattice consumer": {27, 2},
	} {
		calls := func(services int) int { return len(steps[fmt.Sprint(step, " ", services)]) }
		if calls(few) != want.few {
			t.Errorf("%s: %d calls for %d services, want %d: %v", step, calls(few), few, want.few, steps[fmt.Sprint(step, " ", few)])
		}
		for _, services := range []int{more, most} {
			if got, most := calls(services)-calls(few), (services-few)*want.service; got > most {
				t.Errorf("%s: %d calls for %d services more, want %d at most", step, got, services-few, most)
			}
		}
	}
}
