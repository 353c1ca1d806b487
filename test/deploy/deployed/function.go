package deployed

import (
	"encoding/json"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	lambda "github.com/aws/aws-sdk-go-v2/service/lambda/types"
)

// function writes a function: one in a VPC can be a client, and any can be a target. Policy says who may invoke it; it is empty if there is none.
func (w *writer) function(t *template, f lambda.FunctionConfiguration, policy string) {
	name, properties := aws.ToString(f.FunctionArn), object{}
	if f.VpcConfig != nil && len(f.VpcConfig.SubnetIds) > 0 {
		properties["Role"] = aws.ToString(f.Role)
		properties["VpcConfig"] = object{"SubnetIds": values(f.VpcConfig.SubnetIds...), "SecurityGroupIds": values(f.VpcConfig.SecurityGroupIds...)}
	}
	id := idOf(name)
	w.add(t, id, "AWS::Lambda::Function", properties)
	w.locations[name] = location{t, id, "Arn"}
	if policy == "" {
		return
	}
	read := struct{ Statement []functionStatement }{}
	if err := json.Unmarshal([]byte(policy), &read); err != nil {
		w.addUnread("the policy of %s: %v", id, err)
	}
	for i, statement := range read.Statement {
		w.permission(t, fmt.Sprintf("%s permission %d", id, i), name, statement)
	}
}

// functionStatement is a statement in the policy of a function, in the form that AddPermission gives it.
// https://docs.aws.amazon.com/lambda/latest/dg/permissions-function-services.html
type functionStatement struct {
	Effect, Action string
	Principal      struct{ Service, AWS string }
	Condition      map[string]map[string]string
}

// permission writes a statement that allows a service to invoke a function, as the permission that it was made of. Others, and those with a
// condition that no permission has, are left out: then the proof finds no permission, or an unknown one.
func (w *writer) permission(t *template, id, function string, s functionStatement) {
	if s.Effect != "Allow" || s.Principal.Service == "" {
		return
	}
	properties := object{"Action": s.Action, "FunctionName": function, "Principal": s.Principal.Service}
	for operator, conditions := range s.Condition {
		for key, value := range conditions {
			switch operator + " " + key {
			case "ArnLike AWS:SourceArn":
				properties["SourceArn"] = value
			case "StringEquals AWS:SourceAccount":
				properties["SourceAccount"] = value
			default:
				return
			}
		}
	}
	w.add(t, id, "AWS::Lambda::Permission", properties)
}
