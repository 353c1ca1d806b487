// Package routedapi defines APIs behind an internal Application Load Balancer that clients reach by route: over a VPC peering connection
// (package vpcpeering), over a transit gateway (package transitgateway), or in the VPC of the API itself.
package routedapi
