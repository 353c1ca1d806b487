package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// What is called over TCP has no path, in any format.
func TestCallsOverTCP(t *testing.T) {
	a := answer("Service", "/", providerSide()...)
	a.Port, a.Protocol = 5432, "TCP"
	const url = "tcp://api.pricing.example:5432"
	r := &reachability.Report{Answers: []reachability.Answer{a}}
	diagram := renderMermaid(r)
	if !strings.Contains(diagram, escape(url)+`"`) || strings.Contains(diagram, escape(url)+"/") {
		t.Errorf("want %s without a path, got\n%s", url, diagram)
	}
	var b bytes.Buffer
	if err := writeJSON(&b, r); err != nil || !strings.Contains(b.String(), `"protocol": "TCP"`) {
		t.Errorf("error %v, want the protocol in\n%s", err, b.String())
	}
	blocked := answer("Service", "/", blockedHop())
	blocked.Port, blocked.Protocol = 5432, "TCP"
	results := readSARIF(t, &reachability.Report{Answers: []reachability.Answer{blocked}}).Results
	if len(results) != 1 || !strings.Contains(results[0].Message.Text, url) || strings.Contains(results[0].Message.Text, url+"/") {
		t.Errorf("want one result that names %s, got %+v", url, results)
	}
}
