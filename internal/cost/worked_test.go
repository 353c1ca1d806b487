package cost_test

import (
	"fmt"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cost"
)

// mesh is a number of services that each of a number of consumer VPCs calls, in two zones.
type mesh struct{ services, consumers int }

const lattice = "AWS::VpcLattice::Service"

// each has a provider for each service.
func (m mesh) each() object {
	resources := object{}
	for s := range m.services {
		resources[fmt.Sprint("Nlb", s)], resources[fmt.Sprint("Alb", s)] = loadBalancer("network"), loadBalancer("application")
		for c := range m.consumers {
			resources[fmt.Sprint("Endpoint", s, "x", c)] = endpoint(2)
		}
	}
	return resources
}

// shared has one provider for all services.
func (m mesh) shared() object { return mesh{1, m.consumers}.each() }

func (m mesh) overLattice() object {
	resources := object{}
	for s := range m.services {
		resources[fmt.Sprint("Service", s)] = resource(lattice, object{})
	}
	for c := range m.consumers {
		resources[fmt.Sprint("Join", c)] = resource("AWS::VpcLattice::ServiceNetworkVpcAssociation", object{})
	}
	return resources
}

// overGateway has a VPC for each service, with an ALB, all attached to one transit gateway.
func (m mesh) overGateway() object {
	resources := object{"Gateway": resource("AWS::EC2::TransitGateway", object{})}
	for s := range m.services {
		resources[fmt.Sprint("Alb", s)] = loadBalancer("application")
	}
	for a := range m.services + m.consumers {
		resources[fmt.Sprint("Attachment", a)] = resource("AWS::EC2::TransitGatewayAttachment", object{})
	}
	return resources
}

// central has the endpoints in one VPC, attached to a transit gateway with the consumers.
func (m mesh) central() object {
	resources := mesh{m.services, 1}.each()
	for a := range 1 + m.consumers {
		resources[fmt.Sprint("Attachment", a)] = resource("AWS::EC2::TransitGatewayAttachment", object{})
	}
	return resources
}

// What meshes cost a month, fixed, in two zones.
func TestWorkedNumbers(t *testing.T) {
	for _, tc := range []struct {
		region string
		mesh
		each, shared, lattice, gateway, central string
	}{
		{"us-east-1", mesh{1, 1}, "47.45", "47.45", "18.25", "89.43", "120.45"},
		{"us-east-1", mesh{5, 5}, "529.25", "105.85", "91.25", "447.13", "456.25"},
		{"us-east-1", mesh{20, 1}, "949.00", "47.45", "365.00", "1095.00", "1022.00"},
		{"us-east-1", mesh{20, 10}, "3577.00", "178.85", "365.00", "1423.50", "1350.50"},
		{"us-east-1", mesh{20, 20}, "6497.00", "324.85", "365.00", "1788.50", "1715.50"},
		{"eu-west-1", mesh{1, 1}, "52.85?", "52.85?", "?", "91.40?", "125.85?"},
		{"eu-west-1", mesh{5, 5}, "585.46?", "117.09?", "?", "456.98?", "483.26?"},
		{"eu-west-1", mesh{20, 1}, "1057.04?", "52.85?", "?", "1134.42?", "1130.04?"},
		{"eu-west-1", mesh{20, 10}, "3947.84?", "197.39?", "?", "1462.92?", "1458.54?"},
		{"eu-west-1", mesh{20, 20}, "7159.84?", "357.99?", "?", "1827.92?", "1823.54?"},
	} {
		for name, form := range map[string]struct {
			resources object
			want      string
		}{
			"a provider each": {tc.mesh.each(), tc.each}, "one shared": {tc.mesh.shared(), tc.shared}, "VPC Lattice": {tc.overLattice(), tc.lattice},
			"a transit gateway": {tc.overGateway(), tc.gateway}, "central endpoints": {tc.mesh.central(), tc.central},
		} {
			total := bill(t, tc.region, form.resources, cost.Options{}).Total()
			if got := total.Fixed.String(); got != form.want {
				t.Errorf("%s, %d services and %d consumers, %s: %s, want %s", tc.region, tc.services, tc.consumers, name, got, form.want)
			}
		}
	}
}
