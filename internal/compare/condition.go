package compare

import "github.com/cdk-private-api/cdk-private-api-go/internal/rules"

// The numbers of seconds and rules at which AWS draws the line.
const (
	latticeConnection = rules.LatticeConnectionTime
	latticeIdle       = rules.DefaultLatticeIdleTimeout
	latticeRules      = rules.MaxLatticeRules
	albIdle           = rules.DefaultAlbIdleTimeout
	nlbIdle           = rules.DefaultIdleTimeout
	targetGroupsOfALB = rules.MaxTargetGroups
	certificatesOfALB = rules.MaxCertificates + 1
)

var (
	latticeLongestIdle = int(rules.LatticeIdleTimeouts.High)
	albLongestIdle     = int(rules.AlbIdleTimeouts.High)
	nlbLongestIdle     = int(rules.IdleTimeouts.High)
)

func always(*Mesh) Answer { return Answer{Is: Yes} }

// says holds where the answer to a question is yes.
func says(q Question) condition { return func(m *Mesh) Answer { return m.answer(q) } }

// consumersOverlap holds where blocks of consumer VPCs overlap each other. One consumer overlaps none, and where templates do not tell which
// VPCs overlap, any may.
func consumersOverlap(m *Mesh) Answer {
	switch {
	case m.Consumers == 1:
		return Answer{Is: No}
	case m.ConsumersOverlap.Is != Unknown && m.answer(OverlappingBlocks).Is != No:
		return m.ConsumersOverlap
	}
	return m.answer(OverlappingBlocks)
}

// denies holds where the answer to a question is no.
func denies(q Question) condition {
	return func(m *Mesh) Answer {
		a := m.answer(q)
		switch a.Is {
		case Yes:
			a.Is = No
		case No:
			a.Is = Yes
		}
		return a
	}
}

// both holds where the answers to two questions are yes. It is unknown only if the first one is yes.
func both(q, second Question) condition {
	return func(m *Mesh) Answer {
		if a := m.answer(q); a.Is != Yes {
			return Answer{Is: No}
		}
		return m.answer(second)
	}
}

// speaks holds where clients speak one of some protocols.
func speaks(list ...Protocol) condition {
	return func(m *Mesh) Answer { return is(m.speaks(list...), m.Evidence["protocols"]) }
}

// lasts holds where connections last longer than a number of seconds.
func lasts(longer int) condition {
	return func(m *Mesh) Answer { return is(m.LongestConnection > longer, m.Evidence["longestConnection"]) }
}

// idles holds where connections are idle for longer than a number of seconds, up to another; 0 is no limit.
func idles(longer, upTo int) condition {
	return func(m *Mesh) Answer {
		return is(m.LongestIdle > longer && (upTo == 0 || m.LongestIdle <= upTo), m.Evidence["longestIdle"])
	}
}

func hasRoutes(more int) condition {
	return func(m *Mesh) Answer { return is(m.Routes > more, m.Evidence["routes"]) }
}

func sharesNothing(m *Mesh) Answer { return is(m.Services > 1 && m.Services <= m.doors(), nil) }

func sharesDoors(m *Mesh) Answer { return is(m.Services > m.doors(), nil) }

// handful is how many peering connections people keep without tools. AWS's decision map says "a handful of pairs", and no number.
const handful = 10

// hasPairs holds where so many pairs of a consumer VPC and a provider VPC are peered; 0 is no limit.
func hasPairs(least, most int) condition {
	return func(m *Mesh) Answer {
		pairs := m.ProviderCalls
		return is(pairs >= least && (most == 0 || pairs <= most), nil)
	}
}

func is(holds bool, evidence []Evidence) Answer {
	if holds {
		return Answer{Yes, evidence}
	}
	return Answer{Is: No}
}
