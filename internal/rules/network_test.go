package rules_test

import (
	"math"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

func TestCheckPort(t *testing.T) {
	runChecks(t, rules.CheckPort, map[string]checkCase[float64]{
		"the lowest":         {1, ok},
		"HTTPS":              {443, ok},
		"the highest":        {65535, ok},
		"zero":               {0, rules.PortRange},
		"one too many":       {65536, rules.PortRange},
		"less than zero":     {-1, rules.PortRange},
		"a fraction":         {1.5, rules.PortRange},
		"a small fraction":   {443.0000001, rules.PortRange},
		"not a number":       {math.NaN(), rules.PortRange},
		"infinity":           {math.Inf(1), rules.PortRange},
		"infinity below":     {math.Inf(-1), rules.PortRange},
		"the largest number": {math.MaxFloat64, rules.PortRange},
	})
}

func TestCheckHealthCheckNumber(t *testing.T) {
	check := func(r *rules.Report, property string, value float64) {
		rules.CheckHealthCheckNumber(r, property, value, rules.HealthCheckIntervals)
	}
	runChecks(t, check, map[string]checkCase[float64]{
		"the lowest":   {5, ok},
		"the highest":  {300, ok},
		"too low":      {4, rules.HealthCheck},
		"too high":     {301, rules.HealthCheck},
		"a fraction":   {5.5, rules.HealthCheck},
		"not a number": {math.NaN(), rules.HealthCheck},
		"infinity":     {math.Inf(1), rules.HealthCheck},
	})
}

func TestCheckIdleTimeout(t *testing.T) {
	runChecks(t, rules.CheckIdleTimeout, map[string]checkCase[float64]{
		"a minute":                {60, ok},
		"the default":             {350, ok},
		"a hundred minutes":       {6000, ok},
		"under a minute":          {59, rules.IdleTimeout},
		"over a hundred minutes":  {6001, rules.IdleTimeout},
		"a part of a second":      {60.5, rules.IdleTimeout},
		"not a number":            {math.NaN(), rules.IdleTimeout},
		"never":                   {0, rules.IdleTimeout},
		"an infinity of a second": {math.Inf(1), rules.IdleTimeout},
	})
}

func TestCheckCIDR(t *testing.T) {
	runChecks(t, rules.CheckCIDR, map[string]checkCase[string]{
		"a block of a VPC":         {"10.0.0.0/16", ok},
		"one address":              {"10.0.0.1/32", ok},
		"every IPv4 address":       {"0.0.0.0/0", ok},
		"an IPv6 block":            {"2001:db8::/64", ok},
		"one IPv6 address":         {"2001:db8::1/128", ok},
		"every IPv6 address":       {"::/0", ok},
		"host bits":                {"10.0.0.1/16", rules.CIDR},
		"IPv6 host bits":           {"2001:db8::1/64", rules.CIDR},
		"nothing":                  {"", rules.CIDR},
		"no prefix":                {"10.0.0.0", rules.CIDR},
		"a prefix over 32":         {"10.0.0.0/33", rules.CIDR},
		"an IPv6 prefix over 128":  {"2001:db8::/129", rules.CIDR},
		"a prefix under zero":      {"10.0.0.0/-1", rules.CIDR},
		"a zero before the prefix": {"10.0.0.0/08", rules.CIDR},
		"three parts":              {"10.0.0/16", rules.CIDR},
		"a part over 255":          {"10.0.256.0/24", rules.CIDR},
		"a zone":                   {"fe80::%eth0/64", rules.CIDR},
		"a security group":         {"sg-0123456789abcdef0", rules.CIDR},
		"two blocks":               {"10.0.0.0/16,10.1.0.0/16", rules.CIDR},
	})
}

func checkWebACL(r *rules.Report, property, arn string) { rules.CheckWebACL(r, property, arn, "") }

func TestCheckWebACL(t *testing.T) {
	const id = "a1b2c3d4-5678-90ab-cdef-111111111111"
	runChecks(t, checkWebACL, map[string]checkCase[string]{
		"a regional web ACL":     {"arn:aws:wafv2:eu-west-1:111111111111:regional/webacl/Api/" + id, ok},
		"one in China":           {"arn:aws-cn:wafv2:cn-north-1:111111111111:regional/webacl/Api/" + id, ok},
		"one in GovCloud":        {"arn:aws-us-gov:wafv2:us-gov-west-1:111111111111:regional/webacl/Api/" + id, ok},
		"one for CloudFront":     {"arn:aws:wafv2:us-east-1:111111111111:global/webacl/Api/" + id, rules.WebACL},
		"WAF Classic":            {"arn:aws:waf-regional:eu-west-1:111111111111:webacl/" + id, rules.WebACL},
		"a rule group":           {"arn:aws:wafv2:eu-west-1:111111111111:regional/rulegroup/Api/" + id, rules.WebACL},
		"a web ACL of no ID":     {"arn:aws:wafv2:eu-west-1:111111111111:regional/webacl/Api", rules.WebACL},
		"a web ACL of no Region": {"arn:aws:wafv2::111111111111:regional/webacl/Api/" + id, rules.WebACL},
		"a short account":        {"arn:aws:wafv2:eu-west-1:1111:regional/webacl/Api/" + id, rules.WebACL},
		"the ID alone":           {id, rules.WebACL},
		"nothing":                {"", rules.WebACL},
	})
}

func checkHTTPCodes(r *rules.Report, property, codes string) {
	rules.CheckHTTPCodes(r, property, codes, false)
}

// What the ALB itself answers, it answers with 200 and by a listener rule.
func TestChecksOfWhatTheAlbAnswers(t *testing.T) {
	runChecks(t, func(r *rules.Report, property, codes string) { rules.CheckHTTPCodes(r, property, codes, true) }, map[string]checkCase[string]{
		"200 alone":        {"200", ok},
		"200 in a range":   {"200-299", ok},
		"200 in a list":    {"204,200-202", ok},
		"another code":     {"204", rules.HealthCheck},
		"another range":    {"201-299", rules.HealthCheck},
		"nothing to match": {"", rules.HealthCheck},
	})
	runChecks(t, func(r *rules.Report, property, path string) { rules.CheckHealthCheckPath(r, property, path, true) }, map[string]checkCase[string]{
		"a path":                      {"/health", ok},
		"128 characters":              {"/" + strings.Repeat("a", 127), ok},
		"129 characters":              {"/" + strings.Repeat("a", 128), rules.HealthCheck},
		"a wildcard for all requests": {"/*", rules.HealthCheck},
		"a wildcard for one":          {"/health?", rules.HealthCheck},
		"a query":                     {"/health?deep=1", rules.HealthCheck},
		"a space":                     {"/a b", rules.HealthCheck},
		"no slash":                    {"health", rules.HealthCheck},
	})
	runChecks(t, func(r *rules.Report, property, arn string) { rules.CheckWebACL(r, property, arn, "eu-west-1") }, map[string]checkCase[string]{
		"a web ACL of the Region":     {"arn:aws:wafv2:eu-west-1:111111111111:regional/webacl/Api/a1b2", ok},
		"a web ACL of another Region": {"arn:aws:wafv2:us-east-1:111111111111:regional/webacl/Api/a1b2", rules.WebACL},
	})
}

func TestCheckDeregistrationDelay(t *testing.T) {
	runChecks(t, rules.CheckDeregistrationDelay, map[string]checkCase[float64]{
		"none": {0, ok}, "an hour": {3600, ok}, "more": {3601, rules.DeregistrationDelay}, "less": {-1, rules.DeregistrationDelay}, "half": {0.5, rules.DeregistrationDelay},
	})
}

func checkHealthCheckPath(r *rules.Report, property, path string) {
	rules.CheckHealthCheckPath(r, property, path, false)
}

func TestCheckHTTPCodes(t *testing.T) {
	runChecks(t, checkHTTPCodes, map[string]checkCase[string]{
		"a range of a range":   {"200-300-400", rules.HealthCheck},
		"one code":             {"200", ok},
		"the highest code":     {"599", ok},
		"a list":               {"200,204,301", ok},
		"a range":              {"200-399", ok},
		"a list with a range":  {"200-299,404", ok},
		"the code under them":  {"199", rules.HealthCheck},
		"the code over them":   {"600", rules.HealthCheck},
		"a range out of them":  {"200-600", rules.HealthCheck},
		"two digits":           {"20", rules.HealthCheck},
		"four digits":          {"2000", rules.HealthCheck},
		"a class of codes":     {"2xx", rules.HealthCheck},
		"a space in a list":    {"200, 204", rules.HealthCheck},
		"a comma at the end":   {"200,", rules.HealthCheck},
		"a hyphen at the end":  {"200-", rules.HealthCheck},
		"a hyphen in front":    {"-200", rules.HealthCheck},
		"nothing":              {"", rules.HealthCheck},
		"a gRPC status of 0":   {"0", rules.HealthCheck},
		"a line break at last": {"200\n", rules.HealthCheck},
	})
}

func TestCheckHealthCheckPath(t *testing.T) {
	path1024 := "/" + strings.Repeat("a", 1023)
	runChecks(t, checkHealthCheckPath, map[string]checkCase[string]{
		"the root":          {"/", ok},
		"a path":            {"/health", ok},
		"a query":           {"/health?deep=1", ok},
		"1024 characters":   {path1024, ok},
		"1025 characters":   {path1024 + "a", rules.HealthCheck},
		"nothing":           {"", rules.HealthCheck},
		"no slash in front": {"health", rules.HealthCheck},
		"a URL":             {"https://api.company.com/health", rules.HealthCheck},
	})
}

func TestPortNumber(t *testing.T) {
	for name, tc := range map[string]struct {
		port string
		want float64
		ok   bool
	}{
		"a port":            {"8443", 8443, true},
		"zero":              {"0", 0, true},
		"a number too high": {"65536", 65536, true},
		"the traffic port":  {"traffic-port", 0, false},
		"nothing":           {"", 0, false},
		"a sign":            {"-1", 0, false},
		"a plus":            {"+80", 0, false},
		"a fraction":        {"80.5", 0, false},
		"a space":           {" 80", 0, false},
		"a hex number":      {"0x50", 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got, ok := rules.PortNumber(tc.port); got != tc.want || ok != tc.ok {
				t.Errorf("PortNumber(%q) = %v, %v, want %v, %v", tc.port, got, ok, tc.want, tc.ok)
			}
		})
	}
}

func TestTextsOfNumbers(t *testing.T) {
	runTexts(t, map[string]textCase{
		"a port": {
			func(r *rules.Report) { rules.CheckPort(r, "Port", 65536) },
			`Port: must be a whole number between 1 and 65535, got 65536 [privateapi:portRange]
  AWS: rejects the port
  Fix: use a port between 1 and 65535`,
		},
		"an idle timeout": {
			func(r *rules.Report) { rules.CheckIdleTimeout(r, "TcpIdleTimeout", 59.5) },
			`TcpIdleTimeout: must be a whole number between 60 and 6000, got 59.5 [privateapi:tcpIdleTimeout]
  AWS: rejects the attribute tcp.idle_timeout.seconds
  Fix: use 60 to 6000 seconds, or omit it for 350`,
		},
		"a priority": {
			func(r *rules.Report) { rules.CheckPriority(r, "Priority", 0) },
			`Priority: must be a whole number between 1 and 50000, got 0 [privateapi:routePriority]
  AWS: PriorityInUse: Priority is currently in use
  Fix: choose another Priority`,
		},
	})
}

func TestTextsOfHealthChecks(t *testing.T) {
	const aws = "\n  AWS: rejects the value, or marks the ALB unhealthy and sends it nothing"
	const ownFix = "\n  Fix: use HTTP or HTTPS, HTTP codes of 200 to 599, an interval of 5 to 300 s, a timeout of 2 to 120 s, and thresholds of 2 to 10"
	runTexts(t, map[string]textCase{
		"a number": {
			func(r *rules.Report) {
				rules.CheckHealthCheckNumber(r, "HealthCheck.Interval", 4, rules.HealthCheckIntervals)
			},
			"HealthCheck.Interval: must be a whole number between 5 and 300, got 4 [privateapi:healthCheck]" + aws + ownFix,
		},
		"HTTP codes": {
			func(r *rules.Report) { rules.CheckHTTPCodes(r, "HealthCheck.HealthyHttpCodes", "2xx", false) },
			`HealthCheck.HealthyHttpCodes: "2xx" is not a list or range of HTTP codes between 200 and 599 [privateapi:healthCheck]` +
				aws + "\n  Fix: write codes like 200, 200-299 or 200,204",
		},
		"a path": {
			func(r *rules.Report) { rules.CheckHealthCheckPath(r, "HealthCheck.Path", "health", false) },
			`HealthCheck.Path: "health" is not a path [privateapi:healthCheck]` + aws + "\n  Fix: begin the path with /, and keep it to at most 1024 characters",
		},
	})
}

func TestTextsOfBlocksAndARNs(t *testing.T) {
	runTexts(t, map[string]textCase{
		"a block": {
			func(r *rules.Report) { rules.CheckCIDR(r, "ConsumerCidrs[0]", "10.0.0.0") },
			`ConsumerCidrs[0]: "10.0.0.0" is not a CIDR block [privateapi:cidr]
  AWS: rejects the CIDR block
  Fix: write it like 10.0.0.0/16`,
		},
		"a block with host bits": {
			func(r *rules.Report) { rules.CheckCIDR(r, "ConsumerCidrs[0]", "10.0.7.1/16") },
			`ConsumerCidrs[0]: "10.0.7.1/16" has host bits set [privateapi:cidr]
  AWS: rejects the CIDR block
  Fix: write 10.0.0.0/16`,
		},
		"a web ACL": {
			func(r *rules.Report) { rules.CheckWebACL(r, "WebAclArn", "Api", "") },
			`WebAclArn: "Api" is not the ARN of a regional web ACL [privateapi:webAcl]
  AWS: WAFInvalidParameterException: the ARN is not valid
  Fix: use arn:aws:wafv2:<region>:<account>:regional/webacl/<name>/<id>; a web ACL of scope CLOUDFRONT cannot be used`,
		},
	})
}
