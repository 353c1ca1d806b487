package rules

const parameterStore = "https://docs.aws.amazon.com/systems-manager/latest/userguide/"

// The rules of the contract that a service publishes for consumers in other apps.
var (
	ContractForm = Rule{
		ID: "privateapi:contract", Severity: Error,
		Summary: "A contract is JSON with the members of its version and transport, and no others.",
		AWS:     "never sees the contract: a member that is misread becomes an endpoint or a name that does not work",
		Fix:     "take the text as privateapi contract or the SSM parameter has it; docs/privateapi.contract.schema.json describes it",
		Source:  privateLink + "privatelink-share-your-services.html",
	}
	ContractVersion = Rule{
		ID: "privateapi:contractVersion", Severity: Error,
		Summary: "The version of a contract is 1.",
		AWS:     "never sees the contract: what another version means is not known here",
		Fix:     "update this module, or publish the contract with the version of the module that reads it",
		Source:  privateLink + "privatelink-share-your-services.html",
	}
	ContractTransport = Rule{
		ID: "privateapi:contractTransport", Severity: Error,
		Summary: "A contract is read by the function of its transport.",
		AWS:     "reaches each transport by other resources: an interface endpoint, a service network, or routes",
		Fix:     "use the function of the transport",
		Source:  "https://docs.aws.amazon.com/whitepapers/latest/building-scalable-secure-multi-vpc-network-infrastructure/welcome.html",
	}
	ContractHalves = Rule{
		ID: "privateapi:contractHalves", Severity: Error,
		Summary: "What a contract says of the deployed service agrees with what it says of the service.",
		AWS:     "connects to what the name or the ARN says, whatever the rest of the contract is of",
		Fix:     "write the contract anew: privateapi contract --assembly cdk.out --outputs outputs.json",
		Source:  privateLink + "create-endpoint-service.html",
	}
	ContractDeployed = Rule{
		ID: "privateapi:contractDeployed", Severity: Error,
		Summary: "A consumer needs the half of a contract that only a deployment knows, or its values from elsewhere.",
		AWS:     "generates the name of the service when it is deployed: no synthesis knows it",
		Fix:     "write the contract with the outputs of the deployment: privateapi contract --outputs outputs.json",
		Source:  privateLink + "create-endpoint-service.html",
	}
	ContractAtDeploy = Rule{
		ID: "privateapi:contractAtDeploy", Severity: Error,
		Summary: "The text of a contract is known at synthesis.",
		AWS:     "has no function in CloudFormation that reads a member of a JSON text",
		Fix:     "look the parameter up at synthesis by awsssm.StringParameter_ValueFromLookup, or read a file; only the service name can be a token",
		Source:  cfnEc2 + "intrinsic-function-reference.html",
	}
	ContractUnknown = Rule{
		ID: "privateapi:contractUnknown", Severity: Warning,
		Summary: "Until a contract is looked up, its service is not known, and nothing of it is checked.",
		AWS:     "would reject the placeholder, if this template were deployed",
		Fix:     "let the CDK CLI look it up: it synthesises again with the answer",
		Source:  "https://docs.aws.amazon.com/cdk/v2/guide/context.html",
	}
	ContractName = Rule{
		ID: "privateapi:contractName", Severity: Error,
		Summary: "The name of a contract is one part of the names of SSM parameters, known at synthesis.",
		AWS:     "ValidationException: Parameter name must be a fully qualified name of letters, digits and the symbols . - _ /",
		Fix:     "use letters, digits, dots, hyphens and underscores, such as pricing",
		Source:  parameterStore + "sysman-paramstore-su-create.html",
	}
	ContractNameTwice = Rule{
		ID: "privateapi:contractNameTwice", Severity: Error,
		Summary: "Each contract of a stack, and of an account and Region in one app, has a name of its own.",
		AWS:     "ParameterAlreadyExists: The parameter already exists",
		Fix:     "choose another Name",
		Source:  parameterStore + "sysman-paramstore-su-create.html",
	}
	ContractService = Rule{
		ID: "privateapi:contractService", Severity: Error,
		Summary: "A contract is of a service that is reached over PrivateLink, VPC Lattice or a route, and of which enough is known.",
		AWS:     "would let consumers connect to nothing: the contract has not what their templates need",
		Fix:     "publish the provider itself, or an import of its contract",
		Source:  privateLink + "create-endpoint-service.html",
	}
	ContractShare = Rule{
		ID: "privateapi:contractShare", Severity: Error,
		Summary: "A contract is shared with accounts, organizational units and organizations.",
		AWS:     "shares a parameter with accounts inside or outside of the organization, with organizational units and with an organization, and with nobody else",
		Fix:     "use an account ID of 12 digits, or the ARN of an organization or an organizational unit",
		Source:  parameterStore + "parameter-store-shared-parameters.html",
	}
	ContractSize = Rule{
		ID: "privateapi:contractSize", Severity: Error,
		Summary: "The value of an SSM parameter has at most 4,096 characters; in the advanced tier, which sharing needs, 8,192.",
		AWS:     "ValidationException: Standard tier parameters support a maximum parameter value of 4096 characters",
		Fix:     "publish fewer names in one contract",
		Source:  parameterStore + "parameter-store-advanced-parameters.html",
	}
	ZonesDropped = Rule{
		ID: "privateapi:zonesDropped", Severity: Warning,
		Summary: "A consumer whose ZoneIds are known keeps the subnets that are in Availability Zones of the service.",
		AWS:     "InvalidParameter: The VPC endpoint service does not support the availability zone of the subnet, if the subnet stayed",
		Fix:     "ask the owner of the service for the zone, or select subnets in the zones of the service by Subnets",
		Source:  privateLink + "create-interface-endpoint.html",
	}
	ZoneIDUnknown = Rule{
		ID: "privateapi:zoneIdUnknown", Severity: Warning,
		Summary: "ZoneIds of a consumer have each zone of its subnets.",
		AWS:     "InvalidParameter: The VPC endpoint service does not support the availability zone of the subnet, if the service is not there",
		Fix:     "add the zone to ZoneIds: aws ec2 describe-availability-zones shows its ID",
		Source:  "https://docs.aws.amazon.com/ram/latest/userguide/working-with-az-ids.html",
	}
)

// Contract returns the rules of contracts.
func Contract() []Rule {
	return []Rule{
		ContractForm, ContractVersion, ContractTransport, ContractHalves, ContractDeployed, ContractAtDeploy, ContractUnknown,
		ContractName, ContractNameTwice, ContractService, ContractShare, ContractSize, ZonesDropped, ZoneIDUnknown,
	}
}
