package mesh

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// stacks are where the parts of a team are defined: below a Stage or the App in stacks of their own, else in the stack of the scope.
type stacks struct {
	scope   constructs.Construct
	id      string
	splits  bool
	props   awscdk.StackProps
	defined map[string]awscdk.Stack
	order   []awscdk.Stack
}

// planStacks reports a stack of another account or Region than the mesh says.
func planStacks(r *rules.Report, scope constructs.Construct, id string, props *awscdk.StackProps, account, region string) *stacks {
	s := &stacks{scope: scope, id: id, splits: *awscdk.Stage_IsStage(scope), defined: map[string]awscdk.Stack{}}
	if !s.splits {
		if props != nil {
			r.AddWithFix(rules.Contradiction, "StackProps", "leave it out, or define the mesh below the App or a Stage", "is set, but the parts are defined in the stack of the scope")
		}
		stack := answers.StackOf(scope)
		checkEnvironment(r, "scope", stack.Account(), stack.Region(), account, region)
		return s
	}
	if props != nil {
		s.props = *props
	}
	env := prop.Or(s.props.Env, &awscdk.Environment{})
	checkEnvironment(r, "StackProps.Env", env.Account, env.Region, account, region)
	s.props.Env = &awscdk.Environment{Account: prop.Or(env.Account, &account), Region: prop.Or(env.Region, &region)}
	return s
}

// checkEnvironment reports an account or a Region that is known not to be that of the mesh.
func checkEnvironment(r *rules.Report, property string, account, region *string, wantAccount, wantRegion string) {
	for _, c := range []struct {
		what string
		is   *string
		want string
	}{{"account", account, wantAccount}, {"Region", region, wantRegion}} {
		is, isLiteral := token.Literal(c.is)
		if isLiteral && !token.IsString(c.want) && is != c.want {
			r.Add(rules.MeshEnvironment, property, "is in %s %s, but the mesh says %s", c.what, is, c.want)
		}
	}
}

// in returns the scope of the parts of a stack, which is the team's own construct if nothing is split.
func (s *stacks) in(own constructs.Construct, name string) constructs.Construct {
	if !s.splits {
		return own
	}
	stack, ok := s.defined[name]
	if !ok {
		props := s.props
		stack = awscdk.NewStack(s.scope, jsii.String(s.id+"-"+name), &props)
		s.defined[name] = stack
		s.order = append(s.order, stack)
	}
	return stack
}

// list returns the stacks that were defined.
func (s *stacks) list() *[]awscdk.Stack {
	list := append([]awscdk.Stack{}, s.order...)
	return &list
}
