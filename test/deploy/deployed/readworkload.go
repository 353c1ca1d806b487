package deployed

import (
	"errors"
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/ecs/types"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	lambdatypes "github.com/aws/aws-sdk-go-v2/service/lambda/types"
)

// atOnce is the number of services that DescribeServices accepts.
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html
const atOnce = 10

func (r *reader) ecsServices() error {
	clusters, err := all(r.ctx, ecs.NewListClustersPaginator(r.ecs, nil), func(p *ecs.ListClustersOutput) []string { return p.ClusterArns })
	if err != nil {
		return err
	}
	for _, cluster := range clusters {
		input := &ecs.ListServicesInput{Cluster: aws.String(cluster)}
		arns, err := all(r.ctx, ecs.NewListServicesPaginator(r.ecs, input), func(p *ecs.ListServicesOutput) []string { return p.ServiceArns })
		if err != nil {
			return err
		}
		for some := range slices.Chunk(arns, atOnce) {
			out, err := r.ecs.DescribeServices(r.ctx, &ecs.DescribeServicesInput{Cluster: aws.String(cluster), Services: some})
			if err != nil {
				return err
			}
			for _, service := range out.Services {
				addresses, err := r.addresses(cluster, service)
				if err != nil {
					return fmt.Errorf("tasks of %s: %w", aws.ToString(service.ServiceArn), err)
				}
				r.EcsServices = append(r.EcsServices, EcsService{service, addresses})
			}
		}
	}
	return nil
}

// tasksAtOnce is the number of tasks that DescribeTasks accepts.
// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html
const tasksAtOnce = 100

// addresses returns the addresses of the tasks of a service.
func (r *reader) addresses(cluster string, service types.Service) ([]string, error) {
	input := &ecs.ListTasksInput{Cluster: aws.String(cluster), ServiceName: service.ServiceName}
	tasks, err := all(r.ctx, ecs.NewListTasksPaginator(r.ecs, input), func(p *ecs.ListTasksOutput) []string { return p.TaskArns })
	if err != nil {
		return nil, err
	}
	var list []string
	for some := range slices.Chunk(tasks, tasksAtOnce) {
		out, err := r.ecs.DescribeTasks(r.ctx, &ecs.DescribeTasksInput{Cluster: aws.String(cluster), Tasks: some})
		if err != nil {
			return nil, err
		}
		for _, task := range out.Tasks {
			for _, attachment := range task.Attachments {
				for _, detail := range attachment.Details {
					if aws.ToString(detail.Name) == "privateIPv4Address" {
						list = append(list, aws.ToString(detail.Value))
					}
				}
			}
		}
	}
	return list, nil
}

// taskDefinitions reads the task definitions of the services.
func (r *reader) taskDefinitions() error {
	read := map[string]bool{}
	for _, service := range r.EcsServices {
		name := aws.ToString(service.TaskDefinition)
		if name == "" || read[name] {
			continue
		}
		read[name] = true
		out, err := r.ecs.DescribeTaskDefinition(r.ctx, &ecs.DescribeTaskDefinitionInput{TaskDefinition: aws.String(name)})
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		r.TaskDefinitions = append(r.TaskDefinitions, *out.TaskDefinition)
	}
	return nil
}

func (r *reader) functions() (err error) {
	r.Functions, err = all(r.ctx, lambda.NewListFunctionsPaginator(r.lambda, nil), func(p *lambda.ListFunctionsOutput) []lambdatypes.FunctionConfiguration {
		return p.Functions
	})
	if err != nil {
		return err
	}
	r.FunctionPolicies = map[string]string{}
	for _, function := range r.Functions {
		name := aws.ToString(function.FunctionArn)
		policy, err := r.lambda.GetPolicy(r.ctx, &lambda.GetPolicyInput{FunctionName: &name})
		var missing *lambdatypes.ResourceNotFoundException
		switch {
		case errors.As(err, &missing):
		case err != nil:
			return fmt.Errorf("the policy of %s: %w", name, err)
		default:
			r.FunctionPolicies[name] = aws.ToString(policy.Policy)
		}
	}
	return nil
}
