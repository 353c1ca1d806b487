package rules_test

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

func TestCheckPrincipalAccepts(t *testing.T) {
	runChecks(t, rules.CheckPrincipal, map[string]checkCase[string]{
		"everyone":                         {rules.Everyone, ok},
		"an account ID":                    {"111111111111", ok},
		"an account ID that begins with 0": {"012345678901", ok},
		"the root of an account":           {"arn:aws:iam::111111111111:root", ok},
		"a role":                           {"arn:aws:iam::111111111111:role/Deployer", ok},
		"the role of CloudFormation":       {"arn:aws:iam::111111111111:role/cdk-hnb659fds-cfn-exec-role-111111111111-us-east-1", ok},
		"a user":                           {"arn:aws:iam::111111111111:user/alice", ok},
		"a role of all punctuation":        {"arn:aws:iam::111111111111:role/a_b+c=d,e.f@g-h", ok},
		"a user of all punctuation":        {"arn:aws:iam::111111111111:user/a_b+c=d,e.f@g-h", ok},
		"a user named by e-mail":           {"arn:aws:iam::111111111111:user/alice@company.com", ok},
		"the root of a Chinese account":    {"arn:aws-cn:iam::111111111111:root", ok},
		"an AWS service":                   {"ec2.amazonaws.com", ok},
		"an AWS service of a Region":       {"states.eu-west-1.amazonaws.com", ok},
		"an AWS service of China":          {"ec2.amazonaws.com.cn", ok},
		"an internal service":              {"example.aws.internal", ok},
	})
}

func TestCheckPrincipalRefuses(t *testing.T) {
	runChecks(t, rules.CheckPrincipal, map[string]checkCase[string]{
		"nothing":                   {"", rules.PrincipalForm},
		"a service without a name":  {".amazonaws.com", rules.PrincipalForm},
		"another domain":            {"ec2.company.com", rules.PrincipalForm},
		"every service":             {"*.amazonaws.com", rules.PrincipalForm},
		"eleven digits":             {"11111111111", rules.PrincipalForm},
		"thirteen digits":           {"1111111111111", rules.PrincipalForm},
		"digits with hyphens":       {"1111-1111-1111", rules.PrincipalForm},
		"a role with a path":        {"arn:aws:iam::111111111111:role/service/Deployer", rules.PrincipalForm},
		"a role of Identity Center": {"arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0", rules.PrincipalForm},
		"a user with a path":        {"arn:aws:iam::111111111111:user/team/alice", rules.PrincipalForm},
		"a session of a role":       {"arn:aws:sts::111111111111:assumed-role/Deployer/session", rules.PrincipalForm},
		"an organization":           {"arn:aws:organizations::111111111111:organization/o-a1b2c3d4e5", rules.PrincipalForm},
		"an OU":                     {"arn:aws:organizations::111111111111:ou/o-a1b2c3d4e5/ou-ab12-cdefghij", rules.PrincipalForm},
		"an organization's ID":      {"o-a1b2c3d4e5", rules.PrincipalForm},
		"every role":                {"arn:aws:iam::111111111111:role/*", rules.PrincipalForm},
		"roles that begin alike":    {"arn:aws:iam::111111111111:role/Deploy*", rules.PrincipalForm},
		"the root of any account":   {"arn:aws:iam::*:root", rules.PrincipalForm},
		"two stars":                 {"**", rules.PrincipalForm},
		"a group":                   {"arn:aws:iam::111111111111:group/developers", rules.PrincipalForm},
		"an instance profile":       {"arn:aws:iam::111111111111:instance-profile/web", rules.PrincipalForm},
		"a role of no name":         {"arn:aws:iam::111111111111:role/", rules.PrincipalForm},
		"a role of no account":      {"arn:aws:iam:::role/Deployer", rules.PrincipalForm},
		"a short account in an ARN": {"arn:aws:iam::1111:root", rules.PrincipalForm},
		"a Region in an ARN":        {"arn:aws:iam:eu-west-1:111111111111:root", rules.PrincipalForm},
		"an unknown partition":      {"arn:aws-moon:iam::111111111111:root", rules.PrincipalForm},
		"a name behind the root":    {"arn:aws:iam::111111111111:root/alice", rules.PrincipalForm},
		"a role name with a space":  {"arn:aws:iam::111111111111:role/My Role", rules.PrincipalForm},
		"a role name beyond ASCII":  {"arn:aws:iam::111111111111:role/Prüfer", rules.PrincipalForm},
		"a line break behind it":    {"arn:aws:iam::111111111111:role/Deployer\n", rules.PrincipalForm},
		"another kind of resource":  {"arn:aws:s3:::bucket", rules.PrincipalForm},
	})
}

func TestCheckAccountID(t *testing.T) {
	runChecks(t, rules.CheckAccountID, map[string]checkCase[string]{
		"twelve digits":   {"111111111111", ok},
		"zeros in front":  {"000000000001", ok},
		"nothing":         {"", rules.PrincipalForm},
		"eleven digits":   {"11111111111", rules.PrincipalForm},
		"thirteen digits": {"1111111111111", rules.PrincipalForm},
		"a letter":        {"11111111111a", rules.PrincipalForm},
		"a root ARN":      {"arn:aws:iam::111111111111:root", rules.PrincipalForm},
		"Arabic digits":   {"١١١١١١١١١١١١", rules.PrincipalForm},
		"a line break":    {"111111111111\n", rules.PrincipalForm},
	})
}

func TestTextsOfPrincipals(t *testing.T) {
	const ownFix = "use an account ID of 12 digits, arn:aws:iam::<account>:root, …:role/<name>, …:user/<name>, <service>.amazonaws.com or *"
	for value, tc := range map[string]struct{ what, fix string }{
		"arn:aws:organizations::111111111111:organization/o-a1b2c3d4e5": {
			"is an organization or OU, which endpoint services do not support",
			"list the accounts of the organization, or allow * with AcceptanceRequired and accept by account",
		},
		"arn:aws:sts::111111111111:assumed-role/Deployer/session": {
			"is a session", "use the role itself: arn:aws:iam::<account>:role/<name>",
		},
		"arn:aws:iam::111111111111:role/service/Deployer": {
			"has a path", "allow the account, or a role without a path",
		},
		"arn:aws:iam::111111111111:role/*": {"has a wildcard inside an ARN", ownFix},
		"alice":                            {"is not an account, role, user or AWS service", ownFix},
	} {
		runTexts(t, map[string]textCase{
			"a value that " + tc.what: {
				func(r *rules.Report) { rules.CheckPrincipal(r, "AllowedPrincipals[0]", value) },
				`AllowedPrincipals[0]: "` + value + `" ` + tc.what + ` [privateapi:principal]
  AWS: InvalidPrincipal: Invalid Principal
  Fix: ` + tc.fix,
			},
		})
	}
}

func TestTextsOfAccountsAndPartitions(t *testing.T) {
	runTexts(t, map[string]textCase{
		"an account ID": {
			func(r *rules.Report) { rules.CheckAccountID(r, "Account", "1111") },
			`Account: "1111" is not an account ID of 12 digits [privateapi:principal]
  AWS: InvalidPrincipal: Invalid Principal
  Fix: use an account ID of 12 digits, arn:aws:iam::<account>:root, …:role/<name>, …:user/<name>, <service>.amazonaws.com or *`,
		},
		"a principal of another partition": {
			func(r *rules.Report) {
				rules.CheckPrincipalPartition(r, "AllowedPrincipals[0]", "arn:aws:iam::111111111111:root", "cn-north-1")
			},
			`AllowedPrincipals[0]: "arn:aws:iam::111111111111:root" is of partition aws, but cn-north-1 is in aws-cn [privateapi:principal]
  AWS: InvalidPrincipal: Invalid Principal
  Fix: name a principal of partition aws-cn`,
		},
	})
}

func TestPartition(t *testing.T) {
	for region, want := range map[string]string{
		"us-east-1":       "aws",
		"eu-west-1":       "aws",
		"ap-southeast-7":  "aws",
		"mx-central-1":    "aws",
		"cn-north-1":      "aws-cn",
		"cn-northwest-1":  "aws-cn",
		"us-gov-west-1":   "aws-us-gov",
		"us-gov-east-1":   "aws-us-gov",
		"us-iso-east-1":   "aws-iso",
		"us-iso-west-1":   "aws-iso",
		"us-isob-east-1":  "aws-iso-b",
		"eu-isoe-west-1":  "aws-iso-e",
		"us-isof-south-1": "aws-iso-f",
		"eusc-de-east-1":  "aws-eusc",
	} {
		t.Run(region, func(t *testing.T) {
			if got := rules.Partition(region); got != want {
				t.Errorf("partition = %q, want %q", got, want)
			}
			principal := "arn:" + want + ":iam::111111111111:role/Deployer"
			var r rules.Report
			rules.CheckPrincipal(&r, "Property", principal)
			rules.CheckPrincipalPartition(&r, "Property", principal, region)
			if r.Problems() != nil {
				t.Errorf("%s is refused in its own partition: %v", principal, r.Problems())
			}
		})
	}
}

func TestCheckPrincipalPartition(t *testing.T) {
	for name, tc := range map[string]struct {
		arn, region string
		breaks      rules.Rule
	}{
		"a role of China in Ireland":  {"arn:aws-cn:iam::111111111111:role/Deployer", "eu-west-1", rules.PrincipalForm},
		"a root of GovCloud in China": {"arn:aws-us-gov:iam::111111111111:root", "cn-north-1", rules.PrincipalForm},
		"a role of Ireland in Europe": {"arn:aws:iam::111111111111:role/Deployer", "eusc-de-east-1", rules.PrincipalForm},
		"a Region that is unknown":    {"arn:aws-cn:iam::111111111111:root", "", ok},
		"an account ID":               {"111111111111", "cn-north-1", ok},
		"everyone":                    {rules.Everyone, "cn-north-1", ok},
		"no principal":                {"", "cn-north-1", ok},
	} {
		check := func(r *rules.Report, property, arn string) {
			rules.CheckPrincipalPartition(r, property, arn, tc.region)
		}
		runChecks(t, check, map[string]checkCase[string]{name: {tc.arn, tc.breaks}})
	}
}

func TestServiceNamePrefix(t *testing.T) {
	for region, want := range map[string]string{
		"eu-west-1":       "com.amazonaws.vpce",
		"us-gov-west-1":   "com.amazonaws.vpce",
		"cn-north-1":      "cn.com.amazonaws.vpce",
		"cn-northwest-1":  "cn.com.amazonaws.vpce",
		"us-iso-east-1":   "gov.ic.c2s.vpce",
		"us-isob-east-1":  "gov.sgov.sc2s.vpce",
		"eu-isoe-west-1":  "uk.adc-e.cloud.vpce",
		"us-isof-south-1": "gov.ic.hci.csp.vpce",
		"eusc-de-east-1":  "eu.amazonaws.vpce",
	} {
		t.Run(region, func(t *testing.T) {
			if got := rules.ServiceNamePrefix(region); got != want {
				t.Errorf("prefix = %q, want %q", got, want)
			}
			name := want + "." + region + ".vpce-svc-0123456789abcdef0"
			if got, kind := rules.ParseServiceName(name); got != region || kind != rules.EndpointService {
				t.Errorf("ParseServiceName(%q) = %q, %v", name, got, kind)
			}
		})
	}
}

func FuzzCheckPrincipal(f *testing.F) {
	f.Add("arn:aws:iam::111111111111:role/Deployer", "eu-west-1")
	f.Add("arn:aws:organizations::111111111111:ou/o-a1b2c3d4e5/ou-ab12-cdefghij", "cn-north-1")
	f.Add("111111111111", "")
	f.Add("arn:::::*", "us-gov-\xff")
	f.Fuzz(func(t *testing.T, arn, region string) {
		var form, partition rules.Report
		rules.CheckPrincipal(&form, "Principal", arn)
		rules.CheckPrincipalPartition(&partition, "Principal", arn, region)
		if len(form.Problems())+len(partition.Problems()) > 1 {
			t.Errorf("%q in %q has two problems: %v %v", arn, region, form.Problems(), partition.Problems())
		}
	})
}
