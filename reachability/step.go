package reachability

import (
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// step is what was found for a hop, before it becomes one.
type step struct {
	verdict  Verdict
	says     string
	fix      string
	rule     string
	evidence []Evidence
	uses     []*assembly.Resource // what the verdict rests on
}

func passes(says string) step      { return step{verdict: Reachable, says: says} }
func blocks(says, fix string) step { return step{verdict: Blocked, says: says, fix: fix} }
func doubts(says, fix string) step { return step{verdict: Unknown, says: says, fix: fix} }

// at adds what the verdict rests on.
func (s step) at(r *assembly.Resource, path ...any) step {
	s.evidence = append(slices.Clip(s.evidence), evidence(r, path...))
	s.uses = append(slices.Clip(s.uses), r)
	return s
}

// near adds what people should look at, and what the verdict does not rest on.
func (s step) near(list ...Evidence) step {
	for _, e := range list {
		if !slices.Contains(s.evidence, e) {
			s.evidence = append(slices.Clip(s.evidence), e)
		}
	}
	return s
}

// breaks names the rule that a blocked step breaks.
func (s step) breaks(rule string) step {
	s.rule = rule
	return s
}

// assumable is a doubt that a person can take away.
func assumable(says, fact, advice string) step {
	return step{verdict: Unknown, says: says, fix: advice + "; then give --assume " + fact, rule: fact}
}

// trail is the way of one question, hop after hop.
type trail struct {
	m      *Model
	facts  Facts
	client party
	asking
	expected *assembly.Resource // the endpoint whose client this is; nil if a person asked
	leads    map[nameInZone]led // of the names that were looked up

	hops []Hop
}

// asking is one question, of which a walk gives the answer.
type asking struct {
	who    *assembly.Resource
	domain string
	port   int
	path   string
	route  *assembly.Resource // the listener rule that the question is about; nil if a person asked
}

// take adds a hop, and reports whether the walk goes on.
func (t *trail) take(name string, s step) bool {
	s = t.settled(s)
	hop := Hop{Name: name, Verdict: s.verdict, Says: s.says, Evidence: s.evidence, Fix: s.fix, Rule: s.rule}
	if s.verdict == Reachable {
		hop.Fix, hop.Rule = "", ""
	}
	if hop.Verdict != Reachable && (hop.Rule == "" || !strings.HasPrefix(hop.Rule, rulePrefix)) {
		hop.Rule = rules.HopID(name)
	}
	if t.hops == nil {
		t.hops = make([]Hop, 0, 16)
	}
	t.hops = append(t.hops, hop)
	return hop.Verdict != Blocked
}

// assumes reports whether a person takes a fact as given.
func (t *trail) assumes(fact string) bool { return slices.Contains(t.facts.Assume, fact) }

const rulePrefix = "privateapi:"

// settled is a step once the facts that people gave are taken into account, and what may not be deployed.
func (t *trail) settled(s step) step {
	if s.verdict == Unknown && s.rule != "" && t.assumes(s.rule) {
		s.verdict, s.says = Reachable, s.says+" (assumed)"
	}
	for _, r := range s.uses {
		if r.Exists == assembly.No && s.verdict != Blocked {
			return blocks(displayName(r)+" is not deployed, since its condition does not hold, and the way leads by it", "let its condition hold, or lead the way by another").at(r)
		}
	}
	for _, r := range s.uses {
		if s.verdict == Unknown {
			break
		}
		if r.Exists == assembly.Maybe {
			s.verdict, s.rule = Unknown, ""
			s.says = s.says + ", but whether " + displayName(r) + " is deployed is not known: " + r.Existence().Why()
			s.fix = settle(r.Existence())
		}
		if macro := foreignMacro(r.Stack); macro != "" && !t.assumes("macro") {
			s.verdict, s.rule = Unknown, ""
			s.says = s.says + ", but the macro " + macro + " may change " + displayName(r)
			s.fix = "prove the processed template, or give --assume macro"
		}
	}
	return s
}

// foreignMacro is a macro of the stack or of one around it that may change any resource, or "". AWS's own ones add
// resources of their types and leave the others as they are, but for AWS::Include.
func foreignMacro(s *assembly.Stack) string {
	for ; s != nil; s = s.Parent {
		for _, name := range s.Transforms {
			if !strings.HasPrefix(name, "AWS::") || name == "AWS::Include" {
				return name
			}
		}
	}
	return ""
}

// verdict is that of all hops so far.
func (t *trail) verdict() Verdict {
	result := Reachable
	for _, hop := range t.hops {
		result = result.and(hop.Verdict)
	}
	return result
}

// each walks several ways that a request can take, all of which must pass, and keeps the hops of the worst.
func each[T any](t *trail, ways []T, walk func(*trail, T)) {
	var worst *trail
	for _, way := range ways {
		branch := *t
		branch.hops = nil
		walk(&branch, way)
		if worst == nil || worse(branch.verdict(), worst.verdict()) {
			worst = &branch
		}
		if branch.verdict() == Blocked {
			break
		}
	}
	if worst != nil {
		t.hops = append(t.hops, worst.hops...)
	}
}

func worse(a, b Verdict) bool { return a != b && a.and(b) == a }
