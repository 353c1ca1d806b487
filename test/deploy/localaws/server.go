// Package localaws starts the local AWS API, and gives access to it as an account of an organization.
package localaws

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

// Server is a local AWS API in a process of its own. Its state is in memory and ends with it.
type Server struct {
	port  int
	cmd   *exec.Cmd
	stdin io.Closer
}

// Start starts the server. dir is the directory test/deploy, which has the Python package localaws and the virtual
// environment of make deploy-test. The server's log is written to log.
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
		return fmt.Errorf("the local AWS API printed %q instead of its port: %w", line, err)
	}
	s.port = ready.Port
	return nil
}

// Stop ends the server.
func (s *Server) Stop() error {
	return errors.Join(s.stdin.Close(), s.cmd.Wait())
}

// Environment has the variables that direct the CDK CLI to the server, apart from credentials.
func (s *Server) Environment() []string {
	return []string{
		"AWS_ENDPOINT_URL=" + s.url(),
		// moto reads the bucket of a template from the path of its URL only where the host is called localhost.
		fmt.Sprintf("AWS_ENDPOINT_URL_S3_FOR_CLOUDFORMATION=http://localhost:%d", s.port),
	}
}

// Account returns a configuration with administrator access to an account. The caller is the management account of the
// organization, and enters a member account through the role that each has for it.
func (s *Server) Account(ctx context.Context, account, region string) (aws.Config, error) {
	management := aws.Config{
		Region:       region,
		BaseEndpoint: aws.String(s.url()),
		Credentials:  static(aws.Credentials{AccessKeyID: "AKIAMANAGEMENTACCOUNT", SecretAccessKey: "unused"}),
	}
	assumed, err := sts.NewFromConfig(management).AssumeRole(ctx, &sts.AssumeRoleInput{
		RoleArn:         aws.String("arn:aws:iam::" + account + ":role/OrganizationAccountAccessRole"),
		RoleSessionName: aws.String("administrator"),
	})
	if err != nil {
		return aws.Config{}, err
	}
	member := management.Copy()
	member.Credentials = static(aws.Credentials{
		AccessKeyID:     aws.ToString(assumed.Credentials.AccessKeyId),
		SecretAccessKey: aws.ToString(assumed.Credentials.SecretAccessKey),
		SessionToken:    aws.ToString(assumed.Credentials.SessionToken),
	})
	return member, nil
}

// static provides credentials that do not change. The SDK's own provider would be one more module.
func static(credentials aws.Credentials) aws.CredentialsProvider {
	return aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) { return credentials, nil })
}

func (s *Server) url() string { return fmt.Sprintf("http://127.0.0.1:%d", s.port) }

// Tick runs a schedule of EventBridge Scheduler once: no time passes for schedules here. The error is why its target did not run.
func (s *Server) Tick(ctx context.Context, account, region, group, name string) error {
	url := fmt.Sprintf("%s/_schedules/%s/%s/%s/%s", s.url(), account, region, group, name)
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	body, err := io.ReadAll(answer.Body)
	if err := errors.Join(err, answer.Body.Close()); err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("the schedule %s: %s: %s", name, answer.Status, body)
	}
	return nil
}
