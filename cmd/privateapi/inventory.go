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
		{"endpoint services", there.Services},
		{"endpoints", there.Endpoints},
		{"clients", clients},
		{"names", there.Names},
		{"stacks not read", there.Unread},
	} {
		text := "none"
		if len(kind.list) > 0 {
			text = few(kind.list, fewItems)
		}
		p.line(0, plain, fmt.Sprintf("%-19s", kind.name), text)
	}
	p.whole(fmt.Sprintf("%-19s", "next"), nextCommand(there, p.typed))
}

// nextCommand is the command that has something to prove: what was typed, and more.
func nextCommand(there reachability.Inventory, typed []string) string {
	command := "privateapi prove"
	for i := 0; i < len(typed); i++ {
		switch name, _, hasValue := strings.Cut(strings.TrimLeft(typed[i], "-"), "="); {
		case name != "client":
			command += " " + quoted(typed[i])
		case !hasValue:
			i++
		}
	}
	switch {
	case len(there.Unread) > 0 && (len(there.Endpoints) == 0 || len(there.Clients) == 0):
		return command + " --nested " + quoted(there.Unread[0]+"=FILE")
	case len(there.Services) == 0 && len(there.Endpoints) == 0:
		return command + " --assembly DIR, with the cloud assembly of an app that publishes or calls a private API"
	case len(there.Endpoints) == 0:
		return command + " --assembly DIR, with the cloud assembly of the consumer"
	case len(there.Clients) == 0:
		return command + " --assembly DIR, with the cloud assembly of the client"
	}
	return command + " --client " + quoted(there.Clients[0].String())
}

// quoted is an argument for a shell.
func quoted(argument string) string {
	if !strings.ContainsAny(argument, " '\"$`\\&|;<>()*?[]#~!{}\t\n") {
		return argument
	}
	return "'" + strings.ReplaceAll(argument, "'", `'\''`) + "'"
}
