package publicapi_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/publicapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// CloudFormation deploys a phase from the one before, from itself and from the one after. Only the first deployment finds no record.
func TestPhaseIsCompared(t *testing.T) {
	defer cdktest.Recover(t)
	for phase, want := range map[publicapi.Phase][]any{
		publicapi.Phase_STATUS_QUO: {"STATUS_QUO", "ATTACH"},
		publicapi.Phase_ATTACH:     {"STATUS_QUO", "ATTACH", "DUAL_RUN"},
		publicapi.Phase_DUAL_RUN:   {"ATTACH", "DUAL_RUN", "WATCH"},
		publicapi.Phase_WATCH:      {"DUAL_RUN", "WATCH", "CLOSE"},
		publicapi.Phase_CLOSE:      {"WATCH", "CLOSE", "INTERNAL"},
		publicapi.Phase_INTERNAL:   {"CLOSE", "INTERNAL"},
	} {
		cdktest.Run(t, string(phase), func(t *testing.T) {
			stack := cdktest.Stack(t)
			newMigration(stack, phase)
			template := sectionsOf(t, stack)
			parameter := template["Parameters"]["MigrationRecordedPhase90132F6B"]
			if !cdktest.Contains(parameter, props{"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/privateapi/Stack/Migration/phase"}) {
				t.Errorf("parameter = %v", parameter)
			}
			rule := template["Rules"]["MigrationPhaseIsBesideB84795DF"]
			if !cdktest.Contains(rule, props{"Assertions": []any{props{"Assert": props{"Fn::Contains": []any{want, cdktest.Ref("MigrationRecordedPhase90132F6B")}}}}}) {
				t.Errorf("rule = %v, want it to accept %v", rule, want)
			}
		})
	}
	cdktest.Run(t, "not at the beginning", func(t *testing.T) {
		stack := cdktest.Stack(t)
		newMigration(stack, publicapi.Phase_STATUS_QUO, func(p *M) { p.Begin = jsii.Bool(true) })
		template := sectionsOf(t, stack)
		for section, id := range map[string]string{"Parameters": "MigrationRecordedPhase90132F6B", "Rules": "MigrationPhaseIsBesideB84795DF"} {
			if got, has := template[section][id]; has {
				t.Errorf("%s = %v, but no phase is recorded yet", section, got)
			}
		}
	})
}

// The record and the parameter that reads it have one name, which is the same in all phases and another for each migration.
func TestPhaseParameterName(t *testing.T) {
	defer cdktest.Recover(t)
	define := func(scope constructs.Construct, edit ...func(*M)) {
		p := migrationProps(scope)
		p.Phase = publicapi.Phase_STATUS_QUO
		for _, e := range edit {
			e(p)
		}
		publicapi.NewMigration(scope, jsii.String("Migration of prices"), p)
	}
	for want, build := range map[string]func(awscdk.Stack){
		"/privateapi/Stack/Migration-of-prices/phase": func(stack awscdk.Stack) { define(stack) },
		"/privateapi/Stack/Apis/Pricing/Migration-of-prices/phase": func(stack awscdk.Stack) {
			define(constructs.NewConstruct(constructs.NewConstruct(stack, jsii.String("Apis")), jsii.String("Pricing")))
		},
		"/pricing/phase": func(stack awscdk.Stack) {
			define(stack, func(p *M) { p.PhaseParameterName = jsii.String("/pricing/phase") })
		},
		"Pricing_phase": func(stack awscdk.Stack) {
			define(stack, func(p *M) { p.PhaseParameterName = jsii.String("Pricing_phase") })
		},
	} {
		cdktest.Run(t, want, func(t *testing.T) {
			stack := cdktest.Stack(t)
			build(stack)
			sections := sectionsOf(t, stack)
			var defaults []any
			for _, parameter := range sections["Parameters"] {
				defaults = append(defaults, parameter.(props)["Default"])
			}
			if !slices.Contains(defaults, any(want)) {
				t.Errorf("defaults of parameters = %v, want %s", defaults, want)
			}
			cdktest.SynthTemplate(t, stack).Has(t, "AWS::SSM::Parameter", props{"Name": want})
		})
	}
}

// Whoever knows what is deployed is told at synthesis; these are told nothing.
func TestDeployedPhasePasses(t *testing.T) {
	defer cdktest.Recover(t)
	for i, phase := range allPhases {
		for _, deployed := range allPhases[max(i-1, 0):min(i+2, len(allPhases))] {
			cdktest.Run(t, string(phase)+" after "+string(deployed), func(t *testing.T) {
				cdktest.Check(t, func() { newMigration(cdktest.Stack(t), phase, func(p *M) { p.DeployedPhase = deployed }) })
			})
		}
	}
}

// sectionsOf returns the sections of a template.
func sectionsOf(t *testing.T, stack awscdk.Stack) map[string]map[string]any {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(*awscdk.App_Of(stack).Synth(nil).Directory(), *stack.TemplateFile()))
	if err != nil {
		t.Fatal(err)
	}
	sections := map[string]map[string]any{}
	if err := json.Unmarshal(content, &sections); err != nil {
		t.Fatal(err)
	}
	if reflect.ValueOf(sections).Len() == 0 {
		t.Fatal("the template is empty")
	}
	return sections
}
