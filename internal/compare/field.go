package compare

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Field is a value of a mesh that people give, as a flag or as a member of a file.
type Field struct {
	// Key is the member, such as gbPerMonth.
	Key string
	// Help is what it is, and Form what a value looks like, such as NUMBER.
	Help, Form string
	// IsList says that there may be several.
	IsList bool

	number  func(m *Mesh) *int
	atLeast int64
	amount  func(u *Usage) **big.Rat
	answer  Question
	text    func(m *Mesh, value string) (problem string)
}

// Flag is the name of the flag, such as gb-per-month.
func (f Field) Flag() string {
	var b strings.Builder
	for _, r := range f.Key {
		if unicode.IsUpper(r) {
			b.WriteByte('-')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// Fields are all values that people give, in the order of the help.
func Fields() []Field {
	list := slices.Clone(numberFields)
	for _, q := range questions {
		list = append(list, Field{Key: string(q.id), Help: q.text, Form: "yes|no", answer: q.id})
	}
	return list
}

var numberFields = []Field{
	{Key: "region", Help: "the Region of the prices", Form: "REGION", text: setRegion},
	{Key: "services", Help: "services, each with one name", number: func(m *Mesh) *int { return &m.Services }, atLeast: 1},
	{Key: "consumers", Help: "VPCs that call them", number: func(m *Mesh) *int { return &m.Consumers }, atLeast: 1},
	{Key: "providers", Help: "VPCs that own the services", number: func(m *Mesh) *int { return &m.Providers }, atLeast: 1},
	{Key: "zones", Help: "Availability Zones of each VPC. Default: 2", number: func(m *Mesh) *int { return &m.Zones }, atLeast: 1},
	{Key: "tiers", Help: "groups of services whose callers differ. Default: 1", number: func(m *Mesh) *int { return &m.Tiers }, atLeast: 1},
	{Key: "frontDoors", Help: "front doors that share the services. Default: providers x tiers", number: func(m *Mesh) *int { return &m.FrontDoors }, atLeast: 1},
	{Key: "calls", Help: "pairs of a consumer and a service. Default: all", number: func(m *Mesh) *int { return &m.Calls }, atLeast: 1},
	{Key: "doorCalls", Help: "pairs of a consumer and a front door. Default: all, or one for each call", number: func(m *Mesh) *int { return &m.DoorCalls }, atLeast: 1},
	{Key: "providerCalls", Help: "pairs of a consumer and a provider VPC. Default: the same", number: func(m *Mesh) *int { return &m.ProviderCalls }, atLeast: 1},
	{Key: "routes", Help: "listener rules of a service. Default: 1", number: func(m *Mesh) *int { return &m.Routes }, atLeast: 1},
	{Key: "principals", Help: "accounts or roles that are let in. Default: one for each consumer", number: func(m *Mesh) *int { return &m.Principals }, atLeast: 1},
	{Key: "protocols", Help: "what clients speak: HTTP, GRPC, WEBSOCKET, TCP, TLS. Default: HTTP", Form: "A,B", IsList: true, text: addProtocol},
	{Key: "longestConnection", Help: "seconds that a connection lasts at most", number: func(m *Mesh) *int { return &m.LongestConnection }},
	{Key: "longestIdle", Help: "seconds that a connection is idle at most", number: func(m *Mesh) *int { return &m.LongestIdle }},
	{Key: "gbPerMonth", Help: "GB that pass in a month, both ways, of all services", amount: func(u *Usage) **big.Rat { return &u.GB }},
	{Key: "requestsPerMonth", Help: "requests in a month", amount: func(u *Usage) **big.Rat { return &u.Requests }},
	{Key: "newConnectionsPerMonth", Help: "connections that are opened in a month", amount: func(u *Usage) **big.Rat { return &u.NewConnections }},
	{Key: "activeConnections", Help: "connections that are open at a time", amount: func(u *Usage) **big.Rat { return &u.ActiveConnections }},
}

// mostOfANumber is more of anything than a Region has, and keeps searches short.
const mostOfANumber = 100_000

// setNumber sets a number, and says what is wrong with it.
func (f Field) setNumber(m *Mesh, n *big.Rat) (problem string) {
	switch {
	case f.amount != nil && n.Sign() < 0:
		return n.RatString() + " is negative"
	case f.amount != nil:
		if m.Usage == nil {
			m.Usage = &Usage{}
		}
		*f.amount(m.Usage) = n
	case !n.IsInt():
		return "must be a whole number"
	case n.Cmp(new(big.Rat).SetInt64(f.atLeast)) < 0 || n.Cmp(rat(mostOfANumber)) > 0:
		return fmt.Sprintf("must be between %d and %d, and is %s", f.atLeast, mostOfANumber, n.RatString())
	default:
		*f.number(m) = int(n.Num().Int64())
	}
	return ""
}

func setRegion(m *Mesh, value string) (problem string) {
	var r rules.Report
	if rules.CheckRegion(&r, "region", value); len(r.Problems()) > 0 {
		return r.Problems()[0].What
	}
	m.Region = value
	return ""
}

func addProtocol(m *Mesh, value string) (problem string) {
	p := Protocol(strings.ToUpper(value))
	switch {
	case !slices.Contains(protocols, p):
		return fmt.Sprintf("%q is no protocol that is known; known are HTTP, GRPC, WEBSOCKET, TCP, TLS", value)
	case slices.Contains(m.Protocols, p):
		return fmt.Sprintf("%s is there twice", p)
	}
	m.Protocols = append(m.Protocols, p)
	return ""
}

// Value is the value of a field, as text.
func (m *Mesh) Value(f Field) string {
	switch {
	case f.number != nil:
		return strconv.Itoa(*f.number(m))
	case f.answer != "":
		return m.Answers[f.answer].Is.String()
	case f.IsList:
		var list []string
		for _, p := range m.Protocols {
			list = append(list, string(p))
		}
		return strings.Join(list, ",")
	case f.amount == nil:
		return m.Region
	case m.Usage == nil || *f.amount(m.Usage) == nil:
		return ""
	}
	return (*f.amount(m.Usage)).RatString()
}
