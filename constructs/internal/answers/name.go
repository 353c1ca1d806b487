package answers

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
)

// NameOf returns a value for the ID of a construct, in which the text of a token, which differs from run to run, is replaced: by the path of
// the construct that it is an attribute of, in whatever stack, or else by a hash of what it resolves to.
func (s *Stack) NameOf(value *string) string {
	return token.Replace(*value, func(text string) string {
		if resolvable := awscdk.Tokenization_ReverseCompleteString(&text); resolvable != nil && *awscdk.Reference_IsReference(resolvable) {
			var reference awscdk.Reference
			jsii.UnsafeCast(resolvable, &reference)
			return *reference.Target().Node().Path() + "." + *reference.DisplayName()
		}
		resolved, err := json.Marshal(s.Construct().Resolve(text))
		if err != nil {
			panic(err) // CDK resolves to what JSON can have
		}
		return fmt.Sprintf("%x", sha256.Sum256(resolved))[:8]
	})
}
