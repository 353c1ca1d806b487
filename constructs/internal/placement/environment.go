package placement

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
)

// Environment is an account and a Region, each of which may be a token.
type Environment struct{ Account, Region string }

// EnvironmentOf returns the environment of a VPC.
func EnvironmentOf(stack *answers.Stack, vpc awsec2.IVpc) Environment {
	return answers.Of(stack, vpc, "environment", func() Environment {
		env := vpc.Env()
		return Environment{*env.Account, *env.Region}
	})
}

// EnvironmentOfStack returns the environment of a stack.
func EnvironmentOfStack(stack *answers.Stack) Environment {
	return Environment{*stack.Account(), *stack.Region()}
}

// Differ reports whether two accounts, or two Regions, are known to differ.
func Differ(a, b string) bool {
	_, isLiteral := token.Literal(&a)
	_, isOtherLiteral := token.Literal(&b)
	return isLiteral && isOtherLiteral && a != b
}

// DiffersFrom reports whether two environments are known to differ.
func (e Environment) DiffersFrom(other Environment) bool {
	return Differ(e.Account, other.Account) || Differ(e.Region, other.Region)
}

// String returns the environment in the form of a message.
func (e Environment) String() string {
	return "account " + known(e.Account) + " and Region " + known(e.Region)
}

func known(value string) string {
	if _, isLiteral := token.Literal(&value); isLiteral {
		return value
	}
	return "(not known)"
}

// ID returns the ID of the VPC, which may be a token; "" for no VPC.
func (v VPC) ID() string { return v.id }

// Is reports whether two VPCs are known to be the same.
func (v VPC) Is(w VPC) bool { return v.id != "" && v.id == w.id && v.IsLookedUp() }

// Home returns the stack that defines the VPC; nil for an import.
func (v VPC) Home() *answers.Stack {
	if _, isLiteral := token.Literal(&v.id); isLiteral || v.id == "" {
		return nil
	}
	return answers.OfApp(v.stack, "stack of VPC "+v.id, func() *answers.Stack {
		value := awscdk.Tokenization_ReverseCompleteString(&v.id)
		if value == nil || !*awscdk.Reference_IsReference(value) {
			return nil
		}
		var reference awscdk.Reference
		jsii.UnsafeCast(value, &reference)
		if target := reference.Target(); *awscdk.CfnElement_IsCfnElement(target) {
			return answers.StackOf(target)
		}
		return nil
	})
}

// BlockOf returns the primary IPv4 block of a VPC: as its author wrote it, or a token; nil for an import that does not know it.
func BlockOf(stack *answers.Stack, vpc awsec2.IVpc) *string {
	return answers.Of(stack, vpc, "IPv4 block", func() (block *string) {
		defer func() {
			if recover() != nil {
				block = nil
			}
		}()
		if own, isOwn := vpc.(awsec2.Vpc); isOwn {
			var resource awsec2.CfnVPC
			jsii.UnsafeCast(own.Node().DefaultChild(), &resource)
			if literal := resource.CidrBlock(); literal != nil {
				return literal
			}
		}
		return vpc.VpcCidrBlock()
	})
}

// SecondaryBlocksOf returns the IPv4 blocks that the stack of a VPC adds to it; none for an import. It asks CDK each time, because a block may
// have been added since.
func SecondaryBlocksOf(vpc VPC) []*string {
	home := vpc.Home()
	if home == nil {
		return nil
	}
	var blocks []*string
	for _, row := range onecall.Below(home.Construct(), awsec2.CfnVPCCidrBlock.VpcId, awsec2.CfnVPCCidrBlock.CidrBlock) {
		if VPCOfID(vpc.stack, &row[0]).Is(vpc) && row[1] != "" { // else it is IPv6, or of a pool
			blocks = append(blocks, &row[1])
		}
	}
	return blocks
}
