package monitoring

import (
	"fmt"
	"strings"
)

// trafficPaths say what each value of the field traffic-path means for the question whether a call stays private. AWS's guide names the paths; of path 1
// it says: through another resource in the VPC, one that creates a network interface there too. That is an interface endpoint, and a NAT gateway as well,
// so the destination decides: no private API over IPv4 has a public address.
//
// See https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
var trafficPaths = []trafficPath{
	{"1", "private: through the VPC, such as an interface endpoint", "internet: through the VPC, such as a NAT gateway", "unknown: to IPv6 through the VPC"},
	{"2", "internet: internet gateway; or S3 or DynamoDB", "", ""},
	{"3", "private: virtual private gateway", "", ""},
	{"4", "private: VPC peering", "", ""},
	{"5", "private: VPC peering to another Region", "", ""},
	{"6", "private: local gateway", "", ""},
	{"7", "AWS: gateway endpoint of S3 or DynamoDB", "", ""},
	{"8", "internet: internet gateway", "", ""},
}

// otherPath is where no path applies: AWS names none for a transit gateway, nor for an egress-only internet gateway.
var otherPath = trafficPath{
	"-", "private: such as a transit gateway", "internet: such as a transit gateway to a central NAT gateway", "unknown: to IPv6, such as an egress-only internet gateway",
}

// trafficPath is a value of the field.
type trafficPath struct {
	value string
	way   string // of a destination with a private IPv4 address, if they differ

	publicIPv4, publicIPv6 string // of other destinations; empty for way
}

// wayOf is the expression of a query that tells where traffic goes.
func wayOf(path, destination string) string {
	var cases []string
	for _, p := range trafficPaths {
		cases = append(cases, fmt.Sprintf("%s = %s, %s", path, p.value, p.wayTo(destination)))
	}
	return fmt.Sprintf("case(%s, %s)", strings.Join(cases, ", "), otherPath.wayTo(destination))
}

func (p trafficPath) wayTo(destination string) string {
	if p.publicIPv4 == "" {
		return quoted(p.way)
	}
	return fmt.Sprintf("if(isPublicIP(%[1]s), if(isValidIpV6(%[1]s), %s, %s), %s)", destination, quoted(p.publicIPv6), quoted(p.publicIPv4), quoted(p.way))
}

func quoted(text string) string { return `"` + text + `"` }
