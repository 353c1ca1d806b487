package reachability

import (
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/budget"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/place"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/internal/walk"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// Paths returns the answers of a report as a picture draws them: where each resource is, and also what is behind the hop at which an
// answer ends, with a path for each route there. The report is one of this model. They fail with a [LimitError] if that costs more than a proof may.
func (m *Model) Paths(r *Report) ([]proof.Path, error) {
	left := budget.New(m.limits.ofProof())
	ahead := walk.Ahead(m.network, Question{Client: r.Asked, Domain: r.AskedDomain, Facts: r.Facts}, r.Answers, left)
	if err := left.Err(); err != nil {
		return nil, err
	}
	places := place.New(m.network)
	var paths []proof.Path
	for i, a := range r.Answers {
		if len(ahead[i]) == 0 {
			paths = append(paths, placed(proof.NewPath(a), places))
		}
		for _, way := range ahead[i] {
			a.Path = way.Path
			paths = append(paths, placed(proof.NewPath(a, way.Hops...), places))
		}
	}
	return paths, nil
}

// placed is a path with the places of its boxes.
func placed(p proof.Path, places *place.Places) proof.Path {
	if client, ok := places.Client(p.Answer.Client); ok {
		p.Client = proof.NewBox(proof.RoleClient, client)
	}
	p.Client = places.Box(p.Client)
	for i := range p.Legs {
		p.Legs[i].End = places.Box(p.Legs[i].End)
	}
	return p
}
