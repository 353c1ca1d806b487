package dnsverification

// Handler is the source of the Lambda function.
var Handler = handler
