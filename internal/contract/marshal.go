package contract

import (
	"bytes"
	"encoding/json"
	"slices"
)

// Marshal returns a contract as a file has it: the same text for the same contract, indented, and with a newline at its end.
func Marshal(c *Contract) []byte { return encode(c, "  ") }

// Compact returns a contract as an SSM parameter has it: on one line.
func Compact(c *Contract) string { return string(bytes.TrimSuffix(encode(c, ""), []byte("\n"))) }

func encode(c *Contract, indent string) []byte {
	ordered := *c
	ordered.Version = Version
	ordered.Service = c.Service.ordered()
	if c.Deployed != nil {
		deployed := *c.Deployed
		deployed.AvailabilityZoneIds = sorted(deployed.AvailabilityZoneIds)
		ordered.Deployed = &deployed
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", indent)
	if err := encoder.Encode(ordered); err != nil {
		panic(err) // a number that is not finite, which no port is
	}
	return text.Bytes()
}

// ordered returns a service whose lists without an order are sorted. Names and ports keep theirs: the first is the one that clients use by
// default.
func (s Service) ordered() Service {
	s.IpAddressTypes, s.SupportedRegions = sorted(s.IpAddressTypes), sorted(s.SupportedRegions)
	return s
}

// sorted sorts a list unless it has a value that is known later: the text of a token says nothing of its place.
func sorted(list []string) []string {
	if slices.ContainsFunc(list, func(text string) bool { return !IsKnown(text) }) {
		return list
	}
	return slices.Sorted(slices.Values(list))
}
