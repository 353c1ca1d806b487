package deployed_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/localaws"
)

// startMoto runs moto's server, without the local AWS API over it, until the test ends, and returns its URL.
func startMoto(t *testing.T) string {
	t.Helper()
	python, err := localaws.Python("..")
	if localaws.MaySkip(err, os.Getenv(localaws.Required)) {
		t.Skipf("not tested: %v; make deploy-test installs it", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := free.Addr().String()
	_, port, _ := net.SplitHostPort(address)
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}
	server := exec.CommandContext(t.Context(), python, "-m", "moto.server", "-H", "127.0.0.1", "-p", port)
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait() // it was killed
	})
	url := "http://" + address
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(200 * time.Millisecond) {
		if answer, err := http.Get(url + "/moto-api/"); err == nil {
			_ = answer.Body.Close()
			return url
		}
		if time.Now().After(deadline) {
			t.Fatal("moto does not answer within a minute")
		}
	}
}

// inAccount returns a configuration for an account, by a role that is assumed there.
func inAccount(t *testing.T, url, account string) aws.Config {
	t.Helper()
	cfg := aws.Config{
		Region: region, BaseEndpoint: &url, Credentials: credentials.NewStaticCredentialsProvider("test", "test", ""),
	}
	out, err := sts.NewFromConfig(cfg).AssumeRole(context.Background(), &sts.AssumeRoleInput{
		RoleArn: aws.String(fmt.Sprintf("arn:aws:iam::%s:role/reader", account)), RoleSessionName: aws.String("reader"),
	})
	if err != nil {
		t.Fatal(err)
	}
	cfg.Credentials = credentials.NewStaticCredentialsProvider(*out.Credentials.AccessKeyId, *out.Credentials.SecretAccessKey, *out.Credentials.SessionToken)
	return cfg
}
