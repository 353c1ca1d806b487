package mesh

import "github.com/cdk-private-api/cdk-private-api-go/internal/mesh"

// PlanOf returns the plan of a mesh.
func PlanOf(m Mesh) *mesh.Plan { return m.planned().plan }
