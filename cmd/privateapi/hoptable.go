package main

import (
	"crypto/sha256"
	"encoding/json"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// hopTable has each hop of a report's answers once, in the order in which they first appear: clients of one API have most
// hops in common.
type hopTable struct {
	list []*reachability.Hop
	of   [][]int32 // indexes into the list, by answer
}

func newHopTable(answers []reachability.Answer) (*hopTable, error) {
	t := &hopTable{of: make([][]int32, len(answers))}
	byIdentity, bySum := map[hopIdentity]int32{}, map[[sha256.Size]byte]int32{}
	for i, a := range answers {
		t.of[i] = make([]int32, len(a.Hops))
		for j := range a.Hops {
			hop := &a.Hops[j]
			identity := identityOf(hop)
			index, ok := byIdentity[identity]
			if !ok {
				text, err := json.Marshal(hop)
				if err != nil {
					return nil, err
				}
				sum := sha256.Sum256(text)
				if index, ok = bySum[sum]; !ok {
					index = int32(len(t.list))
					t.list, bySum[sum] = append(t.list, hop), index
				}
				byIdentity[identity] = index
			}
			t.of[i][j] = index
		}
	}
	return t, nil
}

// hopIdentity is the same only for equal hops: those that share their lists. It is cheaper than to compare the lists.
type hopIdentity struct {
	name, message, fix, rule string
	verdict                  reachability.Verdict
	evidence                 *reachability.Evidence
	settle                   *reachability.Settlement
	evidences, settles, port int
}

func identityOf(hop *reachability.Hop) hopIdentity {
	id := hopIdentity{
		name: hop.Name, message: hop.Message, fix: hop.Fix, rule: hop.Rule, verdict: hop.Verdict,
		evidences: len(hop.Evidence), settles: len(hop.Settle), port: hop.Port,
	}
	if id.evidences > 0 {
		id.evidence = &hop.Evidence[0]
	}
	if id.settles > 0 {
		id.settle = &hop.Settle[0]
	}
	return id
}
