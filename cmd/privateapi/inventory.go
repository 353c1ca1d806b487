package main

import (
	"fmt"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

const fewItems = 10 // of one kind in the inventory

// inventory writes what there is when there is nothing to prove, and the next command to type.
func (p *printer) inventory(there reachability.Inventory) {
	clients := make([]string, len(there.Clients))
	for i, c := range there.Clients {
		clients[i] = c.String()
	}
	for _, kind := range []struct {
		name string
		list []string
	}{
		{"endpoint services", there.Services}, {"endpoints", there.Endpoints}, {"clients", clients}, {"names", there.Names},
	} {
		text := "none"
		if len(kind.list) > 0 {
			text = few(kind.list, fewItems)
		}
		p.line(0, plain, fmt.Sprintf("%-19s", kind.name), text)
	}
	p.line(0, plain, fmt.Sprintf("%-19s", "next"), nextCommand(there))
}

// nextCommand is the command that has something to prove.
func nextCommand(there reachability.Inventory) string {
	switch {
	case len(there.Services) == 0 && len(there.Endpoints) == 0:
		return "privateapi prove --assembly DIR, with the cloud assembly of an app that publishes or calls a private API"
	case len(there.Endpoints) == 0:
		return "privateapi prove --assembly PROVIDER-DIR --assembly CONSUMER-DIR, as these templates only publish"
	case len(there.Clients) == 0:
		return "privateapi prove --assembly CONSUMER-DIR --assembly CLIENT-DIR, as these templates have no client"
	}
	return "privateapi prove --client " + quoted(there.Clients[0].String())
}

// quoted is an argument for a shell.
func quoted(argument string) string {
	if !strings.ContainsAny(argument, " '\"$`\\&|;<>()*?[]#~!{}\t\n") {
		return argument
	}
	return "'" + strings.ReplaceAll(argument, "'", `'\''`) + "'"
}
