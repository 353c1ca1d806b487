package authpolicy_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/authpolicy"
)

// call is a call of which everything is known, as the model below reads it.
type call struct {
	request         map[string]string // "" as the principal is one that does not sign
	identity        []any
	network, target any // a policy, or nil for AuthType NONE
	isMasked        bool
}

// Random calls, of which everything is known: the verdict is that of a model of a few lines. Then the deployment decides some
// of their values: the verdict is the same, or unknown.
func TestDecideAgreesWithModel(t *testing.T) {
	const count = 600
	g := &generator{Rand: rand.New(rand.NewPCG(15, 7)), parameters: map[string]any{}}
	resources := map[string]any{"Everything": map[string]any{"Type": "Custom::Policy", "Properties": map[string]any{}}}
	want := map[string]bool{}
	for i := range count {
		c := g.call()
		id := fmt.Sprintf("Case%d", i)
		want[id] = c.isAllowed()
		resources[id+"Known"] = c.template()
		resources[id+"Masked"] = g.masked(c).template()
	}
	text, err := json.Marshal(map[string]any{"Parameters": g.parameters, "Resources": resources})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for _, c := range casesOf(t, text) {
		d := callOf(c).Decide()
		id, isKnown := strings.CutSuffix(c.ID, "Known")
		allowed := want[strings.TrimSuffix(id, "Masked")]
		seen[fmt.Sprint(isKnown, allowed, d.Verdict)]++
		if isAllowed := d.Verdict == authpolicy.Allowed; d.Verdict != authpolicy.Unknown && isAllowed != allowed || isKnown && d.Verdict == authpolicy.Unknown {
			t.Fatalf("%s: %s by %s: %s; want allowed: %v\n%s", c.ID, d.Verdict, d.Layer, d.Why, allowed, c.Property())
		}
	}
	for _, what := range []string{"true true allowed", "true false denied", "false true allowed", "false false denied", "false true unknown", "false false unknown"} {
		if seen[what] < count/50 {
			t.Errorf("%d calls are %s: %v", seen[what], what, seen)
		}
	}
}

// generator makes calls from a few words, so that they often meet.
type generator struct {
	*rand.Rand
	parameters map[string]any
}

func (g *generator) one(words ...string) string { return words[g.IntN(len(words))] }

func (g *generator) call() call {
	c := call{request: map[string]string{
		"Principal": g.one("", "arn:aws:iam::222222222222:role/a", "arn:aws:iam::222222222222:role/b", "arn:aws:iam::333333333333:role/a"),
		"SourceVpc": g.one("vpc-0a", "vpc-0b"), "SourceVpcOwner": g.one("222222222222", "333333333333"),
		"Method": g.one("GET", "POST"), "Path": g.one("/", "/v1/prices", "/v2/prices"), "Port": g.one("80", "443"),
		"PrincipalOrg": g.one("o-a", "o-b"),
		"Service":      "arn:aws:vpc-lattice:eu-west-1:111111111111:service/svc-0a",
	}}
	for range g.IntN(3) {
		c.identity = append(c.identity, g.policy(false))
	}
	if len(c.identity) > 0 {
		c.identity[0].(map[string]any)["Statement"] = append(c.identity[0].(map[string]any)["Statement"].([]any),
			map[string]any{"Effect": "Allow", "Action": "*", "Resource": "*"})
	}
	if g.IntN(3) > 0 {
		c.network = g.policy(true)
	}
	if g.IntN(4) > 0 {
		c.target = g.policy(true)
	}
	return c
}

func (g *generator) policy(isAuth bool) any {
	var statements []any
	for range 1 + g.IntN(3) {
		s := map[string]any{"Effect": g.one("Allow", "Allow", "Allow", "Deny")}
		s[g.one("Action", "Action", "Action", "NotAction")] = g.some("*", "vpc-lattice-svcs:*", "VPC-lattice-svcs:Invoke", "vpc-lattice-svcs:Connect", "s3:*")
		service := "arn:aws:vpc-lattice:eu-west-1:111111111111:service/"
		s[g.one("Resource", "Resource", "Resource", "NotResource")] = g.some("*", "*", service+"svc-0a/*", service+"svc-0?/v1/*", service+"svc-0b/*", "*/v1/prices")
		if isAuth {
			s["Principal"] = map[string]any{"AWS": g.some("222222222222", "arn:aws:iam::333333333333:root", "arn:aws:iam::222222222222:role/a", "*")}
			if s["Effect"] == "Allow" && g.IntN(6) == 0 {
				s["NotPrincipal"] = s["Principal"]
				delete(s, "Principal")
			} else if g.IntN(2) == 0 {
				s["Principal"] = "*"
			}
		}
		if g.IntN(2) == 0 {
			s["Condition"] = g.conditions()
		}
		statements = append(statements, s)
	}
	return map[string]any{"Version": "2012-10-17", "Statement": statements}
}

// some is a word or a list of them.
func (g *generator) some(words ...string) any {
	list := []any{}
	for range 1 + g.IntN(2) {
		list = append(list, g.one(words...))
	}
	if len(list) == 1 {
		return list[0]
	}
	return list
}

func (g *generator) conditions() any {
	block := map[string]any{}
	for range 1 + g.IntN(2) {
		operator := g.one("", "", "", "ForAllValues:", "ForAnyValue:") + g.one("StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "StringEqualsIgnoreCase", "ArnLike", "ArnNotEquals", "NumericEquals", "NumericNotEquals", "NumericLessThanEquals", "NumericGreaterThan") + g.one("", "", "IfExists")
		key, words := "vpc-lattice-svcs:SourceVpc", []string{"vpc-0a", "vpc-0b", "VPC-0A", "vpc-*"}
		switch g.IntN(5) {
		case 0:
			key, words = "vpc-lattice-svcs:RequestMethod", []string{"GET", "post", "P*"}
		case 1:
			key, words = "aws:PrincipalOrgID", []string{"o-a", "o-?"}
		case 2:
			key, words = "aws:PrincipalAccount", []string{"222222222222", "anonymous"}
		}
		switch {
		case strings.Contains(operator, "Numeric"):
			key, words = "vpc-lattice-svcs:Port", []string{"80", "443", "100"}
		case strings.Contains(operator, "Arn"):
			key, words = "aws:PrincipalArn", []string{"arn:aws:iam::222222222222:role/*", "arn:aws:iam::*:role/a"}
		case g.IntN(10) == 0:
			operator, key, words = "Null", "aws:PrincipalArn", []string{"true", "false"}
		}
		want := g.some(words...)
		if operator == "Null" {
			want = g.one(words...)
		}
		block[operator] = map[string]any{key: want}
	}
	return block
}

// masked is a call in which the deployment decides some values: each is a parameter, or ends with one.
func (g *generator) masked(c call) call {
	m := call{request: map[string]string{}, identity: []any{}, isMasked: true}
	for name, value := range c.request {
		if name == "Principal" || name == "Service" || g.IntN(4) > 0 {
			m.request[name] = value
		}
	}
	for _, p := range c.identity {
		m.identity = append(m.identity, g.mask(p, ""))
	}
	m.network, m.target = g.mask(c.network, ""), g.mask(c.target, "")
	return m
}

func (g *generator) mask(v any, under string) any {
	switch v := v.(type) {
	case map[string]any:
		masked := map[string]any{}
		for key, item := range v {
			masked[key] = g.mask(item, key)
		}
		return masked
	case []any:
		masked := []any{}
		for _, item := range v {
			masked = append(masked, g.mask(item, under))
		}
		return masked
	case string:
		if under == "Version" || g.IntN(12) > 0 {
			return v
		}
		name := fmt.Sprintf("P%d", len(g.parameters))
		g.parameters[name] = map[string]any{"Type": "String"}
		ref := map[string]any{"Ref": name}
		if cut := g.IntN(len(v) + 1); cut > 0 {
			return map[string]any{"Fn::Join": []any{"", []any{v[:cut], ref}}}
		}
		return ref
	}
	return v
}

// template is the call as a case.
func (c call) template() any {
	request := map[string]any{}
	for name, value := range c.request {
		request[name] = value
	}
	if c.isMasked {
		undecided := map[string]any{"Fn::GetAtt": []any{"Everything", "Undecided"}}
		for _, name := range []string{"SourceVpc", "SourceVpcOwner", "Method", "Port"} {
			if request[name] == nil {
				request[name] = undecided
			}
		}
		if request["Path"] == nil {
			request["Path"] = "*"
		}
	}
	if request["Principal"] == "" {
		request["Anonymous"] = true
	}
	side := func(policy any) any {
		if policy == nil {
			return map[string]any{}
		}
		return map[string]any{"AuthType": "AWS_IAM", "Policy": policy}
	}
	if c.identity == nil {
		c.identity = []any{}
	}
	return map[string]any{"Type": "Custom::Case", "Properties": map[string]any{
		"Request": request, "Identity": c.identity, "Network": side(c.network), "Service": side(c.target),
	}}
}

// isAllowed is the model: the words of AWS's documentation in the shortest form.
func (c call) isAllowed() bool {
	if c.network == nil && c.target == nil {
		return true
	}
	layers := [][]any{}
	if c.request["Principal"] != "" {
		layers = append(layers, c.identity)
	}
	for _, policy := range []any{c.network, c.target} {
		if policy != nil {
			layers = append(layers, []any{policy})
		}
	}
	for _, policies := range layers {
		isAllowed := false
		for _, p := range policies {
			for _, s := range p.(map[string]any)["Statement"].([]any) {
				s := s.(map[string]any)
				switch {
				case !c.matches(s):
				case s["Effect"] == "Deny":
					return false
				default:
					isAllowed = true
				}
			}
		}
		if !isAllowed {
			return false
		}
	}
	return true
}

func words(v any) (list []string) {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		for _, item := range v {
			list = append(list, item.(string))
		}
	}
	return list
}

func like(pattern, text string) bool {
	pattern = strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(regexp.QuoteMeta(pattern))
	return regexp.MustCompile("(?s)^" + pattern + "$").MatchString(text)
}

func (c call) matches(s map[string]any) bool {
	is := func(name string, match func(string) bool) bool {
		if v, ok := s["Not"+name]; ok {
			return !slices.ContainsFunc(words(v), match)
		}
		return slices.ContainsFunc(words(s[name]), match)
	}
	if !is("Action", func(p string) bool { return like(strings.ToLower(p), "vpc-lattice-svcs:invoke") }) ||
		!is("Resource", func(p string) bool { return like(p, c.request["Service"]+c.request["Path"]) }) {
		return false
	}
	if v, ok := s["NotPrincipal"]; ok && c.isPrincipal(v) {
		return false
	} else if v, ok := s["Principal"]; ok && !c.isPrincipal(v) {
		return false
	}
	block, _ := s["Condition"].(map[string]any)
	for operator, keys := range block {
		for key, want := range keys.(map[string]any) {
			if !c.isMet(operator, key, words(want)) {
				return false
			}
		}
	}
	return true
}

func (c call) account() string {
	if c.request["Principal"] == "" {
		return "anonymous"
	}
	return strings.Split(c.request["Principal"], ":")[4]
}

func (c call) isPrincipal(v any) bool {
	if aws, ok := v.(map[string]any); ok {
		v = aws["AWS"]
	}
	return slices.ContainsFunc(words(v), func(p string) bool {
		return p == "*" || p == c.account() || p == "arn:aws:iam::"+c.account()+":root" || p == c.request["Principal"]
	})
}

func (c call) isMet(operator, key string, want []string) bool {
	got, present := map[string]string{
		"vpc-lattice-svcs:SourceVpc": c.request["SourceVpc"], "vpc-lattice-svcs:RequestMethod": c.request["Method"],
		"vpc-lattice-svcs:Port": c.request["Port"], "aws:PrincipalAccount": c.account(),
		"aws:PrincipalOrgID": c.request["PrincipalOrg"], "aws:PrincipalArn": c.request["Principal"],
	}[key], true
	if c.request["Principal"] == "" && (key == "aws:PrincipalOrgID" || key == "aws:PrincipalArn") {
		present = false
	}
	if operator == "Null" {
		return present == (want[0] == "false")
	}
	isNegated := strings.Contains(operator, "Not")
	if !present {
		return strings.HasSuffix(operator, "IfExists") || strings.HasPrefix(operator, "ForAllValues:") ||
			isNegated && !strings.HasPrefix(operator, "ForAnyValue:")
	}
	matches := slices.ContainsFunc(want, func(p string) bool {
		x, _ := strconv.Atoi(got)
		y, _ := strconv.Atoi(p)
		switch {
		case strings.Contains(operator, "LessThanEquals"):
			return x <= y
		case strings.Contains(operator, "GreaterThan"):
			return x > y
		case strings.Contains(operator, "IgnoreCase"):
			return strings.EqualFold(p, got)
		case strings.Contains(operator, "Like"), strings.Contains(operator, "Arn"):
			return like(p, got)
		}
		return p == got
	})
	return matches != isNegated
}

// Whatever text a policy has, reading it ends, and nothing that is not an object allows anything.
func FuzzDecide(f *testing.F) {
	base, err := os.ReadFile("testdata/base.yaml")
	if err != nil {
		f.Fatal(err)
	}
	decide := func(t testing.TB, policy string) (read bool) {
		text := string(base) + "  Case: {Type: \"Custom::Case\", Properties: {Policy: " + policy + "}}\n"
		cases, err := readCases(write(t, []byte(text)), environment)
		for _, c := range cases {
			d := callOf(c).Decide()
			if !strings.HasPrefix(policy, "{") && d.Verdict == authpolicy.Allowed {
				t.Errorf("%s allows the call", policy)
			}
			if d.Verdict != authpolicy.Allowed && d.Why == "" {
				t.Errorf("%s: %s without a reason", policy, d.Verdict)
			}
		}
		return err == nil && len(cases) > 0
	}
	for _, seed := range []string{`{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}}`, `[]`, `"x"`, `{"Statement": [[], {"Effect": []}]}`} {
		if !decide(f, seed) {
			f.Errorf("the policy %s is not read", seed)
		}
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, policy string) {
		if json.Valid([]byte(policy)) && !strings.ContainsAny(policy, "\n\r\t") { // what else is in a template is no policy
			decide(t, policy)
		}
	})
}
