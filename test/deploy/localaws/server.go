// Package localaws starts the local AWS API, and speaks to it as an account of an organization.
package localaws

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

// Moto is the version of moto that the overlay is written for; it reaches into what moto does not promise to keep.
const Moto = "5.2.1"

// ErrMissing says that no Python here can serve the local AWS API. It is a reason to skip, not to fail.
var ErrMissing = errors.New("there is no Python with moto[server] " + Moto)

// Server is a local AWS API in a process of its own. Its state is in memory and ends with it.
type Server struct {
	port  int
	cmd   *exec.Cmd
	stdin io.Closer
}

// Start starts the server. dir is that of test/deploy, where the package localaws and the virtual environment of make
// deploy-test are. What the server logs goes to log.
func Start(dir string, log io.Writer) (*Server, error) {
	python, err := Python(dir)
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(python, "-m", "localaws")
	cmd.Dir, cmd.Stderr = dir, log
	// The roles of bootstrap have managed policies of AWS. Certificates are issued at once: nobody here validates a name.
	cmd.Env = append(os.Environ(), "MOTO_IAM_LOAD_MANAGED_POLICIES=true", "MOTO_ACM_VALIDATION_WAIT=0", "PYTHONDONTWRITEBYTECODE=1")
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	s := &Server{cmd: cmd, stdin: stdin}
	if err := s.readPort(stdout); err != nil {
		return nil, errors.Join(err, s.Stop())
	}
	return s, nil
}

func (s *Server) readPort(stdout io.Reader) error {
	line, err := bufio.NewReader(stdout).ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("the local AWS API did not start: %w", err)
	}
	ready := struct{ Port int }{}
	if err := json.Unmarshal(line, &ready); err != nil {
		return fmt.Errorf("the local AWS API said %q: %w", line, err)
	}
	s.port = ready.Port
	return nil
}

// Stop ends the server.
func (s *Server) Stop() error {
	return errors.Join(s.stdin.Close(), s.cmd.Wait())
}

// Environment is what the CDK CLI needs to find the server, apart from credentials.
func (s *Server) Environment() []string {
	return []string{
		"AWS_ENDPOINT_URL=" + s.url(),
		// moto reads the bucket of a template from the path of its URL only where the host is called localhost.
		fmt.Sprintf("AWS_ENDPOINT_URL_S3_FOR_CLOUDFORMATION=http://localhost:%d", s.port),
	}
}

// Account returns a configuration with the rights of an administrator of an account. The caller is the management
// account of the organization, and enters its members by the role that each has for it.
func (s *Server) Account(ctx context.Context, account, region string) (aws.Config, error) {
	management := aws.Config{
		Region:       region,
		BaseEndpoint: aws.String(s.url()),
		Credentials:  keys("AKIAMANAGEMENTACCOUNT", "unused", ""),
	}
	given, err := sts.NewFromConfig(management).AssumeRole(ctx, &sts.AssumeRoleInput{
		RoleArn:         aws.String("arn:aws:iam::" + account + ":role/OrganizationAccountAccessRole"),
		RoleSessionName: aws.String("administrator"),
	})
	if err != nil {
		return aws.Config{}, err
	}
	member := management.Copy()
	member.Credentials = keys(
		aws.ToString(given.Credentials.AccessKeyId),
		aws.ToString(given.Credentials.SecretAccessKey),
		aws.ToString(given.Credentials.SessionToken))
	return member, nil
}

// keys provides credentials that do not change; the module for it would be one more to download.
func keys(id, secret, token string) aws.CredentialsProvider {
	return aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
		return aws.Credentials{AccessKeyID: id, SecretAccessKey: secret, SessionToken: token}, nil
	})
}

func (s *Server) url() string { return fmt.Sprintf("http://127.0.0.1:%d", s.port) }

// Python returns the Python that has moto's server: that of make deploy-test, else the one on the PATH. dir is that of
// test/deploy. The error is [ErrMissing] if there is none.
func Python(dir string) (string, error) {
	reasons := []string{}
	for _, python := range []string{filepath.Join(dir, ".venv", "bin", "python"), "python3"} {
		check := exec.Command(python, "-c", "import moto, moto.moto_server.werkzeug_app; print(moto.__version__)")
		output, err := check.Output()
		version := strings.TrimSpace(string(output))
		if err == nil && version == Moto {
			return filepath.Abs(path(python))
		}
		var failed *exec.ExitError
		switch {
		case err == nil:
			reasons = append(reasons, fmt.Sprintf("%s has moto %s", python, version))
		case errors.As(err, &failed):
			lines := strings.Split(strings.TrimSpace(string(failed.Stderr)), "\n")
			reasons = append(reasons, fmt.Sprintf("%s says %s", python, lines[len(lines)-1]))
		}
	}
	if len(reasons) == 0 {
		return "", ErrMissing
	}
	return "", fmt.Errorf("%w: %s", ErrMissing, strings.Join(reasons, ", "))
}

func path(program string) string {
	found, err := exec.LookPath(program)
	if err != nil {
		return program
	}
	return found
}
