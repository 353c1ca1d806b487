// Package cite writes facts of the network in the proof's words: a property as evidence, an undecided value as what would
// settle it.
package cite

import (
	"fmt"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// Property is a property as evidence.
func Property(p network.Property) proof.Evidence {
	e := at(p.Resource, p.Resource.Line(p.Steps()...))
	if p.IsWhole() {
		return e
	}
	e.Property = p.Path()
	switch p.Kind() {
	case assembly.Literal, assembly.Reference, assembly.Text, assembly.Part:
		e.Value = p.String()
	}
	return e
}

// Resource is a resource as evidence.
func Resource(r *network.Resource) proof.Evidence { return at(r, r.Line()) }

func at(r *network.Resource, line int) proof.Evidence {
	return proof.Evidence{Stack: r.Stack.Name, LogicalID: r.ID, Type: r.Type, ConstructPath: r.ConstructPath, File: r.Stack.File, Line: line}
}

// Unread is a part of a template that was not read as evidence.
func Unread(u network.Unread) proof.Evidence {
	if r := u.Stack.Resource(u.ID); r != nil {
		return Resource(r)
	}
	return proof.Evidence{Stack: u.Stack.Name, LogicalID: u.ID, File: u.Stack.File}
}

// Stack is a whole stack as evidence.
func Stack(s *network.Stack) proof.Evidence { return proof.Evidence{Stack: s.Name, File: s.File} }

// Contract is a field of a contract as evidence, such as service.ports.
func Contract(c *network.Contract, field string, value any) proof.Evidence {
	return proof.Evidence{File: c.File, Property: field, Value: fmt.Sprint(value)}
}

// Properties are properties as evidence.
func Properties(list ...network.Property) []proof.Evidence {
	all := make([]proof.Evidence, len(list))
	for i, p := range list {
		all[i] = Property(p)
	}
	return all
}

// Referred is the resource that a value refers to as evidence; none if it refers to none.
func Referred(v network.Value) []proof.Evidence {
	if r, _, ok := v.Reference(); ok {
		return []proof.Evidence{Resource(r)}
	}
	return nil
}

// Why says what decides a value.
func Why(v network.Value) string {
	if reason := v.Why(); reason != "" {
		return reason
	}
	return v.String()
}

// Settle is what would settle an undecided value.
func Settle(v network.Value) proof.Settlement {
	if v.Kind() == assembly.Literal {
		return proof.Settlement{Kind: proof.SettleByTemplate, Subject: "the template that defines " + v.String()}
	}
	return Settlement(v.Settle())
}

// Settlement is what would settle something, in the proof's words.
func Settlement(s assembly.Settlement) proof.Settlement {
	kinds := map[assembly.SettlementKind]proof.SettlementKind{
		assembly.ByDeployment:     proof.SettleByDeployment,
		assembly.ByParameter:      proof.SettleByParameter,
		assembly.ByEnvironment:    proof.SettleByEnvironment,
		assembly.ByTemplate:       proof.SettleByTemplate,
		assembly.ByNestedTemplate: proof.SettleByNestedTemplate,
		assembly.ByLookup:         proof.SettleByLookup,
	}
	return proof.Settlement{Kind: kinds[s.Kind], Subject: s.Subject}
}

// Client is a node as a client of an exposure.
func Client(node network.Node) proof.Client {
	return proof.Client{ConstructPath: node.Resource.ConstructPath, Stack: node.Resource.Stack.Name, LogicalID: node.Resource.ID}
}
