package deployed

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	ec2 "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	ecs "github.com/aws/aws-sdk-go-v2/service/ecs/types"
)

type loadBalancerOfService = ecs.LoadBalancer

// workloads writes the clients and targets of APIs: ECS services, instances and functions.
func (w *writer) workloads(t *template, s *State) {
	for _, service := range s.EcsServices {
		w.ecsService(t, service)
	}
	for _, definition := range s.TaskDefinitions {
		w.taskDefinition(t, definition)
	}
	for _, instance := range s.Instances {
		if instance.State != nil && instance.State.Name != ec2.InstanceStateNameRunning && instance.State.Name != ec2.InstanceStateNamePending {
			continue
		}
		id := aws.ToString(instance.InstanceId)
		var groups []any
		for _, group := range instance.SecurityGroups {
			groups = append(groups, aws.ToString(group.GroupId))
		}
		w.add(t, id, "AWS::EC2::Instance", object{"SecurityGroupIds": groups, "SubnetId": aws.ToString(instance.SubnetId)}, id)
		if len(instance.NetworkInterfaces) > 1 {
			w.addUnread("instance %s has %d network interfaces; its security groups are those of the first", id, len(instance.NetworkInterfaces))
		}
	}
	for _, function := range s.Functions {
		w.function(t, function, s.FunctionPolicies[aws.ToString(function.FunctionArn)])
	}
}

func (w *writer) ecsService(t *template, service EcsService) {
	name := aws.ToString(service.ServiceArn)
	switch status := aws.ToString(service.Status); status {
	case "ACTIVE":
	case "INACTIVE": // deleted, and its tasks are stopped: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeleteService.html
		return
	default:
		w.addUnread("ECS service %s is %s", idOf(name), status)
		return
	}
	if len(service.TaskSets) > 0 {
		w.addUnread("ECS service %s has task sets", idOf(name))
	}
	properties := object{
		"DesiredCount": int(service.DesiredCount), "TaskDefinition": aws.ToString(service.TaskDefinition),
		"LoadBalancers": fromSDKList(service.LoadBalancers), "VpcLatticeConfigurations": fromSDKList(latticeConfigurations(service)),
	}
	if c := service.NetworkConfiguration; c != nil && c.AwsvpcConfiguration != nil {
		properties["NetworkConfiguration"] = object{"AwsvpcConfiguration": object{
			"Subnets": values(c.AwsvpcConfiguration.Subnets...), "SecurityGroups": values(c.AwsvpcConfiguration.SecurityGroups...),
			"AssignPublicIp": string(c.AwsvpcConfiguration.AssignPublicIp),
		}}
	}
	w.add(t, idOf(name), "AWS::ECS::Service", properties, name)
}

// latticeConfigurations returns the target groups of VPC Lattice in which a service registers its tasks: those of its deployment.
func latticeConfigurations(service EcsService) []ecs.VpcLatticeConfiguration {
	for _, deployment := range service.Deployments {
		if aws.ToString(deployment.Status) == "PRIMARY" {
			return deployment.VpcLatticeConfigurations
		}
	}
	return nil
}

func (w *writer) taskDefinition(t *template, definition ecs.TaskDefinition) {
	var containers []any
	for _, c := range definition.ContainerDefinitions {
		containers = append(containers, object{"Name": aws.ToString(c.Name), "PortMappings": fromSDKList(c.PortMappings)})
	}
	name := aws.ToString(definition.TaskDefinitionArn)
	w.add(t, idOf(name), "AWS::ECS::TaskDefinition", object{
		"NetworkMode": string(definition.NetworkMode), "ContainerDefinitions": containers, "TaskRoleArn": aws.ToString(definition.TaskRoleArn),
	}, name)
}
