package main

import (
	"bytes"
	"encoding/hex"
	"io"
	"net/netip"
	"strings"
	"testing"
)

// Headers in the form that AWS and the specification of proxy protocol document, byte by byte.
const (
	begin = "0d0a0d0a000d0a515549540a" // the signature

	throughPrivateLink = begin + "2111" + "0054" + // PROXY, TCP over IPv4, 84 bytes
		"0a00010f" + "0a000a1f" + "c8f2" + "1538" + // 10.0.1.15 and 10.0.10.31, ports 51442 and 5432
		"03" + "0004" + "a1b2c3d4" + // a checksum, which the gateway skips
		"ea" + "0017" + "01" + "767063652d30613162326333643465356636373839" + "30" + // vpce-0a1b2c3d4e5f67890
		"04" + "0024" + "000000000000000000000000000000000000000000000000000000000000000000000000" // padding

	fromTheVpc = begin + "2121" + "0024" + // PROXY, TCP over IPv6, without what AWS adds
		"20010db8000000000000000000000005" + "20010db8000000000000000000000006" + "c8f2" + "1538"
)

// ofAHealthCheck is LOCAL: the 84 bytes that follow mean nothing.
var ofAHealthCheck = begin + "2011" + "0054" + "03" + "0004" + "bce5951f" + "04" + "004a" + strings.Repeat("00", 74)

func TestReadHeader(t *testing.T) {
	for name, tc := range map[string]struct {
		header string
		want   caller
	}{
		"through PrivateLink": {throughPrivateLink, caller{netip.MustParseAddrPort("10.0.1.15:51442"), "vpce-0a1b2c3d4e5f67890"}},
		"from the VPC":        {fromTheVpc, caller{address: netip.MustParseAddrPort("[2001:db8::5]:51442")}},
		"of a health check":   {ofAHealthCheck, caller{}},
	} {
		t.Run(name, func(t *testing.T) {
			connection := bytes.NewReader(append(decode(t, tc.header), "SELECT 1"...))
			got, err := readHeader(connection)
			if err != nil || got != tc.want {
				t.Errorf("readHeader = %+v, %v, want %+v", got, err, tc.want)
			}
			if rest, _ := io.ReadAll(connection); string(rest) != "SELECT 1" {
				t.Errorf("behind the header is %q, want what the client sent", rest)
			}
		})
	}
}

func TestReadHeaderFails(t *testing.T) {
	for name, tc := range map[string]struct{ header, want string }{
		"nothing":                 {"", "EOF"},
		"no header":               {hex.EncodeToString([]byte("GET /health HTTP/1.1\r\n")), "does not begin with a header"},
		"cut off":                 {throughPrivateLink[:40], "unexpected EOF"},
		"a header of 65535 bytes": {begin + "2111" + "ffff", "has 65535 bytes"},
		"a later version":         {begin + "3111" + "0000", "version and command are 0x31"},
		"UDP":                     {begin + "2112" + "0000", "address family and protocol are 0x12"},
		"without addresses":       {begin + "2111" + "0004" + "0a00010f", "addresses are cut off"},
		"a value that is cut off": {begin + "2111" + "000f" + "0a00010f0a000a1fc8f21538" + "ea0017", "value is cut off"},
		"a type without a length": {begin + "2111" + "000d" + "0a00010f0a000a1fc8f21538" + "ea", "value is cut off"},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := readHeader(bytes.NewReader(decode(t, tc.header))); err == nil || !strings.Contains(err.Error(), tc.want) || got != (caller{}) {
				t.Errorf("readHeader = %+v, %v, want an error with %q", got, err, tc.want)
			}
		})
	}
}

// No input makes it panic or read more than the header.
func FuzzReadHeader(f *testing.F) {
	for _, header := range []string{throughPrivateLink, fromTheVpc, ofAHealthCheck} {
		raw, _ := hex.DecodeString(header)
		f.Add(raw)
	}
	f.Fuzz(func(_ *testing.T, raw []byte) { _, _ = readHeader(bytes.NewReader(raw)) })
}

func decode(t *testing.T, text string) []byte {
	t.Helper()
	raw, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}
