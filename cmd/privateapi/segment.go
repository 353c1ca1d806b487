package main

import (
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// segment is a segment of a path with those of the path's hops that decide it.
type segment struct {
	proof.Segment
	hops []reachability.Hop
}

// segmentsOf returns the segments of a path, in the order of its hops. A hop that is not in the catalogue belongs to the
// segment of the hop before it.
func segmentsOf(a reachability.Answer) []segment {
	var list []segment
	current := -1
	first := firstSegment(a)
	for _, hop := range a.Hops {
		definition, ok := proof.FindHop(hop.Name)
		own := definition.Segment
		if own.Name == proof.SegmentEndpoint.Name {
			own = first
		}
		if ok || current < 0 {
			current = slices.IndexFunc(list, func(s segment) bool { return s.Name == own.Name })
		}
		if current < 0 {
			current = len(list)
			list = append(list, segment{Segment: own})
		}
		list[current].hops = append(list[current].hops, hop)
	}
	return list
}

// firstSegment is the segment that begins at the client: it ends at what connects its VPC with another one or with the internet, at an endpoint, over
// VPC Lattice without one at the service network, and else at the ALB.
func firstSegment(a reachability.Answer) proof.Segment {
	has := func(name string) bool {
		return slices.ContainsFunc(a.Hops, func(hop reachability.Hop) bool { return hop.Name == name })
	}
	switch {
	case has(reachability.HopEndpointIngress):
	case has(reachability.HopVpcAssociation):
		return proof.SegmentServiceNetwork
	case has(reachability.HopPeering) || has(reachability.HopAttachment):
		return proof.SegmentNetwork
	case has(reachability.HopInternetRoute):
		return proof.SegmentInternet
	case has(reachability.HopAlbIngress) && !has(reachability.HopEndpointService) && !has(reachability.HopServiceAssociation):
		return proof.SegmentALB
	}
	return proof.SegmentEndpoint
}

// decisive is the hop that decides a segment: the first blocked one, else the first unknown one, else the last.
func (s segment) decisive() reachability.Hop { return reachability.Answer{Hops: s.hops}.Decisive() }

// label names the decisive hop, with the reason if it does not pass.
func (s segment) label() string {
	hop := s.decisive()
	label := hop.Mark() + " " + escape(hop.Name)
	if hop.Verdict != reachability.Reachable {
		label += "#58; " + escape(hop.Message)
	}
	return label
}

// box is what a node of the diagram stands for, and the stack that it is drawn in.
type box struct {
	key, name, stack, file string
}

func boxOf(e reachability.Evidence) box {
	name := e.ConstructPath
	if name == "" {
		name = e.Resource()
	}
	return box{key: e.Resource() + "\x00" + e.File, name: name, stack: e.Stack, file: e.File}
}

// end is the resource where a segment ends: one of its types that the evidence of its hops names. Later hops come
// first, as they are closer to the end. No segment ends where it began. Without evidence, the end is a box without a
// name.
func (s segment) end(start box) box {
	for _, resourceType := range s.Types {
		for _, hop := range slices.Backward(s.hops) {
			for _, e := range hop.Evidence {
				if at := boxOf(e); e.Type == resourceType && at.key != start.key {
					return at
				}
			}
		}
	}
	return box{key: "after " + start.key}
}

// clientBox is the client's own resource if a hop names it. If none does, it is a box in the stack of the client's
// security group, or else of the first evidence on the path.
func clientBox(a reachability.Answer) box {
	for _, hop := range a.Hops {
		for _, e := range hop.Evidence {
			if e.ConstructPath == a.Client || e.Resource() == a.Client {
				return boxOf(e)
			}
		}
	}
	client := box{key: a.Client}
	segments := segmentsOf(a)
	if len(segments) == 0 {
		return client
	}
	for _, hop := range segments[0].hops {
		if len(hop.Evidence) > 0 && (client.stack == "" || hop.Name == reachability.HopClientEgress) {
			client.stack, client.file = hop.Evidence[0].Stack, hop.Evidence[0].File
		}
	}
	return client
}
