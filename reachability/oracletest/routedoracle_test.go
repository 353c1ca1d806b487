package oracletest

import (
	"testing"

	"pgregory.net/rapid"
)

// The comparison means something only if many requests arrive and many do not.
func TestPacketModelOfRoutesHasBothVerdicts(t *testing.T) {
	const drawn = 400
	fates := map[fate]int{}
	hops := map[string]int{}
	for seed := range drawn {
		v := routedNetworks().Example(seed).judge()
		fates[v.fate]++
		if v.fate != delivered {
			hops[v.at[len(v.at)-1]]++
		}
		if n := rapid.Custom(workingRouted).Example(seed); n.judge().fate > moot {
			t.Fatalf("seed %d: a network that should work is %s\n%s", seed, n.judge(), n)
		}
	}
	if share := fates[delivered] * 100 / drawn; share < 25 || share > 60 {
		t.Errorf("%d %% of the networks let the request arrive: %v", share, fates)
	}
	t.Logf("%d %% of the networks let the request arrive, the others are dropped at %d hops: %v", fates[delivered]*100/drawn, len(hops), hops)
	if len(hops) < 16 {
		t.Errorf("only %d hops drop: %v", len(hops), hops)
	}
}
