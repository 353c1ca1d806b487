package rules

import "strings"

// The rules of the private DNS name of an endpoint service: its verification, and what it answers.
var (
	PrivateDnsAnswers = Rule{
		ID: "privateapi:privateDnsAnswers", Severity: Error,
		Summary: "The private DNS name of a service answers itself alone; one that begins with *. answers the names below it.",
		AWS:     "answers no other name by the endpoint: clients get what public DNS has, or NXDOMAIN",
		Fix:     "set DomainNames to names that it answers, give the provider a PrivateDnsName that answers them, or use a private hosted zone",
		Source:  privateLink + "manage-dns-names.html",
	}
	VerificationName = Rule{
		ID: "privateapi:verificationName", Severity: Error,
		Summary: "Only a service with a private DNS name has something to verify.",
		AWS:     "InvalidParameter: the service has no private DNS name",
		Fix:     "set PrivateDnsName of the provider",
		Source:  privateLink + "manage-dns-names.html",
	}
	VerificationTwice = Rule{
		ID: "privateapi:verificationTwice", Severity: Error,
		Summary: "A private DNS name is verified once: it has one TXT record.",
		AWS:     "InvalidChangeBatch: tried to create resource record set, but it already exists",
		Fix:     "remove one of the two",
		Source:  privateLink + "manage-dns-names.html",
	}
	VerificationZone = Rule{
		ID: "privateapi:verificationZone", Severity: Error,
		Summary: "AWS looks for the TXT record in public DNS, in a zone that has the private DNS name.",
		AWS:     "leaves the name in pendingVerification and then failed",
		Fix:     "use the public hosted zone of the domain",
		Source:  privateLink + "manage-dns-names.html",
	}
	VerificationTimeout = Rule{
		ID: "privateapi:verificationTimeout", Severity: Error,
		Summary: "A verification waits " + VerificationSeconds.between() + " seconds: a Lambda function runs for at most 15 minutes, one of which is for the answer.",
		AWS:     "ends the function before it answers; the deployment then waits for an hour by default, and fails without a reason",
		Fix:     "use a VerificationTimeout from 30 seconds to 14 minutes; deploy again if AWS needs longer",
		Source:  "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
	}
	VerificationEnvironment = Rule{
		ID: "privateapi:verificationEnvironment", Severity: Error,
		Summary: "A verification is in the account and the Region of the service, and a record in the account of its zone.",
		AWS:     "InvalidVpcEndpointServiceId.NotFound: the service does not exist; or AccessDenied, for the record",
		Fix:     "define it in a stack of the account and Region of the provider",
		Source:  ec2API + "API_StartVpcEndpointServicePrivateDnsVerification.html",
	}
)

// VerificationSeconds is for how long a verification can wait.
var VerificationSeconds = Range{30, 14 * 60}

// Verification returns the rules that the constructs of package dnsverification enforce besides those of [All].
func Verification() []Rule {
	return []Rule{VerificationZone, VerificationTimeout, VerificationEnvironment}
}

// CheckVerificationTimeout reports a time for which a verification cannot wait.
func CheckVerificationTimeout(r *Report, property string, seconds float64) {
	checkWhole(r, VerificationTimeout, property, seconds, VerificationSeconds)
}

// CheckVerificationZone reports a zone that cannot have the TXT record for a private DNS name.
func CheckVerificationZone(r *Report, property, zone, privateDnsName string) {
	found := &Report{}
	CheckNameInZone(found, property, VerifiedDomain(privateDnsName), zone)
	if found.HasErrors() {
		r.Add(VerificationZone, property, "is %s, which does not have %s", strings.TrimSuffix(zone, "."), VerifiedDomain(privateDnsName))
	}
}

// VerifiedDomain is the domain whose owner can use a private DNS name: that of a wildcard is the name below which it answers.
func VerifiedDomain(privateDnsName string) string { return strings.TrimPrefix(privateDnsName, "*.") }

// CheckPrivateDnsNameAnswers reports a name that the private DNS name of a service does not answer.
func CheckPrivateDnsNameAnswers(r *Report, property, privateDnsName, name string) {
	if name == privateDnsName {
		return
	}
	if strings.HasPrefix(privateDnsName, "*.") && strings.HasSuffix(name, privateDnsName[1:]) {
		return
	}
	r.Add(PrivateDnsAnswers, property, "%q is not answered by %q, the private DNS name of the service", name, privateDnsName)
}
