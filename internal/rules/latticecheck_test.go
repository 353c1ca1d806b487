package rules_test

import (
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

const (
	latticeService = "arn:aws:vpc-lattice:eu-west-1:222222222222:service/svc-0123456789abcdefz"
	latticeNetwork = "arn:aws:vpc-lattice:eu-west-1:222222222222:servicenetwork/sn-0123456789abcdefz"
)

func TestParseLatticeARN(t *testing.T) {
	want := rules.LatticeARN{Partition: "aws", Region: "eu-west-1", Account: "222222222222", ID: "svc-0123456789abcdefz"}
	if got, ok := rules.ParseLatticeServiceARN(latticeService); !ok || got != want {
		t.Errorf("service = %+v, %v", got, ok)
	}
	if got, ok := rules.ParseLatticeServiceNetworkARN(latticeNetwork); !ok || got.ID != "sn-0123456789abcdefz" {
		t.Errorf("service network = %+v, %v", got, ok)
	}
	if _, ok := rules.ParseLatticeServiceARN(latticeNetwork); ok {
		t.Error("the ARN of a service network is that of a service")
	}
}

func TestCheckLatticeArns(t *testing.T) {
	in := func(check func(*rules.Report, string, string, string), region string) func(*rules.Report, string, string) {
		return func(r *rules.Report, property, arn string) { check(r, property, arn, region) }
	}
	runChecks(t, in(rules.CheckLatticeServiceArn, "eu-west-1"), map[string]checkCase[string]{
		"a service":            {latticeService, ok},
		"of another partition": {strings.Replace(latticeService, "arn:aws:", "arn:aws-us-gov:", 1), ok},
		"an ID":                {"svc-0123456789abcdefz", rules.LatticeArn},
		"a service network":    {latticeNetwork, rules.LatticeArn},
		"a listener":           {latticeService + "/listener/listener-0123456789abcdefz", rules.LatticeArn},
		"of another Region":    {strings.Replace(latticeService, "eu-west-1", "us-east-1", 1), rules.LatticeRegion},
	})
	runChecks(t, in(rules.CheckLatticeServiceArn, ""), map[string]checkCase[string]{"in any Region": {latticeService, ok}})
	runChecks(t, in(rules.CheckLatticeServiceNetworkArn, "eu-west-1"), map[string]checkCase[string]{
		"a service network": {latticeNetwork, ok},
		"a service":         {latticeService, rules.LatticeArn},
		"of another Region": {strings.Replace(latticeNetwork, "eu-west-1", "us-east-1", 1), rules.LatticeRegion},
	})
}

func TestCheckLatticeName(t *testing.T) {
	check := func(r *rules.Report, property, name string) {
		rules.CheckLatticeName(r, property, name, "svc", rules.Range{Low: 3, High: 40})
	}
	runChecks(t, check, map[string]checkCase[string]{
		"a name":               {"pricing-api-2", ok},
		"short":                {"ab", rules.LatticeName},
		"long":                 {strings.Repeat("a", 41), rules.LatticeName},
		"in capitals":          {"Pricing", rules.LatticeName},
		"with two hyphens":     {"pricing--api", rules.LatticeName},
		"ending in a hyphen":   {"pricing-", rules.LatticeName},
		"with a dot":           {"pricing.api", rules.LatticeName},
		"with an ID's prefix":  {"svc-pricing", rules.LatticeName},
		"with another's":       {"tg-pricing", ok},
		"of the longest":       {strings.Repeat("a", 40), ok},
		"with an underscore":   {"pricing_api", rules.LatticeName},
		"that begins with one": {"-pricing", rules.LatticeName},
	})
}

func TestCheckLatticePrefixList(t *testing.T) {
	runChecks(t, rules.CheckLatticePrefixList, map[string]checkCase[string]{
		"of us-west-2":            {"pl-0721453c7ac4ec009", ok},
		"of eight digits":         {"pl-12345678", ok},
		"what a lookup stands in": {"pl-xxxxxxxx", rules.LatticePrefixList},
		"a name":                  {"com.amazonaws.eu-west-1.vpc-lattice", rules.LatticePrefixList},
		"a block":                 {"169.254.171.0/24", rules.LatticePrefixList},
	})
}

func TestCheckLatticeCertificate(t *testing.T) {
	check := func(r *rules.Report, property, arn string) {
		rules.CheckLatticeCertificate(r, property, arn, rules.Environment{Account: "222222222222", Region: "eu-west-1"})
	}
	runChecks(t, check, map[string]checkCase[string]{
		"of ACM":             {"arn:aws:acm:eu-west-1:222222222222:certificate/1", ok},
		"of IAM":             {"arn:aws:iam::222222222222:server-certificate/api", rules.LatticeCertificate},
		"of another Region":  {"arn:aws:acm:us-east-1:222222222222:certificate/1", rules.LatticeCertificate},
		"of another account": {"arn:aws:acm:eu-west-1:111111111111:certificate/1", rules.LatticeCertificate},
		"no ARN":             {"certificate", rules.LatticeCertificate},
	})
	names := func(r *rules.Report, property, domain string) {
		rules.CheckLatticeCertificateNames(r, property, domain, []string{"company.com", "*.pricing.company.com"})
	}
	runChecks(t, names, map[string]checkCase[string]{
		"by its name":         {"company.com", ok},
		"by a wildcard":       {"api.pricing.company.com", ok},
		"two labels below it": {"v1.api.pricing.company.com", rules.LatticeCertificate},
		"another":             {"pricing.company.com", rules.LatticeCertificate},
	})
}

func TestCheckLatticeTimes(t *testing.T) {
	runChecks(t, rules.CheckLatticeIdleTimeout, map[string]checkCase[float64]{
		"a minute":                {60, ok},
		"ten minutes":             {600, ok},
		"half a minute":           {30, rules.LatticeIdleTimeout},
		"more than a connection":  {601, rules.LatticeIdleTimeout},
		"half a second":           {60.5, rules.LatticeIdleTimeout},
		"an hour, for WebSockets": {3600, rules.LatticeIdleTimeout},
	})
	runChecks(t, rules.CheckLatticeConnections, map[string]checkCase[float64]{"ten minutes": {600, ok}, "an hour": {3600, rules.LatticeConnections}})
}

func TestCheckLatticeLogs(t *testing.T) {
	check := func(r *rules.Report, property, arn string) { rules.CheckLatticeLogs(r, property, arn, "eu-west-1") }
	runChecks(t, check, map[string]checkCase[string]{
		"a log group":                 {"arn:aws:logs:eu-west-1:222222222222:log-group:/lattice/pricing:*", ok},
		"a log group without a star":  {"arn:aws:logs:eu-west-1:222222222222:log-group:pricing", ok},
		"a bucket":                    {"arn:aws:s3:::pricing-logs", ok},
		"a stream":                    {"arn:aws:firehose:eu-west-1:222222222222:deliverystream/pricing", ok},
		"a stream of Kinesis":         {"arn:aws:kinesis:eu-west-1:222222222222:stream/pricing", rules.LatticeLogs},
		"a log group far away":        {"arn:aws:logs:us-east-1:222222222222:log-group:pricing", rules.LatticeLogs},
		"a delivery stream far away":  {"arn:aws:firehose:us-east-1:222222222222:deliverystream/pricing", rules.LatticeLogs},
		"the name of a bucket":        {"pricing-logs", rules.LatticeLogs},
		"an ARN of nothing":           {"arn:aws:logs:eu-west-1:222222222222:log-group:", rules.LatticeLogs},
		"the objects below a prefix":  {"arn:aws:s3:::pricing-logs/lattice", rules.LatticeLogs},
		"a bucket of another account": {"arn:aws-cn:s3:::pricing-logs", ok},
	})
	for arn, want := range map[string]string{
		"arn:aws:s3:::pricing-logs": "s3", "arn:aws:logs:eu-west-1:222222222222:log-group:a": "logs",
		"arn:aws:firehose:eu-west-1:222222222222:deliverystream/a": "firehose", "a": "",
	} {
		if got := rules.CheckLatticeLogs(&rules.Report{}, "", arn, ""); got != want {
			t.Errorf("the service of %s = %q, want %q", arn, got, want)
		}
	}
}

func TestCheckLatticeAuthPolicySize(t *testing.T) {
	runChecks(t, rules.CheckLatticeAuthPolicySize, map[string]checkCase[string]{
		"the largest":  {strings.Repeat("a", 10240), ok},
		"a byte above": {strings.Repeat("a", 10241), rules.LatticeAuthPolicySize},
	})
}

func TestCheckLatticePrincipal(t *testing.T) {
	runChecks(t, rules.CheckLatticePrincipal, map[string]checkCase[string]{
		"a role":           {"arn:aws:iam::111111111111:role/team/checkout", ok},
		"a user":           {"arn:aws:iam::111111111111:user/checkout", ok},
		"an account":       {"arn:aws:iam::111111111111:root", ok},
		"its ID":           {"111111111111", ok},
		"a session":        {"arn:aws:sts::111111111111:assumed-role/checkout/task", ok},
		"everybody":        {"*", rules.LatticePrincipal},
		"a service":        {"ecs.amazonaws.com", rules.LatticePrincipal},
		"a wildcard":       {"arn:aws:iam::111111111111:role/*", rules.LatticePrincipal},
		"a federated user": {"arn:aws:sts::111111111111:federated-user/a", rules.LatticePrincipal},
		"a function":       {"arn:aws:lambda:eu-west-1:111111111111:function:a", rules.LatticePrincipal},
	})
}

func TestCheckLatticeConditionalPrincipal(t *testing.T) {
	for name, tc := range map[string]struct {
		arn        string
		conditions map[string]any
		want       bool // refused
	}{
		"an organization":         {"*", map[string]any{"StringEquals": map[string]any{"aws:PrincipalOrgID": "o-abcdefghij"}}, false},
		"a part of one":           {"*", map[string]any{"ForAnyValue:StringLike": map[string]any{"aws:PrincipalOrgPaths": []any{"o-abcdefghij/*"}}}, false},
		"a VPC":                   {"*", map[string]any{"StringEquals": map[string]any{"vpc-lattice-svcs:SourceVpc": "vpc-0123456789abcdef0"}}, false},
		"one of two":              {"*", map[string]any{"Bool": map[string]any{"aws:SecureTransport": "true"}, "ArnLike": map[string]any{"aws:PrincipalArn": "arn:aws:iam::111111111111:role/*"}}, false},
		"no condition":            {"*", nil, true},
		"a request":               {"*", map[string]any{"StringEquals": map[string]any{"vpc-lattice-svcs:RequestMethod": "GET"}}, true},
		"any organization":        {"*", map[string]any{"StringLike": map[string]any{"aws:PrincipalOrgID": "*"}}, true},
		"any of several":          {"*", map[string]any{"StringLike": map[string]any{"aws:PrincipalOrgID": []any{"o-abcdefghij", "*"}}}, true},
		"another organization":    {"*", map[string]any{"StringNotEquals": map[string]any{"aws:PrincipalOrgID": "o-abcdefghij"}}, true},
		"an organization, if any": {"*", map[string]any{"StringEqualsIfExists": map[string]any{"aws:PrincipalOrgID": "o-abcdefghij"}}, true},
		"all of none":             {"*", map[string]any{"ForAllValues:StringLike": map[string]any{"aws:PrincipalOrgPaths": "o-abcdefghij/*"}}, true},
		"those who do not sign":   {"*", map[string]any{"StringEquals": map[string]any{"aws:PrincipalType": "Anonymous"}}, true},
		"an account":              {"111111111111", map[string]any{"StringEquals": map[string]any{"aws:PrincipalTag/team": "checkout"}}, false},
		"a group":                 {"arn:aws:iam::111111111111:group/checkout", map[string]any{"StringEquals": map[string]any{"aws:PrincipalTag/team": "checkout"}}, true},
	} {
		r := &rules.Report{}
		rules.CheckLatticeConditionalPrincipal(r, "AllowedPrincipals[0]", tc.arn, tc.conditions)
		if got := len(r.Problems()) > 0; got != tc.want {
			t.Errorf("%s: refused: %v, want %v", name, got, tc.want)
		}
	}
}

func TestCheckLatticeShare(t *testing.T) {
	runChecks(t, rules.CheckLatticeShare, map[string]checkCase[string]{
		"an account":      {"111111111111", ok},
		"an organization": {"arn:aws:organizations::222222222222:organization/o-abcdefghij", ok},
		"a unit":          {"arn:aws:organizations::222222222222:ou/o-abcdefghij/ou-abcd-12345678", ok},
		"a role":          {"arn:aws:iam::111111111111:role/checkout", rules.LatticeShare},
		"a user":          {"arn:aws:iam::111111111111:user/checkout", rules.LatticeShare},
		"a root":          {"arn:aws:iam::111111111111:root", rules.LatticeShare},
		"a session":       {"arn:aws:sts::111111111111:assumed-role/checkout/a", rules.LatticeShare},
		"a service":       {"vpc-lattice.amazonaws.com", rules.LatticeShare},
		"a short number":  {"11111111111", rules.LatticeShare},
		"everybody":       {"*", rules.LatticeShare},
		"an ID of one":    {"o-abcdefghij", rules.LatticeShare},
	})
	organization := "arn:aws:organizations::222222222222:organization/o-abcdefghij"
	for _, tc := range []struct {
		name          string
		principals    []string
		covers, known bool
	}{
		{"its account", []string{"222222222222", "111111111111"}, true, true},
		{"another account", []string{"222222222222"}, false, true},
		{"an organization", []string{organization}, false, false},
		{"its account and an organization", []string{organization, "111111111111"}, true, true},
		{"nobody", nil, false, true},
	} {
		if covers, known := rules.ShareCovers(tc.principals, "111111111111"); covers != tc.covers || known != tc.known {
			t.Errorf("a share with %s: %v, %v", tc.name, covers, known)
		}
	}
}

func TestCheckLatticeRoute(t *testing.T) {
	runChecks(t, rules.CheckLatticePath, map[string]checkCase[string]{
		"a path":            {"/v1/quotes", ok},
		"the root":          {"/", ok},
		"the longest":       {"/" + strings.Repeat("a", 127), ok},
		"a longer one":      {"/" + strings.Repeat("a", 128), rules.LatticeRoute},
		"without a slash":   {"v1", rules.LatticeRoute},
		"with a wildcard":   {"/v1/*", rules.LatticeRoute},
		"with a space":      {"/v1/a b", rules.LatticeRoute},
		"none":              {"", rules.LatticeRoute},
		"with another sign": {"/v1/a|b", rules.LatticeRoute},
	})
	runChecks(t, rules.CheckLatticeMethod, map[string]checkCase[string]{
		"GET":     {"GET", ok},
		"TRACE":   {"TRACE", ok},
		"PATCH":   {"PATCH", rules.LatticeMethod},
		"get":     {"get", rules.LatticeMethod},
		"nothing": {"", rules.LatticeMethod},
	})
	runChecks(t, rules.CheckLatticeHeaderName, map[string]checkCase[string]{
		"a header":     {"X-Tenant", ok},
		"the longest":  {strings.Repeat("a", 40), ok},
		"a longer one": {strings.Repeat("a", 41), rules.LatticeRoute},
		"with a colon": {"X-Tenant:", rules.LatticeRoute},
		"none":         {"", rules.LatticeRoute},
	})
	runChecks(t, rules.CheckLatticeHeaderValue, map[string]checkCase[string]{
		"a value":     {"gold", ok},
		"none":        {"", rules.LatticeRoute},
		"a long one":  {strings.Repeat("a", 129), rules.LatticeRoute},
		"the longest": {strings.Repeat("a", 128), ok},
	})
	runChecks(t, rules.CheckLatticeHeaderCount, map[string]checkCase[int]{"five": {5, ok}, "six": {6, rules.LatticeRoute}})
	runChecks(t, rules.CheckLatticePriority, map[string]checkCase[float64]{
		"the first": {1, ok}, "the last": {100, ok}, "more than CloudFormation has": {101, rules.LatticePriority}, "zero": {0, rules.LatticePriority},
		"a fraction": {1.5, rules.LatticePriority},
	})
	runChecks(t, rules.CheckLatticeWeight, map[string]checkCase[float64]{
		"one": {1, ok}, "the largest": {999, ok}, "zero": {0, rules.LatticeForward}, "1000": {1000, rules.LatticeForward},
	})
	runChecks(t, rules.CheckLatticeForwardGroups, map[string]checkCase[int]{"ten": {10, ok}, "eleven": {11, rules.LatticeForward}})
	runChecks(t, rules.CheckLatticeFixedResponse, map[string]checkCase[float64]{
		"404": {404, ok}, "500": {500, ok}, "403": {403, rules.LatticeFixedResponse}, "200": {200, rules.LatticeFixedResponse},
	})
	runChecks(t, rules.CheckLatticeRuleCount, map[string]checkCase[int]{"ten": {10, ok}, "eleven": {11, rules.LatticeQuota}})
	runChecks(t, rules.CheckLatticeTargetGroupCount, map[string]checkCase[int]{"ten": {10, ok}, "eleven": {11, rules.LatticeQuota}})
}

func TestCheckLatticeTargets(t *testing.T) {
	to := func(listener string) func(*rules.Report, string, string) {
		return func(r *rules.Report, property, target string) {
			rules.CheckLatticeTargetProtocol(r, property, listener, target)
		}
	}
	runChecks(t, to(rules.LatticeHTTPS), map[string]checkCase[string]{
		"HTTP": {rules.LatticeHTTP, ok}, "HTTPS": {rules.LatticeHTTPS, ok}, "TCP": {rules.LatticeTCP, rules.LatticeTargetProtocol},
	})
	runChecks(t, to(rules.LatticeTLSPassthrough), map[string]checkCase[string]{
		"HTTPS": {rules.LatticeHTTPS, rules.LatticeTargetProtocol}, "TCP": {rules.LatticeTCP, ok},
	})
	runChecks(t, rules.CheckLatticeAssociationGroups, map[string]checkCase[int]{
		"none": {0, rules.LatticeAssociation}, "one": {1, ok}, "five": {5, ok}, "six": {6, rules.LatticeAssociation},
	})
}

func TestCheckLatticeHealthCheck(t *testing.T) {
	number := func(accepted rules.Range) func(*rules.Report, string, float64) {
		return func(r *rules.Report, property string, value float64) {
			rules.CheckLatticeHealthCheckNumber(r, property, value, accepted)
		}
	}
	runChecks(t, number(rules.LatticeHealthCheckIntervals), map[string]checkCase[float64]{
		"5 s": {5, ok}, "300 s": {300, ok}, "4 s": {4, rules.LatticeHealthCheck}, "301 s": {301, rules.LatticeHealthCheck},
	})
	runChecks(t, number(rules.LatticeHealthCheckTimeouts), map[string]checkCase[float64]{
		"1 s": {1, ok}, "120 s": {120, ok}, "0 s": {0, rules.LatticeHealthCheck}, "121 s": {121, rules.LatticeHealthCheck},
	})
	runChecks(t, number(rules.LatticeHealthCheckCounts), map[string]checkCase[float64]{
		"2": {2, ok}, "10": {10, ok}, "1": {1, rules.LatticeHealthCheck}, "11": {11, rules.LatticeHealthCheck},
	})
	runChecks(t, rules.CheckLatticeHealthCheckProtocol, map[string]checkCase[string]{
		"HTTP": {"HTTP", ok}, "HTTPS": {"HTTPS", ok}, "TCP": {"TCP", rules.LatticeHealthCheck},
	})
	runChecks(t, rules.CheckLatticeHealthCheckVersion, map[string]checkCase[string]{
		"HTTP1": {"HTTP1", ok}, "HTTP2": {"HTTP2", ok}, "GRPC": {"GRPC", rules.LatticeHealthCheck},
	})
	runChecks(t, rules.CheckLatticeHealthCheckPath, map[string]checkCase[string]{
		"a path": {"/health?deep=1", ok}, "none": {"health", rules.LatticeHealthCheck}, "a long one": {"/" + strings.Repeat("a", 2048), rules.LatticeHealthCheck},
	})
	runChecks(t, rules.CheckLatticeHTTPCodes, map[string]checkCase[string]{
		"a range": {"200-299", ok}, "words": {"ok", rules.LatticeHealthCheck}, "backwards": {"299-200", rules.LatticeHealthCheck},
	})
}
