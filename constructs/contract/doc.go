// Package contract publishes the contract of a private API: what teams in other apps and accounts need to call it.
//
// A [ServiceContract] writes it into two SSM parameters, which it can share with other accounts by AWS RAM, and into the template and outputs
// of its stack, from which the command privateapi contract writes a file:
//
//	contract.NewServiceContract(stack, jsii.String("Contract"), &contract.ServiceContractProps{
//		Service:    pricing, // a provider over PrivateLink, an API over VPC Lattice, or one that is reached by route
//		Name:       jsii.String("pricing"),
//		ShareWith: jsii.Strings("222222222222"),
//	})
//
// The other team imports the service by privateapi.PrivateApiService_FromContract, lattice.Api_FromContract or routedapi.Api_FromContract.
// docs/contract.md has each way, and what moves at deploy time.
package contract
