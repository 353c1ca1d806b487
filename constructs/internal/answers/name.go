package answers

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
)

// NameOf returns a value for the ID of a construct. For a token, it is the path of the construct that it is an attribute of, or a hash of what
// the token resolves to, because the text of a token differs from run to run.
func (s *Stack) NameOf(value *string) string {
	if !token.IsString(*value) {
		return *value
	}
	if token.WithoutTokens(*value) == "" { // of more than one token, CDK would throw
		if resolvable := awscdk.Tokenization_ReverseCompleteString(value); resolvable != nil && *awscdk.Reference_IsReference(resolvable) {
			var reference awscdk.Reference
			jsii.UnsafeCast(resolvable, &reference)
			return *reference.Target().Node().Path() + "." + *reference.DisplayName()
		}
	}
	text, err := json.Marshal(s.Construct().Resolve(*value))
	if err != nil {
		panic(err) // CDK resolves to what JSON can have
	}
	return fmt.Sprintf("%x", sha256.Sum256(text))[:8]
}
