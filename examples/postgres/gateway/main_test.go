package main

import (
	"io"
	"net"
	"testing"
)

// A connection reaches the server without its header; one without a header does not.
func TestServe(t *testing.T) {
	server := echo(t)
	for name, tc := range map[string]struct{ header, want string }{
		"with a header":    {throughPrivateLink, "SELECT 1"},
		"without a header": {begin[:20], ""},
		"a health check":   {ofAHealthCheck, ""},
	} {
		t.Run(name, func(t *testing.T) {
			front, err := net.Listen("tcp", "localhost:0")
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = front.Close() }()
			go func() {
				if connection, err := front.Accept(); err == nil {
					serve(connection, server)
				}
			}()
			client, err := net.Dial("tcp", front.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			_, _ = client.Write(append(decode(t, tc.header), "SELECT 1"...))
			_ = client.(*net.TCPConn).CloseWrite()
			if got, _ := io.ReadAll(client); string(got) != tc.want {
				t.Errorf("answer = %q, want %q", got, tc.want)
			}
		})
	}
}

// echo is a server that sends back what it gets.
func echo(t *testing.T) (address string) {
	t.Helper()
	listener, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				_, _ = io.Copy(connection, connection)
				_ = connection.Close()
			}()
		}
	}()
	return listener.Addr().String()
}
