package compare

import (
	"errors"
	"fmt"
	"math/big"
	"regexp"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/jsondoc"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Numbers collects what is given of a mesh. What is given first wins: flags, then files, then templates.
type Numbers struct {
	mesh     *Mesh
	given    map[string]bool
	problems []error
}

// NewNumbers is nothing given yet.
func NewNumbers() *Numbers {
	return &Numbers{
		mesh:  &Mesh{Answers: map[Question]Answer{}, Evidence: map[string][]Evidence{}},
		given: map[string]bool{},
	}
}

func (n *Numbers) problem(name, format string, args ...any) {
	n.problems = append(n.problems, fmt.Errorf("%s: %s", name, fmt.Sprintf(format, args...)))
}

var decimal = regexp.MustCompile(`^-?[0-9]{1,18}(\.[0-9]{1,9})?$`)

// Flag takes the value of a flag, whose name is for messages.
func (n *Numbers) Flag(f Field, name, value string) {
	if n.given[f.Key] {
		n.problem(name, "is given twice")
		return
	}
	n.given[f.Key] = true
	parts := []string{value}
	if f.IsList {
		parts = strings.Split(value, ",")
	}
	for _, part := range parts {
		if problem := n.set(f, part); problem != "" {
			n.problem(name, "%s", problem)
		}
	}
}

// set takes the text of a flag.
func (n *Numbers) set(f Field, text string) (problem string) {
	switch {
	case f.text != nil:
		return f.text(n.mesh, text)
	case f.answer != "":
		if text != "yes" && text != "no" {
			return fmt.Sprintf("is %q, but must be yes or no", text)
		}
		n.mesh.Answers[f.answer] = Answer{Is: isOf(text == "yes")}
		return ""
	case !decimal.MatchString(text):
		return fmt.Sprintf("is %q, but must be a number", text)
	}
	number, _ := new(big.Rat).SetString(text) // the form has no other
	return f.setNumber(n.mesh, number)
}

func isOf(yes bool) Is {
	if yes {
		return Yes
	}
	return No
}

// form is that of files with numbers.
var form = &jsondoc.Form{
	Name: "the file", Rule: rules.Rule{Severity: rules.Error}, MaxSize: 1 << 20, OfVersion: "a file with the numbers of a mesh",
}

// File takes what a JSON file has that is not given yet. It is an object with the keys of [Fields].
func (n *Numbers) File(name string, content []byte) {
	report := &rules.Report{}
	if root, ok := form.Read(report, string(content)); ok {
		fields := Fields()
		var keys []string
		for _, f := range fields {
			keys = append(keys, f.Key)
		}
		root.Only(keys...)
		for _, f := range fields {
			if root.Has(f.Key) && !n.given[f.Key] {
				n.given[f.Key] = true
				n.member(f, root)
			}
		}
	}
	for _, problem := range report.Problems() {
		n.problem(name, "%s: %s", problem.Property, problem.What)
	}
}

// member takes a member of a file.
func (n *Numbers) member(f Field, root *jsondoc.Object) {
	note := func(problem string) {
		if problem != "" {
			root.Problem(f.Key, "%s", problem)
		}
	}
	switch {
	case f.IsList:
		root.Texts(f.Key, true, func(r *rules.Report, property, value string) {
			if problem := f.text(n.mesh, value); problem != "" {
				r.Add(form.Rule, property, "%s", problem)
			}
		})
	case f.number != nil || f.amount != nil:
		if number := root.Amount(f.Key, true); number != nil {
			note(f.setNumber(n.mesh, number))
		}
	case f.answer != "":
		if is := root.Bool(f.Key); is != nil {
			n.mesh.Answers[f.answer] = Answer{Is: isOf(*is)}
		}
	default:
		if text, ok := root.Text(f.Key, true); ok {
			note(f.text(n.mesh, text))
		}
	}
}

// Mesh is the mesh, or all that is wrong with what was given.
func (n *Numbers) Mesh() (*Mesh, error) {
	m := n.mesh
	if len(n.problems) == 0 {
		n.require(m)
		n.fill(m)
		n.check(m)
	}
	return m, errors.Join(n.problems...)
}

// require notes what has no default.
func (n *Numbers) require(m *Mesh) {
	if m.Region == "" {
		n.problem("region", "is not given: prices are those of a Region")
	}
	if m.Services == 0 {
		n.problem("services", "is not given: how many services are there?")
	}
	if m.Consumers == 0 {
		n.problem("consumers", "is not given: how many VPCs call them?")
	}
	if m.Providers == 0 && m.Services == 1 {
		m.Providers = 1
	}
	if m.Providers == 0 {
		n.problem("providers", "is not given: how many VPCs own the services? Services of one VPC can share a front door, which decides what PrivateLink costs")
	}
}

// fill gives defaults, and notes them.
func (n *Numbers) fill(m *Mesh) {
	for _, d := range []struct {
		field *int
		value int
		say   string
	}{
		{&m.Zones, 2, "2 zones"},
		{&m.Tiers, 1, "one tier: all services have the same callers"},
		{&m.FrontDoors, m.Providers * max(m.Tiers, 1), ""},
		{&m.Calls, m.Services * m.Consumers, "every consumer calls every service"},
		{&m.Routes, 1, "one listener rule for each service"},
		{&m.Principals, m.Consumers, ""},
	} {
		if *d.field == 0 {
			*d.field = d.value
			if d.say != "" {
				m.Assumed = append(m.Assumed, d.say)
			}
		}
	}
	if m.Services > 0 && m.Providers > 0 {
		if m.DoorCalls == 0 {
			m.DoorCalls = min(m.doors()*m.Consumers, m.Calls)
		}
		if m.ProviderCalls == 0 {
			m.ProviderCalls = min(m.Providers*m.Consumers, m.Calls)
		}
	}
	if len(m.Protocols) == 0 {
		m.Protocols = []Protocol{HTTP}
		m.Assumed = append(m.Assumed, "clients speak HTTP")
	}
	switch hasConnection, hasIdle := m.LongestConnection > 0, m.LongestIdle > 0; {
	case !hasConnection && !hasIdle:
		m.Assumed = append(m.Assumed, "no connection lasts longer than ten minutes, or is idle for longer than one")
	case !hasConnection && m.LongestIdle <= latticeConnection:
		m.Assumed = append(m.Assumed, "no connection lasts longer than ten minutes")
	case !hasIdle && m.LongestConnection > albIdle:
		m.Assumed = append(m.Assumed, "no connection is idle for longer than a minute")
	}
	if m.answer(HasTransitGateway).Is == Unknown {
		m.Assumed = append(m.Assumed, "no transit gateway is there yet")
	}
	for _, q := range needs {
		if m.answer(q.question).Is == Unknown {
			m.Assumed = append(m.Assumed, q.without)
		}
	}
}

// needs are the questions of what is needed, with what is assumed while nobody says.
var needs = []struct {
	question Question
	without  string
}{
	{CrossRegion, "all in one Region"},
	{OnPremises, "no callers on-premises"},
	{ExternalAccounts, "no accounts outside of the organization"},
	{CallerIdentity, "the API need not know who calls"},
	{ClientAddress, "nor the client's address"},
	{AccountAccess, "access by account is not required"},
	{WebACL, "no web ACL"},
	{MutualTLS, "no client certificates"},
	{Layer7, "no routes by path or header"},
}

// check notes numbers that contradict each other.
func (n *Numbers) check(m *Mesh) {
	if m.Providers > m.Services && m.Services > 0 {
		n.problem("providers", "is %d, more than the %d services that they own", m.Providers, m.Services)
	}
	if all := m.Services * m.Consumers; m.Calls > all {
		n.problem("calls", "is %d, more than the %d pairs of %d consumers and %d services", m.Calls, all, m.Consumers, m.Services)
	}
	if m.Calls > 0 && m.Calls < max(m.Services, m.Consumers) {
		n.problem("calls", "is %d, but each of %d services is called, and each of %d consumers calls", m.Calls, m.Services, m.Consumers)
	}
	if m.LongestIdle > m.LongestConnection && m.LongestConnection > 0 {
		n.problem("longestIdle", "is %d, longer than the connection lasts, %d", m.LongestIdle, m.LongestConnection)
	}
	for _, pairs := range []struct {
		key         string
		of, between int
		with        string
	}{{"doorCalls", m.DoorCalls, m.FrontDoors, "front doors"}, {"providerCalls", m.ProviderCalls, m.Providers, "provider VPCs"}} {
		if m.Calls > 0 && (pairs.of > m.Calls || pairs.of < m.Consumers) {
			n.problem(pairs.key, "is %d, but %d consumers with %d calls have at least one of the %d %s each, and at most %d together", pairs.of, m.Consumers, m.Calls, pairs.between, pairs.with, m.Calls)
		}
	}
	if m.FrontDoors > 0 && m.FrontDoors < m.Providers {
		n.problem("frontDoors", "is %d, but each of %d provider VPCs has one of its own", m.FrontDoors, m.Providers)
	}
	const mostZones = 6
	if m.Zones > mostZones {
		n.problem("zones", "is %d, and no Region has more than %d", m.Zones, mostZones)
	}
	if m.answer(CallerIdentity).Is == Yes && m.answer(UnsignedCallers).Is == Unknown {
		m.Assumed = append(m.Assumed, "whether all callers can sign is not known")
	}
}
