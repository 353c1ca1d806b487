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

// consumersDoOverlap holds where templates have blocks of consumer VPCs that overlap each other.
func consumersDoOverlap(m *Mesh) Answer {
	if m.Consumers > 1 && m.ConsumersOverlap.Is == Yes && m.answer(OverlappingBlocks).Is != No {
		return m.ConsumersOverlap
	}
	return Answer{Is: No}
}

// consumersMayOverlap holds where some blocks overlap, and nobody says whose. One consumer overlaps none.
func consumersMayOverlap(m *Mesh) Answer {
	if m.Consumers == 1 || m.ConsumersOverlap.Is != Unknown && m.answer(OverlappingBlocks).Is != No {
		return Answer{Is: No}
	}
	return m.answer(OverlappingBlocks)
}

// and holds where two conditions do, with the evidence of the second.
func and(first, second condition) condition {
	return func(m *Mesh) Answer {
		if a := first(m); a.Is != Yes {
			return a
		}
		return second(m)
	}
}

// frontIsNLB holds where clients speak what an ALB does not take, so that an NLB is the front of an API by route; frontIsALB where an ALB is.
func frontIsNLB(m *Mesh) Answer { return speaks(TCP, TLS)(m) }
func frontIsALB(m *Mesh) Answer { return is(!m.speaks(TCP, TLS), nil) }

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
