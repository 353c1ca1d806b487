// Package scenario defines what the apps of the benchmark build: pairs of a provider and a consumer, and how they are split
// into stacks. All apps read the same file, so all have the same stacks.
package scenario

import (
	"encoding/json"
	"fmt"
	"os"
)

// CDK rejects a stack with more than 500 resources. A provider with its route has 14 of them, or 7 with an NLB only; a consumer with its
// client has 7.
const (
	providersOfStack = 35
	consumersOfStack = 70
)

// Scenario is what an app builds.
type Scenario struct {
	Account   string   `json:"account"`
	Region    string   `json:"region"`
	Zones     []string `json:"zones"`
	Principal string   `json:"principal"` // who may connect to every service

	// All providers share one wildcard certificate.
	CertificateArn string `json:"certificateArn"`

	// Routes and Clients are true if providers have a route, and consumers a client.
	Routes  bool `json:"routes"`
	Clients bool `json:"clients"`

	// Nlb is true if the NLB of a provider forwards TCP straight to the target, without an ALB and routes.
	Nlb bool `json:"nlb"`

	// Port is what clients connect to.
	Port float64 `json:"port"`

	Providers []Stack `json:"providers"`
	Consumers []Stack `json:"consumers"`

	// ImportVpcs is true if the VPCs are imported into each stack, as in tests, and not defined in stacks of their own.
	ImportVpcs bool `json:"importVpcs"`

	// Repeat is how often the app is built and synthesised in one process.
	Repeat int `json:"repeat"`
}

// Stack is a stack of providers, or one of consumers.
type Stack struct {
	Name  string `json:"name"`
	Pairs []Pair `json:"pairs"`
}

// Pair is a provider and its consumer.
type Pair struct {
	ID      string `json:"id"`
	Domain  string `json:"domain"`
	Address string `json:"address"` // of the target
}

// Split is how many providers and consumers a stack has.
type Split struct{ Providers, Consumers int }

// Packed fills stacks up to CDK's limit; Spread gives each provider and each consumer a stack of its own.
var (
	Packed = Split{providersOfStack, consumersOfStack}
	Spread = Split{1, 1}
)

// New returns a scenario of n pairs with routes and clients.
func New(n int, split Split) *Scenario {
	return &Scenario{
		Account: "111111111111", Region: "eu-west-1", Zones: []string{"eu-west-1a", "eu-west-1b"},
		Principal:      "arn:aws:iam::111111111111:root",
		CertificateArn: "arn:aws:acm:eu-west-1:111111111111:certificate/01234567-89ab-cdef-0123-456789abcdef",
		Routes:         true, Clients: true, Port: 443, Repeat: 1,
		Providers: stacks("Providers", pairs(n), split.Providers),
		Consumers: stacks("Consumers", pairs(n), split.Consumers),
	}
}

// StraightToTargets lets the NLB of each provider forward to a database, without ALB and routes.
func (s *Scenario) StraightToTargets() {
	s.Nlb, s.Routes, s.Port = true, false, 5432
}

func pairs(n int) []Pair {
	all := make([]Pair, n)
	for i := range all {
		all[i] = Pair{
			ID:      fmt.Sprintf("Api%03d", i+1),
			Domain:  fmt.Sprintf("api%03d.internal.example.com", i+1),
			Address: fmt.Sprintf("10.0.%d.%d", i/200, 20+i%200),
		}
	}
	return all
}

func stacks(name string, all []Pair, size int) []Stack {
	var split []Stack
	for len(all) > 0 {
		n := min(size, len(all))
		split = append(split, Stack{Name: fmt.Sprintf("%s%03d", name, len(split)+1), Pairs: all[:n]})
		all = all[n:]
	}
	return split
}

// Write writes a scenario to a file.
func (s *Scenario) Write(file string) error {
	content, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, content, 0o644)
}

// Read reads a file that [Scenario.Write] wrote.
func Read(file string) (*Scenario, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	s := &Scenario{}
	if err := json.Unmarshal(content, s); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return s, nil
}
