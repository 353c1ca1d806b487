package answers

import (
	"strconv"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"
)

// Stack is a stack with its answers. It also holds those of other objects that its constructs asked.
type Stack struct {
	source *source
	stack  awscdk.Stack
	app    *source // nil until it is needed
	holds  map[*source]bool
}

// StackOf returns the stack in which scope stands. All scopes in a stack have the same one.
func StackOf(scope constructs.IConstruct) *Stack {
	from := known.source(scope)
	stack := answer(from, "stack", func() *Stack { return stackOf(awscdk.Stack_Of(scope)) })
	stack.holds[from] = true
	return stack
}

func stackOf(stack awscdk.Stack) *Stack {
	own := known.source(stack)
	return answer(own, "self", func() *Stack {
		return &Stack{source: own, stack: stack, holds: map[*source]bool{}}
	})
}

// Of returns what an object answers to a question that a construct in the stack asks. The answers of one object are
// shared by the whole app.
func Of[V any](s *Stack, object any, question string, ask func() V) V {
	from := known.source(object)
	s.holds[from] = true
	return answer(from, question, ask)
}

// OfApp is [Of] for objects that the whole app can share, such as a port or a condition of a listener rule.
func OfApp[V any](s *Stack, question string, ask func() V) V {
	if s.app == nil {
		s.app = s.source
		if app := awscdk.App_Of(s.stack); app != nil {
			s.app = known.source(app)
		}
	}
	return answer(s.app, question, ask)
}

// Construct returns the stack as CDK has it.
func (s *Stack) Construct() awscdk.Stack { return s.stack }

// Region returns the Region of the stack, which may be a token.
func (s *Stack) Region() *string { return answer(s.source, "Region", s.stack.Region) }

// Account returns the account of the stack, which may be a token.
func (s *Stack) Account() *string { return answer(s.source, "account", s.stack.Account) }

// Partition returns the token for the partition.
func (s *Stack) Partition() *string { return OfApp(s, "partition", awscdk.Aws_PARTITION) }

// Stage returns the stage that the stack belongs to; nil if there is none.
func (s *Stack) Stage() awscdk.Stage {
	return answer(s.source, "stage", func() awscdk.Stage { return awscdk.Stage_Of(s.stack) })
}

// SharesEnvironment reports whether two stacks are known to be in one account and Region.
func (s *Stack) SharesEnvironment(other *Stack) bool {
	return s == other || *s.Region() == *other.Region() && *s.Account() == *other.Account()
}

// Tcp returns a TCP port.
func (s *Stack) Tcp(port *float64) awsec2.Port {
	return OfApp(s, "port "+strconv.FormatFloat(*port, 'g', -1, 64), func() awsec2.Port { return awsec2.Port_Tcp(port) })
}

// Import defines an import into the stack, once for each ID, and returns it.
func Import[V any](s *Stack, id string, define func(stack awscdk.Stack, id *string) V) V {
	return answer(s.source, "import "+id, func() V { return define(s.stack, &id) })
}
