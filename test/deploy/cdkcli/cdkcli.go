// Package cdkcli runs the CDK CLI as users do, against the local AWS API.
package cdkcli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// timeout ends a run of the CLI. A deployment takes a few seconds, and minutes on a busy machine.
const timeout = 5 * time.Minute

// CLI is the CDK CLI with a home of its own: in the user's, it caches accounts by access key, and finds settings.
type CLI struct {
	home     string
	bin      string
	endpoint []string
}

// New returns the CLI of package.json. root is the repository, home an empty directory, and endpoint the environment
// variables that direct the CLI to the local AWS API.
func New(root, home string, endpoint []string) (*CLI, error) {
	bin := filepath.Join(root, "node_modules", ".bin")
	if _, err := os.Stat(filepath.Join(bin, "cdk")); err != nil {
		return nil, fmt.Errorf("run make setup, which installs the CDK CLI: %w", err)
	}
	return &CLI{home: home, bin: bin, endpoint: endpoint}, nil
}

// Failure is a failed run of the CLI, with its output.
type Failure struct {
	Args   []string
	Output string
	Err    error
}

// Error returns the command and its output.
func (f *Failure) Error() string {
	return fmt.Sprintf("cdk %s: %v\n%s", strings.Join(f.Args, " "), f.Err, f.Output)
}

// Unwrap returns the error of the process.
func (f *Failure) Unwrap() error { return f.Err }

// Bootstrap bootstraps an environment. Accounts in trust are trusted to deploy to it.
func (c *CLI) Bootstrap(ctx context.Context, as aws.Config, account, region string, trust ...string) (string, error) {
	args := []string{"bootstrap", "aws://" + account + "/" + region}
	if len(trust) > 0 {
		args = append(args, "--trust", strings.Join(trust, ","),
			"--cloudformation-execution-policies", "arn:aws:iam::aws:policy/AdministratorAccess")
	}
	return c.run(ctx, &as, c.compiled(), args...)
}

// Synth runs an app with context, and writes its assembly to output.
func (c *CLI) Synth(ctx context.Context, app, output string, contexts map[string]string) (string, error) {
	args := []string{"synth", "--quiet", "--app", app, "--output", output}
	for key, value := range contexts {
		args = append(args, "--context", key+"="+value)
	}
	return c.Run(ctx, nil, args...)
}

// App runs an app as the CLI does to synthesise it, with context of any type: on the command line, all values are text.
func (c *CLI) App(ctx context.Context, app, output string, contexts map[string]any) error {
	content, err := os.ReadFile(filepath.Join(c.home, "cdk.json"))
	if err != nil {
		return err
	}
	settings := struct{ Context map[string]any }{}
	if err := json.Unmarshal(content, &settings); err != nil {
		return err
	}
	settings.Context["aws:cdk:enable-path-metadata"] = true // as the CLI does
	maps.Copy(settings.Context, contexts)
	if content, err = json.Marshal(settings.Context); err != nil {
		return err
	}
	env, err := c.environment(ctx, nil)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, app)
	cmd.Dir, cmd.Env = c.home, append(env, "CDK_OUTDIR="+output, "CDK_CONTEXT_JSON="+string(content))
	if printed, err := cmd.CombinedOutput(); err != nil {
		return &Failure{Args: []string{"synth", app}, Output: string(printed), Err: err}
	}
	return nil
}

// Deploy deploys one stack of an assembly. Options are further arguments of cdk deploy.
func (c *CLI) Deploy(ctx context.Context, as aws.Config, assembly, stack string, options ...string) (string, error) {
	args := []string{"deploy", stack, "--exclusively", "--app", assembly, "--require-approval", "never", "--progress", "events"}
	return c.run(ctx, &as, c.compiled(), append(args, options...)...)
}

// Destroy deletes one stack of an assembly.
func (c *CLI) Destroy(ctx context.Context, as aws.Config, assembly, stack string) (string, error) {
	return c.run(ctx, &as, c.compiled(), "destroy", stack, "--exclusively", "--force", "--app", assembly)
}

// Run runs the CLI and returns its output. as has the credentials; it is nil for commands that need none.
func (c *CLI) Run(ctx context.Context, as *aws.Config, args ...string) (string, error) {
	return c.run(ctx, as, nil, args...)
}

// compiled lets Node keep what it compiles: the CLI is one script of 16 MB. It is not for runs of an app, whose modules have another path each time.
func (c *CLI) compiled() []string {
	return []string{"NODE_COMPILE_CACHE=" + filepath.Join(c.home, "node")}
}

func (c *CLI) run(ctx context.Context, as *aws.Config, more []string, args ...string) (string, error) {
	args = append(args, "--no-notices", "--no-version-reporting")
	env, err := c.environment(ctx, as)
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, filepath.Join(c.bin, "cdk"), args...)
	cmd.Dir, cmd.Env = c.home, append(env, more...)
	output := bytes.Buffer{}
	cmd.Stdout, cmd.Stderr = &output, &output
	if err := cmd.Run(); err != nil {
		return output.String(), &Failure{Args: args, Output: output.String(), Err: err}
	}
	return output.String(), nil
}

// environment returns the variables of this process without those of AWS and CDK, and with those that keep the CLI offline.
func (c *CLI) environment(ctx context.Context, as *aws.Config) ([]string, error) {
	path := c.bin
	env := slices.DeleteFunc(os.Environ(), func(entry string) bool {
		if rest, found := strings.CutPrefix(entry, "PATH="); found {
			path += string(os.PathListSeparator) + rest
			return true
		}
		return strings.HasPrefix(entry, "AWS_") || strings.HasPrefix(entry, "CDK_")
	})
	env = append(env, c.endpoint...)
	env = append(env,
		"PATH="+path,
		"CDK_HOME="+c.home,
		"CDK_DISABLE_CLI_TELEMETRY=true",
		"CDK_VALIDATION=false", // the tests of the examples validate their templates
		"AWS_CONFIG_FILE="+filepath.Join(c.home, "config"),
		"AWS_SHARED_CREDENTIALS_FILE="+filepath.Join(c.home, "credentials"),
		"AWS_EC2_METADATA_DISABLED=true",
	)
	if as == nil {
		return env, nil
	}
	keys, err := as.Credentials.Retrieve(ctx)
	if err != nil {
		return nil, err
	}
	return append(env,
		"AWS_REGION="+as.Region,
		"AWS_ACCESS_KEY_ID="+keys.AccessKeyID,
		"AWS_SECRET_ACCESS_KEY="+keys.SecretAccessKey,
		"AWS_SESSION_TOKEN="+keys.SessionToken), nil
}
