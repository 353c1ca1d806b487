package rules_test

import (
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

func TestParseServiceName(t *testing.T) {
	for name, tc := range map[string]struct {
		name, region string
		kind         rules.ServiceKind
	}{
		"an endpoint service":          {"com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0", "eu-west-1", rules.EndpointService},
		"an ID of eight digits":        {"com.amazonaws.vpce.us-east-1.vpce-svc-01234567", "us-east-1", rules.EndpointService},
		"a Region of GovCloud":         {"com.amazonaws.vpce.us-gov-west-1.vpce-svc-0123456789abcdef0", "us-gov-west-1", rules.EndpointService},
		"a Region of China":            {"cn.com.amazonaws.vpce.cn-north-1.vpce-svc-0123456789abcdef0", "cn-north-1", rules.EndpointService},
		"a Region with a high number":  {"com.amazonaws.vpce.ap-southeast-7.vpce-svc-0123456789abcdef0", "ap-southeast-7", rules.EndpointService},
		"a Region of Mexico":           {"com.amazonaws.vpce.mx-central-1.vpce-svc-0123456789abcdef0", "mx-central-1", rules.EndpointService},
		"a service of no Region":       {"com.amazonaws.iam", "", rules.AwsService},
		"Route 53, of no Region":       {"com.amazonaws.route53", "", rules.AwsService},
		"API Gateway":                  {"com.amazonaws.eu-west-1.execute-api", "eu-west-1", rules.AwsService},
		"a service of two words":       {"com.amazonaws.us-east-1.ecr.dkr", "us-east-1", rules.AwsService},
		"a FIPS service of GovCloud":   {"com.amazonaws.us-gov-east-1.kms-fips", "us-gov-east-1", rules.AwsService},
		"an AWS service in China":      {"cn.com.amazonaws.cn-northwest-1.ecr.api", "cn-northwest-1", rules.AwsService},
		"a service of SageMaker":       {"aws.sagemaker.eu-west-1.notebook", "eu-west-1", rules.AwsService},
		"a service of Q Business":      {"aws.api.us-east-1.qbusiness", "us-east-1", rules.AwsService},
		"an AWS service, short prefix": {"com.amazonaws.cn-north-1.s3", "cn-north-1", rules.AwsService},
	} {
		t.Run(name, func(t *testing.T) {
			if region, kind := rules.ParseServiceName(tc.name); region != tc.region || kind != tc.kind {
				t.Errorf("ParseServiceName(%q) = %q, %v, want %q, %v", tc.name, region, kind, tc.region, tc.kind)
			}
		})
	}
}

func TestCheckServiceName(t *testing.T) {
	runChecks(t, rules.CheckServiceName, map[string]checkCase[string]{
		"an endpoint service":           {"com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0", ok},
		"an AWS service":                {"com.amazonaws.eu-west-1.execute-api", ok},
		"nothing":                       {"", rules.ServiceName},
		"a name that somebody chose":    {"com.amazonaws.vpce.eu-west-1.pricing-svc", rules.ServiceName},
		"the ID alone":                  {"vpce-svc-0123456789abcdef0", rules.ServiceName},
		"an ID of seven digits":         {"com.amazonaws.vpce.eu-west-1.vpce-svc-0123456", rules.ServiceName},
		"an ID of twelve digits":        {"com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789ab", rules.ServiceName},
		"China's prefix in Ireland":     {"cn.com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0", rules.ServiceName},
		"no prefix of its own in China": {"com.amazonaws.vpce.cn-north-1.vpce-svc-0123456789abcdef0", rules.ServiceName},
		"dots for a name":               {"com.amazonaws.eu-west-1...", rules.ServiceName},
		"an ID of eighteen digits":      {"com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef01", rules.ServiceName},
		"an ID that is not hex":         {"com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdefg", rules.ServiceName},
		"an ID in upper case":           {"com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789ABCDEF0", rules.ServiceName},
		"an endpoint's ID":              {"com.amazonaws.vpce.eu-west-1.vpce-0123456789abcdef0", rules.ServiceName},
		"an endpoint's DNS name":        {"vpce-01234567-abc.vpce-svc-01234567.eu-west-1.vpce.amazonaws.com", rules.ServiceName},
		"an ID without vpce before it":  {"com.amazonaws.eu-west-1.vpce-svc-0123456789abcdef0", rules.ServiceName},
		"the Region before vpce":        {"com.amazonaws.eu-west-1.vpce.pricing-svc", rules.ServiceName},
		"no Region":                     {"com.amazonaws.vpce.vpce-svc-0123456789abcdef0", rules.ServiceName},
		"an AZ in place of the Region":  {"com.amazonaws.vpce.eu-west-1a.vpce-svc-0123456789abcdef0", rules.ServiceName},
		"another first label":           {"org.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0", rules.ServiceName},
		"another country's prefix":      {"eu.com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0", rules.ServiceName},
		"a space behind it":             {"com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0 ", rules.ServiceName},
		"a line break behind it":        {"com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0\n", rules.ServiceName},
		"an AWS service of no name":     {"com.amazonaws.eu-west-1.", rules.ServiceName},
		"an AWS service of no Region":   {"com.amazonaws.execute-api", rules.ServiceName},
		"an AWS service in upper case":  {"com.amazonaws.eu-west-1.Execute-API", rules.ServiceName},
	})
}

func TestCheckRegion(t *testing.T) {
	runChecks(t, rules.CheckRegion, map[string]checkCase[string]{
		"Ireland":               {"eu-west-1", ok},
		"GovCloud":              {"us-gov-west-1", ok},
		"China":                 {"cn-north-1", ok},
		"an isolated Region":    {"us-isob-east-1", ok},
		"isolated, in Europe":   {"eu-isoe-west-1", ok},
		"the Sovereign Cloud":   {"eusc-de-east-1", ok},
		"Thailand":              {"ap-southeast-7", ok},
		"Mexico":                {"mx-central-1", ok},
		"nothing":               {"", rules.RegionForm},
		"an Availability Zone":  {"eu-west-1a", rules.RegionForm},
		"an AZ ID":              {"euw1-az1", rules.RegionForm},
		"a Region in words":     {"Ireland", rules.RegionForm},
		"upper case":            {"EU-WEST-1", rules.RegionForm},
		"no number":             {"eu-west", rules.RegionForm},
		"no direction":          {"eu-1", rules.RegionForm},
		"underscores":           {"eu_west_1", rules.RegionForm},
		"all Regions":           {"*", rules.RegionForm},
		"a line break after it": {"eu-west-1\n", rules.RegionForm},
	})
}

func TestCheckEndpointID(t *testing.T) {
	runChecks(t, rules.CheckEndpointID, map[string]checkCase[string]{
		"an endpoint":         {"vpce-0123456789abcdef0", ok},
		"an old one":          {"vpce-01234567", ok},
		"an endpoint service": {"vpce-svc-0123456789abcdef0", rules.EndpointID},
		"nine digits":         {"vpce-012345678", rules.EndpointID},
		"nothing":             {"", rules.EndpointID},
	})
}

func TestCheckAvailabilityZoneID(t *testing.T) {
	runChecks(t, rules.CheckAvailabilityZoneID, map[string]checkCase[string]{
		"Ireland":             {"euw1-az1", ok},
		"Virginia":            {"use1-az3", ok},
		"Tokyo":               {"apne1-az4", ok},
		"GovCloud":            {"usgw1-az1", ok},
		"China":               {"cnn1-az1", ok},
		"Mexico":              {"mxc1-az2", ok},
		"a Local Zone":        {"usw2-lax1-az1", ok},
		"nothing":             {"", rules.AvailabilityZoneID},
		"an AZ name":          {"eu-west-1a", rules.AvailabilityZoneID},
		"GovCloud AZ name":    {"us-gov-west-1b", rules.AvailabilityZoneID},
		"a Region":            {"eu-west-1", rules.AvailabilityZoneID},
		"no number":           {"euw1-az", rules.AvailabilityZoneID},
		"a Region for a code": {"eu-west-az1", rules.AvailabilityZoneID},
		"no hyphen":           {"euw1az1", rules.AvailabilityZoneID},
		"a letter at last":    {"euw1-az1a", rules.AvailabilityZoneID},
		"the zone alone":      {"az1", rules.AvailabilityZoneID},
		"upper case":          {"EUW1-AZ1", rules.AvailabilityZoneID},
		"a space after it":    {"euw1-az1 ", rules.AvailabilityZoneID},
	})
}

func TestCheckDomainName(t *testing.T) {
	label63, name255 := strings.Repeat("a", 63), strings.Repeat("a.", 126)+"com"
	runChecks(t, rules.CheckDomainName, map[string]checkCase[string]{
		"a name of three labels":        {"api.company.com", ok},
		"two labels":                    {"company.com", ok},
		"a private top-level domain":    {"api.pricing.internal", ok},
		"digits and hyphens":            {"api-2.2nd-company.com", ok},
		"an underscore":                 {"_token.my_api.company.com", ok},
		"a wildcard in front":           {"*.api.company.com", ok},
		"a label of 63 characters":      {label63 + ".com", ok},
		"a label of 64 characters":      {label63 + "a.com", rules.DomainNameForm},
		"255 characters":                {name255, ok},
		"256 characters":                {name255 + "m", rules.DomainNameForm},
		"nothing":                       {"", rules.DomainNameForm},
		"a single label":                {"localhost", rules.DomainNameForm},
		"a wildcard and a single label": {"*.com", rules.DomainNameForm},
		"a wildcard alone":              {"*", rules.DomainNameForm},
		"a wildcard in the middle":      {"api.*.company.com", rules.DomainNameForm},
		"a wildcard as part of a label": {"api-*.company.com", rules.DomainNameForm},
		"two wildcards":                 {"*.*.company.com", rules.DomainNameForm},
		"a dot at the end":              {"api.company.com.", rules.DomainNameForm},
		"a dot in front":                {".company.com", rules.DomainNameForm},
		"two dots in a row":             {"api..company.com", rules.DomainNameForm},
		"upper case":                    {"Api.company.com", rules.DomainNameForm},
		"a label that begins with -":    {"-api.company.com", rules.DomainNameForm},
		"a label that ends with -":      {"api-.company.com", rules.DomainNameForm},
		"a space":                       {"my api.company.com", rules.DomainNameForm},
		"letters beyond ASCII":          {"prüfung.company.com", rules.DomainNameForm},
		"a URL":                         {"https://api.company.com", rules.DomainNameForm},
		"a port":                        {"api.company.com:443", rules.DomainNameForm},
		"a line break at the end":       {"api.company.com\n", rules.DomainNameForm},
	})
}

func TestCheckPrivateDnsName(t *testing.T) {
	cases := map[string]checkCase[string]{
		"a public domain":             {"api.company.com", ok},
		"a wildcard":                  {"*.api.company.com", ok},
		"internal as a middle label":  {"api.internal.company.com", ok},
		"internal as part of a label": {"api.company.notinternal", ok},
		"a malformed name, once":      {"API.company.internal", rules.DomainNameForm},
		"a wildcard of one label":     {"*.internal", rules.DomainNameForm},
	}
	for _, reserved := range []string{"internal", "local", "corp", "home", "lan", "test", "example", "invalid", "localhost"} {
		cases["a name under ."+reserved] = checkCase[string]{"api.company." + reserved, rules.PrivateDnsName}
	}
	runChecks(t, rules.CheckPrivateDnsName, cases)
}

func TestIsParentZone(t *testing.T) {
	for name, tc := range map[string]struct {
		zone string
		want bool
	}{
		"the full name":       {"api.company.com", false},
		"a longer full name":  {"api.pricing.company.com", false},
		"a registered domain": {"company.com", true},
		"a top-level domain":  {"internal", true},
		"an internal name":    {"api.corp", false},
		"a wildcard":          {"*.api.company.com", true},
	} {
		t.Run(name, func(t *testing.T) {
			if got := rules.IsParentZone(tc.zone); got != tc.want {
				t.Errorf("IsParentZone(%q) = %v, want %v", tc.zone, got, tc.want)
			}
		})
	}
}

func TestTextsOfNames(t *testing.T) {
	runTexts(t, map[string]textCase{
		"a service name": {
			func(r *rules.Report) { rules.CheckServiceName(r, "ServiceName", "pricing-svc") },
			`ServiceName: "pricing-svc" is not the name of an endpoint service [privateapi:serviceName]
  AWS: InvalidServiceName: The Vpc Endpoint Service does not exist
  Fix: copy the name from the provider: com.amazonaws.vpce.<region>.vpce-svc-<id>`,
		},
		"a Region": {
			func(r *rules.Report) { rules.CheckRegion(r, "ServiceRegion", "eu-west-1a") },
			`ServiceRegion: "eu-west-1a" is not a Region [privateapi:region]
  AWS: rejects the Region
  Fix: use the code of the Region, such as eu-west-1`,
		},
		"an AZ ID": {
			func(r *rules.Report) { rules.CheckAvailabilityZoneID(r, "AvailabilityZoneIds[1]", "eu-west-1a") },
			`AvailabilityZoneIds[1]: "eu-west-1a" is not an Availability Zone ID [privateapi:availabilityZoneId]
  AWS: InvalidParameter: The VPC endpoint service does not support the availability zone of the subnet
  Fix: use IDs: aws ec2 describe-availability-zones shows both`,
		},
		"a domain name": {
			func(r *rules.Report) { rules.CheckDomainName(r, "DomainNames[0]", "localhost") },
			`DomainNames[0]: "localhost" has a single label [privateapi:domainName]
  AWS: InvalidDomainName: The specified domain name is not valid
  Fix: write the full name, such as api.pricing.internal.company.com`,
		},
		"a private DNS name": {
			func(r *rules.Report) { rules.CheckPrivateDnsName(r, "PrivateDnsName", "api.pricing.internal") },
			`PrivateDnsName: "api.pricing.internal" ends in .internal, which public DNS does not serve [privateapi:privateDnsName]
  AWS: leaves the name in pendingVerification and then failed; consumers cannot enable it
  Fix: use a name under a public domain that you own, or none, and let consumers use a private hosted zone`,
		},
	})
}

func TestDomainNameSaysWhatIsWrong(t *testing.T) {
	for name, why := range map[string]string{
		"":                                "is empty",
		strings.Repeat("a.", 127) + "com": "is longer than 255 characters",
		"API.company.com":                 "has upper-case letters",
		"api.company.com.":                "ends in a dot",
		"localhost":                       "has a single label",
		"api..com":                        "has an empty label",
		strings.Repeat("a", 64) + ".com":  "has a label of more than 63 characters",
		"my api.company.com":              "has characters that a host name cannot have",
		"-api.company.com":                "has a label that begins or ends with a hyphen",
	} {
		t.Run(why, func(t *testing.T) {
			var r rules.Report
			rules.CheckDomainName(&r, "DomainName", name)
			if len(r.Problems()) != 1 {
				t.Fatalf("%d problems, want 1: %v", len(r.Problems()), r.Problems())
			}
			if got, want := r.Problems()[0].What, `"`+name+`" `+why; got != want {
				t.Errorf("what = %s, want %s", got, want)
			}
		})
	}
}

func FuzzParseServiceName(f *testing.F) {
	f.Add("com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0")
	f.Add("cn.com.amazonaws.cn-north-1.ecr.dkr")
	f.Add("vpce-svc-\x00.vpce.")
	f.Fuzz(func(t *testing.T, name string) {
		region, kind := rules.ParseServiceName(name)
		if (region == "") != (kind == rules.UnknownService) {
			t.Errorf("ParseServiceName(%q) = %q, %v: a Region and a kind go together", name, region, kind)
		}
		if !strings.Contains(name, region) {
			t.Errorf("ParseServiceName(%q) = %q, which is not in the name", name, region)
		}
	})
}

func TestCheckNameInZone(t *testing.T) {
	in := func(zone string) func(*rules.Report, string, string) {
		return func(r *rules.Report, property, name string) { rules.CheckNameInZone(r, property, name, zone) }
	}
	for _, zone := range []string{"internal.company.com", "Internal.Company.com."} {
		runChecks(t, in(zone), map[string]checkCase[string]{
			"the name of the zone":       {"internal.company.com", ok},
			"a name in it":               {"api.pricing.internal.company.com", ok},
			"a wildcard in it":           {"*.internal.company.com", ok},
			"its parent":                 {"company.com", rules.HostedZoneName},
			"a wildcard above it":        {"*.company.com", rules.HostedZoneName},
			"a name with the same end":   {"notinternal.company.com", rules.HostedZoneName},
			"a name of another company":  {"internal.company.org", rules.HostedZoneName},
			"a name that begins with it": {"internal.company.com.org", rules.HostedZoneName},
		})
	}
}

func FuzzCheckNames(f *testing.F) {
	f.Add("api.company.com")
	f.Add("*.api.pricing.internal")
	f.Add("eu-west-1")
	f.Add("euw1-az1")
	f.Add("*..\xff-")
	f.Fuzz(func(t *testing.T, name string) {
		var r rules.Report
		rules.CheckRegion(&r, "Region", name)
		rules.CheckAvailabilityZoneID(&r, "Zone", name)
		rules.IsParentZone(name)

		var domain, private rules.Report
		rules.CheckDomainName(&domain, "Domain", name)
		rules.CheckPrivateDnsName(&private, "Domain", name)
		if private.Problems() == nil && domain.Problems() != nil {
			t.Errorf("%q is accepted as a private DNS name but not as a domain name", name)
		}
	})
}

func TestTakesEndpointPolicy(t *testing.T) {
	for name, want := range map[string]struct{ takes, known bool }{
		"execute-api":                         {true, true},
		"com.amazonaws.eu-west-1.execute-api": {true, true},
		"com.amazonaws.eu-west-1.ecr.api":     {true, true},
		"cn.com.amazonaws.cn-north-1.sts":     {true, true},
		"email-smtp":                          {false, true},
		"com.amazonaws.eu-west-1.email-smtp":  {false, true},
		"com.amazonaws.eu-west-1.bedrock":     {false, false},
		"bedrock":                             {false, false},
		"com.amazonaws.iam":                   {false, false},
	} {
		if takes, known := rules.TakesEndpointPolicy(name); takes != want.takes || known != want.known {
			t.Errorf("%s: takes %v, known %v; want %v", name, takes, known, want)
		}
	}
}
