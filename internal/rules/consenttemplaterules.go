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
	ParameterTier = Rule{
		ID: "privateapi:parameterTier", Severity: Warning,
		Summary: "An SSM parameter that is shared with other accounts is in the advanced tier.",
		AWS:     "InvalidParameterException: only parameters of the advanced tier can be shared",
		Fix:     "set Tier of the parameter to Advanced",
		Source:  parameterStore + "parameter-store-shared-parameters.html",
	}
	ContractTerms = Rule{
		ID: "privateapi:contractTerms", Severity: Error,
		Summary: "A contract says what the endpoint service of the templates is.",
		AWS:     "does not read the contract: consumers that rely on it are refused, or wait for an answer that does not come",
		Fix:     "publish the contract of this version of the service, and give it to the consumers",
		Source:  privateLink + "privatelink-share-your-services.html",
	}
)
