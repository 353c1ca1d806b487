// Command moving is a CDK app of an API over PrivateLink and over another transport, and of a consumer that moves from one to the other and
// back. It writes the assembly of each step to a folder of its own, which has the name of the step; the folders are in the assembly of the
// first.
package main

import (
	"path/filepath"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
)

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	define(app, step{service: privateLink})
	app.Synth(nil)
	for name, s := range map[string]step{
		"connecting": {service: privateLink, previous: another},
		"leaving":    {service: another, previous: privateLink},
		"moved":      {service: another},
		"returning":  {service: privateLink, previous: another},
		"returned":   {service: privateLink},
	} {
		other := awscdk.NewApp(&awscdk.AppProps{Outdir: jsii.String(filepath.Join(*app.Outdir(), name))})
		define(other, s)
		other.Synth(nil)
	}
}

func define(app awscdk.App, s step) { newConsumerStack(app, newProvider(app), s) }
