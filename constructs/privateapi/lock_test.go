package privateapi_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/lock"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// lockedProvider returns an app with a provider, whose construct has an ID.
func lockedProvider(t *testing.T, id string) awscdk.App {
	t.Helper()
	app := proofApp(t)
	stack := cdktest.StackIn(app, "Pricing", cdktest.Account)
	privateapi.NewPrivateApiProvider(stack, jsii.String(id), providerProps(stack))
	return app
}

func TestCheckLock(t *testing.T) {
	defer cdktest.Recover(t)
	file := filepath.Join(t.TempDir(), "privateapi.lock.json")
	props := &privateapi.CheckLockProps{File: &file}

	app := lockedProvider(t, "Api")
	privateapi.CheckLock(app, props)
	dir := *app.Synth(nil).Directory()
	wantIn(t, readFile(t, filepath.Join(dir, "validation-report.json")), `"severity": "warning"`, "nothing is compared with the lock: there is no "+file)
	a, err := assembly.Load(assembly.Input{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, lock.Marshal(lock.Of(&rules.Report{}, a)), 0o600); err != nil {
		t.Fatal(err)
	}

	// Beside the proof, which is a plugin of the same name.
	renamed := func(acknowledge ...string) awscdk.App {
		app := lockedProvider(t, "Renamed")
		privateapi.ProveReachability(app, nil)
		privateapi.CheckLock(app, props)
		for _, id := range acknowledge {
			awscdk.Validations_Of(app).Acknowledge(&awscdk.Acknowledgment{Id: jsii.String(id), Reason: jsii.String("nobody is connected")})
		}
		return app
	}
	text := refused(t, renamed())
	wantIn(t, text, "ERROR ", "(Pricing/Api/EndpointService): is now Pricing/Renamed/EndpointService (RenamedEndpointService", "cdk refactor",
		"Acknowledge with 'privateapi::lockMoved[Pricing/ApiEndpointService")
	var ids []string
	for _, match := range acknowledgedBy.FindAllStringSubmatch(text, -1) {
		ids = append(ids, match[1])
	}
	report := readFile(t, filepath.Join(*renamed(ids...).Synth(nil).Directory(), "validation-report.json"))
	wantIn(t, report, `"suppressedViolations"`, `"reason": "nobody is connected"`, "locked resources: ")

	if err := os.WriteFile(file, []byte(`{"version": 2}`), 0o600); err != nil {
		t.Fatal(err)
	}
	app = cdktest.App(t, map[string]any{"@aws-cdk/core:appMode": "inmemory"})
	cdktest.StackIn(app, "Empty", cdktest.Account)
	privateapi.CheckLock(app, props)
	wantIn(t, refused(t, app), "FATAL", "nothing is compared with the lock: "+file+": lock: 1 problem")
}

func TestCheckLockProps(t *testing.T) {
	defer cdktest.Recover(t)
	cdktest.WantPanic(t, "CheckLock: supply the App or a Stage", func() { privateapi.CheckLock(nil, nil) })
	app := cdktest.App(t, nil)
	for name, file := range map[string]*string{"is empty": jsii.String(""), "is a token": awscdk.Aws_REGION()} {
		cdktest.WantPanic(t, "File: "+name, func() { privateapi.CheckLock(app, &privateapi.CheckLockProps{File: file}) })
	}
}
