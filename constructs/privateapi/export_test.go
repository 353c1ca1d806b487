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
