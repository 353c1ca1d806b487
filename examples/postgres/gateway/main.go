// Command gateway is a target of the NLB: it logs who connects, by the header of proxy protocol version 2, and hands the connection on
// to Postgres in the same task. The header is only worth something because no security group but the NLB's reaches the gateway.
package main

import (
	"io"
	"log/slog"
	"net"
	"time"
)

const (
	listenOn = ":5433"
	postgres = "localhost:5432"
)

func main() {
	listener, err := net.Listen("tcp", listenOn)
	if err != nil {
		panic(err)
	}
	for {
		connection, err := listener.Accept()
		if err != nil {
			slog.Error("accept", "error", err)
			continue
		}
		go serve(connection, postgres)
	}
}

// serve reads the header of a connection, and connects it to a server.
func serve(client net.Conn, server string) {
	defer func() { _ = client.Close() }()
	_ = client.SetReadDeadline(time.Now().Add(5 * time.Second)) // the NLB sends the header at once
	from, err := readHeader(client)
	if err != nil {
		slog.Warn("refused", "from", client.RemoteAddr(), "error", err)
		return
	}
	_ = client.SetReadDeadline(time.Time{})
	if !from.address.IsValid() {
		return // a health check: the NLB wants a connection, and nothing else
	}
	slog.Info("connected", "address", from.address, "endpoint", from.endpoint)
	upstream, err := net.Dial("tcp", server)
	if err != nil {
		slog.Error("dial", "server", server, "error", err)
		return
	}
	defer func() { _ = upstream.Close() }()
	go func() {
		_, _ = io.Copy(upstream, client)
		_ = upstream.(*net.TCPConn).CloseWrite()
	}()
	_, _ = io.Copy(client, upstream)
}
