package rules

import (
	"regexp"
	"strings"
)

// Everyone is the principal that allows every AWS account.
const Everyone = "*"

var principalARN = regexp.MustCompile(`^arn:(aws|aws-cn|aws-us-gov|aws-iso|aws-iso-b|aws-iso-e|aws-iso-f|aws-eusc):iam::(\d{12}):(root|role/[\w+=,.@-]+|user/[\w+=,.@-]+)$`)

// servicePrincipal is the principal of an AWS service, which EC2 accepts too: https://github.com/aws/aws-cdk/pull/29512.
var servicePrincipal = regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9-]+)*\.(amazonaws\.com|amazonaws\.com\.cn|amazonaws\.eu|amazon\.com|aws\.internal)$`)

// IsAccountID reports whether s is twelve digits.
func IsAccountID(s string) bool { return accountID.MatchString(s) }

// CheckAccountID reports anything but twelve digits.
func CheckAccountID(r *Report, property, id string) {
	if !IsAccountID(id) {
		r.Add(PrincipalForm, property, "%q is not an account ID of 12 digits", id)
	}
}

// CheckPrincipal reports a principal that AWS does not document for endpoint services:
// anything but an account root, a role or user without a path, an AWS service, or "*". A bare account ID is accepted.
func CheckPrincipal(r *Report, property, arn string) {
	if arn == Everyone || IsAccountID(arn) || principalARN.MatchString(arn) || servicePrincipal.MatchString(arn) {
		return
	}
	fields := strings.SplitN(arn, ":", 6)
	switch {
	case len(fields) == 6 && fields[2] == "organizations":
		r.AddWithFix(PrincipalForm, property,
			"list the accounts of the organization, or allow * with AcceptanceRequired and accept by account",
			"%q is an organization or OU, which endpoint services do not support", arn)
	case len(fields) == 6 && fields[2] == "sts":
		r.AddWithFix(PrincipalForm, property,
			"use the role itself: arn:aws:iam::<account>:role/<name>",
			"%q is a session", arn)
	case len(fields) == 6 && fields[2] == "iam" && strings.Contains(arn, "*"):
		r.Add(PrincipalForm, property, "%q has a wildcard inside an ARN", arn)
	case len(fields) == 6 && fields[2] == "iam" && strings.Count(fields[5], "/") > 1:
		r.AddWithFix(PrincipalForm, property,
			"allow the account, or a role without a path",
			"%q has a path", arn)
	default:
		r.Add(PrincipalForm, property, "%q is not an account, role, user or AWS service", arn)
	}
}

// CheckPrincipalPartition reports an ARN whose partition is not the Region's. Either may be empty.
func CheckPrincipalPartition(r *Report, property, arn, region string) {
	m := principalARN.FindStringSubmatch(arn)
	if m == nil || region == "" {
		return
	}
	if want := Partition(region); m[1] != want {
		r.AddWithFix(PrincipalForm, property, "name a principal of partition "+want,
			"%q is of partition %s, but %s is in %s", arn, m[1], region, want)
	}
}

// Partition returns the partition that a Region belongs to.
func Partition(region string) string {
	for prefix, partition := range map[string]string{
		"cn-": "aws-cn", "us-gov-": "aws-us-gov", "us-iso-": "aws-iso", "us-isob-": "aws-iso-b",
		"eu-isoe-": "aws-iso-e", "us-isof-": "aws-iso-f", "eusc-": "aws-eusc",
	} {
		if strings.HasPrefix(region, prefix) {
			return partition
		}
	}
	return "aws"
}

// ServiceNamePrefix returns the prefix of endpoint service names in a Region. The source is CDK's region-info.
func ServiceNamePrefix(region string) string {
	switch Partition(region) {
	case "aws-cn":
		return "cn.com.amazonaws.vpce"
	case "aws-iso":
		return "gov.ic.c2s.vpce"
	case "aws-iso-b":
		return "gov.sgov.sc2s.vpce"
	case "aws-iso-e":
		return "uk.adc-e.cloud.vpce"
	case "aws-iso-f":
		return "gov.ic.hci.csp.vpce"
	case "aws-eusc":
		return "eu.amazonaws.vpce"
	}
	return "com.amazonaws.vpce"
}
