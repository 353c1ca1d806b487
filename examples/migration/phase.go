package main

import (
	"slices"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/publicapi"
)

// phases are the phases in their order.
var phases = []publicapi.Phase{
	publicapi.Phase_STATUS_QUO, publicapi.Phase_ATTACH, publicapi.Phase_DUAL_RUN, publicapi.Phase_WATCH, publicapi.Phase_CLOSE, publicapi.Phase_INTERNAL,
}

// phaseOf is the phase that the app is deployed for: cdk.json has it, and -c phase=DUAL_RUN replaces it.
func phaseOf(scope constructs.Construct) publicapi.Phase {
	phase, _ := scope.Node().TryGetContext(jsii.String("phase")).(string)
	return publicapi.Phase(phase)
}

// isFrom reports whether a phase has come.
func isFrom(scope constructs.Construct, phase publicapi.Phase) bool {
	return slices.Index(phases, phaseOf(scope)) >= slices.Index(phases, phase)
}
