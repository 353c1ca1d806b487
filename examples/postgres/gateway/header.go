package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/netip"
)

// caller is who connects, as the header of proxy protocol version 2 has it. Both are empty for a health check of the NLB.
type caller struct {
	address  netip.AddrPort // in the caller's own VPC
	endpoint string         // the ID of the VPC endpoint, through PrivateLink only
}

// signature is how each header begins. https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt
const signature = "\r\n\r\n\x00\r\nQUIT\n"

const (
	versionOfLocal = 0x20 // version 2, command LOCAL: a connection of the NLB itself
	versionOfProxy = 0x21 // version 2, command PROXY: a connection of a client

	tcpOverIPv4, tcpOverIPv6 = 0x11, 0x21

	typeAWS          = 0xEA // of AWS
	subtypeVpceID    = 0x01 // the ID of the VPC endpoint follows
	maxLengthOfV2    = 4096 // of what the gateway reads; the NLB sends less
	lengthOfTypeAndL = 3
)

// readHeader reads the header at the beginning of a connection, and nothing behind it.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#proxy-protocol
func readHeader(r io.Reader) (caller, error) {
	fixed := make([]byte, len(signature)+4)
	if _, err := io.ReadFull(r, fixed); err != nil {
		return caller{}, fmt.Errorf("reading the header: %w", err)
	}
	if string(fixed[:len(signature)]) != signature {
		return caller{}, errors.New("the connection does not begin with a header of proxy protocol version 2")
	}
	version, family, length := fixed[12], fixed[13], binary.BigEndian.Uint16(fixed[14:])
	if length > maxLengthOfV2 {
		return caller{}, fmt.Errorf("the header has %d bytes", length)
	}
	rest := make([]byte, length)
	if _, err := io.ReadFull(r, rest); err != nil {
		return caller{}, fmt.Errorf("reading the addresses: %w", err)
	}
	switch version {
	case versionOfLocal:
		return caller{}, nil // what follows means nothing
	case versionOfProxy:
		return parse(family, rest)
	}
	return caller{}, fmt.Errorf("version and command are %#x", version)
}

// parse reads the addresses, and what AWS adds.
func parse(family byte, rest []byte) (c caller, err error) {
	size := map[byte]int{tcpOverIPv4: 4, tcpOverIPv6: 16}[family]
	if size == 0 {
		return caller{}, fmt.Errorf("address family and protocol are %#x", family)
	}
	if len(rest) < 2*size+4 {
		return caller{}, errors.New("the addresses are cut off")
	}
	source, _ := netip.AddrFromSlice(rest[:size])
	c.address = netip.AddrPortFrom(source, binary.BigEndian.Uint16(rest[2*size:]))
	for rest = rest[2*size+4:]; len(rest) > 0; {
		if len(rest) < lengthOfTypeAndL {
			return caller{}, errors.New("a value is cut off")
		}
		kind, length := rest[0], int(binary.BigEndian.Uint16(rest[1:]))
		if rest = rest[lengthOfTypeAndL:]; len(rest) < length {
			return caller{}, errors.New("a value is cut off")
		}
		if value := rest[:length]; kind == typeAWS && length > 1 && value[0] == subtypeVpceID {
			c.endpoint = string(value[1:])
		}
		rest = rest[length:]
	}
	return c, nil
}
