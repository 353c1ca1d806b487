package monitoring_test

import (
	"fmt"
	"net/netip"
	"regexp"
	"strconv"
	"strings"
)

// expression is the value of an event; a boolean is 1 or 0.
type expression func(event) string

// expressionParser parses conditions and functions.
type expressionParser struct{ tokens []string }

var tokenForm = regexp.MustCompile(`^(?:"[^"]*"|/[^/]*/|[\w@.]+|!=|>=|<=|[=<>(),])`)

func parseExpression(text string) expression {
	p := &expressionParser{}
	for text = strings.TrimSpace(text); text != ""; text = strings.TrimSpace(text) {
		token := tokenForm.FindString(text)
		if token == "" {
			panic("unknown syntax: " + text)
		}
		p.tokens, text = append(p.tokens, token), text[len(token):]
	}
	e := p.disjunction()
	if len(p.tokens) > 0 {
		panic(fmt.Errorf("more than an expression: %q", p.tokens))
	}
	return e
}

func (p *expressionParser) take(token string) bool {
	if len(p.tokens) == 0 || p.tokens[0] != token {
		return false
	}
	p.tokens = p.tokens[1:]
	return true
}

func (p *expressionParser) next() string {
	if len(p.tokens) == 0 {
		panic("the expression ends early")
	}
	token := p.tokens[0]
	p.tokens = p.tokens[1:]
	return token
}

// disjunction has no "and" beside its "or": saved queries do not rely on which of the two binds first.
func (p *expressionParser) disjunction() expression {
	left := p.conjunction()
	for p.take("or") {
		first, second := left, p.comparison()
		left = func(e event) string { return boolean(first(e) == "1" || second(e) == "1") }
		if len(p.tokens) > 0 && p.tokens[0] == "and" {
			panic("and beside or, without parentheses")
		}
	}
	return left
}

func (p *expressionParser) conjunction() expression {
	left := p.comparison()
	for p.take("and") {
		first, second := left, p.comparison()
		left = func(e event) string { return boolean(first(e) == "1" && second(e) == "1") }
		if len(p.tokens) > 0 && p.tokens[0] == "or" {
			panic("or beside and, without parentheses")
		}
	}
	return left
}

func (p *expressionParser) comparison() expression {
	if p.take("(") {
		inner := p.disjunction()
		if !p.take(")") {
			panic("a parenthesis that does not end")
		}
		return inner
	}
	left := p.value()
	switch {
	case p.take("like"):
		pattern := regexp.MustCompile(strings.Trim(p.next(), "/"))
		return func(e event) string { return boolean(pattern.MatchString(left(e))) }
	case p.take("="):
		right := p.value()
		return func(e event) string {
			return boolean(compared(left(e), right(e), func(sign int) bool { return sign == 0 }))
		}
	case p.take("<"):
		right := p.value()
		return func(e event) string {
			return boolean(compared(left(e), right(e), func(sign int) bool { return sign < 0 }))
		}
	case p.take(">="):
		right := p.value()
		return func(e event) string {
			return boolean(compared(left(e), right(e), func(sign int) bool { return sign >= 0 }))
		}
	}
	return left
}

// compared compares numbers as numbers. Of a number and something else, nothing is true.
func compared(a, b string, holds func(sign int) bool) bool {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	switch {
	case errX == nil && errY == nil && x < y:
		return holds(-1)
	case errX == nil && errY == nil && x > y:
		return holds(1)
	case errX == nil && errY == nil:
		return holds(0)
	case errX == nil || errY == nil:
		return false
	}
	return holds(strings.Compare(a, b))
}

func (p *expressionParser) value() expression {
	token := p.next()
	if text, isText := strings.CutPrefix(token, `"`); isText {
		return func(event) string { return strings.TrimSuffix(text, `"`) }
	}
	if _, err := strconv.ParseFloat(token, 64); err == nil {
		return func(event) string { return token }
	}
	if !p.take("(") {
		return func(e event) string { return e.field(token) }
	}
	var args []expression
	for !p.take(")") {
		if args = append(args, p.disjunction()); len(p.tokens) > 0 && p.tokens[0] != ")" && !p.take(",") {
			panic("arguments of " + token)
		}
	}
	return call(token, args)
}

// call is a function. Only the arguments that are needed are asked for.
func call(function string, args []expression) expression {
	switch {
	case function == "if" && len(args) == 3:
		return branches(args)
	case function == "case" && len(args) >= 3 && len(args) <= 2*10+1 && len(args)%2 == 1: // with a default; CloudWatch takes ten branches
		return branches(args)
	case function == "isPublicIP" && len(args) == 1:
		return func(e event) string { return boolean(isPublic(args[0](e))) }
	case function == "isValidIpV6" && len(args) == 1:
		return func(e event) string {
			address, err := netip.ParseAddr(args[0](e))
			return boolean(err == nil && address.Is6())
		}
	}
	panic(fmt.Errorf("unknown function %s of %d arguments", function, len(args)))
}

// branches are conditions with their values, and what holds without.
func branches(args []expression) expression {
	return func(e event) string {
		for i := 0; i+1 < len(args); i += 2 {
			if args[i](e) == "1" {
				return args[i+1](e)
			}
		}
		return args[len(args)-1](e)
	}
}

func isPublic(text string) bool {
	address, err := netip.ParseAddr(text)
	return err == nil && address.IsGlobalUnicast() && !address.IsPrivate() && !netip.MustParsePrefix("100.64.0.0/10").Contains(address)
}

func boolean(b bool) string {
	if b {
		return "1"
	}
	return "0"
}
