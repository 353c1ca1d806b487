package reachability

import (
	"cmp"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// step is what was found for a hop, before it becomes one.
type step struct {
	verdict    Verdict
	message    string
	fix        string
	settle     []Settlement // what would settle a doubt
	assumption string       // that takes the doubt away
	rule       string
	evidence   []Evidence
	uses       []*assembly.Resource // what the verdict rests on
}

func passes(message string) step      { return step{verdict: Reachable, message: message} }
func blocks(message, fix string) step { return step{verdict: Blocked, message: message, fix: fix} }

func doubts(message, fix string, settle ...Settlement) step {
	return step{verdict: Unknown, message: message, fix: fix, settle: settle}
}

// awaits is a doubt until a value is known.
func awaits(message string, v assembly.Value) step { return doubts(message, "").until(v) }

// until makes a step a doubt until a value is known.
func (s step) until(v assembly.Value) step {
	settlement := settle(v)
	s.verdict, s.fix, s.settle = Unknown, "", []Settlement{settlement}
	switch settlement.Kind {
	case proof.SettleByEnvironment:
		s.fix = "deploy the stack to a named account and Region"
	case proof.SettleByDeployment:
		s.fix = "write the value into the template, or pass it as a parameter"
	}
	return s
}

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

// assumable is a doubt that an assumption takes away.
func assumable(message, assumption, fix string) step {
	s := doubts(message, fix)
	s.assumption = assumption
	return s
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
	definition, _ := proof.FindHop(name)
	if !slices.Contains(definition.AssumedBy, s.assumption) {
		s.assumption = ""
	}
	s = t.settled(s)
	hop := Hop{Name: name, Verdict: s.verdict, Message: s.message, Evidence: s.evidence}
	if s.verdict != Reachable {
		hop.Fix, hop.Rule = s.fix, cmp.Or(s.rule, definition.Rule.ID)
	}
	if s.verdict == Unknown {
		hop.Settle = s.settle
		if s.assumption != "" {
			hop.Settle = append(slices.Clip(hop.Settle), Settlement{Kind: proof.SettleByAssumption, Subject: s.assumption})
		}
	}
	if t.hops == nil {
		t.hops = make([]Hop, 0, 16)
	}
	t.hops = append(t.hops, hop)
	return hop.Verdict != Blocked
}

// assumes reports whether a person takes a fact as given.
func (t *trail) assumes(fact string) bool { return slices.Contains(t.facts.Assume, fact) }

// settled is a step once the facts that people gave are taken into account, and what may not be deployed.
func (t *trail) settled(s step) step {
	if s.verdict == Unknown && s.assumption != "" && t.assumes(s.assumption) {
		s.verdict, s.message = Reachable, s.message+" (assumed)"
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
			s = s.until(r.Existence())
			s.rule, s.assumption = "", ""
			s.message = s.message + ", but whether " + displayName(r) + " is deployed is not known: " + r.Existence().Why()
		}
		if macro := foreignMacro(r.Stack); macro != "" && !t.assumes(proof.AssumeMacro) {
			s.verdict, s.rule, s.assumption = Unknown, "", ""
			s.message = s.message + ", but the macro " + macro + " may change " + displayName(r)
			s.fix = "prove the processed template"
			s.settle = []Settlement{{Kind: proof.SettleByAssumption, Subject: proof.AssumeMacro}}
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
		result = result.And(hop.Verdict)
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
		if worst == nil || branch.verdict().WorseThan(worst.verdict()) {
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
