package privateapi

// What TestTokens holds against CDK's own idea of a token.
var (
	IsStringToken = isStringToken
	IsNumberToken = isNumberToken
	IsListToken   = isListToken
)
