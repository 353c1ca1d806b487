package privateapi

// What TestTokens holds against CDK's own idea of a token.
var (
	IsStringToken = isStringToken
	IsNumberToken = isNumberToken
	IsListToken   = isListToken
)

// What TestProof… holds against reports made by hand, and a proof that panics.
var (
	ViolationsOf = violationsOf
	BrokenProof  = (*proof)(nil)
)

// Memo is what TestMemo looks into.
type Memo struct{ memo[int] }

// Of is memo.of.
func (m *Memo) Of(key any, ask func() int) int { return m.of(key, ask) }

// Size is how many answers there are, and MemoSize the most there can be.
func (m *Memo) Size() int { return len(m.answers) }

const MemoSize = memoSize
