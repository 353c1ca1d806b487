// Package publicapi offers APIs behind an internet-facing Application Load Balancer, where many people start, and the way out.
package publicapi
