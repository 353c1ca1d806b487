package rules

// Rules that templates break about consent and names across accounts, where the constructs cannot.
var (
	TxtRecord = Rule{
		ID: "privateapi:txtRecord", Severity: Error,
		Summary: "The TXT record of a private DNS name is in a public hosted zone of the domain, with the name and the value that the endpoint service has.",
		AWS:     "leaves the name in pendingVerification, and then failed: it does not resolve",
		Fix:     "publish PrivateDnsNameConfiguration.Name, a dot and the domain as the name, and PrivateDnsNameConfiguration.Value in quotes, in the public zone",
		Source:  privateLink + "manage-dns-names.html",
	}
)
