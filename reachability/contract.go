package reachability

import (
	"errors"
	"fmt"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/contract"
	"github.com/cdk-private-api/cdk-private-api-go/internal/limit"
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Contract returns the input of the contract of a service, in a file: what a consumer of another app knows of the service. It says what no
// template of the service says, and what is behind it stays unknown.
func Contract(file string) Input { return Input{Contract: file} }

// readContracts reads the contracts among inputs, and returns the other inputs. A placeholder of CDK is no contract yet.
func readContracts(inputs []Input) (contracts []*network.Contract, others []Input, err error) {
	var errs []error
	for _, in := range inputs {
		switch {
		case in.Contract == "":
			others = append(others, in)
			continue
		case in.Dir != "" || in.Template != "":
			errs = append(errs, fmt.Errorf("%s: an input is a cloud assembly, a template or a contract", in.Contract))
			continue
		}
		c, err := readContract(in.Contract)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", in.Contract, err))
		} else if c != nil {
			contracts = append(contracts, c)
		}
	}
	return contracts, others, errors.Join(errs...)
}

func readContract(file string) (*network.Contract, error) {
	text, err := limit.ReadFile(file, maxFactsFile)
	if err != nil {
		return nil, err
	}
	if _, isPending := contract.IsPending(string(text)); isPending {
		return nil, nil
	}
	var r rules.Report
	c := contract.Parse(&r, string(text))
	if c == nil {
		return nil, r.Err("")
	}
	return &network.Contract{Contract: c, File: file}, nil
}

// stored are the entries of Parameter Store that the services of contracts publish: the name, the ARN or the ALB that consumers connect to.
func stored(contracts []*network.Contract) map[string]string {
	entries := map[string]string{}
	for _, c := range contracts {
		if locator := c.Locator(); locator != "" && contract.IsKnown(locator) {
			entries[assembly.StoredKey(c.Service.Account, c.Service.Region, "/private-api/"+c.Service.Name+"/service-name")] = locator
		}
	}
	return entries
}
