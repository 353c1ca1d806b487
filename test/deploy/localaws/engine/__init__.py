"""CloudFormation: stacks, change sets and deployments of resource types that are data."""
